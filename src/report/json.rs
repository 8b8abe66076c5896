use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::proof::Certificate;
use crate::source::Files;

/// Findings on rules, counted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// How many findings are errors; with one or more of them the exit code is 1.
    pub errors: usize,
    /// How many findings are warnings; they never fail the check.
    pub warnings: usize,
    /// The findings, in the order of files and lines.
    pub findings: Vec<Finding>,
}

/// What `lotse check --json` prints. A stable interface: fields may be added, none is renamed or taken away.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Checked<'c> {
    /// The findings.
    #[serde(flatten)]
    pub report: Report,
    /// What is proved; nothing if the rules are not sound enough to prove anything about them.
    pub certificate: Option<&'c Certificate>,
}

/// One finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// Stable number of the kind; `lotse explain-code` has a page for each.
    pub code: Code,
    /// `error` or `warning`.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub headline: String,
    /// Where.
    pub place: Place,
    /// Other places that matter, for instance the first of two equal names.
    pub others: Vec<Place>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place in a file of rules, with the line itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Place {
    /// Path below the rulebook's root, with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The whole line.
    pub text: String,
    /// The remark at this place; may be empty.
    pub remark: String,
}

/// All findings as data, with line, column and the line's text.
pub fn json(files: &Files, found: &[Diagnostic]) -> Report {
    let errors = found.iter().filter(|found| found.severity() == Severity::Error).count();
    Report {
        errors,
        warnings: found.len() - errors,
        findings: found.iter().map(|found| finding(files, found)).collect(),
    }
}

fn finding(files: &Files, found: &Diagnostic) -> Finding {
    Finding {
        code: found.code,
        severity: found.severity(),
        headline: found.headline.clone(),
        place: place(files, &found.place),
        others: found.others.iter().map(|label| place(files, label)).collect(),
        help: found.help.clone(),
    }
}

fn place(files: &Files, label: &Label) -> Place {
    let at = files.position(label.span);
    let file = &files[label.span.file];
    Place {
        file: file.name.clone(),
        line: at.line,
        column: at.column,
        text: file.text.lines().nth(at.line - 1).unwrap_or("").to_owned(),
        remark: label.remark.clone(),
    }
}
