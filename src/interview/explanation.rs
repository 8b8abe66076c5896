//! An evaluation in ids: the stable form behind `lotse explain --json`.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

use super::finding::{Evaluation, Facts, Finding, Room, Silent};
use super::what_else::{Else, what_else};
use super::why_not::{Failed, why_not};
use crate::language::Lang;
use crate::rulebook::{Fact, ForWhom, Id, Question, Rulebook, ValueSet};
use crate::terms::{Certainty, Day, Standing, Validity};
use crate::walk::{Answers, Reason, ReasonKind, Silence};

/// What holds for a set of answers on a day, and why. Ids only; a stable interface.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Explanation<'r> {
    /// Version of the rulebook.
    pub rulebook: &'r str,
    /// The day looked at.
    pub date: Day,
    /// Question id → chosen option ids, in the editors' order.
    pub answers: IndexMap<&'r str, Vec<&'r str>>,
    /// Questions that mattered, were left out, and so count as unknown.
    pub unanswered: Vec<&'r str>,
    /// Outcomes, in the order of pathways.
    pub outcomes: Vec<ExplainedOutcome<'r>>,
    /// Pathways without outcome, and why.
    pub silent: Vec<ExplainedSilence<'r>>,
    /// The smallest changes that a step can bring about and that would open more; only in detail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub what_else: Vec<ExplainedElse<'r>>,
}

/// Something that would open more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedElse<'r> {
    /// What would change, step by step.
    pub moves: Vec<ExplainedMove<'r>>,
    /// What would be open then.
    pub opens: Vec<ExplainedOpening>,
}

/// A step and the answers that would be others after it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedMove<'r> {
    /// Step id.
    pub step: &'r str,
    /// Question id → option id after it.
    pub answers: IndexMap<&'r str, &'r str>,
    /// What the step costs, in German; empty if nothing.
    pub cost: Vec<&'r str>,
    /// How long it takes, in German.
    pub time: Vec<&'r str>,
}

/// A way that would be more open.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedOpening {
    /// `pathway/outcome` now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// `pathway/outcome` then.
    pub id: String,
    /// Standing then.
    pub standing: Standing,
}

/// A condition that failed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FailedLine<'r> {
    /// Where it stands: in `when` or `unless`, or at a node of the tree.
    pub kind: ReasonKind,
    /// Question or derived fact.
    pub fact: &'r str,
    /// Its value or values.
    pub values: Vec<&'r str>,
    /// The values with which the pathway would go on.
    pub wanted: Vec<&'r str>,
    /// Source ids the condition rests on.
    pub basis: Vec<&'r str>,
    /// Who could decide otherwise.
    pub decided_by: Vec<&'r str>,
}

/// One outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedOutcome<'r> {
    /// `pathway/outcome`.
    pub id: String,
    /// Rows of the decision tables that fired.
    pub rows: Vec<&'r str>,
    /// What is possible and when.
    pub standing: Standing,
    /// Who decides.
    pub decided_by: &'r str,
    /// Who files the application, if not the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_for_by: Option<&'r str>,
    /// Who must agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<&'r str>,
    /// Who has a say without a right to refuse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub involves: Option<&'r str>,
    /// Who advises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advised_by: Option<&'r str>,
    /// How binding.
    pub certainty: Certainty,
    /// Source ids.
    pub basis: Vec<&'r str>,
    /// When in force.
    #[schemars(with = "Option<IndexMap<String, Day>>")]
    pub valid: Validity,
    /// Step ids in order.
    pub steps: Vec<&'r str>,
    /// Office ids in order.
    pub offices: Vec<&'r str>,
    /// What keeps it from being more open; only in detail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedLine<'r>>,
    /// Conditions and branches on the way.
    pub trace: Vec<TraceLine<'r>>,
}

/// A pathway without outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ExplainedSilence<'r> {
    /// Pathway id.
    pub pathway: &'r str,
    /// Why it is silent.
    pub why: WhySilent,
    /// The outcome that is not in force on this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<&'r str>,
    /// Every condition that failed, not only the first; only in detail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<FailedLine<'r>>,
    /// Conditions and branches on the way; the last one is the one that ended it.
    pub trace: Vec<TraceLine<'r>>,
}

/// Why a pathway is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum WhySilent {
    /// A condition of `when` or `unless` keeps it away.
    DoesNotApply,
    /// It has nothing to say here.
    NothingToSay,
    /// What it would say is not in force on this day.
    NotInForce,
}

