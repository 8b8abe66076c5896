//! What holds for a set of answers, with its reasons.

use std::collections::BTreeSet;
use std::convert::Infallible;

use jiff::civil::Date;

use crate::rulebook::{
    Authority, DerivedFact, Fact, Id, OfficeRef, Outcome, Pathway, Question, Rulebook, Source, Step, ValueSet,
};
use crate::terms::{Certainty, Validity};
use crate::walk::{
    Answers, Brings, Carried, LeftOut, Manner, Memory, Notes, Person, Reason, Reasons, Silence, Trail, Unknown,
};

/// Everything that holds for a set of answers.
#[derive(Clone, Debug)]
pub struct Evaluation<'r> {
    /// Outcomes, in the order of pathways.
    pub findings: Vec<Finding<'r>>,
    /// Pathways without outcome, and why.
    pub silent: Vec<Silent<'r>>,
    /// Questions that mattered and were left out, in the editors' order.
    pub unanswered: BTreeSet<Id<Question>>,
    /// Questions that were looked at, answered or not.
    pub consulted: BTreeSet<Id<Question>>,
}

/// An outcome that holds, with its reasons.
#[derive(Clone, Debug)]
pub struct Finding<'r> {
    /// The pathway.
    pub pathway: Id<Pathway>,
    /// Its outcome.
    pub outcome: Id<Outcome>,
    /// Rows of the decision tables that fired on the way: the pathway's own first, then those of derived facts.
    pub rows: Vec<&'r str>,
    /// What it rests on.
    pub basis: Vec<Id<Source>>,
    /// How binding it is.
    pub certainty: Certainty,
    /// When it is in force.
    pub valid: Validity,
    /// What to do, in order.
    pub steps: Vec<Id<Step>>,
    /// Offices of its steps and of its open points, each once.
    pub offices: Vec<Office>,
    /// Which conditions held and which branches were taken.
    pub reasons: Vec<Reason<'r>>,
}

/// An office, and the fact that told which, if one did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Office {
    /// The office.
    pub authority: Id<Authority>,
    /// The fact that led to it.
    pub because: Option<Id<DerivedFact>>,
}

/// A pathway without outcome.
#[derive(Clone, Debug)]
pub struct Silent<'r> {
    /// The pathway.
    pub pathway: Id<Pathway>,
    /// Why.
    pub why: Silence,
    /// Which conditions were looked at and which branches were taken.
    pub reasons: Vec<Reason<'r>>,
}

impl<'r> Evaluation<'r> {
    /// Findings alone, where nobody asks what was looked at to find them.
    pub fn of(findings: Vec<Finding<'r>>) -> Self {
        Self { findings, silent: Vec::new(), unanswered: BTreeSet::new(), consulted: BTreeSet::new() }
    }
}

/// Everything that holds for these answers on this day.
pub fn evaluate<'r>(rulebook: &'r Rulebook, answers: &Answers, date: Date) -> Evaluation<'r> {
    let mut memory = Memory::<Reasons<'r>>::new(rulebook);
    let mut person = Person::new(rulebook, answers, date, LeftOut::default(), &mut memory);
    let (mut findings, mut silent) = (Vec::new(), Vec::new());
    for pathway in rulebook.pathways.ids() {
        match found(rulebook, &mut person, date, pathway) {
            Ok(finding) => findings.push(finding),
            Err(silence) => silent.push(silence),
        }
    }
    let consulted = person.manner.consulted();
    Evaluation { findings, silent, unanswered: person.manner.unanswered, consulted }
}

/// What holds for these answers on this day, without a reason: the outcomes of [`evaluate`] in half the time.
pub fn findings<'r>(rulebook: &'r Rulebook, answers: &Answers, date: Date) -> Evaluation<'r> {
    Evaluation::of(Room::new(rulebook).found(rulebook, answers, date).0)
}

/// Room for looking at one person after another without a reason.
pub struct Room<'r> {
    walked: Memory<'r, ()>,
    noted: Memory<'r, Trail<'r>>,
}

impl<'r> Room<'r> {
    /// Room for the facts of a rulebook.
    pub fn new(rulebook: &'r Rulebook) -> Self {
        Self { walked: Memory::new(rulebook), noted: Memory::new(rulebook) }
    }

    /// The outcomes of [`evaluate`] without a reason, which is most of its work, and the questions left out that mattered.
    /// Most pathways have nothing to say: what an outcome rests on is looked for only in those that have one.
    pub(super) fn found(
        &mut self,
        rulebook: &'r Rulebook,
        answers: &Answers,
        date: Date,
    ) -> (Vec<Finding<'r>>, BTreeSet<Id<Question>>) {
        self.walked.forget();
        let mut person = Person::new(rulebook, answers, date, LeftOut::default(), &mut self.walked);
        let mut speaking = Vec::new();
        for (id, _, pathway) in rulebook.pathways.iter() {
            let Ok(ending) = person.pathway(pathway, |_, _| Ok(()));
            speaking.extend(ending.is_ok().then_some(id));
        }
        let unanswered = person.manner.unanswered;
        self.noted.forget();
        let mut person = Person::new(rulebook, answers, date, Unknown, &mut self.noted);
        (speaking.into_iter().filter_map(|id| found(rulebook, &mut person, date, id).ok()).collect(), unanswered)
    }
}

