//! Which pathways say something else to whom, on the day looked at and on every later day on which something begins or
//! ends.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::json;

use super::Comparison;
use super::condition;
use super::meaning::Version;
use super::people::{self, Cell, Census, Domain, Feature};
use super::told::{Count, Group, PathwayChange};
use super::view::{View, differs};
use super::words::differences;
use crate::rulebook::{Fork, Id, Node, Pathway};
use crate::terms::{Day, Validity};

/// A pathway in both versions, as far as it is there.
type Pair = [Option<Id<Pathway>>; 2];

/// The outcome a change is about, what stands on either side, and the cells in which it happens.
type Kind = (Option<String>, [Option<View>; 2], Vec<usize>);

impl Comparison<'_> {
    /// Pathways that may differ, in the new order, those that are gone at the end.
    fn pairs(&self) -> Vec<Pair> {
        let [old, new] = &self.sides;
        let mut pairs: Vec<Pair> = Vec::new();
        for id in new.rulebook.pathways.ids() {
            let name = &new.names.pathways[id.index()];
            let twin = Version::find(&old.names.pathways, name, &old.rulebook.pathways);
            let same = twin.is_some_and(|twin| {
                old.pathway(&old.rulebook.pathways[twin]) == new.pathway(&new.rulebook.pathways[id])
            });
            if !same {
                pairs.push([twin, Some(id)]);
            }
        }
        for id in old.rulebook.pathways.ids() {
            if Version::find(&new.names.pathways, &old.names.pathways[id.index()], &new.rulebook.pathways).is_none() {
                pairs.push([Some(id), None]);
            }
        }
        pairs
    }

    pub fn pathways(&self) -> (Count, Vec<PathwayChange>) {
        let pairs = self.pairs();
        let mut domain = Domain::of(&self.sides);
        domain.classify(&self.sides, &pairs);
        let mut changes: Vec<PathwayChange> = Vec::new();
        let mut affected: Vec<Cell> = Vec::new();
        let mut all: Vec<Cell> = Vec::new();
        for pair in pairs {
            let mut last: Option<String> = None;
            for day in self.days(pair) {
                let results = domain.cells(&self.sides, pair, day);
                let (change, cells) = self.pathway(&domain, pair, results);
                if day == self.date {
                    affected.extend(cells.0);
                    all.extend(cells.1);
                }
                // A later day is told only if more or something else changes on it.
                let key = serde_json::to_string(&change.groups).unwrap_or_default();
                let known = last.as_ref().map_or(change.groups.is_empty(), |last| *last == key);
                last = Some(key);
                if !known {
                    changes.push(PathwayChange { from: (day != self.date).then_some(Day(day)), ..change });
                }
            }
        }
        let census = Census::of(&domain, all.iter());
        let cells: Vec<&Cell> = affected.iter().collect();
        let count =
            Count { affected: census.count_any(&cells), all: census.total(), questions: questions(&domain, &census) };
        (count, changes)
    }

    /// The day looked at, and the later days on which something in either version of a pathway begins or ends.
    fn days(&self, pair: Pair) -> Vec<Date> {
        let mut days = vec![self.date];
        let mut add = |valid: Validity| {
            days.extend(valid.from.map(|from| from.0));
            days.extend(valid.until.and_then(|until| until.0.tomorrow().ok()));
        };
        for (side, id) in pair.into_iter().enumerate() {
            let Some(id) = id else { continue };
            let rulebook = self.sides[side].rulebook;
            let pathway = &rulebook.pathways[id];
            pathway.outcomes.iter().for_each(|(_, _, outcome)| add(outcome.valid));
            tree_days(&pathway.tree, &mut add);
            for (_, _, fact) in rulebook.facts.iter() {
                tree_days(&fact.tree, &mut add);
            }
            for (_, _, outcome) in pathway.outcomes.iter() {
                outcome.ground.steps.iter().for_each(|step| add(rulebook.steps[*step].valid));
            }
        }
        days.retain(|day| *day >= self.date);
        days.sort();
        days.dedup();
        days
    }

    fn pathway(
        &self,
        domain: &Domain,
        pair: Pair,
        results: Vec<people::Result<'_>>,
    ) -> (PathwayChange, (Vec<Cell>, Vec<Cell>)) {
        let (side, id) = match pair {
            [_, Some(id)] => (1, id),
            [Some(id), None] => (0, id),
            [None, None] => (1, Id::new(0)),
        };
        let census = Census::of(domain, results.iter().map(|result| &result.cell));
        // Cells by what happens in them; `None` where nothing happens.
        let mut kinds: Vec<Kind> = Vec::new();
        let mut by_finding: BTreeMap<String, usize> = BTreeMap::new();
        for (at, result) in results.iter().enumerate() {
            let views = [0, 1].map(|side| result.found[side].as_ref().map(|finding| self.view(side, finding)));
            let changed = differs(&views);
            let key = changed.then(|| {
                let part = |view: &Option<View>| view.as_ref().map(|view| json!([view.outcome, view.substance]));
                json!([part(&views[0]), part(&views[1])]).to_string()
            });
            let place = by_finding.entry(key.clone().unwrap_or_default()).or_insert_with(|| {
                kinds.push((key, views, Vec::new()));
                kinds.len() - 1
            });
            kinds[*place].2.push(at);
        }
        let mut groups = Vec::new();
        let mut affected = Vec::new();
        let values = |feature: Feature| match feature {
            Feature::Answer(var) => domain.asked[var].options.len(),
            Feature::Chosen(..) => 2,
            Feature::Derived(side, fact) => self.sides[side].rulebook.facts[fact].values.len(),
        };
        for (own, (_, views, cells)) in kinds.iter().enumerate().filter(|(_, kind)| kind.0.is_some()) {
            let inside = condition::distinct(cells.iter().map(|at| &results[*at].described));
            let others = kinds.iter().enumerate().filter(|(other, _)| *other != own).flat_map(|(_, kind)| &kind.2);
            let outside = condition::distinct(others.map(|at| &results[*at].described));
            let who = condition::conditions(&inside, &outside, &values);
            affected.extend(cells.iter().map(|at| results[*at].cell.clone()));
            groups.push(Group {
                who: who.iter().map(|described| self.traits(domain, described)).collect(),
                affected: cells.iter().fold(0, |sum: u128, at| sum.saturating_add(census.count(&results[*at].cell))),
                before: views[0].as_ref().map(|view| view.told.clone()),
                after: views[1].as_ref().map(|view| view.told.clone()),
                differences: differences(views),
            });
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.affected));
        let count = groups.iter().fold(0, |sum: u128, group| sum.saturating_add(group.affected));
        let entry = &self.sides[side].rulebook.pathways[id];
        let change = PathwayChange {
            pathway: self.sides[side].rulebook.pathways.name(id).to_owned(),
            title: self.say(side, entry.title),
            kind: match pair {
                [None, _] => "added",
                [_, None] => "removed",
                _ => "changed",
            },
            from: None,
            people: Count { affected: count, all: census.total(), questions: questions(domain, &census) },
            groups,
        };
        (change, (affected, results.into_iter().map(|result| result.cell).collect()))
    }
}

