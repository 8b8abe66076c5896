use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::{Certainty, Search};
use crate::yaml::{Ids, Map};

/// `certificates.yaml`: what papers are called in the countries people learned in. A help for one question and for searching anabin; it
/// decides nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificates {
    /// The question they help to answer.
    pub question: Located<String>,
    /// The question whose answer says of which country the papers are.
    pub country: Located<String>,
    /// The question that wants a name to search for.
    pub search: Located<String>,
    /// The question whose answer is the subject. States before 2026.14 do not name it.
    pub subject: Option<Located<String>>,
    /// Who helps where a paper is not clear.
    pub advice: Located<String>,
    /// Answer to `country` → id of the paper → paper.
    #[schemars(with = "IndexMap<String, IndexMap<String, Certificate>>")]
    pub certificates: Map<Map<Certificate>>,
}

/// A paper of one country.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// What stands on it, in its own script.
    pub name: Located<String>,
    /// The language of the name (BCP 47): it is marked with it, and written in its direction.
    pub lang: Located<String>,
    /// The name in Latin letters, if it is written in others.
    pub latin: Option<Located<String>>,
    /// What it means in plain German; neither an official title nor a German degree.
    pub gloss: Located<String>,
    /// The option of the question that fits; left out where that is not clear.
    pub option: Option<Located<String>>,
    /// What the option rests on. With `open` it is never offered.
    pub option_certainty: Certainty,
    /// What tells it apart, or misleads; at most 25 words.
    pub note: Located<String>,
    /// The subjects it is for, as answers to `subject`; left out where it is for many. The name to search for is shown to them alone.
    #[serde(default)]
    pub subjects: Ids,
    /// Which search of anabin to try.
    pub search: Search,
    /// The name it has in anabin, if somebody read it there.
    pub anabin: Option<Located<String>>,
    /// Where this is said.
    pub source: Ids,
}
