//! What is asked about people. Nothing of it is kept, logged or cached.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::answered::{Explained, Explanations, Head, NextQuestion};
use super::body::Sent;
use super::problem::{Fault, Kind, Problem};
use super::request::{AskedDay, BatchRequest, Detail, ExplainRequest, Given, PersonRequest, SheetRequest};
use crate::diagnostic::nearest;
use crate::interview::{Answers, Explanation, Misfit, Room, consistent, evaluate, length_at_most};
use crate::language::Lang;
use crate::opendata::Catalogue;
use crate::rulebook::{Id, Question, Rulebook};
use crate::sheet::EmployerFile;
use crate::terms::Day;
use crate::web::crowd::by_a_hand;
use crate::web::link::{CAME_ON, DAY, address};
use crate::web::manner::LANG;
use crate::web::programs;
use crate::web::visit::Visit;
use crate::web::{Site, short};

/// Which question is put next.
pub async fn next(State(site): State<Arc<Site>>, Sent(request): Sent<PersonRequest>) -> Result<Response, Problem> {
    let visit = visit(site, &request.answers, request.date, request.lang.as_deref(), None)?;
    let rulebook = &visit.rulebook;
    let replay = visit.replay();
    let lang = &visit.link.lang;
    let name = |id: &Id<Question>| rulebook.questions.name(*id).to_owned();
    let catalogue = Catalogue::of(rulebook, visit.date, lang);
    let answered = NextQuestion {
        head: Head::of(&visit),
        question: replay.next.map(|id| catalogue.question(id)),
        asked: replay.path.iter().map(name).collect(),
        at_most: match replay.next {
            Some(_) => length_at_most(rulebook, replay.path.len(), &replay.answers, visit.date),
            None => replay.path.len(),
        },
        left_out: consistent(rulebook, &visit.link.answers).1.iter().map(name).collect(),
    };
    Ok(programs::json(&answered, lang))
}

/// What holds for somebody, in ids. Outcomes are told on the spot; reasons, and what was meant by an answer that means
/// nothing, wait for a hand.
pub async fn explain(State(site): State<Arc<Site>>, Sent(request): Sent<ExplainRequest>) -> Response {
    let edition = site.edition();
    let on_the_spot = request.detail == Detail::Outcomes && request.answers.is_known_to(&edition.rulebook);
    let explain = move || {
        let rulebook = &edition.rulebook;
        let date = request.date.map_or(edition.day, |day| day.0);
        let answers = request.answers.read(rulebook)?;
        Ok::<_, Problem>(programs::written(&explained(
            rulebook,
            &consistent(rulebook, &answers).0,
            date,
            request.detail,
        )))
    };
    if on_the_spot { explain().into_response() } else { by_a_hand(&site, move || explain().into_response()).await }
}

/// What holds for each of many people, in ids.
pub async fn batch(State(site): State<Arc<Site>>, Sent(request): Sent<BatchRequest>) -> Result<Response, Problem> {
    let edition = site.edition();
    let rulebook = &edition.rulebook;
    let date = request.date.map_or(edition.day, |day| day.0);
    let people = request.people.read(rulebook)?.iter().map(|answers| consistent(rulebook, answers).0).collect();
    let people = Explained { rulebook, date, people };
    Ok(programs::written(&Explanations { rulebook: &rulebook.version, date: Day(date), people }))
}

fn explained<'r>(rulebook: &'r Rulebook, answers: &Answers, date: Date, detail: Detail) -> Explanation<'r> {
    let evaluated = || evaluate(rulebook, answers, date);
    match detail {
        Detail::Outcomes => Explanation::in_brief(rulebook, answers, date, &mut Room::new(rulebook)),
        Detail::Reasons => Explanation::of(rulebook, answers, date, &evaluated()),
        Detail::Everything => Explanation::in_detail(rulebook, answers, date, &evaluated()),
    }
}

/// The sheet of next steps, with the page for the Träger in it.
pub async fn sheet(State(site): State<Arc<Site>>, Sent(request): Sent<SheetRequest>) -> Result<Response, Problem> {
    let visit = visit(site, &request.answers, request.date, request.lang.as_deref(), request.letter_came_on)?;
    Ok(programs::json(&visit.whole_sheet().1, &visit.link.lang))
}

/// The page for the Träger alone: nothing on it but what its roles rest on.
pub async fn employer(State(site): State<Arc<Site>>, Sent(request): Sent<PersonRequest>) -> Result<Response, Problem> {
    let visit = visit(site, &request.answers, request.date, request.lang.as_deref(), None)?;
    let sheet = visit.whole_sheet().1;
    let page = sheet.employer_page.as_ref().ok_or_else(|| Kind::NoEmployerPage.plain())?;
    let code = short::write(&visit.rulebook, &page.answers, visit.date, None);
    Ok(programs::json(&EmployerFile::of(&sheet, page, code), &visit.link.lang))
}

/// The visit of somebody who follows the link that holds the same.
fn visit(
    site: Arc<Site>,
    given: &Given,
    date: Option<AskedDay>,
    lang: Option<&str>,
    came_on: Option<AskedDay>,
) -> Result<Visit, Problem> {
    let rulebook = site.edition().rulebook.clone();
    let answers = given.read(&rulebook)?;
    let (date, came_on) = (date.map(|day| day.0.to_string()), came_on.map(|day| day.0.to_string()));
    let pair = |key, value: &Option<String>| value.clone().map(|value| (key, value));
    let more = [pair(DAY, &date), pair(CAME_ON, &came_on), lang.map(|lang| (LANG, lang.to_owned()))];
    let more: Vec<(&str, &str)> = more.iter().flatten().map(|(key, value)| (*key, value.as_str())).collect();
    let link = address(&rulebook, "", &answers, &more);
    let visit = Visit::new(site, link.trim_start_matches('?'));
    let fault = |misfit: &Misfit| match misfit.key.as_str() {
        LANG => language_fault(&rulebook, "#/lang", &misfit.value),
        CAME_ON => Fault {
            place: "#/letter_came_on".to_owned(),
            says: "a letter that is still to come".to_owned(),
            suggestion: None,
        },
        key => Fault { place: "#".to_owned(), says: format!("`{key}` means nothing to these rules"), suggestion: None },
    };
    let faults: Vec<Fault> = visit.link.misfits.iter().map(fault).collect();
    if faults.is_empty() { Ok(visit) } else { Err(Kind::WrongForm.with(faults)) }
}

/// A language that the rulebook does not speak.
pub fn language_fault(rulebook: &Rulebook, place: &str, code: &str) -> Fault {
    let known: Vec<&str> = rulebook.languages.iter().map(Lang::code).collect();
    Fault {
        place: place.to_owned(),
        says: format!("no texts in `{}`; known: {}", code.chars().take(20).collect::<String>(), known.join(", ")),
        suggestion: nearest(code, known.iter().copied()).map(str::to_owned),
    }
}
