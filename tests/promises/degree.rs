//! A social work degree that anabin rates as equal opens the Kita today, by a decision of the employer.

use lotse::interview::{Explanation, WhySilent, evaluate};
use lotse::terms::{Certainty, Standing};

use crate::support::{RULES, SOCIAL_WORKER, TODAY, answers};

const OUTCOME: &str = "kita-degree/specialist-now";

fn explanation(date: jiff::civil::Date) -> Explanation<'static> {
    let answers = answers(SOCIAL_WORKER);
    Explanation::of(&RULES, &answers, date, &evaluate(&RULES, &answers, date))
}

#[test]
fn the_employer_may_take_a_social_worker_as_specialist_now() {
    let explanation = explanation(TODAY);
    let outcome = explanation.outcomes.iter().find(|outcome| outcome.id == OUTCOME).expect(OUTCOME);
    assert_eq!(outcome.standing, Standing::OpenNow);
    assert_eq!(outcome.decided_by, "employer");
    assert_eq!(outcome.certainty, Certainty::Authority);
    assert_eq!(outcome.rows, ["K-12", "P-3"]);
    for source in ["persvo-4", "lwl-25-2023"] {
        assert!(outcome.basis.contains(&source), "{source} is missing in {:?}", outcome.basis);
    }
    let place = |step: &str| outcome.steps.iter().position(|known| *known == step).expect(step);
    assert!(place("print-anabin") < place("employer-file"));
    assert!(place("employer-file") < place("apply-kita"));
}

#[test]
fn nobody_reads_it_on_a_day_before_the_rule() {
    let explanation = explanation(jiff::civil::date(2023, 1, 1));
    assert!(explanation.outcomes.iter().all(|outcome| outcome.id != OUTCOME));
    let silent =
        explanation.silent.iter().find(|silent| silent.pathway == "kita-degree").expect("kita-degree is named");
    assert_eq!((silent.why, silent.outcome), (WhySilent::NotInForce, Some("specialist-now")));
}

#[test]
fn it_begins_on_the_day_the_ordinance_came_into_force() {
    let shown = |day| explanation(day).outcomes.iter().any(|outcome| outcome.id == OUTCOME);
    assert!(!shown(jiff::civil::date(2024, 12, 5)));
    assert!(shown(jiff::civil::date(2024, 12, 6)));
}

#[test]
fn left_out_questions_are_named() {
    let explanation = explanation(TODAY);
    for left_out in ["district", "german-level", "country-of-training"] {
        let asked = RULES.questions.id(left_out).expect(left_out);
        let consulted = evaluate(&RULES, &answers(SOCIAL_WORKER), TODAY).consulted.contains(&asked);
        assert_eq!(explanation.unanswered.contains(&left_out), consulted, "{left_out}");
    }
    assert!(explanation.unanswered.contains(&"german-level"));
    assert!(
        explanation.unanswered.iter().all(|id| !SOCIAL_WORKER.iter().any(|word| word.starts_with(&format!("{id}="))))
    );
}
