//! The advisor's desk: all questions on one page, the result below, and a second set of answers beside the first.
//!
//! The address holds both sets: `goal=kita&german-level=b1&b.german-level=b2`. The second takes over everything from the
//! first that it does not say itself.

use axum::response::Response;
use serde::Serialize;

use crate::interview::{Answers, evaluate};
use crate::rulebook::{Choice, Id, Question};
use crate::sheet::{Sheet, compose, day};
use crate::web::visit::Visit;

/// The desk as the template sees it.
#[derive(Serialize)]
struct DeskPage {
    /// The day looked at, in words.
    date: String,
    questions: Vec<DeskQuestion>,
    /// One result, or two to compare; none before anything is chosen.
    results: Vec<DeskResult>,
    notice: Vec<String>,
}

/// A question as one line of the desk.
#[derive(Serialize)]
struct DeskQuestion {
    id: String,
    label: String,
    text: String,
    multi: bool,
    options: Vec<DeskOption>,
}

/// An option, with where it is chosen.
#[derive(Serialize)]
struct DeskOption {
    id: String,
    text: String,
    first: bool,
    second: bool,
}

/// What comes out for one set of answers.
#[derive(Serialize)]
struct DeskResult {
    sheet: Sheet,
    /// What sets the second set apart: "Deutsch: B2".
    differs: Vec<String>,
    /// Questions left out, so unknown.
    left_out: Vec<String>,
    to_sheet: String,
    to_employer: Option<String>,
}

pub async fn desk(visit: Visit) -> Response {
    let (first, second) = (&visit.link.answers, &visit.link.second);
    let mut results = Vec::new();
    if !first.is_empty() {
        results.push(result(&visit, first, Vec::new()));
        let other = over(first, second);
        if other != *first {
            let differs = second.iter().filter(|(id, values)| first.get(*id) != Some(*values));
            let differs = differs.map(|(id, _)| said(&visit, &other, id)).collect();
            results.push(result(&visit, &other, differs));
        }
    }
    let page = DeskPage {
        date: day(visit.date),
        questions: visit.rulebook.questions.ids().map(|id| question(&visit, id)).collect(),
        results,
        notice: visit.notice(),
    };
    visit.page("desk.html", &visit.view.word("desk.title"), &page)
}

/// The first set with the second laid over it.
fn over(first: &Answers, second: &Answers) -> Answers {
    let mut both = first.clone();
    for (id, values) in second.iter() {
        both.set(id, values);
    }
    both
}

fn question(visit: &Visit, id: Id<Question>) -> DeskQuestion {
    let question = &visit.rulebook.questions[id];
    let say = |text| visit.say(text).to_owned();
    let chosen = |answers: &Answers, at: usize| answers.get(id).is_some_and(|values| values.contains(at));
    let option = |(at, name, choice): (Id<_>, &str, &Choice)| DeskOption {
        id: name.to_owned(),
        text: say(choice.text),
        first: chosen(&visit.link.answers, at.index()),
        second: chosen(&visit.link.second, at.index()),
    };
    DeskQuestion {
        id: visit.rulebook.questions.name(id).to_owned(),
        label: say(question.label),
        text: say(question.text),
        multi: question.multi,
        options: question.options.iter().map(option).collect(),
    }
}

fn result(visit: &Visit, answers: &Answers, differs: Vec<String>) -> DeskResult {
    let rulebook = &visit.rulebook;
    let evaluation = evaluate(rulebook, answers, visit.date);
    let sheet = compose(rulebook, answers, &evaluation, visit.date, &visit.link.lang);
    let left_out = evaluation.unanswered.iter().map(|id| &rulebook.questions[*id]);
    let left_out = left_out.filter(|question| !question.only_at_desk);
    DeskResult {
        differs,
        left_out: left_out.map(|question| visit.say(question.label).to_owned()).collect(),
        to_sheet: visit.lasting_address("/blatt", answers, visit.date),
        to_employer: sheet.employer_page.is_some().then(|| visit.lasting_address("/arbeitgeber", answers, visit.date)),
        sheet,
    }
}

/// "Deutsch: B2 – …", the answer in words.
fn said(visit: &Visit, answers: &Answers, id: Id<Question>) -> String {
    let question = &visit.rulebook.questions[id];
    let values = answers.get(id).unwrap_or_default();
    let chosen: Vec<&str> = values.iter().map(|at| visit.say(question.options[Id::new(at)].text)).collect();
    format!("{}: {}", visit.say(question.label), chosen.join(", "))
}
