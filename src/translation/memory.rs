//! Translations of German that only earlier states of the rules say, so that an old sheet opened in another language does not
//! fall back to German. Each text is remembered once for all states, without what helps translators, and only from the day on
//! which today's catalogue says something else.

use std::collections::HashSet;

use crate::language::catalogue::{Catalogue, Entry};
use crate::language::{Lang, Translations, round};
use crate::rulebook::Rulebook;

/// What earlier states say and today's catalogue does not: taken from what was remembered and from the catalogue as it was
/// before it was brought up to date.
pub fn remember(
    rulebook: &Rulebook,
    lang: &Lang,
    remembered: &Catalogue,
    old: &Catalogue,
    new: &Catalogue,
) -> Catalogue {
    let today = Translations::of(new.entries.iter());
    // What is marked as changed still translates what its German was.
    let marked = |entry: &Entry| {
        let german = entry.before.clone().filter(|_| entry.fuzzy || entry.spelled_before().is_some())?;
        Some(Entry { german, before: None, fuzzy: false, ..entry.clone() })
    };
    let marked: Vec<Entry> = old.entries.iter().filter_map(marked).collect();
    let earlier = Translations::of(old.entries.iter().chain(&marked).chain(&remembered.entries));
    let mut entries = Vec::new();
    let mut known = HashSet::new();
    for state in rulebook.released.all() {
        for (id, german) in state.texts.iter() {
            if round(id, german).is_none() || today.get(id, german).is_some() {
                continue;
            }
            let Some(entry) = earlier.get(id, german) else { continue };
            if known.insert((id, german)) {
                entries.push(Entry {
                    notes: entry.notes.clone(),
                    context: id.to_owned(),
                    german: german.to_owned(),
                    says: entry.says.clone(),
                    ..Entry::default()
                });
            }
        }
    }
    let mut memory = Catalogue { entries, ..Catalogue::default() };
    memory.head("Language", lang.code());
    memory.head("Content-Type", "text/plain; charset=UTF-8");
    memory
}
