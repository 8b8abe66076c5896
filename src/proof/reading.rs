//! The rules read on a day for all answer sets at once: for each way through each pathway, the answer sets that take it.
//!
//! This is the walk of [`crate::walk`] with sets of answer sets in place of one person. It reads in one of three manners:
//! at the desk every question has the answer given to it; for the public those that only the desk asks are unknown; in the
//! wizard any question that would not be put counts as unknown.
//!
//! A comparison of two rulebooks makes two readings over one [`Space`] and one table of diagrams: then two sets are the
//! same people if, and only if, they are equal. What it may rely on: [`Reading::pathways`] (per pathway its ways, each
//! with its set and what it [`Brings`]; the sets of a pathway never overlap), [`Reading::holds`] (where a fact has one of
//! some values), [`Reading::may_be_put`] and [`Reading::looked_at`] (where a question is put, and where anything depends
//! on it).

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

use super::diagram::{Diagrams, Set};
use super::space::Space;
use crate::rulebook::{
    Condition, DerivedFact, Fact, ForWhom, Fork, Id, OfficeRef, Pathway, Question, Rulebook, Ruling, Turn, ValueSet,
    in_force,
};
use crate::source::Span;
use crate::walk::{Brings, Carried, Notes as _, Reader, ReasonKind, Trail, descend, pathway};

/// Whose answers are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Every question may have any answer: links, the advisor's desk, the command line.
    Desk,
    /// The same, but what only the desk asks is unknown.
    Public,
    /// Only what the wizard puts is answered.
    Wizard,
}

/// One way through a pathway to an outcome, with what it brings onto the sheet.
#[derive(Clone, Debug)]
pub struct Way<'r> {
    /// The answer sets that take it.
    pub set: Set,
    /// What it brings.
    pub brings: Rc<Brings<'r>>,
}

/// A pathway for all answer sets.
#[derive(Clone, Debug)]
pub struct PathwayReading<'r> {
    /// Its ways to an outcome in force; no answer set takes two of them.
    pub ways: Vec<Way<'r>>,
    /// The answer sets that take each turn, by where it is written.
    pub branches: BTreeMap<Span, Set>,
    looks: Vec<(Fact, Set)>,
}

/// A derived fact for all answer sets.
#[derive(Clone, Debug)]
pub struct FactReading<'r> {
    /// Values by the rows and steps that come with them.
    variants: Vec<Variant<'r>>,
    /// The answer sets that take each turn, by where it is written.
    pub branches: BTreeMap<Span, Set>,
    looks: Vec<(Fact, Set)>,
}

#[derive(Clone, Debug)]
struct Variant<'r> {
    value: usize,
    carried: Rc<Carried<'r>>,
    set: Set,
}

/// The rules on a day.
pub struct Reading<'r> {
    /// The rules.
    pub rulebook: &'r Rulebook,
    /// The day.
    pub date: Date,
    manner: Manner,
    put: Vec<Option<Set>>,
    facts: Vec<Option<Rc<FactReading<'r>>>>,
    /// Pathways in the editors' order.
    pub pathways: Vec<PathwayReading<'r>>,
}

/// Everybody at once, on the way through one tree.
struct Everybody<'a, 'r> {
    reading: &'a mut Reading<'r>,
    space: &'a Space,
    diagrams: &'a mut Diagrams,
    trail: Trail<'r>,
    branches: BTreeMap<Span, Set>,
    looks: Vec<(Fact, Set)>,
}

impl<'r> Reader<'r> for Everybody<'_, 'r> {
    type Who = Set;
    type Stop = Infallible;
    const NOBODY: Set = Set::NONE;
    const ALL: Set = Set::ALL;
    const EVERY_TURN: bool = true;

    fn date(&self) -> Date {
        self.reading.date
    }

