//! Answers and a date in; the next question, or every outcome with its reasons, out. Pure and total: no clock, no disk,
//! no state.
//!
//! - [`next`] gives the question to put next: one that a pathway still alive needs, earliest in the editors' order.
//! - [`evaluate`] gives what holds for a set of answers; what was left out counts as unknown and is named.
//! - [`look`] does so for one pathway.
//! - [`replay`] walks the interview again along given answers, keeps those that still make sense, drops the rest.
//! - [`why_not`] names every condition that keeps a pathway from being open; [`what_else`] the smallest change of
//!   answers that a step can bring about and that would open more.
//! - [`sensible`] does the same with a link that has gaps.
//! - [`worded`] gives the interface's words as they read for these answers.
//! - [`horizon`], [`at_most`] and [`length_at_most`] bound which and how many questions may still come.

mod answers;
mod arrange;
mod explanation;
mod horizon;
mod walk;
mod what_else;
mod why_not;
mod worded;

pub use answers::{Answers, Misfit, MisfitKind};
pub use arrange::arrange;
pub use explanation::{
    ExplainedElse, ExplainedMove, ExplainedOpening, ExplainedOutcome, ExplainedSilence, Explanation, FailedLine,
    TraceLine,
};
pub use horizon::{at_most, horizon, length_at_most};
pub use walk::{Evaluation, Finding, Office, Reason, ReasonKind, Silence, Silent};
pub use what_else::{Else, Move, Opened, what_else};
pub use why_not::{Failed, why_not};
pub use worded::{instead, worded, wording};

use jiff::civil::Date;

use crate::rulebook::{Id, OfficeRef, Pathway, Question, Rulebook, ValueSet};
use walk::Walk;

/// The question to put next, or `None` if nothing needs asking any more.
pub fn next(rulebook: &Rulebook, answers: &Answers, date: Date) -> Option<Id<Question>> {
    let mut walk = Walk::asking(rulebook, answers, date);
    rulebook.pathways.ids().filter_map(|pathway| walk.pathway(pathway).err()).min()
}

/// Everything that holds for these answers on this day.
pub fn evaluate(rulebook: &Rulebook, answers: &Answers, date: Date) -> Evaluation {
    let mut walk = Walk::final_look(rulebook, answers, date);
    for pathway in rulebook.pathways.ids() {
        // The final look takes what is left out for unknown, so no pathway waits for an answer.
        let Ok(result) = walk.pathway(pathway) else { continue };
        walk.take(result);
    }
    walk.evaluation()
}

/// What one pathway finds for these answers on this day; `None` if it has nothing to say.
pub fn look(rulebook: &Rulebook, answers: &Answers, date: Date, pathway: Id<Pathway>) -> Option<Finding> {
    match Walk::final_look(rulebook, answers, date).pathway(pathway) {
        Ok(walk::Result::Found(finding)) => Some(*finding),
        Ok(walk::Result::Silent(_)) | Err(_) => None,
    }
}

/// The offices that references stand for, given these answers; each once.
pub fn offices(rulebook: &Rulebook, answers: &Answers, date: Date, references: &[OfficeRef]) -> Vec<Office> {
    let mut walk = Walk::final_look(rulebook, answers, date);
    let mut found: Vec<Office> = Vec::new();
    for office in references.iter().flat_map(|reference| walk.offices(*reference).unwrap_or_default()) {
        if found.iter().all(|known| known.authority != office.authority) {
            found.push(office);
        }
    }
    found
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
    let mut answers = given.only(|question| rulebook.questions[question].only_at_desk);
    let mut path = Vec::new();
    let next = loop {
        let Some(question) = next(rulebook, &answers, date) else { break None };
        let Some(values) = given.get(question) else { break Some(question) };
        answers.set(question, values);
        path.push(question);
    };
    Replay { path, answers, next }
}

/// The answers that make sense in an interview in which everything left out is not known. A link with a gap in the middle
/// keeps what comes behind it.
pub fn sensible(rulebook: &Rulebook, given: &Answers, date: Date) -> Answers {
    let mut filled = given.clone();
    loop {
        let replay = replay(rulebook, &filled, date);
        let Some(left_out) = replay.next else { return replay.answers.only(|question| given.get(question).is_some()) };
        filled.set(left_out, ValueSet::only(rulebook.questions[left_out].unknown));
    }
}
