//! Reading on after a fault: what the YAML crate complains about, in our own terms, and the text without the faulty part, so
//! that the rest can be read again. Used on the failure path only.

use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Span, floor_boundary};

use super::fault;

/// What the YAML crate complains about, in our own terms.
#[derive(Debug)]
pub enum Complaint {
    Syntax(String),
    UnknownKey(String, Vec<&'static str>),
    DuplicateKey(Option<String>),
    Missing(&'static str),
    UnknownWord(String, Vec<&'static str>),
    Anchor,
    WrongShape { expected: String, seen: Option<String> },
    Nothing,
    Limits,
    SecondDocument,
    Refused(String),
}

impl Complaint {
    pub fn of(error: &serde_yaml::Error) -> Self {
        use serde_yaml::Error as E;
        match error {
            E::SerdeUnknownField { field, expected, .. } => Self::UnknownKey(field.clone(), expected.clone()),
            E::DuplicateMappingKey { key, .. } => Self::DuplicateKey(key.clone()),
            E::SerdeMissingField { field, .. } => Self::Missing(field),
            E::SerdeUnknownVariant { variant, expected, .. } => Self::UnknownWord(variant.clone(), expected.clone()),
            E::UnknownAnchor { .. } | E::AliasError { .. } | E::MergeKeyNotAllowed { .. } => Self::Anchor,
            E::Budget { breach: serde_yaml::budget::BudgetBreach::Anchors { .. }, .. }
            | E::Budget { breach: serde_yaml::budget::BudgetBreach::Aliases { .. }, .. } => Self::Anchor,
            E::Budget { .. } => Self::Limits,
            E::MultipleDocuments { .. } => Self::SecondDocument,
            E::NullIntoString { .. } => Self::Nothing,
            E::SerdeInvalidType { unexpected, .. } if unexpected.contains("unit") || unexpected.contains("null") => {
                Self::Nothing
            }
            E::SerdeInvalidType { unexpected, expected, .. } | E::SerdeInvalidValue { unexpected, expected, .. } => {
                Self::WrongShape { expected: shape(expected), seen: Some(shape(unexpected)) }
            }
            E::Unexpected { expected, .. } => Self::WrongShape { expected: shape(expected), seen: None },
            E::InvalidScalar { ty, .. } => Self::WrongShape { expected: shape(ty), seen: None },
            E::Message { msg, .. } => Self::Refused(msg.clone()),
            E::ExternalMessage { msg, .. } => Self::Syntax(msg.clone()),
            other => {
                let message = other.to_string();
                Self::Syntax(message.split(" at line ").next().unwrap_or(&message).trim().to_owned())
            }
        }
    }

    pub fn describe(&self, span: Span, rest: &Rest) -> Diagnostic {
        match self {
            Self::Syntax(said) => rest.syntax(said, span),
            Self::UnknownKey(key, known) => fault::unknown_key(key, known, span),
            Self::DuplicateKey(key) => {
                let key = key.as_deref().unwrap_or("?");
                fault::duplicate_key(key, rest.earlier_key(key, span), span)
            }
            Self::Missing(key) => {
                if let Some((text_of, opened, place)) = rest.within_text(key, span) {
                    return fault::key_in_text(key, &text_of, opened, place);
                }
                if let Some(line) = rest.odd_line(span) {
                    return fault::indentation(line);
                }
                let (entry, span) = rest.entry_around(span);
                fault::missing_key(key, entry.as_deref(), span)
            }
            Self::UnknownWord(word, known) => fault::unknown_word(word, known, span),
            Self::Anchor => fault::anchor(rest.back_to("&", span).unwrap_or(span)),
            Self::WrongShape { expected, seen } => {
                let above = rest.key_above(span).filter(|(_, key)| key.start < rest.line_start(span.start));
                match (seen.as_deref(), above) {
                    (_, Some((key, place))) if self.lacks_dashes() => fault::list_without_dashes(&key, place),
                    (Some(seen), _) if seen.starts_with("die Zahl") && expected != WHOLE_NUMBER => {
                        let (word, place) = rest.bare(span);
                        fault::bare_word(word, place)
                    }
                    (seen, _) => fault::wrong_shape(expected, seen, span),
                }
            }
            Self::Nothing => fault::nothing_written(span),
            Self::Limits => fault::beyond_limits(span),
            Self::SecondDocument => {
                let mark = self_or_above(&rest.text, span.start);
                fault::second_document(Span { start: mark, end: mark + 3, ..span })
            }
            Self::Refused(said) => fault::refused(said, span),
        }
    }
}

impl Complaint {
    /// Whether there are keys where a list belongs.
    pub fn lacks_dashes(&self) -> bool {
        matches!(self, Self::WrongShape { expected, seen } if expected == LIST && seen.as_deref().is_none_or(|seen| seen == ENTRY))
    }
}

const LIST: &str = "eine Liste";
const ENTRY: &str = "ein Eintrag mit Schlüsseln";
const WHOLE_NUMBER: &str = "eine ganze Zahl";

/// The crate's and serde's names of shapes in words of the rule format.
fn shape(name: &str) -> String {
    let name = name.trim();
    match name {
        "a string" | "string" | "scalar" | "string scalar" => "ein Text".to_owned(),
        "a sequence" | "sequence" | "sequence start" => LIST.to_owned(),
        "a map" | "map" | "mapping" | "mapping start" => ENTRY.to_owned(),
        "bool" | "a boolean" => "true oder false".to_owned(),
        "u16" | "u32" | "u64" | "usize" => WHOLE_NUMBER.to_owned(),
        _ if name.starts_with("struct ") => ENTRY.to_owned(),
        _ if name.starts_with("string ") => name.replacen("string ", "der Text ", 1).replace('"', "`"),
        _ if name.starts_with("integer ") => name.replacen("integer ", "die Zahl ", 1),
        _ if name.starts_with("boolean ") => name.replacen("boolean ", "das Wort ", 1),
        _ if name.starts_with("floating point ") => name.replacen("floating point ", "die Zahl ", 1),
        _ if name.starts_with("ein") => name.to_owned(),
        _ => "etwas anderes".to_owned(),
    }
}

/// What is left of a file while faulty parts are taken out of it. Overwriting with blanks keeps all positions.
pub struct Rest {
    pub text: String,
    /// Keys that were taken out, and the entry they stood in: that they are missing afterwards is no news.
    taken: Vec<(String, Option<usize>)>,
}

/// Whether a text begins in the next line.
pub fn opens_text(line: &str) -> bool {
    [": >-", ": >", ": |", ": |-"].iter().any(|mark| line.trim_end().ends_with(mark))
}

/// Width of a line's indentation. The dash of a list item counts as indentation of what follows it.
pub fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

impl Rest {
    /// The whole text, before anything is taken out.
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), taken: Vec::new() }
    }

