//! No answers end in nothing: there is always something the person can do today, and somebody to talk to.
//!
//! The first steps of a sheet are up to three that the person does, that wait for nothing, and before which nothing else has to
//! be done that takes longer than a morning; if there is one among all of them that leads to a telephone, it is one of the
//! first ([`crate::sheet::compose`]). So it is enough that such a step stands on every sheet. Each step is complete if every
//! step that can come onto a sheet is. Cost is always stated, for an empty list reads as "nothing to pay".

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::super::reading::Reading;
use super::Grounds;
use super::shown::{Shown, leads_to};
use crate::diagnostic::Code;
use crate::rulebook::{Id, OfficeRef, Rulebook, Step};
use crate::terms::Certainty;

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let mut periods = std::mem::take(&mut grounds.periods);
    for period in &mut periods {
        let shown = &period.shown;
        if shown.without_steps != Set::NONE {
            exceptions.push(grounds.exception(
                "Dieses Blatt hat keinen ersten Schritt".to_owned(),
                period.date,
                None,
                Some(shown.without_steps),
            ));
        }
        let not_called = without_a_call(grounds, shown);
        let silent = grounds.diagrams.minus(not_called, shown.without_steps);
        if silent != Set::NONE {
            exceptions.push(grounds.exception(
                "Kein Schritt auf diesem Blatt lässt sich heute tun und führt zu einem Telefon".to_owned(),
                period.date,
                None,
                Some(silent),
            ));
        }
        if shown.alone != Set::NONE {
            exceptions.push(grounds.exception(
                "Dieses Blatt nennt niemanden, den man erreichen kann".to_owned(),
                period.date,
                None,
                Some(shown.alone),
            ));
        }
        for (step, set) in &shown.steps {
            for (gap, set) in gaps(grounds, &mut period.desk, *step, *set) {
                let says = format!(
                    "Der Schritt `{}` steht auf einem Blatt, sagt aber nicht, {gap}",
                    grounds.rulebook.steps.name(*step)
                );
                exceptions.push(grounds.exception(
                    says,
                    period.date,
                    Some(grounds.rulebook.steps[*step].span),
                    Some(set),
                ));
            }
        }
    }
    grounds.periods = periods;
    Claim {
        id: "sheet",
        code: Code::SheetLacking,
        says: "Alle Antworten führen zu einem Blatt mit einem bis drei ersten Schritten, die die Person heute tun kann, einer davon mit Telefonnummer, jeder mit Wer, Wo, Kosten, Dauer und Quelle, und mit jemandem zum Sprechen",
        over: "alle vollständigen Antworten".to_owned(),
        exceptions,
    }
}

/// The sheets without a step that the person can do today and that leads to somebody with a telephone.
fn without_a_call(grounds: &mut Grounds<'_, '_>, shown: &Shown) -> Set {
    let rulebook = grounds.rulebook;
    let mut steps = Vec::new();
    for (id, set) in &shown.steps {
        let step = &rulebook.steps[*id];
        let by_phone = |office: &OfficeRef| match office {
            OfficeRef::Authority(id) => rulebook.authorities[*id].phone.is_some(),
            // Which office a fact names depends on answers; a call must not.
            OfficeRef::Fact(_) => false,
        };
        if !step.by_others && !step.waits && step.contact.iter().any(by_phone) {
            let slow = step.after.iter().filter(|first| !in_one_morning(rulebook, **first));
            let slow: Vec<Set> = slow.filter_map(|first| shown.steps.get(first)).copied().collect();
            steps.push((*set, slow));
        }
    }
    // Most sheets have a call that waits for nothing. Only where there is none the others are looked at.
    let (calls, later): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(_, slow)| slow.is_empty());
    let mut without = grounds.diagrams.without(Set::ALL, calls.into_iter().map(|(set, _)| set));
    for (set, slow) in later {
        let there = grounds.diagrams.and(without, set);
        let called = grounds.diagrams.without(there, slow);
        without = grounds.diagrams.minus(without, called);
    }
    without
}

/// Whether a step and everything before it is done the same morning.
fn in_one_morning(rulebook: &Rulebook, id: Id<Step>) -> bool {
    let step = &rulebook.steps[id];
    step.at_once && !step.by_others && !step.waits && step.after.iter().all(|first| in_one_morning(rulebook, *first))
}

/// What a step does not say, and on which sheets.
fn gaps(grounds: &mut Grounds<'_, '_>, desk: &mut Reading<'_>, id: Id<Step>, set: Set) -> Vec<(&'static str, Set)> {
    let rulebook = grounds.rulebook;
    let step = &rulebook.steps[id];
    let german = crate::language::Lang::german();
    let blank = |text| rulebook.texts.say(&german, text).trim().is_empty();
    let mut gaps = Vec::new();
    if blank(step.who) {
        gaps.push(("wer ihn tut", set));
    }
    if step.time.is_empty() {
        gaps.push(("wie lange er dauert", set));
    }
    if step.sources.is_empty() && step.certainty != Certainty::Open {
        let mut unsaid = set;
        for sentence in step.says.iter().filter(|sentence| !sentence.sources.is_empty()) {
            let told = desk.for_whom(grounds.space, grounds.diagrams, &sentence.for_whom);
            unsaid = grounds.diagrams.minus(unsaid, told);
        }
        if unsaid != Set::NONE {
            gaps.push(("woher man das weiß", unsaid));
        }
    }
    let fixed = step.place.is_some_and(|place| !blank(place))
        || step.contact.iter().any(|office| matches!(office, OfficeRef::Authority(_)));
    if !fixed {
        let mut nowhere = set;
        for office in &step.contact {
            let there = leads_to(desk, grounds.space, grounds.diagrams, *office, |_| true);
            nowhere = grounds.diagrams.minus(nowhere, there);
        }
        if nowhere != Set::NONE {
            gaps.push(("wohin man geht", nowhere));
        }
    }
    gaps
}
