//! Nothing is written in vain: somebody gets to every question, branch, value, outcome and row on some day ahead. Only an
//! `else: none` may stand for nobody: the format wants every value dealt with.

use std::collections::{BTreeMap, BTreeSet};

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::Grounds;
use crate::diagnostic::Code;
use crate::rulebook::{Fact, Fork, Node, ValueSet};
use crate::source::Span;

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut missed = Missed::default();
    let mut periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    for period in &mut periods {
        for (id, name, pathway) in rulebook.pathways.iter() {
            let reading = &period.desk.pathways[id.index()];
            let mut places = places(&pathway.tree, &|leaf| leaf.is_none());
            for also in &pathway.also {
                places.extend(self::places(&also.node, &|()| true));
                tree_rows(&also.node, &mut missed);
            }
            missed.branches(name, &reading.branches, &places);
            for (outcome, ends, entry) in pathway.outcomes.iter() {
                let met = reading.ways.iter().any(|way| way.brings.outcome == outcome && way.set != Set::NONE);
                missed.note(format!("dem Ergebnis {name}/{ends}"), Some(entry.span), met);
                entry
                    .ground
                    .rows
                    .iter()
                    .for_each(|row| missed.note(format!("der Zeile {row}"), Some(entry.span), false));
            }
            pathway
                .ground
                .rows
                .iter()
                .for_each(|row| missed.note(format!("der Zeile {row}"), Some(pathway.span), false));
            tree_rows(&pathway.tree, &mut missed);
            let rows = reading.ways.iter().flat_map(|way| way.brings.rows.iter().chain(&way.brings.derived_rows));
            rows.collect::<BTreeSet<_>>()
                .into_iter()
                .for_each(|row| missed.note(format!("der Zeile {row}"), None, true));
        }
        for (id, name, fact) in rulebook.facts.iter() {
            let reading = period.desk.fact(grounds.space, grounds.diagrams, id);
            if !fact.lookup {
                missed.branches(name, &reading.branches, &places(&fact.tree, &|_| false));
                tree_rows(&fact.tree, &mut missed);
            }
            for (value, word) in fact.values.names().enumerate() {
                let set = period.desk.holds(grounds.space, grounds.diagrams, Fact::Derived(id), &ValueSet::only(value));
                missed.note(format!("dem Wert `{word}` von {name}"), Some(fact.span), set != Set::NONE);
            }
        }
        for (id, name, question) in rulebook.questions.iter().filter(|(_, _, question)| !question.only_at_desk) {
            let met = period.put[id.index()] != Set::NONE;
            missed.note(format!("der Frage {name} mit ihren Antworten"), Some(question.span), met);
        }
    }
    let exceptions = missed.entries.into_iter().filter(|(_, entry)| !entry.met).map(|((what, _), entry)| {
        grounds.exception(format!("Keine Antworten führen je zu {what}"), grounds.today, entry.place, None)
    });
    let exceptions = exceptions.collect();
    let count = missed.count;
    grounds.periods = periods;
    Claim {
        id: "reachable",
        code: Code::Unreachable,
        says: "Zu jeder Frage, jeder Antwort, jedem Zweig, jedem Wert, jedem Ergebnis und jeder Zeile führen irgendwelche Antworten an irgendeinem Tag",
        over: format!("{count} Stellen in den Regeln"),
        exceptions,
    }
}

/// Places in the rules, and whether somebody gets there on some stretch.
#[derive(Default)]
struct Missed {
    entries: BTreeMap<(String, usize), Entry>,
    count: usize,
}

struct Entry {
    place: Option<Span>,
    met: bool,
}

impl Missed {
    fn branches(&mut self, tree: &str, taken: &BTreeMap<Span, Set>, places: &BTreeSet<Span>) {
        for (at, place) in places.iter().enumerate() {
            let met = taken.get(place).is_some_and(|set| *set != Set::NONE);
            self.numbered((format!("dem Zweig {} von {tree}", at + 1), at), Some(*place), met);
        }
    }

    fn note(&mut self, what: String, place: Option<Span>, met: bool) {
        self.numbered((what, 0), place, met);
    }

    fn numbered(&mut self, key: (String, usize), place: Option<Span>, met: bool) {
        let entry = self.entries.entry(key).or_insert_with(|| {
            self.count += 1;
            Entry { place: None, met: false }
        });
        entry.place = entry.place.or(place);
        entry.met |= met;
    }
}

/// Where the turns of a node stand. Left out is an `else` that ends in nothing and only makes a node deal with every value:
/// where `when:` lets some values in alone, nobody gets there, and nothing is said there.
fn places<L>(node: &Node<L>, nothing: &dyn Fn(&L) -> bool) -> BTreeSet<Span> {
    let below = node.fork().into_iter().flat_map(Fork::turns).flat_map(|(_, turn)| {
        let filler = turn.otherwise && matches!(&turn.node, Node::Leaf(leaf) if nothing(leaf));
        (!filler).then_some(turn.span).into_iter().chain(places(&turn.node, nothing))
    });
    below.collect()
}

fn tree_rows<L>(node: &Node<L>, missed: &mut Missed) {
    for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        turn.ground.rows.iter().for_each(|row| missed.note(format!("der Zeile {row}"), Some(turn.span), false));
        tree_rows(&turn.node, missed);
    }
}
