use serde_json::{Value, json as object};

use crate::diagnostic::{Diagnostic, Label};
use crate::source::Files;

/// One finding as JSON, with line, column and the line's text.
pub fn json(files: &Files, found: &Diagnostic) -> Value {
    object!({
        "code": found.code,
        "severity": found.severity,
        "headline": found.headline,
        "place": place(files, &found.place),
        "others": found.others.iter().map(|label| place(files, label)).collect::<Vec<_>>(),
        "help": found.help,
    })
}

fn place(files: &Files, label: &Label) -> Value {
    let at = files.position(label.span);
    let file = &files[label.span.file];
    object!({
        "file": file.name,
        "line": at.line,
        "column": at.column,
        "text": file.text.lines().nth(at.line - 1).unwrap_or(""),
        "remark": label.remark,
    })
}