fn tree_days<L>(node: &Node<L>, add: &mut impl FnMut(Validity)) {
    for (valid, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        add(valid);
        tree_days(&turn.node, add);
    }
}

fn questions(domain: &Domain, census: &Census) -> Vec<String> {
    census.questions().into_iter().map(|var| domain.asked[var].name.trim_start_matches('\u{1}').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::meaning::pair;
    use super::*;
    use crate::rulebook::Rulebook;

    #[test]
    fn every_answer_set_is_in_exactly_one_cell() {
        let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
        let (sides, _) = pair(&rulebook, &rulebook);
        let pairs: Vec<Pair> = rulebook.pathways.ids().map(|id| [Some(id), Some(id)]).collect();
        let mut domain = Domain::of(&sides);
        for pair in pairs {
            domain.classify(&sides, &[pair]);
            let results = domain.cells(&sides, pair, jiff::civil::date(2026, 11, 22));
            let census = Census::of(&domain, results.iter().map(|result| &result.cell));
            let sum: u128 = results.iter().map(|result| census.count(&result.cell)).sum();
            let name = pair[0].map(|id| rulebook.pathways.name(id)).unwrap_or_default();
            assert_eq!(sum, census.total(), "the cells of {name} overlap or leave somebody out");
            let all: Vec<&Cell> = results.iter().map(|result| &result.cell).collect();
            assert_eq!(census.count_any(&all), census.total(), "the union of the cells of {name}");
        }
    }
}