    fn part(&mut self, conditions: &[Condition], here: Set) -> Result<(Set, Set), Infallible> {
        let mut on = here;
        for condition in conditions {
            if on == Set::NONE {
                break;
            }
            self.looks.push((condition.fact, on));
            let met = self.reading.holds(self.space, self.diagrams, condition.fact, &condition.values);
            on = self.diagrams.and(on, met);
        }
        Ok((on, self.diagrams.minus(here, on)))
    }

    fn passed(&mut self, _: ReasonKind, condition: &'r Condition, _: Set) {
        self.trail.looked(condition.fact);
    }

    fn turned<L>(&mut self, _: &'r Fork<L>, turn: &'r Turn<L>, taken: Set) {
        let known = self.branches.entry(turn.span).or_insert(Set::NONE);
        *known = self.diagrams.or(*known, taken);
        self.trail.turned(turn);
    }

    fn turned_back(&mut self) {
        self.trail.turned_back();
    }
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
        for (_, _, pathway) in rulebook.pathways.iter() {
            let pathway = reading.pathway(space, diagrams, pathway);
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

    /// Where one of the facts rules something out.
    pub fn ruled_out(&mut self, space: &Space, diagrams: &mut Diagrams, ruling: &Ruling) -> Set {
        let mut ruled_out = Set::NONE;
        for condition in &ruling.0 {
            let here = self.holds(space, diagrams, condition.fact, &condition.values);
            ruled_out = diagrams.or(ruled_out, here);
        }
        ruled_out
    }

    /// Where somebody is whom something is for.
    pub fn for_whom(&mut self, space: &Space, diagrams: &mut Diagrams, for_whom: &ForWhom) -> Set {
        let mut set = Set::ALL;
        for condition in &for_whom.when {
            let here = self.holds(space, diagrams, condition.fact, &condition.values);
            set = diagrams.and(set, here);
        }
        let ruled_out = self.ruled_out(space, diagrams, &for_whom.unless);
        diagrams.minus(set, ruled_out)
    }

    fn question(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<Question>, values: &ValueSet) -> Set {
        let entry = &self.rulebook.questions[id];
        if self.manner == Manner::Public && entry.only_at_desk {
            return if values.contains(entry.unknown) { Set::ALL } else { Set::NONE };
        }
        let answered = space.answered(diagrams, id, values);
        if self.manner != Manner::Wizard {
            return answered;
        }
        let put = self.may_be_put(space, diagrams, id);
        let said = diagrams.and(put, answered);
        if values.contains(entry.unknown) {
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
        let all = if question.only_at_desk { Set::NONE } else { Set::ALL };
        let Ok((set, _)) = self.everybody(space, diagrams).part(&question.asked_if, all);
        self.put[id.index()] = Some(set);
        set
    }

    fn everybody<'a>(&'a mut self, space: &'a Space, diagrams: &'a mut Diagrams) -> Everybody<'a, 'r> {
        let trail = Trail::new(self.facts.len());
        Everybody { reading: self, space, diagrams, trail, branches: BTreeMap::new(), looks: Vec::new() }
    }

    /// A derived fact for all answer sets.
    pub fn fact(&mut self, space: &Space, diagrams: &mut Diagrams, id: Id<DerivedFact>) -> Rc<FactReading<'r>> {
        if let Some(fact) = &self.facts[id.index()] {
            return Rc::clone(fact);
        }
        let rulebook = self.rulebook;
        let mut everybody = self.everybody(space, diagrams);
        let mut variants: IndexMap<(usize, Rc<Carried<'r>>), Set> = IndexMap::new();
        let Ok(()) = descend(&mut everybody, &rulebook.facts[id].tree, Set::ALL, &mut |here, value, set| {
            let own = Carried::of(here.trail.grounds.iter().copied());
            for (carried, set) in here.split(own, set) {
                let known = variants.entry((*value, Rc::new(carried))).or_insert(Set::NONE);
                *known = here.diagrams.or(*known, set);
            }
            Ok(())
        });
        let Everybody { branches, looks, .. } = everybody;
        let variants = variants.into_iter().map(|((value, carried), set)| Variant { value, carried, set }).collect();
        let reading = Rc::new(FactReading { variants, branches, looks });
        self.facts[id.index()] = Some(Rc::clone(&reading));
        reading
    }

    fn pathway(&mut self, space: &Space, diagrams: &mut Diagrams, entry: &'r Pathway) -> PathwayReading<'r> {
        let (rulebook, date) = (self.rulebook, self.date);
        let mut everybody = self.everybody(space, diagrams);
        let mut ways: IndexMap<Brings<'r>, Set> = IndexMap::new();
        let Ok(_) = pathway(&mut everybody, entry, |here, leaf, set| {
            let Some(outcome) = leaf.filter(|outcome| in_force(entry.outcomes[*outcome].valid, date)) else {
                return Ok(());
            };
            for (carried, set) in here.split(Carried::default(), set) {
                let brings = Brings::of(rulebook, date, entry, outcome, &here.trail.grounds, &carried);
                let told = brings.offices.iter().filter_map(OfficeRef::fact);
                here.looks.extend(told.map(|fact| (Fact::Derived(fact), set)));
                let known = ways.entry(brings).or_insert(Set::NONE);
                *known = here.diagrams.or(*known, set);
            }
            Ok(())
        });
        let Everybody { branches, looks, .. } = everybody;
        let ways = ways.into_iter().map(|(brings, set)| Way { set, brings: Rc::new(brings) }).collect();
        PathwayReading { ways, branches, looks }
    }

    /// For each question, where a pathway looks at it, directly or through derived facts. In the wizard's manner this
    /// includes what must be known to decide whether a question is put.
    pub fn looked_at(&mut self, space: &Space, diagrams: &mut Diagrams) -> Vec<Set> {
        let mut questions = vec![Set::NONE; self.rulebook.questions.len()];
        let mut facts = vec![Set::NONE; self.rulebook.facts.len()];
        let mut pending: Vec<(Fact, Set)> =
            self.pathways.iter().flat_map(|pathway| pathway.looks.iter().copied()).collect();
        while !pending.is_empty() {
            // All who look at a fact are taken together, so that what it looks at itself is followed once for all of them.
            let mut together: IndexMap<Fact, IndexSet<Set>> = IndexMap::new();
            for (fact, set) in pending.drain(..) {
                together.entry(fact).or_default().insert(set);
            }
            for (fact, sets) in together {
                let set = diagrams.any(sets);
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
                        if self.manner == Manner::Wizard && !question.only_at_desk {
                            let mut everybody = self.everybody(space, diagrams);
                            let Ok(_) = everybody.part(&question.asked_if, new);
                            pending.append(&mut everybody.looks);
                        }
                    }
                    Fact::Derived(id) => {
                        let fact = self.fact(space, diagrams, id);
                        pending.extend(fact.looks.iter().map(|(further, set)| (*further, diagrams.and(new, *set))));
                    }
                }
            }
        }
        questions
    }
}

impl<'r> Everybody<'_, 'r> {
    /// The parts of a set by what the facts looked at carry, added to what is carried already.
    fn split(&mut self, own: Carried<'r>, set: Set) -> Vec<(Carried<'r>, Set)> {
        let mut parts = vec![(own, set)];
        for fact in &self.trail.facts {
            let fact = self.reading.fact(self.space, self.diagrams, *fact);
            let mut carried: IndexMap<&Carried<'r>, Set> = IndexMap::new();
            for variant in &fact.variants {
                let known = carried.entry(&variant.carried).or_insert(Set::NONE);
                *known = self.diagrams.or(*known, variant.set);
            }
            if carried.keys().all(|carried| **carried == Carried::default()) {
                continue;
            }
            let mut split = Vec::new();
            for (own, set) in parts {
                for (more, where_carried) in &carried {
                    let part = self.diagrams.and(set, *where_carried);
                    if part != Set::NONE {
                        let mut own = own.clone();
                        own.add(more);
                        split.push((own, part));
                    }
                }
            }
            parts = split;
        }
        parts
    }
}
