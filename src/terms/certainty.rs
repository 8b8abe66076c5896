use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// How binding a statement is, as in the fact base: read in the law, said by the authority, usual practice, or open.
/// Ordered from the firmest to the weakest, so the weakest of several is their maximum.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case", const_into_str)]
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
