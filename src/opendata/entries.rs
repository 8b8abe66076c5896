//! What each record holds.

use schemars::JsonSchema;
use serde::Serialize;

use crate::sheet::Named;
use crate::terms::{Certainty, Concern, Day, GermanKind, Reading, Search, Standing, Validity};

/// The rulebook as a whole.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RulebookEntry {
    /// Name.
    pub name: String,
    /// Version; it stands on every sheet.
    pub version: String,
    /// The day up to which the editors know the law.
    pub knowledge_date: Day,
    /// The day this answer is from: today in North Rhine-Westphalia.
    pub date: Day,
    /// Languages of texts; the first is that in which they were written.
    pub languages: Vec<SpokenLanguage>,
    /// Earlier versions that are kept.
    pub earlier_versions: Vec<String>,
    /// The most questions that one interview puts.
    pub most_questions: usize,
    /// Licence of rules, texts and program (SPDX).
    pub licence: &'static str,
}

/// A language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpokenLanguage {
    /// BCP 47 code.
    pub code: String,
    /// Writing direction: `ltr` or `rtl`.
    pub direction: &'static str,
}

/// A question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuestionEntry {
    /// Id.
    pub id: String,
    /// What it is about, as a heading over several questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Named>,
    /// The question itself.
    pub text: String,
    /// Help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Why it is asked.
    pub why: String,
    /// How to find the answer out.
    pub find_out: String,
    /// Short noun, for lists of answers.
    pub label: String,
    /// Whether several options may be chosen.
    pub multi: bool,
    /// Whether it is best shown as a list to choose from.
    pub long_list: bool,
    /// Whether only advisors are asked; the interview never puts it by itself.
    pub only_at_desk: bool,
    /// Options in the order of the page. One of them is always "I do not know".
    pub options: Vec<OptionEntry>,
    /// Ids it had in earlier versions; they are understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
}

/// An option of a question.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OptionEntry {
    /// Id.
    pub id: String,
    /// What stands beside the button.
    pub text: String,
    /// A line below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether it is "I do not know". It never closes a way, and becomes a task on the sheet.
    pub unknown: bool,
    /// The numbers it stands for; a number within is understood as this option.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Ids it had in earlier versions; they are understood.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
}

/// Numbers, both ends included.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Range {
    /// The smallest.
    pub from: u32,
    /// The largest; nothing where there is no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<u32>,
}

/// A pathway.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PathwayEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is about. The protected title, the job and the right to stay are three answers that are never mixed.
    pub concerns: Concern,
    /// Its outcomes.
    pub outcomes: Vec<OutcomeEntry>,
}

/// An outcome of a pathway.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OutcomeEntry {
    /// `pathway/outcome`, as in explanations and sheets.
    pub id: String,
    /// What is possible and when.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// Headline.
    pub title: String,
    /// What, on what condition, who decides. A place like `{study-field}` stands for the answer to that question.
    pub says: String,
    /// Who decides. It is never Lotse.
    pub decided_by: Named,
    /// How binding.
    pub certainty: Certainty,
    /// In words.
    pub certainty_text: String,
    /// German level, if one is named: CEFR in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german_level: Option<String>,
    /// How that level is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german_kind: Option<GermanKind>,
    /// A trap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_out: Option<String>,
    /// Ids of sources of the outcome itself; branches on the way there add theirs.
    pub basis: Vec<String>,
    /// When in force, and when editors look at it again.
    pub valid: Validity,
    /// Ids of steps of the outcome itself, in order.
    pub steps: Vec<String>,
}

/// A step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepEntry {
    /// Id.
    pub id: String,
    /// One sentence, verb first.
    pub title: String,
    /// How: sentences, some of which are for some people alone.
    pub says: Vec<String>,
    /// Who does it.
    pub who: String,
    /// Ids of steps that come before it.
    pub after: Vec<String>,
    /// Ids of papers to bring.
    pub bring: Vec<String>,
    /// What it costs, in parts.
    pub cost: Vec<StepFigure>,
    /// How long it takes.
    pub time: Vec<StepFigure>,
    /// How binding.
    pub certainty: Certainty,
    /// When in force, and when editors look at it again.
    pub valid: Validity,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// What a step costs, or how long it takes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepFigure {
    /// What it is: `fee`, `statutory` …
    pub kind: Named,
    /// In words, or that it is not known.
    pub says: String,
    /// Whether it is known.
    pub known: bool,
    /// The year it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Id of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A paper.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaperEntry {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Original, copy …, as a rule.
    pub form: Named,
    /// Whether a translation is needed.
    pub translation: Named,
    /// More about the form: sentences, some of which are for some people alone.
    pub form_says: Vec<String>,
    /// What some offices want instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<PaperAtOffice>,
    /// Who issues it.
    pub issued_by: Vec<String>,
    /// What to do if it cannot be had.
    pub if_missing: Vec<String>,
    /// How binding.
    pub certainty: Certainty,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// What an office wants of a paper, where it is other than usual, or more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaperAtOffice {
    /// Id of the office.
    pub office: String,
    /// Original, copy …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Named>,
    /// Whether a translation is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translation: Option<Named>,
    /// What else it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// A German term that stays German.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermEntry {
    /// Id.
    pub id: String,
    /// The term.
    pub term: String,
    /// What it means.
    pub says: String,
}

