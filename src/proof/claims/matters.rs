//! Nobody is asked in vain.
//!
//! When a question is put, some answers are known: those to the questions before it in the editors' order, and, where
//! these do not settle that it is put, those to later questions that do. For each such state there must be answers to the
//! questions still to come for which another answer to this one, all others kept, changes what a person acts on: an outcome
//! (its sentences, and who decides), a step or a sentence of it, or an office on the sheet.
//!
//! What does not count: that the sheet repeats the answer, names it in a sentence that stands there anyway, lists or leaves
//! out a paper, rests on other rows or sources, or is surer of itself. Nor does it count that another question is put
//! because of it: the rules are read with all answers given, as at the desk, where nothing is said that only the desk asks.
//! So nobody is sent to a database to find out whether there is one more question.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::super::reading::{Manner, Reading};
use super::super::space::Space;
use super::shown::steps_shown;
use super::{Grounds, Period};
use crate::diagnostic::Code;
use crate::rulebook::{Authority, Fact, Id, OfficeRef, Outcome, Pathway, Question, ValueSet};

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    let mut tried: HashSet<(&[Set], Id<Question>, Vec<Set>)> = HashSet::new();
    for period in &periods {
        let differences = Differences::of(grounds, period.date);
        for (id, name, question) in rulebook.questions.iter() {
            let parts = differences.that_depend_on(grounds.space, id);
            // Where the same is put and the same depends on it as in an earlier stretch, the same is idle.
            if !tried.insert((&period.put, id, parts.clone())) {
                continue;
            }
            let idle = idle(grounds, period, id, parts);
            let idle = as_asked(grounds, period, id, idle);
            if idle != Set::NONE {
                let says = format!(
                    "Die Frage `{name}` wird gestellt, obwohl keine Antwort darauf einen Weg, einen Schritt oder eine Stelle ändert"
                );
                exceptions.push(grounds.exception(says, period.date, Some(question.span), Some(idle)));
            }
        }
    }
    grounds.periods = periods;
    let asked = rulebook.questions.iter().filter(|(_, _, question)| !question.only_at_desk).count();
    Claim {
        id: "matters",
        code: Code::IdleQuestion,
        says: "Keine Frage wird gestellt, deren Antwort nicht einen Weg, einen Schritt, einen Satz darin oder eine Stelle ändern kann; eine weitere Frage oder eine Zeile bei den Unterlagen genügt nicht",
        over: format!("{asked} Fragen, in jeder Lage, in der sie gestellt werden"),
        exceptions,
    }
}

/// The part of a set in which of the other questions only those are answered that the wizard puts. Those shortly before come first:
/// they have most to do with whether this one is put, and mostly nothing is left for the others.
fn as_asked(grounds: &mut Grounds<'_, '_>, period: &Period<'_>, question: Id<Question>, mut set: Set) -> Set {
    let ids = || grounds.rulebook.questions.ids();
    let before: Vec<Id<Question>> = ids().filter(|id| *id < question).collect();
    let after = ids().filter(|id| *id > question);
    for id in before.into_iter().rev().chain(after) {
        if set == Set::NONE {
            break;
        }
        let unknown = ValueSet::only(grounds.rulebook.questions[id].unknown);
        let silent = grounds.space.answered(grounds.diagrams, id, &unknown);
        let said = grounds.diagrams.or(silent, period.put[id.index()]);
        set = grounds.diagrams.and(set, said);
    }
    set
}

/// Everything on a sheet that answers can change and a person acts on.
struct Differences {
    /// Something stands there exactly for these answer sets.
    parts: Vec<Set>,
    /// For each part the variables that it depends on.
    variables: Vec<Vec<u16>>,
}

