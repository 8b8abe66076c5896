use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// What was done with a source before a statement was rested on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Reading {
    /// The text of the statute, ordinance or decree was read.
    Text,
    /// The page was seen in a stored copy.
    Page,
    /// Others speak of it; the text or page itself was not seen.
    SecondHand,
}