    /// Takes out what a complaint is about. Gives whether something is left to read.
    pub fn without(&mut self, complaint: &Complaint, span: Span) -> bool {
        match complaint {
            Complaint::Syntax(_) | Complaint::Limits | Complaint::SecondDocument => false,
            Complaint::Missing(_) => self.take_entry_around(span.start),
            _ if complaint.lacks_dashes() => {
                let above = self.key_above(span).map_or(span.start, |(_, key)| key.start);
                self.take_line(above)
            }
            _ => self.take_line(span.start),
        }
    }

    /// Whether the complaint only repeats what was taken out.
    pub fn explains(&self, complaint: &Complaint, span: Span) -> bool {
        let head = self.head_of(span.start);
        matches!(complaint, Complaint::Missing(key) if self.taken.iter().any(|(taken, of)| taken == key && *of == head))
    }

    /// A mistyped key stands for the one that was meant; that one is not missing as well.
    pub fn expect_again(&mut self, complaint: &Complaint, span: Span) {
        if let Complaint::UnknownKey(key, known) = complaint
            && let Some(meant) = nearest(key, known.iter().copied())
        {
            self.taken.push((meant.to_owned(), self.parent(self.line_start(span.start))));
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..floor_boundary(&self.text, at)].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line(&self, start: usize) -> &str {
        self.text[start..].lines().next().unwrap_or("")
    }

    /// Start of the nearest line above that is indented less: the one this line belongs to.
    fn parent(&self, start: usize) -> Option<usize> {
        let own = indent(self.line(start));
        let mut at = start;
        while at > 0 {
            at = self.line_start(at - 1);
            let line = self.line(at);
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') && indent(line) < own {
                return Some(at);
            }
        }
        None
    }

    /// One past the last line that belongs to the line at `start`.
    fn block_end(&self, start: usize) -> usize {
        let own = indent(self.line(start));
        let mut end = start;
        for (number, line) in self.text[start..].split_inclusive('\n').enumerate() {
            if number > 0 && !line.trim().is_empty() && indent(line) <= own {
                break;
            }
            end += line.len();
        }
        end
    }

