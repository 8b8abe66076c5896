use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{TableRow, Tree};
use crate::source::Located;
use crate::yaml::{Ids, Map};

/// A value derived from answers: a small tree, a decision table, or a look into a table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DerivedFact {
    /// Its id; the same as the file's name.
    pub fact: Located<String>,
    /// A short German noun.
    pub label: Located<String>,
    /// Value id → German words for it.
    #[schemars(with = "IndexMap<String, String>")]
    pub values: Map<Located<String>>,
    /// How it follows from answers.
    pub tree: Option<Located<Tree>>,
    /// Or: rows, of which the first that fits is taken.
    #[serde(default)]
    pub table: Vec<Located<TableRow>>,
    /// Or: the table it is looked up in.
    pub lookup: Option<Lookup>,
    /// If its values are offices: how the sheet speaks of them.
    pub offices: Option<OfficeFact>,
}

/// A value read from the table row that a question's answer names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// The question whose options are rows of a table.
    pub of: Located<String>,
    /// The column of that table.
    pub column: Located<String>,
    /// Values for options that are no rows of the table.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, String>>")]
    pub otherwise: Map<Located<String>>,
}

/// How a fact whose values are offices appears on the sheet.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficeFact {
    /// Why it is this office.
    pub because: Located<String>,
    /// The office people confuse it with.
    pub not_this: Option<Located<String>>,
    /// For values that are no office: the offices to show instead.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub instead: Map<Ids>,
}
