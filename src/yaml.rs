//! The one door to the YAML crate: text in, typed values with spans out, its errors turned into diagnostics.
//!
//! No other file names the crate, since its major versions move.

use std::cell::Cell;
use std::fmt;
use std::hash::Hash;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};
use serde::Deserialize;
use serde_yaml::Spanned;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{FileId, Files, Located, Span, floor_boundary};

/// A map in the author's order whose keys know where they were written.
pub type Map<V> = IndexMap<Located<String>, V>;

thread_local! {
    /// The file being read. The YAML crate's spans carry no file, and serde gives no way to pass one along.
    static READING: Cell<Option<FileId>> = const { Cell::new(None) };
}

/// Reads one file. On faults, as many as can be told apart are reported, not only the first: the entry with
/// the fault is taken out and the rest is read again, on this path only.
pub fn read<T: DeserializeOwned>(files: &Files, file: FileId) -> Result<T, Vec<Diagnostic>> {
    let mut text = files[file].text.clone();
    let mut faults: Vec<Diagnostic> = Vec::new();
    READING.set(Some(file));
    let outcome = loop {
        match serde_yaml::from_str_with_options::<T>(&text, options()) {
            Ok(value) if faults.is_empty() => break Ok(value),
            Ok(_) => break Err(std::mem::take(&mut faults)),
            Err(error) => {
                let fault = describe(&error, file, &text);
                let at = fault.place.span.start;
                let seen = faults.iter().any(|known| known.place.span.start == at);
                if !seen {
                    faults.push(fault);
                }
                if seen || faults.len() >= 20 || !blank_entry(&mut text, at) {
                    break Err(std::mem::take(&mut faults));
                }
            }
        }
    };
    READING.set(None);
    outcome
}

/// Strict reading: duplicate keys are errors, `yes` is a word, anchors and aliases are refused.
fn options() -> serde_yaml::Options {
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    options.with_snippet = false;
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::Error;
    let mut budget = serde_yaml::Budget::default();
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    options.budget = Some(budget);
    options
}

fn describe(error: &serde_yaml::Error, file: FileId, text: &str) -> Diagnostic {
    let span = error.location().map_or(Span::start_of(file), |place| span_of(&place, file, text));
    let message = error.without_snippet().to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).trim().to_owned();
    if let Some((key, known)) = unknown_field(&message) {
        let fault = Diagnostic::error("E002", format!("the key `{key}` is not known here"), span, "not a key of this entry");
        return match did_you_mean(&key, known.iter().map(String::as_str)) {
            Some(help) => fault.help(help),
            None => fault.help(format!("known here: {}", known.join(", "))),
        };
    }
    if message.contains("duplicate") {
        return Diagnostic::error("E003", format!("the same key stands twice: {message}"), span, "the second one")
            .help("keep one of the two; the later one would silently win otherwise");
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return Diagnostic::error("E004", format!("{rest} is missing"), span, "in this entry")
            .help("every entry of this kind needs it; see the schema (`lotse schema`)");
    }
    if message.contains("unknown variant") {
        let known = quoted(&message);
        let wrong = known.first().cloned().unwrap_or_default();
        let fault = Diagnostic::error("E005", format!("`{wrong}` is not one of the words allowed here"), span, "not allowed");
        return match did_you_mean(&wrong, known.iter().skip(1).map(String::as_str)) {
            Some(help) => fault.help(help),
            None => fault,
        };
    }
    if message.contains("anchor") || message.contains("alias") {
        return Diagnostic::error("E006", "anchors and aliases are not used in rules", span, "here")
            .help("write the text out: a rule must be readable where it stands");
    }
    Diagnostic::error("E001", format!("this YAML cannot be read: {message}"), span, "here")
        .help("check the indentation, the colons and the quotes around this place")
}

/// `unknown field `x`, expected one of `a`, `b`` → x and a, b.
fn unknown_field(message: &str) -> Option<(String, Vec<String>)> {
    message.contains("unknown field").then_some(())?;
    let mut names = quoted(message).into_iter();
    Some((names.next()?, names.collect()))
}

/// The words between backticks or, failing these, between quotation marks.
fn quoted(message: &str) -> Vec<String> {
    let mark = if message.contains('`') { '`' } else { '"' };
    message.split(mark).skip(1).step_by(2).map(str::to_owned).collect()
}

fn span_of(place: &serde_yaml::Location, file: FileId, text: &str) -> Span {
    let start = place.span().byte_offset().map_or_else(
        || offset_of(text, place.line() as usize, place.column() as usize),
        |at| at as usize,
    );
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

/// Overwrites with blanks the smallest indented block around `at`, keeping all line numbers.
fn blank_entry(text: &mut String, at: usize) -> bool {
    let at = floor_boundary(text, at);
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(text[line_start..].lines().next().unwrap_or(""));
    if own == 0 && line_start == 0 {
        return false;
    }
    let mut end = line_start;
    for (number, line) in text[line_start..].split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        end += line.len();
    }
    if text[line_start..end].trim().is_empty() {
        return false;
    }
    let blank: String = text[line_start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    text.replace_range(line_start..end, &blank);
    true
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        let file = READING.get().ok_or_else(|| D::Error::custom("located values are only read through `yaml::read`"))?;
        let place = spanned.referenced.span();
        let start = place.byte_offset().unwrap_or(0) as usize;
        Ok(Self { value: spanned.value, span: Span { file, start, end: start + place.byte_len().unwrap_or(0) as usize } })
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
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
