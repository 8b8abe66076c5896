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

use std::collections::BTreeMap;

use super::super::certificate::Claim;
use super::super::diagram::{Diagrams, Set};
use super::{Grounds, Period};
use crate::diagnostic::Code;
use crate::rulebook::{Authority, Fact, Id, OfficeRef, Outcome, Pathway, Question, Step, ValueSet};

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let mut periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    for period in &mut periods {
        let differences = Differences::of(grounds, period);
        for (id, name, question) in rulebook.questions.iter() {
            let idle = differences.idle(grounds, period, id);
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
        says: "Keine Frage wird gestellt, deren Antwort nicht einen Weg, einen Schritt oder eine Stelle ändern kann; eine weitere Frage oder eine Zeile bei den Unterlagen genügt nicht",
        over: format!("{asked} Fragen, in jeder Lage, in der sie gestellt werden"),
        exceptions,
    }
}

/// The part of a set in which of the other questions only those are answered that the wizard puts.
fn as_asked(grounds: &mut Grounds<'_, '_>, period: &Period<'_>, question: Id<Question>, mut set: Set) -> Set {
    for (id, _, other) in grounds.rulebook.questions.iter().filter(|(id, _, _)| *id != question) {
        if set == Set::NONE {
            break;
        }
        let silent = grounds.space.answered(grounds.diagrams, id, &ValueSet::only(other.unknown));
        let said = grounds.diagrams.or(silent, period.put[id.index()]);
        set = grounds.diagrams.and(set, said);
    }
    set
}

/// Everything on a sheet that answers can change and a person acts on.
struct Differences {
    /// Something stands there exactly for these answer sets.
    parts: Vec<Set>,
}

impl Differences {
    fn of(grounds: &mut Grounds<'_, '_>, period: &mut Period<'_>) -> Self {
        let rulebook = grounds.rulebook;
        let mut outcomes: BTreeMap<(Id<Pathway>, Id<Outcome>), Set> = BTreeMap::new();
        let mut steps: BTreeMap<Id<Step>, Set> = BTreeMap::new();
        let mut offices: BTreeMap<OfficeRef, Set> = BTreeMap::new();
        let add = |diagrams: &mut Diagrams, known: &mut Set, set: Set| *known = diagrams.or(*known, set);
        for (reading, (id, _, pathway)) in period.desk.pathways.iter().zip(rulebook.pathways.iter()) {
            for way in &reading.ways {
                let brings = &way.brings;
                add(grounds.diagrams, outcomes.entry((id, brings.outcome)).or_insert(Set::NONE), way.set);
                if pathway.concerns.gives_steps() {
                    for step in &brings.steps {
                        add(grounds.diagrams, steps.entry(*step).or_insert(Set::NONE), way.set);
                    }
                }
                for office in &brings.offices {
                    add(grounds.diagrams, offices.entry(*office).or_insert(Set::NONE), way.set);
                }
            }
        }
        let mut parts: Vec<Set> = outcomes.into_values().collect();
        for (id, mut set) in steps {
            let step = &rulebook.steps[id];
            for condition in &step.unless.0 {
                let ruled_out = period.desk.holds(grounds.space, grounds.diagrams, condition.fact, &condition.values);
                set = grounds.diagrams.minus(set, ruled_out);
            }
            parts.push(set);
            // Sentences of it that are for some people only.
            for sentence in step.says.iter().chain(&step.tomorrow) {
                let mut said = set;
                for condition in &sentence.when {
                    let met = period.desk.holds(grounds.space, grounds.diagrams, condition.fact, &condition.values);
                    said = grounds.diagrams.and(said, met);
                }
                for condition in &sentence.unless.0 {
                    let not = period.desk.holds(grounds.space, grounds.diagrams, condition.fact, &condition.values);
                    said = grounds.diagrams.minus(said, not);
                }
                parts.push(said);
            }
        }
        parts.extend(Self::offices(grounds, period, offices).into_values());
        let mut parts: Vec<Set> = parts.into_iter().map(|part| Self::in_the_wizard(grounds, part)).collect();
        parts.sort_unstable();
        parts.dedup();
        Self { parts }
    }

