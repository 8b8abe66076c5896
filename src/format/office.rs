use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::Certainty;
use crate::yaml::{Ids, Map};

/// The file of offices and advice points.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// Office id → office.
    #[schemars(with = "IndexMap<String, Authority>")]
    pub authorities: Map<Authority>,
}

/// An office that decides or advises. What is not known is left out, never guessed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its name.
    pub name: Located<String>,
    /// Whether it is one of many of its kind, in every town or house. Then its name says what it is, in the reader's language.
    #[serde(default)]
    pub one_of_many: bool,
    /// The department, which belongs on every letter.
    pub unit: Option<Located<String>>,
    /// What it does for the reader.
    pub role: Located<String>,
    /// Postal address.
    pub post: Option<Located<String>>,
    /// Telephone.
    pub phone: Option<Located<String>>,
    /// E-mail.
    pub email: Option<Located<String>>,
    /// Page.
    pub url: Option<Located<String>>,
    /// A remark for the reader.
    pub note: Option<Located<String>>,
    /// How to find one's own, for offices that every town has.
    pub find: Option<Located<String>>,
    /// Whether its advice costs nothing.
    #[serde(default)]
    pub free: bool,
    /// Where this is said.
    #[serde(default)]
    pub sources: Ids,
    /// How binding it is.
    pub certainty: Certainty,
}

/// The file of those who decide.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deciders {
    /// Id → who decides.
    #[schemars(with = "IndexMap<String, Decider>")]
    pub deciders: Map<Decider>,
}

/// Who decides.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decider {
    /// With article, nominative: "der Träger (Arbeitgeber)".
    pub name: Located<String>,
    /// One sentence.
    pub explains: Located<String>,
    /// Ids from authorities.yaml, or facts that tell an office: where this is one for a person, its own name is told.
    #[serde(default)]
    pub office: Ids,
}
