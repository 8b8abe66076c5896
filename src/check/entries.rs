//! What stands written, by name: every branch, option, source, step and mention, and whose it is.
//!
//! A branch that is lost may leave sound rules behind, since an `else` further down takes its values; an option that no rule
//! names is missed by nobody. Names are what notices: what stood in the last released state and stands nowhere now.
//!
//! The files are read as plain YAML, whatever their form, so that a new key needs nothing here. Texts have no name of their
//! own: that they are other words now is no loss, but a change.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::source::Files;
use crate::yaml;

/// Everything that stands in some files, by whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries(BTreeMap<String, Owned>);

/// What belongs to one of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Owned {
    /// What stands there, and how often.
    what: BTreeMap<String, usize>,
    /// Word for word, by the keys that lead there, in its order.
    says: Vec<(String, Value)>,
}

/// What is no longer there of what belonged to one of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Whose it was, as the change log names it: `pathway`, `pathway/outcome`, `step:ID` …
    pub of: String,
    /// Whether nothing of it is left.
    pub whole: bool,
    /// What it was, by the keys that lead there.
    pub what: Vec<String>,
}

/// Which entries a file holds, and how the change log names them.
enum Home<'n> {
    /// One: the file itself.
    File(String),
    /// The head of the rules, each of whose keys is one.
    Head,
    /// A pathway, whose outcomes have names of their own.
    Pathway(&'n str),
    /// Many, below this key.
    Below(&'static str, &'static str),
}

fn home(name: &str) -> Option<Home<'_>> {
    let (room, stem) = match name.split_once('/') {
        Some((room, rest)) => (room, rest.rsplit('/').next().unwrap_or(rest)),
        None => ("", name),
    };
    let stem = stem.strip_suffix(".yaml")?;
    Some(match (room, stem) {
        ("pathways", id) => Home::Pathway(id),
        ("facts", id) => Home::File(format!("fact:{id}")),
        ("tables", id) => Home::File(format!("table:{id}")),
        ("local", id) => Home::File(format!("local:{id}")),
        ("questions", _) => Home::Below("questions", "question"),
        ("", "rulebook") => Home::Head,
        ("", "steps") => Home::Below("steps", "step"),
        ("", "papers") => Home::Below("papers", "paper"),
        ("", "authorities") => Home::Below("authorities", "office"),
        ("", "deciders") => Home::Below("deciders", "decider"),
        ("", "sources") => Home::Below("sources", "source"),
        ("", "glossary") => Home::Below("terms", "term"),
        ("", "wording") => Home::Below("instead", "wording"),
        ("", id) => Home::File(id.to_owned()),
        _ => return None,
    })
}

impl Entries {
    /// What stands in files of a state of the rules; a file that cannot be read holds nothing.
    pub fn of(files: &Files) -> Self {
        let mut entries = Self::default();
        for (id, file) in files.iter() {
            let Some(home) = home(&file.name) else { continue };
            let Ok(Value::Object(content)) = yaml::read::<Value>(files, id) else { continue };
            if let Home::Head = home {
                entries.note("rulebook", "");
            }
            for (key, value) in content {
                match (&home, value) {
                    (Home::File(of), value) => entries.hold(of, &key, value),
                    (Home::Head, value) => entries.hold(&format!("rulebook/{key}"), "", value),
                    (Home::Pathway(of), Value::Object(outcomes)) if key == "outcomes" => {
                        for (outcome, value) in outcomes {
                            let whose = format!("{of}/{outcome}");
                            entries.note(&whose, "");
                            entries.hold(&whose, "", value);
                        }
                    }
                    (Home::Pathway(of), value) => entries.hold(of, &key, value),
                    (Home::Below(below, kind), Value::Object(many)) if key == *below => {
                        for (one, value) in many {
                            let whose = format!("{kind}:{one}");
                            entries.note(&whose, "");
                            entries.hold(&whose, "", value);
                        }
                    }
                    (Home::Below(..), value) => entries.hold(&key, "", value),
                }
            }
        }
        entries
    }

    /// Everybody of whom something stands here, as the change log names them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What stands here, and no longer there.
    pub fn lost<'e>(&'e self, now: &Entries) -> Vec<Lost> {
        let left = |of: &str, what: &str| now.0.get(of).and_then(|owned| owned.what.get(what)).copied().unwrap_or(0);
        let lost = |(of, owned): (&'e String, &'e Owned)| {
            let gone = owned.what.iter().filter(|(what, count)| left(of, what) < **count);
            let what: Vec<String> = gone.map(|(what, _)| what.clone()).collect();
            (!what.is_empty()).then(|| Lost { of: of.clone(), whole: !now.0.contains_key(of), what })
        };
        self.0.iter().filter_map(lost).collect()
    }

    /// Who says something else now than here, or is new.
    pub fn changed<'e>(&'e self, now: &'e Entries) -> impl Iterator<Item = &'e str> {
        let other = |(of, owned): &(&String, &Owned)| self.0.get(*of).is_none_or(|then| then.says != owned.says);
        now.0.iter().filter(other).map(|(of, _)| of.as_str())
    }

    fn note(&mut self, of: &str, what: &str) {
        *self.0.entry(of.to_owned()).or_default().what.entry(what.to_owned()).or_default() += 1;
    }

    /// What stands below a key of somebody's: each thing by its name, and all of it word for word.
    fn hold(&mut self, of: &str, path: &str, value: Value) {
        self.take(of, path, &value);
        self.0.entry(of.to_owned()).or_default().says.push((path.to_owned(), value));
    }

    fn take(&mut self, of: &str, path: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    let path = below(path, key);
                    self.note(of, &path);
                    self.take(of, &path, value);
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    let path = below(path, &called(element));
                    self.note(of, &path);
                    if element.is_object() || element.is_array() {
                        self.take(of, &path, element);
                    }
                }
            }
            // One id is the same as a list of one; a number or a day is no name.
            Value::String(id) if id.starts_with(|c: char| c.is_alphabetic()) => {
                self.note(of, &below(path, &called(value)));
            }
            _ => {}
        }
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path} › {key}") }
}

/// What an element of a list is called: an id by itself, a branch by what it is for, a text just a text.
fn called(element: &Value) -> String {
    match element {
        Value::String(text) if text.contains(char::is_whitespace) => "Text".to_owned(),
        Value::String(id) => id.clone(),
        Value::Array(elements) => elements.iter().map(called).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let first = fields.iter().find(|(key, _)| *key == "row").or_else(|| fields.iter().next());
            first.map(|(key, value)| format!("{key} {}", called(value))).unwrap_or_default()
        }
        other => other.to_string(),
    }
}
