//! A text taken apart into sentences and words, each of which can be found again in its file.

use crate::format::Lint;
use crate::language::{is_word, words};
use crate::source::{Files, Span};

/// One text for people.
pub struct Reading<'a> {
    /// Its id path.
    pub id: &'a str,
    /// The German, blanks joined.
    pub german: &'a str,
    /// Its sentences.
    pub sentences: Vec<&'a str>,
    place: Span,
    written: &'a str,
}

impl<'a> Reading<'a> {
    pub fn new(id: &'a str, german: &'a str, place: Span, files: &'a Files, lint: &Lint) -> Self {
        let written = files[place.file].text.get(place.start..place.end).unwrap_or("");
        Self { id, german, sentences: sentences(german, lint), place, written }
    }

    /// Where some words of the text are written; the whole text if they cannot be found.
    pub fn place_of(&self, words: &str) -> Span {
        let wanted: Vec<&str> = words.split_whitespace().take(4).collect();
        let Some(first) = wanted.first() else { return self.place };
        for (at, _) in self.written.match_indices(first) {
            let mut rest = &self.written[at..];
            let all = wanted.iter().all(|word| {
                rest = rest.trim_start();
                rest.strip_prefix(word).inspect(|after| rest = after).is_some()
            });
            if all {
                let start = self.place.start + at;
                let line = self.written[at..].lines().next().unwrap_or("").trim_end().len();
                return Span { start, end: start + line.min(words.len()), ..self.place };
            }
        }
        self.place
    }
}

/// Where some words follow each other in a text: the first of them.
pub fn phrase_in<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    let wanted: Vec<&str> = phrase.split_whitespace().collect();
    let first = wanted.first()?;
    if !words(text).any(|word| is_word(word, first)) {
        return None;
    }
    let there: Vec<&str> = words(text).collect();
    let found =
        there.windows(wanted.len().max(1)).find(|window| window.iter().zip(&wanted).all(|(a, b)| is_word(a, b)))?;
    let first = found.first()?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    text.get(start..)
}

/// Splits at `.`, `!`, `?`, `:`, `;` before a blank, but not within a date ("6. Dezember") or behind a known abbreviation.
fn sentences<'a>(text: &'a str, lint: &Lint) -> Vec<&'a str> {
    let no_end = |word: &str, next: &str| {
        let Some(limit) = &lint.sentence else { return false };
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        limit.no_end.iter().any(|known| known.value == word)
            || (number && limit.after_number.iter().any(|known| is_word(next, known)))
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        // „…?“. has two signs at its end; the first one closed the sentence.
        if at < start {
            continue;
        }
        let after = at + sign.len_utf8();
        let closing = text[after..].trim_start_matches(['“', '"', ')', '»']);
        let ends =
            matches!(sign, '.' | '!' | '?' | ':' | ';' | '…') && closing.chars().next().is_none_or(char::is_whitespace);
        let last_word = text[start..at].rsplit(char::is_whitespace).next().unwrap_or("");
        let next_word = words(closing).next().unwrap_or("");
        if ends && !(sign == '.' && no_end(last_word, next_word)) {
            let end = text.len() - closing.len();
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::SentenceLimit;
    use crate::source::Located;
    use crate::yaml::Ids;

    fn split(text: &str) -> Vec<&str> {
        let span = Span::start_of(Files::default().add("lint.yaml", ""));
        let lint = Lint {
            skip: Default::default(),
            experts: Default::default(),
            forbidden: Default::default(),
            sentence: Some(SentenceLimit {
                most_words: 20,
                after_number: Ids(vec![Located { value: "Dezember".to_owned(), span }]),
                no_end: Ids::default(),
            }),
            abbreviations: None,
            passive: None,
            negation: None,
            short: Default::default(),
            repeated: None,
            translations: None,
            lint_allow: Vec::new(),
        };
        sentences(text, &lint)
    }

    #[test]
    fn a_number_with_a_full_stop_ends_no_sentence() {
        assert_eq!(split("Bis zum 6. Dezember. Danach „mehr“."), ["Bis zum 6. Dezember.", "Danach „mehr“."]);
        assert_eq!(split("Dezernat 48. Das Amt entscheidet."), ["Dezernat 48.", "Das Amt entscheidet."]);
    }

    #[test]
    fn a_phrase_is_found_across_signs_and_endings() {
        assert!(phrase_in("Dann sind Sie, kurz gesagt, anerkannt.", "anerkannt").is_some());
        assert!(phrase_in("Das ist garantierte Sache", "garantier*").is_some());
        assert!(phrase_in("Sie sind nicht anerkannt", "Sie sind anerkannt").is_none());
    }
}
