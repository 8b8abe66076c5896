//! Registers: what others refer to by id, and what stands on its own: sources, deciders, papers, offices, terms, duties,
//! changes, other words for some people.

use indexmap::IndexMap;

use super::compiler::Compiler;
use super::index::UNKNOWN;
use super::written::Kind;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::{
    AtOffice, Authority, Change, Decider, Duty, Employer, Fact, ForWhom, Instead, Local, LocalOffice, Paper, Paragraph,
    Question, Ruling, Sentence, Source, Term, Topic,
};
use crate::rulebook::registry::{Id, Registry, ValueSet};
use crate::source::Located;
use crate::terms::Certainty;
use crate::yaml::{Ids, Map};

impl<'a> Compiler<'a> {
    pub fn source(&mut self, id: &Located<String>, source: &format::Source) -> Source {
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
            read: source.read,
            note: self.maybe_text(format!("source.{id}.note"), &source.note),
            span: id.span,
        }
    }

    pub fn decider(&mut self, id: &Located<String>, decider: &format::Decider) -> Decider {
        Decider {
            name: self.text(format!("decider.{id}.name"), &decider.name),
            explains: self.text(format!("decider.{id}.explains"), &decider.explains),
            office: self.offices(&decider.office),
        }
    }

    pub fn paper(&mut self, id: &Located<String>, paper: &format::Paper) -> Paper {
        if paper.sources.is_empty() && paper.certainty != Certainty::Open {
            self.report(fault::no_source("Unterlage", id));
        }
        Paper {
            name: self.text(format!("paper.{id}.name"), &paper.name),
            unless: Ruling(self.conditions(&paper.unless)),
            employer_page: paper.employer_page,
            form: paper.form,
            form_says: self.paragraph(&format!("paper.{id}.form_says"), paper.form_says.as_ref()),
            translation: paper.translation,
            in_german: Ruling(self.conditions(&paper.in_german)),
            at: self.at_offices(id, &paper.at),
            issued_by: self.paragraph(&format!("paper.{id}.issued_by"), paper.issued_by.as_ref()),
            if_missing: self.paragraph(&format!("paper.{id}.if_missing"), paper.if_missing.as_ref()),
            sources: self.sources(&paper.sources),
            certainty: paper.certainty,
        }
    }

    /// What some offices want of a paper.
    fn at_offices(&mut self, paper: &str, written: &Map<format::AtOffice>) -> IndexMap<Id<Authority>, AtOffice> {
        let mut at = IndexMap::new();
        for (office, wants) in written {
            let Some(id) = self.id(Kind::Office, office) else { continue };
            if wants.sources.is_empty() {
                self.report(fault::no_source("Stelle", office));
            }
            let says = self.maybe_text(format!("paper.{paper}.at.{office}"), &wants.says);
            let sources = self.sources(&wants.sources);
            let wants = AtOffice { form: wants.form, translation: wants.translation, says, sources, span: office.span };
            at.insert(id, wants);
        }
        at
    }

    pub fn authority(&mut self, id: &Located<String>, office: &format::Authority) -> Authority {
        if office.sources.is_empty() && office.certainty != Certainty::Open {
            self.report(fault::no_source("Stelle", id));
        }
        let plain = |text: &Option<Located<String>>| text.as_ref().map(|text| text.value.clone());
        let name = if office.one_of_many { "called" } else { "name" };
        Authority {
            name: self.text(format!("office.{id}.{name}"), &office.name),
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

    pub fn term(&mut self, id: &Located<String>, term: &format::Term) -> Term {
        Term {
            term: term.term.value.clone(),
            says: self.text(format!("term.{id}"), &term.says),
            forms: std::iter::once(&term.term).chain(term.also.iter()).map(|form| form.value.clone()).collect(),
        }
    }

    pub fn changes(&mut self, written: &[Located<format::Change>]) -> Vec<Change> {
        let mut changes = Vec::new();
        for (at, change) in written.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).map(|at| &written[at])
                && before.day < change.day
            {
                self.report(fault::change_out_of_order(&change.version, before.version.span));
            }
            if change.source.is_empty() && !change.editorial {
                self.report(fault::change_without_source(&change.version));
            }
            // Counted from the oldest, so that a new entry at the top leaves the names of the others alone.
            let path = format!("change.{}", written.len() - at);
            changes.push(Change {
                version: change.version.clone(),
                day: change.day.0,
                says: self.text(format!("{path}.says"), &change.says),
                because: self.text(format!("{path}.because"), &change.because),
                sources: self.sources(&change.source),
                editorial: change.editorial,
                touches: change.touches.iter().cloned().collect(),
            });
        }
        changes
    }

    /// Answers that somebody may have given.
    pub fn given(&mut self, written: &Map<Ids>) -> Vec<(Id<Question>, ValueSet)> {
        let mut given = Vec::new();
        for (question, values) in written {
            let Some(id) = self.id::<Question>(Kind::Question, question) else { continue };
            let fact = Fact::Question(id);
            given.push((id, values.iter().filter_map(|value| self.value(question, fact, value)).collect()));
        }
        given
    }

    /// The sentences of a paragraph. One that stands alone has the paragraph's own name.
    pub fn paragraph(&mut self, path: &str, written: Option<&format::Paragraph>) -> Paragraph {
        let sentences = written.map(|written| written.0.as_slice()).unwrap_or_default();
        let mut paragraph = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let path = if sentences.len() == 1 { path.to_owned() } else { format!("{path}.{at}") };
            paragraph.push(match &sentence.value {
                format::Sentence::Plain(text) => {
                    let says = Located { value: text.clone(), span: sentence.span };
                    Sentence {
                        says: self.text_with_places(path, &says),
                        for_whom: ForWhom::default(),
                        sources: Vec::new(),
                    }
                }
                format::Sentence::ForSome(some) => Sentence {
                    says: self.text_with_places(path, &some.says),
                    for_whom: self.for_whom(&some.when, &some.unless),
                    sources: self.sources(&some.sources),
                },
            });
        }
        paragraph
    }

    pub fn for_whom(&mut self, when: &Map<Ids>, unless: &Map<Ids>) -> ForWhom {
        ForWhom { when: self.conditions(when), unless: Ruling(self.conditions(unless)) }
    }

    pub fn instead(&mut self, written: &'a Map<format::Instead>) -> Instead {
        let mut instead = Instead::default();
        for (name, words) in written {
            for (id, text) in &words.texts {
                let text = self.text(format!("interface.{name}.{id}"), text);
                instead.texts.entry(id.value.clone()).or_default().push((instead.wordings.len(), text));
            }
            let for_whom = self.given(&words.when);
            instead.wordings.push(for_whom);
        }
        instead
    }

    pub fn topics(&mut self) -> Registry<Topic> {
        let mut topics = Registry::default();
        for (name, topic) in &self.written.topics {
            let heading = self.text(format!("topic.{name}"), &topic.heading);
            topics
                .insert(name, Topic { heading, per_qualification: topic.per_qualification, discreet: topic.discreet });
        }
        topics
    }

    /// Who is where. What a later file says of an office overrules an earlier one.
    pub fn local(&mut self, written: &'a [format::Local]) -> Local {
        let mut local = Local::default();
        let mut overruled = Vec::new();
        for (file, number) in written.iter().zip(1..) {
            let Some(question) = self.id::<Question>(Kind::Question, &file.of) else { continue };
            for (name, place) in &file.places {
                let path = format!("local.{number}.{name}");
                let Some(option) = self.value(&file.of, Fact::Question(question), name) else { continue };
                let here = local.places.entry((question, option)).or_default();
                for (id, office) in &place.offices {
                    let entry = self.local_office(format!("{path}.{id}"), id, office);
                    let Some(authority) = self.id(Kind::Office, id) else { continue };
                    let before = here.offices.insert(authority, entry);
                    overruled.extend(before.into_iter().flat_map(|before| before.sources));
                }
                for (kind, entries) in [("advice", &place.advice), ("courses", &place.courses)] {
                    for (id, office) in entries {
                        if office.role.is_none() || !can_be_reached(office) {
                            self.report(fault::unreachable_here(id));
                        }
                        let entry = self.local_office(format!("{path}.{kind}.{id}"), id, office);
                        here.others.insert(format!("{name}-{id}"), entry);
                    }
                }
            }
        }
        Local { overruled, ..local }
    }

    fn local_office(&mut self, path: String, id: &Located<String>, office: &format::LocalOffice) -> LocalOffice {
        let plain = |text: &Option<Located<String>>| text.as_ref().map(|text| text.value.clone());
        LocalOffice {
            name: office.name.value.clone(),
            role: self.maybe_text(format!("{path}.role"), &office.role),
            hours: self.maybe_text(format!("{path}.hours"), &office.hours),
            post: plain(&office.post),
            phone: plain(&office.phone),
            email: plain(&office.email),
            url: plain(&office.url),
            state: match office.state.value {
                format::State::Day(day) => Some(day.0),
                format::State::Undated => None,
            },
            checked_on: office.checked_on.0,
            certainty: office.certainty,
            sources: self.sources(&office.sources),
            span: id.span,
        }
    }

    pub fn employer(&mut self, written: Option<&'a format::Employer>) -> Employer {
        let Some(written) = written else { return Employer { duties: Registry::default(), ask: Vec::new() } };
        let duties = self.all(&written.duties, |compiler, id, duty| {
            if duty.sources.is_empty() && duty.certainty != Certainty::Open {
                compiler.report(fault::no_source("Pflicht", id));
            }
            Duty {
                says: compiler.text(format!("employer.{id}"), &duty.says),
                must: duty.must,
                with: compiler.ids(Kind::Paper, &duty.with),
                sources: compiler.sources(&duty.sources),
                certainty: duty.certainty,
            }
        });
        Employer { duties, ask: self.offices(&written.ask) }
    }
}

/// Whether an entry says how to get there.
fn can_be_reached(office: &format::LocalOffice) -> bool {
    [&office.post, &office.phone, &office.email, &office.url].into_iter().any(Option::is_some)
}
