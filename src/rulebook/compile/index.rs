//! Names before contents: which ids exist and where they will stand, so that entries may refer to each other freely.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::written::{Kind, Written};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::Fact;
use crate::rulebook::registry::{Id, MOST_VALUES};
use crate::source::Located;
use crate::yaml::{Ids, Map, keys};

/// The always-present option.
pub const UNKNOWN: &str = "unknown";

/// Ids of every kind in their final order, and the values of every fact.
pub struct Index {
    pub questions: IndexMap<String, Vec<String>>,
    pub multi: HashSet<String>,
    pub facts: IndexMap<String, Vec<String>>,
    pub pathways: IndexSet<String>,
    pub steps: IndexSet<String>,
    pub papers: IndexSet<String>,
    pub authorities: IndexSet<String>,
    pub deciders: IndexSet<String>,
    pub sources: IndexSet<String>,
    pub incomplete: HashSet<Kind>,
    /// Facts with a fault of their own that makes their list of values doubtful.
    pub doubtful: HashSet<String>,
}

impl Index {
    /// Gathers the names. Questions and pathways stand in the order of `rulebook.yaml`.
    pub fn of(written: &Written, head: &format::Rulebook, faults: &mut Vec<Diagnostic>) -> Self {
        let names = |map: &mut dyn Iterator<Item = &str>| map.map(str::to_owned).collect::<IndexSet<_>>();
        let mut questions = IndexMap::new();
        let mut empty = Vec::new();
        for id in ordered(Kind::Question, &head.questions, &written.questions, &written.incomplete, faults) {
            let values = options(&id, &written.questions[&id], written, faults);
            if values == [UNKNOWN] {
                empty.push(id.value.clone());
            }
            questions.insert(id.value, values);
        }
        // A value beyond would be in no set, and a person who has it nowhere.
        for (id, _) in written.facts.iter().filter(|(_, fact)| fact.values.len() > MOST_VALUES) {
            faults.push(fault::too_many(id, MOST_VALUES));
        }
        let pathways = ordered(Kind::Pathway, &head.pathways, &written.pathways, &written.incomplete, faults);
        Self {
            multi: written.questions.iter().filter(|(_, q)| q.multi).map(|(id, _)| id.value.clone()).collect(),
            questions,
            facts: written
                .facts
                .iter()
                .map(|(id, fact)| (id.value.clone(), keys(&fact.values).map(str::to_owned).collect()))
                .collect(),
            pathways: pathways.into_iter().map(|id| id.value).collect(),
            steps: names(&mut keys(&written.steps)),
            papers: names(&mut keys(&written.papers)),
            authorities: names(&mut keys(&written.authorities)),
            deciders: names(&mut keys(&written.deciders)),
            sources: names(&mut keys(&written.sources)),
            incomplete: written.incomplete.clone(),
            doubtful: written.twice.iter().cloned().chain(empty).collect(),
        }
    }

    /// The question or derived fact of this name.
    pub fn fact(&self, name: &str) -> Option<Fact> {
        let question = self.questions.get_index_of(name).map(|at| Fact::Question(Id::new(at)));
        question.or_else(|| self.facts.get_index_of(name).map(|at| Fact::Derived(Id::new(at))))
    }

    /// The values of a fact by name.
    pub fn values(&self, fact: Fact) -> &[String] {
        match fact {
            Fact::Question(id) => &self.questions[id.index()],
            Fact::Derived(id) => &self.facts[id.index()],
        }
    }

    /// The position of an id among those of its kind.
    pub fn position(&self, kind: Kind, name: &str) -> Option<usize> {
        match kind {
            Kind::Question => self.questions.get_index_of(name),
            Kind::Fact => self.facts.get_index_of(name),
            Kind::Pathway => self.pathways.get_index_of(name),
            Kind::Step => self.steps.get_index_of(name),
            Kind::Paper => self.papers.get_index_of(name),
            Kind::Office => self.authorities.get_index_of(name),
            Kind::Decider => self.deciders.get_index_of(name),
            Kind::Source => self.sources.get_index_of(name),
            Kind::Table => None,
        }
    }

    /// All ids of a kind, for suggestions.
    pub fn known(&self, kind: Kind) -> Vec<&str> {
        let set = match kind {
            Kind::Question => return self.questions.keys().map(String::as_str).collect(),
            Kind::Fact => return self.facts.keys().map(String::as_str).collect(),
            Kind::Table => return Vec::new(),
            Kind::Pathway => &self.pathways,
            Kind::Step => &self.steps,
            Kind::Paper => &self.papers,
            Kind::Office => &self.authorities,
            Kind::Decider => &self.deciders,
            Kind::Source => &self.sources,
        };
        set.iter().map(String::as_str).collect()
    }

    /// All questions and derived facts, for suggestions.
    pub fn known_facts(&self) -> Vec<&str> {
        self.questions.keys().chain(self.facts.keys()).map(String::as_str).collect()
    }
}

/// The ids listed in `rulebook.yaml` that exist, in that order; reports the others both ways round.
fn ordered<T>(
    kind: Kind,
    listed: &Ids,
    written: &Map<T>,
    incomplete: &HashSet<Kind>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Located<String>> {
    let mut seen: IndexMap<&str, &Located<String>> = IndexMap::new();
    for id in listed.iter() {
        if !written.contains_key(id) {
            if !incomplete.contains(&kind) {
                faults.push(fault::unknown_id(kind.word(), id, keys(written)));
            }
        } else if let Some(first) = seen.insert(id, id) {
            faults.push(fault::name_twice(kind.word(), id, first.span));
        }
    }
    for id in written.keys().filter(|id| !seen.contains_key(id.value.as_str()) && !incomplete.contains(&kind)) {
        faults.push(fault::not_listed(kind.word(), kind.home().trim_end_matches('/'), id));
    }
    let mut ids: Vec<Located<String>> = seen.into_values().cloned().collect();
    // An entry that is not listed is still compiled, so that its own faults show in the same run.
    ids.extend(written.keys().filter(|id| !ids.contains(id)).cloned().collect::<Vec<_>>());
    ids
}

/// Option ids of a question: table rows first, then its own, `unknown` always among them.
fn options(
    id: &Located<String>,
    question: &format::Question,
    written: &Written,
    faults: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    if let Some(table) = &question.options_from {
        match written.tables.get(table) {
            Some(table) => values.extend(keys(&table.rows).map(str::to_owned)),
            None if written.incomplete.contains(&Kind::Table) => {}
            None => faults.push(fault::unknown_id(Kind::Table.word(), table, keys(&written.tables))),
        }
    }
    for option in question.options.keys() {
        if values.contains(&option.value) {
            faults.push(fault::name_twice("Antwort", option, id.span));
        } else {
            values.push(option.value.clone());
        }
    }
    if values.is_empty() && !written.incomplete.contains(&Kind::Table) {
        let written = written.questions.get_key_value(id).map_or(id, |(written, _)| written);
        faults.push(fault::no_options(written));
    }
    if !values.iter().any(|value| value == UNKNOWN) {
        values.push(UNKNOWN.to_owned());
    }
    if values.len() > MOST_VALUES {
        faults.push(fault::too_many(id, MOST_VALUES));
    }
    values
}
