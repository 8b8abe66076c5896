use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::paragraph::Paragraph;
use crate::source::Located;
use crate::terms::{Certainty, CostKind, Guide, PaperForm, TimeKind, Translation, Validity};
use crate::yaml::{Ids, Map};

/// The file of steps and of the rules about their order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// Step id → step.
    #[schemars(with = "IndexMap<String, Step>")]
    pub steps: Map<Step>,
    /// What must come before what.
    #[serde(default)]
    pub order: Vec<Located<OrderRule>>,
}

/// Something to do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// One sentence, verb first.
    pub title: Located<String>,
    /// How exactly, one to four sentences.
    pub says: Paragraph,
    /// The page of ours with drawings that shows how.
    pub guide: Option<Guide>,
    /// Who does it.
    pub who: Located<String>,
    /// Whether somebody else than the person does it. Such a step is never one of the first.
    #[serde(default)]
    pub by_others: bool,
    /// Whether it has to wait for something that is not on the sheet: a job, a result, an answer. Such a step is never one
    /// of the first.
    #[serde(default)]
    pub waits: bool,
    /// Whether it is done the same morning, so that nothing has to wait for it.
    #[serde(default)]
    pub at_once: bool,
    /// Whether it can be done at the weekend, too: at home, on the internet, by e-mail.
    #[serde(default)]
    pub any_day: bool,
    /// Facts after which the step is not needed; one of them is enough.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
    /// The step that stands in its place then.
    pub otherwise: Option<Located<String>>,
    /// The step in one sentence for the morning after, with what to ask or to look for.
    pub tomorrow: Option<Paragraph>,
    /// Where: offices, or facts whose values are offices.
    #[serde(default)]
    pub contact: Ids,
    /// Where, if there is no office.
    #[serde(rename = "where")]
    pub place: Option<Located<String>>,
    /// Papers to bring.
    #[serde(default)]
    pub bring: Ids,
    /// What it costs, in parts; empty means nothing.
    pub cost: Vec<Cost>,
    /// How long it takes.
    pub time: Vec<Time>,
    /// Where this is said.
    #[serde(default)]
    pub sources: Ids,
    /// How binding it is.
    pub certainty: Certainty,
    /// When it is in force.
    pub valid: Option<Located<Validity>>,
    /// What to say on the phone and to write.
    pub say_it: Option<SayIt>,
}

/// Words to use with an office: German that an applicant can read out. `{question-id}` stands for the answer, or for a
/// blank to fill in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SayIt {
    /// At most six short sentences for the telephone.
    #[serde(default)]
    pub phone: Paragraph,
    /// An e-mail.
    pub email: Option<Email>,
}

/// An e-mail to copy.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Subject line.
    pub subject: Located<String>,
    /// Text, without greeting and signature.
    pub text: Paragraph,
}

/// One part of a step's cost.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// What the money is for.
    #[serde(rename = "for")]
    pub kind: CostKind,
    /// The amount; left out where it is not known.
    pub amount: Option<Located<String>>,
    /// Where the amount is said.
    pub source: Option<Located<String>>,
    /// The year the amount is from.
    pub year: Option<u16>,
    /// Facts that must all hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Facts of which none may hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
}

/// One statement on how long a step takes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// What kind of statement it is.
    pub kind: TimeKind,
    /// The span in words.
    pub says: Located<String>,
    /// Where it is said.
    pub source: Option<Located<String>>,
    /// The year it is from.
    pub year: Option<u16>,
    /// Facts that must all hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Facts of which none may hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
}

/// One or several steps that must stand after another.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderRule {
    /// Id of the rule.
    pub rule: Located<String>,
    /// The step that comes first.
    pub first: Located<String>,
    /// The steps that come after it.
    pub then: Ids,
    /// Whether a later step brings the first one onto the sheet.
    #[serde(default)]
    pub brings: bool,
    /// The rule in one German sentence.
    pub says: Located<String>,
    /// How binding it is.
    pub certainty: Certainty,
    /// Where it is said.
    pub source: Option<Located<String>>,
    /// Row of the decision table this rests on.
    pub row: Option<Ids>,
}

/// The file of papers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Paper id → paper.
    #[schemars(with = "IndexMap<String, Paper>")]
    pub papers: Map<Paper>,
}

/// A document somebody has to show.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Its name.
    pub name: Located<String>,
    /// Facts after which nobody can have this paper, or needs it; one of them is enough.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
    /// Whether it is our own page for the Träger: where there is none, nobody is told to bring it.
    #[serde(default)]
    pub employer_page: bool,
    /// In which form it is wanted as a rule.
    pub form: PaperForm,
    /// More about the form as a rule, in words.
    pub form_says: Option<Paragraph>,
    /// Whether it must be translated.
    pub translation: Translation,
    /// Facts after which it is in German, so that there is nothing to translate; one of them is enough.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub in_german: Map<Ids>,
    /// Office → what it wants instead. It stands on a sheet where a step that needs the paper leads to this office.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, AtOffice>>")]
    pub at: Map<AtOffice>,
    /// Who issues it.
    pub issued_by: Option<Paragraph>,
    /// What to do if it cannot be had.
    pub if_missing: Option<Paragraph>,
    /// Where this is said.
    #[serde(default)]
    pub sources: Ids,
    /// How binding it is.
    pub certainty: Certainty,
}

/// What an office wants of a paper, where it is other than usual, or more.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtOffice {
    /// In which form it wants it.
    pub form: Option<PaperForm>,
    /// Whether it must be translated.
    pub translation: Option<Translation>,
    /// What else it says, in a sentence or two.
    pub says: Option<Located<String>>,
    /// Where this is said.
    pub sources: Ids,
}
