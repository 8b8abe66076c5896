//! What is checked about a sound rulebook beyond its soundness: the Musterfälle, and what they cover.

mod cases;

pub use cases::{CaseReport, cases};
