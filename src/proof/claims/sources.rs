//! Nothing is said without saying who says so, or whom to ask.

use std::collections::BTreeSet;

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::Grounds;
use crate::diagnostic::Code;
use crate::rulebook::{Id, Step};
use crate::terms::Certainty;

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    let mut statements = 0;
    for period in &periods {
        let mut seen: BTreeSet<Id<Step>> = BTreeSet::new();
        for (reading, id) in period.desk.pathways.iter().zip(rulebook.pathways.ids()) {
            for way in reading.ways.iter().filter(|way| way.set != Set::NONE) {
                statements += 1;
                let brings = &way.brings;
                let name = grounds.outcome_name(id, brings.outcome);
                let place = grounds.outcome(id, brings.outcome).span;
                if brings.certainty == Certainty::Open && brings.offices.is_empty() {
                    let says = format!("{name} lässt etwas offen und nennt niemanden, den man fragen kann");
                    exceptions.push(grounds.exception(says, period.date, Some(place), Some(way.set)));
                } else if brings.certainty != Certainty::Open && brings.basis.is_empty() {
                    let says = format!("{name} stützt sich auf nichts");
                    exceptions.push(grounds.exception(says, period.date, Some(place), Some(way.set)));
                }
                for step in brings.steps.iter().copied() {
                    if !seen.insert(step) {
                        continue;
                    }
                    let gaps = step_gaps(grounds, step);
                    statements += 1;
                    for gap in gaps {
                        let says = format!("Der Schritt `{}` {gap}", rulebook.steps.name(step));
                        exceptions.push(grounds.exception(
                            says,
                            period.date,
                            Some(rulebook.steps[step].span),
                            Some(way.set),
                        ));
                    }
                }
            }
        }
    }
    for (_, name, paper) in rulebook.papers.iter() {
        statements += 1;
        if paper.all_sources().next().is_none() && paper.certainty != Certainty::Open {
            exceptions.push(grounds.exception(
                format!("Die Unterlage `{name}` hat keine Quelle"),
                grounds.today,
                None,
                None,
            ));
        }
    }
    for (_, name, office) in rulebook.authorities.iter() {
        statements += 1;
        if office.sources.is_empty() && office.certainty != Certainty::Open {
            exceptions.push(grounds.exception(
                format!("Die Stelle `{name}` hat keine Quelle"),
                grounds.today,
                None,
                None,
            ));
        }
    }
    for rule in &rulebook.order {
        statements += 1;
        if rule.source.is_none() && rule.certainty != Certainty::Open {
            let says = format!("Die Regel zur Reihenfolge `{}` hat keine Quelle", rule.id);
            exceptions.push(grounds.exception(says, grounds.today, Some(rule.span), None));
        }
    }
    grounds.periods = periods;
    Claim {
        id: "sources",
        code: Code::Unsupported,
        says: "Jede Aussage hat eine Quelle, oder sie ist als offen bezeichnet und nennt, wen man fragt",
        over: format!("{statements} Aussagen zu Wegen, Schritten, Unterlagen, Stellen und Reihenfolge"),
        exceptions,
    }
}

fn step_gaps(grounds: &Grounds<'_, '_>, id: Id<Step>) -> Vec<&'static str> {
    let step = &grounds.rulebook.steps[id];
    let mut gaps = Vec::new();
    if step.all_sources().next().is_none() && step.certainty != Certainty::Open {
        gaps.push("hat keine Quelle");
    }
    if step.cost.iter().any(|cost| cost.amount.is_some() && cost.source.is_none()) {
        gaps.push("nennt einen Betrag ohne Quelle");
    }
    if step.time.iter().any(|time| time.kind.is_sourced() && time.source.is_none()) {
        gaps.push("nennt eine Dauer ohne Quelle");
    }
    gaps
}
