//! Languages, and the one door through which every text for people passes.
//!
//! The German in the YAML is the source text. Each text has a stable id path such as `question.goal.why`; catalogues
//! of other languages are keyed by it. Pages, terminal and sheet never hold a sentence of their own: they ask
//! [`Texts::say`] with a language.
//!
//! [`catalogue`] reads and writes translations, `translated` says which of them may be shown, [`marked`] marks German within
//! another language, `alike` finds it where both are written in the same letters, `rounds` says what is translated and in which order.

mod alike;
mod alphabet;
pub mod catalogue;
mod joins;
pub mod marked;
mod paragraph;
mod rounds;
mod translated;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexSet;

use crate::source::Content;

pub use alphabet::Alphabet;
pub use joins::Joins;
pub use paragraph::paragraph;
pub use rounds::{RESCUE, Round, round, spoken_in_german};
pub use translated::{Compared, State, Translations};
pub use words::{is_word, numbers, words};

use translated::Other;

/// A language a reader can choose, as a BCP 47 code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lang(Cow<'static, str>);

impl Lang {
    /// German, the language of the source texts.
    pub const fn german() -> Self {
        Self(Cow::Borrowed("de"))
    }

    /// A language by its code.
    pub fn new(code: &str) -> Self {
        Self(Cow::Owned(code.to_owned()))
    }

    /// The code, for `lang` attributes.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// The language that nobody speaks: every text says its own name. It shows what stands on a page and what does not come
    /// from the rules.
    pub const fn made_up() -> Self {
        Self(Cow::Borrowed("qps"))
    }

    /// Whether it is German.
    pub fn is_german(&self) -> bool {
        self.0 == "de"
    }

    fn is_made_up(&self) -> bool {
        self.0 == "qps"
    }

    /// Whether it is written in Cyrillic letters.
    fn is_cyrillic(&self) -> bool {
        matches!(&*self.0, "uk" | "ru" | "bg" | "mk" | "be" | "sr")
    }

    /// Writing direction, for `dir` attributes.
    pub fn direction(&self) -> &'static str {
        match self.0.split('-').next() {
            Some("ar" | "fa" | "prs" | "ur" | "he" | "ps" | "ckb") => "rtl",
            _ => "ltr",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Handle of one text of the rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(u32);

/// All texts of a rulebook by id path.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    ids: IndexSet<Box<str>, RandomState>,
    german: Vec<Box<str>>,
    /// Those of the interface without the beginning that they share: pages look them up by the hundred.
    words: HashMap<String, Text, RandomState>,
    /// Names within a text that says what they are: the name, which is German in every language, and that text.
    names: HashMap<Text, (Box<str>, Text), RandomState>,
    /// The languages besides German.
    others: Vec<Arc<Other>>,
}

/// With what the ids of the interface's own texts begin.
const INTERFACE: &str = "interface.";

impl Texts {
    /// Takes a German source text in under its id path. The first one with an id stays.
    pub fn add(&mut self, id: String, german: &str) -> Text {
        let word = id.strip_prefix(INTERFACE).map(str::to_owned);
        let (at, is_new) = self.ids.insert_full(id.into());
        let text = Text(u32::try_from(at).unwrap_or(u32::MAX));
        if is_new {
            self.words.extend(word.map(|word| (word, text)));
            self.german.push(german.trim().into());
        }
        text
    }

    /// Takes a name in that stands within another text, at its `{name}`: `Borken` within `{name} (Kreis)`.
    pub fn add_name(&mut self, id: String, name: &str, within: Text) -> Text {
        let name = name.trim();
        let german = named(self.german(within), name);
        let text = self.add(id, &german);
        self.names.insert(text, (name.into(), within));
        text
    }

    /// Adds languages with their catalogues as they lie in files, and the words of each text that stay German everywhere.
    pub fn add_languages(
        &mut self,
        languages: impl IntoIterator<Item = (Lang, Vec<Content>)>,
        terms: HashMap<Text, Vec<Arc<str>>>,
    ) {
        let terms = Arc::new(terms);
        let other = |(lang, files)| Arc::new(Other::new(lang, files, terms.clone()));
        self.others.extend(languages.into_iter().map(other));
    }

    /// The text in the reader's language; German where no translation exists, marked as such.
    pub fn say(&self, lang: &Lang, text: Text) -> &str {
        self.said(lang, text).map_or_else(|| self.german(text), |(says, _)| says)
    }

    /// The German of a text.
    pub fn german(&self, text: Text) -> &str {
        &self.german[text.0 as usize]
    }

    /// What a text is in a language: translated, or why not.
    pub fn state(&self, lang: &Lang, text: Text) -> State {
        self.said(lang, text).map_or(State::StaysGerman, |(_, state)| *state)
    }

    /// How many translations of a language somebody has compared with the German.
    pub fn compared(&self, lang: &Lang) -> Compared {
        self.others.iter().find(|other| other.lang == *lang).map_or(Compared::All, |other| other.compared(self))
    }

    fn said(&self, lang: &Lang, text: Text) -> Option<&(Box<str>, State)> {
        if lang.is_german() {
            return None;
        }
        let other = self.others.iter().find(|other| other.lang == *lang)?;
        other.said(self).get(text.0 as usize)
    }

    /// The id path of a text.
    pub fn id(&self, text: Text) -> &str {
        &self.ids[text.0 as usize]
    }

    /// One of the interface's own texts, by what follows `interface.` in its id path.
    pub fn word(&self, id: &str) -> Option<Text> {
        self.words.get(id).copied()
    }

    /// The text with this id path.
    pub fn find(&self, id: &str) -> Option<Text> {
        self.ids.get_index_of(id).and_then(|at| u32::try_from(at).ok()).map(Text)
    }

    /// All German texts with their handles, in the order of the rulebook.
    pub fn each(&self) -> impl Iterator<Item = (Text, &str)> {
        (0..).map(Text).zip(self.german.iter().map(|german| &**german))
    }

    /// All texts with their id paths, in the order of the rulebook.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ids.iter().map(|id| &**id).zip(self.german.iter().map(|german| &**german))
    }
}

/// A text around a name.
fn named(within: &str, name: &str) -> String {
    fill(within, |place| (place == "name").then_some(Cow::Borrowed(name)))
}

/// Fills `{name}` places of a text.
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        filled.push_str(&rest[..open]);
        match value(&rest[open + 1..close]) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

/// A text without its places.
pub fn without_places(text: &str) -> String {
    fill(text, |_| Some(Cow::Borrowed("")))
}

/// The names between braces in a text.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_stay_visible() {
        let text = fill("Sie wohnen in {district}. {x}", |name| (name == "district").then(|| "Köln".into()));
        assert_eq!(text, "Sie wohnen in Köln. {x}");
    }
}
