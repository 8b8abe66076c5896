//! A page that is the same for everybody but for a few gaps: rendered once, compressed once, filled for each visit.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;

use super::gzip::{self, Joined};
use crate::language::Lang;
use crate::rulebook::{Id, Question};

/// Signs that stand for gaps while the page is rendered: from Unicode's private use, so no text of ours holds them.
const SIGNS: RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';

/// A page with gaps.
pub struct Blank(Vec<Piece>);

/// What stands between two gaps.
struct Piece {
    /// The gap before it; only the first has none.
    gap: Option<char>,
    plain: String,
    packed: Vec<u8>,
}

impl Blank {
    /// Takes a rendered page apart at its gaps. Those that stay empty are closed for good.
    pub fn cut(page: &str, stays_empty: impl Fn(char) -> bool) -> Self {
        let mut pieces = vec![(None, String::new())];
        for sign in page.chars() {
            match pieces.last_mut() {
                Some((_, text)) if !SIGNS.contains(&sign) => text.push(sign),
                _ if stays_empty(sign) => {}
                _ => pieces.push((Some(sign), String::new())),
            }
        }
        let piece = |(gap, plain): (_, String)| Piece { gap, packed: gzip::piece(plain.as_bytes()), plain };
        Self(pieces.into_iter().map(piece).collect())
    }

    /// The page with its gaps filled.
    pub fn filled<'v>(&self, with: impl Fn(char) -> Cow<'v, str>) -> Bytes {
        let mut page = String::with_capacity(self.0.iter().map(|piece| piece.plain.len() + 64).sum());
        for piece in &self.0 {
            page.extend(piece.gap.map(&with));
            page.push_str(&piece.plain);
        }
        page.into()
    }

    /// The same, compressed: what is between the gaps already is.
    pub fn packed<'v>(&self, with: impl Fn(char) -> Cow<'v, str>) -> Bytes {
        let mut page = Joined::with_capacity(self.0.iter().map(|piece| piece.packed.len() + 64).sum());
        for piece in &self.0 {
            if let Some(gap) = piece.gap {
                page.push_plain(with(gap).as_bytes());
            }
            page.push_piece(piece.plain.as_bytes(), &piece.packed);
        }
        page.finish().into()
    }
}

/// A question page for those who have not answered it, and for those who have.
pub struct Blanks {
    pub unanswered: Blank,
    pub answered: Blank,
}

/// What tells one kept question page from another.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Form {
    pub question: Id<Question>,
    pub missing: bool,
    pub came_on: bool,
    pub lang: Lang,
    pub bare: bool,
    pub wording: Vec<usize>,
}

/// Question pages as they are kept: for everybody who reads them in the same words.
#[derive(Default)]
pub struct Forms(RwLock<HashMap<Form, Arc<Blanks>>>);

impl Forms {
    /// The page, if it is kept.
    pub fn get(&self, form: &Form) -> Option<Arc<Blanks>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(form).cloned()
    }

    /// Keeps a page.
    pub fn keep(&self, form: Form, blanks: Arc<Blanks>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(form, blanks);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Few, since compressing is slow where it is not optimised.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn compressed_or_not_it_says_the_same(texts in prop::collection::vec("[a-zä<\u{E000}-\u{E003}]{0,300}", 1..8), fill in "\\PC{0,90000}") {
            let page = texts.concat();
            let blank = Blank::cut(&page, |gap| gap == '\u{E003}');
            let with = |gap| if gap == '\u{E000}' { Cow::from(&fill) } else { Cow::from("x") };
            let expected: String =
                page.chars().map(|sign| match sign {
                    '\u{E000}' => fill.clone(),
                    '\u{E001}' | '\u{E002}' => "x".to_owned(),
                    '\u{E003}' => String::new(),
                    other => other.to_string(),
                }).collect();
            prop_assert_eq!(blank.filled(with), expected.as_bytes());
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&blank.packed(with)[..]).read_to_string(&mut unpacked).unwrap();
            prop_assert_eq!(unpacked, expected);
        }
    }
}
