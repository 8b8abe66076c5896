//! Languages, and the one door through which every text for people passes.
//!
//! The German in the YAML is the source text. Each text has a stable id path such as `question.goal.why`; catalogues
//! of other languages are keyed by it. Pages, terminal and sheet never hold a sentence of their own: they ask
//! [`Texts::say`] with a language.

mod alphabet;
mod joins;
mod paragraph;

use std::collections::HashMap;
use std::fmt;

pub use alphabet::Alphabet;
pub use joins::Joins;
pub use paragraph::paragraph;

/// A language a reader can choose, as a BCP 47 code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lang(String);

impl Lang {
    /// German, the language of the source texts.
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// A language by its code.
    pub fn new(code: &str) -> Self {
        Self(code.to_owned())
    }

    /// The code, for `lang` attributes.
    pub fn code(&self) -> &str {
        &self.0
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text(u32);

/// All texts of a rulebook by id path.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    ids: Vec<String>,
    german: Vec<String>,
    by_id: HashMap<String, Text>,
    /// Those of the interface without the beginning that they share: pages look them up by the hundred.
    words: HashMap<String, Text>,
}

/// With what the ids of the interface's own texts begin.
const INTERFACE: &str = "interface.";

impl Texts {
    /// Takes a German source text in under its id path. The first one with an id stays.
    pub fn add(&mut self, id: String, german: &str) -> Text {
        if let Some(known) = self.by_id.get(&id) {
            return *known;
        }
        let text = Text(u32::try_from(self.ids.len()).unwrap_or(u32::MAX));
        if let Some(word) = id.strip_prefix(INTERFACE) {
            self.words.insert(word.to_owned(), text);
        }
        self.by_id.insert(id.clone(), text);
        self.ids.push(id);
        self.german.push(german.trim().to_owned());
        text
    }

    /// The text in the reader's language; German where no translation exists.
    pub fn say(&self, _lang: &Lang, text: Text) -> &str {
        &self.german[text.0 as usize]
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
        self.by_id.get(id).copied()
    }

    /// All German texts with their handles, in the order of the rulebook.
    pub fn each(&self) -> impl Iterator<Item = (Text, &str)> {
        (0..).map(Text).zip(self.german.iter().map(String::as_str))
    }

    /// All texts with their id paths, in the order of the rulebook.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ids.iter().map(String::as_str).zip(self.german.iter().map(String::as_str))
    }
}

/// Fills `{name}` places of a text.
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<std::borrow::Cow<'v, str>>) -> String {
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
