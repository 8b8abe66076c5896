//! All entries as written, gathered from the files.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::format;
use crate::rulebook::{CATALOGUES, fault, released};
use crate::source::{FileId, Files, Located, Span};
use crate::yaml::{self, Map};

/// The kinds of entries that others refer to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Question,
    Fact,
    Pathway,
    Step,
    Paper,
    Office,
    Decider,
    Source,
    Table,
}

impl Kind {
    /// The word used in findings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Question => "Frage",
            Self::Fact => "Merkmal",
            Self::Pathway => "Weg",
            Self::Step => "Schritt",
            Self::Paper => "Unterlage",
            Self::Office => "Stelle",
            Self::Decider => "Entscheider",
            Self::Source => "Quelle",
            Self::Table => "Tabelle",
        }
    }

    /// Where entries of this kind are written.
    pub fn home(self) -> &'static str {
        match self {
            Self::Question => "questions/",
            Self::Fact => "facts/",
            Self::Pathway => "pathways/",
            Self::Step => "steps.yaml",
            Self::Paper => "papers.yaml",
            Self::Office => "authorities.yaml",
            Self::Decider => "deciders.yaml",
            Self::Source => "sources.yaml",
            Self::Table => "tables/",
        }
    }
}

/// Everything that was written, in the order of the files.
#[derive(Default)]
pub struct Written {
    pub head: Option<format::Rulebook>,
    pub questions: Map<format::Question>,
    /// By the name of their file.
    pub topics: IndexMap<String, format::Topic>,
    /// Question → name of its file.
    pub topic_of: HashMap<String, String>,
    pub facts: Map<format::DerivedFact>,
    pub pathways: Map<format::Pathway>,
    pub steps: Map<format::Step>,
    pub order: Vec<Located<format::OrderRule>>,
    pub papers: Map<format::Paper>,
    pub authorities: Map<format::Authority>,
    /// A later one overrules an earlier one.
    pub local: Vec<format::Local>,
    pub deciders: Map<format::Decider>,
    pub sources: Map<format::Source>,
    pub certificates: Option<format::Certificates>,
    pub employer: Option<format::Employer>,
    pub terms: Map<format::Term>,
    pub tables: Map<format::Table>,
    pub interface: Map<Located<String>>,
    pub instead: Map<format::Instead>,
    pub changes: Vec<Located<format::Change>>,
    pub register: Map<Located<String>>,
    /// Read one by one when they are compiled: they are many, and none is needed beyond that.
    pub cases: Vec<FileId>,
    pub lint: Option<Arc<format::Lint>>,
    /// Kinds of which a file could not be read: ids of these kinds are not reported as unknown.
    pub incomplete: HashSet<Kind>,
    /// Names given twice: what follows from one of the two is not held against others.
    pub twice: HashSet<String>,
}

impl Written {
    /// Reads every file into its place.
    pub fn read(files: &Files, faults: &mut Vec<Diagnostic>) -> Self {
        let mut all = Self::default();
        for (id, file) in files.iter().filter(|(_, file)| !released::is_released(&file.name)) {
            all.take(files, id, &file.name, faults);
        }
        if all.head.is_none() && faults.is_empty() {
            let place = files.iter().next().map(|(id, _)| Span::start_of(id));
            faults.extend(place.map(|place| fault::missing_part(place, "rulebook.yaml")));
        }
        all
    }

