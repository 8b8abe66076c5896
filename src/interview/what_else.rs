//! What else: the smallest change of answers that a step can bring about and that would open more.
//!
//! Which answers can change, by which step and to what, stands in the rules (`changeable:`), not here.

use std::collections::HashSet;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::finding::Evaluation;
use super::why_not::closedness;
use crate::rulebook::{Id, Outcome, Pathway, Question, Rulebook, Step, ValueSet, in_force};
use crate::terms::Standing;
use crate::walk::{Answers, Memory, Person, Unknown};

/// Something that would open more.
#[derive(Clone, Debug)]
pub struct Else {
    /// What would change, step by step.
    pub moves: Vec<Move>,
    /// What would be open then.
    pub opens: Vec<Opened>,
}

/// A step and the answers that would be others after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The step.
    pub step: Id<Step>,
    /// The answers after it.
    pub answers: Vec<(Id<Question>, usize)>,
}

/// A way that would be more open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The pathway.
    pub pathway: Id<Pathway>,
    /// What it says now.
    pub before: Option<Id<Outcome>>,
    /// What it would say.
    pub after: Id<Outcome>,
}

/// The smallest changes, with at most so many steps at once, that would make a way to a job, a title or a training
/// more open than it is. A larger change is named only for ways that no smaller one opens as far.
pub fn what_else(
    rulebook: &Rulebook,
    answers: &Answers,
    date: Date,
    evaluation: &Evaluation<'_>,
    most_steps: usize,
) -> Vec<Else> {
    let moves = moves(rulebook, answers, date);
    let mut memory = Memory::<()>::new(rulebook);
    let now: Vec<Option<Id<Outcome>>> = rulebook
        .pathways
        .ids()
        .map(|id| evaluation.findings.iter().find(|finding| finding.pathway == id).map(|finding| finding.outcome))
        .collect();
    let standing = |pathway: Id<Pathway>, outcome: Option<Id<Outcome>>| -> Option<Standing> {
        outcome.map(|outcome| rulebook.pathways[pathway].outcomes[outcome].standing)
    };
    let is_way = |id: &Id<Pathway>| rulebook.pathways[*id].concerns.is_way();
    let ways: Vec<Id<Pathway>> = rulebook.pathways.ids().filter(is_way).collect();
    let mut reached: Vec<usize> = rulebook.pathways.ids().map(|id| closedness(standing(id, now[id.index()]))).collect();
    let mut found: Vec<Else> = Vec::new();
    for size in 1..=most_steps {
        // What fewer steps reach is the measure; changes of one size do not hide each other, except later targets of the
        // same steps.
        let before = reached.clone();
        let mut by_steps: HashSet<(Vec<Id<Step>>, Id<Pathway>, usize)> = HashSet::new();
        for chosen in combinations(&moves, size) {
            let Some(chosen) = put(rulebook, answers, date, &chosen, &mut memory) else { continue };
            let changed = with(answers, &chosen);
            memory.forget();
            let mut person = Person::new(rulebook, &changed, date, Unknown, &mut memory);
            let mut opens = Vec::new();
            for id in ways.iter().copied().filter(|id| before[id.index()] > 0) {
                let Ok(found) = person.pathway(&rulebook.pathways[id], |_, outcome| Ok(outcome));
                let Ok(outcome) = found else { continue };
                let rank = closedness(standing(id, Some(outcome)));
                let steps: Vec<Id<Step>> = chosen.iter().map(|this| this.step).collect();
                let further = (rank..=before[id.index()])
                    .all(|known| !by_steps.contains(&(steps.clone(), id, known)) || known > rank);
                if rank < before[id.index()] && further {
                    by_steps.insert((steps, id, rank));
                    reached[id.index()] = reached[id.index()].min(rank);
                    opens.push(Opened { pathway: id, before: now[id.index()], after: outcome });
                }
            }
            if !opens.is_empty() {
                found.push(Else { moves: chosen, opens });
            }
        }
    }
    found
}

fn with(answers: &Answers, moves: &[Move]) -> Answers {
    let mut changed = answers.clone();
    for (question, value) in moves.iter().flat_map(|this| &this.answers) {
        changed.set(*question, ValueSet::only(*value));
    }
    changed
}

/// The moves without answers to questions that would not be put; `None` if a move comes to nothing.
fn put<'r>(
    rulebook: &'r Rulebook,
    answers: &Answers,
    date: Date,
    chosen: &[&Move],
    memory: &mut Memory<'r, ()>,
) -> Option<Vec<Move>> {
    let mut moves: Vec<Move> = chosen.iter().map(|this| (*this).clone()).collect();
    loop {
        let changed = with(answers, &moves);
        memory.forget();
        let mut person = Person::new(rulebook, &changed, date, Unknown, memory);
        let before: usize = moves.iter().map(|this| this.answers.len()).sum();
        for this in &mut moves {
            this.answers.retain(|(question, _)| {
                let Ok(puts) = person.puts(*question);
                puts
            });
        }
        if moves.iter().any(|this| this.answers.is_empty()) {
            return None;
        }
        if moves.iter().map(|this| this.answers.len()).sum::<usize>() == before {
            return Some(moves);
        }
    }
}

/// A question, and the options its answer may come to have.
type Changes = (Id<Question>, Vec<usize>);

/// Every single step with every set of answers it may lead to.
fn moves(rulebook: &Rulebook, answers: &Answers, date: Date) -> Vec<Move> {
    let mut by_step: IndexMap<Id<Step>, Vec<Changes>> = IndexMap::new();
    for (id, _, question) in rulebook.questions.iter() {
        let Some(change) = &question.changeable else { continue };
        let values = answers.get(id).unwrap_or_else(|| ValueSet::only(question.unknown));
        if values.and(&change.from).is_empty() || !in_force(rulebook.steps[change.step].valid, date) {
            continue;
        }
        let targets: Vec<usize> = change.to.iter().copied().filter(|to| !values.contains(*to)).collect();
        if !targets.is_empty() {
            by_step.entry(change.step).or_default().push((id, targets));
        }
    }
    let mut moves = Vec::new();
    for (step, questions) in by_step {
        let mut sets: Vec<Vec<(Id<Question>, usize)>> = vec![Vec::new()];
        for (question, targets) in questions {
            sets = sets
                .iter()
                .flat_map(|set| {
                    targets.iter().map(move |target| set.iter().copied().chain([(question, *target)]).collect())
                })
                .collect();
        }
        moves.extend(sets.into_iter().map(|answers| Move { step, answers }));
    }
    moves
}

/// All choices of so many moves of different steps.
fn combinations(moves: &[Move], size: usize) -> Vec<Vec<&Move>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in moves.iter().enumerate() {
        for rest in combinations(&moves[at + 1..], size - 1) {
            if rest.iter().all(|other| other.step != first.step) {
                all.push(std::iter::once(first).chain(rest).collect());
            }
        }
    }
    all
}
