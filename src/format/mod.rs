//! The files as authors write them, one type per kind of entry.
//!
//! These types know the shape of the YAML and nothing else: ids are still words, texts are still German, nothing is
//! checked against anything. [`crate::rulebook`] turns them into what the program works with. `lotse schema` prints
//! their JSON Schema.

mod case;
mod change;
mod employer;
mod fact;
mod lint;
mod office;
mod operator;
mod pathway;
mod question;
mod register;
mod schema;
mod step;

pub use case::{Case, Expectation};
pub use change::{Change, Changes};
pub use employer::{Duty, Employer, EmployerPart};
pub use fact::{DerivedFact, Lookup, OfficeFact};
pub use lint::{Abbreviations, Allowance, Forbidden, Lint, LintRule, Negation, Passive, Repeated, SentenceLimit};
pub use office::{Authorities, Authority, Decider, Deciders};
pub use operator::Operator;
pub use pathway::{Branch, Concern, German, GermanKind, Outcome, Pathway, Shortcut, Standing, Tree, Validity};
pub use question::{Changeable, Choice, Question, Questions};
pub use register::{
    Counted, Exclusive, Instead, InsteadOf, Interface, Row, Rulebook, Source, Sources, State, Table, Term, Terms,
};
pub use schema::{FileKind, any_kind, kinds};
pub use step::{
    Cost, CostKind, Email, OrderRule, Paper, PaperForm, Papers, SayIt, Step, Steps, Time, TimeKind, Translation,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How binding a statement is, as in the fact base: read in the law, said by the authority, usual practice, or open.
/// Ordered from the firmest to the weakest, so the weakest of several is their maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Read in the statute, ordinance or decree itself.
    Rule,
    /// Said by the responsible office or ministry.
    Authority,
    /// Reported practice or a secondary source.
    Usual,
    /// Not known; the sheet says "bitte fragen" and whom.
    Open,
}

impl Certainty {
    /// The word used in rules and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Authority => "authority",
            Self::Usual => "usual",
            Self::Open => "open",
        }
    }
}

/// A calendar day as written in rules: `2024-12-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub jiff::civil::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| {
            serde::de::Error::custom(format!("`{text}` is not a day; write year-month-day, for instance 2024-12-06"))
        })
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}