    fn take(&mut self, files: &Files, id: FileId, name: &str, faults: &mut Vec<Diagnostic>) {
        let stem = stem(name);
        if name.ends_with(".yml") {
            faults.push(fault::wrong_ending(Span::start_of(id), name));
            return;
        }
        // Catalogues are read when somebody asks for their language; `lotse check` says what is wrong with them.
        if name.starts_with(CATALOGUES) && name.ends_with(".po") {
            return;
        }
        let mut reader = Reader { files, id, faults, twice: &mut self.twice, incomplete: &mut self.incomplete };
        match name.split('/').next().unwrap_or(name) {
            "rulebook.yaml" => self.head = reader.read(),
            "questions" => match reader.read::<format::Questions>() {
                Some(file) => {
                    if let Some(topic) = file.topic {
                        let of_file = file.questions.keys().map(|id| (id.value.clone(), stem.to_owned()));
                        self.topic_of.extend(of_file);
                        self.topics.insert(stem.to_owned(), topic);
                    }
                    reader.merge(Kind::Question, &mut self.questions, file.questions);
                }
                None => drop(reader.incomplete.insert(Kind::Question)),
            },
            "facts" => match reader.read::<format::DerivedFact>() {
                Some(fact) => reader.own_file("Merkmal", Some(Kind::Fact), &mut self.facts, fact.fact.clone(), fact),
                None => drop(reader.incomplete.insert(Kind::Fact)),
            },
            "pathways" => match reader.read::<format::Pathway>() {
                Some(pathway) => {
                    reader.own_file("Weg", Some(Kind::Pathway), &mut self.pathways, pathway.pathway.clone(), pathway)
                }
                None => drop(reader.incomplete.insert(Kind::Pathway)),
            },
            "steps.yaml" => match reader.read::<format::Steps>() {
                Some(file) => {
                    reader.merge(Kind::Step, &mut self.steps, file.steps);
                    self.order.extend(file.order);
                }
                None => drop(reader.incomplete.insert(Kind::Step)),
            },
            "papers.yaml" => match reader.read::<format::Papers>() {
                Some(file) => reader.merge(Kind::Paper, &mut self.papers, file.papers),
                None => drop(reader.incomplete.insert(Kind::Paper)),
            },
            "authorities.yaml" => match reader.read::<format::Authorities>() {
                Some(file) => reader.merge(Kind::Office, &mut self.authorities, file.authorities),
                None => drop(reader.incomplete.insert(Kind::Office)),
            },
            "local" => {
                if let Some(mut file) = reader.read::<format::Local>() {
                    reader.merge(Kind::Source, &mut self.sources, std::mem::take(&mut file.sources));
                    self.local.push(file);
                }
            }
            "deciders.yaml" => match reader.read::<format::Deciders>() {
                Some(file) => reader.merge(Kind::Decider, &mut self.deciders, file.deciders),
                None => drop(reader.incomplete.insert(Kind::Decider)),
            },
            "sources.yaml" => match reader.read::<format::Sources>() {
                Some(file) => reader.merge(Kind::Source, &mut self.sources, file.sources),
                None => drop(reader.incomplete.insert(Kind::Source)),
            },
            "certificates.yaml" => self.certificates = reader.read(),
            "employer.yaml" => self.employer = reader.read(),
            "tables" => match reader.read::<format::Table>() {
                Some(table) => {
                    reader.own_file("Tabelle", Some(Kind::Table), &mut self.tables, table.table.clone(), table)
                }
                None => drop(reader.incomplete.insert(Kind::Table)),
            },
            "glossary.yaml" => {
                self.terms.extend(reader.read::<format::Terms>().map(|file| file.terms).unwrap_or_default())
            }
            "lint.yaml" => self.lint = reader.read().map(Arc::new),
            "interface.yaml" => {
                self.interface.extend(reader.read::<format::Interface>().map(|file| file.texts).unwrap_or_default());
            }
            "wording.yaml" => {
                self.instead.extend(reader.read::<format::InsteadOf>().map(|file| file.instead).unwrap_or_default());
            }
            "changes.yaml" => {
                self.changes.extend(reader.read::<format::Changes>().map(|file| file.changes).unwrap_or_default());
            }
            "register.yaml" => {
                self.register.extend(reader.read::<format::Register>().map(|file| file.register).unwrap_or_default());
            }
            "cases" => self.cases.push(id),
            _ => faults.push(fault::stray_file(Span::start_of(id), name)),
        }
    }
}

/// The name of a file without its directories and its ending.
fn stem(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_end_matches(".yaml")
}

/// What is wrong with the id of an entry whose file is to be named after it.
pub fn not_as_its_file(files: &Files, file: FileId, id: &Located<String>) -> Option<Diagnostic> {
    let name = &files[file].name;
    (id.value != stem(name)).then(|| fault::name_and_id(id, name))
}

/// Reads one file.
pub fn read<T: DeserializeOwned>(files: &Files, id: FileId, faults: &mut Vec<Diagnostic>) -> Option<T> {
    faults.extend(yaml::cut_texts(files, id));
    yaml::read(files, id).map_err(|found| faults.extend(found)).ok()
}

struct Reader<'a> {
    files: &'a Files,
    id: FileId,
    faults: &'a mut Vec<Diagnostic>,
    twice: &'a mut HashSet<String>,
    incomplete: &'a mut HashSet<Kind>,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        read(self.files, self.id, self.faults)
    }

    /// Entries of a file that holds many.
    fn merge<T>(&mut self, kind: Kind, all: &mut Map<T>, more: Map<T>) {
        for (id, entry) in more {
            self.insert(kind.word(), all, id, entry);
        }
    }

    /// The entry of a file that holds one and is named after it.
    fn own_file<T>(&mut self, word: &str, kind: Option<Kind>, all: &mut Map<T>, id: Located<String>, entry: T) {
        if let Some(found) = not_as_its_file(self.files, self.id, &id) {
            // Whichever of the two names is meant, others may rightly use it.
            self.incomplete.extend(kind);
            self.faults.push(found);
        }
        self.insert(word, all, id, entry);
    }

    fn insert<T>(&mut self, kind: &str, all: &mut Map<T>, id: Located<String>, entry: T) {
        if let Some((first, _)) = all.get_key_value(&id) {
            self.faults.push(fault::name_twice(kind, &id, first.span));
            self.twice.insert(id.value);
        } else {
            all.insert(id, entry);
        }
    }
}
