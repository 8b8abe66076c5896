//! The texts in another language: what its catalogue says today's German is, and German, marked as such, where it says nothing.
//!
//! Read when the language is first asked for, so that whoever reads German pays nothing. A translation counts only for the
//! very German it was made from: an old one of a changed sentence is never shown.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::alike::Alike;
use super::catalogue::{Catalogue, Entry};
use super::marked::{self, Marks};
use super::rounds::{is_made_of_marks, round};
use super::{Lang, Text, Texts};
use crate::source::Content;

/// What a text is in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// German in every language.
    StaysGerman,
    /// Not translated yet.
    Missing,
    /// Translated from German that was changed since.
    Stale,
    /// Translated, and nobody has compared it with the German yet.
    Unreviewed,
    /// Translated and compared.
    Reviewed,
}

impl State {
    /// Whether the language has words of its own for the text.
    pub fn is_translated(self) -> bool {
        matches!(self, Self::Unreviewed | Self::Reviewed)
    }
}

/// How many translations of a language somebody has compared with the German.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// Not one: a page says so once.
    None,
    /// Some; the others carry a mark.
    Some,
    /// All.
    All,
}

/// A language besides German.
#[derive(Debug)]
pub(super) struct Other {
    pub lang: Lang,
    /// Its catalogues, each as it lies in its file. A later one overrules an earlier one.
    files: Vec<Content>,
    /// The words of each text that stay German wherever they stand.
    terms: Arc<HashMap<Text, Vec<Arc<str>>>>,
    said: OnceLock<Vec<(Box<str>, State)>>,
    compared: OnceLock<Compared>,
}

impl Other {
    pub fn new(lang: Lang, files: Vec<Content>, terms: Arc<HashMap<Text, Vec<Arc<str>>>>) -> Self {
        Self { lang, files, terms, said: OnceLock::new(), compared: OnceLock::new() }
    }

    /// How many of its translations somebody has compared with the German.
    pub fn compared(&self, texts: &Texts) -> Compared {
        let count = || {
            let is = |wanted: State| self.said(texts).iter().any(|(_, state)| *state == wanted);
            match (is(State::Reviewed), is(State::Unreviewed)) {
                (_, false) => Compared::All,
                (true, true) => Compared::Some,
                (false, true) => Compared::None,
            }
        };
        *self.compared.get_or_init(count)
    }

    /// Every text, by its place among the texts.
    pub fn said(&self, texts: &Texts) -> &[(Box<str>, State)] {
        self.said.get_or_init(|| match self.lang.is_made_up() {
            true => texts.iter().map(|(id, german)| (made_up(id, german), State::Reviewed)).collect(),
            false => self.read(texts),
        })
    }

