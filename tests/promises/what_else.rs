//! Nobody is left with a bare "no": every failed condition is named, and so is the smallest change that opens more.

use jiff::civil::{Date, date};
use lotse::interview::{Answers, Explanation, WhySilent, evaluate};
use lotse::language::Lang;
use lotse::rulebook::ValueSet;
use lotse::sheet::Block;
use lotse::terms::Standing;
use proptest::prelude::*;

use crate::support::{RULES, TODAY, any_answers, cases, sheet, tries};

const DAY: Date = date(2026, 11, 22);

fn explained(answers: &[(&str, &str)]) -> Explanation<'static> {
    let (answers, misfits) = Answers::read(&RULES, answers.iter().copied());
    assert!(misfits.is_empty(), "{misfits:?}");
    Explanation::in_detail(&RULES, &answers, DAY, &evaluate(&RULES, &answers, DAY))
}

const GRADUATE: &[(&str, &str)] = &[
    ("goal", "kita"),
    ("qualification-kind", "university-degree"),
    ("completed", "yes"),
    ("study-field", "social-work"),
    ("letter-result", "none"),
    ("zab-statement", "none"),
    ("anabin-institution", "not-checked"),
];

#[test]
fn a_statement_or_a_look_into_anabin_opens_the_kita_with_cost_and_time() {
    let explanation = explained(GRADUATE);
    for step in ["order-zab", "check-anabin"] {
        let found = explanation.what_else.iter().find(|this| this.moves.iter().any(|this| this.step == step));
        let found = found.unwrap_or_else(|| panic!("{step} opens nothing: {:?}", explanation.what_else));
        assert_eq!(found.moves.len(), 1, "one step is enough");
        assert!(found.opens.iter().any(|opens| opens.id == "kita-degree/specialist-now"), "{found:?}");
        assert!(!found.moves[0].time.is_empty());
    }
    let statement = explanation.what_else.iter().flat_map(|this| &this.moves).find(|this| this.step == "order-zab");
    assert!(statement.is_some_and(|this| this.cost.iter().any(|cost| cost.contains("208 Euro"))));
}

#[test]
fn nothing_is_promised_that_is_open_already() {
    let mut answers = GRADUATE[..6].to_vec();
    answers[5] = ("zab-statement", "positive");
    let explanation = explained(&answers);
    assert!(explanation.outcomes.iter().any(|outcome| outcome.id == "kita-degree/specialist-now"));
    let again =
        explanation.what_else.iter().flat_map(|this| &this.opens).any(|opens| opens.id.starts_with("kita-degree/"));
    assert!(!again, "{:?}", explanation.what_else);
}

#[test]
fn every_failed_condition_is_named_not_only_the_first() {
    let explanation = explained(GRADUATE);
    let nursing =
        explanation.silent.iter().find(|silent| silent.pathway == "kita-degree-already-working").expect("not for her");
    assert_eq!(nursing.failed.iter().map(|line| line.fact).collect::<Vec<_>>(), ["works-already", "degree-proof"]);
    assert!(
        nursing
            .failed
            .iter()
            .all(|line| !line.wanted.is_empty() && line.decided_by == ["employer"] && !line.basis.is_empty())
    );
    for silent in explanation.silent.iter().filter(|silent| silent.why == WhySilent::DoesNotApply) {
        assert!(!silent.failed.is_empty(), "{} does not apply, and nobody says why", silent.pathway);
    }
}

#[test]
fn who_could_decide_otherwise_is_the_office_of_this_person() {
    let social_worker = [
        ("goal", "protected-title"),
        ("qualification-kind", "university-degree"),
        ("study-field", "social-pedagogy"),
        ("letter-result", "compensation"),
        ("letter-land", "nrw"),
        ("letter-profession", "sozialarbeiter"),
        ("country-of-training", "UA"),
    ];
    let explanation = explained(&social_worker);
    let full = explanation.silent.iter().find(|silent| silent.pathway == "letter-full").expect("not for her");
    let letter = full.failed.iter().find(|line| line.fact == "letter-result").expect("it hangs on the letter");
    assert_eq!(letter.decided_by, ["br24"]);
}

/// How closed a way is for somebody: what is not there is as closed as what says no.
fn closed(answers: &Answers, pathway: &str) -> u8 {
    let found = evaluate(&RULES, answers, TODAY);
    let finding = found.findings.iter().find(|finding| RULES.pathways.name(finding.pathway) == pathway);
    match finding.map(|finding| RULES.pathways[finding.pathway].outcomes[finding.outcome].standing) {
        Some(Standing::OpenNow) => 0,
        Some(Standing::OpenAfterSteps) => 1,
        Some(Standing::AskFirst) => 2,
        Some(Standing::NotThisWay) | None => 3,
    }
}

#[test]
fn what_costs_nothing_is_named_first_and_no_way_of_the_sheet_is_called_closed() {
    for (case, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let Some(what_else) = sheet.blocks.iter().find_map(|block| match block {
            Block::WhatElse(what_else) => Some(what_else),
            _ => None,
        }) else {
            continue;
        };
        let paid: Vec<bool> =
            what_else.changes.iter().map(|change| change.moves.iter().any(|this| !this.cost.is_empty())).collect();
        assert!(paid.is_sorted(), "{case}: {paid:?}");
        for why in &what_else.why_not {
            assert_eq!(closed(&answers, &why.pathway), 3, "{case}: {} is open", why.pathway);
            let said = |label: &str, value: &str| {
                let mut lines = sheet.blocks.iter().filter_map(|block| match block {
                    Block::Answers(answers) => Some(&answers.lines),
                    _ => None,
                });
                lines.any(|lines| {
                    let here = lines.iter().filter(|line| line.question.text == label);
                    here.flat_map(|line| &line.options).any(|option| option.text == value)
                })
            };
            for condition in &why.conditions {
                assert!(condition.values.iter().all(|value| said(&condition.label, value)), "{case}: {condition:?}");
            }
        }
    }
}

#[test]
fn a_closed_way_names_only_what_is_better_than_today() {
    let german = Lang::german();
    let say = |text| RULES.texts.say(&german, text);
    proptest!(tries(60), |(answers in any_answers())| {
        let sheet = sheet(&answers, TODAY);
        let named = sheet.blocks.iter().filter_map(|block| match block {
            Block::WhatElse(what_else) => Some(&what_else.why_not),
            _ => None,
        });
        for (why, condition) in named.flatten().flat_map(|why| why.conditions.iter().map(move |condition| (why, condition))) {
            let (id, _, question) = RULES
                .questions
                .iter()
                .find(|(_, _, question)| say(question.label) == condition.label)
                .expect("only what a step can bring about is named");
            prop_assert!(!condition.wanted.is_empty(), "{}: nothing would be needed", condition.label);
            for wanted in &condition.wanted {
                let (option, _, _) = question
                    .options
                    .iter()
                    .find(|(_, _, option)| say(option.text) == wanted)
                    .expect("an option of the question");
                prop_assert!(option.index() != question.unknown, "{}: not knowing is needed", condition.label);
                prop_assert!(!condition.values.contains(wanted), "{}: {wanted} is so already", condition.label);
                let mut changed = answers.clone();
                changed.set(id, ValueSet::only(option.index()));
                prop_assert!(
                    closed(&changed, &why.pathway) <= closed(&answers, &why.pathway),
                    "{}: with {wanted} {} is more closed than today",
                    condition.label,
                    why.pathway
                );
            }
        }
    });
}
