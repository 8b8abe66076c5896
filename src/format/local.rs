use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Source;
use super::register::State;
use crate::source::Located;
use crate::terms::{Certainty, Day};
use crate::yaml::{Ids, Map};

/// `local/*.yaml`, and the file that an operator gives with `--local`: whom people find where they live. Of two entries for
/// the same office and place the operator's counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// The question that asks for the place.
    pub of: Located<String>,
    /// Sources that are cited here, as in `sources.yaml`.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Source>>")]
    pub sources: Map<Source>,
    /// Option of that question → what is there.
    #[schemars(with = "IndexMap<String, Place>")]
    pub places: Map<Place>,
}

/// What people find at one place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Office of `authorities.yaml` that every place has → the one of this place.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, LocalOffice>>")]
    pub offices: Map<LocalOffice>,
    /// Advice that is only here.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, LocalOffice>>")]
    pub advice: Map<LocalOffice>,
    /// Courses that are only here.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, LocalOffice>>")]
    pub courses: Map<LocalOffice>,
}

/// An office, advice point or course at one place. What is not known is left out, never guessed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalOffice {
    /// Its name.
    pub name: Located<String>,
    /// What it does for the reader; for an office of `authorities.yaml` that is said there.
    pub role: Option<Located<String>>,
    /// When it is open.
    pub hours: Option<Located<String>>,
    /// Postal address.
    pub post: Option<Located<String>>,
    /// Telephone.
    pub phone: Option<Located<String>>,
    /// E-mail.
    pub email: Option<Located<String>>,
    /// Page.
    pub url: Option<Located<String>>,
    /// The day that the entry itself is from, or `undated`.
    pub state: Located<State>,
    /// The day somebody last looked.
    pub checked_on: Day,
    /// How binding it is.
    pub certainty: Certainty,
    /// Where this is said; an operator who knows it first-hand needs none.
    #[serde(default)]
    pub sources: Ids,
}
