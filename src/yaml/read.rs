//! Reading one file: strictly, with the place of every value, and with as many faults at once as can be told apart.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_yaml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Files, Located, Span, floor_boundary};

use super::fault;
use super::recover::{Complaint, Rest, indent, opens_text};

/// Looks like a blank and is none.
const NO_BREAK: char = '\u{a0}';

/// The file being read. The YAML crate's spans carry no file, and serde gives no way to pass one along.
struct Reading {
    file: FileId,
    text: String,
    /// Words such as `no` that stand without quotation marks.
    bare: Vec<Span>,
}

thread_local! {
    static READING: RefCell<Option<Reading>> = const { RefCell::new(None) };
}

/// Levels of nesting; the deepest rule has about 20, and reading must not exhaust the stack of a small thread.
const MOST_LEVELS: usize = 40;

/// More faults of one file than this are not worth reading in one go.
const MOST_FAULTS: usize = 20;

/// Reads one file. On faults, as many as can be told apart are reported, not only the first: the line or entry with
/// the fault is taken out and the rest is read again, on this path only.
pub fn read<T: DeserializeOwned>(files: &Files, file: FileId) -> Result<T, Vec<Diagnostic>> {
    let source = &files[file];
    if let Some(at) = source.not_text {
        return Err(vec![fault::not_utf8(Span { file, start: at, end: at })]);
    }
    if source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Err(vec![fault::empty_file(Span::start_of(file), &source.name)]);
    }
    if let Some(fault) = tabs(&source.text, file) {
        return Err(vec![fault]);
    }
    let mut rest = Rest::of(&source.text);
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut bare: BTreeSet<Span> = BTreeSet::new();
    loop {
        READING.set(Some(Reading { file, text: rest.text.clone(), bare: Vec::new() }));
        let outcome = serde_yaml::from_str_with_options::<T>(&rest.text, options());
        bare.extend(READING.take().into_iter().flat_map(|reading| reading.bare));
        let error = match outcome {
            Ok(value) if faults.is_empty() && bare.is_empty() => return Ok(value),
            Ok(_) => break,
            Err(error) => error,
        };
        if faults.is_empty()
            && let Some(fault) = no_break_spaces(&source.text, file)
        {
            return Err(vec![fault]);
        }
        let error = error.without_snippet();
        let span = error.location().map_or(Span::start_of(file), |place| span_of(&place, file, &rest.text));
        let complaint = Complaint::of(error);
        if !rest.explains(&complaint, span) {
            faults.push(complaint.describe(span, &rest));
        }
        rest.expect_again(&complaint, span);
        if !rest.without(&complaint, span) || faults.len() >= MOST_FAULTS {
            break;
        }
    }
    faults.extend(bare.into_iter().map(|span| fault::bare_word(&source.text[span.start..span.end], span)));
    Err(faults)
}

/// Strict reading: duplicate keys are errors, `yes` is a word, anchors and aliases are refused.
fn options() -> serde_yaml::Options {
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    options.with_snippet = false;
    options.strict_indentation = true;
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::Error;
    let mut budget = serde_yaml::Budget::default();
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    budget.max_depth = MOST_LEVELS;
    options.budget = Some(budget);
    options
}

/// The first tab used for indentation.
fn tabs(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(at) = line[..blank].find('\t').filter(|_| !line.trim().is_empty()) {
            found.push(Span { file, start: start + at, end: start + at + 1 });
        }
        start += line.len();
    }
    found.first().map(|first| fault::tab(found.len() - 1, *first))
}

/// The first no-break space in an indentation or beside a key. Asked only where a file cannot be read, since within a text
/// such a space is welcome.
fn no_break_spaces(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let width = line.len() - line.trim_start_matches([' ', NO_BREAK]).len();
        let word = line[width..].find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-'));
        let beside = word
            .map(|end| &line[width + end..])
            .filter(|rest| rest.starts_with(NO_BREAK) && rest.contains(':') || rest.starts_with(":\u{a0}"));
        let at = line[..width].find(NO_BREAK).or_else(|| {
            let rest = beside?;
            Some(line.len() - rest.len() + rest.find(NO_BREAK)?)
        });
        if let Some(at) = at.filter(|_| !line.trim().is_empty()) {
            found.push(Span { file, start: start + at, end: start + at + NO_BREAK.len_utf8() });
        }
        start += line.len();
    }
    found.first().map(|first| fault::no_break_space(found.len() - 1, *first))
}

/// Texts of which YAML takes the end for a comment: `title: Antrag stellen #neu`. A comment has a blank behind its `#`.
pub fn cut_texts(files: &Files, file: FileId) -> Vec<Diagnostic> {
    let mut start = 0;
    let mut found = Vec::new();
    let mut in_text: Option<usize> = None;
    for line in files[file].text.split_inclusive('\n') {
        let width = indent(line);
        if in_text.is_some_and(|column| width <= column && !line.trim().is_empty()) {
            in_text = None;
        }
        let mark = line.match_indices(" #").map(|(at, _)| at + 1).find(|at| {
            line[at + 1..].starts_with(|c: char| !c.is_whitespace() && c != '#') && !line[..*at].contains(['"', '\''])
        });
        if let Some(at) = mark.filter(|at| in_text.is_none() && holds_text(&line[..*at])) {
            let lost = line[at..].trim_end();
            found.push(fault::cut_by_comment(lost, Span { file, start: start + at, end: start + at + lost.len() }));
        }
        if in_text.is_none() && opens_text(line) {
            in_text = Some(width);
        }
        start += line.len();
    }
    found
}

/// Whether a text stands in a line, behind a key or as an entry of a list.
fn holds_text(line: &str) -> bool {
    let value = line.split_once(": ").or_else(|| line.split_once("- ")).map(|(_, value)| value.trim_start());
    value.is_some_and(|value| value.starts_with(char::is_alphabetic))
}

/// Words that other readers of YAML take for true and false.
fn reads_as_bool(word: &str) -> bool {
    matches!(word.len(), 1..=3)
        && ["yes", "no", "on", "off", "y", "n"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn span_of(place: &serde_yaml::Location, file: FileId, text: &str) -> Span {
    let start = place
        .span()
        .byte_offset()
        .map_or_else(|| offset_of(text, place.line() as usize, place.column() as usize), |at| at as usize);
    let start = floor_boundary(text, start);
    let end = floor_boundary(text, start + place.span().byte_len().unwrap_or(0) as usize);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    Span { file, start, end: end.min(line_end).max(start) }
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[line_start.min(text.len())..];
    line_start + rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at)
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        let place = spanned.referenced.span();
        let start = place.byte_offset().unwrap_or(0) as usize;
        let end = start + place.byte_len().unwrap_or(0) as usize;
        let span = READING.with_borrow_mut(|reading| {
            let reading = reading.as_mut()?;
            let span = Span { file: reading.file, start, end };
            if reading.text.get(start..end).is_some_and(reads_as_bool) {
                reading.bare.push(span);
            }
            Some(span)
        });
        let span = span.ok_or_else(|| D::Error::custom("located values are only read through `yaml::read`"))?;
        Ok(Self { value: spanned.value, span })
    }
}
