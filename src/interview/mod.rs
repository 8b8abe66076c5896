//! Answers and a date in; the next question, or every outcome with its reasons, out. Pure and total: no clock, no disk,
//! no state.
//!
//! - [`next`] gives the question to put next: one that a pathway still alive needs, earliest in the editors' order.
//! - [`evaluate`] gives what holds for a set of answers; what was left out counts as unknown and is named.
//! - [`look`] does so for one pathway; [`outcomes`] for all, without reasons.
//! - [`Interview`] puts one question after the other; [`replay`] walks it again along given answers, keeps those that still make sense, drops the rest.
//! - [`why_not`] names every condition that keeps a pathway from being open; [`what_else`] the smallest change of
//!   answers that a step can bring about and that would open more.
//! - [`carrying`] names the answers that some findings stand on.
//! - [`consistent`] leaves out answers that others rule out.
//! - [`worded`] gives the interface's words as they read for these answers.
//! - [`horizon`] and [`length_at_most`] bound which and how many questions may still come.
//!
//! All of it is one and the same [`walk`](crate::walk) for one person, who is asked, is in the middle, or is at the end.

mod asking;
mod carrying;
mod consistent;
mod explanation;
mod finding;
mod horizon;
mod what_else;
mod why_not;
mod worded;

pub use crate::walk::{Answers, MOST_TOLD, Misfit, MisfitKind, Reason, ReasonKind, Silence, arrange, said};
pub use asking::{Interview, Replay, next, replay};
pub use carrying::carrying;
pub use consistent::consistent;
pub use explanation::{
    ExplainedElse, ExplainedMove, ExplainedOpening, ExplainedOutcome, ExplainedSilence, Explanation, FailedLine,
    TraceLine, WhySilent,
};
pub use finding::{Evaluation, Facts, Finding, Office, Room, Silent, evaluate, findings, look, outcomes};
pub use horizon::{horizon, length_at_most};
pub use what_else::{Else, Move, Opened, what_else};
pub use why_not::{Failed, why_not};
pub use worded::{instead, worded, wording};
