//! Entry by entry from written to sound.

use std::collections::{HashMap, HashSet};

use super::index::{Index, UNKNOWN};
use super::tree::{Leaves, NONE};
use super::written::{Kind, Written};
use crate::diagnostic::Diagnostic;
use crate::format::{self, Certainty, Standing, Validity};
use crate::language::{Lang, Text, Texts, places};
use crate::rulebook::fault;
use crate::rulebook::model::{
    Authority, Case, Changeable, Choice, Condition, Cost, Decider, Derivation, DerivedFact, Duty, Employer,
    EmployerPart, Exclusive, Fact, German, Ground, Member, Node, OfficeFact, OfficeRef, OrderRule, Outcome, Paper,
    Pathway, Question, Rulebook, Source, Step, Term, Time,
};
use crate::rulebook::registry::{Id, Registry, ValueSet};
use crate::source::{Files, Located, Span};
use crate::yaml::{Ids, Map, keys};

/// Holds what every entry needs while it is compiled: the names, the texts gathered so far, the faults.
pub struct Compiler<'a> {
    pub index: &'a Index,
    written: &'a Written,
    files: &'a Files,
    texts: Texts,
    places: HashMap<Text, Span>,
    faults: Vec<Diagnostic>,
    /// Kinds of which there is not a single entry.
    absent: HashSet<Kind>,
}

impl<'a> Compiler<'a> {
    pub fn new(files: &'a Files, index: &'a Index, written: &'a Written, faults: Vec<Diagnostic>) -> Self {
        Self { index, written, files, texts: Texts::default(), places: HashMap::new(), faults, absent: HashSet::new() }
    }

    /// Compiles everything.
    pub fn rulebook(mut self, head: &format::Rulebook) -> (Rulebook, Vec<Diagnostic>) {
        let written = self.written;
        for (id, text) in &written.interface {
            self.text(format!("interface.{id}"), text);
        }
        for kind in written.sources.values().map(|source| &source.kind) {
            if !head.review_days.is_empty() && !head.review_days.contains_key(kind) {
                self.report(fault::no_review_days(kind, keys(&head.review_days)));
            }
        }
        let sources = self.all(&written.sources, Self::source);
        let deciders = self.all(&written.deciders, Self::decider);
        let papers = self.all(&written.papers, Self::paper);
        let authorities = self.all(&written.authorities, Self::authority);
        let questions = self.listed(&written.questions, self.index.questions.keys(), Self::question);
        let facts = self.all(&written.facts, Self::derived_fact);
        let steps = self.all(&written.steps, Self::step);
        let pathways = self.listed(&written.pathways, self.index.pathways.iter(), Self::pathway);
        let order = written.order.iter().filter_map(|rule| self.order_rule(rule)).collect();
        let employer = self.employer(written.employer.as_ref());
        let terms = self.all(&written.terms, Self::term);
        let mut rulebook = Rulebook {
            name: head.name.value.clone(),
            version: head.version.value.clone(),
            knowledge_date: head.knowledge_date.0,
            languages: head.languages.iter().map(|code| Lang::new(code)).collect(),
            texts: Texts::default(),
            questions,
            facts,
            pathways,
            steps,
            order,
            papers,
            authorities,
            deciders,
            sources,
            employer,
            terms,
            cases: Registry::default(),
            review_days: head.review_days.iter().map(|(kind, days)| (kind.value.clone(), *days)).collect(),
            longest_interview: head.longest_interview.clone(),
            exclusive: Vec::new(),
            lint: written.lint.clone(),
            places: HashMap::new(),
        };
        rulebook.exclusive = head.exclusive.iter().map(|group| self.exclusive(group, &rulebook.pathways)).collect();
        rulebook.cases = self.all(&written.cases, |compiler, id, case| compiler.case(id, case, &rulebook.pathways));
        if rulebook.languages.first() != Some(&Lang::german()) {
            self.report(fault::not_german(head.languages.iter().next().map_or(head.name.span, |first| first.span)));
        }
        self.circles(&rulebook);
        rulebook.texts = self.texts;
        rulebook.places = self.places;
        (rulebook, self.faults)
    }

