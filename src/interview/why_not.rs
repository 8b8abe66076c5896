//! Why a pathway is not open: every condition that failed, what it rests on, and who could decide otherwise.

use jiff::civil::Date;

use super::answers::Answers;
use super::walk::{ReasonKind, Walk};
use crate::rulebook::{
    Condition, Decider, Fact, Id, Node, Outcome, Pathway, Rulebook, Source, Turn, ValueSet, in_force,
};
use crate::terms::Standing;

/// A condition that failed.
#[derive(Clone, Debug)]
pub struct Failed {
    /// A condition of the pathway, or a node of its tree.
    pub kind: ReasonKind,
    /// The fact.
    pub fact: Fact,
    /// The value or values it has.
    pub values: ValueSet,
    /// The values with which the pathway would go on, or say more.
    pub wanted: ValueSet,
    /// What the condition rests on.
    pub basis: Vec<Id<Source>>,
    /// Who decides about what would be open then, and so could decide otherwise.
    pub decided_by: Vec<Id<Decider>>,
}

/// How open a pathway is: 0 is open now, 3 is closed, whether it says so or says nothing.
pub fn closedness(standing: Option<Standing>) -> usize {
    match standing {
        Some(Standing::OpenNow) => 0,
        Some(Standing::OpenAfterSteps) => 1,
        Some(Standing::AskFirst) => 2,
        Some(Standing::NotThisWay) | None => 3,
    }
}

/// Every condition that keeps a pathway from being open, or more open than it is.
pub fn why_not(rulebook: &Rulebook, answers: &Answers, date: Date, id: Id<Pathway>) -> Vec<Failed> {
    let pathway = &rulebook.pathways[id];
    let mut walk = Walk::final_look(rulebook, answers, date);
    let mut failed = Vec::new();
    let best = best(pathway, &pathway.tree, date);
    for (conditions, kind) in [(&pathway.when, ReasonKind::When), (&pathway.unless, ReasonKind::Unless)] {
        for condition in conditions {
            let Ok(reason) = walk.condition(condition, kind) else { continue };
            if !reason.holds {
                failed.push(Failed {
                    kind,
                    fact: condition.fact,
                    values: reason.values,
                    wanted: wanted(rulebook, condition, kind),
                    basis: grounds(pathway, &pathway.ground.basis, &best),
                    decided_by: deciders(pathway, &best),
                });
            }
        }
    }
    // The turns taken, and what stood beside them.
    let mut node = &pathway.tree;
    let mut taken = Vec::new();
    let leaf = loop {
        let fork = match node {
            Node::Leaf(leaf) => break *leaf,
            Node::Fork(fork) => fork,
        };
        let Ok((turn, _)) = walk.turn(fork) else { break None };
        taken.push((fork, turn));
        node = &turn.node;
    };
    let leaf = leaf.map(|id| &pathway.outcomes[id]).filter(|outcome| in_force(outcome.valid, date));
    let own = closedness(leaf.map(|outcome| outcome.standing));
    for (fork, taken) in taken {
        let mut missing: Vec<(Fact, ValueSet, ValueSet, Vec<Id<Outcome>>)> = Vec::new();
        for turn in fork.turns_on(date).filter(|turn| !std::ptr::eq(*turn, taken)) {
            let there = self::best(pathway, &turn.node, date);
            if there.first().is_none_or(|outcome| closedness(Some(pathway.outcomes[*outcome].standing)) >= own) {
                continue;
            }
            for (fact, values, wanted) in ways_over(rulebook, &mut walk, taken, turn) {
                match missing.iter_mut().find(|(known, ..)| *known == fact) {
                    Some((_, _, known, outcomes)) => {
                        *known = known.or(&wanted);
                        outcomes.extend(&there);
                    }
                    None => missing.push((fact, values, wanted, there.clone())),
                }
            }
        }
        failed.extend(missing.into_iter().map(|(fact, values, wanted, outcomes)| Failed {
            kind: ReasonKind::Branch,
            fact,
            values,
            wanted,
            basis: grounds(pathway, &taken.ground.basis, &outcomes),
            decided_by: deciders(pathway, &outcomes),
        }));
    }
    failed
}

/// What would have to be otherwise for another turn than the one taken: its conditions that do not hold; if all of them do,
/// those of the turn that stands before it.
fn ways_over(
    rulebook: &Rulebook,
    walk: &mut Walk<'_>,
    taken: &Turn<Option<Id<Outcome>>>,
    other: &Turn<Option<Id<Outcome>>>,
) -> Vec<(Fact, ValueSet, ValueSet)> {
    let mut looks = |conditions: &[Condition]| -> Vec<(Fact, ValueSet, ValueSet)> {
        let look = |condition: &Condition| Some((condition.fact, walk.fact(condition.fact).ok()?.0, condition.values));
        conditions.iter().filter_map(look).collect()
    };
    let mut unmet = looks(&other.when);
    unmet.retain(|(_, values, wanted)| values.and(wanted).is_empty());
    if unmet.is_empty() {
        unmet = looks(&taken.when);
        for (fact, _, wanted) in &mut unmet {
            *wanted = ValueSet::first(rulebook.value_count(*fact)).minus(wanted);
        }
    }
    unmet
}

/// The values with which a condition would hold.
fn wanted(rulebook: &Rulebook, condition: &Condition, kind: ReasonKind) -> ValueSet {
    match kind {
        ReasonKind::Unless => ValueSet::first(rulebook.value_count(condition.fact)).minus(&condition.values),
        _ => condition.values,
    }
}

/// The most open outcomes below a node.
fn best(pathway: &Pathway, node: &Node<Option<Id<Outcome>>>, date: Date) -> Vec<Id<Outcome>> {
    fn gather(node: &Node<Option<Id<Outcome>>>, date: Date, all: &mut Vec<Id<Outcome>>) {
        match node {
            Node::Leaf(leaf) => all.extend(leaf),
            Node::Fork(fork) => fork.turns_on(date).for_each(|turn| gather(&turn.node, date, all)),
        }
    }
    let mut all = Vec::new();
    gather(node, date, &mut all);
    all.sort();
    all.dedup();
    all.retain(|id| in_force(pathway.outcomes[*id].valid, date));
    let least = all.iter().map(|id| closedness(Some(pathway.outcomes[*id].standing))).min();
    all.retain(|id| Some(closedness(Some(pathway.outcomes[*id].standing))) == least);
    all
}

/// What the condition itself rests on; if the rules name nothing there, what the outcome behind it rests on.
fn grounds(pathway: &Pathway, own: &[Id<Source>], outcomes: &[Id<Outcome>]) -> Vec<Id<Source>> {
    let mut basis = own.to_vec();
    if basis.is_empty() {
        for source in outcomes.iter().flat_map(|id| &pathway.outcomes[*id].ground.basis) {
            if !basis.contains(source) {
                basis.push(*source);
            }
        }
    }
    basis
}

fn deciders(pathway: &Pathway, outcomes: &[Id<Outcome>]) -> Vec<Id<Decider>> {
    let mut deciders = Vec::new();
    for outcome in outcomes.iter().map(|id| &pathway.outcomes[*id]) {
        for decider in std::iter::once(outcome.decided_by).chain(outcome.agreed_by).chain(outcome.involves) {
            if !deciders.contains(&decider) {
                deciders.push(decider);
            }
        }
    }
    deciders
}
