//! The steps that stand at the top: a few, done by the person, today.

use crate::rulebook::{Id, Rulebook, Step};
use crate::terms::TimeKind;

/// How many steps stand large at the top.
const FIRST_STEPS: usize = 3;

/// Moves the first steps to the front and says how many they are. The order rules hold as before, for a step is first only
/// if everything that must come before it is done the same morning.
///
/// Free ones go before those that cost money, and one of them leads to a human being.
pub fn first_steps(
    rulebook: &Rulebook,
    steps: Vec<Id<Step>>,
    answers_the_phone: impl Fn(Id<Step>) -> bool,
) -> (Vec<Id<Step>>, usize) {
    let ready = ready(rulebook, &steps);
    let free = |id: &Id<Step>| rulebook.steps[*id].cost.is_empty();
    let (unpaid, paid): (Vec<_>, Vec<_>) = ready.into_iter().partition(free);
    let ready: Vec<Id<Step>> = unpaid.into_iter().chain(paid).collect();
    let mut first: Vec<Id<Step>> = ready.iter().copied().take(FIRST_STEPS).collect();
    if !first.iter().any(|step| answers_the_phone(*step)) {
        let kept = &first[..first.len().min(FIRST_STEPS - 1)];
        let reached = |step: &&Id<Step>| {
            answers_the_phone(**step) && before(rulebook, **step).all(|id| kept.contains(&id) || !steps.contains(&id))
        };
        if let Some(human) = ready.iter().skip(first.len()).find(reached).copied() {
            first.truncate(FIRST_STEPS - 1);
            first.push(human);
        }
    }
    // Within the first ones the order of the sheet holds. Where a deadline runs, the human being comes next.
    first.sort_by_key(|step| steps.iter().position(|known| known == step));
    let deadline = |id: &Id<Step>| rulebook.steps[*id].time.iter().any(|time| time.kind == TimeKind::Statutory);
    let alone = |id: Id<Step>| before(rulebook, id).all(|before| !first[1..].contains(&before));
    if first.first().is_some_and(deadline)
        && let Some(at) = first.iter().skip(1).position(|step| answers_the_phone(*step) && alone(*step))
    {
        first[1..=at + 1].rotate_right(1);
    }
    let rest = steps.into_iter().filter(|step| !first.contains(step));
    let count = first.len();
    (first.clone().into_iter().chain(rest).collect(), count)
}

/// The steps that can be done today, in order.
fn ready(rulebook: &Rulebook, steps: &[Id<Step>]) -> Vec<Id<Step>> {
    let mut ready: Vec<Id<Step>> = Vec::new();
    for id in steps {
        let step = &rulebook.steps[*id];
        let done =
            |first: Id<Step>| !steps.contains(&first) || (rulebook.steps[first].at_once && ready.contains(&first));
        if !step.by_others && !step.waits && before(rulebook, *id).all(done) {
            ready.push(*id);
        }
    }
    ready
}

/// The steps that must come before one.
fn before(rulebook: &Rulebook, step: Id<Step>) -> impl Iterator<Item = Id<Step>> {
    rulebook.order.iter().filter(move |rule| rule.then.contains(&step)).map(|rule| rule.first)
}
