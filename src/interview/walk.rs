//! One walk through the rules with some answers on some day.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::answers::Answers;
use super::arrange::arrange;
use crate::rulebook::{
    Authority, Condition, DerivedFact, Fact, Fork, Ground, Id, Node, OfficeRef, Outcome, Pathway, Question, Rulebook,
    Source, Step, Turn, ValueSet, in_force,
};
use crate::terms::{Certainty, Validity};

/// Everything that holds for a set of answers.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// Outcomes, in the order of pathways.
    pub findings: Vec<Finding>,
    /// Pathways without outcome, and why.
    pub silent: Vec<Silent>,
    /// Questions that mattered and were left out, in the editors' order.
    pub unanswered: BTreeSet<Id<Question>>,
    /// Questions that were looked at, answered or not.
    pub consulted: BTreeSet<Id<Question>>,
}

/// An outcome that holds, with its reasons.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The pathway.
    pub pathway: Id<Pathway>,
    /// Its outcome.
    pub outcome: Id<Outcome>,
    /// Rows of the decision tables that fired on the way: the pathway's own first, then those of derived facts.
    pub rows: Vec<String>,
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
    pub reasons: Vec<Reason>,
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
pub struct Silent {
    /// The pathway.
    pub pathway: Id<Pathway>,
    /// Why.
    pub why: Silence,
    /// Which conditions were looked at and which branches were taken.
    pub reasons: Vec<Reason>,
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

/// One look at one fact.
#[derive(Clone, Debug)]
pub struct Reason {
    /// What the look was for.
    pub kind: ReasonKind,
    /// The fact.
    pub fact: Fact,
    /// The value or values it had.
    pub values: ValueSet,
    /// The values that would have done; for a branch, those it was written for.
    pub wanted: ValueSet,
    /// Whether the condition let the pathway go on.
    pub holds: bool,
    /// What the branch rests on.
    pub ground: Ground,
    /// For a derived fact: how it came to its value.
    pub because: Vec<Reason>,
}

/// What a look was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    /// A condition of `when`.
    When,
    /// A condition of `unless`.
    Unless,
    /// A node of the tree.
    Branch,
    /// A table.
    Lookup,
}

/// What a pathway comes to.
pub enum Result {
    Found(Box<Finding>),
    Silent(Silent),
}

/// A question that must be answered before the walk can go on.
type Waits = Id<Question>;

#[derive(Clone)]
struct Derived {
    value: usize,
    reasons: Vec<Reason>,
}

pub struct Walk<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    date: Date,
    asking: bool,
    derived: Vec<Option<Derived>>,
    findings: Vec<Finding>,
    silent: Vec<Silent>,
    unanswered: BTreeSet<Id<Question>>,
    consulted: BTreeSet<Id<Question>>,
}

impl<'a> Walk<'a> {
    /// A walk that stops where an answer is missing.
    pub fn asking(rulebook: &'a Rulebook, answers: &'a Answers, date: Date) -> Self {
        Self {
            rulebook,
            answers,
            date,
            asking: true,
            derived: vec![None; rulebook.facts.len()],
            findings: Vec::new(),
            silent: Vec::new(),
            unanswered: BTreeSet::new(),
            consulted: BTreeSet::new(),
        }
    }

    /// A walk that takes missing answers for unknown and notes them.
    pub fn final_look(rulebook: &'a Rulebook, answers: &'a Answers, date: Date) -> Self {
        Self { asking: false, ..Self::asking(rulebook, answers, date) }
    }

    pub fn take(&mut self, result: Result) {
        match result {
            Result::Found(finding) => self.findings.push(*finding),
            Result::Silent(silent) => self.silent.push(silent),
        }
    }

    pub fn evaluation(self) -> Evaluation {
        Evaluation {
            findings: self.findings,
            silent: self.silent,
            unanswered: self.unanswered,
            consulted: self.consulted,
        }
    }

