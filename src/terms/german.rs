use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// How a German level is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum GermanKind {
    /// A condition in the law.
    Required,
    /// Urged by an office.
    Recommended,
    /// What employers or providers usually want.
    Usual,
    /// No rule known.
    Unknown,
}
