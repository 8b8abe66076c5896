//! What can be wrong with a file before anybody asks what it means: one function per fault, all sentences in one place.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;

/// The YAML parser gave up.
pub fn syntax(said: &str, span: Span) -> Diagnostic {
    let (headline, remark, help) = match said {
        _ if said.contains("tab") => (
            "a tab stands where only spaces may stand".to_owned(),
            "a tab near here",
            "replace the tab by spaces; every level is indented by two",
        ),
        _ if said.contains("quoted scalar") || said.contains("unexpected end of stream") => (
            "a quotation mark is opened and never closed".to_owned(),
            "opened before here",
            "close the quotation mark; a text with quotation marks inside is best written below `>-`",
        ),
        _ if said.contains("mapping values are not allowed") => (
            "a second colon stands in this line, or the line is indented too far".to_owned(),
            "this colon",
            "put a text that contains `: ` in quotation marks, or indent the line like its neighbours",
        ),
        _ if said.contains("simple key") || said.contains("expected ':'") || said.contains("':'") => (
            "this line has no colon, so it is neither a key nor part of the text above".to_owned(),
            "a key needs a colon",
            "write `key: value`, or indent the line further if it belongs to the text above",
        ),
        _ if said.contains("flow") || said.contains("',' or") => (
            "a bracket is opened and not closed, or a comma is missing in it".to_owned(),
            "expected `,` or the closing bracket",
            "look at the brackets `[ ]` and `{ }` around this place",
        ),
        _ if said.contains("indent") || said.contains("block mapping") || said.contains("block collection")
            || said.contains("block end") =>
        (
            "this line is not indented like its neighbours".to_owned(),
            "begins in another column than the lines it belongs to",
            "let all keys of one entry begin in the same column, each level two spaces further in",
        ),
        _ => (format!("this YAML cannot be read: {said}"), "here", "check the indentation, the colons and the quotes around this place"),
    };
    Diagnostic::error("E001", headline, span, remark).help(format!("{help}. What follows in this file is read once this is mended."))
}

/// A key that the entry does not have.
pub fn unknown_key(key: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault = Diagnostic::error("E002", format!("the key `{key}` is not known here"), span, "not a key of this entry");
    match did_you_mean(key, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("known here: {}", known.join(", "))),
    }
}

/// A key written twice.
pub fn duplicate_key(key: &str, first: Option<Span>, span: Span) -> Diagnostic {
    let fault = Diagnostic::error("E003", format!("the key `{key}` stands twice in this entry"), span, "the second one")
        .help("keep one of the two, or give one another name");
    match first {
        Some(first) => fault.also(first, "the first one"),
        None => fault,
    }
}

/// A key every entry of the kind needs.
pub fn missing_key(key: &str, entry: Option<&str>, span: Span) -> Diagnostic {
    let headline = match entry {
        Some(entry) => format!("`{key}:` is missing in `{entry}`"),
        None => format!("`{key}:` is missing"),
    };
    Diagnostic::error("E004", headline, span, format!("this entry has no `{key}:`"))
        .help(format!("add `{key}:`; every entry of this kind needs it (`lotse schema` lists all keys)"))
}

/// A word outside a short list of words.
pub fn unknown_word(word: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault = Diagnostic::error("E005", format!("`{word}` is not one of the words allowed here"), span, "not allowed");
    match did_you_mean(word, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("allowed here: {}", known.join(", "))),
    }
}

/// Anchors, aliases, merge keys.
pub fn anchor(span: Span) -> Diagnostic {
    Diagnostic::error("E006", "anchors (`&name`) and references to them (`*name`) are not used in rules", span, "here")
        .help("write the text out, so that a rule can be read where it stands; quote it if it only begins with `&` or `*`")
}

/// Bytes that are no UTF-8.
pub fn not_utf8(span: Span) -> Diagnostic {
    Diagnostic::error("E007", "this file is not saved as UTF-8", span, "the first character that cannot be read")
        .help("save the file again with the encoding UTF-8; it was probably saved as Windows-1252 or Latin-1")
}

/// Nothing but blanks and comments.
pub fn empty_file(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("E008", format!("{name} is empty"), span, "nothing is written here").help("fill it, or delete the file")
}

/// A list where a text belongs, and the like.
pub fn wrong_shape(expected: &str, seen: Option<&str>, span: Span) -> Diagnostic {
    let headline = match seen {
        Some(seen) => format!("expected {expected} here, but there is {seen}"),
        None => format!("expected {expected} here"),
    };
    Diagnostic::error("E009", headline, span, "of another kind than expected")
        .help("compare with a neighbouring entry; `lotse schema` says what each key takes")
}

/// `key:` with nothing behind it.
pub fn nothing_written(span: Span) -> Diagnostic {
    Diagnostic::error("E030", "nothing is written behind this key", span, "nothing to read here").help("write it, or take the key out")
}

/// A tab in the indentation.
pub fn tab(more: usize, span: Span) -> Diagnostic {
    let headline = match more {
        0 => "this line is indented with a tab".to_owned(),
        1 => "this line and one more are indented with tabs".to_owned(),
        more => format!("this line and {more} more are indented with tabs"),
    };
    Diagnostic::error("E048", headline, span, "a tab").help(
        "indent with spaces, two for each level; most editors have \"convert indentation to spaces\". \
         The rest of this file is read once this is mended.",
    )
}

/// `yes`, `no`, `NO` … without quotation marks.
pub fn bare_word(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E049", format!("`{word}` stands here without quotation marks"), span, "many programs read this as true or false")
        .help(format!("write \"{word}\" in quotation marks"))
}

/// Brackets in brackets in brackets, or a file of a size no author writes.
pub fn beyond_limits(span: Span) -> Diagnostic {
    Diagnostic::error("E050", "this file is nested too deeply or too large", span, "the limit is passed here")
        .help("no rule needs more than 64 levels; look for brackets that are opened again and again")
}

/// `---` in the middle of a file.
pub fn second_document(span: Span) -> Diagnostic {
    Diagnostic::error("E051", "a second document begins in this file (`---`)", span, "only the first would be read")
        .help("take the line `---` out, or make two files")
}

/// A value that its type refuses with words of its own, for instance a day.
pub fn refused(said: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E052", said, span, "not understood")
}
