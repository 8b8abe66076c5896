use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// What is possible, soonest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Standing {
    /// Possible today; the one who decides may decide now.
    OpenNow,
    /// Possible after steps that are known.
    OpenAfterSteps,
    /// Depends on something that must be asked first.
    AskFirst,
    /// Not on this way.
    NotThisWay,
}
