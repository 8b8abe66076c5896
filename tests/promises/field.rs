//! What the field asks of the rules, whatever somebody answers: nothing is advised that is there already, no office of the
//! social professions takes a case without a tie to NRW, Germany is a country of training, and every source says what was
//! done with it. That no two outcomes contradict each other in this is proved over all answer sets, by the groups
//! `exclusive:` of the rulebook; here are the steps.

use lotse::interview::{Answers, evaluate};
use lotse::terms::GermanKind;
use proptest::prelude::*;

use crate::support::{RULES, TODAY, any_answers, tries};

/// Answers that say something is there → the steps that would still look for it.
const THERE: &[(&str, &[&str], &str)] = &[
    ("hours-160", &["160"], "course-160h"),
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
