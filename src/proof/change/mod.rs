//! What a change of the rules does to people: for how many answer sets the sheet changes, for whom, from what to what.
//!
//! Two versions are compared by meaning (`meaning`), over all answers people can give (`people`), and the result is
//! put in few conditions (`condition`). Exact: every answer set is in exactly one cell, none is sampled. A renamed id
//! is no change; a text that reads differently and says the same is listed apart.
//!
//! Finding comes first (`pathways`, `cases`, `entries`, `texts`), on what a version tells (`view`); `words` puts it for
//! readers, and `told` is the result as data.

mod cases;
mod condition;
mod entries;
mod meaning;
mod pathways;
mod people;
mod texts;
mod told;
mod view;
mod words;

pub use told::{
    CaseFlip, Change, Count, Difference, EntryChange, Group, PathwayChange, Rename, TextChange, Told, Trait,
};

use jiff::civil::Date;

use crate::language::{Lang, Text};
use crate::rulebook::Rulebook;
use crate::terms::Day;
use meaning::{Version, pair};

/// Compares two versions of the rules on a day and on every later day on which a changed pathway begins or ends.
pub fn compare(old: &Rulebook, new: &Rulebook, date: Date) -> Change {
    let (sides, renamed) = pair(old, new);
    let comparison = Comparison { sides, date };
    let (people, pathways) = comparison.pathways();
    Change {
        before: old.version.clone(),
        after: new.version.clone(),
        date: Day(date),
        people,
        pathways,
        cases: comparison.cases(),
        entries: comparison.entries(),
        texts: comparison.texts(),
        renamed: renamed.into_iter().map(|(kind, before, after)| Rename { kind, before, after }).collect(),
    }
}

/// Two versions, looked at from one day on.
struct Comparison<'a> {
    sides: [Version<'a>; 2],
    date: Date,
}

impl Comparison<'_> {
    /// One of the wizard's own words.
    fn word(&self, side: usize, id: &str) -> String {
        self.sides[side].rulebook.word(&Lang::german(), id).to_owned()
    }

    /// A text in the language it was written in.
    fn say(&self, side: usize, text: Text) -> String {
        self.sides[side].rulebook.texts.say(&Lang::german(), text).to_owned()
    }
}
