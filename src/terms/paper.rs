use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// Form of a paper, the strictest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[allow(missing_docs)] // the words say it all
pub enum PaperForm {
    Original,
    Signed,
    CertifiedCopy,
    Copy,
    Print,
}

/// Whether a paper must be translated, the strictest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[allow(missing_docs)] // the words say it all
pub enum Translation {
    Needed,
    IfAsked,
    NotNeeded,
}
