use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::Day;
use crate::yaml::Ids;

/// `changes.yaml`: what changed in the rules, newest first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// The changes.
    pub changes: Vec<Located<Change>>,
}

/// One change, told to the people it concerns.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The version of the rules that brought it.
    pub version: Located<String>,
    /// The day of that version.
    pub day: Day,
    /// What is different, in one or two sentences.
    pub says: Located<String>,
    /// Why: a new decree, an answer of an office, a fault found.
    pub because: Located<String>,
    /// What it rests on.
    #[serde(default)]
    pub source: Ids,
    /// Only the wording changed; then no source is needed.
    #[serde(default)]
    pub editorial: bool,
    /// What it touches: `pathway`, `pathway/outcome`, `step:ID`, `office:ID` or `paper:ID`, of the present rules or of a
    /// released state.
    #[serde(default)]
    pub touches: Ids,
}
