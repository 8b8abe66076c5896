//! Few words for many cells: the shortest conditions that hold for all cells of a group and for none outside it.

use std::collections::BTreeMap;

use super::people::{Described, Feature};
use crate::rulebook::ValueSet;

/// Covers the cells of a group with as few and as wide conditions as a careful look finds. No condition touches a cell
/// outside the group.
pub fn conditions(inside: &[&Described], outside: &[&Described], values: &dyn Fn(Feature) -> usize) -> Vec<Described> {
    let mut cover: Vec<Described> = Vec::new();
    for cell in inside {
        if cover.iter().any(|wide| contains(wide, cell)) {
            continue;
        }
        let mut wide: Described = (*cell).clone();
        let free = |wide: &Described| !outside.iter().any(|other| meet(wide, other));
        // First drop what need not be said at all, what the rules ask last first: the later, the narrower.
        for feature in wide.keys().copied().collect::<Vec<_>>() {
            let mut without = wide.clone();
            without.remove(&feature);
            if free(&without) {
                wide = without;
            }
        }
        // Then let the rest be as wide as it may.
        for feature in wide.keys().copied().collect::<Vec<_>>() {
            for value in 0..values(feature) {
                let Some(own) = wide.get(&feature).copied().filter(|own| !own.contains(value)) else { continue };
                let mut wider = wide.clone();
                wider.insert(feature, own.or(&ValueSet::only(value)));
                if free(&wider) {
                    wide = wider;
                }
            }
        }
        cover.retain(|known| !contains(&wide, known));
        cover.push(wide);
    }
    cover
}

fn meet(a: &Described, b: &Described) -> bool {
    a.iter().all(|(feature, values)| b.get(feature).is_none_or(|other| !values.and(other).is_empty()))
}

fn contains(wide: &Described, narrow: &Described) -> bool {
    wide.iter().all(|(feature, values)| narrow.get(feature).is_some_and(|own| own.minus(values).is_empty()))
}

/// Only the cells that differ, each once.
pub fn distinct<'c>(cells: impl Iterator<Item = &'c Described>) -> Vec<&'c Described> {
    let key = |cell: &Described| -> Vec<(Feature, Vec<usize>)> {
        cell.iter().map(|(feature, values)| (*feature, values.iter().collect())).collect()
    };
    let mut seen = BTreeMap::new();
    for (at, cell) in cells.enumerate() {
        seen.entry(key(cell)).or_insert((at, cell));
    }
    let mut all: Vec<(usize, &Described)> = seen.into_values().collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, cell)| cell).collect()
}
