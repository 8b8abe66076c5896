//! What stands on the sheets of one stretch: steps, and whom they name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::diagram::{Diagrams, Set};
use super::super::reading::Reading;
use super::super::space::Space;
use super::answers_people;
use crate::rulebook::{Authority, DerivedFact, Fact, Id, OfficeRef, Step, ValueSet};

/// For each step that some sheet has: on which sheets it stands.
pub struct Shown {
    /// The sheets with any step.
    pub with_steps: Set,
    /// The sheets with somebody who can be reached.
    pub with_contact: Set,
    /// Where a step stands among the steps of the sheet.
    pub steps: BTreeMap<Id<Step>, Set>,
    /// Where some way shows an office because of a fact.
    pub by_fact: BTreeMap<Id<DerivedFact>, Set>,
}

/// What is read, and where its sets live.
struct Grounds<'a, 'r> {
    desk: &'a mut Reading<'r>,
    space: &'a Space,
    diagrams: &'a mut Diagrams,
}

impl Shown {
    /// What the sheets of a reading show.
    pub fn of(desk: &mut Reading<'_>, space: &Space, diagrams: &mut Diagrams) -> Self {
        let steps = steps_shown(desk, space, diagrams);
        let with_steps = with_some(desk, &steps, diagrams);
        let mut offices: BTreeMap<&[OfficeRef], Vec<Set>> = BTreeMap::new();
        let pathways = std::mem::take(&mut desk.pathways);
        for way in pathways.iter().flat_map(|reading| &reading.ways) {
            offices.entry(&way.brings.offices).or_default().push(way.set);
        }
        let mut shown = Self { with_steps, with_contact: Set::NONE, steps, by_fact: BTreeMap::new() };
        let mut grounds = Grounds { desk, space, diagrams };
        for (offices, sets) in offices {
            let set = grounds.diagrams.any(sets);
            shown.offices(&mut grounds, offices, set);
        }
        desk.pathways = pathways;
        shown
    }

    /// The sheets with this step.
    pub fn step(&self, id: Id<Step>) -> Set {
        self.steps.get(&id).copied().unwrap_or(Set::NONE)
    }

    /// The offices that some ways show. An office named twice is shown for the first reason only, as the interview does it.
    fn offices(&mut self, grounds: &mut Grounds<'_, '_>, offices: &[OfficeRef], set: Set) {
        let mut cases: Vec<(Set, Vec<Id<Authority>>)> = vec![(set, Vec::new())];
        for office in offices {
            match office {
                OfficeRef::Authority(id) => {
                    if answers_people(grounds.desk.rulebook, *id) {
                        self.with_contact = grounds.diagrams.or(self.with_contact, set);
                    }
                    cases.iter_mut().for_each(|(_, known)| known.push(*id));
                }
                OfficeRef::Fact(fact) => cases = self.fact(grounds, *fact, cases),
            }
        }
    }

    fn fact(
        &mut self,
        grounds: &mut Grounds<'_, '_>,
        fact: Id<DerivedFact>,
        cases: Vec<(Set, Vec<Id<Authority>>)>,
    ) -> Vec<(Set, Vec<Id<Authority>>)> {
        let rulebook = grounds.desk.rulebook;
        let offices = rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices);
        let mut split = Vec::new();
        for (value, offices) in offices.enumerate() {
            let here = grounds.desk.holds(grounds.space, grounds.diagrams, Fact::Derived(fact), &ValueSet::only(value));
            for (set, known) in &cases {
                let set = grounds.diagrams.and(*set, here);
                if set == Set::NONE {
                    continue;
                }
                if offices.iter().any(|office| answers_people(rulebook, *office)) {
                    self.with_contact = grounds.diagrams.or(self.with_contact, set);
                }
                if offices.iter().any(|office| !known.contains(office)) {
                    let shown = self.by_fact.entry(fact).or_insert(Set::NONE);
                    *shown = grounds.diagrams.or(*shown, set);
                }
                let mut known = known.clone();
                known.extend(offices);
                split.push((set, known));
            }
        }
        split
    }
}

/// The sheets with any step. What most ways bring is looked at first, so that soon nobody is left to look for.
fn with_some(desk: &Reading<'_>, steps: &BTreeMap<Id<Step>, Set>, diagrams: &mut Diagrams) -> Set {
    let mut ways: BTreeMap<Id<Step>, usize> = BTreeMap::new();
    for step in desk.pathways.iter().flat_map(|reading| &reading.ways).flat_map(|way| &way.brings.steps) {
        *ways.entry(*step).or_default() += 1;
    }
    let mut steps: Vec<_> = steps.iter().collect();
    steps.sort_by_key(|(step, _)| Reverse(ways.get(step).copied().unwrap_or(0)));
    let mut without = Set::ALL;
    for (_, set) in steps {
        if without == Set::NONE {
            break;
        }
        without = diagrams.minus(without, *set);
    }
    diagrams.not(without)
}

/// Where each step stands on the sheets of a reading, or what stands there in its place.
pub fn steps_shown(desk: &mut Reading<'_>, space: &Space, diagrams: &mut Diagrams) -> BTreeMap<Id<Step>, Set> {
    let mut brought: BTreeMap<Id<Step>, Vec<Set>> = BTreeMap::new();
    for (reading, (_, _, pathway)) in desk.pathways.iter().zip(desk.rulebook.pathways.iter()) {
        for way in reading.ways.iter().filter(|_| pathway.concerns.gives_steps()) {
            way.brings.steps.iter().for_each(|step| brought.entry(*step).or_default().push(way.set));
        }
    }
    let mut shown = BTreeMap::new();
    let mut grounds = Grounds { desk, space, diagrams };
    for (step, sets) in brought {
        let set = grounds.diagrams.any(sets);
        for (step, set) in grounds.for_people(step, set) {
            let known = shown.entry(step).or_insert(Set::NONE);
            *known = grounds.diagrams.or(*known, set);
        }
    }
    shown
}

impl Grounds<'_, '_> {
    /// A step where it is needed, and what stands in its place elsewhere.
    fn for_people(&mut self, id: Id<Step>, set: Set) -> Vec<(Id<Step>, Set)> {
        let needless = self.needless(id);
        let mut shown = vec![(id, self.diagrams.minus(set, needless))];
        if let Some(other) = self.desk.rulebook.steps[id].otherwise {
            let instead = self.diagrams.and(set, needless);
            let needless = self.needless(other);
            shown.push((other, self.diagrams.minus(instead, needless)));
        }
        shown.retain(|(_, set)| *set != Set::NONE);
        shown
    }

    /// Where a step's answers rule it out.
    fn needless(&mut self, id: Id<Step>) -> Set {
        let ruling = &self.desk.rulebook.steps[id].unless;
        self.desk.ruled_out(self.space, self.diagrams, ruling)
    }
}
