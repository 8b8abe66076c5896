//! The papers.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Mark, Named};

/// Papers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Papers {
    /// Heading.
    pub heading: String,
    /// What to know before: translate last, never send originals.
    pub says: String,
    /// The papers.
    pub papers: Vec<PaperLine>,
}

/// One paper.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaperLine {
    /// Id and name.
    pub paper: Named,
    /// Original, copy …
    pub form: Named,
    /// Differences by office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_says: Option<String>,
    /// Whether it must be translated.
    pub translation: Named,
    /// Who issues it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<String>,
    /// What if it cannot be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_missing: Option<String>,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}
