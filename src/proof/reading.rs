//! The rules read on a day for all answer sets at once: for each way through each pathway, the answer sets that take it.
//!
//! This is the walk of [`crate::interview`] with sets of answer sets in place of one. It reads in one of two manners: at
//! the desk every question has the answer given to it; in the wizard a question that would not be put counts as unknown.

use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::diagram::{Diagrams, Set};
use super::space::Space;
use crate::interview::arrange;
use crate::rulebook::{
    Condition, DerivedFact, Fact, Ground, Id, Node, OfficeRef, Outcome, Pathway, Question, Rulebook, Source, Step,
    ValueSet, in_force,
};
use crate::source::Span;
use crate::terms::Certainty;

/// Whose answers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Every question may have any answer: links, the advisor's desk, the command line.
    Desk,
    /// Only what the wizard puts is answered.
    Wizard,
}

/// One way through a pathway to an outcome, with what it brings onto the sheet.
#[derive(Clone, Debug)]
pub struct Way {
    /// The answer sets that take it.
    pub set: Set,
    /// What it brings.
    pub brings: Rc<Brings>,
}

/// What a way brings onto the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Brings {
    /// The outcome.
    pub outcome: Id<Outcome>,
    /// Rows on the pathway's own branches.
    pub rows: Vec<String>,
    /// Rows of derived facts looked at.
    pub derived_rows: Vec<String>,
    /// Sources.
    pub basis: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
    /// Steps in order.
    pub steps: Vec<Id<Step>>,
    /// Offices of steps and open points, in order, as far as they are written.
    pub offices: Vec<OfficeRef>,
}

/// A pathway for all answer sets.
#[derive(Clone, Debug, Default)]
pub struct PathwayReading {
    /// Its ways to an outcome in force; no answer set takes two of them.
    pub ways: Vec<Way>,
    /// Every branch in the order of the file, with the answer sets that pass it.
    pub branches: Vec<(Span, Set)>,
    looks: Vec<(Fact, Set)>,
}

/// A derived fact for all answer sets.
#[derive(Clone, Debug, Default)]
pub struct FactReading {
    /// Values by the rows and steps that come with them.
    variants: Vec<Variant>,
    /// Every branch in the order of the file, with the answer sets that pass it.
    pub branches: Vec<(Span, Set)>,
    /// Answer sets for which a row fires if the fact is looked at.
    pub rows: IndexMap<String, Set>,
    looks: Vec<(Fact, Set)>,
}

#[derive(Clone, Debug)]
struct Variant {
    value: usize,
    carried: Rc<Carried>,
    set: Set,
}

/// What a derived fact adds to the pathway that looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Carried {
    rows: Vec<String>,
    steps: Vec<Id<Step>>,
}

/// The rules on a day.
pub struct Reading<'r> {
    /// The rules.
    pub rulebook: &'r Rulebook,
    /// The day.
    pub date: Date,
    manner: Manner,
    put: Vec<Option<Set>>,
    facts: Vec<Option<Rc<FactReading>>>,
    /// Pathways in the editors' order.
    pub pathways: Vec<PathwayReading>,
}

/// A trace that a leaf was reached by: what lies on the branches, and which facts were looked at.
#[derive(Clone, Default)]
struct Trail<'n> {
    grounds: Vec<&'n Ground>,
    facts: Vec<Id<DerivedFact>>,
}

struct Descent<'n, L> {
    leaves: Vec<(&'n L, Set, Trail<'n>)>,
    branches: Vec<(Span, Set)>,
    looks: Vec<(Fact, Set)>,
}

impl<'r> Reading<'r> {
    /// Reads all pathways.
    pub fn of(rulebook: &'r Rulebook, space: &Space, diagrams: &mut Diagrams, date: Date, manner: Manner) -> Self {
        let mut reading = Self {
            rulebook,
            date,
            manner,
            put: vec![None; rulebook.questions.len()],
            facts: vec![None; rulebook.facts.len()],
            pathways: Vec::with_capacity(rulebook.pathways.len()),
        };
        for id in rulebook.pathways.ids() {
            let pathway = reading.pathway(space, diagrams, id);
            reading.pathways.push(pathway);
        }
        reading
    }

