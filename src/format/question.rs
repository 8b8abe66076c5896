use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;
use crate::terms::Guide;
use crate::yaml::{Ids, Map};

/// A file of questions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// What they are about: on the advisor's desk they stand together.
    pub topic: Option<Topic>,
    /// Question id → question.
    #[schemars(with = "IndexMap<String, Question>")]
    pub questions: Map<Question>,
}

/// What the questions of a file are about.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Heading, a short noun.
    pub heading: Located<String>,
    /// Whether somebody with two qualifications may answer differently for each.
    #[serde(default)]
    pub per_qualification: bool,
    /// Whether it is kept from the Träger wherever the page for the file says the same without it.
    #[serde(default)]
    pub discreet: bool,
}

/// Something a person is asked. `unknown` ("weiß ich nicht") is always among the options.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question itself, in German.
    pub text: Located<String>,
    /// One to three sentences that make it answerable.
    pub help: Option<Located<String>>,
    /// Why it is asked.
    pub why: Located<String>,
    /// How to find the answer out.
    pub find_out: Located<String>,
    /// The task on the sheet while the answer is unknown.
    pub task: Option<Located<String>>,
    /// A short noun for "Ihre Antworten".
    pub label: Located<String>,
    /// What a person who knows the answer brings along, in positive words; `{question-id}` stands for the answer.
    pub have: Option<Located<String>>,
    /// Facts that must hold for the question to be put at all.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub asked_if: Map<Ids>,
    /// Only on the advisor's page, the command line and in links; the wizard never puts it.
    #[serde(default)]
    pub only_at_desk: bool,
    /// Whether what it tells of the person is named before other strengths.
    #[serde(default)]
    pub strength: bool,
    /// Several options may be chosen.
    #[serde(default)]
    pub multi: bool,
    /// Ids this question had in released states. Old links, printed codes and short addresses keep their meaning by them.
    #[serde(default)]
    pub formerly: Ids,
    /// The page of the question has a field for a day as well: when the letter came that the answer is about. The day is for
    /// reminders and wording alone; no rule and no deadline is worked out from it.
    pub came_on: Option<CameOn>,
    /// The page of ours with drawings that helps to answer it.
    pub guide: Option<Guide>,
    /// A step can change the answer.
    pub changeable: Option<Changeable>,
    /// The options are the rows of this table, shown as a list to choose from.
    pub options_from: Option<Located<String>>,
    /// Of a long list: the options most people look for, shown first.
    #[serde(default)]
    pub often: Ids,
    /// Option id → option, in the order of the page.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Choice>>")]
    pub options: Map<Choice>,
}

/// The field for the day on which a letter came. It may stay empty.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CameOn {
    /// What is asked for.
    pub text: Located<String>,
    /// What the day is for.
    pub help: Located<String>,
    /// A short noun for "Ihre Antworten".
    pub label: Located<String>,
    /// Facts after which no letter has come yet; one of them is enough.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
}

/// Which step changes an answer, and to what. The sheet uses it to say what would open more.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Changeable {
    /// The step after which the answer is another one.
    pub step: Located<String>,
    /// The answers it starts from; all if left out.
    #[serde(default)]
    pub from: Ids,
    /// The answers it may lead to, the easiest first; all but `unknown` if left out.
    #[serde(default)]
    pub to: Ids,
}

/// One option of a question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What stands beside the button.
    pub text: Located<String>,
    /// A line below it.
    pub help: Option<Located<String>>,
    /// What somebody with this answer brings along, in positive words; goes before the question's own sentence.
    pub have: Option<Located<String>>,
    /// Whether it names a group and nothing in it, as "another subject" does: words to say leave a blank for the name.
    #[serde(default)]
    pub unnamed: bool,
    /// Ids this option had in released states.
    #[serde(default)]
    pub formerly: Ids,
    /// For numbers: the first number of the range the law distinguishes.
    pub from: Option<u32>,
    /// For numbers: the last number of the range; open if left out.
    pub until: Option<u32>,
}
