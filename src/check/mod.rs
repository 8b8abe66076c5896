//! What is checked about a sound rulebook beyond its soundness: the Musterfälle, and what they cover.

mod cases;

pub use cases::{CaseReport, cases};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::rulebook::Rulebook;
use crate::source::Files;

/// What there is to say about a sound rulebook.
pub fn findings(_rulebook: &Rulebook, _files: &Files, _today: Date) -> Vec<Diagnostic> {
    Vec::new()
}
