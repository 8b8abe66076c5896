//! What is other than on an earlier sheet, and what will be other on a known day.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Mark, Named};
use crate::terms::Day;

/// What has changed between an earlier sheet and this one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Since {
    /// Heading.
    pub heading: String,
    /// The day of the earlier sheet.
    pub day: Day,
    /// The version of the rules it was made with.
    pub version: String,
    /// Whether that version is kept; if not, nothing was compared.
    pub kept: bool,
    /// In one or two sentences: what was compared, and whether anything is different.
    pub says: String,
    /// What is different.
    pub differences: Vec<Difference>,
    /// What only reads differently, by id and title.
    pub reworded: Vec<Named>,
    /// A sentence on that; empty where there is none.
    pub reworded_says: String,
}

/// What changes on days that the rules know already.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ahead {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
    /// The days, the next one first.
    pub days: Vec<AheadDay>,
}

/// One such day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AheadDay {
    /// The first day on which it is different.
    pub day: Day,
    /// In words: "Ab 01.01.2031".
    pub from: String,
    /// What is different from then on.
    pub differences: Vec<Difference>,
}

/// A way, step, office or paper that differs between two sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// What kind of thing.
    pub about: About,
    /// Its id, on the later sheet if it is there.
    pub id: String,
    /// Its title or name.
    pub title: String,
    /// In what it differs.
    pub parts: Vec<DifferentPart>,
    /// The day from which on the rules themselves say so, where the difference comes from a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Why, in sentences.
    pub because: Vec<String>,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A way.
    Way,
    /// A step.
    Step,
    /// A paper.
    Paper,
    /// An office.
    Office,
}

/// One thing in which two sheets differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DifferentPart {
    /// What differs.
    pub aspect: Aspect,
    /// In one sentence.
    pub says: String,
    /// What it was; `None` where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is; `None` where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// In what a way, step, office or paper can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// It was not there before.
    Came,
    /// It is not there any more.
    Went,
    /// What comes out on the way.
    Outcome,
    /// What is possible and when.
    Standing,
    /// Who decides.
    DecidedBy,
    /// Who files, agrees, advises.
    Roles,
    /// How binding.
    Certainty,
    /// Until when.
    Dates,
    /// Level of German.
    German,
    /// Whom to ask.
    Ask,
    /// What the Träger files.
    Evidence,
    /// What it costs.
    Cost,
    /// How long it takes.
    Time,
    /// Where.
    Where,
    /// What to bring.
    Bring,
    /// Original or copy.
    Form,
    /// Whether it is translated.
    Translation,
    /// Name of an office.
    Name,
    /// Postal address.
    Post,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Page.
    Url,
    /// Only the words.
    Wording,
}