/// One look at one fact.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TraceLine<'r> {
    /// What the look was for.
    pub kind: ReasonKind,
    /// Question or derived fact.
    pub fact: &'r str,
    /// Its value or values.
    pub values: Vec<&'r str>,
    /// For conditions: the values that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wanted: Vec<&'r str>,
    /// Whether it let the pathway go on.
    pub holds: bool,
    /// Rows on this branch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<&'r str>,
    /// Sources on this branch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<&'r str>,
    /// How a derived fact came to its value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<TraceLine<'r>>,
}

impl<'r> Explanation<'r> {
    /// What holds for these answers on this day, in ids, without the way to each outcome and without pathways that are
    /// silent.
    pub fn in_brief(rulebook: &'r Rulebook, answers: &Answers, date: Date, room: &mut Room<'r>) -> Self {
        let (findings, unanswered) = room.found(rulebook, answers, date);
        Self::outcomes(rulebook, answers, date, &findings, &unanswered)
    }

    /// Puts an evaluation in ids.
    pub fn of(rulebook: &'r Rulebook, answers: &Answers, date: Date, evaluation: &Evaluation<'r>) -> Self {
        let (findings, unanswered) = (&evaluation.findings, &evaluation.unanswered);
        let mut explanation = Self::outcomes(rulebook, answers, date, findings, unanswered);
        for (finding, line) in evaluation.findings.iter().zip(&mut explanation.outcomes) {
            line.trace = trace(rulebook, &finding.reasons);
        }
        explanation.silent = evaluation.silent.iter().map(|silent| silence(rulebook, silent)).collect();
        explanation
    }

    /// The same with every condition that failed and with what would open more.
    pub fn in_detail(rulebook: &'r Rulebook, answers: &Answers, date: Date, evaluation: &Evaluation<'r>) -> Self {
        let mut explanation = Self::of(rulebook, answers, date, evaluation);
        for (finding, line) in evaluation.findings.iter().zip(&mut explanation.outcomes) {
            line.failed = failed(rulebook, &why_not(rulebook, answers, date, finding.pathway));
        }
        for (silent, line) in evaluation.silent.iter().zip(&mut explanation.silent) {
            line.failed = failed(rulebook, &why_not(rulebook, answers, date, silent.pathway));
        }
        let found = what_else(rulebook, answers, date, evaluation, MOST_STEPS);
        let facts = Facts::of(rulebook, answers, date);
        explanation.what_else = found.iter().map(|this| explained_else(rulebook, &facts, this)).collect();
        explanation
    }

    fn outcomes(
        rulebook: &'r Rulebook,
        answers: &Answers,
        date: Date,
        findings: &[Finding<'r>],
        unanswered: &BTreeSet<Id<Question>>,
    ) -> Self {
        let chosen = answers.iter().map(|(id, _)| (rulebook.questions.name(id), answers.words(rulebook, id)));
        Self {
            rulebook: &rulebook.version,
            date: Day(date),
            answers: chosen.collect(),
            unanswered: unanswered.iter().map(|id| rulebook.questions.name(*id)).collect(),
            outcomes: findings.iter().map(|finding| outcome(rulebook, finding)).collect(),
            silent: Vec::new(),
            what_else: Vec::new(),
        }
    }
}

/// How many steps a change that is worth naming takes at most.
const MOST_STEPS: usize = 2;

fn failed<'r>(rulebook: &'r Rulebook, failed: &[Failed]) -> Vec<FailedLine<'r>> {
    let line = |this: &Failed| FailedLine {
        kind: this.kind,
        fact: rulebook.fact_name(this.fact),
        values: value_names(rulebook, this.fact, this.values),
        wanted: value_names(rulebook, this.fact, this.wanted),
        basis: ids(rulebook, &this.basis),
        decided_by: this.decided_by.iter().map(|id| rulebook.deciders.name(*id)).collect(),
    };
    failed.iter().map(line).collect()
}

