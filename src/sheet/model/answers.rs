//! What the person said, and what they bring along.

use schemars::JsonSchema;
use serde::Serialize;

use super::Named;

/// What the person brings along.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Have {
    /// Heading.
    pub heading: String,
    /// Sentences in positive words; may be empty where little is known.
    pub lines: Vec<String>,
    /// Asks for what was not asked, with room to write.
    pub more: String,
}

/// The person's answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerLines {
    /// Heading.
    pub heading: String,
    /// One line per question.
    pub lines: Vec<AnswerLine>,
}

/// One answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerLine {
    /// Question id and short noun.
    pub question: Named,
    /// Options chosen.
    pub options: Vec<Named>,
    /// Whether it is not known.
    pub unknown: bool,
}