    /// What a pathway comes to, or the question it waits for.
    pub fn pathway(&mut self, id: Id<Pathway>) -> std::result::Result<Result, Waits> {
        let pathway = &self.rulebook.pathways[id];
        let mut reasons = Vec::new();
        let silent = |why, reasons| Ok(Result::Silent(Silent { pathway: id, why, reasons }));
        for (conditions, kind) in [(&pathway.when, ReasonKind::When), (&pathway.unless, ReasonKind::Unless)] {
            for condition in conditions {
                let reason = self.condition(condition, kind)?;
                let holds = reason.holds;
                reasons.push(reason);
                if !holds {
                    return silent(Silence::DoesNotApply, reasons);
                }
            }
        }
        let Some(outcome) = *self.descend(&pathway.tree, &mut reasons)? else {
            return silent(Silence::NothingToSay, reasons);
        };
        if !in_force(pathway.outcomes[outcome].valid, self.date) {
            return silent(Silence::NotInForce(outcome), reasons);
        }
        self.finding(id, outcome, reasons).map(|finding| Result::Found(Box::new(finding)))
    }

    fn finding(
        &mut self,
        id: Id<Pathway>,
        outcome_id: Id<Outcome>,
        reasons: Vec<Reason>,
    ) -> std::result::Result<Finding, Waits> {
        let rulebook = self.rulebook;
        let pathway = &rulebook.pathways[id];
        let outcome = &pathway.outcomes[outcome_id];
        let own: Vec<&Ground> = std::iter::once(&pathway.ground)
            .chain(reasons.iter().map(|reason| &reason.ground))
            .chain([&outcome.ground])
            .collect();
        let mut derived = Vec::new();
        reasons.iter().for_each(|reason| grounds(&reason.because, &mut derived));
        let mut rows: Vec<String> = Vec::new();
        for row in own.iter().copied().chain(derived.iter().copied()).flat_map(|ground| &ground.rows) {
            if !rows.contains(row) {
                rows.push(row.clone());
            }
        }
        let mut basis: Vec<Id<Source>> = Vec::new();
        for source in own.iter().rev().flat_map(|ground| &ground.basis) {
            if !basis.contains(source) {
                basis.push(*source);
            }
        }
        // The branch nearest to the leaf has the last word.
        let certainty = reasons.iter().rev().filter(|reason| reason.kind == ReasonKind::Branch);
        let certainty = certainty.filter_map(|reason| reason.ground.certainty).next().unwrap_or(outcome.certainty);
        let wanted = std::iter::once(&outcome.ground)
            .chain(own.iter().copied().take(own.len() - 1))
            .chain(derived.iter().copied());
        let steps = arrange(rulebook, wanted.flat_map(|ground| ground.steps.iter().copied()), self.date);
        let mut offices: Vec<Office> = Vec::new();
        let contacts = steps.iter().flat_map(|step| &rulebook.steps[*step].contact).chain(&outcome.ask);
        for office in contacts {
            for office in self.offices(*office)? {
                if !offices.iter().any(|known| known.authority == office.authority) {
                    offices.push(office);
                }
            }
        }
        Ok(Finding {
            pathway: id,
            outcome: outcome_id,
            rows,
            basis,
            certainty,
            valid: outcome.valid,
            steps,
            offices,
            reasons,
        })
    }

