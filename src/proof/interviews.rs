//! How many interviews there are, and how long they are: counted, never sampled.
//!
//! Whether a question is put depends on the answers alone, not on the order of asking: a pathway that needs an answer
//! waits until it is there. So an interview is an answer set in which everything that was not put is unknown, and the
//! interviews are counted by walking over all questions once. What matters of the answers so far is only, for each
//! question still to come, the set of answers for which it will be put; equal remainders are counted once.

use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;
use num_bigint::BigUint;

use super::diagram::{Diagrams, Set};
use super::space::Space;
use crate::rulebook::{Id, Question, Rulebook};

/// More remainders than this are given up on: a figure that cannot be had in time is not printed.
const MOST_REMAINDERS: usize = 400_000;

/// How often each length occurs; the position in the lists is the number of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Distinct interviews.
    pub interviews: Vec<BigUint>,
    /// Answer sets to the wizard's questions whose interview has this length: each interview weighs as much as it is
    /// likely when every option of every question is equally likely.
    pub answer_sets: Vec<BigUint>,
}

impl Lengths {
    /// Questions in the longest interview.
    pub fn longest(&self) -> usize {
        self.interviews.iter().rposition(|count| *count != BigUint::ZERO).unwrap_or(0)
    }
}

/// How several answers to one question are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Several {
    /// As many as are offered.
    Any,
    /// At most one: people with one goal.
    One,
}

/// A question whose part in the interview is not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Open {
    /// The question while it is still to come; afterwards only what it weighs matters.
    question: Option<Id<Question>>,
    /// Where it is put.
    put: Set,
    /// Whether something other than unknown was answered, so that it must be put.
    answered: bool,
    /// For how many answers it stands if it is not put.
    weight: u64,
}

/// Counts the interviews. `put` says per question for which answer sets the wizard puts it.
pub fn count(
    rulebook: &Rulebook,
    space: &Space,
    diagrams: &mut Diagrams,
    put: &[Set],
    several: Several,
) -> Option<Lengths> {
    let mut open = Vec::new();
    for (id, _, question) in rulebook.questions.iter().filter(|(_, _, question)| !question.only_at_desk) {
        let mut set = put[id.index()];
        for (desk, _, other) in rulebook.questions.iter() {
            if other.only_at_desk {
                set = space.unknown(diagrams, set, desk);
            }
        }
        let options = question.options.len() as u64;
        let weight = if question.multi && several == Several::Any {
            1u64.checked_shl(u32::try_from(options - 1).ok()?)?
        } else {
            options
        };
        open.push(Open { question: Some(id), put: set, answered: false, weight });
    }
    let mut count =
        Count { rulebook, space, several, known: vec![HashMap::default(); space.cells().len()], remainders: 0 };
    let (lengths, shift) = count.from(diagrams, 0, open)?;
    let mut lengths = (*lengths).clone();
    for list in [&mut lengths.interviews, &mut lengths.answer_sets] {
        list.splice(0..0, std::iter::repeat_n(BigUint::ZERO, shift));
    }
    Some(lengths)
}

struct Count<'a> {
    rulebook: &'a Rulebook,
    space: &'a Space,
    several: Several,
    /// Per cell what is known of remainders, and how many are.
    known: Vec<HashMap<Vec<Open>, Rc<Lengths>, FixedState>>,
    remainders: usize,
}

impl Count<'_> {
    /// The lengths from a cell on, and how many questions more are certain.
    fn from(&mut self, diagrams: &mut Diagrams, at: usize, open: Vec<Open>) -> Option<(Rc<Lengths>, usize)> {
        let cells = self.space.cells();
        let Some(cell) = cells.get(at) else {
            let one = vec![BigUint::from(1u32)];
            return Some((Rc::new(Lengths { interviews: one.clone(), answer_sets: one }), 0));
        };
        if self.rulebook.questions[cell.question].only_at_desk {
            return self.from(diagrams, at + 1, open);
        }
        if let Some(known) = self.known[at].get(&open) {
            return Some((Rc::clone(known), 0));
        }
        if self.remainders > MOST_REMAINDERS {
            return None;
        }
        let mut total = Lengths::default();
        for choice in &cell.choices {
            let chosen_already = open.iter().any(|open| open.question == Some(cell.question) && open.answered);
            if self.several == Several::One && cell.several && chosen_already && !choice.silent {
                continue;
            }
            let Some((rest, more, unput)) = self.after(diagrams, at, &open, choice) else { continue };
            let (lengths, further) = self.from(diagrams, at + 1, rest)?;
            let shift = more + further;
            add(&mut total.interviews, &lengths.interviews, shift, choice.weight.into());
            add(&mut total.answer_sets, &lengths.answer_sets, shift, unput.checked_mul(choice.weight.into())?);
        }
        let total = Rc::new(total);
        self.known[at].insert(open, Rc::clone(&total));
        self.remainders += 1;
        Some((total, 0))
    }

    /// What is open after a choice, how many questions became certain, and for how many answers those not put stand.
    /// `None` if the choice answers a question that is not put.
    fn after(
        &self,
        diagrams: &mut Diagrams,
        at: usize,
        open: &[Open],
        choice: &super::space::Choice,
    ) -> Option<(Vec<Open>, usize, u128)> {
        let cell = &self.space.cells()[at];
        let (mut certain, mut unput) = (0, 1u128);
        let mut rest = Vec::with_capacity(open.len());
        for one in open {
            let mut one = *one;
            let own = one.question == Some(cell.question);
            one.put = self.space.choose(diagrams, one.put, cell, choice);
            one.answered |= own && !choice.silent;
            if own && cell.last {
                one.question = None;
            }
            match (one.question, one.put) {
                (_, Set::NONE) if one.answered => return None,
                (None, Set::ALL) => certain += 1,
                (None, Set::NONE) => unput = unput.checked_mul(one.weight.into())?,
                _ => rest.push(one),
            }
        }
        rest.sort_unstable();
        Some((rest, certain, unput))
    }
}

fn add(total: &mut Vec<BigUint>, part: &[BigUint], shift: usize, weight: u128) {
    if total.len() < part.len() + shift {
        total.resize(part.len() + shift, BigUint::ZERO);
    }
    for (at, count) in part.iter().enumerate() {
        total[at + shift] += count * weight;
    }
}