    /// A set as the wizard knows it, in which nothing is said at the desk.
    fn in_the_wizard(grounds: &mut Grounds<'_, '_>, mut set: Set) -> Set {
        for (id, _, question) in grounds.rulebook.questions.iter() {
            if question.only_at_desk {
                set = grounds.space.unknown(grounds.diagrams, set, id);
            }
        }
        set
    }

    /// Where each office stands on the sheet, for whatever reason.
    fn offices(
        grounds: &mut Grounds<'_, '_>,
        period: &mut Period<'_>,
        named: BTreeMap<OfficeRef, Set>,
    ) -> BTreeMap<Id<Authority>, Set> {
        let rulebook = grounds.rulebook;
        let mut offices: BTreeMap<Id<Authority>, Set> = BTreeMap::new();
        for (office, set) in named {
            let fact = match office {
                OfficeRef::Authority(id) => {
                    let known = offices.entry(id).or_insert(Set::NONE);
                    *known = grounds.diagrams.or(*known, set);
                    continue;
                }
                OfficeRef::Fact(fact) => fact,
            };
            let by_value = rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices);
            for (value, told) in by_value.enumerate() {
                let values = ValueSet::only(value);
                let here = period.desk.holds(grounds.space, grounds.diagrams, Fact::Derived(fact), &values);
                let here = grounds.diagrams.and(set, here);
                for id in told {
                    let known = offices.entry(*id).or_insert(Set::NONE);
                    *known = grounds.diagrams.or(*known, here);
                }
            }
        }
        offices
    }

    /// Where the question is put and nothing depends on it.
    ///
    /// Mostly the answers before it settle that it is put. Where later ones have a say in that, they are known as well.
    fn idle(&self, grounds: &mut Grounds<'_, '_>, period: &Period<'_>, question: Id<Question>) -> Set {
        let put = period.put[question.index()];
        let later: Vec<Id<Question>> = grounds.rulebook.questions.ids().filter(|other| *other > question).collect();
        let mut perhaps_not = grounds.diagrams.not(put);
        for other in &later {
            perhaps_not = grounds.space.any_answer(grounds.diagrams, perhaps_not, *other);
        }
        let settled = grounds.diagrams.minus(put, perhaps_not);
        let unsettled = grounds.diagrams.and(put, perhaps_not);
        let no_say: Vec<Id<Question>> = later
            .iter()
            .copied()
            .filter(|other| grounds.space.any_answer(grounds.diagrams, unsettled, *other) == unsettled)
            .collect();
        let idle = self.unmoved(grounds, settled, question, &later);
        let more = self.unmoved(grounds, unsettled, question, &no_say);
        grounds.diagrams.or(idle, more)
    }

    /// The part of `idle` in which no answer to the question makes a difference, whatever the answers to `later`.
    fn unmoved(
        &self,
        grounds: &mut Grounds<'_, '_>,
        mut idle: Set,
        question: Id<Question>,
        later: &[Id<Question>],
    ) -> Set {
        for part in &self.parts {
            if idle == Set::NONE {
                break;
            }
            let there = grounds.space.any_answer(grounds.diagrams, *part, question);
            let not = grounds.diagrams.not(*part);
            let gone = grounds.space.any_answer(grounds.diagrams, not, question);
            let either = grounds.diagrams.and(there, gone);
            if either != Set::NONE {
                idle = Self::without(grounds, idle, either, later);
            }
        }
        idle
    }

    fn without(grounds: &mut Grounds<'_, '_>, idle: Set, mut matters: Set, later: &[Id<Question>]) -> Set {
        for other in later {
            matters = grounds.space.any_answer(grounds.diagrams, matters, *other);
        }
        grounds.diagrams.minus(idle, matters)
    }
}