    /// The offices a reference stands for.
    pub fn offices(&mut self, office: OfficeRef) -> std::result::Result<Vec<Office>, Waits> {
        match office {
            OfficeRef::Authority(authority) => Ok(vec![Office { authority, because: None }]),
            OfficeRef::Fact(fact) => {
                let value = self.derived(fact)?.value;
                let offices = self.rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices[value]);
                Ok(offices.map(|authority| Office { authority: *authority, because: Some(fact) }).collect())
            }
        }
    }

    /// Whether the interview would put a question, given these answers.
    pub fn puts(&mut self, id: Id<Question>) -> bool {
        let question = &self.rulebook.questions[id];
        question.only_at_desk
            || question
                .asked_if
                .iter()
                .all(|condition| self.condition(condition, ReasonKind::When).is_ok_and(|reason| reason.holds))
    }

    pub fn condition(&mut self, condition: &Condition, kind: ReasonKind) -> std::result::Result<Reason, Waits> {
        let (values, because) = self.fact(condition.fact)?;
        let met = !values.and(&condition.values).is_empty();
        Ok(Reason {
            kind,
            fact: condition.fact,
            values,
            wanted: condition.values,
            holds: met == (kind == ReasonKind::When),
            ground: Ground::default(),
            because,
        })
    }

    /// Down a tree to its leaf.
    fn descend<'n, L>(
        &mut self,
        mut node: &'n Node<L>,
        reasons: &mut Vec<Reason>,
    ) -> std::result::Result<&'n L, Waits> {
        loop {
            let fork = match node {
                Node::Leaf(leaf) => return Ok(leaf),
                Node::Fork(fork) => fork,
            };
            let (turn, looks) = self.turn(fork)?;
            let last = looks.len() - 1;
            for (at, (fact, values, wanted)) in looks.into_iter().enumerate() {
                let because = match (fact, turn.when.is_empty()) {
                    (Fact::Derived(id), false) => self.derived(id)?.reasons,
                    _ => Vec::new(),
                };
                let ground = if at == last { turn.ground.clone() } else { Ground::default() };
                reasons.push(Reason { kind: ReasonKind::Branch, fact, values, wanted, holds: true, ground, because });
            }
            node = &turn.node;
        }
    }

    /// The turn taken at a fork, and what it is taken for: its conditions, or, where none is left to it, what kept away the
    /// turns before it. There is always at least one look.
    pub fn turn<'n, L>(
        &mut self,
        fork: &'n Fork<L>,
    ) -> std::result::Result<(&'n Turn<L>, Vec<(Fact, ValueSet, ValueSet)>), Waits> {
        let first = self.values(fork.fact)?;
        let mut passed = vec![(fork.fact, first, first)];
        let date = self.date;
        'turns: for turn in fork.turns_on(date) {
            let mut looks = Vec::with_capacity(turn.when.len());
            for condition in &turn.when {
                let values = self.values(condition.fact)?;
                if values.and(&condition.values).is_empty() {
                    if passed.iter().all(|(fact, _, _)| *fact != condition.fact) {
                        passed.push((condition.fact, values, values));
                    }
                    continue 'turns;
                }
                looks.push((condition.fact, values, condition.values));
            }
            return Ok((turn, if looks.is_empty() { passed } else { looks }));
        }
        Ok((&fork.otherwise, passed))
    }

    fn values(&mut self, fact: Fact) -> std::result::Result<ValueSet, Waits> {
        match fact {
            Fact::Question(id) => self.question(id),
            Fact::Derived(id) => Ok(ValueSet::only(self.derived(id)?.value)),
        }
    }

    pub fn fact(&mut self, fact: Fact) -> std::result::Result<(ValueSet, Vec<Reason>), Waits> {
        match fact {
            Fact::Question(id) => Ok((self.question(id)?, Vec::new())),
            Fact::Derived(id) => {
                let derived = self.derived(id)?;
                Ok((ValueSet::only(derived.value), derived.reasons))
            }
        }
    }

    fn question(&mut self, id: Id<Question>) -> std::result::Result<ValueSet, Waits> {
        self.consulted.insert(id);
        if let Some(values) = self.answers.get(id) {
            return Ok(values);
        }
        let question = &self.rulebook.questions[id];
        let unknown = ValueSet::only(question.unknown);
        if self.asking && question.only_at_desk {
            return Ok(unknown);
        }
        for condition in &question.asked_if {
            if !self.condition(condition, ReasonKind::When)?.holds {
                return Ok(unknown);
            }
        }
        if self.asking {
            return Err(id);
        }
        self.unanswered.insert(id);
        Ok(unknown)
    }

    fn derived(&mut self, id: Id<DerivedFact>) -> std::result::Result<Derived, Waits> {
        if let Some(derived) = &self.derived[id.index()] {
            return Ok(derived.clone());
        }
        let mut reasons = Vec::new();
        let fact = &self.rulebook.facts[id];
        let value = *self.descend(&fact.tree, &mut reasons)?;
        if fact.lookup {
            // Of a table, the row that was looked up tells more than all the rows that say the same.
            reasons.iter_mut().for_each(|reason| {
                reason.kind = ReasonKind::Lookup;
                reason.wanted = reason.values;
            });
        }
        let derived = Derived { value, reasons };
        self.derived[id.index()] = Some(derived.clone());
        Ok(derived)
    }
}

fn grounds<'r>(reasons: &'r [Reason], all: &mut Vec<&'r Ground>) {
    for reason in reasons {
        all.push(&reason.ground);
        grounds(&reason.because, all);
    }
}
