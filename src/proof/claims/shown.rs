//! What stands on the sheets of one stretch: steps, and whom they name.

use std::collections::BTreeMap;

use super::super::diagram::{Diagrams, Set};
use super::super::reading::Reading;
use super::super::space::Space;
use super::answers_people;
use crate::rulebook::{Authority, Fact, Id, OfficeRef, Step, ValueSet};

/// What stands on some sheets.
pub struct Shown {
    /// The sheets without any step.
    pub without_steps: Set,
    /// The sheets with nobody who can be reached.
    pub alone: Set,
    /// Where a step stands among the steps of the sheet.
    pub steps: BTreeMap<Id<Step>, Set>,
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
        let without_steps = diagrams.without(Set::ALL, steps.values().copied());
        let alone = Grounds { desk, space, diagrams }.without_contact();
        Self { without_steps, alone, steps }
    }

    /// The sheets with this step.
    pub fn step(&self, id: Id<Step>) -> Set {
        self.steps.get(&id).copied().unwrap_or(Set::NONE)
    }
}

/// Where a reference leads to an office of a kind.
pub fn leads_to(
    desk: &mut Reading<'_>,
    space: &Space,
    diagrams: &mut Diagrams,
    office: OfficeRef,
    wanted: impl Fn(Id<Authority>) -> bool,
) -> Set {
    match office {
        OfficeRef::Authority(id) if wanted(id) => Set::ALL,
        OfficeRef::Authority(_) => Set::NONE,
        OfficeRef::Fact(fact) => {
            let offices = desk.rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices).enumerate();
            let named = offices.filter(|(_, offices)| offices.iter().any(|id| wanted(*id)));
            let values: ValueSet = named.map(|(value, _)| value).collect();
            desk.holds(space, diagrams, Fact::Derived(fact), &values)
        }
    }
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
    /// The sheets with nobody who can be reached.
    fn without_contact(&mut self) -> Set {
        let rulebook = self.desk.rulebook;
        let mut named: BTreeMap<OfficeRef, Vec<Set>> = BTreeMap::new();
        for way in self.desk.pathways.iter().flat_map(|reading| &reading.ways) {
            way.brings.offices.iter().for_each(|office| named.entry(*office).or_default().push(way.set));
        }
        let mut there = Vec::new();
        for (office, ways) in named {
            let answers = |id| answers_people(rulebook, id);
            let reached = leads_to(self.desk, self.space, self.diagrams, office, answers);
            // Way by way: nobody is left long before all of them are joined.
            there.extend(ways.into_iter().map(|way| self.diagrams.and(way, reached)));
        }
        self.diagrams.without(Set::ALL, there)
    }

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
