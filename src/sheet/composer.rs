//! What every block of the sheet is composed from.

use indexmap::IndexSet;
use jiff::civil::Date;

use super::first::first_steps;
use super::model::Mark;
use super::standings::{by_standing, concern, outcome};
use super::wording::Wording;
use crate::interview::{Evaluation, Facts, Finding, Office, arrange};
use crate::language::Text;
use crate::rulebook::{AtOffice, Cost, ForWhom, Id, OfficeRef, Paper, Pathway, Rulebook, Sentence, Source, Step, Time};
use crate::terms::Standing;

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
        let mut composer = Self { wording, evaluation, ways, steps, first: 0, facts, date };
        // What the foremost ways ask for, after what leads the one that is open now, then what other open ways do; a closed way
        // has nothing to do tomorrow.
        let mut foremost = composer.foremost_ways();
        foremost.sort_by_key(|finding| {
            let leads = rulebook.pathways[finding.pathway].leads;
            (!leads, outcome(rulebook, finding).standing != Standing::OpenNow)
        });
        let open = composer.ways.iter().copied().filter(|finding| composer.is_open(finding));
        let asked_for = foremost.into_iter().chain(open).flat_map(|finding| &finding.steps);
        let foremost: Vec<Id<Step>> = asked_for.filter_map(|step| composer.step_for_person(*step)).collect();
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

    /// The papers of a step that nothing the person said rules out. The page for the Träger is one only where there is one.
    pub fn papers_for(&self, step: Id<Step>) -> impl Iterator<Item = Id<Paper>> {
        let papers = &self.rulebook().papers;
        let bring = self.rulebook().steps[step].bring.iter().copied();
        let there = |paper: &Paper| !paper.employer_page || self.has_employer_page();
        bring.filter(move |paper| there(&papers[*paper]) && !papers[*paper].unless.holds(|fact| self.facts.get(fact)))
    }

    /// The ways that have a card of their own.
    pub fn cards(&self) -> impl Iterator<Item = &'a Finding<'a>> {
        self.ways.iter().copied().filter(|finding| self.host(finding).is_none())
    }

    /// The ways that stand on the card of another one.
    pub fn guests(&self, host: &Finding<'_>) -> impl Iterator<Item = &'a Finding<'a>> {
        self.ways.iter().copied().filter(|guest| self.host(guest).is_some_and(|found| found.pathway == host.pathway))
    }

    /// The way on whose card a way stands: the first that it may join, or the one on whose card that one stands. The rules
    /// hold no circle; loading made sure.
    fn host(&self, guest: &Finding<'_>) -> Option<&'a Finding<'a>> {
        let joins = &self.rulebook().pathways[guest.pathway].joins;
        let way = |host: &Id<Pathway>| self.ways.iter().copied().find(|finding| finding.pathway == *host);
        let host = joins.iter().filter_map(way).find(|host| self.is_open(host) == self.is_open(guest))?;
        Some(self.host(host).unwrap_or(host))
    }

    /// What a step costs this person, in parts.
    pub fn costs_for(&self, step: Id<Step>) -> impl Iterator<Item = &'a Cost> {
        self.rulebook().steps[step].cost.iter().filter(|cost| self.is_meant(&cost.for_whom))
    }

    /// How long a step takes for this person.
    pub fn times_for(&self, step: Id<Step>) -> impl Iterator<Item = &'a Time> {
        self.rulebook().steps[step].time.iter().filter(|time| self.is_meant(&time.for_whom))
    }

    /// What the offices to which the steps lead want of a paper that these steps need.
    pub fn wants_of_offices(&self, paper: Id<Paper>) -> Vec<(Office, &'a AtOffice)> {
        let rulebook = self.rulebook();
        let at = &rulebook.papers[paper].at;
        let needs = self.steps.iter().map(|step| &rulebook.steps[*step]).filter(|step| step.bring.contains(&paper));
        let contacts: IndexSet<OfficeRef> = needs.flat_map(|step| step.contact.iter().copied()).collect();
        let contacts: Vec<OfficeRef> = contacts.into_iter().collect();
        let offices = self.facts.offices(rulebook, &contacts);
        offices.into_iter().filter_map(|office| Some((office, at.get(&office.authority)?))).collect()
    }

    /// Whether something is for this person.
    fn is_meant(&self, for_whom: &ForWhom) -> bool {
        for_whom.includes(|fact| self.facts.get(fact))
    }

    /// A step, or what stands in its place for this person.
    pub fn step_for_person(&self, step: Id<Step>) -> Option<Id<Step>> {
        self.rulebook().step_for(step, |fact| self.facts.get(fact))
    }

    /// The sentences of a paragraph that are for this person.
    pub fn for_person<'p>(&self, paragraph: &'p [Sentence]) -> impl Iterator<Item = Text> + use<'p, '_> {
        paragraph.iter().filter(|sentence| self.is_meant(&sentence.for_whom)).map(|it| it.says)
    }

    /// A paragraph as it reads for this person; `None` where nothing of it is for them.
    pub fn paragraph(&self, paragraph: &[Sentence]) -> Option<String> {
        let says: Vec<String> = self.for_person(paragraph).map(|text| self.wording.about_answers(text)).collect();
        (!says.is_empty()).then(|| self.wording.joins().sentences(says))
    }

    /// What something rests on for this person: its own sources and those of its sentences for them.
    pub fn sources_for<'p>(
        &self,
        own: &'p [Id<Source>],
        sentences: impl Iterator<Item = &'p Sentence>,
    ) -> impl Iterator<Item = Id<Source>> {
        let said =
            sentences.filter(|sentence| self.is_meant(&sentence.for_whom)).flat_map(|sentence| &sentence.sources);
        own.iter().chain(said).copied()
    }

    pub fn heading(&self, block: &str) -> String {
        self.wording.word(&format!("sheet.{block}.heading"))
    }
}

/// Names sources; their numbers come last.
pub fn marks(sources: &[Id<Source>]) -> Vec<Mark> {
    sources.iter().copied().map(Mark::of).collect()
}
