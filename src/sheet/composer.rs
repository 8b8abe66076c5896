//! What every block of the sheet is composed from.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::first::first_steps;
use super::model::{Mark, Trap};
use super::standings::{by_standing, concern};
use super::wording::Wording;
use crate::interview::{Evaluation, Facts, Finding, arrange};
use crate::language::Text;
use crate::rulebook::{Id, Paper, Rulebook, Sentence, Source, Step};

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
    /// What is known of the person.
    pub facts: Facts,
    pub date: Date,
    /// What every way is compared with, said once.
    pub traps: OnceCell<Vec<Trap>>,
}

impl<'a> Composer<'a> {
    pub fn new(wording: Wording<'a>, evaluation: &'a Evaluation<'a>, date: Date) -> Self {
        let rulebook = wording.rulebook;
        let ways = by_standing(rulebook, evaluation);
        let answers = wording.answers;
        let facts = Facts::of(rulebook, answers, date);
        let for_person = |step: Id<Step>| rulebook.step_for(step, |fact| facts.get(fact));
        let wanted = ways
            .iter()
            .filter(|finding| concern(rulebook, finding).gives_steps())
            .flat_map(|finding| finding.steps.iter().copied())
            .filter_map(for_person);
        // Steps that the order brings along may be needless, too; what stands in their place is put in order with the rest.
        let brought: Vec<Id<Step>> = arrange(rulebook, wanted, date).into_iter().filter_map(for_person).collect();
        let steps =
            arrange(rulebook, brought, date).into_iter().filter(|step| for_person(*step) == Some(*step)).collect();
        let traps = OnceCell::new();
        let mut composer = Self { wording, evaluation, ways, steps, first: 0, facts, date, traps };
        // What the foremost ways ask for, then what other open ways do; a closed way has nothing to do tomorrow.
        let open = composer.ways.iter().copied().filter(|finding| composer.is_open(finding));
        let mut foremost: Vec<Id<Step>> = Vec::new();
        for finding in composer.foremost_ways().into_iter().chain(open) {
            foremost.extend(finding.steps.iter().filter_map(|step| composer.step_for_person(*step)));
        }
        let answers_the_phone = |step: Id<Step>| {
            let found = composer.facts.offices(rulebook, &rulebook.steps[step].contact);
            found.iter().any(|office| rulebook.authorities[office.authority].phone.is_some())
        };
        (composer.steps, composer.first) = first_steps(rulebook, composer.steps, &foremost, answers_the_phone);
        composer
    }

    pub fn rulebook(&self) -> &'a Rulebook {
        self.wording.rulebook
    }

    /// The papers of a step that nothing the person said rules out.
    pub fn papers_for(&self, step: Id<Step>) -> impl Iterator<Item = Id<Paper>> {
        let papers = &self.rulebook().papers;
        let bring = self.rulebook().steps[step].bring.iter().copied();
        bring.filter(move |paper| !papers[*paper].unless.holds(|fact| self.facts.get(fact)))
    }

    /// A step, or what stands in its place for this person.
    pub fn step_for_person(&self, step: Id<Step>) -> Option<Id<Step>> {
        self.rulebook().step_for(step, |fact| self.facts.get(fact))
    }

    /// The sentences of a paragraph that are for this person.
    pub fn for_person<'p>(&self, paragraph: &'p [Sentence]) -> impl Iterator<Item = Text> + use<'p, '_> {
        paragraph.iter().filter(|sentence| sentence.is_for(|fact| self.facts.get(fact))).map(|it| it.says)
    }

    /// A paragraph as it reads for this person; `None` where nothing of it is for them.
    pub fn paragraph(&self, paragraph: &[Sentence]) -> Option<String> {
        let says: Vec<String> = self.for_person(paragraph).map(|text| self.wording.about_answers(text)).collect();
        (!says.is_empty()).then(|| self.wording.joins().sentences(says))
    }

    pub fn heading(&self, block: &str) -> String {
        self.wording.word(&format!("sheet.{block}.heading"))
    }
}

/// Names sources; their numbers come last.
pub fn marks(sources: &[Id<Source>]) -> Vec<Mark> {
    sources.iter().copied().map(Mark::of).collect()
}
