//! German within another language: marked where it stands, so that every page, print and file shows it the right way round
//! and reads it aloud in German.
//!
//! The marks are Unicode's isolates, which do their work in plain text already. German that only lacks a translation stands
//! between [`GERMAN`] and [`END`]; names and terms that stay German, numbers and addresses stand between [`STAYS`] and [`END`].

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::Lang;

/// Before German that stands for a missing translation: left-to-right isolate.
pub const GERMAN: char = '\u{2066}';
/// Before what is German in every language: first-strong isolate.
pub const STAYS: char = '\u{2068}';
/// Behind both.
pub const END: char = '\u{2069}';

/// Behind a translation that nobody has compared with the German, where somebody has compared others: an invisible sign, of
/// which a page makes a small mark.
pub const UNREVIEWED: char = '\u{2063}';

/// German that stands for a missing translation.
pub fn german(text: &str) -> Box<str> {
    around(GERMAN, text)
}

/// A mark on both sides of each line: what a page takes apart line by line stays whole.
fn around(mark: char, text: &str) -> Box<str> {
    let lines = text.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("{mark}{line}{END}") });
    lines.collect::<Vec<_>>().join("\n").into()
}

/// What stays German, or stays a number: from left to right in every language.
pub fn stays(text: &str) -> Box<str> {
    match text.contains(char::is_alphanumeric) {
        true => around(STAYS, text),
        false => text.into(),
    }
}

/// Names that were put together, as one name: its parts keep their order in every language.
pub fn as_one(names: String) -> String {
    if names.contains(STAYS) { stays(&bare(&names)).into() } else { names }
}

/// A text without marks.
pub fn bare(text: &str) -> Cow<'_, str> {
    match text.contains([GERMAN, STAYS, END, UNREVIEWED]) {
        true => Cow::Owned(text.replace([GERMAN, STAYS, END, UNREVIEWED], "")),
        false => Cow::Borrowed(text),
    }
}

/// What stands in a plain file before German that stands for a missing translation.
const SAYS_GERMAN: &str = "[DE] ";

/// A text for plain files: German that stands for a missing translation says so, and a translation that nobody has compared
/// carries its mark. What stays German is kept in its direction where the language runs from right to left.
pub fn plain(text: String, lang: &Lang) -> String {
    if lang.is_german() || !text.contains([GERMAN, STAYS, UNREVIEWED]) {
        return text;
    }
    let text = text.replace(GERMAN, &format!("{GERMAN}{SAYS_GERMAN}")).replace(UNREVIEWED, "°");
    if lang.direction() == "rtl" { text } else { bare(&text).into_owned() }
}

/// The names that stand in something written in the language that nobody speaks.
pub fn names(written: &str) -> impl Iterator<Item = &str> {
    written.split('⟦').skip(1).filter_map(|rest| rest.split_once('⟧').map(|(name, _)| name))
}

/// Something as JSON without marks, and where in it German stands for a missing translation, as JSON pointers.
pub fn json(value: &mut Value) -> Vec<String> {
    let mut fallen_back = Vec::new();
    strip(value, &mut String::new(), &mut fallen_back);
    fallen_back
}

