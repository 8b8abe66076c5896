//! One person: what is known of their answers, and what a missing answer means.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use jiff::civil::Date;

use super::answers::Answers;
use super::notes::{Notes, Reason, ReasonKind, Trail};
use super::{Reader, descend, pathway};
use crate::rulebook::{
    Condition, DerivedFact, Fact, Fork, Ground, Id, OfficeRef, Outcome, Pathway, Question, Rulebook, Step, Turn,
    ValueSet, in_force,
};

/// Whether a person comes to a place. "Perhaps" is said only while answers are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// In no case.
    No,
    /// Depending on answers still to come.
    Perhaps,
    /// In any case.
    Yes,
}

/// What a missing answer means.
pub trait Manner {
    /// What ends a walk early.
    type Stop;
    /// Whether it matters if a question left out would have been put.
    const CARES: bool = true;
    /// Whether questions that only the advisor's desk puts are taken for unknown without a look.
    const WIZARD: bool;

    /// A question is looked at.
    fn consult(&mut self, _question: Id<Question>) {}

    /// What is to be thought of an answer that is missing although the question is put.
    ///
    /// # Errors
    /// If it must be there.
    fn missing(&mut self, id: Id<Question>, question: &Question) -> Result<Known, Self::Stop>;
}

/// The interview goes on: a missing answer is asked for.
pub struct Asked;

impl Manner for Asked {
    type Stop = Id<Question>;
    const WIZARD: bool = true;

    fn missing(&mut self, id: Id<Question>, _: &Question) -> Result<Known, Id<Question>> {
        Err(id)
    }
}

/// The interview is over: a missing answer counts as unknown and is noted.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Questions that mattered and were left out.
    pub unanswered: BTreeSet<Id<Question>>,
    /// Whether a question was looked at, answered or not; by its place. Almost every look of a walk is noted here.
    consulted: Vec<bool>,
}

impl LeftOut {
    /// Questions that were looked at, answered or not.
    pub fn consulted(&self) -> BTreeSet<Id<Question>> {
        self.consulted.iter().enumerate().filter(|(_, looked)| **looked).map(|(at, _)| Id::new(at)).collect()
    }
}

impl Manner for LeftOut {
    type Stop = Infallible;
    const WIZARD: bool = false;

    fn consult(&mut self, question: Id<Question>) {
        let at = question.index();
        if self.consulted.len() <= at {
            self.consulted.resize(at + 1, false);
        }
        self.consulted[at] = true;
    }

    fn missing(&mut self, id: Id<Question>, question: &Question) -> Result<Known, Infallible> {
        self.unanswered.insert(id);
        Ok(Known::unknown(question))
    }
}

/// The interview is over: a missing answer counts as unknown, and nobody asks which were missing.
pub struct Unknown;

impl Manner for Unknown {
    type Stop = Infallible;
    const CARES: bool = false;
    const WIZARD: bool = false;

    fn missing(&mut self, _: Id<Question>, question: &Question) -> Result<Known, Infallible> {
        Ok(Known::unknown(question))
    }
}

/// In the middle of the interview: a missing answer may still be any.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// Questions that may still come.
    pub may_come: BTreeSet<Id<Question>>,
}

impl Manner for Open {
    type Stop = Infallible;
    const WIZARD: bool = true;

    fn missing(&mut self, id: Id<Question>, question: &Question) -> Result<Known, Infallible> {
        self.may_come.insert(id);
        Ok(Known { values: ValueSet::first(question.options.len()), settled: question.options.len() == 1 })
    }
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The value or values it has, or those it may still come to have.
    pub values: ValueSet,
    /// Whether it has them all, so that nothing can change any more.
    pub settled: bool,
}

impl Known {
    fn unknown(question: &Question) -> Self {
        Self { values: ValueSet::only(question.unknown), settled: true }
    }

    /// Whether it has, or includes, one of these values; and whether it does not.
    fn among(&self, wanted: &ValueSet) -> (Truth, Truth) {
        if !self.values.overlaps(wanted) {
            (Truth::No, Truth::Yes)
        } else if self.settled || self.values.minus(wanted).is_empty() {
            (Truth::Yes, Truth::No)
        } else {
            (Truth::Perhaps, Truth::Perhaps)
        }
    }
}

