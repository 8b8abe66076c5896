//! How texts are put side by side.
//!
//! A text is a sentence or a label, never a part of one. What stands between two of them, or around one, is a text as well:
//! `{label}: {value}`, `„{text}“`. So every language has its own marks, and nothing but this file puts texts together.

use super::marked::UNREVIEWED;
use super::{Lang, Texts};

/// The marks between texts and around them, in one language.
#[derive(Clone, Copy)]
pub struct Joins<'a> {
    texts: &'a Texts,
    lang: &'a Lang,
}

impl<'a> Joins<'a> {
    /// The marks of a language.
    pub fn new(texts: &'a Texts, lang: &'a Lang) -> Self {
        Self { texts, lang }
    }

    /// The marks of German, for what stays German as a whole.
    pub fn in_german(&self) -> Self {
        Self { lang: const { &Lang::german() }, ..*self }
    }

    /// A label with what it is for: "Kosten: kostenlos".
    pub fn label(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.between("label"))
    }

    /// A label alone, with the mark that stands before what it is for: "Kosten:".
    pub fn head(&self, label: &str) -> String {
        format!("{label}{}", self.between("label").trim_end())
    }

    /// Something with more about it: "In der OGS mitarbeiten – Jetzt möglich".
    pub fn more(&self, what: &str, more: &str) -> String {
        format!("{what}{}{more}", self.between("more"))
    }

    /// Short things in a row: "Pass, Zeugnis".
    pub fn list<T: AsRef<str>>(&self, items: impl IntoIterator<Item = T>) -> String {
        self.all("list", items)
    }

    /// Longer things in a row, which may be lists themselves.
    pub fn series<T: AsRef<str>>(&self, items: impl IntoIterator<Item = T>) -> String {
        self.all("series", items)
    }

    /// Things beside each other that have little to do with each other.
    pub fn row<T: AsRef<str>>(&self, items: impl IntoIterator<Item = T>) -> String {
        self.all("row", items)
    }

    /// Sentences, one after the other.
    pub fn sentences<T: AsRef<str>>(&self, sentences: impl IntoIterator<Item = T>) -> String {
        self.all("sentences", sentences)
    }

    /// Something as somebody said it.
    pub fn quote(&self, text: &str) -> String {
        self.around("quote", text)
    }

    /// Something said by the way, in brackets.
    pub fn aside(&self, text: &str) -> String {
        self.around("aside", text)
    }

    /// A label that stands as a sentence of its own; what is a sentence already stays.
    pub fn ended(&self, label: &str) -> String {
        let is_ended = label.trim_end_matches(UNREVIEWED).ends_with(['.', '!', '?', '…', '؟', '。']);
        if is_ended { label.to_owned() } else { self.around("ended", label) }
    }

    /// What stands between two texts.
    pub fn between(&self, join: &str) -> &'a str {
        let between = self.pattern(join).and_then(|text| text.split_once('}')?.1.split_once('{'));
        between.map_or(" ", |(between, _)| between)
    }

    /// A text with what stands around it.
    fn around(&self, join: &str, text: &str) -> String {
        let around =
            self.pattern(join).and_then(|pattern| Some((pattern.split_once('{')?.0, pattern.split_once('}')?.1)));
        let (before, after) = around.unwrap_or_default();
        format!("{before}{text}{after}")
    }

    /// Texts with the same mark between every two.
    pub fn all<T: AsRef<str>>(&self, join: &str, items: impl IntoIterator<Item = T>) -> String {
        let between = self.between(join);
        let mut all = String::new();
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                all.push_str(between);
            }
            all.push_str(item.as_ref());
        }
        all
    }

    fn pattern(&self, join: &str) -> Option<&'a str> {
        self.texts.word(&format!("join.{join}")).map(|text| self.texts.say(self.lang, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[(&str, &str)]) -> Texts {
        let mut texts = Texts::default();
        for (id, german) in words {
            texts.add(format!("interface.join.{id}"), german);
        }
        texts
    }

    #[test]
    fn what_stands_between_texts_and_around_them_comes_from_the_catalogue() {
        let texts = texts(&[("label", "{label} : {value}"), ("list", "{before}、{next}"), ("quote", "« {text} »")]);
        let lang = Lang::german();
        let joins = Joins::new(&texts, &lang);
        assert_eq!(joins.label("Coût", "gratuit"), "Coût : gratuit");
        assert_eq!(joins.head("Coût"), "Coût :");
        assert_eq!(joins.list(["a", "b", "c"]), "a、b、c");
        assert_eq!(joins.quote("oui"), "« oui »");
    }

    #[test]
    fn a_mark_that_is_missing_swallows_nothing() {
        let (texts, lang) = (Texts::default(), Lang::german());
        let joins = Joins::new(&texts, &lang);
        assert_eq!((joins.label("a", "b"), joins.quote("c")), ("a b".to_owned(), "c".to_owned()));
    }
}