/// What one pathway finds for these answers on this day; `None` if it has nothing to say.
pub fn look<'r>(rulebook: &'r Rulebook, answers: &Answers, date: Date, pathway: Id<Pathway>) -> Option<Finding<'r>> {
    let mut memory = Memory::<Reasons<'r>>::new(rulebook);
    let mut person = Person::new(rulebook, answers, date, LeftOut::default(), &mut memory);
    found(rulebook, &mut person, date, pathway).ok()
}

/// The outcome of every pathway for these answers on this day, without reasons.
pub fn outcomes<'w, 'r>(
    rulebook: &'r Rulebook,
    answers: &'w Answers,
    date: Date,
    memory: &'w mut Memory<'r, ()>,
) -> impl Iterator<Item = (Id<Pathway>, Id<Outcome>)> + use<'w, 'r> {
    memory.forget();
    let mut person = Person::new(rulebook, answers, date, Unknown, memory);
    rulebook.pathways.iter().filter_map(move |(id, _, pathway)| {
        let Ok(ending) = person.pathway(pathway, |_, outcome| Ok(outcome));
        Some((id, ending.ok()?))
    })
}

/// What is known of every question and every derived fact; what was not answered counts as unknown.
#[derive(PartialEq)]
pub struct Facts {
    questions: Vec<ValueSet>,
    derived: Vec<ValueSet>,
}

impl Facts {
    /// Looks at all of them, for somebody with these answers on this day.
    pub fn of(rulebook: &Rulebook, answers: &Answers, date: Date) -> Self {
        let mut memory = Memory::<()>::new(rulebook);
        let mut person = Person::new(rulebook, answers, date, Unknown, &mut memory);
        let mut known = |fact| {
            let Ok(known) = person.fact(fact);
            known.values
        };
        Self {
            questions: rulebook.questions.ids().map(|id| known(Fact::Question(id))).collect(),
            derived: rulebook.facts.ids().map(|id| known(Fact::Derived(id))).collect(),
        }
    }

    /// The values that a fact has, or may have.
    pub fn get(&self, fact: Fact) -> ValueSet {
        match fact {
            Fact::Question(id) => self.questions[id.index()],
            Fact::Derived(id) => self.derived[id.index()],
        }
    }

    /// The offices that references stand for; each once.
    pub fn offices(&self, rulebook: &Rulebook, references: &[OfficeRef]) -> Vec<Office> {
        named(rulebook, |fact| self.derived[fact.index()], references)
    }
}

fn found<'r, M: Manner<Stop = Infallible>, N: Notes<'r>>(
    rulebook: &'r Rulebook,
    person: &mut Person<'_, 'r, M, N>,
    date: Date,
    id: Id<Pathway>,
) -> Result<Finding<'r>, Silent<'r>> {
    let pathway = &rulebook.pathways[id];
    let Ok(ending) = person.pathway(pathway, |person, outcome| {
        let (grounds, carried) = match person.notes().trail() {
            Some(trail) => trail.all(),
            None => Default::default(),
        };
        Ok(Brings::of(rulebook, date, pathway, outcome, grounds, &Carried::of(carried.iter().copied())))
    });
    let reasons = person.notes().reasons().map(|reasons| std::mem::take(&mut reasons.looks)).unwrap_or_default();
    let brings = match ending {
        Ok(brings) => brings,
        Err(why) => return Err(Silent { pathway: id, why, reasons }),
    };
    let values = |fact| {
        let Ok(known) = person.fact(Fact::Derived(fact));
        known.values
    };
    let offices = named(rulebook, values, &brings.offices);
    let Brings { outcome, mut rows, derived_rows, basis, certainty, steps, .. } = brings;
    rows.extend(derived_rows);
    let valid = pathway.outcomes[outcome].valid;
    Ok(Finding { pathway: id, outcome, rows, basis, certainty, valid, steps, offices, reasons })
}

/// The offices that references stand for, looked up by the values of facts.
fn named(
    rulebook: &Rulebook,
    mut values: impl FnMut(Id<DerivedFact>) -> ValueSet,
    references: &[OfficeRef],
) -> Vec<Office> {
    let mut found: Vec<Office> = Vec::new();
    let mut add = |authority, because| {
        if found.iter().all(|known| known.authority != authority) {
            found.push(Office { authority, because });
        }
    };
    for reference in references {
        match reference {
            OfficeRef::Authority(authority) => add(*authority, None),
            OfficeRef::Fact(fact) => {
                let values = values(*fact);
                let told = rulebook.facts[*fact]
                    .offices
                    .iter()
                    .flat_map(|told| values.iter().flat_map(|value| &told.offices[value]));
                told.for_each(|authority| add(*authority, Some(*fact)));
            }
        }
    }
    found
}
