//! What grows old: sources nobody has looked at for long, rules that end, days by which editors must look again.
//!
//! One warning for all entries that share a kind and a day, so that the list stays short enough to be read.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::rulebook::{Fork, Node, Rulebook, Source};
use crate::source::Span;
use crate::terms::Validity;

/// Entries named in one warning; the others are counted.
const MOST_NAMES: usize = 8;

/// Warnings on everything that is old on a day, ends within three months, or is to be looked at again within one. That a rule
/// ends is no news where another of the same pathway begins on the next day.
pub fn ageing(rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
    let mut found = stale(rulebook, today);
    let within = |months: i32| today.checked_add(months.months()).unwrap_or(Date::MAX);
    let (ending, due) = (within(3), within(1));
    let mut ends: BTreeMap<Date, Vec<(String, Span)>> = BTreeMap::new();
    let mut reviews: BTreeMap<Date, Vec<(String, Span)>> = BTreeMap::new();
    let all = dated(rulebook);
    let followed = |group: &str, day: Date| {
        let next = day.tomorrow().ok();
        all.iter().any(|entry| entry.group == group && entry.valid.from.map(|day| day.0) == next)
    };
    for Dated { group, name, valid, place } in &all {
        if let Some(day) = valid.until.map(|day| day.0).filter(|day| *day <= ending && !followed(group, *day)) {
            ends.entry(day).or_default().push((name.clone(), *place));
        }
        if let Some(day) = valid.review.map(|day| day.0).filter(|day| *day <= due) {
            reviews.entry(day).or_default().push((name.clone(), *place));
        }
    }
    for (day, entries) in ends {
        let verb = if day < today { "endete" } else { "endet" };
        found.extend(group(
            Code::Ends,
            &entries,
            |count| format!("{count}: Die Geltung {verb} am {day}"),
            "dieser Eintrag",
            |names| {
                format!("Klären Sie, was danach gilt, und schreiben Sie es daneben (`from:` am Tag danach): {names}")
            },
        ));
    }
    for (day, entries) in reviews {
        let verb = if day < today { "war fällig am" } else { "ist fällig bis" };
        found.extend(group(
            Code::Review,
            &entries,
            |count| format!("{count}: Nachsehen {verb} {day}"),
            "dieser Eintrag",
            |names| {
                format!(
                    "Lesen Sie die Quelle neu, und setzen Sie dann einen neuen Tag unter `review:`. Es geht um: {names}"
                )
            },
        ));
    }
    found
}

/// Entries of a place that rest on no source and that nobody has looked at for as long as a page of an authority may wait.
fn stale_places(rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
    let Some(days) = rulebook.review_days.get("authority") else { return Vec::new() };
    let entries = rulebook.local.places.values().flat_map(|place| place.offices.values().chain(place.others.values()));
    let due = |day: Date| day.checked_add(i64::from(*days).days()).is_ok_and(|day| day < today);
    let mut old: Vec<(String, Span)> = entries
        .filter(|entry| entry.sources.is_empty() && due(entry.checked_on))
        .map(|entry| (entry.name.clone(), entry.span))
        .collect();
    old.sort_by_key(|(_, span)| *span);
    let headline = |count: &str| format!("{count} vor Ort: seit mehr als {days} Tagen nicht angesehen");
    group(Code::StaleSource, &old, headline, "dieser Eintrag", |names| {
        format!("Fragen Sie dort nach, ob alles noch stimmt, und setzen Sie dann `checked_on:` neu: {names}")
    })
    .into_iter()
    .collect()
}

/// Sources whose `checked_on` is older than the interval of their kind.
fn stale(rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
    let mut found = stale_places(rulebook, today);
    for (kind, days) in &rulebook.review_days {
        let due = |source: &Source| rulebook.look_again_by(source).is_some_and(|day| day < today);
        let old = rulebook.sources.iter().filter(|(_, _, source)| source.kind == *kind && due(source));
        let old: Vec<(String, Span)> = old.map(|(_, name, source)| (name.to_owned(), source.span)).collect();
        let headline = |count: &str| format!("{count} der Art `{kind}`: seit mehr als {days} Tagen nicht angesehen");
        found.extend(group(Code::StaleSource, &old, headline, "diese Quelle", |names| {
            format!(
                "Öffnen Sie jede Adresse, vergleichen Sie sie mit den Regeln, und setzen Sie `checked_on:` neu: {names}"
            )
        }));
    }
    found
}

/// One warning for some entries: the place of the first, the names of the others.
fn group(
    code: Code,
    entries: &[(String, Span)],
    headline: impl Fn(&str) -> String,
    remark: &str,
    help: impl Fn(&str) -> String,
) -> Option<Diagnostic> {
    let (_, first) = entries.first()?;
    let count = match entries.len() {
        1 => "Ein Eintrag".to_owned(),
        count => format!("{count} Einträge"),
    };
    let mut names: Vec<&str> = entries.iter().take(MOST_NAMES).map(|(name, _)| name.as_str()).collect();
    let more = format!("und {} weitere", entries.len().saturating_sub(MOST_NAMES));
    if entries.len() > MOST_NAMES {
        names.push(&more);
    }
    Some(Diagnostic::new(code, headline(&count), *first, remark).help(help(&names.join(", "))))
}

/// Something with a validity.
struct Dated {
    /// The pathway, or the step itself.
    group: String,
    name: String,
    valid: Validity,
    place: Span,
}

/// Everything with a validity.
fn dated(rulebook: &Rulebook) -> Vec<Dated> {
    let mut all = Vec::new();
    for (_, name, step) in rulebook.steps.iter() {
        let group = format!("Schritt {name}");
        all.push(Dated { name: group.clone(), group, valid: step.valid, place: step.span });
    }
    for (_, name, pathway) in rulebook.pathways.iter() {
        branches(name, &pathway.tree, &mut all);
        for (_, outcome, entry) in pathway.outcomes.iter() {
            let (group, name) = (name.to_owned(), format!("{name}/{outcome}"));
            all.push(Dated { group, name, valid: entry.valid, place: entry.span });
        }
    }
    all
}

fn branches<L>(name: &str, node: &Node<L>, all: &mut Vec<Dated>) {
    for (valid, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        let (group, branch) = (name.to_owned(), format!("ein Zweig von {name}"));
        all.push(Dated { group, name: branch, valid, place: turn.span });
        branches(name, &turn.node, all);
    }
}