/// A fact that follows from answers. Nobody is asked for it; pathways and other facts rest on it. How it follows stands in
/// the rules as JSON Logic (`lotse export json-logic`), under the same id.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactEntry {
    /// Id.
    pub id: String,
    /// Short noun.
    pub label: String,
    /// What it can be.
    pub values: Vec<Named>,
    /// Ids of the questions and facts it looks at itself.
    pub looks_at: Vec<String>,
    /// Where it is looked up in a table by the answer to one question: what follows from which options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<LookedUp>,
    /// Where it tells which office is responsible: the offices by value. Several of one value may be responsible.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<OfficesOfValue>,
    /// Why it is this office. A place like `{district}` stands for the answer to that question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The office that people confuse it with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_this: Option<String>,
}

/// A part of a table: the options from which a value follows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LookedUp {
    /// The value.
    pub value: Named,
    /// The options.
    pub options: Vec<Named>,
}

/// The offices that a value leads to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfficesOfValue {
    /// Id of the value.
    pub value: String,
    /// Ids of the offices.
    pub offices: Vec<String>,
}

/// What there is at one place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LocalPlace {
    /// Id of the question whose option the place is.
    pub question: String,
    /// The option.
    pub place: Named,
    /// Offices, advice and courses.
    pub offices: Vec<LocalEntry>,
}

/// What papers are called in one country.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CertificatesOfCountry {
    /// The country, an option of the question about the country of training.
    pub country: Named,
    /// The papers.
    pub papers: Vec<CertificateEntry>,
}

/// The whole rulebook in one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WholeRulebook {
    /// The rulebook.
    pub rulebook: RulebookEntry,
    /// Language code of the texts.
    pub lang: String,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
    /// Questions, in the order in which they are put.
    pub questions: Vec<QuestionEntry>,
    /// Facts that follow from answers.
    pub facts: Vec<FactEntry>,
    /// Pathways with their outcomes, in the order of the sheet.
    pub pathways: Vec<PathwayEntry>,
    /// Steps.
    pub steps: Vec<StepEntry>,
    /// Papers.
    pub papers: Vec<PaperEntry>,
    /// Offices and advice points.
    pub offices: Vec<OfficeEntry>,
    /// Offices, advice and courses by place.
    pub local: Vec<LocalPlace>,
    /// What papers are called in other countries.
    pub certificates: Vec<CertificatesOfCountry>,
    /// German terms explained.
    pub terms: Vec<TermEntry>,
    /// Sources.
    pub sources: Vec<SourceEntry>,
    /// What changed, newest first.
    pub changes: Vec<ChangeEntry>,
}

/// An office or advice point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfficeEntry {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What it does.
    pub role: String,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How to find one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub find: Option<String>,
    /// Whether its advice costs nothing.
    pub free: bool,
    /// How binding.
    pub certainty: Certainty,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// The offices that a place leads to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfficesOfPlace {
    /// The question whose option the place is.
    pub question: String,
    /// The option.
    pub place: Named,
    /// Who may be responsible, by matter. A matter on which the place has no influence is not here.
    pub responsible: Vec<ResponsibleOffices>,
    /// Offices, advice and courses at the place itself.
    pub local: Vec<LocalEntry>,
}

/// Who is responsible in one matter, as far as the place tells.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ResponsibleOffices {
    /// Id of the fact of the rules that tells which.
    pub matter: String,
    /// The matter, as a short noun.
    pub text: String,
    /// Whether the place alone decides. Otherwise other answers do, and one of these offices is responsible; an interview or
    /// a sheet says which.
    pub certain: bool,
    /// The offices.
    pub offices: Vec<OfficeEntry>,
}

/// An office, advice point or course at one place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LocalEntry {
    /// Id: that of the office everywhere, or its own.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day the entry is from, if it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Day>,
    /// The day somebody last looked.
    pub checked_on: Day,
    /// How binding.
    pub certainty: Certainty,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// What a paper is called in another country. It is never said that it is recognised.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CertificateEntry {
    /// Id.
    pub id: String,
    /// What stands on it.
    pub name: String,
    /// In which language.
    pub lang: String,
    /// Writing direction of the name.
    pub direction: &'static str,
    /// The name in Latin letters, if it is written in others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latin: Option<String>,
    /// What it means.
    pub gloss: String,
    /// The option of the question about the kind of qualification that fits; nothing where that is not clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// What tells it apart, or misleads.
    pub note: String,
    /// The subjects it is for, as options of the question about the subject; none where it is for many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Which search of anabin to try.
    pub search: Search,
    /// The name it has in anabin, if an editor read it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anabin: Option<String>,
    /// Ids of sources.
    pub sources: Vec<String>,
}

/// A source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Kind: `statute`, `decree`, `authority` …
    pub kind: String,
    /// Its state; nothing where the page shows none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Day>,
    /// The day an editor last looked at it.
    pub checked_on: Day,
    /// The last day on which nobody need look at it again, by the interval of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_again_by: Option<Day>,
    /// What was done with it before a statement was rested on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<Reading>,
    /// Address, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A change of the rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangeEntry {
    /// The version that brought it.
    pub version: String,
    /// The day of that version.
    pub date: Day,
    /// What is different.
    pub says: String,
    /// Why.
    pub because: String,
    /// Whether only the wording changed.
    pub editorial: bool,
    /// What it touches: `pathway`, `pathway/outcome`, `step:ID`, `office:ID`, `paper:ID`.
    pub touches: Vec<String>,
    /// Ids of sources.
    pub sources: Vec<String>,
}