/// Where the values of derived facts and the notes of a walk live. Can be used again, so that walking allocates nothing.
pub struct Memory<'r, N> {
    facts: Vec<Option<Known>>,
    /// Facts that tell the offices of the outcome in hand.
    told: Vec<Id<DerivedFact>>,
    /// What is written down.
    pub notes: N,
    _rules: std::marker::PhantomData<&'r Rulebook>,
}

impl<'r, N: Notes<'r>> Memory<'r, N> {
    /// Room for the facts of a rulebook.
    pub fn new(rulebook: &'r Rulebook) -> Self {
        let facts = rulebook.facts.len();
        Self { facts: vec![None; facts], told: Vec::new(), notes: N::new(facts), _rules: std::marker::PhantomData }
    }

    /// The answers are others: what was known of derived facts is forgotten.
    pub fn forget(&mut self) {
        self.facts.fill(None);
        if let Some(trail) = self.notes.trail() {
            trail.forget();
        }
    }
}

/// Why a pathway is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// A condition of `when` or `unless` keeps it away.
    DoesNotApply,
    /// It has nothing to say here.
    NothingToSay,
    /// What it would say is not in force on this day.
    NotInForce(Id<Outcome>),
}

/// One person on some day.
pub struct Person<'w, 'r, M, N> {
    rulebook: &'r Rulebook,
    answers: &'w Answers,
    date: Date,
    /// What a missing answer means, and what came of it.
    pub manner: M,
    memory: &'w mut Memory<'r, N>,
    /// What turns are: of a tree, or of a table looked up.
    turns: ReasonKind,
}

