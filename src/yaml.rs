//! The one door to the YAML crate: text in, typed values with spans out, its errors turned into diagnostics.
//!
//! No other file names the crate, since its major versions move.

mod fault;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::hash::Hash;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{FileId, Files, Located, Span, floor_boundary};

/// A map in the author's order whose keys know where they were written.
pub type Map<V> = IndexMap<Located<String>, V>;

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
    let mut rest = Rest { text: source.text.clone(), taken: Vec::new() };
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
        let error = error.without_snippet();
        let span = error.location().map_or(Span::start_of(file), |place| span_of(&place, file, &rest.text));
        let complaint = Complaint::of(error);
        if !rest.explains(&complaint, span) {
            faults.push(complaint.describe(span, &rest));
        }
        rest.expect_again(&complaint, span);
        let more = match complaint {
            Complaint::Syntax(_) | Complaint::Limits | Complaint::SecondDocument => false,
            Complaint::Missing(_) => rest.take_entry_around(span.start),
            _ => rest.take_line(span.start),
        };
        if !more || faults.len() >= MOST_FAULTS {
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

/// What the YAML crate complains about, in our own terms.
#[derive(Debug)]
enum Complaint {
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
    fn of(error: &serde_yaml::Error) -> Self {
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

    fn describe(&self, span: Span, rest: &Rest) -> Diagnostic {
        match self {
            Self::Syntax(said) => rest.syntax(said, span),
            Self::UnknownKey(key, known) => fault::unknown_key(key, known, span),
            Self::DuplicateKey(key) => {
                let key = key.as_deref().unwrap_or("?");
                fault::duplicate_key(key, rest.earlier_key(key, span), span)
            }
            Self::Missing(key) => match rest.odd_line(span) {
                Some(line) => fault::indentation(line),
                None => {
                    let (entry, span) = rest.entry_around(span);
                    fault::missing_key(key, entry.as_deref(), span)
                }
            },
            Self::UnknownWord(word, known) => fault::unknown_word(word, known, span),
            Self::Anchor => fault::anchor(rest.back_to("&", span).unwrap_or(span)),
            Self::WrongShape { expected, seen } => fault::wrong_shape(expected, seen.as_deref(), span),
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

/// The crate's and serde's names of shapes in words of the rule format.
fn shape(name: &str) -> String {
    let name = name.trim();
    match name {
        "a string" | "string" | "scalar" | "string scalar" => "a text".to_owned(),
        "a sequence" | "sequence" | "sequence start" => "a list".to_owned(),
        "a map" | "map" | "mapping" | "mapping start" => "an entry with keys".to_owned(),
        "bool" | "a boolean" => "true or false".to_owned(),
        "u16" | "u32" | "u64" | "usize" => "a whole number".to_owned(),
        _ if name.starts_with("struct ") => "an entry with keys".to_owned(),
        _ if name.starts_with("string ") => name.replacen("string ", "the text ", 1).replace('"', "`"),
        _ if name.starts_with("integer ") => name.replacen("integer ", "the number ", 1),
        _ if name.starts_with("boolean ") => name.replacen("boolean ", "the word ", 1),
        _ => name.to_owned(),
    }
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

/// What is left of a file while faulty parts are taken out of it. Overwriting with blanks keeps all positions.
struct Rest {
    text: String,
    /// Keys that were taken out, and the entry they stood in: that they are missing afterwards is no news.
    taken: Vec<(String, Option<usize>)>,
}

/// Width of a line's indentation. The dash of a list item counts as indentation of what follows it.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

impl Rest {
    /// Whether the complaint only repeats what was taken out.
    fn explains(&self, complaint: &Complaint, span: Span) -> bool {
        let head = self.head_of(span.start);
        matches!(complaint, Complaint::Missing(key) if self.taken.iter().any(|(taken, of)| taken == key && *of == head))
    }

    /// A mistyped key stands for the one that was meant; that one is not missing as well.
    fn expect_again(&mut self, complaint: &Complaint, span: Span) {
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

impl<T: JsonSchema> JsonSchema for Located<T> {
    // A branch holds branches: a schema that is referred to by name must stay so.
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One id or a list of ids; `basis: persvo-4` and `basis: [persvo-4, kita-en]` are both fine.
#[derive(Clone, Debug, Default)]
pub struct Ids(pub Vec<Located<String>>);

impl Ids {
    /// The ids in the author's order.
    pub fn iter(&self) -> std::slice::Iter<'_, Located<String>> {
        self.0.iter()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

enum OneOrMany {
    One(String),
    Many(Vec<Located<String>>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one id or a list of ids in [ ]")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(number.to_string()))
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(number.to_string()))
            }
            fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<OneOrMany, E> {
                Err(E::custom(format!("`{value}` reads as true or false; put it in quotation marks")))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut ids = Vec::new();
                while let Some(id) = seq.next_element()? {
                    ids.push(id);
                }
                Ok(OneOrMany::Many(ids))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Located::<OneOrMany>::deserialize(deserializer)?;
        let span = written.span;
        Ok(Self(match written.value {
            OneOrMany::One(value) => vec![Located { value, span }],
            OneOrMany::Many(ids) => ids,
        }))
    }
}

impl JsonSchema for Ids {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ids".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// `key:` with nothing behind it is something else than no key at all (`else:` opens a node, its absence does not).
#[derive(Clone, Debug)]
pub enum Given<T> {
    /// The key stands alone.
    Bare,
    /// The key has a value.
    With(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Bare, Self::With))
    }
}

/// For fields of type `Option<Given<T>>`, where a bare key must not read as absent.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Given<T>>, D::Error> {
    Given::deserialize(deserializer).map(Some)
}

impl<T: JsonSchema> JsonSchema for Given<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Given_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
}

/// Keys of a written map as plain words, for suggestions.
pub fn keys<V>(map: &Map<V>) -> impl Iterator<Item = &str>
where
    Located<String>: Hash + Eq,
{
    map.keys().map(|key| key.value.as_str())
}
