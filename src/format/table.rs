use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::{Certainty, Validity};
use crate::yaml::{Given, Ids, Map, given};

/// A row of a decision table, as the norm lists it: the first row that fits is taken, `else` stands last.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Facts that must all hold: fact → value or values.
    #[serde(rename = "if", default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Of these, one must hold as well; each is written like `if`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<IndexMap<String, Ids>>>")]
    pub any: Vec<Map<Ids>>,
    /// The row for all that fits no other; `else: x` ends in outcome or value x.
    #[serde(rename = "else", default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    pub otherwise: Option<Given<Located<String>>>,
    /// The outcome; `none` means the pathway has nothing to say.
    pub outcome: Option<Located<String>>,
    /// Or, in a derived fact: the value.
    #[serde(rename = "value")]
    pub gives: Option<Located<String>>,
    /// Row of the decision table of the fact base.
    pub row: Option<Ids>,
    /// Sources that add to the outcome's basis.
    pub basis: Option<Ids>,
    /// Overrides the outcome's certainty.
    pub certainty: Option<Certainty>,
    /// When this row is in force.
    pub valid: Option<Located<Validity>>,
    /// Steps that add to the outcome's.
    pub steps: Option<Ids>,
}

/// What is added beside the norm to outcomes already found: a course, a paper, a row that is true for several of them.
/// It changes no outcome.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// Facts that must all hold: fact → value or values.
    #[serde(rename = "if", default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Of these, one must hold as well; each is written like `if`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<IndexMap<String, Ids>>>")]
    pub any: Vec<Map<Ids>>,
    /// The outcomes it is added to; all of the pathway if left out.
    pub to: Option<Ids>,
    /// Row of the decision table of the fact base.
    pub row: Option<Ids>,
    /// Sources that add to the outcome's basis.
    pub basis: Option<Ids>,
    /// Steps that add to the outcome's.
    pub steps: Option<Ids>,
}
