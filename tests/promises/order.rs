//! Every sheet says what to do first, in an order that costs nobody money or a deadline.

use jiff::civil::Date;
use lotse::interview::{Answers, evaluate};
use lotse::sheet::{Block, Sheet};
use proptest::prelude::*;

use crate::support::{RULES, all_steps, any_answers, cases, first_steps, sheet, tries};

/// What comes before what, read from the law and the leaflets and not from the rulebook: deadline first, advice before
/// money, money before cost, proof before talk, approval before the first day.
const BEFORE: &[(&str, &[&str])] = &[
    ("read-letter-deadline", &["get-advice", "ask-funding", "apply-br48", "apply-br24", "choose-measure", "order-zab"]),
    ("get-advice", &["ask-funding", "collect-papers", "apply-br48", "apply-br24", "apply-teacher", "order-zab"]),
    ("ask-funding", &["order-zab", "apply-br48", "apply-br24", "collect-papers"]),
    ("ask-support-office", &["ask-funding", "course-160h", "first-80-hours"]),
    ("print-anabin", &["employer-file"]),
    ("check-anabin", &["order-zab", "print-anabin"]),
    ("find-employer", &["wait-for-approval", "employer-asks-lja"]),
    ("employer-asks-lja", &["wait-for-approval"]),
    ("first-80-hours", &["wait-for-approval"]),
    ("wait-for-approval", &["course-160h"]),
];

/// Steps that cost money and may be paid for by others, and whom to ask before. The course is no part of a recognition.
const COST_MONEY: &[(&str, &str)] = &[
    ("order-zab", "ask-funding"),
    ("apply-br48", "ask-funding"),
    ("apply-br24", "ask-funding"),
    ("course-160h", "ask-support-office"),
    ("first-80-hours", "ask-support-office"),
];

fn misplaced(order: &[&str]) -> Option<String> {
    let place = |step: &str| order.iter().position(|known| *known == step);
    let written = RULES.order.iter().map(|rule| {
        let then = rule.then.iter().map(|step| RULES.steps.name(*step)).collect::<Vec<_>>();
        (RULES.steps.name(rule.first), then)
    });
    let known = BEFORE.iter().map(|(first, then)| (*first, then.to_vec()));
    written.chain(known).find_map(|(first, then)| {
        let late = then.into_iter().find(|then| matches!((place(first), place(then)), (Some(a), Some(b)) if a > b))?;
        Some(format!("{late} stands before {first} in {order:?}"))
    })
}

/// Everything a sheet owes its reader.
fn fault(sheet: &Sheet, abroad: bool) -> Option<String> {
    let steps = all_steps(sheet);
    let order: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    if let Some(fault) = misplaced(&order) {
        return Some(fault);
    }
    if !steps.iter().map(|step| step.number).eq(1..=steps.len()) {
        return Some(format!("the steps are not numbered from 1: {order:?}"));
    }
    let paid = COST_MONEY.iter().find(|(step, ask)| {
        // Neither Jobcenter nor grant is there for somebody abroad. The ZSBA is asked who pays, the course's step says it itself.
        let asked = abroad && (order.contains(&"ask-zsba") || ["course-160h", "first-80-hours"].contains(step));
        order.contains(step) && !order.contains(ask) && !asked
    });
    if let Some((paid, _)) = paid {
        return Some(format!("{paid} without the question who pays: {order:?}"));
    }
    let first = first_steps(sheet);
    if !(1..=3).contains(&first.len()) {
        return Some(format!("{} first steps", first.len()));
    }
    let sources = sheet.blocks.iter().find_map(|block| match block {
        Block::Sources(sources) => Some(sources.sources.len()),
        _ => None,
    });
    for step in &steps {
        let who = !step.who.is_empty() && !step.title.is_empty() && !step.says.is_empty();
        let whereto = step.place.is_some() || !step.offices.is_empty();
        let figures = step.cost.iter().chain(&step.time).all(|figure| !figure.says.is_empty());
        let sourced = !step.sources.is_empty()
            && step.sources.iter().all(|mark| (1..=sources.unwrap_or(0)).contains(&mark.number));
        for (named, holds) in [
            ("who", who),
            ("where", whereto),
            ("cost or time in words", figures),
            ("time", !step.time.is_empty()),
            ("source", sourced),
        ] {
            if !holds {
                return Some(format!("step {} lacks: {named}", step.id));
            }
        }
    }
    let contacts = sheet.blocks.iter().find_map(|block| match block {
        Block::Contacts(contacts) => Some(&contacts.offices),
        _ => None,
    });
    let reachable = contacts.is_some_and(|offices| {
        offices.iter().any(|office| office.phone.is_some() || office.find.is_some() || office.email.is_some())
    });
    (!reachable).then(|| "nobody to turn to".to_owned())
}

fn check(answers: &Answers, date: Date) -> Option<String> {
    let evaluation = evaluate(&RULES, answers, date);
    for finding in &evaluation.findings {
        let order: Vec<&str> = finding.steps.iter().map(|step| RULES.steps.name(*step)).collect();
        if let Some(fault) = misplaced(&order) {
            return Some(format!("{}: {fault}", finding.id(&RULES)));
        }
    }
    let abroad = ["district", "stage"].into_iter().any(|question| {
        let question = RULES.questions.id(question).expect("people are asked where they live and stand");
        answers.words(&RULES, question).contains(&"abroad")
    });
    fault(&sheet(answers, date), abroad)
}

#[test]
fn every_case_gets_first_steps_in_order_with_all_they_need() {
    let faults: Vec<String> =
        cases().filter_map(|(name, answers, date)| Some(format!("{name}: {}", check(&answers, date)?))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

proptest! {
    #![proptest_config(tries(1000))]

    #[test]
    fn any_answers_get_first_steps_in_order_with_all_they_need(answers in any_answers()) {
        let fault = check(&answers, crate::support::TODAY);
        prop_assert!(fault.is_none(), "{}\n{:?}", fault.unwrap_or_default(), answers.pairs(&RULES));
    }
}
