//! The rules do not contradict each other.
//!
//! Within a pathway, no answer set comes to two outcomes. Across pathways, a row of the decision tables never fires with
//! two different standings for one answer set. A row is one rule of law; ways that rest on different rows may well differ,
//! for one may be closed while another is open. Rows of derived facts are left out: they say what is known about a
//! degree, and each pathway draws its own conclusion from it.
//!
//! Besides, editors name outcomes and steps that must never stand on one sheet (`exclusive:` in `rulebook.yaml`): no
//! complete answer set comes to two of such a group.

use std::collections::BTreeMap;

use super::super::certificate::{Claim, Exception};
use super::super::diagram::Set;
use super::{Grounds, Period};
use crate::diagnostic::Code;
use crate::rulebook::{Excluded, Id, Member, Outcome, Pathway};
use crate::terms::Standing;

type Firing = (Id<Pathway>, Id<Outcome>, Standing, Set);

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let periods = std::mem::take(&mut grounds.periods);
    let mut count = 0;
    for period in &periods {
        let mut rows: BTreeMap<&str, Vec<Firing>> = BTreeMap::new();
        for (reading, id) in period.desk.pathways.iter().zip(grounds.rulebook.pathways.ids()) {
            let mut taken: Vec<(Id<Outcome>, Set)> = Vec::new();
            for way in &reading.ways {
                let outcome = way.brings.outcome;
                let standing = grounds.outcome(id, outcome).standing;
                way.brings
                    .rows
                    .iter()
                    .for_each(|row| rows.entry(row).or_default().push((id, outcome, standing, way.set)));
                for (other, set) in &taken {
                    let both = grounds.diagrams.and(*set, way.set);
                    if both != Set::NONE {
                        let says = format!(
                            "{} und {} gelten zugleich",
                            grounds.outcome_name(id, *other),
                            grounds.outcome_name(id, outcome)
                        );
                        let place = grounds.outcome(id, outcome).span;
                        exceptions.push(grounds.exception(says, period.date, Some(place), Some(both)));
                    }
                }
                taken.push((outcome, way.set));
            }
        }
        count = rows.len();
        for (row, firings) in rows {
            if let Some((one, other, both)) = clash(grounds, &firings) {
                let says = format!(
                    "Die Zeile {row} sagt {} in {} und {} in {}",
                    one.2.into_str(),
                    grounds.outcome_name(one.0, one.1),
                    other.2.into_str(),
                    grounds.outcome_name(other.0, other.1)
                );
                let place = grounds.outcome(other.0, other.1).span;
                exceptions.push(grounds.exception(says, period.date, Some(place), Some(both)));
            }
        }
        exclusive(grounds, period, &mut exceptions);
    }
    grounds.periods = periods;
    Claim {
        id: "contradiction",
        code: Code::Contradiction,
        says: "Keine Antworten führen zu zwei Ergebnissen eines Wegs oder zu zwei Ergebnissen oder Schritten, die einander laut rulebook.yaml ausschließen; keine Zeile führt zu zwei verschiedenen Ständen",
        over: format!("{count} Zeilen und {} Gruppen, alle vollständigen Antworten", grounds.rulebook.exclusive.len()),
        exceptions,
    }
}

/// Members of a group that hold together although they must not.
fn exclusive(grounds: &mut Grounds<'_, '_>, period: &Period<'_>, exceptions: &mut Vec<Exception>) {
    let rulebook = grounds.rulebook;
    for group in &rulebook.exclusive {
        for (at, one) in group.outcomes.iter().enumerate() {
            let others = if group.never_with.is_empty() { &group.outcomes[at + 1..] } else { &group.never_with };
            for other in others {
                let (here, there) = (reached(grounds, period, one), reached(grounds, period, other));
                let both = grounds.diagrams.and(here, there);
                if both != Set::NONE {
                    let says = format!(
                        "{} und {} gelten zugleich, schließen einander aber aus: {}",
                        member_name(grounds, one),
                        member_name(grounds, other),
                        group.because
                    );
                    exceptions.push(grounds.exception(says, period.date, Some(other.span), Some(both)));
                }
            }
        }
    }
}

/// The answer sets on whose sheets a member of a group stands.
fn reached(grounds: &mut Grounds<'_, '_>, period: &Period<'_>, member: &Member) -> Set {
    match member.what {
        Excluded::Outcome(pathway, outcome) => {
            let ways = &period.desk.pathways[pathway.index()].ways;
            let meant = ways.iter().filter(|way| outcome.is_none_or(|outcome| way.brings.outcome == outcome));
            meant.fold(Set::NONE, |set, way| grounds.diagrams.or(set, way.set))
        }
        Excluded::Step(step) => period.shown.step(step),
    }
}

fn member_name(grounds: &Grounds<'_, '_>, member: &Member) -> String {
    match member.what {
        Excluded::Outcome(pathway, Some(outcome)) => grounds.outcome_name(pathway, outcome),
        Excluded::Outcome(pathway, None) => grounds.rulebook.pathways.name(pathway).to_owned(),
        Excluded::Step(step) => format!("der Schritt `{}`", grounds.rulebook.steps.name(step)),
    }
}

/// Two firings of a row with different standings for one answer set.
fn clash<'f>(grounds: &mut Grounds<'_, '_>, firings: &'f [Firing]) -> Option<(&'f Firing, &'f Firing, Set)> {
    for (at, one) in firings.iter().enumerate() {
        for other in &firings[at + 1..] {
            if one.2 != other.2 {
                let both = grounds.diagrams.and(one.3, other.3);
                if both != Set::NONE {
                    return Some((one, other, both));
                }
            }
        }
    }
    None
}
