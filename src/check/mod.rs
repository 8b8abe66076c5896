//! What is checked about a sound rulebook beyond its soundness: the Musterfälle, and what they cover.

mod cases;
mod claims;

pub use cases::{CaseReport, cases};
pub use claims::claims;