    /// Where a fact has, or includes, one of these values.
    pub fn holds(&mut self, space: &Space, diagrams: &mut Diagrams, fact: Fact, values: &ValueSet) -> Set {
        match fact {
            Fact::Question(id) => self.question(space, diagrams, id, values),
            Fact::Derived(id) => {
                let fact = self.fact(space, diagrams, id);
                let hits = fact.variants.iter().filter(|variant| values.contains(variant.value));
                hits.fold(Set::NONE, |set, variant| diagrams.or(set, variant.set))
            }
        }
    }

    fn question(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<Question>, values: &ValueSet) -> Set {
        let answered = space.answered(diagrams, id, values);
        if self.manner == Manner::Desk {
            return answered;
        }
        let put = self.may_be_put(space, diagrams, id);
        let said = diagrams.and(put, answered);
        if values.contains(self.rulebook.questions[id].unknown) {
            let silent = diagrams.not(put);
            diagrams.or(said, silent)
        } else {
            said
        }
    }

    /// Where the wizard would put the question if a pathway needed it.
    pub fn may_be_put(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<Question>) -> Set {
        if let Some(set) = self.put[id.index()] {
            return set;
        }
        let question = &self.rulebook.questions[id];
        let mut set = if question.only_at_desk { Set::NONE } else { Set::ALL };
        for condition in &question.asked_if {
            if set == Set::NONE {
                break;
            }
            let met = self.holds(space, diagrams, condition.fact, &condition.values);
            set = diagrams.and(set, met);
        }
        self.put[id.index()] = Some(set);
        set
    }

    /// A derived fact for all answer sets.
    pub fn fact(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<DerivedFact>) -> Rc<FactReading> {
        if let Some(fact) = &self.facts[id.index()] {
            return Rc::clone(fact);
        }
        let rulebook = self.rulebook;
        let descent = self.descend(space, diagrams, &rulebook.facts[id].tree, Set::ALL, Trail::default());
        let mut variants: IndexMap<(usize, Rc<Carried>), Set> = IndexMap::new();
        for (value, set, trail) in descent.leaves {
            let own = Carried {
                rows: trail.grounds.iter().flat_map(|ground| ground.rows.iter().cloned()).collect(),
                steps: trail.grounds.iter().flat_map(|ground| ground.steps.iter().copied()).collect(),
            };
            for (carried, set) in self.split(space, diagrams, &trail.facts, own, set) {
                let known = variants.entry((*value, carried)).or_insert(Set::NONE);
                *known = diagrams.or(*known, set);
            }
        }
        let mut reading = FactReading { branches: descent.branches, looks: descent.looks, ..FactReading::default() };
        for ((value, carried), set) in variants {
            for row in &carried.rows {
                let known = reading.rows.entry(row.clone()).or_insert(Set::NONE);
                *known = diagrams.or(*known, set);
            }
            reading.variants.push(Variant { value, carried, set });
        }
        let reading = Rc::new(reading);
        self.facts[id.index()] = Some(Rc::clone(&reading));
        reading
    }

    /// The parts of a set by what the facts looked at carry.
    fn split(
        &mut self,
        space: &Space,
        diagrams: &mut Diagrams,
        facts: &[Id<DerivedFact>],
        own: Carried,
        set: Set,
    ) -> Vec<(Rc<Carried>, Set)> {
        let mut parts = vec![(own, set)];
        for fact in facts {
            let fact = self.fact(space, diagrams, *fact);
            let mut carried: IndexMap<Rc<Carried>, Set> = IndexMap::new();
            for variant in &fact.variants {
                let known = carried.entry(Rc::clone(&variant.carried)).or_insert(Set::NONE);
                *known = diagrams.or(*known, variant.set);
            }
            if carried.len() == 1 && carried.keys().all(|carried| **carried == Carried::default()) {
                continue;
            }
            let mut split = Vec::new();
            for (own, set) in parts {
                for (more, where_carried) in &carried {
                    let part = diagrams.and(set, *where_carried);
                    if part != Set::NONE {
                        let mut own = own.clone();
                        own.rows.extend(more.rows.iter().cloned());
                        own.steps.extend(more.steps.iter().copied());
                        split.push((own, part));
                    }
                }
            }
            parts = split;
        }
        parts.into_iter().map(|(carried, set)| (Rc::new(carried), set)).collect()
    }

