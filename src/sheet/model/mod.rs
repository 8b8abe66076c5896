//! The sheet as data: blocks in order, ids beside texts. One file for each part of the sheet.

mod answers;
mod employer;
mod offices;
mod opening;
mod otherwise;
mod papers;
mod since;
mod sources;
mod steps;
mod ways;

use schemars::JsonSchema;
use serde::Serialize;

use crate::language::Compared;
use crate::rulebook::{Id, Source as Cited};
use crate::terms::Day;

pub use answers::{AnswerLine, AnswerLines, Have};
pub use employer::{DutyLine, EmployerFile, EmployerPage, EmployerRole, FiledPaper};
pub use offices::{Contacts, OfficeCard};
pub use opening::{Begin, By, Opening, OpeningLine, Reach};
pub use otherwise::{ElseLine, ElseStep, ElseWay, FailedCondition, WhatElse, WhyNot};
pub use papers::{PaperLine, Papers};
pub use since::{About, Ahead, AheadDay, Aspect, Difference, DifferentPart, Since};
pub use sources::{SourceLine, Sources, TermLine, Words};
pub use steps::{
    CertaintyMark, Figure, FigureLine, Letter, Money, Script, Scripts, StepCard, StepLink, Steps, Task, Tasks, Times,
};
pub use ways::{GermanLine, GermanLines, Said, Shortcut, Shortcuts, Way, Ways};

/// A source that a line of the sheet names. In JSON and in print it is the source's number on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(into = "usize")]
#[schemars(with = "usize")]
pub struct Mark {
    /// The source.
    pub source: Id<Cited>,
    /// Its number, from 1; 0 until the sheet is numbered, which is the last thing that is done to it.
    pub number: usize,
}

impl Mark {
    /// Names a source whose number is not known yet.
    pub fn of(source: Id<Cited>) -> Self {
        Self { source, number: 0 }
    }
}

impl From<Mark> for usize {
    fn from(mark: Mark) -> Self {
        mark.number
    }
}

/// A next-steps sheet for one set of answers on one day, in one language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sheet {
    /// Language code of the texts.
    pub lang: String,
    /// Writing direction of the texts: `ltr` or `rtl`.
    pub direction: &'static str,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
    /// In another language than German: which text counts, and whether anybody has compared the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_translation: Option<InTranslation>,
    /// Title.
    pub title: String,
    /// The day it speaks of.
    pub date: Day,
    /// That day as people write it.
    pub date_text: String,
    /// Name of the rulebook.
    pub rulebook: String,
    /// Version of the rulebook.
    pub version: String,
    /// State of the law, as people write a day.
    pub knowledge_date: String,
    /// That day.
    pub knowledge_day: Day,
    /// The day on which the letter came that the answers are about, where the person named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDay>,
    /// The blocks, in order. A block with nothing to say is not here.
    pub blocks: Vec<Block>,
    /// Which blocks stand together behind one heading that opens; the others stand before, open.
    pub groups: Vec<Group>,
    /// The page for the Träger, if some way rests on evidence that the Träger files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer_page: Option<EmployerPage>,
    /// Whether there is such a page, composed here or not.
    #[serde(skip)]
    pub has_employer_page: bool,
}

/// What whoever reads a translation must know of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InTranslation {
    /// In sentences, for people: the German text counts; whether somebody has compared the translation with it.
    pub says: String,
    /// How much of the translation somebody who speaks both languages well has compared with the German.
    pub compared: Compared,
}

/// When the letter came. It is for reminders and wording; no deadline follows from it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterDay {
    /// The day.
    pub came_on: Day,
    /// What to do about it, in one or two sentences.
    pub says: String,
}

/// Blocks that stand together behind one heading.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// Id.
    pub id: &'static str,
    /// Heading.
    pub heading: String,
    /// The kinds of its blocks.
    pub blocks: Vec<&'static str>,
}

/// A part of the sheet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// The answer first: what the person brings, what is possible with it, who decides, and what to do tomorrow morning.
    Opening(Opening),
    /// What the sheet is and who decides.
    Introduction(Note),
    /// What has changed since an earlier sheet.
    Since(Since),
    /// The first one to three steps, large.
    Now(Steps),
    /// Shortcuts that are easily missed.
    Shortcut(Shortcuts),
    /// What the person said.
    Answers(AnswerLines),
    /// What the person brings along.
    Have(Have),
    /// The ways, soonest first.
    Ways(Ways),
    /// What changes on a day that the rules know already.
    Ahead(Ahead),
    /// What can be done while waiting.
    Meanwhile(Ways),
    /// The steps after the first ones.
    Later(Steps),
    /// What is still to be found out.
    FindOut(Tasks),
    /// Papers.
    Papers(Papers),
    /// What the steps cost, by kind.
    Money(Money),
    /// How long it takes, by law and by experience.
    Time(Times),
    /// German levels per way.
    German(GermanLines),
    /// Advice, money, conditions.
    Support(Ways),
    /// What is not possible this way, and what is instead.
    Closed(Ways),
    /// What would open more, and what keeps ways closed.
    WhatElse(WhatElse),
    /// Residence: a pointer only.
    Stay(Ways),
    /// Offices and advice points.
    Contacts(Contacts),
    /// What to say on the phone and to write.
    SayIt(Scripts),
    /// What to do if something goes wrong.
    Trouble(Ways),
    /// German terms explained.
    Words(Words),
    /// Numbered sources.
    Sources(Sources),
    /// Closing line.
    Footer(Note),
}

/// A heading and a paragraph.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Note {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
}

/// A coded word and how it reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Text.
    pub text: String,
}
