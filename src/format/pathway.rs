use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Also, EmployerPart, TableRow};
use crate::source::Located;
use crate::terms::{Certainty, Concern, GermanKind, Standing, Validity};
use crate::yaml::{Given, Ids, Map, given};

/// One recognition path or deployment option: one file, one tree or table, outcomes at its ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// Its id; the same as the file's name.
    pub pathway: Located<String>,
    /// German title of the way.
    pub title: Located<String>,
    /// Which of the questions of life it answers.
    pub concerns: Concern,
    /// Whether it goes before all other ways, whatever the person wants: an office has written and waits for an answer, or no
    /// other way may begin before.
    #[serde(default)]
    pub leads: bool,
    /// The way on whose card it stands as one more line, where both are open to somebody, or both are closed; of several the
    /// first that somebody has.
    #[serde(default)]
    pub joins: Ids,
    /// Goals that it serves; where none is named, those that it asks for.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub serves: Map<Ids>,
    /// Facts that must all hold for the way to be looked at.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Facts of which none may hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
    /// The tree.
    pub tree: Option<Located<Tree>>,
    /// Or: rows, of which the first that fits is taken.
    #[serde(default)]
    pub table: Vec<Located<TableRow>>,
    /// What is added beside it.
    #[serde(default)]
    pub also: Vec<Located<Also>>,
    /// A shortcut that stands in a box of its own beside the first steps.
    pub shortcut: Option<Shortcut>,
    /// Outcome id → outcome.
    #[schemars(with = "IndexMap<String, Outcome>")]
    pub outcomes: Map<Outcome>,
}

/// A shortcut that is easily missed, in a few lines.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shortcut {
    /// The outcomes for which it is shown.
    #[serde(rename = "for")]
    pub outcomes: Ids,
    /// Headline.
    pub title: Located<String>,
    /// How it goes, one sentence or two a line.
    pub lines: Vec<Located<String>>,
    /// What it rests on.
    pub basis: Ids,
}

/// A node: either it asks a fact and branches, or it ends in an outcome (in a derived fact: in a value).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The question or derived fact asked here.
    pub ask: Option<Located<String>>,
    /// What follows from its values.
    #[serde(default)]
    pub branches: Vec<Located<Branch>>,
    /// Or: the outcome. `none` means the pathway has nothing to say.
    pub outcome: Option<Located<String>>,
    /// Or, in a derived fact: the value.
    #[serde(rename = "value")]
    pub gives: Option<Located<String>>,
    /// Row of the decision table this rests on.
    pub row: Option<Ids>,
    /// Sources that add to the outcome's basis.
    pub basis: Option<Ids>,
    /// Certainty, if the table gives one.
    pub certainty: Option<Certainty>,
    /// Steps that add to the outcome's.
    pub steps: Option<Ids>,
}

/// A branch: for which values it holds, what it rests on, and the node it leads to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The values for which this branch holds.
    #[serde(rename = "if")]
    pub values: Option<Ids>,
    /// The branch for all values not named; `else: x` ends in outcome or value x.
    #[serde(rename = "else", default, deserialize_with = "given")]
    #[schemars(with = "Option<String>")]
    pub otherwise: Option<Given<Located<String>>>,
    /// Row of the decision table this rests on.
    pub row: Option<Ids>,
    /// Sources that add to the outcome's basis.
    pub basis: Option<Ids>,
    /// Overrides the outcome's certainty.
    pub certainty: Option<Certainty>,
    /// When this branch is in force.
    pub valid: Option<Located<Validity>>,
    /// Steps that add to the outcome's.
    pub steps: Option<Ids>,
    /// The fact asked next.
    pub ask: Option<Located<String>>,
    /// What follows from its values.
    #[serde(default)]
    pub branches: Vec<Located<Branch>>,
    /// Or: the outcome.
    pub outcome: Option<Located<String>>,
    /// Or, in a derived fact: the value.
    #[serde(rename = "value")]
    pub gives: Option<Located<String>>,
}

/// A leaf of a pathway: what is possible, who decides, how sure that is, and what to do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What is possible and when.
    pub standing: Standing,
    /// Headline of the way on the sheet.
    pub title: Located<String>,
    /// What is possible and on what condition, in one or two short sentences: the sheet begins with it. Every outcome of a way
    /// has one (`concerns: job`, `title` or `training`), no other outcome.
    pub opening: Option<Located<String>>,
    /// One to five sentences. `{question-id}` stands for the chosen option's text.
    pub says: Located<String>,
    /// Who decides.
    pub decided_by: Located<String>,
    /// Who files the application, if not the person.
    pub applied_for_by: Option<Located<String>>,
    /// Who must agree.
    pub agreed_by: Option<Located<String>>,
    /// Who has a say without a right to refuse, such as the town whose rules an employer follows.
    pub involves: Option<Located<String>>,
    /// Who advises the one who decides.
    pub advised_by: Option<Located<String>>,
    /// How binding the statement is.
    pub certainty: Certainty,
    /// What it rests on.
    #[serde(default)]
    pub basis: Ids,
    /// When it is in force.
    pub valid: Option<Located<Validity>>,
    /// Row of the decision table this rests on.
    pub row: Option<Ids>,
    /// What to do, in order.
    #[serde(default)]
    pub steps: Ids,
    /// Whom to ask.
    #[serde(default)]
    pub ask: Ids,
    /// German level for this way.
    pub german: Option<German>,
    /// A trap to avoid, tied to the answers that lead here.
    pub watch_out: Option<Located<String>>,
    /// What goes on the employer page.
    pub employer: Option<EmployerPart>,
}

/// The German level of a way.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct German {
    /// CEFR level: `b2`; left out where none is known.
    pub level: Option<Located<String>>,
    /// Required by rule, recommended by an office, usual with employers, or unknown.
    pub kind: GermanKind,
    /// Where that is said.
    pub source: Option<Located<String>>,
}