    fn pathway(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<Pathway>) -> PathwayReading {
        let pathway = &self.rulebook.pathways[id];
        let mut set = Set::ALL;
        let mut looks = Vec::new();
        let mut trail = Trail::default();
        for (conditions, wanted) in [(&pathway.when, true), (&pathway.unless, false)] {
            for condition in conditions {
                looks.push((condition.fact, set));
                if let Fact::Derived(fact) = condition.fact {
                    trail.facts.push(fact);
                }
                set = self.condition(space, diagrams, condition, wanted, set);
            }
        }
        let descent = self.descend(space, diagrams, &pathway.tree, set, trail);
        looks.extend(descent.looks);
        let mut reading = PathwayReading { ways: Vec::new(), branches: descent.branches, looks };
        let mut ways: IndexMap<Rc<Brings>, Set> = IndexMap::new();
        for (leaf, set, trail) in descent.leaves {
            let Some(outcome) = leaf else { continue };
            if !in_force(pathway.outcomes[*outcome].valid, self.date) {
                continue;
            }
            for (carried, set) in self.split(space, diagrams, &trail.facts, Carried::default(), set) {
                let brings = Rc::new(self.brings(pathway, *outcome, &trail.grounds, &carried));
                for office in &brings.offices {
                    if let OfficeRef::Fact(fact) = office {
                        reading.looks.push((Fact::Derived(*fact), set));
                    }
                }
                let known = ways.entry(brings).or_insert(Set::NONE);
                *known = diagrams.or(*known, set);
            }
        }
        reading.ways = ways.into_iter().map(|(brings, set)| Way { set, brings }).collect();
        reading
    }

    fn condition(
        &mut self,
        space: &Space,
        diagrams: &mut Diagrams,
        condition: &Condition,
        wanted: bool,
        set: Set,
    ) -> Set {
        let met = self.holds(space, diagrams, condition.fact, &condition.values);
        if wanted { diagrams.and(set, met) } else { diagrams.minus(set, met) }
    }

    /// What a way brings, put together as the interview does it.
    fn brings(&self, pathway: &Pathway, outcome: Id<Outcome>, branches: &[&Ground], carried: &Carried) -> Brings {
        let ends = &pathway.outcomes[outcome];
        let own: Vec<&Ground> =
            std::iter::once(&pathway.ground).chain(branches.iter().copied()).chain([&ends.ground]).collect();
        let mut rows: Vec<String> = Vec::new();
        own.iter().flat_map(|ground| &ground.rows).for_each(|row| once(&mut rows, row.clone()));
        let mut derived_rows: Vec<String> = Vec::new();
        carried.rows.iter().filter(|row| !rows.contains(row)).for_each(|row| once(&mut derived_rows, row.clone()));
        let mut basis = Vec::new();
        own.iter().rev().flat_map(|ground| &ground.basis).for_each(|source| once(&mut basis, *source));
        let certainty = branches.iter().rev().find_map(|ground| ground.certainty).unwrap_or(ends.certainty);
        let wanted = std::iter::once(&ends.ground).chain(own.iter().copied().take(own.len() - 1));
        let wanted = wanted.flat_map(|ground| ground.steps.iter().copied()).chain(carried.steps.iter().copied());
        let steps = arrange(self.rulebook, wanted, self.date);
        let mut offices = Vec::new();
        let contacts = steps.iter().flat_map(|step| &self.rulebook.steps[*step].contact).chain(&ends.ask);
        contacts.for_each(|office| once(&mut offices, *office));
        Brings { outcome, rows, derived_rows, basis, certainty, steps, offices }
    }

