//! What is proved about the rules: for all answers, and by the cases.

use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::diagnostic::Code;
use crate::sheet::day;
use crate::terms::Day;
use crate::web::edition::Proved;
use crate::web::visit::Visit;

/// A claim about the rules, and whether it holds. What the proof certifies is put in this form.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// In one sentence.
    pub says: String,
    /// Whether it holds.
    pub holds: bool,
    /// In figures: how much was looked at.
    pub figures: Option<String>,
}

#[derive(Serialize)]
struct ProofPage {
    version: String,
    knowledge_date: String,
    today: String,
    today_date: Day,
    until: Option<String>,
    until_date: Option<Day>,
    counts: Vec<CountLine>,
    claims: Vec<Claim>,
    cases: Vec<String>,
    all: String,
}

#[derive(Serialize)]
struct CountLine {
    label: String,
    count: String,
}

pub async fn proof(visit: Visit) -> Response {
    visit.edition.work_out(|edition| _ = edition.proved()).await;
    let proved = visit.edition.proved_already();
    let rulebook = &visit.edition.rulebook;
    let outcomes = rulebook.pathways.iter().map(|(_, _, pathway)| pathway.outcomes.len()).sum();
    let count = |id: &str, count: String| CountLine { label: visit.view.word(&format!("rules.count.{id}")), count };
    let mut counts = Vec::new();
    if let Some(Proved { certificate, .. }) = proved {
        counts.push(count("answer-sets", grouped(&certificate.figures.answer_sets)));
        counts.extend(
            certificate.figures.interviews.iter().map(|interviews| count("interviews", grouped(&interviews.distinct))),
        );
    }
    for (id, number) in [
        ("questions", rulebook.questions.len()),
        ("pathways", rulebook.pathways.len()),
        ("outcomes", outcomes),
        ("steps", rulebook.steps.len()),
        ("offices", rulebook.authorities.len()),
        ("sources", rulebook.sources.len()),
        ("cases", rulebook.cases.len()),
    ] {
        counts.push(count(id, number.to_string()));
    }
    let page = ProofPage {
        version: rulebook.version.clone(),
        knowledge_date: day(rulebook.knowledge_date),
        today: day(visit.today),
        today_date: Day(visit.today),
        until: proved.map(|proved| day(proved.certificate.until.0)),
        until_date: proved.map(|proved| proved.certificate.until),
        counts,
        claims: proved.map(|proved| claims(&visit, proved, outcomes)).unwrap_or_default(),
        cases: rulebook.cases.iter().map(|(_, _, case)| case.title.clone()).collect(),
        all: visit.plain_address("/regeln"),
    };
    let page = visit.page("rules-proof.html", &visit.view.word("rules.proof.title"), &page);
    // What is still being proved is asked for again.
    if proved.is_some() { page } else { ([(CACHE_CONTROL, "no-store")], page).into_response() }
}

/// What the certificate claims for all answers, and what the cases show.
fn claims(visit: &Visit, proved: &Proved, outcomes: usize) -> Vec<Claim> {
    let claim = |id: &str, holds: bool, figures: Option<String>| Claim {
        says: visit.view.word(&format!("rules.claim.{id}")),
        holds,
        figures,
    };
    let mut claims: Vec<Claim> = proved
        .certificate
        .claims
        .iter()
        .map(|this| Claim {
            // A claim that has no words for visitors yet speaks for itself.
            says: match visit.rulebook.texts.word(&format!("rules.claim.{}", this.id)) {
                Some(text) => visit.say(text).to_owned(),
                None => this.says.to_owned(),
            },
            holds: this.exceptions.is_empty(),
            figures: None,
        })
        .collect();
    let report = &proved.cases;
    let broken = |code: Code| report.diagnostics.iter().filter(|found| found.code == code).count();
    let of = |good: usize, all: usize| {
        Some(visit.view.word("rules.of").replace("{good}", &good.to_string()).replace("{all}", &all.to_string()))
    };
    claims.push(claim(
        "cases",
        broken(Code::BrokenCase) == 0,
        of(report.cases.saturating_sub(broken(Code::BrokenCase)), report.cases),
    ));
    claims.push(claim("reached", broken(Code::OutcomeWithoutCase) == 0, of(report.outcomes.len(), outcomes)));
    claims.push(claim(
        "rows",
        broken(Code::RowWithoutCase) == 0,
        of(report.rows.len(), report.rows.len() + broken(Code::RowWithoutCase)),
    ));
    claims
}

/// 1234567 as 1 234 567, with spaces at which no line breaks.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
