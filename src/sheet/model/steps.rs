//! The steps, what they cost and take, and what is said in them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Mark, Named, Reach};
use crate::language::Joins;
use crate::terms::Certainty;

/// What the steps cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Money {
    /// Heading.
    pub heading: String,
    /// Ask who pays before paying; or that nothing here costs anything.
    pub says: String,
    /// The parts, by kind. Never summed up: some are not known.
    pub lines: Vec<FigureLine>,
}

/// How long it takes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Times {
    /// Heading.
    pub heading: String,
    /// Statutory before observed; our own estimates stand with the steps.
    pub lines: Vec<FigureLine>,
    /// Stations to write days beside: today, papers, application, answer.
    pub stations: Vec<String>,
}

/// A figure and the steps it belongs to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureLine {
    /// The figure.
    pub figure: Figure,
    /// The steps.
    pub steps: Vec<StepLink>,
}

/// Steps.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Steps {
    /// Heading.
    pub heading: String,
    /// The steps, numbered through the sheet.
    pub steps: Vec<StepCard>,
}

/// One step with everything needed to do it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepCard {
    /// Step id.
    pub id: String,
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// One sentence, verb first.
    pub title: String,
    /// How.
    pub says: String,
    /// The address of our page with drawings that shows how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<&'static str>,
    /// Who does it.
    pub who: String,
    /// Where, if it is no office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Offices, by id and name; the details stand under contacts.
    pub offices: Vec<Named>,
    /// Papers to bring.
    pub bring: Vec<Named>,
    /// What it costs, in parts; empty means nothing.
    pub cost: Vec<Figure>,
    /// How long it takes.
    pub time: Vec<Figure>,
    /// How binding it is.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
    /// Order rules it stands under, in one sentence each.
    pub order: Vec<String>,
}

/// A figure with its source and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// What it is: `fee`, `statutory` …
    pub kind: Named,
    /// The figure in words, or that it is not known.
    pub says: String,
    /// Whether it is known.
    pub known: bool,
    /// The year it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Number of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Mark>,
}

impl Figure {
    /// In words: "Gebühr: 200 bis 600 Euro (2026)".
    pub fn told(&self, joins: Joins<'_>) -> String {
        let figure = joins.label(&self.kind.text, &self.says);
        match self.year {
            Some(year) => format!("{figure} {}", joins.aside(&year.to_string())),
            None => figure,
        }
    }

    /// The same behind a label: "Kosten: 200 bis 600 Euro (Gebühr, 2026)".
    pub fn beside_label(&self, joins: Joins<'_>) -> String {
        let year = self.year.map(|year| year.to_string());
        let kind = joins.list([Some(&self.kind.text), year.as_ref()].into_iter().flatten());
        format!("{} {}", self.says, joins.aside(&kind))
    }
}

/// How binding something is, with its label on the sheet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CertaintyMark {
    /// Id.
    pub id: Certainty,
    /// Label: "Regel", "üblich", "bitte fragen".
    pub text: String,
}

/// A step named on a way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepLink {
    /// Step id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Number on the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
}

/// Things to find out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tasks {
    /// Heading.
    pub heading: String,
    /// Tasks.
    pub tasks: Vec<Task>,
}

/// One thing to find out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Task {
    /// Question id and short noun.
    pub question: Named,
    /// What to do.
    pub says: String,
    /// How to find it out.
    pub find_out: String,
}

/// What to say on the phone and to write; German, to be read out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scripts {
    /// Heading.
    pub heading: String,
    /// What to know before: nothing private needs to be said.
    pub says: String,
    /// Sentences that help in every call.
    pub rescue: Vec<String>,
    /// In another language: what each of them says; empty where the language lacks it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rescue_help: Vec<String>,
    /// One script per step that has one.
    pub scripts: Vec<Script>,
}

/// Words for one step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Script {
    /// The step.
    pub step: StepLink,
    /// Whom to call or to write to.
    pub offices: Vec<Named>,
    /// How to reach the first of them who answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Whether it is the call that comes first: what is said in it stands on paper, too.
    pub first_call: bool,
    /// Sentences for the telephone, in German.
    pub phone: Vec<String>,
    /// In another language: what each of them says; empty where the language lacks it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phone_help: Vec<String>,
    /// An e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Letter>,
}

/// An e-mail to copy.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Letter {
    /// Subject, in German.
    pub subject: String,
    /// What it says, in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_help: Option<String>,
    /// Text, in German.
    pub text: String,
    /// What it says, in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_help: Option<String>,
}
