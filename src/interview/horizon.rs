//! How many questions may still come: an upper bound that never grows as answers come in.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::rulebook::{Id, Question, Rulebook};
use crate::walk::{Answers, Memory, Open, Person, Trail};

/// The unanswered questions that some continuation of these answers may still put.
///
/// Each answer settles something and unsettles nothing, so the horizon only ever shrinks.
pub fn horizon(rulebook: &Rulebook, answers: &Answers, date: Date) -> BTreeSet<Id<Question>> {
    let mut memory = Memory::<Trail<'_>>::new(rulebook);
    let mut person = Person::new(rulebook, answers, date, Open::default(), &mut memory);
    for (_, _, pathway) in rulebook.pathways.iter() {
        let Ok(_) = person.pathway(pathway, |person, outcome| person.offices(pathway, outcome));
    }
    person.manner.may_come
}

/// How many questions an interview has at most in which so many were asked for these answers, and at least one is open.
///
/// The proof knows the longest interview exactly, where the [`horizon`] may be too cautious: questions that exclude each
/// other are added up in it.
pub fn length_at_most(rulebook: &Rulebook, asked: usize, answers: &Answers, date: Date) -> usize {
    let longest = rulebook.longest_interview.as_ref().map(|longest| longest.value);
    // Nothing is known yet, so it may become the longest.
    if let Some(longest) = longest.filter(|_| answers.is_empty()) {
        return longest.max(asked + 1);
    }
    let bound = asked + horizon(rulebook, answers, date).len();
    longest.map_or(bound, |longest| bound.min(longest)).max(asked + 1)
}
