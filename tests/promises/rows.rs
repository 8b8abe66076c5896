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

/// Where the tables themselves lie beside the checkout, they hold these rows and no others.
#[test]
fn the_tables_hold_no_other_rows() {
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts");
    let Ok(files) = std::fs::read_dir(&facts) else {
        println!("skipped: the tables are not beside this checkout");
        return;
    };
    let mut rows = BTreeSet::new();
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|ending| ending == "md")) {
        for line in std::fs::read_to_string(file.path()).unwrap().lines() {
            let first = line.strip_prefix('|').and_then(|rest| rest.split('|').next()).unwrap_or_default().trim();
            let id = first.split_once('-').is_some_and(|(table, number)| {
                "KPVSA".contains(table) && table.len() == 1 && number.starts_with(|c: char| c.is_ascii_digit())
            });
            if id {
                rows.insert(first.to_owned());
            }
        }
    }
    let listed: BTreeSet<String> = listed().keys().map(|row| (*row).to_owned()).collect();
    assert_eq!(
        rows.difference(&listed).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "rows of the tables that the list lacks"
    );
    assert_eq!(
        listed.difference(&rows).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "rows of the list that no table holds"
    );
}
