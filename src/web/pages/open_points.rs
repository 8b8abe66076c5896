//! What is not settled, and whom to ask.

use std::collections::BTreeSet;

use axum::response::Response;
use serde::Serialize;

use super::{LinkLine, names};
use crate::picture::outline;
use crate::rulebook::{Id, Node, Outcome};
use crate::terms::Certainty;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct OpenPage {
    points: Vec<OpenPoint>,
    steps: Vec<OpenPoint>,
    all: String,
}

/// Something that is not settled, and whom to ask.
#[derive(Serialize)]
struct OpenPoint {
    title: String,
    says: String,
    way: Option<LinkLine>,
    ask: Vec<String>,
}

pub async fn open_points(visit: Visit) -> Response {
    let mut points = Vec::new();
    for (id, name, pathway) in visit.rulebook.pathways.iter() {
        let mut open: BTreeSet<Id<Outcome>> = pathway
            .outcomes
            .iter()
            .filter(|(_, _, outcome)| outcome.certainty == Certainty::Open)
            .map(|(id, _, _)| id)
            .collect();
        open_ends(&pathway.tree, None, &mut open);
        if open.is_empty() {
            continue;
        }
        let mut said = outline(&visit.rulebook, &visit.link.lang, id).outcomes;
        for outcome in open {
            let said = &mut said[outcome.index()];
            points.push(OpenPoint {
                title: std::mem::take(&mut said.title),
                says: std::mem::take(&mut said.says),
                way: Some(LinkLine {
                    url: visit.plain_address(&format!("/regeln/{name}")),
                    text: visit.say(pathway.title).to_owned(),
                    outcomes: pathway.outcomes.len(),
                }),
                ask: names(&visit, &pathway.outcomes[outcome].ask),
            });
        }
    }
    let steps = visit.rulebook.steps.iter().filter(|(_, _, step)| step.certainty == Certainty::Open);
    let steps = steps.map(|(_, _, step)| {
        let mut ask = names(&visit, &step.contact);
        ask.extend(step.place.filter(|_| ask.is_empty()).map(|place| visit.say(place).to_owned()));
        let says: Vec<&str> = step.says.iter().map(|sentence| visit.say(sentence.says)).collect();
        OpenPoint { title: visit.say(step.title).to_owned(), says: visit.joins().sentences(says), way: None, ask }
    });
    let page = OpenPage { points, steps: steps.collect(), all: visit.plain_address("/regeln") };
    visit.page("rules-open.html", &visit.view.word("rules.open.title"), &page)
}

/// Outcomes that a branch makes open, whatever they say of themselves: the branch nearest to the leaf has the last word.
fn open_ends(node: &Node<Option<Id<Outcome>>>, certainty: Option<Certainty>, open: &mut BTreeSet<Id<Outcome>>) {
    match node {
        Node::Leaf(leaf) => {
            if let (Some(id), Some(Certainty::Open)) = (leaf, certainty) {
                open.insert(*id);
            }
        }
        Node::Fork(fork) => {
            for (_, turn) in fork.turns() {
                open_ends(&turn.node, turn.ground.certainty.or(certainty), open);
            }
        }
    }
}
