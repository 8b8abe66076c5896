//! Facts and steps that wait for each other, and ways on the cards of each other.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::rulebook::fault;
use crate::rulebook::model::{Fact, Node, Pathway, Rulebook, Step};
use crate::rulebook::registry::Id;

/// A fault for the first circle of each kind.
pub fn faults(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut facts: Vec<(Fact, Vec<Fact>)> = Vec::new();
    for (id, _, question) in rulebook.questions.iter() {
        facts.push((Fact::Question(id), question.asked_if.iter().map(|condition| condition.fact).collect()));
    }
    for (id, _, fact) in rulebook.facts.iter() {
        let mut needs = Vec::new();
        asked(&fact.tree, &mut needs);
        facts.push((Fact::Derived(id), needs));
    }
    let places: HashMap<Fact, Vec<Fact>> = facts.iter().cloned().collect();
    if let Some(circle) = find_circle(facts.iter().map(|(fact, _)| *fact), |fact| places[&fact].clone()) {
        let names: Vec<&str> = circle.iter().map(|fact| rulebook.fact_name(*fact)).collect();
        let place = match circle[0] {
            Fact::Question(id) => rulebook.questions[id].span,
            Fact::Derived(id) => rulebook.facts[id].span,
        };
        found.push(fault::circle("Diese Merkmale warten aufeinander", &names, place));
    }
    let before = |step: Id<Step>| {
        rulebook.order.iter().filter(|rule| rule.then.contains(&step)).map(|rule| rule.first).collect()
    };
    if let Some(circle) = find_circle(rulebook.steps.ids(), before) {
        let names: Vec<&str> = circle.iter().map(|step| rulebook.steps.name(*step)).collect();
        let mut places = rulebook
            .order
            .iter()
            .filter(|rule| circle.contains(&rule.first) && rule.then.iter().any(|step| circle.contains(step)))
            .map(|rule| rule.span);
        let first = places.next().unwrap_or(rulebook.steps[circle[0]].span);
        let circle = fault::circle("Diese Schritte warten aufeinander", &names, first);
        found.push(places.fold(circle, |circle, place| circle.also(place, "und dieser")));
    }
    let joins = |way: Id<Pathway>| rulebook.pathways[way].joins.clone();
    if let Some(circle) = find_circle(rulebook.pathways.ids(), joins) {
        let names: Vec<&str> = circle.iter().map(|way| rulebook.pathways.name(*way)).collect();
        let place = rulebook.pathways[circle[0]].span;
        found.push(fault::circle(
            "Jeder dieser Wege stünde auf der Karte des anderen, also keiner auf dem Blatt",
            &names,
            place,
        ));
    }
    found
}

fn asked<L>(node: &Node<L>, facts: &mut Vec<Fact>) {
    if let Some(fork) = node.fork() {
        facts.extend(fork.facts());
        fork.turns().for_each(|(_, turn)| asked(&turn.node, facts));
    }
}

/// The first circle found by following `needs`, as the list of its members, the first one repeated at the end.
fn find_circle<N: Copy + Eq + std::hash::Hash>(
    nodes: impl Iterator<Item = N>,
    needs: impl Fn(N) -> Vec<N>,
) -> Option<Vec<N>> {
    fn visit<N: Copy + Eq + std::hash::Hash>(
        node: N,
        needs: &impl Fn(N) -> Vec<N>,
        done: &mut HashSet<N>,
        path: &mut Vec<N>,
    ) -> Option<Vec<N>> {
        if let Some(at) = path.iter().position(|seen| *seen == node) {
            let mut circle = path[at..].to_vec();
            circle.push(node);
            return Some(circle);
        }
        if !done.insert(node) {
            return None;
        }
        path.push(node);
        let found = needs(node).into_iter().find_map(|next| visit(next, needs, done, path));
        path.pop();
        found
    }
    let mut done = HashSet::new();
    nodes.into_iter().find_map(|node| visit(node, &needs, &mut done, &mut Vec::new()))
}
