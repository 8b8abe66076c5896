//! What every block of the sheet is composed from.

use jiff::civil::Date;

use super::first::first_steps;
use super::model::Mark;
use super::standings::{by_standing, concern};
use super::wording::Wording;
use crate::interview::{Evaluation, Finding, arrange, offices};
use crate::rulebook::{Id, Paper, Rulebook, Source, Step};

/// An evaluation, with its ways and steps in the order of the sheet.
pub struct Composer<'a> {
    pub wording: Wording<'a>,
    pub evaluation: &'a Evaluation<'a>,
    /// Findings, what is possible soonest first.
    pub ways: Vec<&'a Finding<'a>>,
    /// Steps in the order of the sheet.
    pub steps: Vec<Id<Step>>,
    /// How many of them stand large at the top.
    pub first: usize,
    pub date: Date,
}

impl<'a> Composer<'a> {
    pub fn new(wording: Wording<'a>, evaluation: &'a Evaluation<'a>, date: Date) -> Self {
        let rulebook = wording.rulebook;
        let ways = by_standing(rulebook, evaluation);
        let answers = wording.answers;
        let needed = |step: &Id<Step>| !rulebook.steps[*step].unless.holds(|question| answers.get(question));
        let wanted = ways
            .iter()
            .filter(|finding| concern(rulebook, finding).gives_steps())
            .flat_map(|finding| finding.steps.iter().copied())
            .filter(needed);
        let steps = arrange(rulebook, wanted, date).into_iter().filter(needed).collect();
        let answers_the_phone = |step: Id<Step>| {
            let found = offices(rulebook, answers, date, &rulebook.steps[step].contact);
            found.iter().any(|office| rulebook.authorities[office.authority].phone.is_some())
        };
        let (steps, first) = first_steps(rulebook, steps, answers_the_phone);
        Self { wording, evaluation, ways, steps, first, date }
    }

    pub fn rulebook(&self) -> &'a Rulebook {
        self.wording.rulebook
    }

    /// The papers of a step that nothing the person said rules out.
    pub fn papers_for(&self, step: Id<Step>) -> impl Iterator<Item = Id<Paper>> {
        let papers = &self.rulebook().papers;
        let answers = self.wording.answers;
        let bring = self.rulebook().steps[step].bring.iter().copied();
        bring.filter(move |paper| !papers[*paper].unless.holds(|question| answers.get(question)))
    }

    pub fn heading(&self, block: &str) -> String {
        self.wording.word(&format!("sheet.{block}.heading"))
    }
}

/// Names sources; their numbers come last.
pub fn marks(sources: &[Id<Source>]) -> Vec<Mark> {
    sources.iter().copied().map(Mark::of).collect()
}
