//! What spreadsheets read (CSV, RFC 4180): offices, and what follows from a country or a district.

use super::catalogue::Catalogue;
use super::places::Possible;
use crate::language::marked::bare;
use crate::rulebook::{Fact, Id, Question, ValueSet};

impl Catalogue<'_> {
    /// All offices and advice points.
    pub fn offices_table(&self) -> String {
        let mut table = head([
            "id",
            "name",
            "unit",
            "role",
            "post",
            "phone",
            "email",
            "url",
            "find",
            "note",
            "free",
            "certainty",
            "sources",
        ]);
        for office in self.offices() {
            let free = if office.free { "yes" } else { "no" };
            let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
            table += &self.dated([
                office.id.as_str(),
                &office.name,
                &maybe(&office.unit),
                &office.role,
                &maybe(&office.post),
                &maybe(&office.phone),
                &maybe(&office.email),
                &maybe(&office.url),
                &maybe(&office.find),
                &maybe(&office.note),
                free,
                office.certainty.into_str(),
                &office.sources.join(" "),
            ]);
        }
        table
    }

    /// Countries of training, and what is looked up by them. Empty where the rules ask for none.
    pub fn countries_table(&self) -> String {
        self.asks_country().map(|question| self.lookups(question)).unwrap_or_default()
    }

    /// Districts, and what is looked up by them.
    pub fn districts_table(&self) -> String {
        self.asks_district().map(|question| self.lookups(question)).unwrap_or_default()
    }

    /// A line that says of which rules and which day it is, since lines are copied from one table into another.
    fn dated<'a>(&self, fields: impl IntoIterator<Item = &'a str>) -> String {
        let date = self.date.to_string();
        let mut fields: Vec<&str> = fields.into_iter().collect();
        fields.extend([self.rulebook.version.as_str(), date.as_str()]);
        line(fields)
    }

    /// The options of a question, each with the values of the facts that are looked up by it.
    fn lookups(&self, question: Id<Question>) -> String {
        let rulebook = self.rulebook;
        let looked_up = |fact: &crate::rulebook::DerivedFact| {
            fact.lookup && fact.tree.fork().is_some_and(|fork| fork.fact == Fact::Question(question))
        };
        let facts: Vec<_> = rulebook.facts.iter().filter(|(_, _, fact)| looked_up(fact)).collect();
        let mut table = head(["id", "name"].into_iter().chain(facts.iter().map(|(_, name, _)| *name)));
        for option in self.question(question).options.iter().filter(|option| !option.unknown) {
            let at = rulebook.questions[question].options.id(&option.id).map_or(0, Id::index);
            let mut here = Possible::with(rulebook, self.date, Some((question, ValueSet::only(at))));
            let values = facts.iter().map(|(id, _, _)| {
                let fact = Fact::Derived(*id);
                let values = here.values(fact).iter().map(|value| rulebook.value_name(fact, value));
                values.collect::<Vec<_>>().join(" ")
            });
            let values: Vec<String> = values.collect();
            table +=
                &self.dated([option.id.as_str(), &option.text].into_iter().chain(values.iter().map(String::as_str)));
        }
        table
    }
}

/// The names of the columns.
fn head<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    line(names.into_iter().chain(["rulebook", "date"]))
}

/// A line of a table. Spreadsheets know no marks of where German begins.
fn line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let field = |text: &str| match (bare(text), text.contains([',', '"', '\n', '\r'])) {
        (text, true) => format!("\"{}\"", text.replace('"', "\"\"")),
        (text, false) => text.into_owned(),
    };
    fields.into_iter().map(field).collect::<Vec<_>>().join(",") + "\r\n"
}
