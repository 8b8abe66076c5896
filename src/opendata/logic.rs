//! The rules as JSON Logic, on one day: any engine that knows JSON Logic comes to the outcomes of this program.
//!
//! The data of a rule are answers by question (one word, or a list where several may be chosen; what is not answered is
//! `unknown`) and the derived facts, worked out before in the order in which they stand. A pathway gives the name of its
//! outcome, or `does-not-apply`, `nothing-to-say`, `not-in-force`. Steps, offices and sources are in the rulebook as data.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::rulebook::{Condition, DerivedFact, Fact, Id, Node, Pathway, Rulebook, ValueSet, in_force};
use crate::terms::Day;

/// The rules of a day as JSON Logic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LogicRules {
    /// Version of the rulebook.
    pub rulebook: String,
    /// The day on which these rules hold.
    pub date: Day,
    /// Licence (SPDX).
    pub licence: &'static str,
    /// Derived facts by id, each behind those it looks at.
    pub facts: Map<String, Value>,
    /// Pathways by id.
    pub pathways: Map<String, Value>,
}

impl LogicRules {
    /// The rules in force on a day.
    pub fn of(rulebook: &Rulebook, date: Date) -> Self {
        let mut order = Vec::new();
        rulebook.facts.ids().for_each(|id| visit(rulebook, Fact::Derived(id), &mut order));
        let fact = |id: Id<DerivedFact>| (rulebook.facts.name(id).to_owned(), derived(rulebook, date, id));
        let pathways = rulebook.pathways.iter();
        Self {
            rulebook: rulebook.version.clone(),
            date: Day(date),
            licence: super::LICENCE,
            facts: order.into_iter().map(fact).collect(),
            pathways: pathways.map(|(_, name, entry)| (name.to_owned(), pathway(rulebook, date, entry))).collect(),
        }
    }
}

/// A fact is, or includes, one of these values.
fn holds(rulebook: &Rulebook, fact: Fact, values: &ValueSet) -> Value {
    let name = rulebook.fact_name(fact);
    let words: Vec<&str> = values.iter().map(|value| rulebook.value_name(fact, value)).collect();
    match fact {
        Fact::Question(id) if rulebook.questions[id].multi => {
            json!({ "some": [{ "var": name }, { "in": [{ "var": "" }, words] }] })
        }
        _ => json!({ "in": [{ "var": name }, words] }),
    }
}

/// A tree as nested `if`; `leaf` says what stands at its ends.
fn tree<L>(rulebook: &Rulebook, date: Date, node: &Node<L>, leaf: &dyn Fn(&L) -> Value) -> Value {
    match node {
        Node::Leaf(end) => leaf(end),
        Node::Fork(fork) => {
            let mut parts = Vec::new();
            for branch in fork.branches.iter().filter(|branch| in_force(branch.valid, date)) {
                let all = branch.turn.when.iter().map(|condition| holds(rulebook, condition.fact, &condition.values));
                parts.push(json!({ "and": all.collect::<Vec<_>>() }));
                parts.push(tree(rulebook, date, &branch.turn.node, leaf));
            }
            parts.push(tree(rulebook, date, &fork.otherwise.node, leaf));
            json!({ "if": parts })
        }
    }
}

fn derived(rulebook: &Rulebook, date: Date, id: Id<DerivedFact>) -> Value {
    let word = |value: usize| json!(rulebook.value_name(Fact::Derived(id), value));
    tree(rulebook, date, &rulebook.facts[id].tree, &|value| word(*value))
}

fn pathway(rulebook: &Rulebook, date: Date, pathway: &Pathway) -> Value {
    let mut conditions = vec![json!(true)];
    let holds = |condition: &Condition| holds(rulebook, condition.fact, &condition.values);
    conditions.extend(pathway.when.iter().map(holds));
    conditions.extend(pathway.unless.iter().map(|condition| json!({ "!": [holds(condition)] })));
    let end = |outcome: &Option<_>| match outcome {
        None => json!("nothing-to-say"),
        Some(outcome) if in_force(pathway.outcomes[*outcome].valid, date) => json!(pathway.outcomes.name(*outcome)),
        Some(_) => json!("not-in-force"),
    };
    json!({ "if": [{ "and": conditions }, tree(rulebook, date, &pathway.tree, &end), "does-not-apply"] })
}

fn looks<L>(node: &Node<L>, facts: &mut Vec<Fact>) {
    if let Some(fork) = node.fork() {
        facts.extend(fork.facts());
        fork.turns().for_each(|(_, turn)| looks(&turn.node, facts));
    }
}

fn visit(rulebook: &Rulebook, fact: Fact, order: &mut Vec<Id<DerivedFact>>) {
    let Fact::Derived(id) = fact else { return };
    if order.contains(&id) {
        return;
    }
    let mut facts = Vec::new();
    looks(&rulebook.facts[id].tree, &mut facts);
    facts.into_iter().for_each(|fact| visit(rulebook, fact, order));
    order.push(id);
}

/// What a pathway looks at itself: questions and derived facts.
pub(super) fn looked_at(pathway: &Pathway) -> Vec<Fact> {
    let mut facts: Vec<Fact> = pathway.when.iter().chain(&pathway.unless).map(|condition| condition.fact).collect();
    looks(&pathway.tree, &mut facts);
    facts
}

/// The derived facts a pathway looks at, in an order in which each stands behind those it looks at itself.
pub fn facts_of(rulebook: &Rulebook, pathway: &Pathway) -> Vec<Id<DerivedFact>> {
    let mut order = Vec::new();
    looked_at(pathway).into_iter().for_each(|fact| visit(rulebook, fact, &mut order));
    order
}

/// What a derived fact looks at itself.
pub(super) fn looked_at_by(fact: &DerivedFact) -> Vec<Fact> {
    let mut facts = Vec::new();
    looks(&fact.tree, &mut facts);
    facts
}
