//! What a sheet begins with: the best ways, and what to do tomorrow.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Named, OfficeCard};
use crate::terms::{Certainty, Standing};

/// The answer first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Opening {
    /// Heading.
    pub heading: String,
    /// What the person brings along, in positive words.
    pub brings: Vec<String>,
    /// What is possible, one line for each thing the person wants.
    pub lines: Vec<OpeningLine>,
    /// When it begins.
    pub begin: Begin,
    /// The same in words: heading of what to do first.
    pub tomorrow_heading: String,
    /// What to do first, in one to three short paragraphs.
    pub tomorrow: Vec<String>,
    /// Whom to turn to for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
}

/// When the first thing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Begin {
    /// Today: a letter sets a deadline.
    Today,
    /// Tomorrow morning.
    Tomorrow,
    /// On Monday, when somebody answers the telephone again.
    Monday,
}

impl Begin {
    /// The name of the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "sheet.opening.today",
            Self::Tomorrow => "sheet.opening.tomorrow",
            Self::Monday => "sheet.opening.monday",
        }
    }
}

/// What is possible for something the person wants.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OpeningLine {
    /// What the person wants, in words; empty where that is open.
    pub goals: Vec<String>,
    /// `pathway/outcome` of the best way.
    pub way: String,
    /// The best way in one sentence.
    pub says: String,
    /// What is possible and when.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// Who decides, if somebody does already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Named>,
    /// How sure that is.
    pub certainty: Certainty,
    /// In words.
    pub certainty_text: String,
    /// Where this way is closed: that something else is possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
}

/// The shortest way to reach an office.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reach {
    /// The office.
    pub office: Named,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// By what an office is reached.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Its telephone number.
    Phone(&'a str),
    /// Its e-mail address.
    Email(&'a str),
    /// Its page.
    Page(&'a str),
}

impl Reach {
    /// How an office is reached that has this card.
    pub fn of(office: Named, card: &OfficeCard) -> Self {
        Self { office, phone: card.phone.clone(), email: card.email.clone(), url: card.url.clone() }
    }

    /// The first of some offices that answers by telephone or e-mail, or else the first with a page.
    pub fn among(offices: impl Iterator<Item = Self> + Clone) -> Option<Self> {
        let answers = |reach: &Self| reach.phone.is_some() || reach.email.is_some();
        offices.clone().find(answers).or_else(|| offices.clone().find(|reach| reach.url.is_some()))
    }

    /// The shortest of the ways there are. An e-mail goes to somebody; a page is only looked up.
    pub fn shortest(&self) -> Option<By<'_>> {
        let phone = self.phone.as_deref().map(By::Phone);
        phone.or(self.email.as_deref().map(By::Email)).or(self.url.as_deref().map(By::Page))
    }
}
