//! Answers that contradict each other: somebody without a degree has no result from anabin.

use super::Answers;
use crate::rulebook::{Fact, Id, Question, Rulebook};

/// The answers that count, and the questions whose answers the others rule out. Everything given counts, whether the wizard
/// would have asked for it or not; only what cannot be true beside the rest is left out.
pub fn consistent(rulebook: &Rulebook, given: &Answers) -> (Answers, Vec<Id<Question>>) {
    let possible = |id: Id<Question>| {
        rulebook.questions[id].asked_if.iter().all(|condition| match condition.fact {
            Fact::Question(other) => given.get(other).is_none_or(|values| {
                values.contains(rulebook.questions[other].unknown) || !values.and(&condition.values).is_empty()
            }),
            // What follows from several answers says nothing about which of them is wrong.
            Fact::Derived(_) => true,
        })
    };
    let left_out = given.iter().map(|(id, _)| id).filter(|id| !possible(*id)).collect();
    (given.only(possible), left_out)
}
