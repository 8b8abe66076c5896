use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::Certainty;
use crate::yaml::{Ids, Map};

/// The part of an outcome that goes to the Träger: why the person may be hired for what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmployerPart {
    /// The role, as it would stand in the file.
    pub role: Located<String>,
    /// Where the norm names it: "§ 4 Absatz 2 PersVO". Left out, the Träger writes it in.
    pub under: Option<Located<String>>,
    /// One sentence that maps the person's facts to the provision.
    pub provision: Located<String>,
    /// Evidence that must be in the file.
    #[serde(default)]
    pub must: Ids,
    /// Evidence of which one is enough.
    #[serde(default)]
    pub one_of: Ids,
    /// Evidence that is recommended.
    #[serde(default)]
    pub recommended: Ids,
    /// Whether the fields for the two anabin searches belong on the page.
    #[serde(default)]
    pub anabin: bool,
}

/// `employer.yaml`: what every Träger does before the first day, whatever the way.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Employer {
    /// Duty id → duty.
    #[schemars(with = "IndexMap<String, Duty>")]
    pub duties: Map<Duty>,
    /// Whom the Träger asks in doubt, before counting the person.
    pub ask: Ids,
}

/// One duty.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// What to do.
    pub says: Located<String>,
    /// Must, or only recommended.
    pub must: bool,
    /// Only where one of these papers belongs in the file of a role: a duty that comes with a course or an approval.
    #[serde(default)]
    pub with: Ids,
    /// Where this is said.
    #[serde(default)]
    pub sources: Ids,
    /// How binding it is.
    pub certainty: Certainty,
}
