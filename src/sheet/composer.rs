//! What every block of the sheet is composed from.

use jiff::civil::Date;

use super::model::Mark;
use super::standings::{by_standing, concern};
use super::wording::Wording;
use crate::interview::{Evaluation, Finding, arrange};
use crate::rulebook::{Id, Rulebook, Source, Step};

/// How many steps stand large at the top.
pub const FIRST_STEPS: usize = 3;

/// An evaluation, with its ways and steps in the order of the sheet.
pub struct Composer<'a> {
    pub wording: Wording<'a>,
    pub evaluation: &'a Evaluation<'a>,
    /// Findings, what is possible soonest first.
    pub ways: Vec<&'a Finding<'a>>,
    /// Steps in the order of the sheet.
    pub steps: Vec<Id<Step>>,
    pub date: Date,
}

impl<'a> Composer<'a> {
    pub fn new(wording: Wording<'a>, evaluation: &'a Evaluation<'a>, date: Date) -> Self {
        let rulebook = wording.rulebook;
        let ways = by_standing(rulebook, evaluation);
        let steps = arrange(
            rulebook,
            ways.iter()
                .filter(|finding| concern(rulebook, finding).gives_steps())
                .flat_map(|finding| finding.steps.iter().copied()),
            date,
        );
        Self { wording, evaluation, ways, steps, date }
    }

    pub fn rulebook(&self) -> &'a Rulebook {
        self.wording.rulebook
    }

    pub fn heading(&self, block: &str) -> String {
        self.wording.word(&format!("sheet.{block}.heading"))
    }
}

/// Names sources; their numbers come last.
pub fn marks(sources: &[Id<Source>]) -> Vec<Mark> {
    sources.iter().copied().map(Mark::of).collect()
}
