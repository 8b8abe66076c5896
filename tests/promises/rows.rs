//! Every row of the decision tables is in the rules, and anybody can find it both ways.
//!
//! `rows.txt` lists each row with the pathways, derived facts and order rules that carry its id; a row that is merged or
//! left out stands there with the reason in parentheses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use lotse::rulebook::{Fork, Node};

use crate::support::RULES;

const LIST: &str = include_str!("rows.txt");

/// Row → where it is said to be.
fn listed() -> BTreeMap<&'static str, &'static str> {
    let lines = LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut list = BTreeMap::new();
    for line in lines {
        let (row, place) = line.split_once(": ").unwrap_or_else(|| panic!("`{line}` is not `row: place`"));
        assert!(list.insert(row, place).is_none(), "{row} is listed twice");
    }
    list
}

fn branches<L>(node: &Node<L>, rows: &mut BTreeSet<String>) {
    for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        rows.extend(turn.ground.rows.iter().cloned());
        branches(&turn.node, rows);
    }
}

/// Row → the pathways, facts and order rules that carry it.
fn carried() -> BTreeMap<String, BTreeSet<String>> {
    let mut carried: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut take = |rows: BTreeSet<String>, place: &str| {
        for row in rows {
            carried.entry(row).or_default().insert(place.to_owned());
        }
    };
    for (_, name, pathway) in RULES.pathways.iter() {
        let mut rows: BTreeSet<String> = pathway.ground.rows.iter().cloned().collect();
        branches(&pathway.tree, &mut rows);
        pathway.also.iter().for_each(|also| branches(&also.node, &mut rows));
        rows.extend(pathway.outcomes.iter().flat_map(|(_, _, outcome)| outcome.ground.rows.clone()));
        take(rows, name);
    }
    for (_, name, fact) in RULES.facts.iter() {
        let mut rows = BTreeSet::new();
        branches(&fact.tree, &mut rows);
        take(rows, name);
    }
    for rule in &RULES.order {
        take(rule.rows.iter().cloned().collect(), &rule.id);
    }
    carried
}

#[test]
fn every_row_is_carried_where_the_list_says() {
    let carried = carried();
    let mut faults = Vec::new();
    for (row, place) in listed() {
        let here = carried.get(row).map(|places| places.iter().cloned().collect::<Vec<_>>().join(", "));
        match here {
            None if place.starts_with('(') && place.ends_with(')') && place.len() > 20 => {}
            Some(here) if here == place => {}
            Some(here) => faults.push(format!("{row}: {here}    (the list says: {place})")),
            None => faults.push(format!("{row} is in no rule; the list says: {place}")),
        }
    }
    for (row, places) in &carried {
        if !listed().contains_key(row.as_str()) {
            faults
                .push(format!("{row}: {}    (not in the list)", places.iter().cloned().collect::<Vec<_>>().join(", ")));
        }
    }
    assert!(faults.is_empty(), "write in rows.txt, or mend the rules:\n{}", faults.join("\n"));
}

#[test]
fn the_list_holds_the_rows_of_all_five_tables() {
    let mut tables: BTreeMap<char, usize> = BTreeMap::new();
    for row in listed().keys() {
        *tables.entry(row.chars().next().unwrap()).or_default() += 1;
    }
    assert_eq!(tables.keys().collect::<String>(), "AKPSV");
    assert!(tables.values().all(|rows| *rows >= 10), "{tables:?}");
}

/// Rows written in more than one place, and why that must be.
const MORE_THAN_ONCE: [(&str, &str); 3] = [
    (
        "A-01",
        "its pathway tells people of it, and its order rule puts the application for money before what costs money",
    ),
    ("K-20", "it names degrees and trainings alike, and they are two ways"),
    ("S-85", "for a trade the workshop is the card of the goal, for all others a way beside it"),
];

/// The rows written in a file, each as often as it is written.
fn written(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split(" #").next().unwrap_or(line));
    let behind = lines.flat_map(|line| line.match_indices("row:").map(|(at, word)| &line[at + word.len()..]));
    let ids = behind.flat_map(|rest| {
        let end = rest.find([']', '}']).unwrap_or(rest.len());
        rest[..end].split([',', '[', ' ']).take_while(|word| !word.ends_with(':')).collect::<Vec<_>>()
    });
    let row = |id: &&str| id.split_once('-').is_some_and(|(table, _)| table.len() == 1 && "KPVSA".contains(table));
    ids.filter(row).map(str::to_owned).collect()
}

#[test]
fn a_row_is_written_once() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")];
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(dir) = open.pop() {
        for path in std::fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["released", "cases"].contains(&name) {
                open.push(path);
            } else if path.is_file() && name.ends_with(".yaml") {
                for row in written(&std::fs::read_to_string(&path).unwrap()) {
                    *times.entry(row).or_default() += 1;
                }
            }
        }
    }
    let found: BTreeSet<&str> = times.iter().filter(|(_, times)| **times > 1).map(|(row, _)| row.as_str()).collect();
    assert_eq!(found, MORE_THAN_ONCE.iter().map(|(row, _)| *row).collect());
    assert!(times.len() > 150, "only {} rows are written", times.len());
    assert!(MORE_THAN_ONCE.iter().all(|(_, reason)| reason.len() > 20));
}