fn explained_else<'r>(rulebook: &'r Rulebook, facts: &Facts, found: &Else) -> ExplainedElse<'r> {
    let lang = Lang::german();
    let say = |text| rulebook.texts.say(&lang, text);
    let unknown = || rulebook.word(&lang, "sheet.amount-not-known");
    let is_meant = |for_whom: &ForWhom| for_whom.includes(|fact| facts.get(fact));
    let outcome = |pathway, outcome| {
        format!("{}/{}", rulebook.pathways.name(pathway), rulebook.pathways[pathway].outcomes.name(outcome))
    };
    ExplainedElse {
        moves: found
            .moves
            .iter()
            .map(|this| {
                let step = &rulebook.steps[this.step];
                let answer = |(question, value): &(Id<Question>, usize)| {
                    (rulebook.questions.name(*question), rulebook.value_name(Fact::Question(*question), *value))
                };
                ExplainedMove {
                    step: rulebook.steps.name(this.step),
                    answers: this.answers.iter().map(answer).collect(),
                    cost: step
                        .cost
                        .iter()
                        .filter(|cost| is_meant(&cost.for_whom))
                        .map(|cost| cost.amount.map_or_else(unknown, say))
                        .collect(),
                    time: step.time.iter().filter(|time| is_meant(&time.for_whom)).map(|time| say(time.says)).collect(),
                }
            })
            .collect(),
        opens: found
            .opens
            .iter()
            .map(|this| ExplainedOpening {
                before: this.before.map(|before| outcome(this.pathway, before)),
                id: outcome(this.pathway, this.after),
                standing: rulebook.pathways[this.pathway].outcomes[this.after].standing,
            })
            .collect(),
    }
}

fn value_names(rulebook: &Rulebook, fact: Fact, values: ValueSet) -> Vec<&str> {
    values.iter().map(|value| rulebook.value_name(fact, value)).collect()
}

impl Finding<'_> {
    /// `pathway/outcome`.
    pub fn id(&self, rulebook: &Rulebook) -> String {
        let outcomes = &rulebook.pathways[self.pathway].outcomes;
        format!("{}/{}", rulebook.pathways.name(self.pathway), outcomes.name(self.outcome))
    }
}

fn outcome<'r>(rulebook: &'r Rulebook, finding: &Finding<'r>) -> ExplainedOutcome<'r> {
    let outcome = &rulebook.pathways[finding.pathway].outcomes[finding.outcome];
    let decider = |id| rulebook.deciders.name(id);
    ExplainedOutcome {
        id: finding.id(rulebook),
        rows: finding.rows.clone(),
        standing: outcome.standing,
        decided_by: decider(outcome.decided_by),
        applied_for_by: outcome.applied_for_by.map(decider),
        agreed_by: outcome.agreed_by.map(decider),
        involves: outcome.involves.map(decider),
        advised_by: outcome.advised_by.map(decider),
        certainty: finding.certainty,
        basis: finding.basis.iter().map(|id| rulebook.sources.name(*id)).collect(),
        valid: finding.valid,
        steps: finding.steps.iter().map(|id| rulebook.steps.name(*id)).collect(),
        offices: finding.offices.iter().map(|office| rulebook.authorities.name(office.authority)).collect(),
        failed: Vec::new(),
        trace: Vec::new(),
    }
}

fn silence<'r>(rulebook: &'r Rulebook, silent: &Silent<'r>) -> ExplainedSilence<'r> {
    let (why, outcome) = match silent.why {
        Silence::DoesNotApply => (WhySilent::DoesNotApply, None),
        Silence::NothingToSay => (WhySilent::NothingToSay, None),
        Silence::NotInForce(outcome) => (WhySilent::NotInForce, Some(outcome)),
    };
    ExplainedSilence {
        pathway: rulebook.pathways.name(silent.pathway),
        why,
        outcome: outcome.map(|id| rulebook.pathways[silent.pathway].outcomes.name(id)),
        failed: Vec::new(),
        trace: trace(rulebook, &silent.reasons),
    }
}

fn trace<'r>(rulebook: &'r Rulebook, reasons: &[Reason<'r>]) -> Vec<TraceLine<'r>> {
    let line = |reason: &Reason<'r>| {
        let names = |values| value_names(rulebook, reason.fact, values);
        TraceLine {
            kind: reason.kind,
            fact: rulebook.fact_name(reason.fact),
            values: names(reason.values),
            wanted: match reason.kind {
                ReasonKind::When | ReasonKind::Unless => names(reason.wanted),
                ReasonKind::Branch | ReasonKind::Lookup => Vec::new(),
            },
            holds: reason.holds,
            rows: reason.ground.iter().flat_map(|ground| ground.rows.iter().map(String::as_str)).collect(),
            basis: reason.ground.iter().flat_map(|ground| ids(rulebook, &ground.basis)).collect(),
            because: trace(rulebook, &reason.because),
        }
    };
    reasons.iter().map(line).collect()
}

fn ids<'r>(rulebook: &'r Rulebook, sources: &[Id<crate::rulebook::Source>]) -> Vec<&'r str> {
    sources.iter().map(|id| rulebook.sources.name(*id)).collect()
}
