//! Steps in an order that respects the order rules.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::rulebook::{Id, Rulebook, Step, in_force};

/// Puts steps in order: each once, the given order kept as far as the rules allow, everything that a rule wants first
/// placed before, and brought in where the rule says so. Steps not in force on the day are left out.
pub fn arrange(rulebook: &Rulebook, wanted: impl IntoIterator<Item = Id<Step>>, date: Date) -> Vec<Id<Step>> {
    let mut list: Vec<Id<Step>> =
        wanted.into_iter().filter(|step| in_force(rulebook.steps[*step].valid, date)).collect();
    let mut present: HashSet<Id<Step>> = list.iter().copied().collect();
    let mut at = 0;
    while let Some(step) = list.get(at).copied() {
        for first in &rulebook.steps[step].brings {
            if in_force(rulebook.steps[*first].valid, date) && present.insert(*first) {
                list.push(*first);
            }
        }
        at += 1;
    }
    let mut placed = HashSet::new();
    let mut order = Vec::with_capacity(present.len());
    for step in list {
        place(rulebook, step, &present, &mut placed, &mut order);
    }
    order
}

/// A step after everything that must come before it. The rules hold no circle; loading made sure.
fn place(
    rulebook: &Rulebook,
    step: Id<Step>,
    present: &HashSet<Id<Step>>,
    placed: &mut HashSet<Id<Step>>,
    order: &mut Vec<Id<Step>>,
) {
    if !placed.insert(step) {
        return;
    }
    for first in rulebook.steps[step].after.iter().filter(|first| present.contains(first)) {
        place(rulebook, *first, present, placed, order);
    }
    order.push(step);
}
