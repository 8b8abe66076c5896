//! Why a pathway is not open: every condition that failed, what it rests on, and who could decide otherwise.

use jiff::civil::Date;

use crate::rulebook::{
    Condition, Decider, Fact, Fork, Ground, Id, Node, Outcome, Pathway, Rulebook, Source, Turn, ValueSet, in_force,
};
use crate::terms::Standing;
use crate::walk::{Answers, Memory, Notes, Person, Reason, ReasonKind, Reasons, Truth, Unknown, descend, pass};

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
    let mut memory = Memory::<Reasons<'_>>::new(rulebook);
    let mut person = Person::new(rulebook, answers, date, Unknown, &mut memory);
    let best = best(pathway, &pathway.tree, date);
    let mut failed = Vec::new();
    // Every condition, not only the first that failed.
    for (conditions, kind) in [(&pathway.when, ReasonKind::When), (&pathway.unless, ReasonKind::Unless)] {
        for condition in conditions {
            let Ok(_) = pass(&mut person, kind, condition, Truth::Yes);
        }
    }
    let reached = |fact, wanted| with(rulebook, answers, date, pathway, fact, wanted);
    for reason in person.notes().looks.drain(..).filter(|reason| !reason.holds) {
        let wanted = wanted(rulebook, &reason);
        let there = reached(reason.fact, wanted).unwrap_or_else(|| best.clone());
        failed.push(Failed {
            kind: reason.kind,
            fact: reason.fact,
            values: reason.values,
            wanted,
            basis: grounds(pathway, &pathway.ground.basis, &there),
            decided_by: deciders(pathway, &there),
        });
    }
    // The turns that are or would be taken, and what stood beside them.
    person.set_out();
    let (mut leaf, mut taken) = (None, Vec::new());
    let Ok(()) = descend(&mut person, &pathway.tree, Truth::Yes, &mut |person, end: &Option<Id<Outcome>>, _| {
        leaf = *end;
        taken.clone_from(&person.notes().trail.grounds);
        Ok(())
    });
    let leaf = leaf.map(|id| &pathway.outcomes[id]).filter(|outcome| in_force(outcome.valid, date));
    let own = closedness(leaf.map(|outcome| outcome.standing));
    let mut node = &pathway.tree;
    while let Some((fork, taken)) = turn_taken(node, &taken) {
        node = &taken.node;
        let mut missing: Vec<(Miss, Vec<Id<Outcome>>)> = Vec::new();
        for turn in fork.turns_on(date).filter(|turn| !std::ptr::eq(*turn, taken)) {
            let there = self::best(pathway, &turn.node, date);
            if there.first().is_none_or(|outcome| closedness(Some(pathway.outcomes[*outcome].standing)) >= own) {
                continue;
            }
            for miss in ways_over(rulebook, &mut person, taken, turn) {
                match missing.iter_mut().find(|(known, _)| known.fact == miss.fact) {
                    Some((known, outcomes)) => {
                        known.wanted = known.wanted.or(&miss.wanted);
                        outcomes.extend(&there);
                    }
                    None => missing.push((miss, there.clone())),
                }
            }
        }
        failed.extend(missing.into_iter().map(|(Miss { fact, values, wanted }, outcomes)| {
            let there = reached(fact, wanted).unwrap_or(outcomes);
            Failed {
                kind: ReasonKind::Branch,
                fact,
                values,
                wanted,
                basis: grounds(pathway, &taken.ground.basis, &there),
                decided_by: deciders(pathway, &there),
            }
        }));
    }
    failed
}

/// A fact that has other values than a turn wants.
struct Miss {
    fact: Fact,
    values: ValueSet,
    wanted: ValueSet,
}

/// The turn that was taken at a node.
fn turn_taken<'r, L>(node: &'r Node<L>, taken: &[&Ground]) -> Option<(&'r Fork<L>, &'r Turn<L>)> {
    let fork = node.fork()?;
    let (_, turn) = fork.turns().find(|(_, turn)| taken.iter().any(|ground| std::ptr::eq(*ground, &turn.ground)))?;
    Some((fork, turn))
}

/// What would have to be otherwise for another turn than the one taken: its conditions that do not hold; if all of them do,
/// those of the turn that stands before it.
fn ways_over<'r, N: Notes<'r>>(
    rulebook: &Rulebook,
    person: &mut Person<'_, 'r, Unknown, N>,
    taken: &Turn<Option<Id<Outcome>>>,
    other: &Turn<Option<Id<Outcome>>>,
) -> Vec<Miss> {
    let mut looks = |conditions: &[Condition]| -> Vec<Miss> {
        let look = |condition: &Condition| {
            let Ok(known) = person.fact(condition.fact);
            Miss { fact: condition.fact, values: known.values, wanted: condition.values }
        };
        conditions.iter().map(look).collect()
    };
    let mut unmet = looks(&other.when);
    unmet.retain(|miss| !miss.values.overlaps(&miss.wanted));
    if unmet.is_empty() {
        unmet = looks(&taken.when);
        for miss in &mut unmet {
            miss.wanted = ValueSet::first(rulebook.value_count(miss.fact)).minus(&miss.wanted);
        }
    }
    unmet
}

/// What this person would come to with another answer, the most open of it; nothing if the pathway still says nothing, or if
/// no answer alone changes the fact.
fn with(
    rulebook: &Rulebook,
    answers: &Answers,
    date: Date,
    pathway: &Pathway,
    fact: Fact,
    wanted: ValueSet,
) -> Option<Vec<Id<Outcome>>> {
    let Fact::Question(question) = fact else { return None };
    let (mut changed, mut memory) = (answers.clone(), Memory::<()>::new(rulebook));
    let mut all = Vec::new();
    for value in wanted.iter() {
        changed.set(question, ValueSet::only(value));
        memory.forget();
        let mut person = Person::new(rulebook, &changed, date, Unknown, &mut memory);
        let Ok(end) = person.pathway(pathway, |_, outcome| Ok(outcome));
        all.extend(end);
    }
    let all = most_open(pathway, all);
    (!all.is_empty()).then_some(all)
}

/// The values with which a condition would hold.
fn wanted(rulebook: &Rulebook, reason: &Reason<'_>) -> ValueSet {
    match reason.kind {
        ReasonKind::Unless => ValueSet::first(rulebook.value_count(reason.fact)).minus(&reason.wanted),
        _ => reason.wanted,
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
    all.retain(|id| in_force(pathway.outcomes[*id].valid, date));
    most_open(pathway, all)
}

/// The most open of some outcomes, each once.
fn most_open(pathway: &Pathway, mut all: Vec<Id<Outcome>>) -> Vec<Id<Outcome>> {
    all.sort();
    all.dedup();
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
