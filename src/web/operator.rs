use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::Day;

/// Who runs an instance of the wizard: the facts the law wants on its pages. A file of its own, given to
/// `lotse serve --operator`; what is left out shows as a visible gap.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Operator {
    /// Name of the office or body.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Who answers for it.
    pub represented_by: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Data protection officer.
    pub data_protection: Option<String>,
    /// Who keeps the server and how long its log, which holds no answers.
    pub hosting: Option<String>,
    /// Where barriers are reported.
    pub accessibility_contact: Option<String>,
    /// The office that helps if the report is not answered.
    pub enforcement: Option<String>,
    /// Day of the last accessibility review.
    pub reviewed_on: Option<String>,
    /// Where a weakness of the program or the server is reported: an address as `mailto:…` or `https://…`.
    pub security_contact: Option<String>,
    /// Until when that address holds; at most a year ahead.
    pub security_until: Option<Day>,
}
