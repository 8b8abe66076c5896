//! The steps that stand at the top: a few, done by the person, today.

use crate::rulebook::{Id, Rulebook, Step};

/// How many steps stand large at the top.
const FIRST_STEPS: usize = 3;

/// Moves the first steps to the front and says how many they are. The order rules hold as before, for a step is first only
/// if everything that must come before it is first as well, and is done the same morning.
///
/// What the best ways ask for goes before the rest, what is free before what costs money, and one of the first steps leads
/// to a human being. Where a deadline runs, that is somebody who advises.
pub fn first_steps(
    rulebook: &Rulebook,
    steps: Vec<Id<Step>>,
    foremost: &[Id<Step>],
    answers_the_phone: impl Fn(Id<Step>) -> bool,
) -> (Vec<Id<Step>>, usize) {
    let ready = ready(rulebook, &steps);
    let place = |step: Id<Step>| steps.iter().position(|known| *known == step);
    let deadline = |id: &Id<Step>| rulebook.steps[*id].has_deadline();
    let deadline_runs = ready.iter().any(|step| rulebook.steps[*step].at_once && deadline(step));
    let mut first: Vec<Id<Step>> = Vec::new();
    // A step comes with everything that must come before it, or not at all.
    let take = |first: &mut Vec<Id<Step>>, step: Id<Step>| {
        let mut with = all_before(rulebook, step, &steps);
        with.retain(|id| !first.contains(id));
        with.push(step);
        if !first.contains(&step) && first.len() + with.len() <= FIRST_STEPS {
            first.extend(with);
        }
    };
    let foremost: Vec<Id<Step>> = foremost.iter().copied().filter(|step| ready.contains(step)).collect();
    let (free, paid): (Vec<_>, Vec<_>) = if foremost.is_empty() { ready.clone() } else { foremost }
        .into_iter()
        .partition(|step| rulebook.steps[*step].cost.is_empty());
    let wished = [free, paid].concat();
    if deadline_runs {
        ready.iter().copied().filter(deadline).for_each(|step| take(&mut first, step));
        let advice = ready.iter().copied().find(|step| rulebook.steps[*step].at_once && answers_the_phone(*step));
        advice.into_iter().for_each(|step| take(&mut first, step));
    }
    let mut wanted = first.clone();
    wished.iter().chain(&ready).for_each(|step| take(&mut wanted, *step));
    if !wanted.iter().any(|step| answers_the_phone(*step))
        && let Some(human) = wished.iter().chain(&ready).copied().find(|step| answers_the_phone(*step))
    {
        take(&mut first, human);
        wanted.clone_from(&first);
        wished.iter().chain(&ready).for_each(|step| take(&mut wanted, *step));
    }
    // Within the first ones the order of the sheet holds.
    wanted.sort_by_key(|step| place(*step));
    let rest = steps.iter().copied().filter(|step| !wanted.contains(step));
    let count = wanted.len();
    (wanted.iter().copied().chain(rest).collect(), count)
}

/// The steps that can be done today, in order.
fn ready(rulebook: &Rulebook, steps: &[Id<Step>]) -> Vec<Id<Step>> {
    let mut ready: Vec<Id<Step>> = Vec::new();
    for id in steps {
        let step = &rulebook.steps[*id];
        let done = |first: Id<Step>| rulebook.steps[first].at_once && ready.contains(&first);
        if !step.by_others && !step.waits && before(rulebook, *id, steps).all(done) {
            ready.push(*id);
        }
    }
    ready
}

/// The steps of a sheet that must come before one, and those that must come before them.
fn all_before(rulebook: &Rulebook, step: Id<Step>, steps: &[Id<Step>]) -> Vec<Id<Step>> {
    let mut all: Vec<Id<Step>> = before(rulebook, step, steps).collect();
    let mut at = 0;
    while let Some(known) = all.get(at).copied() {
        let more: Vec<Id<Step>> = before(rulebook, known, steps).filter(|id| !all.contains(id)).collect();
        all.extend(more);
        at += 1;
    }
    all
}

/// The steps of a sheet that a rule puts before one.
fn before<'s>(
    rulebook: &'s Rulebook,
    step: Id<Step>,
    steps: &'s [Id<Step>],
) -> impl Iterator<Item = Id<Step>> + use<'s> {
    rulebook.steps[step].after.iter().copied().filter(|first| steps.contains(first))
}
