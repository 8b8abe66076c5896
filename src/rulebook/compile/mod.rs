//! From written files to a sound rulebook. Collects every fault instead of stopping at the first.

mod cases;
mod certificates;
mod circles;
mod compiler;
mod facts;
mod index;
mod pathways;
mod plausible;
mod registers;
mod spoken;
mod steps;
mod table;
mod tree;
mod unused;
mod written;

use crate::diagnostic::Diagnostic;
use crate::source::Files;

use super::model::Rulebook;
use compiler::Compiler;
use index::Index;
use written::Written;

/// Compiles; gives the rulebook as far as it can be built, and all faults.
pub(super) fn compile(files: &Files) -> (Option<Rulebook>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let written = Written::read(files, &mut faults);
    let Some(head) = &written.head else {
        return (None, faults);
    };
    let index = Index::of(&written, head, &mut faults);
    let (rulebook, mut faults) = Compiler::new(files, &index, &written, faults).rulebook(head);
    if let Some(rulebook) = rulebook.as_ref().filter(|_| faults.is_empty()) {
        unused::report(rulebook, &written, &mut faults);
    }
    (rulebook, faults)
}
