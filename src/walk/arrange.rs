//! Steps in an order that respects the order rules.

use jiff::civil::Date;

use crate::rulebook::{Id, Rulebook, Step, in_force};

/// Puts steps in order: each once, the given order kept as far as the rules allow, everything that a rule wants first
/// placed before, and brought in where the rule says so. Steps not in force on the day are left out.
pub fn arrange(rulebook: &Rulebook, wanted: impl IntoIterator<Item = Id<Step>>, date: Date) -> Vec<Id<Step>> {
    let mut list: Vec<Id<Step>> =
        wanted.into_iter().filter(|step| in_force(rulebook.steps[*step].valid, date)).collect();
    // By the place of a step: every way of every sheet is arranged.
    let mut present = vec![false; rulebook.steps.len()];
    list.iter().for_each(|step| present[step.index()] = true);
    let mut at = 0;
    while let Some(step) = list.get(at).copied() {
        for first in &rulebook.steps[step].brings {
            if in_force(rulebook.steps[*first].valid, date) && !std::mem::replace(&mut present[first.index()], true) {
                list.push(*first);
            }
        }
        at += 1;
    }
    let mut placed = vec![false; rulebook.steps.len()];
    let mut order = Vec::with_capacity(list.len());
    for step in list {
        place(rulebook, step, &present, &mut placed, &mut order);
    }
    order
}

/// A step after everything that must come before it. The rules hold no circle; loading made sure.
fn place(rulebook: &Rulebook, step: Id<Step>, present: &[bool], placed: &mut [bool], order: &mut Vec<Id<Step>>) {
    if std::mem::replace(&mut placed[step.index()], true) {
        return;
    }
    for first in rulebook.steps[step].after.iter().filter(|first| present[first.index()]) {
        place(rulebook, *first, present, placed, order);
    }
    order.push(step);
}
