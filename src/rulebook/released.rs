//! Earlier states of the rules, so that an old sheet can be shown as it was and compared with today's.
//!
//! Each state is a list, `released/VERSION.yaml`: its files, and the seal of each. The files themselves lie under
//! `released/files/`, each once however many states share it. A released state holds the rules, not the wizard's own words:
//! those are always today's. Nor does it hold translations: those of German that is said no more lie under `released/lang/`,
//! each text once for all states. It is read and compiled when somebody first asks for it, once.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{CATALOGUES, Rulebook, catalogue_name, fault};
use crate::diagnostic::{Diagnostic, Label};
use crate::format;
use crate::language::Lang;
use crate::source::{File, FileId, Files, Span};
use crate::yaml;

/// The directory that holds them.
const HOME: &str = "released/";

/// Where the files of all states lie.
const FILES: &str = "released/files/";

/// The file with the wizard's own words.
pub(super) const INTERFACE: &str = "interface.yaml";

/// The file that holds what each outcome says of itself, a second time.
pub(super) const REGISTER: &str = "register.yaml";

/// What a released state does without: what only checks the rules, what tells their history, the wizard's own words, and
/// translations, which are remembered for all states at once.
const LEFT_OUT: [&str; 8] = ["cases/", "schema/", HOME, "lint.yaml", "changes.yaml", REGISTER, INTERFACE, CATALOGUES];

/// The form in which rules are written today. Whoever changes it so that files of released states would no longer load raises
/// this number and teaches `raised` the way.
pub const FORMAT: u32 = 2;

/// A file of a released state in today's form.
fn raised<'t>(form: u32, name: &str, text: &'t str) -> Cow<'t, str> {
    // Form 1 counted all entries in rulebook.yaml, at its end.
    if form < 2
        && name == "rulebook.yaml"
        && let Some((rules, _)) = text.split_once("\ninventory:\n")
    {
        return Cow::Owned(format!("{rules}\n"));
    }
    Cow::Borrowed(text)
}

/// Whether a file belongs to a state of the rules that is kept.
pub fn is_kept(name: &str) -> bool {
    !LEFT_OUT.iter().any(|part| name.starts_with(part))
}

/// Whether a file belongs to earlier states instead of the present one.
pub fn is_released(name: &str) -> bool {
    name.starts_with(HOME)
}

/// Whether a version can name a file anywhere.
pub fn is_plain(version: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    version.starts_with(|c: char| c.is_ascii_alphanumeric()) && version.chars().all(plain) && version != "files"
}

/// Sixteen letters that tell a text from any other: the beginning of its SHA-256.
pub fn seal(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut seal, byte| {
        // Writing into a string cannot fail.
        let _ = write!(seal, "{byte:02x}");
        seal
    })
}

/// Version → the seal of what the change log says of it, however that is laid out.
pub fn histories(files: &Files) -> BTreeMap<String, String> {
    let log = files.iter().find(|(_, file)| file.name == "changes.yaml");
    let log = log.and_then(|(id, _)| yaml::read::<Value>(files, id).ok()).unwrap_or_default();
    let mut of: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for entry in log["changes"].as_array().into_iter().flatten() {
        if let Some(version) = entry["version"].as_str() {
            of.entry(version.to_owned()).or_default().push(entry);
        }
    }
    of.into_iter().map(|(version, entries)| (version, seal(&json!({ "changes": entries }).to_string()))).collect()
}

/// Where translations of German lie that only earlier states say.
pub fn remembered_name(lang: &Lang) -> String {
    format!("{HOME}{}", catalogue_name(lang))
}

/// Where the list of a version lies.
pub fn list_name(version: &str) -> String {
    format!("{HOME}{version}.yaml")
}

/// Where a file with this seal lies.
pub fn file_name(name: &str, seal: &str) -> String {
    let (name, ending) = name.rsplit_once('.').unwrap_or((name, "yaml"));
    format!("{FILES}{name}.{seal}.{ending}")
}