fn strip(value: &mut Value, path: &mut String, fallen_back: &mut Vec<String>) {
    let length = path.len();
    match value {
        Value::String(text) if text.contains([GERMAN, STAYS, UNREVIEWED]) => {
            if text.contains(GERMAN) {
                fallen_back.push(path.clone());
            }
            *text = bare(text).into_owned();
        }
        Value::Array(values) => {
            for (at, value) in values.iter_mut().enumerate() {
                path.push_str(&format!("/{at}"));
                strip(value, path, fallen_back);
                path.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                path.push('/');
                path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                strip(value, path, fallen_back);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// A rendered page with its marks as elements. Where none of these can stand, within a tag and within `title`, `option`,
/// `textarea`, `style`, `script` and `svg`, they fall away.
pub fn page(html: String) -> String {
    if !html.contains([GERMAN, STAYS, UNREVIEWED]) {
        return html;
    }
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html.as_str();
    while let Some(at) = rest.find(['<', GERMAN, STAYS, END, UNREVIEWED]) {
        page.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let end = within_tag(rest);
            page.push_str(&bare(&rest[..end]));
            rest = &rest[end..];
            continue;
        }
        let sign = rest.chars().next().unwrap_or_default();
        rest = &rest[sign.len_utf8()..];
        page.push_str(match sign {
            GERMAN => r#"<span lang="de" dir="ltr">"#,
            STAYS if of_letters(rest) => r#"<span lang="de" dir="ltr" translate="no">"#,
            STAYS => r#"<span dir="ltr" translate="no">"#,
            UNREVIEWED => r#"<span class="unreviewed">°</span>"#,
            _ => "</span>",
        });
    }
    page.push_str(rest);
    page
}

/// Elements that hold nothing but text, and drawings, which a browser leaves at the first element of HTML.
const WITHOUT_MARKS: [&str; 6] = ["title", "option", "textarea", "style", "script", "svg"];

/// How far a tag reaches; with an element in which no mark can stand, to the end of that.
fn within_tag(html: &str) -> usize {
    let mut quote = None;
    let end = html.char_indices().find(|(_, sign)| match (quote, sign) {
        (Some(open), sign) if open == *sign => {
            quote = None;
            false
        }
        (None, '"' | '\'') => {
            quote = Some(*sign);
            false
        }
        (None, '>') => true,
        _ => false,
    });
    let end = end.map_or(html.len(), |(at, _)| at + 1);
    let name = html[1..].split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
    match WITHOUT_MARKS.iter().find(|known| name.eq_ignore_ascii_case(known)) {
        Some(name) => {
            let close = format!("</{name}");
            html[end..].find(&close).map_or(html.len(), |at| end + at)
        }
        None => end,
    }
}

/// Whether what stands up to the next mark is made of words, not of digits alone.
fn of_letters(text: &str) -> bool {
    text.split(END).next().unwrap_or_default().contains(char::is_alphabetic)
}

/// How a language marks what is German in its sentences.
pub struct Marks {
    /// Whether it is written in other letters: then every word in Latin letters is German.
    other_letters: bool,
    /// Whether it runs from right to left: then numbers with signs are kept together, too.
    right_to_left: bool,
}

impl Marks {
    /// Those of a language.
    pub fn of(lang: &Lang) -> Self {
        let right_to_left = lang.direction() == "rtl";
        Self { other_letters: right_to_left || lang.is_cyrillic(), right_to_left }
    }

    /// Whether what is German must be named, since letters do not tell it.
    pub fn by_terms(&self) -> bool {
        !self.other_letters
    }

    /// A sentence with what stays German in it marked. Places to be filled stay outside of marks: what is filled in brings
    /// its own.
    pub fn set(&self, text: &str, terms: &[Arc<str>]) -> String {
        let mut marked = String::with_capacity(text.len() + 16);
        let mut rest = text;
        loop {
            let open = rest.find('{').unwrap_or(rest.len());
            match self.other_letters {
                true => self.runs(&rest[..open], &mut marked),
                false => words(&rest[..open], terms, &mut marked),
            }
            rest = &rest[open..];
            let Some(close) = rest.find('}') else { break };
            marked.push_str(&rest[..=close]);
            rest = &rest[close + 1..];
        }
        marked.push_str(rest);
        marked
    }

    /// Marks every stretch of Latin letters, and what digits and signs stand between them.
    fn runs(&self, text: &str, marked: &mut String) {
        let mut rest = text;
        while let Some(start) = rest.find(|sign| self.begins(sign)) {
            let start = from_signs(rest, start);
            let mut end = start;
            let mut signs = rest[start..].char_indices().peekable();
            while let Some((offset, sign)) = signs.next() {
                let goes_on = signs.peek().is_some_and(|(_, next)| !next.is_whitespace());
                if is_latin(sign) || sign.is_ascii_digit() {
                    end = start + offset + sign.len_utf8();
                } else if !(joins(sign) || self.joins_here(sign) || goes_on && matches!(sign, '.' | ',' | ':')) {
                    break;
                }
            }
            if end == start {
                // A sign with nothing behind it.
                let next = start + rest[start..].chars().next().map_or(1, char::len_utf8);
                marked.push_str(&rest[..next]);
                rest = &rest[next..];
                continue;
            }
            end = to_signs(rest, end);
            let mut run = &rest[start..end];
            // A bracket that opens within and closes behind.
            if run.matches('(').count() > run.matches(')').count() && rest[end..].starts_with(')') {
                end += 1;
                run = &rest[start..end];
            }
            // One whose other half stands further on belongs to the sentence around it: "ZSBA (11 …)".
            if let Some(alone) = half_a_bracket(run) {
                run = run[..alone].trim_end();
                end = start + run.len();
            }
            marked.push_str(&rest[..start]);
            let needed =
                run.contains(is_latin) || (self.right_to_left && run.contains([' ', '–', '-', '+', '§', '/', '%']));
            match needed {
                true => {
                    marked.push(STAYS);
                    marked.push_str(run);
                    marked.push(END);
                }
                false => marked.push_str(run),
            }
            rest = &rest[end..];
        }
        marked.push_str(rest);
    }

    /// An Arabic sentence has a comma of its own: the Latin one stands within an address.
    fn joins_here(&self, sign: char) -> bool {
        self.right_to_left && sign == ','
    }

    fn begins(&self, sign: char) -> bool {
        is_latin(sign) || matches!(sign, '§') || (self.right_to_left && (sign.is_ascii_digit() || sign == '+'))
    }
}

/// From where a run reads that begins here: with the digits and signs that touch it, as in `160-Stunden-Kurs` and `/b/`. What
/// joins it to a word before belongs to both: «або/Kita».
fn from_signs(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end_matches(|sign: char| sign.is_ascii_digit() || is_touching(sign));
    if before.ends_with(char::is_alphanumeric) { start } else { before.len() }
}

/// To where a run reads that ends here: with the signs that touch it, as in `H+/-`.
fn to_signs(text: &str, end: usize) -> usize {
    let behind = text[end..].trim_start_matches(is_touching);
    if behind.starts_with(char::is_alphanumeric) { end } else { text.len() - behind.len() }
}

/// Signs that stand at the edge of a name without a space: `H-`, `/b/`.
fn is_touching(sign: char) -> bool {
    matches!(sign, '+' | '-' | '/')
}

/// Where a bracket stands whose other half does not.
fn half_a_bracket(run: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, sign) in run.char_indices() {
        match sign {
            '(' => open.push(at),
            ')' if open.pop().is_none() => return Some(at),
            _ => {}
        }
    }
    open.first().copied()
}

fn is_latin(sign: char) -> bool {
    sign.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&sign) && sign.is_alphabetic()
}

/// Whether a sign can stand within a German name, a number or an address.
fn joins(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '–' | '/' | '@' | '_' | '+' | '(' | ')' | '&' | '§' | '\'' | '’' | '%' | '#')
}

