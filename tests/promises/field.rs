//! What the field asks of the rules, whatever somebody answers: nothing is advised that is there already, no office of the
//! social professions takes a case without a tie to NRW, Germany is a country of training, and every source says what was
//! done with it. That no two outcomes contradict each other in this is proved over all answer sets, by the groups
//! `exclusive:` of the rulebook; here are the steps.

use lotse::interview::{Answers, evaluate};
use lotse::sheet::Block;
use lotse::terms::GermanKind;
use proptest::prelude::*;

use crate::support::{RULES, TODAY, all_steps, answers, any_answers, cases, sheet, tries};

/// Answers that say something is there → the steps that would still look for it.
const THERE: &[(&str, &[&str], &str)] = &[
    ("hours-160", &["160"], "course-160h"),
    ("hours-160", &["80-159", "160"], "first-80-hours"),
    ("residence-group", &["german", "eu-eea-ch", "third-unrestricted"], "ask-auslaenderbehoerde"),
    ("german-level", &["b2", "c1", "c2", "native"], "b2-course"),
    ("letter-result", &["full", "compensation", "refusal", "pending", "missing-papers"], "apply-br48"),
    ("letter-result", &["full", "compensation", "refusal", "pending", "missing-papers"], "apply-teacher"),
    ("country-of-training", &["DE"], "apply-br48"),
    ("country-of-training", &["DE"], "apply-br24"),
    ("country-of-training", &["DE"], "apply-teacher"),
    ("country-of-training", &["DE"], "check-anabin"),
];

/// Whether answers say so.
fn says(answers: &Answers, question: &str, options: &[&str]) -> bool {
    let id = RULES.questions.id(question).unwrap_or_else(|| panic!("no question {question}"));
    answers.words(&RULES, id).iter().any(|word| options.contains(word))
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn nothing_is_advised_that_is_answered_as_had(answers in any_answers()) {
        let evaluation = evaluate(&RULES, &answers, TODAY);
        for (question, options, step) in THERE {
            if !says(&answers, question, options) {
                continue;
            }
            for finding in &evaluation.findings {
                let steps: Vec<&str> = finding.steps.iter().map(|id| RULES.steps.name(*id)).collect();
                prop_assert!(!steps.contains(step), "{} advises {step} although {question} is there", finding.id(&RULES));
            }
        }
    }
}

#[test]
fn every_source_says_what_was_done_with_it() {
    let silent: Vec<&str> =
        RULES.sources.iter().filter(|(_, _, source)| source.read.is_none()).map(|(_, id, _)| id).collect();
    assert!(silent.is_empty(), "these do not say whether text or page was seen: {silent:?}");
}

#[test]
fn no_sentence_on_german_has_a_gap() {
    let outcomes = RULES.pathways.iter().flat_map(|(_, _, pathway)| pathway.outcomes.iter());
    let gaps: Vec<&str> = outcomes
        .filter(|(_, _, outcome)| {
            outcome.german.as_ref().is_some_and(|german| german.level.is_none() && german.kind != GermanKind::Unknown)
        })
        .map(|(_, id, _)| id)
        .collect();
    assert!(gaps.is_empty(), "these name a kind of German without its level: {gaps:?}");
}

#[test]
fn whoever_an_employer_in_a_kita_hires_reads_of_both_papers_for_the_first_day() {
    let step = |name: &str| RULES.steps.id(name).unwrap_or_else(|| panic!("no step {name}"));
    let wanted = [step("good-conduct"), step("measles-proof")];
    for (_, way, pathway) in RULES.pathways.iter() {
        for (_, name, outcome) in pathway.outcomes.iter().filter(|(_, _, outcome)| outcome.employer.is_some()) {
            let says = wanted.iter().all(|paper| outcome.ground.steps.contains(paper));
            assert!(says, "{way}/{name} has a page for the employer and not both papers");
        }
    }
}

#[test]
fn words_to_say_leave_a_blank_where_an_answer_names_only_a_group() {
    let cook = ["goal=kita", "qualification-kind=university-degree", "completed=yes", "study-field=non-pedagogical"];
    let sheet = sheet(&answers(&cook), TODAY);
    let scripts = sheet.blocks.iter().find_map(|block| match block {
        Block::SayIt(scripts) => Some(&scripts.scripts),
        _ => None,
    });
    let said: Vec<&str> = scripts.unwrap().iter().flat_map(|script| &script.phone).map(String::as_str).collect();
    assert!(said.iter().any(|line| line.contains("Mein Fach: ________")), "{said:?}");
    assert!(said.iter().all(|line| !line.contains("ohne Erziehung")), "{said:?}");
}

#[test]
fn the_zab_is_named_in_no_step_to_people_without_a_degree() {
    let trained = ["school-type-vocational", "company-or-chamber-vocational", "short-course-certificate", "none"];
    for (name, answers, date) in cases().filter(|(_, answers, _)| says(answers, "qualification-kind", &trained)) {
        for step in all_steps(&sheet(&answers, date)) {
            assert!(!step.says.contains("ZAB "), "{name}: {}", step.id);
        }
    }
}
