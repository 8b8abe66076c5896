//! First things first, and money before cost.
//!
//! [`arrange`] puts every step behind all steps on the sheet that an order rule wants first, and loading refuses rules
//! that go in a circle; so the order holds for every set of steps. It is tried here on each pair of a rule and on all
//! steps of a stretch at once. What answers and dates can break is that a step brought by a rule is not there: a paid step
//! would then stand without its funding.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::Grounds;
use crate::diagnostic::Code;
use crate::interview::arrange;
use crate::rulebook::{Id, OrderRule, Rulebook, Step};

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    for period in &periods {
        let mut shown: BTreeMap<Id<Step>, Vec<Set>> = BTreeMap::new();
        for way in period.desk.pathways.iter().flat_map(|pathway| &pathway.ways) {
            way.brings.steps.iter().for_each(|step| shown.entry(*step).or_default().push(way.set));
        }
        let every: Vec<Id<Step>> = shown.keys().rev().copied().collect();
        for rule in &rulebook.order {
            for step in &rule.then {
                let Some(ways) = shown.get(step) else { continue };
                let together = [&[*step, rule.first][..], &every];
                let late = together.iter().any(|steps| !in_order(rulebook, rule, *step, steps, period.date));
                if late {
                    let says = format!(
                        "Der Schritt `{}` steht vor `{}`",
                        rulebook.steps.name(*step),
                        rulebook.steps.name(rule.first)
                    );
                    let set = grounds.diagrams.any(ways.iter().copied());
                    exceptions.push(grounds.exception(says, period.date, Some(rule.span), Some(set)));
                }
                if rule.brings && !arrange(rulebook, [*step], period.date).contains(&rule.first) {
                    let what = if rulebook.steps[*step].cost.is_empty() {
                        "Der Schritt"
                    } else {
                        "Der Schritt, der Geld kostet,"
                    };
                    let says = format!(
                        "{what} `{}` steht ohne `{}` da; nach der Regel {} muss das vorher kommen",
                        rulebook.steps.name(*step),
                        rulebook.steps.name(rule.first),
                        rule.id
                    );
                    let set = grounds.diagrams.any(ways.iter().copied());
                    exceptions.push(grounds.exception(says, period.date, Some(rule.span), Some(set)));
                }
            }
        }
    }
    grounds.periods = periods;
    Claim {
        id: "order",
        code: Code::WrongOrder,
        says: "Auf keinem Blatt steht ein Schritt vor einem, der zuerst kommen muss; was Geld kostet, steht hinter dem Antrag auf Förderung, den es braucht",
        over: format!("{} Regeln zur Reihenfolge, alle Folgen von Schritten", rulebook.order.len()),
        exceptions,
    }
}

/// Whether the rule's first step, if it is there, stands before the other.
fn in_order(rulebook: &Rulebook, rule: &OrderRule, step: Id<Step>, steps: &[Id<Step>], date: Date) -> bool {
    let order = arrange(rulebook, steps.iter().copied(), date);
    let place = |wanted: Id<Step>| order.iter().position(|step| *step == wanted);
    match (place(rule.first), place(step)) {
        (Some(first), Some(then)) => first < then,
        _ => true,
    }
}
