//! What grows old: sources nobody has looked at for long, rules that end, days by which editors must look again.
//!
//! One warning for all entries that share a kind and a day, so that the list stays short enough to be read.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::rulebook::{Fork, Node, Rulebook, Source};
use crate::source::Span;
use crate::terms::Validity;

/// Entries named in one warning; the others are counted.
const MOST_NAMES: usize = 8;

/// Warnings on everything that is old on a day, or will be within twelve months.
pub fn ageing(rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
    let mut found = stale(rulebook, today);
    let soon = today.checked_add(12.months()).unwrap_or(Date::MAX);
    let mut ends: BTreeMap<Date, Vec<(String, Span)>> = BTreeMap::new();
    let mut reviews: BTreeMap<Date, Vec<(String, Span)>> = BTreeMap::new();
    for (name, valid, place) in dated(rulebook) {
        if let Some(day) = valid.until.map(|day| day.0).filter(|day| *day <= soon) {
            ends.entry(day).or_default().push((name.clone(), place));
        }
        if let Some(day) = valid.review.map(|day| day.0).filter(|day| *day <= soon) {
            reviews.entry(day).or_default().push((name, place));
        }
    }
    for (day, entries) in ends {
        let verb = if day < today { "ended" } else { "will end" };
        found.extend(group(
            "W002",
            &entries,
            |count| format!("{count} {verb} on {day}"),
            "this one",
            |names| format!("find out what holds from then on, and write it down: {names}"),
        ));
    }
    for (day, entries) in reviews {
        let verb = if day < today { "should have been looked at again by" } else { "must be looked at again by" };
        found.extend(group(
            "W003",
            &entries,
            |count| format!("{count} {verb} {day}"),
            "this one",
            |names| format!("read the source again, then set a new `review:` day: {names}"),
        ));
    }
    found
}

/// Sources whose `checked_on` is older than the interval of their kind.
fn stale(rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (kind, days) in &rulebook.review_days {
        let due = |source: &Source| rulebook.look_again_by(source).is_some_and(|day| day < today);
        let old = rulebook.sources.iter().filter(|(_, _, source)| source.kind == *kind && due(source));
        let old: Vec<(String, Span)> = old.map(|(_, name, source)| (name.to_owned(), source.span)).collect();
        let headline = |count: &str| format!("{count} of kind `{kind}` not looked at for more than {days} days");
        found.extend(group("W001", &old, headline, "this source", |names| {
            format!("open each address, compare it with what the rules say, and set `checked_on:` anew: {names}")
        }));
    }
    found
}

/// One warning for some entries: the place of the first, the names of the others.
fn group(
    code: &'static str,
    entries: &[(String, Span)],
    headline: impl Fn(&str) -> String,
    remark: &str,
    help: impl Fn(&str) -> String,
) -> Option<Diagnostic> {
    let (_, first) = entries.first()?;
    let count = match entries.len() {
        1 => "one entry".to_owned(),
        count => format!("{count} entries"),
    };
    let mut names: Vec<&str> = entries.iter().take(MOST_NAMES).map(|(name, _)| name.as_str()).collect();
    let more = format!("and {} more", entries.len().saturating_sub(MOST_NAMES));
    if entries.len() > MOST_NAMES {
        names.push(&more);
    }
    Some(Diagnostic::warning(code, headline(&count), *first, remark).help(help(&names.join(", "))))
}

/// Everything with a validity: its name, the validity, its place.
fn dated(rulebook: &Rulebook) -> Vec<(String, Validity, Span)> {
    let mut all = Vec::new();
    for (_, name, step) in rulebook.steps.iter() {
        all.push((format!("step {name}"), step.valid, step.span));
    }
    for (_, name, pathway) in rulebook.pathways.iter() {
        branches(name, &pathway.tree, &mut all);
        for (_, outcome, entry) in pathway.outcomes.iter() {
            all.push((format!("{name}/{outcome}"), entry.valid, entry.span));
        }
    }
    all
}

fn branches<L>(name: &str, node: &Node<L>, all: &mut Vec<(String, Validity, Span)>) {
    for (valid, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        all.push((format!("a branch of {name}"), valid, turn.span));
        branches(name, &turn.node, all);
    }
}
