use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Files;

/// One finding on one line: `file:line:column: Fehler[E012]: headline`.
pub fn concise(files: &Files, found: &Diagnostic) -> String {
    let place = files.position(found.place.span);
    let severity = match found.severity() {
        Severity::Error => "Fehler",
        Severity::Warning => "Hinweis",
    };
    let file = &files[found.place.span.file].name;
    format!("{file}:{}:{}: {severity}[{}]: {}", place.line, place.column, found.code, found.headline)
}
