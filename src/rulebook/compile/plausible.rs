//! What is well formed and still cannot be right: addresses that are no pages, telephone numbers that cannot be dialled, two
//! rows of a table with one name, days far from the rulebook's own time, words of the interface nobody looks up; and an
//! outcome whose standing, certainty, decider or days are not those of the register.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::compiler::Compiler;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::files::embedded;
use crate::rulebook::released::INTERFACE as INTERFACE_FILE;
use crate::source::{Located, Span};
use crate::terms::{Day, Validity};
use crate::yaml;

/// Every entry of a file of places.
fn local_offices(file: &format::Local) -> impl Iterator<Item = &format::LocalOffice> {
    file.places
        .values()
        .flat_map(|place| place.offices.values().chain(place.advice.values()).chain(place.courses.values()))
}

/// The column of a table that people read.
const NAME: &str = "name";

/// The Federal Republic's first day: no rule in force here is older.
const OLDEST: Date = Date::constant(1949, 5, 23);

/// Years after the knowledge date that a day may lie ahead.
const AHEAD: i16 = 12;

/// The interface texts this program looks up: those it was built with.
static INTERFACE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let files = embedded(|name| name == INTERFACE_FILE);
    let read = files.iter().next().and_then(|(id, _)| yaml::read::<format::Interface>(&files, id).ok());
    read.map(|file| file.texts.into_keys().map(|id| id.value).collect()).unwrap_or_default()
});

impl Compiler<'_> {
    pub fn implausible(&mut self, head: &format::Rulebook) {
        let written = self.written;
        let sources = written.sources.values().filter_map(|source| source.url.as_ref());
        let offices = written.authorities.values().filter_map(|office| office.url.as_ref());
        let local: Vec<&format::LocalOffice> = written.local.iter().flat_map(local_offices).collect();
        let here = local.iter().filter_map(|office| office.url.as_ref());
        for url in sources.chain(offices).chain(here).filter(|url| !is_page(&url.value)) {
            self.report(fault::no_page(url));
        }
        let phones = written.authorities.values().filter_map(|office| office.phone.as_ref());
        for phone in phones.chain(local.iter().filter_map(|office| office.phone.as_ref())) {
            if !can_be_dialled(&phone.value) {
                self.report(fault::no_telephone(phone));
            }
        }
        for table in written.tables.values() {
            let mut first: HashMap<&str, Span> = HashMap::new();
            for name in table.rows.values().filter_map(|row| named(row)) {
                match first.get(name.value.as_str()) {
                    Some(before) => self.report(fault::two_of_one_name(name, *before)),
                    None => drop(first.insert(&name.value, name.span)),
                }
            }
        }
        for id in written.interface.keys().filter(|id| !INTERFACE.contains(&id.value)) {
            self.report(fault::word_nobody_looks_up(id, INTERFACE.iter().map(String::as_str)));
        }
        let missing: Vec<&str> =
            INTERFACE.iter().map(String::as_str).filter(|id| !written.interface.contains_key(*id)).collect();
        if let (Some((last, _)), false) = (written.interface.last(), missing.is_empty()) {
            self.report(fault::words_missing(last, &missing));
        }
        let until = latest(head.knowledge_date);
        for (id, source) in &written.sources {
            let state = source.state.as_ref().and_then(|state| match state.value {
                format::State::Day(day) => Some(day),
                format::State::Undated => None,
            });
            for day in state.into_iter().chain([source.checked_on]).filter(|day| !within(*day, until)) {
                self.report(fault::far_day(id.span, &day.0.to_string()));
            }
        }
        for office in local {
            let state = match office.state.value {
                format::State::Day(day) => Some(day),
                format::State::Undated => None,
            };
            for day in state.into_iter().chain([office.checked_on]).filter(|day| !within(*day, until)) {
                self.report(fault::far_day(office.name.span, &day.0.to_string()));
            }
        }
        self.register();
    }

    /// Days of a validity that lie outside any rulebook's time.
    pub fn far_days(&mut self, valid: &Located<Validity>) {
        let Some(head) = &self.written.head else { return };
        let until = latest(head.knowledge_date);
        let days = [valid.value.from, valid.value.until, valid.value.review];
        for day in days.into_iter().flatten().filter(|day| !within(*day, until)) {
            self.report(fault::far_day(valid.span, &day.0.to_string()));
        }
    }

    /// Compares each outcome with its line in `register.yaml`, where there is one.
    fn register(&mut self) {
        let written = self.written;
        if written.register.is_empty() {
            return;
        }
        let mut seen = BTreeSet::new();
        for (pathway, body) in &written.pathways {
            for (id, outcome) in &body.outcomes {
                let name = format!("{pathway}/{id}");
                let line = line(outcome);
                match written.register.get(name.as_str()) {
                    Some(registered) if registered.value == line => {}
                    Some(registered) => self.report(fault::not_as_registered(id.span, &name, registered, &line)),
                    None => self.report(fault::not_registered(id.span, &name, &line)),
                }
                seen.insert(name);
            }
        }
        for id in written.register.keys().filter(|id| !seen.contains(&id.value)) {
            self.report(fault::registered_in_vain(id));
        }
    }
}

/// An outcome as the register holds it: `open-now rule employer from 2024-12-06 review 2027-07-31`.
fn line(outcome: &format::Outcome) -> String {
    let mut line = format!("{} {} {}", outcome.standing.into_str(), outcome.certainty.into_str(), outcome.decided_by);
    let valid = outcome.valid.as_ref().map(|valid| valid.value).unwrap_or_default();
    for (word, day) in [("from", valid.from), ("until", valid.until), ("review", valid.review)] {
        if let Some(day) = day {
            line += &format!(" {word} {}", day.0);
        }
    }
    line
}

fn named(row: &format::Row) -> Option<&Located<String>> {
    row.iter().find(|(column, _)| column.value == NAME).map(|(_, name)| name)
}

fn is_page(url: &str) -> bool {
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = address.map(|address| address.split(['/', '?', '#']).next().unwrap_or_default());
    url == super::index::UNKNOWN
        || host.is_some_and(|host| {
            host.contains('.') && !url.contains(|c: char| c.is_whitespace() || c == '"' || c == '<')
        })
}

fn can_be_dialled(phone: &str) -> bool {
    let signs = |c: char| c.is_ascii_digit() || " +-–/()".contains(c);
    phone.chars().all(signs) && phone.chars().filter(char::is_ascii_digit).count() >= 3
}

fn latest(knowledge: Day) -> Date {
    Date::new(knowledge.0.year().saturating_add(AHEAD), 12, 31).unwrap_or(Date::MAX)
}

fn within(day: Day, until: Date) -> bool {
    (OLDEST..=until).contains(&day.0)
}