    pub fn report(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// How many faults there are; if the number grows, conclusions from what was just compiled are doubtful.
    pub fn fault_count(&self) -> usize {
        self.faults.len()
    }

    fn all<E, T>(
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

    fn listed<E, T>(
        &mut self,
        entries: &'a Map<E>,
        order: impl Iterator<Item = &'a String>,
        mut compile: impl FnMut(&mut Self, &Located<String>, &'a E) -> T,
    ) -> Registry<T> {
        let mut registry = Registry::default();
        for name in order {
            if let Some((id, entry)) = entries.get_key_value(name.as_str()) {
                let entry = compile(self, id, entry);
                registry.insert(id, entry);
            }
        }
        registry
    }

    // Small things every entry is made of.

    fn text(&mut self, id: String, text: &Located<String>) -> Text {
        if text.trim().is_empty() {
            self.report(fault::empty_text(text.span));
        }
        let known = self.texts.add(id, text);
        self.places.entry(known).or_insert(text.span);
        known
    }

    fn maybe_text(&mut self, id: String, text: &Option<Located<String>>) -> Option<Text> {
        text.as_ref().map(|text| self.text(id, text))
    }

    /// A text in which `{question-id}` may stand.
    fn text_with_places(&mut self, id: String, text: &Located<String>) -> Text {
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

    fn id<T>(&mut self, kind: Kind, id: &Located<String>) -> Option<Id<T>> {
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

    fn ids<T>(&mut self, kind: Kind, ids: &Ids) -> Vec<Id<T>> {
        ids.iter().filter_map(|id| self.id(kind, id)).collect()
    }

    pub fn sources(&mut self, ids: &Ids) -> Vec<Id<Source>> {
        self.ids(Kind::Source, ids)
    }

    pub fn steps(&mut self, ids: &Ids) -> Vec<Id<Step>> {
        self.ids(Kind::Step, ids)
    }

    fn maybe_id<T>(&mut self, kind: Kind, id: &Option<Located<String>>) -> Option<Id<T>> {
        id.as_ref().and_then(|id| self.id(kind, id))
    }

    pub fn fact(&mut self, name: &Located<String>) -> Option<Fact> {
        let fact = self.index.fact(name);
        let incomplete = [Kind::Question, Kind::Fact].iter().any(|kind| self.index.incomplete.contains(kind));
        if fact.is_none() && !incomplete {
            self.report(fault::unknown_id("question or fact", name, self.index.known_facts()));
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

    fn conditions(&mut self, written: &Map<Ids>) -> Vec<Condition> {
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
        valid.value
    }

    fn offices(&mut self, ids: &Ids) -> Vec<OfficeRef> {
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

    // Entries.

    fn source(&mut self, id: &Located<String>, source: &format::Source) -> Source {
        if source.url.is_none() {
            self.report(fault::source_without_url(id));
        }
        if source.state.is_none() {
            self.report(fault::source_without_state(id));
        }
        let state = source.state.as_ref().and_then(|state| match state.value {
            format::State::Day(day) => Some(day.0),
            format::State::Undated => None,
        });
        Source {
            title: self.text(format!("source.{id}.title"), &source.title),
            publisher: source.publisher.value.clone(),
            url: source.url.as_ref().map(|url| url.value.clone()).filter(|url| url != UNKNOWN),
            state,
            kind: source.kind.value.clone(),
            checked_on: source.checked_on.0,
            note: self.maybe_text(format!("source.{id}.note"), &source.note),
            span: id.span,
        }
    }

    fn decider(&mut self, id: &Located<String>, decider: &format::Decider) -> Decider {
        Decider {
            name: self.text(format!("decider.{id}.name"), &decider.name),
            explains: self.text(format!("decider.{id}.explains"), &decider.explains),
        }
    }

    fn paper(&mut self, id: &Located<String>, paper: &format::Paper) -> Paper {
        if paper.sources.is_empty() && paper.certainty != Certainty::Open {
            self.report(fault::no_source("paper", id));
        }
        Paper {
            name: self.text(format!("paper.{id}.name"), &paper.name),
            form: paper.form,
            form_says: self.maybe_text(format!("paper.{id}.form_says"), &paper.form_says),
            translation: paper.translation,
            issued_by: self.maybe_text(format!("paper.{id}.issued_by"), &paper.issued_by),
            if_missing: self.maybe_text(format!("paper.{id}.if_missing"), &paper.if_missing),
            sources: self.sources(&paper.sources),
            certainty: paper.certainty,
        }
    }

    fn authority(&mut self, id: &Located<String>, office: &format::Authority) -> Authority {
        if office.sources.is_empty() && office.certainty != Certainty::Open {
            self.report(fault::no_source("office", id));
        }
        let plain = |text: &Option<Located<String>>| text.as_ref().map(|text| text.value.clone());
        Authority {
            name: self.text(format!("office.{id}.name"), &office.name),
            unit: self.maybe_text(format!("office.{id}.unit"), &office.unit),
            role: self.text(format!("office.{id}.role"), &office.role),
            post: plain(&office.post),
            phone: plain(&office.phone),
            email: plain(&office.email),
            url: plain(&office.url),
            note: self.maybe_text(format!("office.{id}.note"), &office.note),
            find: self.maybe_text(format!("office.{id}.find"), &office.find),
            free: office.free,
            sources: self.sources(&office.sources),
            certainty: office.certainty,
        }
    }

    fn question(&mut self, id: &Located<String>, question: &format::Question) -> Question {
        let mut options = Registry::default();
        if let Some((name, table)) =
            question.options_from.as_ref().and_then(|name| self.written.tables.get_key_value(name))
        {
            for (row, columns) in &table.rows {
                let text = match columns.get("name") {
                    Some(text) => self.text(format!("table.{name}.{row}"), text),
                    None => {
                        self.report(fault::lookup_gap(name, row, "name"));
                        continue;
                    }
                };
                options.insert(row, Choice { text, help: None, range: None, from_table: true });
            }
        }
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (option, choice) in &question.options {
            let path = format!("question.{id}.{option}");
            let range = choice.from.map(|from| (from, choice.until.unwrap_or(u32::MAX)));
            if let Some((from, until)) = range {
                if ranges.iter().any(|known| from <= known.1 && known.0 <= until) {
                    self.report(fault::range_overlap(id, option));
                }
                ranges.push((from, until));
            }
            let text = self.text(path.clone(), &choice.text);
            let help = self.maybe_text(path + ".help", &choice.help);
            options.insert(option, Choice { text, help, range, from_table: false });
        }
        if options.id(UNKNOWN).is_none() {
            let text = self.texts.add("interface.option.unknown".to_owned(), "Das weiß ich nicht");
            options.insert(UNKNOWN, Choice { text, help: None, range: None, from_table: false });
        }
        let changeable = question.changeable.as_ref().and_then(|change| self.changeable(id, change, &options));
        let fact = self.index.fact(id);
        let often = question.often.iter().filter_map(|option| self.value(id, fact?, option)).collect();
        Question {
            often,
            text: self.text(format!("question.{id}.text"), &question.text),
            help: self.maybe_text(format!("question.{id}.help"), &question.help),
            why: self.text(format!("question.{id}.why"), &question.why),
            find_out: self.text(format!("question.{id}.find_out"), &question.find_out),
            task: self.maybe_text(format!("question.{id}.task"), &question.task),
            label: self.text(format!("question.{id}.label"), &question.label),
            asked_if: self.conditions(&question.asked_if),
            only_at_desk: question.only_at_desk,
            multi: question.multi,
            long_list: question.options_from.is_some(),
            changeable,
            unknown: options.id(UNKNOWN).map_or(0, Id::index),
            options,
            span: id.span,
        }
    }

    fn changeable(&mut self, id: &str, written: &format::Changeable, options: &Registry<Choice>) -> Option<Changeable> {
        let mut known = |ids: &Ids| -> Vec<usize> {
            let mut found = Vec::new();
            for option in ids.iter() {
                match options.id(option) {
                    Some(at) => found.push(at.index()),
                    None => self.report(fault::unknown_value(id, option, options.names())),
                }
            }
            found
        };
        let (from, mut to) = (known(&written.from), known(&written.to));
        if to.is_empty() {
            to = options.iter().filter(|(_, name, _)| *name != UNKNOWN).map(|(at, _, _)| at.index()).collect();
        }
        let from = if from.is_empty() { ValueSet::first(options.len()) } else { from.into_iter().collect() };
        Some(Changeable { step: self.id(Kind::Step, &written.step)?, from, to })
    }

    fn derived_fact(&mut self, id: &Located<String>, fact: &'a format::DerivedFact) -> DerivedFact {
        let values = self.all(&fact.values, |compiler, value, text| compiler.text(format!("fact.{id}.{value}"), text));
        let mut reached = HashSet::new();
        let before = self.fault_count();
        let rule = match (&fact.tree, &fact.lookup) {
            (Some(tree), None) => {
                let mut resolve = |compiler: &mut Compiler<'_>, value: &Located<String>| {
                    let found = values.id(value).map(Id::index);
                    match found {
                        Some(at) => drop(reached.insert(at)),
                        None => compiler.report(fault::unknown_value(id, value, values.names())),
                    }
                    found
                };
                let (_, node) = self.tree(tree, &mut Leaves { key: "value", resolve: &mut resolve });
                Derivation::Tree(node.unwrap_or(Node::Leaf(0)))
            }
            (None, Some(lookup)) => self.lookup(id, lookup, &values, &mut reached),
            _ => {
                self.report(fault::tree_or_lookup(id));
                Derivation::Tree(Node::Leaf(0))
            }
        };
        let sound = self.index.incomplete.is_empty() && self.fault_count() == before;
        for (at, value) in fact.values.keys().enumerate() {
            if sound && !reached.contains(&at) {
                self.report(fault::value_unused(id, value));
            }
        }
        let offices = fact.offices.as_ref().map(|offices| self.office_fact(id, fact, offices));
        DerivedFact { label: self.text(format!("fact.{id}.label"), &fact.label), values, rule, offices, span: id.span }
    }

    fn lookup(
        &mut self,
        id: &Located<String>,
        lookup: &format::Lookup,
        values: &Registry<Text>,
        reached: &mut HashSet<usize>,
    ) -> Derivation {
        let mut found = Vec::new();
        let Some(of) = self.id::<Question>(Kind::Question, &lookup.of) else { return Derivation::Tree(Node::Leaf(0)) };
        let table = self.written.questions.get(&lookup.of).and_then(|q| q.options_from.as_ref());
        let table = table.and_then(|name| self.written.tables.get(name));
        for option in &self.index.questions[of.index()] {
            let cell =
                table.and_then(|table| table.rows.get(option.as_str())).and_then(|row| row.get(lookup.column.as_str()));
            let Some(value) = cell.or_else(|| lookup.otherwise.get(option.as_str())) else {
                if !self.index.incomplete.contains(&Kind::Table) {
                    let row = table.and_then(|table| table.rows.get_key_value(option.as_str())).map(|(row, _)| row);
                    self.report(match row {
                        Some(row) => fault::lookup_gap(id, row, &lookup.column),
                        None => fault::lookup_without_row(id, option, lookup.column.span),
                    });
                }
                found.push(0);
                continue;
            };
            match values.id(value) {
                Some(at) => {
                    reached.insert(at.index());
                    found.push(at.index());
                }
                None => {
                    self.report(fault::unknown_value(id, value, values.names()));
                    found.push(0);
                }
            }
        }
        Derivation::Lookup { of, values: found }
    }

    fn office_fact(
        &mut self,
        id: &Located<String>,
        fact: &format::DerivedFact,
        offices: &format::OfficeFact,
    ) -> OfficeFact {
        let mut per_value = Vec::new();
        for value in fact.values.keys() {
            per_value.push(match (offices.instead.get(value), self.index.position(Kind::Office, value)) {
                (Some(instead), _) => self.ids(Kind::Office, instead),
                (None, Some(at)) => vec![Id::new(at)],
                (None, None) => {
                    if !self.index.incomplete.contains(&Kind::Office) {
                        self.report(fault::office_missing(id, value));
                    }
                    Vec::new()
                }
            });
        }
        for value in offices.instead.keys().filter(|value| !fact.values.contains_key(*value)) {
            self.report(fault::unknown_value(id, value, keys(&fact.values)));
        }
        OfficeFact {
            because: self.text_with_places(format!("fact.{id}.because"), &offices.because),
            not_this: self.maybe_text(format!("fact.{id}.not_this"), &offices.not_this),
            offices: per_value,
        }
    }

    fn step(&mut self, id: &Located<String>, step: &format::Step) -> Step {
        if step.contact.is_empty() && step.place.is_none() {
            self.report(fault::no_place(id));
        }
        if step.time.is_empty() {
            self.report(fault::no_time(id));
        }
        if step.sources.is_empty() && step.certainty != Certainty::Open {
            self.report(fault::no_source("step", id));
        }
        let mut cost = Vec::new();
        for (at, part) in step.cost.iter().enumerate() {
            if let (Some(amount), None) = (&part.amount, &part.source) {
                self.report(fault::figure_without_source("an amount", amount.span));
            }
            cost.push(Cost {
                kind: part.kind,
                amount: self.maybe_text(format!("step.{id}.cost.{at}"), &part.amount),
                source: self.maybe_id(Kind::Source, &part.source),
                year: part.year,
            });
        }
        let mut time = Vec::new();
        for (at, part) in step.time.iter().enumerate() {
            if part.kind != format::TimeKind::Estimate && part.source.is_none() {
                self.report(fault::figure_without_source("a statutory or observed time", part.says.span));
            }
            time.push(Time {
                kind: part.kind,
                says: self.text(format!("step.{id}.time.{at}"), &part.says),
                source: self.maybe_id(Kind::Source, &part.source),
                year: part.year,
            });
        }
        let said = step.say_it.as_ref();
        let phone = said.map(|said| said.phone.as_slice()).unwrap_or_default().iter().enumerate();
        let phone = phone.map(|(at, text)| self.text_with_places(format!("step.{id}.phone.{at}"), text)).collect();
        let email = said.and_then(|said| said.email.as_ref()).map(|email| {
            let subject = self.text_with_places(format!("step.{id}.email.subject"), &email.subject);
            (subject, self.text_with_places(format!("step.{id}.email.text"), &email.text))
        });
        Step {
            phone,
            email,
            title: self.text(format!("step.{id}.title"), &step.title),
            says: self.text_with_places(format!("step.{id}.says"), &step.says),
            who: self.text(format!("step.{id}.who"), &step.who),
            contact: self.offices(&step.contact),
            place: self.maybe_text(format!("step.{id}.where"), &step.place),
            bring: self.ids(Kind::Paper, &step.bring),
            cost,
            time,
            sources: self.sources(&step.sources),
            certainty: step.certainty,
            valid: self.validity(step.valid.as_ref()),
            span: id.span,
        }
    }

    fn pathway(&mut self, id: &Located<String>, pathway: &'a format::Pathway) -> Pathway {
        let outcomes = self.all(&pathway.outcomes, |compiler, name, outcome| compiler.outcome(id, name, outcome));
        let mut reached = HashSet::new();
        let mut resolve = |compiler: &mut Compiler<'_>, name: &Located<String>| {
            if name.value == NONE {
                return Some(None);
            }
            let found = outcomes.id(name);
            match found {
                Some(at) => drop(reached.insert(at)),
                None => compiler.report(fault::unknown_id("outcome", name, outcomes.names().chain([NONE]))),
            }
            found.map(Some)
        };
        let before = self.fault_count();
        let (ground, tree) = self.tree(&pathway.tree, &mut Leaves { key: "outcome", resolve: &mut resolve });
        let sound = self.fault_count() == before;
        for name in pathway.outcomes.keys().filter(|_| sound) {
            if outcomes.id(name).is_some_and(|at| !reached.contains(&at)) {
                self.report(fault::outcome_unused(name));
            }
        }
        Pathway {
            title: self.text(format!("pathway.{id}.title"), &pathway.title),
            concerns: pathway.concerns,
            when: self.conditions(&pathway.when),
            unless: self.conditions(&pathway.unless),
            ground,
            tree: tree.unwrap_or(Node::Leaf(None)),
            outcomes,
            span: id.span,
        }
    }

    fn outcome(&mut self, pathway: &str, id: &Located<String>, outcome: &format::Outcome) -> Outcome {
        let open = outcome.certainty == Certainty::Open || outcome.standing == Standing::AskFirst;
        if open && outcome.ask.is_empty() {
            self.report(fault::nobody_to_ask(id));
        }
        if outcome.basis.is_empty() && outcome.certainty != Certainty::Open {
            self.report(fault::no_source("outcome", id));
        }
        let path = format!("pathway.{pathway}.{id}");
        let ground = Ground {
            certainty: Some(outcome.certainty),
            ..self.ground(&outcome.row, &Some(outcome.basis.clone()), None, &Some(outcome.steps.clone()))
        };
        Outcome {
            standing: outcome.standing,
            title: self.text_with_places(format!("{path}.title"), &outcome.title),
            says: self.text_with_places(format!("{path}.says"), &outcome.says),
            decided_by: self.id(Kind::Decider, &outcome.decided_by).unwrap_or(Id::new(0)),
            applied_for_by: self.maybe_id(Kind::Decider, &outcome.applied_for_by),
            agreed_by: self.maybe_id(Kind::Decider, &outcome.agreed_by),
            advised_by: self.maybe_id(Kind::Decider, &outcome.advised_by),
            certainty: outcome.certainty,
            ground,
            valid: self.validity(outcome.valid.as_ref()),
            ask: self.offices(&outcome.ask),
            german: outcome.german.as_ref().map(|german| German {
                level: german.level.as_ref().map(|level| level.value.clone()),
                kind: german.kind,
                source: self.maybe_id(Kind::Source, &german.source),
            }),
            watch_out: outcome.watch_out.as_ref().map(|text| self.text_with_places(format!("{path}.watch_out"), text)),
            employer: outcome.employer.as_ref().map(|part| self.employer_part(&path, part)),
            span: id.span,
        }
    }

    fn employer_part(&mut self, path: &str, part: &format::EmployerPart) -> EmployerPart {
        EmployerPart {
            role: self.text(format!("{path}.employer.role"), &part.role),
            provision: self.text_with_places(format!("{path}.employer.provision"), &part.provision),
            must: self.ids(Kind::Paper, &part.must),
            one_of: self.ids(Kind::Paper, &part.one_of),
            recommended: self.ids(Kind::Paper, &part.recommended),
            anabin: part.anabin,
        }
    }

    fn employer(&mut self, written: Option<&'a format::Employer>) -> Employer {
        let Some(written) = written else { return Employer { duties: Registry::default(), ask: Vec::new() } };
        let duties = self.all(&written.duties, |compiler, id, duty| {
            if duty.sources.is_empty() && duty.certainty != Certainty::Open {
                compiler.report(fault::no_source("duty", id));
            }
            Duty {
                says: compiler.text(format!("employer.{id}"), &duty.says),
                must: duty.must,
                sources: compiler.sources(&duty.sources),
                certainty: duty.certainty,
            }
        });
        Employer { duties, ask: self.offices(&written.ask) }
    }

    fn order_rule(&mut self, rule: &Located<format::OrderRule>) -> Option<OrderRule> {
        Some(OrderRule {
            id: rule.rule.value.clone(),
            says: self.text(format!("order.{}", rule.rule), &rule.says),
            then: self.steps(&rule.then),
            source: self.maybe_id(Kind::Source, &rule.source),
            first: self.id(Kind::Step, &rule.first)?,
            brings: rule.brings,
            certainty: rule.certainty,
            rows: rule.row.iter().flat_map(Ids::iter).map(|row| row.value.clone()).collect(),
            span: rule.rule.span,
        })
    }

    fn term(&mut self, id: &Located<String>, term: &format::Term) -> Term {
        Term {
            term: term.term.value.clone(),
            says: self.text(format!("term.{id}"), &term.says),
            forms: std::iter::once(&term.term).chain(term.also.iter()).map(|form| form.value.clone()).collect(),
        }
    }

    fn case(&mut self, id: &Located<String>, case: &format::Case, pathways: &Registry<Pathway>) -> Case {
        let mut answers = HashMap::new();
        for (name, values) in &case.answers {
            let Some(question) = self.id::<Question>(Kind::Question, name) else { continue };
            let fact = Fact::Question(question);
            let values: ValueSet = values.iter().filter_map(|value| self.value(name, fact, value)).collect();
            answers.insert(question, values);
        }
        let expect = &case.expect;
        Case {
            title: case.title.value.clone(),
            answers,
            date: case.date.map(|day| day.0),
            outcomes: self.outcome_ids(&expect.outcomes, pathways),
            not: self.outcome_ids(&expect.not, pathways),
            rows: expect.rows.iter().map(|row| row.value.clone()).collect(),
            steps: self.steps(&expect.steps),
            offices: self.ids(Kind::Office, &expect.offices),
            span: id.span,
        }
    }

    fn outcome_ids(&mut self, ids: &Ids, pathways: &Registry<Pathway>) -> Vec<(Id<Pathway>, Id<Outcome>)> {
        let mut found = Vec::new();
        for id in ids.iter() {
            let Some((pathway, outcome)) = id.split_once('/') else {
                self.report(fault::outcome_path(id));
                continue;
            };
            let Some(pathway) = self.id::<Pathway>(Kind::Pathway, &id.at(pathway.to_owned())) else { continue };
            let outcomes = &pathways[pathway].outcomes;
            match outcomes.id(outcome) {
                Some(outcome) => found.push((pathway, outcome)),
                None => self.report(fault::unknown_id("outcome", &id.at(outcome.to_owned()), outcomes.names())),
            }
        }
        found
    }

    fn exclusive(&mut self, group: &format::Exclusive, pathways: &Registry<Pathway>) -> Exclusive {
        Exclusive {
            outcomes: self.members(&group.outcomes, pathways),
            never_with: self.members(&group.never_with, pathways),
            because: group.because.value.clone(),
            source: self.maybe_id(Kind::Source, &group.source),
        }
    }

    fn members(&mut self, ids: &Ids, pathways: &Registry<Pathway>) -> Vec<Member> {
        let mut members = Vec::new();
        for id in ids.iter() {
            let whole = Ids(vec![id.clone()]);
            if id.contains('/') {
                let found = self.outcome_ids(&whole, pathways);
                let member = |(pathway, outcome)| Member { pathway, outcome: Some(outcome), span: id.span };
                members.extend(found.into_iter().map(member));
            } else if let Some(pathway) = self.id(Kind::Pathway, id) {
                members.push(Member { pathway, outcome: None, span: id.span });
            }
        }
        members
    }

    // Circles.

    fn circles(&mut self, rulebook: &Rulebook) {
        let mut facts: Vec<(Fact, Vec<Fact>)> = Vec::new();
        for (id, _, question) in rulebook.questions.iter() {
            facts.push((Fact::Question(id), question.asked_if.iter().map(|condition| condition.fact).collect()));
        }
        for (id, _, fact) in rulebook.facts.iter() {
            let mut needs = Vec::new();
            match &fact.rule {
                Derivation::Tree(node) => asked(node, &mut needs),
                Derivation::Lookup { of, .. } => needs.push(Fact::Question(*of)),
            }
            facts.push((Fact::Derived(id), needs));
        }
        let places: HashMap<Fact, Vec<Fact>> = facts.iter().cloned().collect();
        if let Some(circle) = find_circle(facts.iter().map(|(fact, _)| *fact), |fact| places[&fact].clone()) {
            let names: Vec<&str> = circle.iter().map(|fact| rulebook.fact_name(*fact)).collect();
            let place = match circle[0] {
                Fact::Question(id) => rulebook.questions[id].span,
                Fact::Derived(id) => rulebook.facts[id].span,
            };
            self.report(fault::circle("facts", &names, place));
        }
        let before = |step: Id<Step>| {
            rulebook.order.iter().filter(|rule| rule.then.contains(&step)).map(|rule| rule.first).collect()
        };
        if let Some(circle) = find_circle(rulebook.steps.ids(), before) {
            let names: Vec<&str> = circle.iter().map(|step| rulebook.steps.name(*step)).collect();
            let mut places = rulebook
                .order
                .iter()
                .filter(|rule| circle.contains(&rule.first) && rule.then.iter().any(|step| circle.contains(step)))
                .map(|rule| rule.span);
            let first = places.next().unwrap_or(rulebook.steps[circle[0]].span);
            let found = fault::circle("steps", &names, first);
            self.report(places.fold(found, |found, place| found.also(place, "and this one")));
        }
    }
}

fn asked<L>(node: &Node<L>, facts: &mut Vec<Fact>) {
    if let Node::Ask { fact, branches, .. } = node {
        facts.push(*fact);
        branches.iter().for_each(|branch| asked(&branch.node, facts));
    }
}

/// The first circle found by following `needs`, as the list of its members, the first one repeated at the end.
fn find_circle<N: Copy + Eq + std::hash::Hash>(
    nodes: impl Iterator<Item = N>,
    needs: impl Fn(N) -> Vec<N>,
) -> Option<Vec<N>> {
    fn visit<N: Copy + Eq + std::hash::Hash>(
        node: N,
        needs: &impl Fn(N) -> Vec<N>,
        done: &mut HashSet<N>,
        path: &mut Vec<N>,
    ) -> Option<Vec<N>> {
        if let Some(at) = path.iter().position(|seen| *seen == node) {
            let mut circle = path[at..].to_vec();
            circle.push(node);
            return Some(circle);
        }
        if !done.insert(node) {
            return None;
        }
        path.push(node);
        let found = needs(node).into_iter().find_map(|next| visit(next, needs, done, path));
        path.pop();
        found
    }
    let mut done = HashSet::new();
    nodes.into_iter().find_map(|node| visit(node, &needs, &mut done, &mut Vec::new()))
}
