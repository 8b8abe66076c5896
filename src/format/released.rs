use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::yaml::Map;

/// `released/VERSION.yaml`: the files of a released state of the rules. `lotse release` writes it; nobody edits it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleasedState {
    /// The version, as in the state's own `rulebook.yaml`.
    pub version: Located<String>,
    /// In which form its files are written, so that a later form can still read them.
    pub format: Located<u32>,
    /// Seal of what `changes.yaml` says of this version, however it is laid out.
    #[serde(default)]
    pub history: Option<String>,
    /// File → seal of its text. The file `steps.yaml` with seal `1a2b…` lies at `released/files/steps.1a2b….yaml`, once for all
    /// states that share it.
    #[schemars(with = "IndexMap<String, String>")]
    pub files: Map<Located<String>>,
}
