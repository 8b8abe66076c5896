use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A search of anabin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Search {
    /// For degrees.
    Degrees,
    /// For school certificates.
    School,
    /// None that we know: advice comes first.
    Ask,
}