    fn read(&self, texts: &Texts) -> Vec<(Box<str>, State)> {
        let catalogues: Vec<Catalogue> = self.files.iter().map(|file| Catalogue::read(&file.once()).0).collect();
        let entries = || catalogues.iter().flat_map(|catalogue| &catalogue.entries);
        let known = Translations::of(entries());
        let stale: HashSet<&str> =
            entries().filter(|entry| !entry.says.is_empty()).map(|entry| entry.context.as_str()).collect();
        let marks = Marks::of(&self.lang);
        // Where nobody has compared anything the page says so once.
        let is_reviewed =
            |(id, german)| round(id, german).is_some() && known.get(id, german).is_some_and(Entry::reviewed);
        let some_reviewed = entries().any(Entry::reviewed) && texts.iter().any(is_reviewed);
        // Names of countries, and of certificates in other languages, are alike without being German.
        let is_elsewhere = |id: &str| id.starts_with("table.countries.") || id.starts_with("certificate.");
        let alike = marks.by_terms().then(|| {
            let translated = texts.iter().filter_map(|(id, german)| {
                let entry = known.get(id, german).filter(|_| round(id, german).is_some())?;
                Some((id, german, entry.says.as_str()))
            });
            let (elsewhere, here): (Vec<_>, Vec<_>) = translated.partition(|(id, ..)| is_elsewhere(id));
            let says = |(_, german, says)| (german, says);
            let countries = elsewhere.into_iter().filter(|(id, ..)| id.starts_with("table."));
            Alike::of(here.into_iter().map(says), countries.map(|(.., says)| says))
        });
        let said = |(text, german): (Text, &str)| {
            let id = texts.id(text);
            if round(id, german).is_none() {
                return (marked::stays(german), State::StaysGerman);
            }
            let Some(entry) = known.get(id, german) else {
                let state = if stale.contains(id) { State::Stale } else { State::Missing };
                return (if is_made_of_marks(id) { german.into() } else { marked::german(german) }, state);
            };
            let state = if entry.reviewed() { State::Reviewed } else { State::Unreviewed };
            if is_made_of_marks(id) {
                return (entry.says.as_str().into(), state);
            }
            let mut terms = self.terms.get(&text).cloned().unwrap_or_default();
            if let Some(alike) = alike.as_ref().filter(|_| !is_elsewhere(id)) {
                terms.extend(alike.terms(german, &entry.says));
            }
            let mut says = marks.set(&entry.says, &terms);
            if some_reviewed && state == State::Unreviewed {
                says.push(marked::UNREVIEWED);
            }
            (says.into(), state)
        };
        let mut all: Vec<(Box<str>, State)> = texts.each().map(said).collect();
        // A name stays German; what stands around it to say what it is speaks the language.
        for (text, (name, within)) in &texts.names {
            let says = super::named(&all[within.0 as usize].0, &marked::stays(name));
            all[text.0 as usize].0 = says.into();
        }
        all
    }
}

/// The translations of a catalogue that may be shown, found by name and German.
pub struct Translations<'c> {
    by_name: HashMap<(&'c str, &'c str), &'c Entry>,
    /// By German alone, and for a word or two by what kind of text it is: nothing where two differ.
    by_german: HashMap<(&'c str, &'c str), Option<&'c Entry>>,
}

impl<'c> Translations<'c> {
    /// Those of some entries; of two with one name and one German, the later.
    pub fn of(entries: impl Iterator<Item = &'c Entry>) -> Self {
        let (mut by_name, mut by_german) = (HashMap::new(), HashMap::new());
        for entry in entries.filter(|entry| entry.counts()) {
            by_name.insert((entry.context.as_str(), entry.german.as_str()), entry);
        }
        for entry in by_name.values() {
            let same = by_german.entry(alone(&entry.context, &entry.german)).or_insert(Some(*entry));
            // Which of several equal ones is taken must not change from one reading to the next.
            *same = same.filter(|known| known.says == entry.says).map(|known| {
                if (entry.reviewed(), &known.context) > (known.reviewed(), &entry.context) { entry } else { known }
            });
        }
        Self { by_name, by_german }
    }

    /// The translation of a text; that of the same German under another name, where all such agree.
    pub fn get(&self, id: &str, german: &str) -> Option<&'c Entry> {
        self.by_name.get(&(id, german)).copied().or_else(|| self.by_german.get(&alone(id, german)).copied().flatten())
    }
}

/// By what a translation is found where its text has another name. A word or two mean one thing as an answer and another as
/// a heading ("keine" costs, "keine" years), so that they move only within their kind.
fn alone<'t>(id: &'t str, german: &'t str) -> (&'t str, &'t str) {
    let kind = id.split('.').next().unwrap_or_default();
    (if german.split_whitespace().nth(2).is_some() { "" } else { kind }, german)
}

/// A text of the language that nobody speaks: its name, and the places where something is filled in.
fn made_up(id: &str, german: &str) -> Box<str> {
    let places = super::places(german).map(|place| format!("{{{place}}}"));
    format!("⟦{id}⟧{}", places.collect::<String>()).into()
}