    /// Takes the line at `at` out, with all lines that belong to it; where nothing is left beside it, its parent too.
    fn take_line(&mut self, at: usize) -> bool {
        let start = self.line_start(at);
        let end = self.block_end(start);
        if self.text[start..end].trim().is_empty() {
            return false;
        }
        let parent = self.parent(start);
        let key = self
            .line(start)
            .trim_start()
            .trim_start_matches("- ")
            .split(':')
            .next()
            .unwrap_or("")
            .trim_matches(['"', ' '])
            .to_owned();
        self.taken.push((key, parent));
        let blank: String = self.text[start..end]
            .chars()
            .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
            .collect();
        self.text.replace_range(start..end, &blank);
        if let Some(parent) = parent {
            let below = parent + self.line(parent).len();
            let bare = self.line(parent).trim_end().ends_with(':');
            if bare && self.text[below..self.block_end(parent)].trim().is_empty() {
                self.take_line(parent);
            }
        }
        !self.text.trim().is_empty()
    }

    /// Takes out the entry whose content stands at `at`.
    fn take_entry_around(&mut self, at: usize) -> bool {
        match self.head_of(at) {
            Some(head) => self.take_line(head),
            None => false,
        }
    }

    /// Start of the line that opens the entry around `at`: its own line if the entry stands in one line.
    fn head_of(&self, at: usize) -> Option<usize> {
        let start = self.line_start(at);
        let line = self.line(start);
        let before = &self.text[start..floor_boundary(&self.text, at).max(start)];
        if before.contains(':')
            || line.trim_start().starts_with("- ")
            || self.text[at.min(self.text.len())..].starts_with('{')
        {
            return Some(start);
        }
        self.parent(start)
    }

    /// Name and place of the entry around a span; the first line where it is the whole file.
    fn entry_around(&self, span: Span) -> (Option<String>, Span) {
        let head = self.head_of(span.start).unwrap_or_else(|| self.first_line());
        let line = self.line(head);
        let start = head + indent(line);
        let name = line.trim_start().split(':').next().unwrap_or("").trim();
        if name.starts_with('-') {
            return (None, Span { start, end: head + line.trim_end().len(), ..span });
        }
        let entry = (head != self.first_line()).then(|| name.trim_matches('"').to_owned());
        (entry, Span { start, end: start + name.len(), ..span })
    }

