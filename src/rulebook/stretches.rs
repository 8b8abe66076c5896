//! Stretches of time on which the rules do not change.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::model::{Fork, Node, Pathway, Rulebook, Turning};
use super::registry::Id;
use crate::terms::{Day, Validity};

/// How far ahead the claims and the sheet look.
pub const YEARS_AHEAD: i64 = 10;

/// A stretch of time, both ends included, on which the rules stay the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// What begins or has ended on the first day; nothing for the first stretch.
    pub changes: Vec<String>,
}

/// The stretches from a day to [`YEARS_AHEAD`] years later.
pub fn stretches(rulebook: &Rulebook, from: Date) -> Vec<Stretch> {
    let end = from.saturating_add(YEARS_AHEAD.years());
    let mut changes: BTreeMap<Date, Vec<String>> = BTreeMap::from([(from, Vec::new())]);
    for (what, valid) in dated(rulebook) {
        let begins = valid.from.map(|day| (day.0, "beginnt"));
        let ends = valid.until.and_then(|day| day.0.tomorrow().ok()).map(|day| (day, "ist zu Ende"));
        for (day, word) in begins.into_iter().chain(ends).filter(|(day, _)| from < *day && *day <= end) {
            let line = format!("{what} {word}");
            let lines = changes.entry(day).or_default();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let starts: Vec<Date> = changes.keys().copied().collect();
    let last = |at: usize| starts.get(at + 1).and_then(|next| next.yesterday().ok()).unwrap_or(end);
    let stretch = |(at, (from, changes))| Stretch { from: Day(from), until: Day(last(at)), changes };
    changes.into_iter().enumerate().map(stretch).collect()
}

/// All days on which something begins or has ended, in order.
pub fn turnings(rulebook: &Rulebook) -> Vec<Turning> {
    let mut dated = Vec::new();
    for (id, _, pathway) in rulebook.pathways.iter() {
        let mut branches = Vec::new();
        self::branches(&pathway.tree, "", &mut branches);
        pathway.also.iter().for_each(|also| self::branches(&also.node, "", &mut branches));
        let outcomes = pathway.outcomes.iter().map(|(_, _, outcome)| outcome.valid);
        dated.extend(branches.into_iter().map(|(_, valid)| valid).chain(outcomes).map(|valid| (valid, Some(id))));
    }
    // What many pathways rest on, or lead to.
    for (_, _, fact) in rulebook.facts.iter() {
        let mut branches = Vec::new();
        self::branches(&fact.tree, "", &mut branches);
        dated.extend(branches.into_iter().map(|(_, valid)| (valid, None)));
    }
    dated.extend(rulebook.steps.iter().map(|(_, _, step)| (step.valid, None)));
    let mut days: BTreeMap<Date, Option<Vec<Id<Pathway>>>> = BTreeMap::new();
    for (valid, pathway) in dated {
        let ended = valid.until.and_then(|day| day.0.tomorrow().ok());
        for day in valid.from.map(|day| day.0).into_iter().chain(ended) {
            let known = days.entry(day).or_insert_with(|| Some(Vec::new()));
            match (pathway, known) {
                (None, known) => *known = None,
                (Some(id), Some(known)) if !known.contains(&id) => known.push(id),
                (Some(_), _) => {}
            }
        }
    }
    days.into_iter().map(|(day, pathways)| Turning { day, pathways }).collect()
}

/// Everything dated, with its name.
fn dated(rulebook: &Rulebook) -> Vec<(String, Validity)> {
    let mut all = Vec::new();
    for (_, name, pathway) in rulebook.pathways.iter() {
        branches(&pathway.tree, &format!("ein Zweig von {name}"), &mut all);
        all.extend(pathway.outcomes.iter().map(|(_, outcome, entry)| (format!("{name}/{outcome}"), entry.valid)));
    }
    for (_, name, fact) in rulebook.facts.iter() {
        branches(&fact.tree, &format!("ein Zweig von {name}"), &mut all);
    }
    all.extend(rulebook.steps.iter().map(|(_, name, step)| (format!("der Schritt {name}"), step.valid)));
    all
}

fn branches<L>(node: &Node<L>, name: &str, all: &mut Vec<(String, Validity)>) {
    for (valid, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        all.push((name.to_owned(), valid));
        branches(&turn.node, name, all);
    }
}