impl<'w, 'r, M: Manner, N: Notes<'r>> Person<'w, 'r, M, N> {
    /// A person with some answers. The memory must know nothing but what follows from these answers.
    pub fn new(
        rulebook: &'r Rulebook,
        answers: &'w Answers,
        date: Date,
        manner: M,
        memory: &'w mut Memory<'r, N>,
    ) -> Self {
        Self { rulebook, answers, date, manner, memory, turns: ReasonKind::Branch }
    }

    /// What was written down.
    pub fn notes(&mut self) -> &mut N {
        &mut self.memory.notes
    }

    /// A new pathway, or a condition that stands alone, begins.
    pub fn set_out(&mut self) {
        self.turns = ReasonKind::Branch;
        if let Some(trail) = self.memory.notes.trail() {
            trail.set_out();
        }
        if let Some(reasons) = self.memory.notes.reasons() {
            reasons.looks.clear();
        }
    }

    /// What a pathway comes to: what `arrived` makes of its outcome before the way to it is forgotten, or why it is
    /// silent. In the middle of an interview it may come to several; then it is the last.
    ///
    /// # Errors
    /// If a question must be answered first.
    pub fn pathway<T>(
        &mut self,
        entry: &'r Pathway,
        mut arrived: impl FnMut(&mut Self, Id<Outcome>) -> Result<T, M::Stop>,
    ) -> Result<Result<T, Silence>, M::Stop> {
        #[cfg(test)]
        super::readings::add_one();
        self.set_out();
        let mut ending = Err(Silence::DoesNotApply);
        pathway(self, entry, |person, leaf, _| {
            ending = match leaf {
                None => Err(Silence::NothingToSay),
                Some(outcome) if !in_force(entry.outcomes[outcome].valid, person.date) => {
                    Err(Silence::NotInForce(outcome))
                }
                Some(outcome) => Ok(arrived(person, outcome)?),
            };
            Ok(())
        })?;
        Ok(ending)
    }

    /// Whether the interview would put a question, given these answers.
    ///
    /// # Errors
    /// If a question must be answered first.
    pub fn puts(&mut self, id: Id<Question>) -> Result<bool, M::Stop> {
        let question = &self.rulebook.questions[id];
        Ok(question.only_at_desk || self.part(&question.asked_if, Truth::Yes)?.0 != Truth::No)
    }

    /// What is known of a fact.
    ///
    /// # Errors
    /// If a question must be answered first.
    pub fn fact(&mut self, fact: Fact) -> Result<Known, M::Stop> {
        match fact {
            Fact::Question(id) => self.question(id),
            Fact::Derived(id) => self.derived(id),
        }
    }

    /// Whether a condition is met, and whether it is not. Almost every look of a walk is at an answer that was given: there
    /// nothing is copied.
    fn meets(&mut self, condition: &Condition) -> Result<(Truth, Truth), M::Stop> {
        match condition.fact {
            Fact::Question(id) => match self.answers.given(id) {
                Some(given) => {
                    self.manner.consult(id);
                    Ok(if given.overlaps(&condition.values) {
                        (Truth::Yes, Truth::No)
                    } else {
                        (Truth::No, Truth::Yes)
                    })
                }
                None => Ok(self.question(id)?.among(&condition.values)),
            },
            Fact::Derived(id) => match &self.memory.facts[id.index()] {
                Some(known) => Ok(known.among(&condition.values)),
                None => Ok(self.derived(id)?.among(&condition.values)),
            },
        }
    }

    fn question(&mut self, id: Id<Question>) -> Result<Known, M::Stop> {
        self.manner.consult(id);
        if let Some(values) = self.answers.get(id) {
            return Ok(Known { values, settled: true });
        }
        let question = &self.rulebook.questions[id];
        let silent = M::WIZARD && question.only_at_desk;
        if silent || M::CARES && self.part(&question.asked_if, Truth::Yes)?.0 == Truth::No {
            return Ok(Known::unknown(question));
        }
        self.manner.missing(id, question)
    }

    fn derived(&mut self, id: Id<DerivedFact>) -> Result<Known, M::Stop> {
        if let Some(known) = self.memory.facts[id.index()] {
            return Ok(known);
        }
        let fact = &self.rulebook.facts[id];
        let turns =
            std::mem::replace(&mut self.turns, if fact.lookup { ReasonKind::Lookup } else { ReasonKind::Branch });
        let begun = self.memory.notes.trail().map(Trail::begin);
        let looks = self.memory.notes.reasons().map_or(0, |reasons| reasons.looks.len());
        let mut values = ValueSet::default();
        descend(self, &fact.tree, Truth::Yes, &mut |person, value, _| {
            values.insert(*value);
            if let (Some(trail), Some(begun)) = (person.memory.notes.trail(), &begun) {
                trail.keep(id, begun);
            }
            Ok(())
        })?;
        if let (Some(trail), Some(begun)) = (self.memory.notes.trail(), begun) {
            trail.end(begun);
        }
        if let Some(reasons) = self.memory.notes.reasons() {
            reasons.kept[id.index()] = reasons.looks.drain(looks..).collect();
        }
        self.turns = turns;
        let known = Known { values, settled: values.len() == 1 };
        self.memory.facts[id.index()] = Some(known);
        Ok(known)
    }

    /// What is known of a fact that was looked at already.
    fn seen(&self, fact: Fact) -> ValueSet {
        let known = match fact {
            Fact::Question(id) => self.answers.get(id),
            Fact::Derived(id) => self.memory.facts[id.index()].map(|known| known.values),
        };
        known.unwrap_or_else(|| match fact {
            Fact::Question(id) => ValueSet::only(self.rulebook.questions[id].unknown),
            Fact::Derived(_) => ValueSet::default(),
        })
    }

    fn reason(&mut self, kind: ReasonKind, look: (Fact, ValueSet), holds: bool, ground: Option<&'r Ground>) {
        let (fact, wanted) = look;
        let values = self.seen(fact);
        if let Some(reasons) = self.memory.notes.reasons() {
            let because = match fact {
                Fact::Question(_) => Arc::default(),
                Fact::Derived(id) => Arc::clone(&reasons.kept[id.index()]),
            };
            reasons.looks.push(Reason { kind, fact, values, wanted, holds, ground, because });
        }
    }

    /// For a turn without conditions of its own, the last row of a table: the facts that kept away the turns before it.
    fn kept_away<L>(&self, fork: &Fork<L>) -> Vec<(Fact, ValueSet)> {
        let mut facts = vec![(fork.fact, self.seen(fork.fact))];
        for branch in fork.branches.iter().filter(|branch| in_force(branch.valid, self.date)) {
            let away = branch.turn.when.iter().find(|condition| !self.seen(condition.fact).overlaps(&condition.values));
            if let Some(condition) = away.filter(|condition| facts.iter().all(|(fact, _)| *fact != condition.fact)) {
                facts.push((condition.fact, self.seen(condition.fact)));
            }
        }
        facts
    }

    /// Looks at the facts that tell the offices of an outcome just come to, so that what they need is asked.
    ///
    /// # Errors
    /// The earliest question that must be answered first.
    pub fn offices(&mut self, entry: &'r Pathway, outcome: Id<Outcome>) -> Result<(), M::Stop>
    where
        M::Stop: Ord,
    {
        let ends = &entry.outcomes[outcome];
        let mut told = std::mem::take(&mut self.memory.told);
        told.extend(ends.ask.iter().filter_map(OfficeRef::fact));
        let by_steps = |grounds: &mut dyn Iterator<Item = &'r Ground>, told: &mut Vec<_>| {
            let steps = grounds.flat_map(|ground| &ground.steps);
            steps.for_each(|step| told_by(self.rulebook, *step, self.date, told));
        };
        by_steps(&mut [&entry.ground, &ends.ground].into_iter(), &mut told);
        if let Some(trail) = self.memory.notes.trail() {
            let (grounds, carried) = trail.all();
            by_steps(&mut grounds.iter().chain(carried).copied(), &mut told);
        }
        let waits = told.drain(..).filter_map(|fact| self.derived(fact).err()).min();
        self.memory.told = told;
        waits.map_or(Ok(()), Err)
    }
}

