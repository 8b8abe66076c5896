use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// Form of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[allow(missing_docs)] // the words say it all
pub enum PaperForm {
    Original,
    Copy,
    CertifiedCopy,
    Print,
}

/// Whether a paper must be translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
#[allow(missing_docs)] // the words say it all
pub enum Translation {
    Needed,
    IfAsked,
    NotNeeded,
}
