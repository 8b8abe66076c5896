//! Findings in the order in which people read them.

use crate::interview::{Evaluation, Finding};
use crate::rulebook::{Outcome, Rulebook};
use crate::terms::{Concern, Standing};

/// Findings, those that lead before all others, then what is possible soonest first; within a standing what the person can
/// do before what somebody else must apply for, jobs before titles before the rest, then the editors' order.
pub fn by_standing<'e>(rulebook: &Rulebook, evaluation: &'e Evaluation<'e>) -> Vec<&'e Finding<'e>> {
    let mut ways: Vec<&Finding<'_>> = evaluation.findings.iter().collect();
    ways.sort_by_key(|finding| {
        (
            !rulebook.pathways[finding.pathway].leads,
            outcome(rulebook, finding).standing == Standing::NotThisWay,
            !concern(rulebook, finding).is_way(),
            outcome(rulebook, finding).standing,
            outcome(rulebook, finding).applied_for_by.is_some(),
            concern(rulebook, finding),
        )
    });
    ways
}

pub fn outcome<'r>(rulebook: &'r Rulebook, finding: &Finding<'_>) -> &'r Outcome {
    &rulebook.pathways[finding.pathway].outcomes[finding.outcome]
}

pub fn concern(rulebook: &Rulebook, finding: &Finding<'_>) -> Concern {
    rulebook.pathways[finding.pathway].concerns
}
