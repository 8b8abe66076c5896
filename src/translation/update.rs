//! A catalogue brought up to date with today's German.

use std::collections::{HashMap, HashSet};

use super::sight::Sight;
use crate::language::catalogue::{Catalogue, Entry};
use crate::language::{Lang, Text, Translations, round, spoken_in_german};
use crate::rulebook::Rulebook;

/// What bringing a catalogue up to date did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// Texts that were not there yet.
    pub added: usize,
    /// Texts whose German was changed: their translation is kept, but not shown.
    pub changed: usize,
    /// Texts that took the translation of the same German under another name.
    pub moved: usize,
    /// Texts that are no longer there.
    pub dropped: usize,
}

/// Adds what is new, marks what was changed, moves what was moved, drops what is gone. A second time it changes nothing.
pub fn update(rulebook: &Rulebook, lang: &Lang, old: &Catalogue, sight: &Sight) -> (Catalogue, Update) {
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
            (Some(same), _) if same.german == german_now && (same.counts() || same.fuzzy) => same.clone(),
            (before, Some(elsewhere)) => {
                done.moved += 1;
                let own = before.map(|entry| entry.notes.clone()).unwrap_or_default();
                let notes = if elsewhere.notes.is_empty() { own } else { elsewhere.notes.clone() };
                Entry { says: elsewhere.says.clone(), notes, flags: elsewhere.flags.clone(), ..Entry::default() }
            }
            (Some(same), None) if same.german == german_now => same.clone(),
            // Its German is still said somewhere: the translation went there, and this is another text.
            (Some(other), None) if other.says.is_empty() || german.contains(other.german.as_str()) => Entry::default(),
            (Some(old), None) => {
                done.changed += 1;
                // What it was translated from, however often the German was changed since.
                let translated = if old.fuzzy { old.before.as_ref().unwrap_or(&old.german) } else { &old.german };
                match *translated == german_now {
                    true => Entry { fuzzy: false, before: None, ..old.clone() },
                    false => Entry {
                        fuzzy: true,
                        before: Some(translated.clone()),
                        notes: old.notes.clone(),
                        flags: old.flags.clone(),
                        says: old.says.clone(),
                        ..Entry::default()
                    },
                }
            }
            (None, None) => Entry::default(),
        };
        done.added += usize::from(before.is_none());
        id.clone_into(&mut entry.context);
        german_now.clone_into(&mut entry.german);
        entry.shown = shown(rulebook, text, sight);
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
