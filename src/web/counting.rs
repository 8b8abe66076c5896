//! What people look for, as sums that reveal nobody: only if the operator asks for it, in memory only, rounded, and shown a
//! day late. Nothing here knows who asked, and no two figures can be brought together.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use crate::interview::{Answers, evaluate};
use crate::language::Lang;
use crate::rulebook::Rulebook;

/// Figures are rounded down to this; what is less is not told.
const GRAIN: u64 = 10;

/// Days that are kept.
const MOST_DAYS: usize = 366;

/// Between the two languages of a sheet that has both.
pub const BESIDE: char = '+';

/// The sums, as they grow and as they are shown: those of the day before, so that nobody can watch a single visitor
/// come by.
#[derive(Default)]
pub struct Counting(Mutex<Tally>);

#[derive(Default)]
struct Tally {
    today: Option<Date>,
    growing: Sums,
    shown: Sums,
}

/// How many sheets were made: in all, by outcome, by question that was answered "I do not know", by language, by day.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    pub outcomes: BTreeMap<String, u64>,
    pub unknown: BTreeMap<String, u64>,
    pub languages: BTreeMap<String, u64>,
    pub days: BTreeMap<Date, u64>,
}

impl Counting {
    /// One more sheet of today, in a language or with German beside it.
    pub fn add(&self, rulebook: &Rulebook, answers: &Answers, lang: &Lang, beside_german: bool, today: Date) {
        let evaluation = evaluate(rulebook, answers, today);
        let unknown = answers.iter().filter(|(id, values)| values.contains(rulebook.questions[*id].unknown));
        let mut tally = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tally.turn(today);
        let sums = &mut tally.growing;
        for finding in &evaluation.findings {
            *sums.outcomes.entry(finding.id(rulebook)).or_default() += 1;
        }
        for (id, _) in unknown {
            *sums.unknown.entry(rulebook.questions.name(id).to_owned()).or_default() += 1;
        }
        let languages = if beside_german { format!("de{BESIDE}{lang}") } else { lang.code().to_owned() };
        *sums.languages.entry(languages).or_default() += 1;
        *sums.days.entry(today).or_default() += 1;
        if sums.days.len() > MOST_DAYS {
            sums.days.pop_first();
        }
    }

    /// The sums up to the end of yesterday.
    pub fn shown(&self, today: Date) -> Sums {
        let mut tally = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tally.turn(today);
        tally.shown.clone()
    }
}

impl Tally {
    fn turn(&mut self, today: Date) {
        if self.today != Some(today) {
            self.today = Some(today);
            self.shown = self.growing.clone();
        }
    }
}

/// A figure that may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rounded(u64);

impl Rounded {
    pub fn of(count: u64) -> Self {
        Self(count / GRAIN * GRAIN)
    }

    /// So many at least.
    pub fn at_least(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => write!(f, "0–{}", GRAIN - 1),
            count => write!(f, "{count}–{}", count + GRAIN - 1),
        }
    }
}
