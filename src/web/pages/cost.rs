//! A page reads each pathway a few times and no more. The dearest pages once read them hundreds of times; that must not come
//! back.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::date;

use super::{check, employer, question, sheet};
use crate::interview::{Answers, replay};
use crate::rulebook::Rulebook;
use crate::walk::readings::counted;
use crate::web::Site;
use crate::web::gzip::Wanted;
use crate::web::visit::Visit;

/// How often a page reads all pathways, at most, over people in the cases.
fn most(page: impl AsyncFn(Visit) -> Response, query: impl Fn(&Rulebook, &Answers) -> String) -> f64 {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let day = date(2026, 11, 22);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let site = Arc::new(Site::new(rulebook.clone(), move || day));
    let mut most = 0;
    // Every third: all kinds of people are among them.
    for (_, name, case) in rulebook.cases.iter().step_by(3) {
        let mut answers = Answers::default();
        case.answers.iter().for_each(|(question, values)| answers.set(*question, *values));
        let query = query(&rulebook, &answers);
        let (response, read) = counted(|| runtime.block_on(page(Visit::new(site.clone(), &query))));
        // Not everybody has a page for the Träger; who has not said all is sent on to the next question.
        let expected = [StatusCode::OK, StatusCode::SEE_OTHER, StatusCode::NOT_FOUND];
        assert!(expected.contains(&response.status()), "{name}: {}", response.status());
        most = most.max(read);
    }
    most as f64 / rulebook.pathways.len() as f64
}

fn written(rulebook: &Rulebook, answers: &Answers) -> String {
    let pairs = answers.pairs(rulebook).into_iter();
    pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[test]
fn a_question_reads_the_rules_a_few_times() {
    // Somebody halfway.
    let halfway = |rulebook: &Rulebook, answers: &Answers| {
        let path = replay(rulebook, answers, date(2026, 11, 22)).path;
        written(rulebook, &answers.only(|question| path[..path.len() / 2].contains(&question)))
    };
    let read = most(async |visit| question(visit, Wanted(false)).await, halfway);
    assert!(read <= 4.0, "all pathways are read {read:.1} times");
}

#[test]
fn a_sheet_reads_the_rules_a_few_times() {
    let read = most(sheet, written);
    assert!(read <= 12.0, "all pathways are read {read:.1} times");
    let read = most(employer, written);
    assert!(read <= 12.0, "all pathways are read {read:.1} times by the page for the Träger");
    let read = most(check, written);
    assert!(read <= 4.0, "all pathways are read {read:.1} times by the list of answers");
}

#[test]
fn a_sheet_compared_with_an_old_one_reads_the_rules_some_times() {
    let old = |rulebook: &Rulebook, answers: &Answers| {
        format!("{}&datum=2026-11-20&stand=2026.11", written(rulebook, answers))
    };
    let read = most(sheet, old);
    assert!(read <= 16.0, "all pathways are read {read:.1} times");
}
