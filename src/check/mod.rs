//! What is checked about a sound rulebook beyond its soundness: the Musterfälle and what they cover, what grows old,
//! how sheets begin, who decides, how much German is asked for, how its texts speak, its history, its translations.

mod ageing;
mod cases;
mod deciders;
mod entries;
mod history;
mod language;
mod levels;
mod openings;
mod translations;

pub use ageing::ageing;
pub use cases::{CaseReport, cases};
pub use deciders::deciders;
pub use entries::{Entries, Lost};
pub use history::{Unspoken, history};
pub use language::language;
pub use levels::levels;
pub use openings::openings;
pub use translations::{more_than_spelling, translations};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::rulebook::Rulebook;
use crate::source::Files;

/// What grows old, how sheets begin, whether anybody decides, how much German is asked for, how the texts speak, whether the history is in order and
/// translations say the same, in the order of files and lines.
pub fn findings(rulebook: &Rulebook, files: &Files, today: Date) -> Vec<Diagnostic> {
    let mut found = ageing(rulebook, today);
    found.extend(openings(rulebook));
    found.extend(deciders(rulebook));
    found.extend(levels(rulebook));
    found.extend(language(rulebook, files));
    found.extend(history(rulebook, files));
    found.extend(translations(rulebook, files));
    found.sort_by_key(|found| (found.place.span, found.code));
    found
}
