//! Which answers some findings stand on: what a person must tell, and may keep to themselves, to show why.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::finding::{Finding, look};
use crate::rulebook::{Fact, Id, Outcome, Pathway, Question, Rulebook, ValueSet};
use crate::walk::{Answers, Memory, Person, Reason, ReasonKind, Unknown};

/// The answers that carry some findings: those that their explanations name and that matter, for with another answer other
/// outcomes would hold. Of all others only so many stay as the same outcomes need, on the same certainty; usually none.
///
/// What somebody would rather keep to themselves, like a letter from an office, stays out wherever the same outcomes hold on
/// the same certainty without it.
///
/// The outcomes that count are those that `counts` picks. Questions to be `kept` stay, needed or not.
pub fn carrying(
    rulebook: &Rulebook,
    answers: &Answers,
    date: Date,
    findings: &[Finding<'_>],
    counts: impl Fn(&Outcome) -> bool,
    kept: impl Fn(Id<Question>) -> bool,
) -> Answers {
    let mut held = Held::new(rulebook, date, counts);
    let before = held.of(answers);
    let same = |held: &mut Held<'_, _>, some: &Answers| {
        let as_binding = |finding: &Finding<'_>| {
            look(rulebook, some, date, finding.pathway).is_some_and(|found| found.certainty == finding.certainty)
        };
        held.of(some) == before && findings.iter().all(as_binding)
    };
    let discreet = |id: Id<Question>| rulebook.questions[id].topic.is_some_and(|topic| rulebook.topics[topic].discreet);
    let without = answers.only(|id| !discreet(id) || kept(id));
    let answers = if same(&mut held, &without) { &without } else { answers };
    let (mut named, mut grounds) = (BTreeSet::new(), BTreeSet::new());
    findings.iter().for_each(|finding| questions(rulebook, &finding.reasons, &mut named, &mut grounds));
    grounds.retain(|id| {
        let question = &rulebook.questions[*id];
        let Some(said) = answers.get(*id).filter(|said| !said.contains(question.unknown)) else { return false };
        let others = || (0..question.options.len()).filter(|value| !said.contains(*value));
        // Whether a country or a town matters is seen in the explanation; trying all of them takes too long.
        question.long_list || others().any(|value| held.of(&with(answers, *id, ValueSet::only(value))) != before)
    });
    let kept = |id: Id<Question>| grounds.contains(&id) || kept(id);

    let mut carrying = answers.only(|id| named.contains(&id) || kept(id));
    // A way may stand open only because another one does not, for reasons of that other one.
    if !same(&mut held, &carrying) {
        carrying = answers.clone();
    }
    loop {
        let looked_at: Vec<(Id<Question>, usize)> =
            carrying.iter().flat_map(|(id, values)| values.iter().map(move |value| (id, value))).collect();
        let mut less = false;
        for (id, value) in looked_at {
            let Some(values) = carrying.get(id) else { continue };
            let rest = values.minus(&ValueSet::only(value));
            let fewer = match rest.is_empty() {
                true if kept(id) => continue,
                true => carrying.without(id),
                false => with(&carrying, id, rest),
            };
            if same(&mut held, &fewer) {
                carrying = fewer;
                less = true;
            }
        }
        if !less {
            return carrying;
        }
    }
}

fn with(answers: &Answers, question: Id<Question>, values: ValueSet) -> Answers {
    let mut others = answers.clone();
    others.set(question, values);
    others
}

/// The outcomes that count and hold for some answers, looked up again and again.
struct Held<'r, C> {
    rulebook: &'r Rulebook,
    date: Date,
    counts: C,
    /// The pathways that have such an outcome.
    pathways: Vec<Id<Pathway>>,
    memory: Memory<'r, ()>,
}

impl<'r, C: Fn(&Outcome) -> bool> Held<'r, C> {
    fn new(rulebook: &'r Rulebook, date: Date, counts: C) -> Self {
        let has_one = |pathway: &Pathway| pathway.outcomes.iter().any(|(_, _, outcome)| counts(outcome));
        let pathways =
            rulebook.pathways.iter().filter(|(_, _, pathway)| has_one(pathway)).map(|(id, _, _)| id).collect();
        Self { rulebook, date, counts, pathways, memory: Memory::new(rulebook) }
    }

    fn of(&mut self, answers: &Answers) -> Vec<(Id<Pathway>, Id<Outcome>)> {
        self.memory.forget();
        let rulebook = self.rulebook;
        let mut person = Person::new(rulebook, answers, self.date, Unknown, &mut self.memory);
        let mut held = Vec::new();
        for id in &self.pathways {
            let pathway = &rulebook.pathways[*id];
            let Ok(ending) = person.pathway(pathway, |_, outcome| Ok(outcome));
            held.extend(
                ending.ok().filter(|outcome| (self.counts)(&pathway.outcomes[*outcome])).map(|outcome| (*id, outcome)),
            );
        }
        held
    }
}

/// The questions that reasons name, with those behind derived facts; and those of them on which a way went on that was not
/// written for every answer.
fn questions(
    rulebook: &Rulebook,
    reasons: &[Reason<'_>],
    named: &mut BTreeSet<Id<Question>>,
    grounds: &mut BTreeSet<Id<Question>>,
) {
    for reason in reasons {
        questions(rulebook, &reason.because, named, grounds);
        if let Fact::Question(question) = reason.fact {
            named.insert(question);
            let all = reason.wanted.len() == rulebook.questions[question].options.len();
            if reason.kind != ReasonKind::Unless && !all {
                grounds.insert(question);
            }
        }
    }
}
