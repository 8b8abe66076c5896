use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// What money is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[allow(missing_docs)] // the words say it all
pub enum CostKind {
    Fee,
    Copies,
    Translation,
    Course,
    Exam,
    Travel,
}

/// Statutory and observed times are kept apart.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum TimeKind {
    /// A time limit in the law.
    Statutory,
    /// What an office says of it, where the law itself was not read.
    Stated,
    /// What was seen in practice.
    Observed,
    /// Our own estimate of a small task.
    Estimate,
    /// Nobody knows, and the sheet says so.
    Unknown,
}

impl TimeKind {
    /// Whether it rests on a source.
    pub fn is_sourced(self) -> bool {
        matches!(self, Self::Statutory | Self::Stated | Self::Observed)
    }
}
