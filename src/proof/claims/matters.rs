//! Nobody is asked in vain.
//!
//! When a question is put, some answers are known: those to the questions before it in the editors' order, and, where
//! these do not settle that it is put, those to later questions that do. For each such state there must be a continuation for which two options of the question
//! differ in an outcome, its certainty, rows or sources, a step, an office, or a text that names the answer. That the
//! sheet repeats the answer under "Ihre Antworten" does not count.

use std::collections::BTreeMap;

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::{Grounds, Period};
use crate::diagnostic::Code;
use crate::language::{Lang, Text, places};
use crate::rulebook::{DerivedFact, Fact, Id, OfficeRef, Question, ValueSet};

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let mut periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    for period in &mut periods {
        let differences = Differences::of(grounds, period);
        for (id, name, question) in rulebook.questions.iter() {
            let idle = differences.idle(grounds, period, id);
            if idle != Set::NONE {
                let says = format!("Die Frage `{name}` wird gestellt, obwohl keine Antwort darauf noch etwas ändert");
                exceptions.push(grounds.exception(says, period.date, Some(question.span), Some(idle)));
            }
        }
    }
    grounds.periods = periods;
    let asked = rulebook.questions.iter().filter(|(_, _, question)| !question.only_at_desk).count();
    Claim {
        id: "matters",
        code: Code::IdleQuestion,
        says: "Keine Frage wird gestellt, deren Antwort kein Ergebnis, keinen Schritt, keine Stelle und keinen Text mehr ändern kann",
        over: format!("{asked} Fragen, in jeder Lage, in der sie gestellt werden"),
        exceptions,
    }
}

/// Everything on a sheet that answers can change.
struct Differences {
    /// Something stands there exactly for these answer sets.
    parts: Vec<Set>,
    /// A text names the answer to the question.
    texts: BTreeMap<Id<Question>, Set>,
}

impl Differences {
    fn of(grounds: &mut Grounds<'_, '_>, period: &mut Period<'_>) -> Self {
        let mut differences = Self { parts: Vec::new(), texts: BTreeMap::new() };
        let pathways = std::mem::take(&mut period.wizard.pathways);
        for (reading, id) in pathways.iter().zip(grounds.rulebook.pathways.ids()) {
            let mut facts: BTreeMap<Id<DerivedFact>, Set> = BTreeMap::new();
            for way in &reading.ways {
                differences.parts.push(way.set);
                let outcome = grounds.outcome(id, way.brings.outcome);
                let mut texts = vec![outcome.title, outcome.says];
                texts.extend(outcome.watch_out);
                let paragraphs = way.brings.steps.iter().map(|step| &grounds.rulebook.steps[*step].says);
                texts.extend(paragraphs.flatten().map(|sentence| sentence.says));
                for office in &way.brings.offices {
                    if let OfficeRef::Fact(fact) = office {
                        texts.extend(grounds.rulebook.facts[*fact].offices.iter().map(|fact| fact.because));
                        let known = facts.entry(*fact).or_insert(Set::NONE);
                        *known = grounds.diagrams.or(*known, way.set);
                    }
                }
                texts.into_iter().for_each(|text| differences.text(grounds, text, way.set));
            }
            for (fact, set) in facts {
                differences.offices(grounds, period, fact, set);
            }
        }
        period.wizard.pathways = pathways;
        differences.parts.sort_unstable();
        differences.parts.dedup();
        differences
    }

    fn text(&mut self, grounds: &mut Grounds<'_, '_>, text: Text, set: Set) {
        let rulebook = grounds.rulebook;
        for question in places(rulebook.texts.say(&Lang::german(), text)).filter_map(|name| rulebook.questions.id(name))
        {
            let known = self.texts.entry(question).or_insert(Set::NONE);
            *known = grounds.diagrams.or(*known, set);
        }
    }

    fn offices(&mut self, grounds: &mut Grounds<'_, '_>, period: &mut Period<'_>, fact: Id<DerivedFact>, set: Set) {
        let offices = grounds.rulebook.facts[fact].offices.iter().flat_map(|fact| &fact.offices);
        let mut alike: BTreeMap<Vec<_>, ValueSet> = BTreeMap::new();
        offices.enumerate().for_each(|(value, offices)| alike.entry(offices.clone()).or_default().insert(value));
        for values in alike.values() {
            let here = period.wizard.holds(grounds.space, grounds.diagrams, Fact::Derived(fact), values);
            let part = grounds.diagrams.and(set, here);
            self.parts.push(part);
        }
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
        if let Some(set) = self.texts.get(&question) {
            let some = grounds.space.any_answer(grounds.diagrams, *set, question);
            idle = self.without(grounds, idle, some, later);
        }
        for part in &self.parts {
            if idle == Set::NONE {
                break;
            }
            let there = grounds.space.any_answer(grounds.diagrams, *part, question);
            let not = grounds.diagrams.not(*part);
            let gone = grounds.space.any_answer(grounds.diagrams, not, question);
            let either = grounds.diagrams.and(there, gone);
            if either != Set::NONE {
                idle = self.without(grounds, idle, either, later);
            }
        }
        idle
    }

    fn without(&self, grounds: &mut Grounds<'_, '_>, idle: Set, mut matters: Set, later: &[Id<Question>]) -> Set {
        for other in later {
            matters = grounds.space.any_answer(grounds.diagrams, matters, *other);
        }
        grounds.diagrams.minus(idle, matters)
    }
}
