//! Nobody is sent away for not knowing something.

use std::collections::BTreeMap;

use lotse::interview::{Answers, Finding, evaluate};
use lotse::rulebook::ValueSet;
use lotse::sheet::Block;
use lotse::terms::Standing;

use crate::support::{RULES, TODAY, cases, first_steps, sheet};

fn helps(answers: &Answers, date: jiff::civil::Date) -> Result<(), String> {
    let sheet = sheet(answers, date);
    let contacts =
        sheet.blocks.iter().any(|block| matches!(block, Block::Contacts(contacts) if !contacts.offices.is_empty()));
    match (first_steps(&sheet).is_empty(), contacts) {
        (false, true) => Ok(()),
        (true, _) => Err("no first step".to_owned()),
        (false, false) => Err("no contact".to_owned()),
    }
}

#[test]
fn no_answer_at_all_still_gives_steps_and_contacts() {
    helps(&Answers::default(), TODAY).unwrap();
}

#[test]
fn i_do_not_know_everywhere_still_gives_steps_and_contacts() {
    let mut answers = Answers::default();
    for (id, _, question) in RULES.questions.iter() {
        answers.set(id, ValueSet::only(question.unknown));
    }
    helps(&answers, TODAY).unwrap();
    let sheet = sheet(&answers, TODAY);
    let tasks = sheet.blocks.iter().find_map(|block| match block {
        Block::FindOut(tasks) => Some(tasks.tasks.len()),
        _ => None,
    });
    assert!(tasks.is_some_and(|tasks| tasks >= 3), "what is not known becomes tasks: {tasks:?}");
}

#[test]
fn not_knowing_one_thing_never_leaves_a_case_without_first_steps() {
    let mut faults = Vec::new();
    for (name, answers, date) in cases() {
        for (question, _) in answers.iter() {
            let mut less = answers.clone();
            less.set(question, ValueSet::only(RULES.questions[question].unknown));
            for (less, how) in [(less, "unknown"), (answers.without(question), "left out")] {
                if let Err(fault) = helps(&less, date) {
                    faults.push(format!("{name} with {} {how}: {fault}", RULES.questions.name(question)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Pathways by whether they are closed.
fn closed(answers: &Answers, date: jiff::civil::Date) -> BTreeMap<&'static str, bool> {
    let findings = evaluate(&RULES, answers, date).findings;
    let standing = |finding: &Finding| RULES.pathways[finding.pathway].outcomes[finding.outcome].standing;
    let closed = findings
        .iter()
        .map(|finding| (RULES.pathways.name(finding.pathway), standing(finding) == Standing::NotThisWay));
    closed.collect()
}

#[test]
fn not_knowing_one_thing_closes_no_way_that_is_open_to_those_who_know() {
    let mut faults = Vec::new();
    for (name, answers, date) in cases() {
        let before = closed(&answers, date);
        for (question, _) in answers.iter() {
            let mut less = answers.clone();
            less.set(question, ValueSet::only(RULES.questions[question].unknown));
            for (pathway, _) in closed(&less, date)
                .into_iter()
                .filter(|(pathway, closed)| *closed && before.get(pathway) == Some(&false))
            {
                faults.push(format!("{name} with {} unknown: {pathway}", RULES.questions.name(question)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
