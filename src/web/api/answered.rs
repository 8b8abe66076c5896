//! What is given back, as far as it is not the sheet, the employer's file or an explanation themselves.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use crate::interview::{Answers, Explanation, Room};
use crate::language::Lang;
use crate::opendata::QuestionEntry;
use crate::rulebook::Rulebook;
use crate::terms::Day;
use crate::web::visit::Visit;

/// What stands beside everything that holds texts.
#[derive(Serialize, JsonSchema)]
pub struct Head {
    /// Version of the rulebook.
    pub rulebook: String,
    /// The day it is from, or the day looked at.
    pub date: Day,
    /// Language code of the texts.
    pub lang: String,
    /// Writing direction of the texts: `ltr` or `rtl`.
    pub direction: &'static str,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
}

impl Head {
    /// That of a visit.
    pub fn of(visit: &Visit) -> Self {
        let lang = &visit.link.lang;
        Self {
            rulebook: visit.rulebook.version.clone(),
            date: Day(visit.date),
            lang: lang.code().to_owned(),
            direction: lang.direction(),
            fallen_back: Vec::new(),
        }
    }

    /// The same over texts in another language than the one asked for.
    pub fn in_lang(self, lang: &Lang) -> Self {
        Self { lang: lang.code().to_owned(), direction: lang.direction(), ..self }
    }
}

/// Records of one kind.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ListOf{T}")]
pub struct List<T> {
    #[serde(flatten)]
    pub head: Head,
    /// The records, in the editors' order.
    pub entries: Vec<T>,
}

/// One record.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dated{T}")]
pub struct Record<T> {
    #[serde(flatten)]
    pub head: Head,
    /// The record.
    #[serde(flatten)]
    pub record: T,
}

/// Where an interview stands.
#[derive(Serialize, JsonSchema)]
pub struct NextQuestion {
    #[serde(flatten)]
    pub head: Head,
    /// The question to put next; nothing when the interview is complete. Its answer is added to the others.
    pub question: Option<QuestionEntry>,
    /// Ids of the questions put and answered, in the order in which they came.
    pub asked: Vec<String>,
    /// How many questions the whole interview has at most.
    pub at_most: usize,
    /// Ids of questions whose answers others rule out; on the sheet they do not count.
    pub left_out: Vec<String>,
}

/// What holds for each of many people.
#[derive(Serialize, JsonSchema)]
pub struct Explanations<'r> {
    /// Version of the rulebook.
    pub rulebook: &'r str,
    /// The day looked at.
    pub date: Day,
    /// One for each set of answers, in their order; `trace` and `silent` stay empty.
    #[schemars(with = "Vec<Explanation>")]
    pub people: Explained<'r>,
}

/// People of whom it is told what holds, one after the other while it is written: a thousand explanations are never kept.
pub struct Explained<'r> {
    pub rulebook: &'r Rulebook,
    pub date: Date,
    pub people: Vec<Answers>,
}

impl Serialize for Explained<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.people.len()))?;
        let mut room = Room::new(self.rulebook);
        for answers in &self.people {
            list.serialize_element(&Explanation::in_brief(self.rulebook, answers, self.date, &mut room))?;
        }
        list.end()
    }
}
