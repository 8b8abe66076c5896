//! The order in which everything is compiled, and the small things every entry is made of. The entries themselves are
//! compiled in the neighbouring files, one for each subject.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::circles;
use super::index::Index;
use super::spoken::spoken;
use super::written::{Kind, Written};
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::language::catalogue::Catalogue;
use crate::language::{Lang, Text, Texts, places};
use crate::rulebook::files::{CATALOGUES, OFFERED, OWN_NAME, catalogue_name};
use crate::rulebook::model::{Condition, Fact, OfficeRef, OrderRule, Rulebook, Source, Step, Term};
use crate::rulebook::registry::{Id, Registry};
use crate::rulebook::{Released, fault, turnings};
use crate::source::{Content, Files, Located, Span};
use crate::terms::Validity;
use crate::yaml::{Ids, Map, keys};

/// Holds what every entry needs while it is compiled: the names, the texts gathered so far, the faults.
pub struct Compiler<'a> {
    pub index: &'a Index,
    pub written: &'a Written,
    pub files: &'a Files,
    pub texts: Texts,
    places: HashMap<Text, Span>,
    pub faults: Vec<Diagnostic>,
    /// Kinds of which there is not a single entry.
    absent: HashSet<Kind>,
    /// The first entry that could not be made; with such a one there is no rulebook.
    unsound: Option<Span>,
}

impl<'a> Compiler<'a> {
    pub fn new(files: &'a Files, index: &'a Index, written: &'a Written, faults: Vec<Diagnostic>) -> Self {
        Self {
            index,
            written,
            files,
            texts: Texts::default(),
            places: HashMap::new(),
            faults,
            absent: HashSet::new(),
            unsound: None,
        }
    }

    /// Compiles everything. There is no rulebook where an entry could not be made, since ids are positions.
    pub fn rulebook(mut self, head: &format::Rulebook) -> (Option<Rulebook>, Vec<Diagnostic>) {
        let written = self.written;
        for (id, text) in &written.interface {
            self.text(format!("interface.{id}"), text);
        }
        for kind in written.sources.values().map(|source| &source.kind) {
            if !head.review_days.is_empty() && !head.review_days.contains_key(kind) {
                self.report(fault::no_review_days(kind, keys(&head.review_days)));
            }
        }
        self.implausible(head);
        let sources = self.all(&written.sources, Self::source);
        let deciders = self.all(&written.deciders, Self::decider);
        let papers = self.all(&written.papers, Self::paper);
        let authorities = self.all(&written.authorities, Self::authority);
        let questions = self.listed(&written.questions, self.index.questions.keys(), |compiler, id, question| {
            Some(compiler.question(id, question))
        });
        let facts = self.sound(&written.facts, Self::derived_fact);
        let mut steps = self.all(&written.steps, Self::step);
        let pathways = self.listed(&written.pathways, self.index.pathways.iter(), Self::pathway);
        let order: Vec<OrderRule> = written.order.iter().filter_map(|rule| self.order_rule(rule)).collect();
        for (rule, step) in order.iter().flat_map(|rule| rule.then.iter().map(move |step| (rule, *step))) {
            steps[step].after.push(rule.first);
            if rule.brings {
                steps[step].brings.push(rule.first);
            }
        }
        let certificates = written.certificates.as_ref().and_then(|written| self.certificates(written));
        let employer = self.employer(written.employer.as_ref());
        let terms = self.all(&written.terms, Self::term);
        let instead = self.instead(&written.instead);
        let languages = languages(self.files, &head.languages);
        let mut rulebook = Rulebook {
            name: head.name.value.clone(),
            version: head.version.value.clone(),
            knowledge_date: head.knowledge_date.0,
            offered: offered(self.files, &languages),
            languages,
            texts: Texts::default(),
            goals: self.maybe_id(Kind::Question, &head.goals),
            topics: self.topics(),
            local: self.local(&written.local),
            questions,
            facts,
            pathways,
            steps,
            order,
            papers,
            authorities,
            deciders,
            sources,
            certificates,
            employer,
            terms,
            spoken: HashMap::default(),
            instead,
            cases: Registry::default(),
            example: None,
            review_days: head.review_days.iter().map(|(kind, days)| (kind.value.clone(), *days)).collect(),
            longest_interview: head.longest_interview.clone(),
            exclusive: Vec::new(),
            lint: written.lint.clone(),
            changes: self.changes(&written.changes),
            retired: keys(&head.retired).map(str::to_owned).collect(),
            turnings: Vec::new(),
            released: Released::default(),
            places: HashMap::new(),
        };
        rulebook.exclusive = head.exclusive.iter().map(|group| self.exclusive(group, &rulebook.pathways)).collect();
        rulebook.cases = self.cases(&rulebook.pathways);
        if let Some(example) = &head.example {
            rulebook.example = rulebook.cases.id(example);
            // A released state is kept without its Musterfälle.
            let any = rulebook.cases.ids().next().is_some();
            if rulebook.example.is_none() && any && self.faults.is_empty() {
                self.report(fault::unknown_id("Musterfall", example, rulebook.cases.names()));
            }
        }
        if rulebook.languages.first() != Some(&Lang::german()) {
            self.report(fault::not_german(head.languages.iter().next().map_or(head.name.span, |first| first.span)));
        }
        if let Some(place) = self.unsound {
            if self.faults.is_empty() {
                self.report(fault::not_understood(place));
            }
            return (None, self.faults);
        }
        self.faults.extend(circles::faults(&rulebook));
        rulebook.spoken = spoken(&self.texts, &rulebook.terms);
        rulebook.turnings = turnings(&rulebook);
        self.texts.add_languages(catalogues(self.files, &rulebook.languages), staying(&rulebook));
        rulebook.texts = self.texts;
        rulebook.places = self.places;
        (Some(rulebook), self.faults)
    }