impl Differences {
    fn of(grounds: &mut Grounds<'_, '_>, date: Date) -> Self {
        let rulebook = grounds.rulebook;
        let mut public = Reading::of(rulebook, grounds.space, grounds.diagrams, date, Manner::Public);
        let mut outcomes: BTreeMap<(Id<Pathway>, Id<Outcome>), Vec<Set>> = BTreeMap::new();
        let mut offices: BTreeMap<OfficeRef, Vec<Set>> = BTreeMap::new();
        for (reading, id) in public.pathways.iter().zip(rulebook.pathways.ids()) {
            for way in &reading.ways {
                outcomes.entry((id, way.brings.outcome)).or_default().push(way.set);
                for office in &way.brings.offices {
                    offices.entry(*office).or_default().push(way.set);
                }
            }
        }
        let mut parts: Vec<Set> = outcomes.into_values().map(|sets| grounds.diagrams.any(sets)).collect();
        for (id, set) in steps_shown(&mut public, grounds.space, grounds.diagrams) {
            parts.push(set);
            // What of it is for some people only.
            for for_whom in rulebook.steps[id].for_whom() {
                let meant = public.for_whom(grounds.space, grounds.diagrams, for_whom);
                parts.push(grounds.diagrams.and(set, meant));
            }
        }
        let offices = offices.into_iter().map(|(office, sets)| (office, grounds.diagrams.any(sets))).collect();
        let offices = Self::offices(grounds, &mut public, offices);
        parts.extend(offices.into_values().map(|sets| grounds.diagrams.any(sets)));
        parts.sort_unstable();
        parts.dedup();
        let variables = parts.iter().map(|part| grounds.diagrams.variables(*part)).collect();
        Self { parts, variables }
    }

    /// Where each office stands on the sheet, for whatever reason.
    fn offices(
        grounds: &mut Grounds<'_, '_>,
        public: &mut Reading<'_>,
        named: Vec<(OfficeRef, Set)>,
    ) -> BTreeMap<Id<Authority>, Vec<Set>> {
        let rulebook = grounds.rulebook;
        let mut offices: BTreeMap<Id<Authority>, Vec<Set>> = BTreeMap::new();
        for (office, set) in named {
            let fact = match office {
                OfficeRef::Authority(id) => {
                    offices.entry(id).or_default().push(set);
                    continue;
                }
                OfficeRef::Fact(fact) => fact,
            };
            let by_value = rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices);
            for (value, told) in by_value.enumerate() {
                let values = ValueSet::only(value);
                let here = public.holds(grounds.space, grounds.diagrams, Fact::Derived(fact), &values);
                let here = grounds.diagrams.and(set, here);
                told.iter().for_each(|id| offices.entry(*id).or_default().push(here));
            }
        }
        offices
    }

    /// The parts that depend on the answer to a question.
    fn that_depend_on(&self, space: &Space, question: Id<Question>) -> Vec<Set> {
        let depends = |variables: &Vec<u16>| space.asks(variables, question);
        let parts = self.parts.iter().zip(&self.variables).filter(|(_, variables)| depends(variables));
        parts.map(|(part, _)| *part).collect()
    }
}

/// So many parts are tried at once: the first few settle most questions.
const FEW: usize = 16;

/// Where a question is put and none of these parts, which depend on it, can change.
///
/// Mostly the answers before it settle that it is put. Where later ones have a say in that, they are known as well.
fn idle(grounds: &mut Grounds<'_, '_>, period: &Period<'_>, question: Id<Question>, parts: Vec<Set>) -> Set {
    let put = period.put[question.index()];
    let not = grounds.diagrams.not(put);
    let perhaps_not = grounds.space.any_later_answers(grounds.diagrams, not, question);
    let settled = grounds.diagrams.minus(put, perhaps_not);
    let unsettled = grounds.diagrams.and(put, perhaps_not);
    let later = grounds.rulebook.questions.ids().filter(|other| *other > question);
    let no_say: Vec<Id<Question>> =
        later.filter(|other| grounds.space.any_answer(grounds.diagrams, unsettled, *other) == unsettled).collect();
    let mut idle = settled;
    for some in parts.chunks(FEW) {
        if idle == Set::NONE {
            break;
        }
        let matters: Vec<Set> =
            some.iter().map(|part| grounds.space.hangs_on(grounds.diagrams, *part, question)).collect();
        idle = grounds.diagrams.without(idle, matters);
    }
    let mut more = unsettled;
    for part in parts {
        if more == Set::NONE {
            break;
        }
        let hangs = grounds.space.hangs_on(grounds.diagrams, part, question);
        let perhaps = grounds.diagrams.and(more, hangs);
        // Where some answer to the question puts the part on the sheet, and another takes it away, all others kept.
        let there = grounds.diagrams.and(perhaps, part);
        let there = grounds.space.any_answer(grounds.diagrams, there, question);
        let gone = grounds.diagrams.minus(perhaps, part);
        let gone = grounds.space.any_answer(grounds.diagrams, gone, question);
        let moved = grounds.diagrams.and(there, gone);
        let matters = grounds.space.any_answers(grounds.diagrams, moved, &no_say);
        more = grounds.diagrams.minus(more, matters);
    }
    grounds.diagrams.or(idle, more)
}