/// The facts that tell the offices of a step, and of those it brings onto the sheet.
fn told_by(rulebook: &Rulebook, id: Id<Step>, date: Date, told: &mut Vec<Id<DerivedFact>>) {
    let step = &rulebook.steps[id];
    if in_force(step.valid, date) {
        told.extend(step.contact.iter().filter_map(OfficeRef::fact));
        step.brings.iter().for_each(|first| told_by(rulebook, *first, date, told));
    }
}

impl<'r, M: Manner, N: Notes<'r>> Reader<'r> for Person<'_, 'r, M, N> {
    type Who = Truth;
    type Stop = M::Stop;
    const NOBODY: Truth = Truth::No;
    const ALL: Truth = Truth::Yes;

    fn date(&self) -> Date {
        self.date
    }

    fn part(&mut self, conditions: &[Condition], here: Truth) -> Result<(Truth, Truth), M::Stop> {
        let (mut on, mut off) = (here, Truth::No);
        for condition in conditions {
            if on == Truth::No {
                break;
            }
            let (met, not) = self.meets(condition)?;
            (on, off) = (on.min(met), off.max(not));
        }
        Ok((on, off.min(here)))
    }

    fn otherwise(&mut self, left: Truth, conditions: &[Condition]) -> Result<Truth, M::Stop> {
        let (met, _) = self.part(conditions, left)?;
        // Who is only perhaps left may be known not to have any of the values that are left.
        Ok(if left == Truth::Perhaps { met } else { left })
    }

    fn passed(&mut self, kind: ReasonKind, condition: &'r Condition, on: Truth) {
        if let Some(trail) = self.memory.notes.trail() {
            trail.looked(condition.fact);
        }
        self.reason(kind, (condition.fact, condition.values), on != Truth::No, None);
    }

    fn turned<L>(&mut self, fork: &'r Fork<L>, turn: &'r Turn<L>, _: Truth) {
        if let Some(trail) = self.memory.notes.trail() {
            trail.turned(turn);
        }
        if self.memory.notes.reasons().is_none() {
            return;
        }
        let kind = self.turns;
        let mut looks: Vec<(Fact, ValueSet)> = match kind {
            // Of a table, the row looked up tells more than all the rows that say the same.
            ReasonKind::Lookup => {
                turn.when.iter().map(|condition| (condition.fact, self.seen(condition.fact))).collect()
            }
            _ => turn.when.iter().map(|condition| (condition.fact, condition.values)).collect(),
        };
        if looks.is_empty() {
            looks = self.kept_away(fork);
        }
        let last = looks.len().saturating_sub(1);
        for (at, look) in looks.into_iter().enumerate() {
            self.reason(kind, look, true, (at == last).then_some(&turn.ground));
        }
    }

    fn turned_back(&mut self) {
        if let Some(trail) = self.memory.notes.trail() {
            trail.turned_back();
        }
    }
}
