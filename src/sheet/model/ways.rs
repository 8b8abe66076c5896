//! The ways, what stands beside them, and how much German they ask for.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CertaintyMark, Mark, Named, StepLink};
use crate::terms::{Concern, Standing, Validity};

/// Shortcuts that are easily missed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shortcuts {
    /// Heading.
    pub heading: String,
    /// The shortcuts.
    pub shortcuts: Vec<Shortcut>,
}

/// One shortcut.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shortcut {
    /// Headline.
    pub title: String,
    /// How it goes, line by line.
    pub lines: Vec<String>,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
}

/// Ways.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ways {
    /// Heading.
    pub heading: String,
    /// The ways.
    pub ways: Vec<Way>,
}

/// One way with its outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Way {
    /// `pathway/outcome`.
    pub id: String,
    /// Whether it is one of the few that are told at once; the others are a line each.
    pub foremost: bool,
    /// Rows of the decision tables.
    pub rows: Vec<String>,
    /// What it is about.
    pub concerns: Concern,
    /// That in words.
    pub concerns_text: String,
    /// Title of the pathway.
    pub pathway: String,
    /// Headline of the outcome.
    pub title: String,
    /// What, on what condition.
    pub says: String,
    /// Standing id.
    pub standing: Standing,
    /// Standing in words.
    pub standing_text: String,
    /// Who decides.
    pub decided_by: Named,
    /// Who files, agrees, advises: whole sentences.
    pub roles: Vec<String>,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
    /// Sentences on dates: in force since, until.
    pub dates: Vec<String>,
    /// The same as data, with the day by which editors look again.
    pub valid: Validity,
    /// The answers that led here.
    pub because: Vec<Said>,
    /// Its steps with their numbers on the sheet (none for steps that are only options).
    pub steps: Vec<StepLink>,
    /// Ways so near that they stand on this card: `pathway/outcome` and headline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Named>,
    /// Whom to ask.
    pub ask: Vec<Named>,
    /// German level in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german: Option<String>,
    /// What to mind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_out: Option<String>,
}

/// An answer in words: "Fach", "Soziale Arbeit".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct Said {
    /// Short noun of the question.
    pub label: String,
    /// The answer.
    pub answer: String,
}

/// German levels.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GermanLines {
    /// Heading.
    pub heading: String,
    /// One line per way that says something about German.
    pub lines: Vec<GermanLine>,
}

/// German level of a way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GermanLine {
    /// Headline of the way.
    pub way: String,
    /// Level and how it is meant.
    pub says: String,
    /// Number of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Mark>,
}