/// Marks the terms, where they stand as whole words; the longest first.
fn words(text: &str, terms: &[Arc<str>], marked: &mut String) {
    let mut rest = text;
    let mut before = None;
    'text: while let Some(sign) = rest.chars().next() {
        if !before.is_some_and(within) {
            let longest = terms.iter().filter(|term| stands(rest, term)).max_by_key(|term| term.len());
            if let Some(term) = longest {
                marked.push(STAYS);
                marked.push_str(term);
                marked.push(END);
                rest = &rest[term.len()..];
                before = term.chars().next_back();
                continue 'text;
            }
        }
        marked.push(sign);
        before = Some(sign);
        rest = &rest[sign.len_utf8()..];
    }
}

fn within(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '-' || sign == '_'
}

fn stands(text: &str, term: &str) -> bool {
    !term.is_empty() && text.strip_prefix(term).is_some_and(|rest| !rest.chars().next().is_some_and(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(lang: &str, text: &str, terms: &[&str]) -> String {
        let terms: Vec<Arc<str>> = terms.iter().map(|term| Arc::from(*term)).collect();
        Marks::of(&Lang::new(lang)).set(text, &terms).replace(STAYS, "[").replace(END, "]")
    }

    #[test]
    fn german_words_within_arabic_are_kept_together_and_places_stay_free() {
        assert_eq!(
            shown("ar", "اسأل Bezirksregierung Köln (Dezernat 48).", &[]),
            "اسأل [Bezirksregierung Köln (Dezernat 48)]."
        );
        assert_eq!(shown("ar", "من 5 إلى 10, هاتف +49 221 809-0.", &[]), "من 5 إلى 10, هاتف [+49 221 809-0].");
        assert_eq!(shown("ar", "إلى ZSBA (11 لغة).", &[]), "إلى [ZSBA] (11 لغة).");
        assert_eq!(shown("ar", "روضة (Kita) OGS", &[]), "روضة ([Kita]) [OGS]");
        assert_eq!(shown("ar", "{district}: ZAB", &[]), "{district}: [ZAB]");
        assert_eq!(shown("ar", "31.12.2028 § 4 PersVO", &[]), "[31.12.2028 § 4 PersVO]");
        assert_eq!(shown("ar", "H+ أو H+/- أو H-.", &[]), "[H+] أو [H+/-] أو [H-].");
        assert_eq!(shown("ar", "العنوان /b/ أو روضة/Kita", &[]), "العنوان [/b/] أو روضة/[Kita]");
        assert_eq!(shown("uk", "Є 160-Stunden-Kurs та 160 Stunden.", &[]), "Є [160-Stunden-Kurs] та 160 [Stunden].");
        assert_eq!(shown("uk", "Запитайте ZAB або 5 установ.", &[]), "Запитайте [ZAB] або 5 установ.");
    }

    #[test]
    fn in_latin_letters_only_the_terms_are_marked() {
        assert_eq!(shown("tr", "ZAB'ye sorun. Zabıta", &["ZAB"]), "[ZAB]'ye sorun. Zabıta");
        assert_eq!(shown("en", "the Bescheid of the ZAB", &["ZAB", "Bescheid"]), "the [Bescheid] of the [ZAB]");
    }

    #[test]
    fn on_a_page_marks_become_elements_and_fall_away_where_none_can_stand() {
        let html = "<title>\u{2066}A\u{2069}</title><p title=\"\u{2066}a > b\u{2069}\">\u{2066}B\u{2069} \u{2068}ZAB\u{2069} \u{2068}+49\u{2069}</p>\
                    <option value=1>\u{2068}C\u{2069}\u{2063}</option><p>D.\u{2063}</p><svg><text>\u{2068}E\u{2069}</text></svg>";
        assert_eq!(
            page(html.to_owned()),
            "<title>A</title><p title=\"a > b\"><span lang=\"de\" dir=\"ltr\">B</span> \
             <span lang=\"de\" dir=\"ltr\" translate=\"no\">ZAB</span> <span dir=\"ltr\" translate=\"no\">+49</span></p><option value=1>C</option>\
             <p>D.<span class=\"unreviewed\">°</span></p><svg><text>E</text></svg>"
        );
    }
}
