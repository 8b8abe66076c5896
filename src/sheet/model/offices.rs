//! Whom to turn to.

use schemars::JsonSchema;
use serde::Serialize;

use super::Mark;
use crate::terms::Day;

/// Contacts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contacts {
    /// Heading.
    pub heading: String,
    /// What to know before: advice is free, no agency needed.
    pub says: String,
    /// Offices.
    pub offices: Vec<OfficeCard>,
}

/// One office.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct OfficeCard {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Name and department as one.
    pub full_name: String,
    /// What it does.
    pub role: String,
    /// Why this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Which one it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_this: Option<String>,
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
    /// Whether the remark says more than of when an entry of the place is: then it stands wherever the office stands.
    pub limited: bool,
    /// When it is open, where an entry of the place says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The day that an entry of the place itself is from, if it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_day: Option<Day>,
    /// The day on which somebody last looked at an entry of the place itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_day: Option<Day>,
    /// How to find one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub find: Option<String>,
    /// Whether its advice costs nothing.
    pub free: bool,
    /// Whether a first step or a way leads here, or it is the free advice to begin with; the rest only on a long print.
    pub foremost: bool,
    /// Whether it is advice or a course that is only where the person lives.
    pub only_here: bool,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}
