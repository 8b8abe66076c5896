use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::{Day, Reading};
use crate::yaml::{Ids, Map};

/// `rulebook.yaml`: name, version, state of the law, and the order of questions and pathways.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Name of the rulebook.
    pub name: Located<String>,
    /// Version, printed on every sheet.
    pub version: Located<String>,
    /// The day up to which the editors know the law.
    pub knowledge_date: Day,
    /// Language codes; the first is the language of the texts in the YAML.
    pub languages: Ids,
    /// Question ids in the order in which they are put.
    pub questions: Ids,
    /// The question that asks what a person wants: the opening of the sheet has a line for each of its answers.
    pub goals: Option<Located<String>>,
    /// The Musterfall whose sheet the start page shows as an example.
    pub example: Option<Located<String>>,
    /// Pathway ids in the order of the sheet.
    pub pathways: Ids,
    /// Kind of source → days after which an editor must look at it again. Every kind in use must be named.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, u32>>")]
    pub review_days: Map<u32>,
    /// Questions in the longest interview the wizard can lead. The start page says it; the proof holds it to be exact.
    pub longest_interview: Option<Located<usize>>,
    /// Groups of outcomes and steps that must never stand on one sheet, also across pathways.
    #[serde(default)]
    pub exclusive: Vec<Exclusive>,
    /// Questions and options (`question`, or `question=option`) that earlier versions had and that went without a successor → why.
    /// An old link that names one is told so.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, String>>")]
    pub retired: Map<Located<String>>,
}

/// Outcomes and steps of which no two may stand on one sheet.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exclusive {
    /// The outcomes as `pathway/outcome`; a pathway alone stands for all of its outcomes. A step as `step:ID`.
    pub outcomes: Ids,
    /// If given, those above may stand together, but none of them with one of these.
    #[serde(default)]
    pub never_with: Ids,
    /// Why they cannot both be right, in one sentence.
    pub because: Located<String>,
    /// Where the law says so, if it does.
    pub source: Option<Located<String>>,
}

/// The file of sources.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// Source id → source.
    #[schemars(with = "IndexMap<String, Source>")]
    pub sources: Map<Source>,
}

/// A statute, decree or page that a statement rests on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title.
    pub title: Located<String>,
    /// Publisher.
    pub publisher: Located<String>,
    /// Address, or `unknown`.
    pub url: Option<Located<String>>,
    /// State ("Stand") as the source itself gives it, as a day, or `undated`.
    pub state: Option<Located<State>>,
    /// Kind: statute, decree, authority, secondary …
    pub kind: Located<String>,
    /// The day an editor last looked at it.
    pub checked_on: Day,
    /// What was done with it: its text read, its page seen in a stored copy, or known second hand only.
    pub read: Option<Reading>,
    /// A remark for the reader.
    pub note: Option<Located<String>>,
}

/// The day of a source's text, if it names one. Ignorance is said, never left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The day the source names.
    Day(Day),
    /// It names none.
    Undated,
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "undated" {
            return Ok(Self::Undated);
        }
        text.parse().map(|day| Self::Day(Day(day))).map_err(|_| {
            serde::de::Error::custom(format!(
                "`{text}` ist kein Tag; geschrieben wird Jahr-Monat-Tag, zum Beispiel 2024-12-06, oder das Wort undated"
            ))
        })
    }
}

impl JsonSchema for State {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "State".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "a day, or undated" })
    }
}

/// The glossary.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Id → term.
    #[schemars(with = "IndexMap<String, Term>")]
    pub terms: Map<Term>,
}

/// A German term of the field that stays German, explained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: Located<String>,
    /// What it means, in simple words.
    pub says: Located<String>,
    /// Other forms of the word in texts.
    #[serde(default)]
    pub also: Ids,
}

/// A table: countries, districts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub table: Located<String>,
    /// How a name stands before people where it does not say itself what it is, by the column `type`.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, NamedByType>>")]
    pub named: Map<NamedByType>,
    /// Row id → columns; the column `name` is what people read.
    #[schemars(with = "IndexMap<String, IndexMap<String, String>>")]
    pub rows: Map<Row>,
}

/// How the names of one type stand before people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedByType {
    /// The type, as in the column `type`.
    #[serde(rename = "type")]
    pub of_type: Located<String>,
    /// The text, with `{name}` for the name, which is the same in every language.
    pub says: Located<String>,
}

/// Column → value.
pub type Row = Map<Located<String>>;

/// What each outcome says of itself, written a second time: a word changed in one place only is noticed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// `pathway/outcome` → standing, certainty, decider and days, as in
    /// `open-now rule employer from 2024-12-06 review 2027-07-31`.
    #[schemars(with = "IndexMap<String, String>")]
    pub register: Map<Located<String>>,
}

/// The wizard's own words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// Dotted id → German text; `{name}` stands for a value filled in.
    #[schemars(with = "IndexMap<String, String>")]
    pub texts: Map<Located<String>>,
}

/// Words of the interface for some people.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsteadOf {
    /// Name → other words for people of whom some answers are true; the first that fits speaks.
    #[schemars(with = "IndexMap<String, Instead>")]
    pub instead: Map<Instead>,
}

/// Other words for some people: whoever asks for somebody else, is still abroad, works already.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// Questions whose answers must all hold.
    #[schemars(with = "IndexMap<String, Ids>")]
    pub when: Map<Ids>,
    /// Dotted id → the German text that stands instead.
    #[schemars(with = "IndexMap<String, String>")]
    pub texts: Map<Located<String>>,
}
