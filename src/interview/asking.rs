//! The interview as it goes: which question is put next.

use jiff::civil::Date;

use crate::rulebook::{Id, Question, Rulebook, ValueSet};
use crate::walk::{Answers, Asked, Memory, Person, Trail};

/// An interview in which one question is put after the other. Where a pathway stands is kept: an answer sends only those
/// on that waited for it.
pub struct Interview<'r> {
    rulebook: &'r Rulebook,
    date: Date,
    answers: Answers,
    memory: Memory<'r, Trail<'r>>,
    /// Per pathway: the question it waits for, if any.
    waits: Vec<Option<Id<Question>>>,
    next: Option<Id<Question>>,
}

impl<'r> Interview<'r> {
    /// An interview with some answers given.
    pub fn new(rulebook: &'r Rulebook, given: &Answers, date: Date) -> Self {
        let mut interview = Self {
            rulebook,
            date,
            answers: Answers::default(),
            memory: Memory::new(rulebook),
            waits: vec![None; rulebook.pathways.len()],
            next: None,
        };
        interview.begin(given);
        interview
    }

    /// Begins anew with other answers.
    pub fn begin(&mut self, given: &Answers) {
        self.answers.clone_from(given);
        self.memory.forget();
        self.go_on(|_| true);
    }

    /// The question to put next, or `None` if nothing needs asking any more.
    pub fn next(&self) -> Option<Id<Question>> {
        self.next
    }

    /// Answers the question put last. Once nothing is asked any more, nothing more is answered.
    pub fn answer(&mut self, values: ValueSet) {
        if let Some(asked) = self.next {
            self.answers.set(asked, values);
            self.go_on(|waits| waits == Some(asked));
        }
    }

    /// The answers so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    fn go_on(&mut self, goes: impl Fn(Option<Id<Question>>) -> bool) {
        let mut person = Person::new(self.rulebook, &self.answers, self.date, Asked, &mut self.memory);
        for ((_, _, pathway), waits) in self.rulebook.pathways.iter().zip(&mut self.waits) {
            if goes(*waits) {
                *waits = person.pathway(pathway, |person, outcome| person.offices(pathway, outcome)).err();
            }
        }
        self.next = self.waits.iter().flatten().min().copied();
    }
}

/// The question to put next, or `None` if nothing needs asking any more.
pub fn next(rulebook: &Rulebook, answers: &Answers, date: Date) -> Option<Id<Question>> {
    Interview::new(rulebook, answers, date).next()
}

/// The interview as it went: which questions were put, in order, with the answers that count.
#[derive(Clone, Debug)]
pub struct Replay {
    /// Questions put and answered, in the order in which they came.
    pub path: Vec<Id<Question>>,
    /// The answers that still make sense, those given at the advisor's desk among them.
    pub answers: Answers,
    /// The question to put next; `None` when the interview is complete.
    pub next: Option<Id<Question>>,
}

/// Walks the interview along given answers.
pub fn replay(rulebook: &Rulebook, given: &Answers, date: Date) -> Replay {
    let at_desk = given.only(|question| rulebook.questions[question].only_at_desk);
    let mut interview = Interview::new(rulebook, &at_desk, date);
    let mut path = Vec::new();
    while let Some(question) = interview.next()
        && let Some(values) = given.get(question)
    {
        interview.answer(values);
        path.push(question);
    }
    Replay { path, next: interview.next, answers: interview.answers }
}
