//! The page for the Träger.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AnswerLine, CertaintyMark, Mark, Named, OfficeCard, Since, SourceLine};
use crate::interview::Answers;
use crate::terms::Day;

/// The page for the Träger: what the person states, the provision, the evidence to file, the duties before the first day.
///
/// All of it follows from the answers that carry its roles. Nothing else that the person said can stand on it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerPage {
    /// The answers that carry the roles, with what the person wants.
    #[serde(skip)]
    pub answers: Answers,
    /// What has changed for these roles since an earlier sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// What the person states of themselves, as far as the roles rest on it.
    pub states: Vec<AnswerLine>,
    /// The roles in question, each with its provision and evidence.
    pub roles: Vec<EmployerRole>,
    /// What must be done before the first day.
    pub duties: Vec<DutyLine>,
    /// What is recommended besides.
    pub recommended: Vec<DutyLine>,
    /// Whom to ask in doubt, before counting the person.
    pub ask: Vec<OfficeCard>,
    /// Sources, numbered for this page.
    pub sources: Vec<SourceLine>,
}

/// One role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerRole {
    /// `pathway/outcome`.
    pub id: String,
    /// The role as it would stand in the file.
    pub role: String,
    /// Where the norm names it; left to the Träger where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The sentence that maps the person's facts to the provision.
    pub provision: String,
    /// Standing in words.
    pub standing_text: String,
    /// Who decides.
    pub decided_by: Named,
    /// Who must agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<Named>,
    /// Who files, agrees, advises: whole sentences.
    pub roles: Vec<String>,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
    /// German level in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german: Option<String>,
    /// Evidence that must be filed.
    pub must: Vec<FiledPaper>,
    /// Evidence of which one is enough.
    pub one_of: Vec<FiledPaper>,
    /// Evidence that is recommended.
    pub recommended: Vec<FiledPaper>,
    /// Whether the fields for the two anabin searches belong here.
    pub anabin: bool,
}

/// The page for the Träger as a document of its own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerFile<'a> {
    /// Language code of the texts.
    pub lang: &'a str,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
    /// The day it speaks of.
    pub date: Day,
    /// Name of the rulebook.
    pub rulebook: &'a str,
    /// Version of the rulebook.
    pub version: &'a str,
    /// State of the law, as people write a day.
    pub knowledge_date: &'a str,
    /// That day.
    pub knowledge_day: Day,
    /// What stands behind `/a/` to see the page again: its answers, its day and its rules, nothing else.
    pub code: String,
    /// The page.
    #[serde(flatten)]
    pub page: &'a EmployerPage,
}

/// A paper for the file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiledPaper {
    /// Id and name.
    pub paper: Named,
    /// Original, copy …
    pub form: Named,
}

/// One duty of a Träger.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DutyLine {
    /// Id.
    pub id: String,
    /// What to do.
    pub says: String,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}