/// The list of a state made of those of these files that a release keeps.
pub fn list(version: &str, files: &Files) -> String {
    let history = histories(files).get(version).map(|seal| format!("history: \"{seal}\"\n")).unwrap_or_default();
    let mut list = format!(
        "# A released state of the rules, written by `lotse release`. Links and printed sheets rest on it: never change it.\n\
         version: \"{version}\"\nformat: {FORMAT}\n{history}files:\n"
    );
    for (_, file) in files.iter().filter(|(_, file)| is_kept(&file.name)) {
        // Writing into a string cannot fail.
        let _ = writeln!(list, "  {}: \"{}\"", file.name, seal(&file.text));
    }
    list
}

/// The earlier states of a rulebook, by version.
#[derive(Clone, Debug, Default)]
pub struct Released(Arc<Store>);

#[derive(Debug, Default)]
struct Store {
    states: IndexMap<String, State>,
    /// What lies under `released/files/`, by its whole name.
    files: IndexMap<String, (FileId, File)>,
    /// What is neither a list nor a file of a state.
    stray: Vec<(FileId, String)>,
    /// The wizard's own words of today and today's catalogues, which every state borrows: what is translated since, or
    /// better, helps whoever opens an old sheet, too. A translation counts for its very German only, so none is ever wrong.
    /// What only earlier states say stands before, so that today's overrules it.
    words: Vec<(FileId, File)>,
}

/// A state: its list and, once asked for, what it loads to.
#[derive(Debug)]
struct State {
    list: FileId,
    text: File,
    loaded: OnceLock<LoadedState>,
}

#[derive(Debug, Default)]
struct LoadedState {
    /// Its files under their own names, in today's form.
    files: Files,
    /// The same as they were written.
    written: Vec<File>,
    /// Where they lie.
    lies: Vec<String>,
    rulebook: Option<Arc<Rulebook>>,
    /// The seal of what the change log said of it when it was released.
    history: Option<String>,
    /// Told about the files of the whole rulebook.
    faults: Vec<Diagnostic>,
}

impl Released {
    /// Gathers the earlier states among the files of a rulebook.
    pub(super) fn of(files: &Files) -> Self {
        let mut store = Store::default();
        for (place, file) in files.iter() {
            let Some(name) = file.name.strip_prefix(HOME) else {
                if file.name == INTERFACE || file.name.starts_with(CATALOGUES) {
                    store.words.push((place, file.clone()));
                }
                continue;
            };
            match name.strip_suffix(".yaml") {
                Some(version) if is_plain(version) && !name.contains('/') => {
                    let state = State { list: place, text: file.clone(), loaded: OnceLock::new() };
                    store.states.insert(version.to_owned(), state);
                }
                // Below `released/` it has the name of a catalogue, and is one for every state.
                None if name.starts_with(CATALOGUES) && name.ends_with(".po") => {
                    store.words.insert(0, (place, File { name: name.to_owned(), ..file.clone() }));
                }
                _ if file.name.starts_with(FILES) => {
                    store.files.insert(file.name.clone(), (place, file.clone()));
                }
                _ => store.stray.push((place, file.name.clone())),
            }
        }
        Self(Arc::new(store))
    }

    /// All versions kept, in the order of their names.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.states.keys().map(String::as_str)
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.0.states.is_empty()
    }

    /// The rules of a version; `None` if it is not kept, or is faulty.
    pub fn get(&self, version: &str) -> Option<&Arc<Rulebook>> {
        self.0.loaded(version)?.rulebook.as_ref()
    }

    /// All states that load, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Rulebook>> {
        self.versions().rev().filter_map(|version| self.get(version))
    }

    /// The files of a version as they were written.
    pub fn files(&self, version: &str) -> Option<&[File]> {
        self.0.loaded(version).map(|state| state.written.as_slice())
    }

    /// The files of a version in today's form, and the wizard's own words of today.
    pub fn in_todays_form(&self, version: &str) -> Option<&Files> {
        self.0.loaded(version).map(|state| &state.files)
    }

    /// The seal of what the change log said of a version when it was released, if it said anything.
    pub fn history(&self, version: &str) -> Option<&str> {
        self.0.loaded(version)?.history.as_deref()
    }

    /// Where a version is kept.
    pub fn place(&self, version: &str) -> Option<Span> {
        self.0.states.get(version).map(|state| Span::start_of(state.list))
    }

    /// What is wrong with the released states, told about the files of the whole rulebook. Loads all of them.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let store = &self.0;
        let mut faults: Vec<Diagnostic> =
            store.stray.iter().map(|(place, name)| fault::stray_file(Span::start_of(*place), name)).collect();
        let mut used = BTreeSet::new();
        for version in store.states.keys() {
            if let Some(loaded) = store.loaded(version) {
                faults.extend(loaded.faults.iter().cloned());
                used.extend(&loaded.lies);
            }
        }
        let unused = store.files.iter().filter(|(name, _)| !used.contains(*name));
        faults.extend(unused.map(|(name, (place, _))| fault::file_of_no_state(Span::start_of(*place), name)));
        faults
    }
}

