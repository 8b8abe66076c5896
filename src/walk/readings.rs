//! How often a pathway is read for one person: what an act costs, on any machine. For tests alone.

use std::cell::Cell;

thread_local! {
    static READINGS: Cell<usize> = const { Cell::new(0) };
}

pub(super) fn add_one() {
    READINGS.set(READINGS.get() + 1);
}

/// What an act gives, and how many pathways it read.
pub fn counted<T>(act: impl FnOnce() -> T) -> (T, usize) {
    let before = READINGS.get();
    let given = act();
    (given, READINGS.get() - before)
}