    pub fn report(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// How many faults there are; if the number grows, conclusions from what was just compiled are doubtful.
    pub fn fault_count(&self) -> usize {
        self.faults.len()
    }

    pub fn all<E, T>(
        &mut self,
        entries: &'a Map<E>,
        mut compile: impl FnMut(&mut Self, &Located<String>, &'a E) -> T,
    ) -> Registry<T> {
        let mut registry = Registry::default();
        for (id, entry) in entries {
            let entry = compile(self, id, entry);
            registry.insert(id, entry);
        }
        registry
    }

    /// The entries that could be made; notes if one could not.
    pub fn sound<E, T>(
        &mut self,
        entries: &'a Map<E>,
        compile: impl FnMut(&mut Self, &Located<String>, &'a E) -> Option<T>,
    ) -> Registry<T> {
        self.listed(entries, entries.keys().map(|id| &id.value), compile)
    }

    fn listed<E, T>(
        &mut self,
        entries: &'a Map<E>,
        order: impl Iterator<Item = &'a String>,
        mut compile: impl FnMut(&mut Self, &Located<String>, &'a E) -> Option<T>,
    ) -> Registry<T> {
        let mut registry = Registry::default();
        for name in order {
            let Some((id, entry)) = entries.get_key_value(name.as_str()) else { continue };
            match compile(self, id, entry) {
                Some(entry) => drop(registry.insert(id, entry)),
                None => self.unsound = self.unsound.or(Some(id.span)),
            }
        }
        registry
    }

    // Small things every entry is made of.

    pub fn text(&mut self, id: String, text: &Located<String>) -> Text {
        if text.trim().is_empty() {
            self.report(fault::empty_text(text.span));
        }
        let known = self.texts.add(id, text);
        self.place(known, text.span);
        known
    }

    /// Where a text is written.
    pub fn place(&mut self, text: Text, span: Span) {
        self.places.entry(text).or_insert(span);
    }

    pub fn maybe_text(&mut self, id: String, text: &Option<Located<String>>) -> Option<Text> {
        text.as_ref().map(|text| self.text(id, text))
    }

    /// How "I do not know" reads; the id itself where the interface has no word for it, so that the gap is visible.
    pub fn unknown_option(&mut self) -> Text {
        const ID: &str = "interface.option.unknown";
        self.texts.find(ID).unwrap_or_else(|| self.texts.add(ID.to_owned(), ID))
    }

    /// A text in which `{question-id}` may stand.
    pub fn text_with_places(&mut self, id: String, text: &Located<String>) -> Text {
        for name in places(text) {
            if self.index.fact(name).is_none() {
                let place = self.within(text.span, &format!("{{{name}}}"));
                self.report(fault::unknown_place(name, place, self.index.known_facts()));
            }
        }
        self.text(id, text)
    }

    /// The place of some words within a longer text.
    fn within(&self, text: Span, words: &str) -> Span {
        let written = self.files[text.file].text.get(text.start..text.end).unwrap_or("");
        written.find(words).map_or(text, |at| Span {
            start: text.start + at,
            end: text.start + at + words.len(),
            ..text
        })
    }

    pub fn id<T>(&mut self, kind: Kind, id: &Located<String>) -> Option<Id<T>> {
        let found = self.index.position(kind, id);
        if found.is_none() && self.index.known(kind).is_empty() && !self.index.incomplete.contains(&kind) {
            // Said once for the kind, not for each of its entries.
            if self.absent.insert(kind) {
                self.report(fault::missing_part(id.span, kind.home()));
            }
        } else if found.is_none() && !self.index.incomplete.contains(&kind) {
            self.report(fault::unknown_id(kind.word(), id, self.index.known(kind)));
        }
        found.map(Id::new)
    }

    pub fn ids<T>(&mut self, kind: Kind, ids: &Ids) -> Vec<Id<T>> {
        ids.iter().filter_map(|id| self.id(kind, id)).collect()
    }

    pub fn sources(&mut self, ids: &Ids) -> Vec<Id<Source>> {
        self.ids(Kind::Source, ids)
    }

    pub fn steps(&mut self, ids: &Ids) -> Vec<Id<Step>> {
        self.ids(Kind::Step, ids)
    }

    pub fn maybe_id<T>(&mut self, kind: Kind, id: &Option<Located<String>>) -> Option<Id<T>> {
        id.as_ref().and_then(|id| self.id(kind, id))
    }

    pub fn fact(&mut self, name: &Located<String>) -> Option<Fact> {
        let fact = self.index.fact(name);
        let incomplete = [Kind::Question, Kind::Fact].iter().any(|kind| self.index.incomplete.contains(kind));
        if fact.is_none() && !incomplete {
            self.report(fault::unknown_id("Frage oder Merkmal", name, self.index.known_facts()));
        }
        fact
    }

    pub fn value(&mut self, name: &str, fact: Fact, value: &Located<String>) -> Option<usize> {
        let values = self.index.values(fact);
        let found = values.iter().position(|known| *known == value.value);
        if found.is_none() && !self.index.incomplete.contains(&Kind::Table) && !self.index.doubtful.contains(name) {
            self.report(fault::unknown_value(name, value, values.iter().map(String::as_str)));
        }
        found
    }

    pub fn conditions(&mut self, written: &Map<Ids>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (name, values) in written {
            let Some(fact) = self.fact(name) else { continue };
            if values.is_empty() {
                self.report(fault::empty_condition(name));
            }
            let values = values.iter().filter_map(|value| self.value(name, fact, value)).collect();
            conditions.push(Condition { fact, values, span: name.span });
        }
        conditions
    }

    pub fn validity(&mut self, valid: Option<&Located<Validity>>) -> Validity {
        let Some(valid) = valid else { return Validity::default() };
        if valid.from.zip(valid.until).is_some_and(|(from, until)| from > until) {
            self.report(fault::valid_backwards(valid.span));
        }
        self.far_days(valid);
        valid.value
    }

    pub fn offices(&mut self, ids: &Ids) -> Vec<OfficeRef> {
        let mut offices = Vec::new();
        for id in ids.iter() {
            if let Some(at) = self.index.facts.get_index_of(&id.value) {
                if self.written.facts.get(id).is_some_and(|fact| fact.offices.is_none()) {
                    self.report(fault::no_office_fact(id));
                }
                offices.push(OfficeRef::Fact(Id::new(at)));
            } else if self.index.incomplete.contains(&Kind::Fact) && self.index.position(Kind::Office, id).is_none() {
                // Perhaps a fact of a file that could not be read.
            } else if let Some(office) = self.id(Kind::Office, id) {
                offices.push(OfficeRef::Authority(office));
            }
        }
        offices
    }
}

/// The languages besides German, each with its catalogues.
fn catalogues(files: &Files, languages: &[Lang]) -> Vec<(Lang, Vec<Content>)> {
    let of = |lang: &Lang| {
        let name = catalogue_name(lang);
        let texts = files.iter().filter(|(_, file)| file.name == name).map(|(_, file)| file.text.clone());
        (lang.clone(), texts.collect())
    };
    let made_up = [(Lang::made_up(), Vec::new())];
    languages.iter().filter(|lang| !lang.is_german()).map(of).chain(made_up).collect()
}

/// The languages the rules name, and those of which there is a catalogue: a released state knew fewer than there are today.
fn languages(files: &Files, named: &Ids) -> Vec<Lang> {
    let mut languages: Vec<Lang> = named.iter().map(|code| Lang::new(code)).collect();
    let codes = files.iter().filter_map(|(_, file)| file.name.strip_prefix(CATALOGUES)?.strip_suffix(".po"));
    for lang in codes.map(Lang::new) {
        if !languages.is_empty() && !languages.contains(&lang) {
            languages.push(lang);
        }
    }
    languages
}

/// The languages that visitors are offered: German, and those whose catalogue says so in its header.
fn offered(files: &Files, languages: &[Lang]) -> Vec<(Lang, String)> {
    let of = |lang: &Lang| {
        let lang = lang.clone();
        if lang.is_german() {
            return Some((lang, "Deutsch".to_owned()));
        }
        let (_, file) = files.iter().filter(|(_, file)| file.name == catalogue_name(&lang)).last()?;
        // The header ends with the first empty line; no text need be read for it.
        let (header, _) = Catalogue::read(&file.text.head());
        let name = header.headed(OWN_NAME).unwrap_or(lang.code()).to_owned();
        (header.headed(OFFERED) == Some("yes")).then_some((lang, name))
    };
    languages.iter().filter_map(of).collect()
}

/// The words of each text that stay German in every language: the terms it speaks.
fn staying(rulebook: &Rulebook) -> HashMap<Text, Vec<Arc<str>>> {
    let forms: Vec<Vec<Arc<str>>> = rulebook
        .terms
        .iter()
        .map(|(_, _, term)| term.forms.iter().map(|form| Arc::from(form.as_str())).collect())
        .collect();
    let of = |terms: &Vec<Id<Term>>| terms.iter().flat_map(|term| forms[term.index()].iter().cloned()).collect();
    rulebook.spoken.iter().map(|(text, terms)| (*text, of(terms))).collect()
}
