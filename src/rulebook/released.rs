//! Earlier states of the rules, kept under `released/VERSION/` so that an old sheet can be shown as it was and compared
//! with today's.
//!
//! A released state holds the rules, not the wizard's own words: those are always today's. It is compiled when somebody
//! first asks for it, once.

use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::Rulebook;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::{File, FileId, Files, Span};

/// The directory that holds them.
const HOME: &str = "released/";

/// The file with the wizard's own words.
const INTERFACE: &str = "interface.yaml";

/// What a released state does without: what only checks the rules, what tells their history, and the wizard's own words.
const LEFT_OUT: [&str; 6] = ["cases/", "schema/", HOME, "lint.yaml", "changes.yaml", INTERFACE];

/// Whether a file belongs to a state of the rules that is kept.
pub fn is_kept(name: &str) -> bool {
    !LEFT_OUT.iter().any(|part| name.starts_with(part))
}

/// Whether a file belongs to an earlier state instead of the present one.
pub fn is_released(name: &str) -> bool {
    split(name).is_some()
}

/// Whether a version can name a directory anywhere.
pub fn is_plain(version: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    version.starts_with(|c: char| c.is_ascii_alphanumeric()) && version.chars().all(plain)
}

/// Version and file of `released/VERSION/FILE`.
fn split(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix(HOME)?.split_once('/')
}

/// The earlier states of a rulebook, by version.
#[derive(Clone, Debug, Default)]
pub struct Released(Arc<IndexMap<String, State>>);

/// One of them, as it was written and, once asked for, as it loads.
#[derive(Debug)]
struct State {
    files: Files,
    /// The same files among all files of the rulebook, in the same order.
    places: Vec<FileId>,
    loaded: OnceLock<(Option<Arc<Rulebook>>, Vec<Diagnostic>)>,
}

impl State {
    fn loaded(&self) -> &(Option<Arc<Rulebook>>, Vec<Diagnostic>) {
        self.loaded.get_or_init(|| {
            // Its inventory counts what is left out here.
            let loaded = Rulebook::load_to_compare(self.files.clone());
            (loaded.rulebook.map(Arc::new), loaded.diagnostics)
        })
    }
}

impl Released {
    /// Gathers the earlier states among the files of a rulebook.
    pub(super) fn of(files: &Files) -> Self {
        let mut states: IndexMap<String, State> = IndexMap::new();
        for (place, file) in files.iter() {
            let Some((version, name)) = split(&file.name) else { continue };
            let state = states.entry(version.to_owned()).or_insert_with(|| State {
                files: Files::default(),
                places: Vec::new(),
                loaded: OnceLock::new(),
            });
            state.files.add_file(File { name: name.to_owned(), ..file.clone() });
            state.places.push(place);
        }
        if let Some((place, words)) = files.iter().find(|(_, file)| file.name == INTERFACE) {
            for state in states.values_mut() {
                state.files.add_file(words.clone());
                state.places.push(place);
            }
        }
        Self(Arc::new(states))
    }

    /// All versions kept, in the order of their names.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rules of a version; `None` if it is not kept, or is faulty.
    pub fn get(&self, version: &str) -> Option<&Arc<Rulebook>> {
        self.0.get(version)?.loaded().0.as_ref()
    }

    /// All states that load, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Rulebook>> {
        self.0.values().rev().filter_map(|state| state.loaded().0.as_ref())
    }

    /// The files of a version as they were written.
    pub fn files(&self, version: &str) -> Option<&Files> {
        self.0.get(version).map(|state| &state.files)
    }

    /// Where a version is kept.
    pub fn place(&self, version: &str) -> Option<Span> {
        let state = self.0.get(version)?;
        let head = state.files.iter().position(|(_, file)| file.name == "rulebook.yaml").unwrap_or(0);
        state.places.get(head).copied().map(Span::start_of)
    }

    /// What is wrong with the released states, told about the files of the whole rulebook. Loads all of them.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for state in self.0.values() {
            let ids: Vec<FileId> = state.files.iter().map(|(id, _)| id).collect();
            let place = |span: Span| {
                let at = ids.iter().position(|id| *id == span.file).unwrap_or(0);
                Span { file: state.places[at], ..span }
            };
            let label = |label: &Label| Label { span: place(label.span), remark: label.remark.clone() };
            faults.extend(state.loaded().1.iter().map(|found| Diagnostic {
                place: label(&found.place),
                others: found.others.iter().map(label).collect(),
                ..found.clone()
            }));
        }
        faults
    }
}
