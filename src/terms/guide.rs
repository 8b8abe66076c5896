use schemars::JsonSchema;
use serde::Deserialize;

/// A page of ours with drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Guide {
    /// The two searches of anabin.
    Anabin,
}

impl Guide {
    /// Its address.
    pub fn address(self) -> &'static str {
        match self {
            Self::Anabin => "/anabin",
        }
    }
}
