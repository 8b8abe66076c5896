use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::Day;
use crate::yaml::{Ids, Map};

/// A Musterfall: a fictional person with answers, and what the tool must show.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its id; the same as the file's name.
    pub case: Located<String>,
    /// One sentence about the person.
    pub title: Located<String>,
    /// Question id → option ids. A question left out counts as unknown.
    #[schemars(with = "IndexMap<String, Ids>")]
    pub answers: Map<Ids>,
    /// The day it is looked at; today if left out.
    pub date: Option<Day>,
    /// What must come out.
    pub expect: Expectation,
}

/// What a case asserts. Never what an office will decide, only what the tool shows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Outcomes that must be there, as `pathway/outcome`.
    #[serde(default)]
    pub outcomes: Ids,
    /// Outcomes that must not be there.
    #[serde(default)]
    pub not: Ids,
    /// Table rows that must fire.
    #[serde(default)]
    pub rows: Ids,
    /// Steps that must be on the sheet, in this order.
    #[serde(default)]
    pub steps: Ids,
    /// Offices that must be on the sheet.
    #[serde(default)]
    pub offices: Ids,
}
