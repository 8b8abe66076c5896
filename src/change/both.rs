//! Both versions read for all answer sets at once, in one space of answers. The one file here that knows how the proof
//! reads rules.
//!
//! People answer what the wizard puts to them, and at the advisor's desk anything that is asked only there. An option
//! that only one version has is taken for "unknown" in the other: there, people could have said nothing better.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use num_bigint::BigUint;

use super::pairs::Pairs;
use super::told::Share;
use crate::proof::diagram::Diagrams;
use crate::proof::reading::{Manner, Reading};
use crate::proof::space::{Common, Space};
use crate::rulebook::{Authority, Fact, Id, OfficeRef, Question, Rulebook, ValueSet, stretches};

pub use crate::proof::diagram::Set;
pub use crate::proof::reading::Way;
pub use crate::walk::Brings;

/// A union is not followed further once its diagram has more nodes than this; what hangs on it is named as left out.
const MOST_NODES: usize = 200_000;

/// Beyond so many nodes in all, nothing is put together any more that is only for reading.
const MOST_KEPT: usize = 7_000_000;

/// A rulebook in which whatever is asked at the desk is put to people.
pub fn at_the_desk(rulebook: &Rulebook) -> Rulebook {
    let mut asked = rulebook.clone();
    for id in rulebook.questions.ids().filter(|id| rulebook.questions[*id].only_at_desk) {
        asked.questions[id].only_at_desk = false;
        asked.questions[id].asked_if = Vec::new();
    }
    asked
}

/// The answers to both versions.
pub struct Both<'r> {
    sides: [&'r Rulebook; 2],
    whole: Space,
    views: [Space; 2],
    diagrams: Diagrams,
    all: BigUint,
}

/// Both versions on a day.
pub struct Day<'r> {
    pub date: Date,
    read: [Reading<'r>; 2],
    /// Per version and pathway.
    pub ways: [Vec<Rc<Vec<Way<'r>>>>; 2],
}

impl<'r> Both<'r> {
    /// The space of all answers to two versions, both as [`at_the_desk`].
    pub fn of(pairs: &Pairs<'_>, sides: [&'r Rulebook; 2]) -> Self {
        let common: Vec<Common> = pairs
            .questions
            .iter()
            .zip(&pairs.options)
            .map(|((_, ids), options)| {
                let unknown = [1, 0].into_iter().find_map(|side| {
                    let id = ids[side]?;
                    Some(options.at(side, Id::new(sides[side].questions[id].unknown)))
                });
                Common {
                    ids,
                    options: options.iter().map(|(_, pair)| pair.map(|id| id.map(Id::index))).collect(),
                    unknown: unknown.unwrap_or_default(),
                }
            })
            .collect();
        let (whole, views) = Space::common(sides, &common);
        let mut diagrams = Diagrams::default();
        let all = whole.size(&mut diagrams, Set::ALL);
        Self { sides, whole, views, diagrams, all }
    }

    /// The first day, and every later one on which something in either version begins or has ended.
    pub fn days(&self, date: Date) -> Vec<Date> {
        let mut days: Vec<Date> =
            self.sides.iter().flat_map(|side| stretches(side, date)).map(|stretch| stretch.from.0).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    pub fn read(&mut self, date: Date) -> Day<'r> {
        let [old, new] = self.sides;
        let mut one =
            |side: usize, rulebook| Reading::of(rulebook, &self.views[side], &mut self.diagrams, date, Manner::Wizard);
        let mut read = [one(0, old), one(1, new)];
        let mut take = |side: usize| {
            std::mem::take(&mut read[side].pathways).into_iter().map(|pathway| Rc::new(pathway.ways)).collect()
        };
        let ways = [take(0), take(1)];
        Day { date, read, ways }
    }
}

impl Both<'_> {
    /// Where a fact has, or includes, one of these values in one version.
    pub fn holds(&mut self, day: &mut Day<'_>, side: usize, fact: Fact, values: &ValueSet) -> Set {
        day.read[side].holds(&self.views[side], &mut self.diagrams, fact, values)
    }

    /// Where a question is put in one version, should a pathway need it.
    pub fn put(&mut self, day: &mut Day<'_>, side: usize, question: Id<Question>) -> Set {
        day.read[side].may_be_put(&self.views[side], &mut self.diagrams, question)
    }

    /// Where a question of both versions, known by its number, has one of these options.
    pub fn answered(&mut self, question: usize, options: &ValueSet) -> Set {
        self.whole.answered(&mut self.diagrams, Id::new(question), options)
    }

    /// The options of a question in classes that neither version tells apart.
    pub fn alike(&self, question: usize) -> Vec<ValueSet> {
        self.whole.alike(Id::new(question))
    }

    /// Where an office is shown by one of these references in one version.
    pub fn shown(&mut self, day: &mut Day<'_>, side: usize, office: Id<Authority>, references: &[OfficeRef]) -> Set {
        let mut set = Set::NONE;
        for reference in references {
            match reference {
                OfficeRef::Authority(id) if *id == office => return Set::ALL,
                OfficeRef::Authority(_) => {}
                OfficeRef::Fact(fact) => {
                    let offices = self.sides[side].facts[*fact].offices.iter().flat_map(|fact| &fact.offices);
                    let values: ValueSet = offices
                        .enumerate()
                        .filter(|(_, offices)| offices.contains(&office))
                        .map(|(value, _)| value)
                        .collect();
                    if !values.is_empty() {
                        let here = self.holds(day, side, Fact::Derived(*fact), &values);
                        set = self.or(set, here);
                    }
                }
            }
        }
        set
    }

    pub fn and(&mut self, a: Set, b: Set) -> Set {
        self.diagrams.and(a, b)
    }

    pub fn or(&mut self, a: Set, b: Set) -> Set {
        self.diagrams.or(a, b)
    }

    pub fn minus(&mut self, a: Set, b: Set) -> Set {
        self.diagrams.minus(a, b)
    }

    pub fn not(&mut self, a: Set) -> Set {
        self.diagrams.not(a)
    }

    /// Whether everything in the first is in the second.
    pub fn within(&mut self, a: Set, b: Set) -> bool {
        self.diagrams.minus(a, b) == Set::NONE
    }

    /// Whether so much is kept that only what must be compared is.
    pub fn is_full(&self) -> bool {
        self.diagrams.nodes() > MOST_KEPT
    }

    /// How many nodes are kept.
    pub fn nodes(&self) -> usize {
        self.diagrams.nodes()
    }

    /// The union of sets; `None` where its diagram would have more than [`MOST_NODES`] nodes, or there is no more room.
    pub fn union(&mut self, sets: impl IntoIterator<Item = Set>) -> Option<Set> {
        let mut pending: Vec<Set> = sets.into_iter().collect();
        pending.sort_unstable();
        pending.dedup();
        if self.is_full() && pending.len() > 1 {
            return None;
        }
        let mut union = Set::NONE;
        for set in pending {
            union = self.diagrams.or_within(union, set, MOST_NODES)?;
        }
        Some(union)
    }

    /// The one answer set of a person: the options chosen per question, known by its number; what is left out is unknown.
    pub fn person(&self, answers: &HashMap<usize, ValueSet>) -> Vec<bool> {
        self.whole.point(|question| answers.get(&question.index()).copied().unwrap_or_default())
    }

    /// Whether a person's answers are in a set.
    pub fn has(&self, set: Set, person: &[bool]) -> bool {
        self.diagrams.contains(set, person)
    }

    /// How large a part of all answer sets a set is.
    pub fn share(&mut self, set: Set) -> Share {
        Share::of(&self.whole.size(&mut self.diagrams, set), &self.all)
    }
}
