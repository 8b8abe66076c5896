//! What can be wrong with a file before anybody asks what it means: one function per fault, all sentences in one place.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;

/// What a reader is told where the rest of a file cannot be read.
const LATER: &str = "The rest of this file is read once this is mended.";

/// The YAML parser gave up.
pub fn syntax(said: &str, span: Span) -> Diagnostic {
    if said.contains("mapping values") {
        return Diagnostic::error("E001", "a second colon stands in this line", span, "this colon")
            .help(format!("put a text that contains `: ` in quotation marks. {LATER}"));
    }
    if said.contains("simple key") || said.contains("':'") {
        return Diagnostic::error(
            "E001",
            "this line is neither a key nor part of the text above",
            span,
            "a key needs a colon",
        )
        .help(format!("write `key: value`, or indent the line further if it belongs to the text above. {LATER}"));
    }
    if ["indent", "block mapping", "block collection", "block end", "block entry"]
        .iter()
        .any(|word| said.contains(word))
    {
        return indentation(span);
    }
    Diagnostic::error("E001", format!("this YAML cannot be read: {said}"), span, "here")
        .help(format!("check the indentation, the colons and the quotation marks around this place. {LATER}"))
}

/// A line that begins in the wrong column.
pub fn indentation(span: Span) -> Diagnostic {
    Diagnostic::error(
        "E001",
        "this line is not indented like its neighbours",
        span,
        "begins in another column than they do",
    )
    .help(format!("let all keys of one entry begin in the same column, each level two spaces further in. {LATER}"))
}

/// `"` without its partner.
pub fn open_quotation(span: Span) -> Diagnostic {
    Diagnostic::error("E001", "a quotation mark is opened and not closed", span, "this one has no partner in its line")
        .help(format!("close it; a text with quotation marks of its own is best written below `>-`. {LATER}"))
}

/// `[` or `{` without its partner.
pub fn open_bracket(span: Span) -> Diagnostic {
    Diagnostic::error("E001", "a bracket is opened and not closed", span, "this one has no partner")
        .help(format!("close the bracket where the list ends. {LATER}"))
}

/// A key that the entry does not have.
pub fn unknown_key(key: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault =
        Diagnostic::error("E002", format!("the key `{key}` is not known here"), span, "not a key of this entry");
    match did_you_mean(key, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("known here: {}", known.join(", "))),
    }
}

/// A key written twice.
pub fn duplicate_key(key: &str, first: Option<Span>, span: Span) -> Diagnostic {
    let fault =
        Diagnostic::error("E003", format!("the key `{key}` stands twice in this entry"), span, "the second one")
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
        None => format!("`{key}:` is missing here"),
    };
    Diagnostic::error("E004", headline, span, format!("no `{key}:` in this entry"))
        .help(format!("add `{key}:`; every entry of this kind needs it (`lotse schema` lists all keys)"))
}

/// A word outside a short list of words.
pub fn unknown_word(word: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault =
        Diagnostic::error("E005", format!("`{word}` is not one of the words allowed here"), span, "not allowed");
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
    Diagnostic::error("E008", format!("{name} is empty"), span, "nothing is written here")
        .help("fill it, or delete the file")
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
    Diagnostic::error("E030", "nothing is written behind this key", span, "nothing to read here")
        .help("write it, or take the key out")
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
    Diagnostic::error(
        "E049",
        format!("`{word}` stands here without quotation marks"),
        span,
        "many programs read this as true or false",
    )
    .help(format!("write \"{word}\" in quotation marks"))
}

/// Brackets in brackets in brackets, or a file of a size no author writes.
pub fn beyond_limits(span: Span) -> Diagnostic {
    Diagnostic::error("E050", "this file is nested too deeply or too large", span, "the limit is passed here")
        .help("no rule needs more than 40 levels; look for brackets that are opened again and again")
}

/// `---` in the middle of a file.
pub fn second_document(span: Span) -> Diagnostic {
    Diagnostic::error("E051", "a second document begins in this file (`---`)", span, "only the first would be read")
        .help("take the line `---` out, or make two files")
}

/// A value that its type refuses with words of its own, for instance a day.
pub fn refused(said: &str, span: Span) -> Diagnostic {
    Diagnostic::error("E052", said, span, "not understood")
        .help("write it as the neighbouring entries do; the word or day must exist")
}