impl Store {
    fn loaded(&self, version: &str) -> Option<&LoadedState> {
        let state = self.states.get(version)?;
        Some(state.loaded.get_or_init(|| self.load(version, state)))
    }

    fn load(&self, version: &str, state: &State) -> LoadedState {
        let mut loaded = LoadedState::default();
        // The list is read among files of its own, so that it needs no copy of all others.
        let mut lists = Files::default();
        let own = lists.add_file(state.text.clone());
        let list: format::ReleasedState = match yaml::read(&lists, own) {
            Ok(list) => list,
            Err(faults) => {
                loaded.faults = faults.into_iter().map(|found| moved(found, &[state.list])).collect();
                return loaded;
            }
        };
        loaded.history.clone_from(&list.history);
        let place = |span: Span| Span { file: state.list, ..span };
        if list.version.value != version {
            loaded.faults.push(fault::state_of_another_version(version, &list.version.value, place(list.version.span)));
        }
        if list.format.value > FORMAT {
            loaded.faults.push(fault::newer_format(list.format.value, FORMAT, place(list.format.span)));
            return loaded;
        }
        let mut places = Vec::new();
        for (name, stated) in &list.files {
            let lies = file_name(name, stated);
            let Some((at, file)) = self.files.get(&lies) else {
                loaded.faults.push(fault::released_file_missing(name, &lies, place(name.span)));
                continue;
            };
            if seal(&file.text) != stated.value {
                loaded.faults.push(fault::seal_broken(name, version, Span::start_of(*at)));
            }
            let text = match raised(list.format.value, name, &file.text) {
                Cow::Borrowed(_) => file.text.clone(),
                Cow::Owned(text) => text.into(),
            };
            loaded.files.add_file(File { name: name.value.clone(), text, not_text: file.not_text });
            loaded.written.push(File { name: name.value.clone(), ..file.clone() });
            loaded.lies.push(lies);
            places.push(*at);
        }
        if !loaded.faults.is_empty() {
            return loaded;
        }
        for (at, words) in &self.words {
            loaded.files.add_file(words.clone());
            places.push(*at);
        }
        let rules = Rulebook::load(loaded.files.clone());
        loaded.faults.extend(rules.diagnostics.into_iter().map(|found| moved(found, &places)));
        loaded.rulebook = rules.rulebook.map(Arc::new);
        if let Some(inside) = &loaded.rulebook
            && inside.version != version
        {
            let head = list.files.keys().find(|name| name.value == "rulebook.yaml");
            let at = head.map_or(Span::start_of(state.list), |name| place(name.span));
            loaded.faults.push(fault::state_of_another_version(version, &inside.version, at));
        }
        loaded
    }
}

/// A finding about the files of a state, told about those of the whole rulebook at the same positions.
fn moved(found: Diagnostic, places: &[FileId]) -> Diagnostic {
    let place = |span: Span| Span { file: places.get(span.file.index()).copied().unwrap_or(span.file), ..span };
    let label = |label: &Label| Label { span: place(label.span), remark: label.remark.clone() };
    Diagnostic { place: label(&found.place), others: found.others.iter().map(label).collect(), ..found }
}
