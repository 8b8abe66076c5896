//! What else would be possible, and why something is not.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Figure, Mark, StepLink};
use crate::terms::Standing;

/// What would open more, and what keeps ways closed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhatElse {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
    /// The smallest changes that a step can bring about.
    pub changes: Vec<ElseLine>,
    /// Heading of the ways not open.
    pub why_not_heading: String,
    /// Ways not open, each with everything that keeps it so.
    pub why_not: Vec<WhyNot>,
}

/// Something that would open more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseLine {
    /// The steps, and the answers that would be others after them.
    pub moves: Vec<ElseStep>,
    /// What would be open then.
    pub opens: Vec<ElseWay>,
}

/// A step and the answers that would be others after it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseStep {
    /// The step, with its number where it stands on the sheet.
    pub step: StepLink,
    /// The answers after it: "Deutsch: B2".
    pub answers: Vec<String>,
    /// Cost in parts.
    pub cost: Vec<Figure>,
    /// Statements on time.
    pub time: Vec<Figure>,
}

/// A way that would be more open.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseWay {
    /// `pathway/outcome`.
    pub id: String,
    /// Headline.
    pub title: String,
    /// What would be possible and when.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// What is possible on this way now, in words; `None` where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// A way that is not open, and everything that keeps it so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhyNot {
    /// Pathway id.
    pub pathway: String,
    /// Title of the way.
    pub title: String,
    /// What keeps it closed.
    pub conditions: Vec<FailedCondition>,
}

/// A condition that failed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FailedCondition {
    /// Short noun of the question or fact.
    pub label: String,
    /// The values it has; none where the person was never asked.
    pub values: Vec<String>,
    /// The values it would need; at most a few, the rest is counted.
    pub wanted: Vec<String>,
    /// How many more values would do.
    pub more: usize,
    /// Who could decide otherwise.
    pub decided_by: Vec<String>,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
}
