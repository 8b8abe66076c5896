//! Nobody is left with a bare "no": every failed condition is named, and so is the smallest change that opens more.

use jiff::civil::{Date, date};
use lotse::interview::{Answers, Explanation, WhySilent, evaluate};
use lotse::rulebook::Rulebook;

const DAY: Date = date(2026, 11, 22);

fn explained(answers: &[(&str, &str)]) -> Explanation {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let (answers, misfits) = Answers::read(&rulebook, answers.iter().copied());
    assert!(misfits.is_empty(), "{misfits:?}");
    Explanation::in_detail(&rulebook, &answers, DAY, &evaluate(&rulebook, &answers, DAY))
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
    assert_eq!(nursing.failed.iter().map(|line| line.fact.as_str()).collect::<Vec<_>>(), ["stage", "degree-proof"]);
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
