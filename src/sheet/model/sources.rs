//! Words that are explained, and where it all comes from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::terms::Day;

/// Glossary.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Words {
    /// Heading.
    pub heading: String,
    /// Terms that occur on the sheet.
    pub terms: Vec<TermLine>,
}

/// One term.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermLine {
    /// Id.
    pub id: String,
    /// The German term.
    pub term: String,
    /// What it means.
    pub says: String,
}

/// Sources.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sources {
    /// Heading.
    pub heading: String,
    /// That an editor has looked at all of them since a day; stands for the single days where there is little room.
    pub checked_since: String,
    /// That day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_since_day: Option<Day>,
    /// The sources by number.
    pub sources: Vec<SourceLine>,
}

/// One source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceLine {
    /// Number on the sheet.
    pub number: usize,
    /// Whether a step or a way rests on it, not only a paper or an office.
    pub foremost: bool,
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// State, or that the page names none.
    pub state: String,
    /// The day of that state, if the page names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_day: Option<Day>,
    /// Day an editor last looked at it, as people write a day.
    pub checked_on: String,
    /// That day.
    pub checked_day: Day,
    /// Address, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