    fn descend<'n, L>(
        &mut self,
        space: &Space,
        diagrams: &mut Diagrams,
        tree: &'n Node<L>,
        set: Set,
        trail: Trail<'n>,
    ) -> Descent<'n, L> {
        let mut descent = Descent { leaves: Vec::new(), branches: Vec::new(), looks: Vec::new() };
        self.node(space, diagrams, tree, set, trail, &mut descent);
        descent
    }

    fn node<'n, L>(
        &mut self,
        space: &Space,
        diagrams: &mut Diagrams,
        node: &'n Node<L>,
        set: Set,
        trail: Trail<'n>,
        descent: &mut Descent<'n, L>,
    ) {
        let fork = match node {
            Node::Leaf(leaf) => {
                if set != Set::NONE {
                    descent.leaves.push((leaf, set, trail));
                }
                return;
            }
            Node::Fork(fork) => fork,
        };
        let mut looked: HashMap<Fact, Set> = HashMap::from([(fork.fact, set)]);
        descent.looks.push((fork.fact, set));
        let mut left = set;
        for (valid, turn) in fork.turns() {
            let mut taken = Set::NONE;
            if std::ptr::eq(turn, &*fork.otherwise) {
                taken = left;
            } else if in_force(valid, self.date) && left != Set::NONE {
                taken = left;
                for condition in &turn.when {
                    let known = looked.entry(condition.fact).or_insert(Set::NONE);
                    let new = diagrams.minus(taken, *known);
                    if new != Set::NONE {
                        *known = diagrams.or(*known, new);
                        descent.looks.push((condition.fact, new));
                    }
                    taken = self.condition(space, diagrams, condition, true, taken);
                }
                left = diagrams.minus(left, taken);
            }
            // A turn that nobody takes is walked all the same, so that it keeps its place in the list.
            descent.branches.push((turn.span, taken));
            let mut trail = trail.clone();
            trail.grounds.push(&turn.ground);
            trail.facts.extend(turn.when.iter().filter_map(|condition| match condition.fact {
                Fact::Derived(fact) => Some(fact),
                Fact::Question(_) => None,
            }));
            self.node(space, diagrams, &turn.node, taken, trail, descent);
        }
    }

    /// For each question, where a pathway looks at it, directly or through derived facts. In the wizard's manner this
    /// includes what must be known to decide whether a question is put.
    pub fn looked_at(&mut self, space: &Space, diagrams: &mut Diagrams) -> Vec<Set> {
        let mut questions = vec![Set::NONE; self.rulebook.questions.len()];
        let mut facts = vec![Set::NONE; self.rulebook.facts.len()];
        let mut pending: Vec<(Fact, Set)> =
            self.pathways.iter().flat_map(|pathway| pathway.looks.iter().copied()).collect();
        while let Some((fact, set)) = pending.pop() {
            let seen = match fact {
                Fact::Question(id) => &mut questions[id.index()],
                Fact::Derived(id) => &mut facts[id.index()],
            };
            let new = diagrams.minus(set, *seen);
            if new == Set::NONE {
                continue;
            }
            *seen = diagrams.or(*seen, set);
            match fact {
                Fact::Question(id) => {
                    let question = &self.rulebook.questions[id];
                    if self.manner == Manner::Desk || question.only_at_desk {
                        continue;
                    }
                    let mut so_far = new;
                    for condition in &question.asked_if {
                        pending.push((condition.fact, so_far));
                        so_far = self.condition(space, diagrams, condition, true, so_far);
                    }
                }
                Fact::Derived(id) => {
                    let fact = self.fact(space, diagrams, id);
                    for (further, set) in &fact.looks {
                        let set = diagrams.and(new, *set);
                        pending.push((*further, set));
                    }
                }
            }
        }
        questions
    }
}

fn once<T: PartialEq>(list: &mut Vec<T>, entry: T) {
    if !list.contains(&entry) {
        list.push(entry);
    }
}
