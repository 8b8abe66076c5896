//! A catalogue brought up to date with today's German.

use std::collections::{HashMap, HashSet};

use super::correction::{Weighs, weighs};
use super::sight::Sight;
use crate::language::catalogue::{Catalogue, Entry};
use crate::language::{Lang, Text, Translations, round, spoken_in_german};
use crate::rulebook::Rulebook;

/// What is said of German that was changed since it was translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// Nothing: it may mean something else now.
    Nothing,
    /// That it is only spelled better. Believed where nothing speaks against it.
    Spelling,
}

/// What bringing a catalogue up to date did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Texts that were not there yet.
    pub added: usize,
    /// Texts whose German was changed: their translation is kept, but not shown.
    pub changed: usize,
    /// Texts that took the translation of the same German under another name.
    pub moved: usize,
    /// Texts that are no longer there.
    pub dropped: usize,
    /// Texts that are only spelled better and keep their translation, each with what it was before.
    pub spelled: Vec<(Text, String)>,
    /// Texts of which that was declared and is not so: what each was before, and what speaks against it.
    pub refused: Vec<(Text, String, Weighs)>,
}

/// Adds what is new, marks what was changed, moves what was moved, drops what is gone. A second time it changes nothing.
pub fn update(
    rulebook: &Rulebook,
    lang: &Lang,
    old: &Catalogue,
    sight: &Sight,
    declared: Declared,
) -> (Catalogue, Update) {
    let texts = &rulebook.texts;
    let mut done = Update::default();
    let known: HashMap<&str, &Entry> = old.entries.iter().map(|entry| (entry.context.as_str(), entry)).collect();
    let translations = Translations::of(old.entries.iter());
    let german: HashSet<&str> = texts.each().map(|(_, german)| german).collect();
    let mut entries = Vec::new();
    for (text, german_now) in texts.each() {
        let id = texts.id(text);
        if round(id, german_now).is_none() {
            continue;
        }
        let before = known.get(id).copied();
        let mut entry = match (before, translations.get(id, german_now)) {
            (Some(same), _) if same.german == german_now && same.counts() => {
                // What it was translated from before is of no use once it is translated anew.
                let before = same.before.clone().filter(|_| same.spelled_before().is_some());
                Entry { before, ..same.clone() }
            }
            (Some(same), _) if same.german == german_now && same.fuzzy => {
                changed(rulebook, text, same, declared, &mut done).unwrap_or_else(|| same.clone())
            }
            (before, Some(elsewhere)) => {
                done.moved += 1;
                let own = before.map(|entry| entry.notes.clone()).unwrap_or_default();
                let notes = if elsewhere.notes.is_empty() { own } else { elsewhere.notes.clone() };
                Entry { notes, shown: Vec::new(), place: 0..0, ..elsewhere.clone() }
            }
            (Some(same), None) if same.german == german_now => same.clone(),
            // Its German is still said somewhere: the translation went there, and this is another text.
            (Some(other), None) if other.says.is_empty() || german.contains(other.german.as_str()) => Entry::default(),
            (Some(old), None) => changed(rulebook, text, old, declared, &mut done).unwrap_or_else(|| {
                done.changed += 1;
                let mut entry = Entry { fuzzy: true, shown: Vec::new(), place: 0..0, ..old.clone() };
                entry.spelled(None);
                entry.before = Some(translated_from(old).to_owned());
                entry.forget_review();
                entry
            }),
            (None, None) => Entry::default(),
        };
        done.added += usize::from(before.is_none());
        id.clone_into(&mut entry.context);
        german_now.clone_into(&mut entry.german);
        entry.shown = shown(rulebook, text, sight);
        entry.seal_review();
        entries.push(entry);
    }
    let now: HashSet<&str> = entries.iter().map(|entry| entry.context.as_str()).collect();
    done.dropped = known.keys().filter(|id| !now.contains(*id)).count();
    let mut new = Catalogue { entries, ..old.clone() };
    new.head("Language", lang.code());
    new.head("MIME-Version", "1.0");
    new.head("Content-Type", "text/plain; charset=UTF-8");
    new.head("Content-Transfer-Encoding", "8bit");
    (new, done)
}

/// What an entry was translated from, however often the German was changed since.
fn translated_from(entry: &Entry) -> &str {
    let before = if entry.fuzzy { entry.before.as_deref() } else { entry.spelled_before() };
    before.unwrap_or(&entry.german)
}

/// The entry of a text whose German was changed and that keeps its translation all the same: the change was taken back, or is
/// declared to be one of spelling and nothing speaks against it.
fn changed(rulebook: &Rulebook, text: Text, old: &Entry, declared: Declared, done: &mut Update) -> Option<Entry> {
    // Marked by a translator, who is not sure of it.
    if old.fuzzy && old.before.is_none() {
        return None;
    }
    let (before, now) = (translated_from(old), rulebook.texts.german(text));
    let mut entry = Entry { fuzzy: false, ..old.clone() };
    if before == now {
        entry.spelled(None);
        return Some(entry);
    }
    if declared == Declared::Nothing {
        return None;
    }
    match weighs(rulebook, before, now) {
        None => {
            done.spelled.push((text, before.to_owned()));
            entry.spelled(Some(before));
            Some(entry)
        }
        Some(weighs) => {
            done.refused.push((text, before.to_owned(), weighs));
            None
        }
    }
}

/// Where a text is shown and what to mind, for translators. How often is said in tenths: a new Musterfall is no reason to
/// change every catalogue.
fn shown(rulebook: &Rulebook, text: Text, sight: &Sight) -> Vec<String> {
    let id = rulebook.texts.id(text);
    let seen = match sight.on(rulebook, text) * 10 / sight.sheets().max(1) {
        10 => "seen by everybody".to_owned(),
        0 if sight.on(rulebook, text) == 0 => "on no sheet of a case".to_owned(),
        0 => "on fewer than 1 of 10 sheets".to_owned(),
        tenths => format!("on {tenths} of 10 sheets"),
    };
    let mut lines = vec![seen];
    if spoken_in_german(id) {
        lines.push("said or sent in German; the translation is a reading help".to_owned());
    }
    let terms = rulebook.spoken.get(&text).into_iter().flatten().map(|id| rulebook.terms[*id].term.as_str());
    let terms: Vec<&str> = terms.collect();
    if !terms.is_empty() {
        lines.push(format!("stays German: {}", terms.join(", ")));
    }
    lines
}