    /// Start of the first line with a key.
    fn first_line(&self) -> usize {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            if !line.trim().is_empty() && !line.starts_with('#') {
                return start;
            }
            start += line.len();
        }
        0
    }

    /// The place of a mark in the same line, before the span.
    fn back_to(&self, mark: &str, span: Span) -> Option<Span> {
        let line = self.line_start(span.start);
        let at = line + self.text[line..span.start.max(line)].rfind(mark)?;
        let word = self.text[at..].split(char::is_whitespace).next().unwrap_or(mark);
        Some(Span { start: at, end: at + word.len(), ..span })
    }

    /// The word written at a span, or behind the key that stands there, and its place.
    fn bare(&self, span: Span) -> (&str, Span) {
        let line = self.text.get(span.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let is_key = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let value = line.split_once(": ").filter(|(key, _)| is_key(key)).map_or(line, |(_, value)| value.trim_start());
        let start = span.start + line.len() - value.len();
        let word = value.split([',', ']', '}', '#', ' ']).next().unwrap_or_default();
        (word, Span { start, end: start + word.len(), ..span })
    }

    /// The key whose value stands at a span, and where it is written: in the same line, or above it.
    fn key_above(&self, span: Span) -> Option<(String, Span)> {
        let own = self.line_start(span.start);
        let before = &self.text[own..floor_boundary(&self.text, span.start).max(own)];
        let start = if before.contains(':') { own } else { self.parent(own)? };
        let line = self.line(start);
        let (key, _) = line.trim_start_matches(['-', ' ']).split_once(':')?;
        let at = start + line.len() - line.trim_start_matches(['-', ' ']).len();
        Some((key.trim_matches('"').to_owned(), Span { start: at, end: at + key.len(), ..span }))
    }

    /// Where a missing key stands after all: within the text of another key, since it is indented too far. Gives that other
    /// key, its place, and the place of the missing one.
    fn within_text(&self, key: &str, span: Span) -> Option<(String, Span, Span)> {
        let head = self.head_of(span.start).unwrap_or_else(|| self.first_line());
        let whole_file = self.head_of(span.start).is_none();
        let end = if whole_file { self.text.len() } else { self.block_end(head) };
        let mut at = head;
        let mut text: Option<(usize, usize)> = None;
        for line in self.text[head..end].split_inclusive('\n') {
            let width = indent(line);
            if let Some((opened, column)) = text.filter(|_| !line.trim().is_empty()) {
                if width <= column {
                    text = None;
                } else if line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
                    let name = self.line(opened).trim_start_matches(['-', ' ']).split(':').next().unwrap_or_default();
                    let begins = opened + indent(self.line(opened));
                    let begun = Span { start: begins, end: opened + self.line(opened).trim_end().len(), ..span };
                    let place = Span { start: at + width, end: at + width + key.len(), ..span };
                    return Some((name.to_owned(), begun, place));
                }
            }
            if text.is_none() && opens_text(line) {
                text = Some((at, width));
            }
            at += line.len();
        }
        None
    }

    /// The line above a place that opens a text without `>-`: its key, and where the text begins.
    fn plain_text_above(&self, span: Span) -> Option<(String, Span, Span)> {
        let own = self.line_start(span.start);
        let width = indent(self.line(own));
        let mut start = own;
        while start > 0 {
            start = self.line_start(start - 1);
            let line = self.line(start);
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            let code = line.trim_start_matches(['-', ' ']);
            let (key, value) = code.split_once(": ")?;
            let plain = value.trim().chars().next().is_some_and(|c| c.is_alphanumeric());
            let is_key = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
            if !plain || !is_key || indent(line) > width {
                return None;
            }
            let begins = start + line.len() - value.trim_start().len();
            let opened = Span { start: begins, end: start + line.len(), ..span };
            let goes_on = Span { start: own + width, end: own + self.line(own).trim_end().len(), ..span };
            return Some((key.to_owned(), opened, goes_on));
        }
        None
    }

    /// A key in the entry around a span that is indented by an odd number of spaces: it may be why something is missing.
    fn odd_line(&self, span: Span) -> Option<Span> {
        let head = self.head_of(span.start)?;
        let mut start = head;
        for line in self.text[head..self.block_end(head)].split_inclusive('\n') {
            let key = line.trim_start().split(':').next().unwrap_or("");
            let is_key =
                line.contains(':') && !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            if is_key && indent(line) % 2 == 1 {
                return Some(Span { start: start + indent(line), end: start + indent(line) + key.len(), ..span });
            }
            start += line.len();
        }
        None
    }

    /// A parser notices late. A bracket or quotation mark left open in one of the lines above is what the author must see.
    fn syntax(&self, said: &str, span: Span) -> Diagnostic {
        let mut at = self.line_start(span.start);
        let mut depth: i32 = 0;
        for _ in 0..12 {
            let line = self.line(at);
            let code = line.split(" #").next().unwrap_or(line);
            if code.matches('"').count() % 2 == 1 {
                let mark = at + code.rfind('"').unwrap_or(0);
                return fault::open_quotation(Span { start: mark, end: mark + 1, ..span });
            }
            let outside: String = code.split('"').step_by(2).collect();
            let opened = outside.matches(['[', '{']).count() as i32 - outside.matches([']', '}']).count() as i32;
            depth += opened;
            if depth > 0 {
                let mark = at + code.rfind(['[', '{']).unwrap_or(0);
                return fault::open_bracket(Span { start: mark, end: mark + 1, ..span });
            }
            if at == 0 {
                break;
            }
            at = self.line_start(at - 1);
        }
        let line = self.line_start(span.start);
        let words = self.line(line).trim_start().split(':').next().unwrap_or_default();
        // `form copy` is a key without its colon; a sentence begins with a capital, as German ones do.
        let sentence = words.contains(' ') && words.starts_with(char::is_uppercase);
        if sentence && let Some((key, opened, goes_on)) = self.plain_text_above(span) {
            return fault::text_over_lines(&key, opened, goes_on);
        }
        if said.contains("mapping values") && !self.text[line..span.start].contains(": ") {
            let start = line + indent(self.line(line));
            return fault::indentation(Span { start, end: span.start, ..span });
        }
        fault::syntax(said, span)
    }

    /// Where a key that stands twice stood first: the nearest line above with the same key and indentation.
    fn earlier_key(&self, key: &str, second: Span) -> Option<Span> {
        let own = self.line_start(second.start);
        let width = indent(self.line(own));
        let mut at = own;
        while at > 0 {
            at = self.line_start(at - 1);
            let line = self.line(at);
            let written = line.trim_start().trim_start_matches('"');
            let same = written
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start_matches('"').trim_start().starts_with(':'));
            if same && indent(line) == width {
                let start = at + width;
                return Some(Span { start, end: start + (second.end - second.start), ..second });
            }
        }
        None
    }
}

/// Start of the nearest line `---` at or above a place.
fn self_or_above(text: &str, at: usize) -> usize {
    let at = floor_boundary(text, at);
    if text[at..].starts_with("---") { at } else { text[..at].rfind("\n---").map_or(at, |mark| mark + 1) }
}
