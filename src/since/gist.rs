//! What a sheet says of ways, steps, papers and offices, without how it is laid out: what two sheets are compared by.

use jiff::civil::Date;

use crate::interview::{Answers, Evaluation, evaluate};
use crate::language::{Joins, Lang};
use crate::rulebook::Rulebook;
use crate::sheet::{Composer, EmployerRole, Mark, OfficeCard, PaperLine, StepCard, Way, Wording};

/// What a sheet says, in data.
pub struct Gist<'r> {
    rulebook: &'r Rulebook,
    lang: &'r Lang,
    pub ways: Vec<Way>,
    pub steps: Vec<StepCard>,
    pub papers: Vec<PaperLine>,
    pub offices: Vec<OfficeCard>,
    /// What the Träger files for a way.
    pub roles: Vec<EmployerRole>,
}

impl<'r> Gist<'r> {
    /// What the sheet for these answers says on a day.
    pub fn of(rulebook: &'r Rulebook, answers: &Answers, date: Date, lang: &'r Lang) -> Self {
        Self::from(rulebook, answers, &evaluate(rulebook, answers, date), date, lang)
    }

    /// The same from an evaluation that was made already.
    pub fn from(
        rulebook: &'r Rulebook,
        answers: &Answers,
        evaluation: &Evaluation<'_>,
        date: Date,
        lang: &'r Lang,
    ) -> Self {
        let wording = Wording { rulebook, lang, answers };
        let composer = Composer::new(wording, evaluation, date);
        let steps = composer.step_cards(0, usize::MAX);
        let ways = composer.ways.iter().map(|finding| composer.way(finding)).collect();
        let papers = composer.papers();
        let offices = composer.contacts();
        let roles = composer.employer_roles();
        Self { rulebook, lang, ways, steps, papers, offices, roles }
    }

    /// Whether these rules know an outcome, written `pathway/outcome`, said or not.
    pub fn knows(&self, outcome: &str) -> bool {
        let rulebook = self.rulebook;
        outcome.split_once('/').is_some_and(|(pathway, outcome)| {
            rulebook.pathways.id(pathway).is_some_and(|id| rulebook.pathways[id].outcomes.id(outcome).is_some())
        })
    }

    /// How the words of the sheet are put side by side.
    pub fn joins(&self) -> Joins<'r> {
        self.rulebook.joins(self.lang)
    }

    /// The ids of sources.
    pub fn sources(&self, marks: &[Mark]) -> Vec<String> {
        marks.iter().map(|mark| self.rulebook.sources.name(mark.source).to_owned()).collect()
    }
}
