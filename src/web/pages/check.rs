//! The page on which all answers are looked at once more.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::rulebook::Id;
use crate::sheet::day;
use crate::web::link::{CAME_ON, CHANGE, CHECK, FROM};
use crate::web::visit::Visit;

#[derive(Serialize)]
struct CheckPage {
    lines: Vec<CheckLine>,
    sheet: String,
    back: String,
    notice: Vec<String>,
}

/// One answer on it.
#[derive(Serialize)]
struct CheckLine {
    id: String,
    label: String,
    text: String,
    answers: Vec<String>,
    unknown: bool,
    change: String,
}

pub async fn check(visit: Visit) -> Response {
    let replay = visit.replay();
    if replay.next.is_some() {
        return Redirect::to(&visit.address("/fragen", &visit.link.answers, &[])).into_response();
    }
    let change = |name, more: &[_]| visit.address("/fragen", &replay.answers, &[&[(CHANGE, name)], more].concat());
    let lines = replay.path.iter().flat_map(|id| {
        let question = &visit.rulebook.questions[*id];
        let values = replay.answers.get(*id).unwrap_or_default();
        let name = visit.rulebook.questions.name(*id);
        let answer = CheckLine {
            id: name.to_owned(),
            label: visit.say(question.label).to_owned(),
            text: visit.say(question.text).to_owned(),
            answers: values.iter().map(|value| visit.say(question.options[Id::new(value)].text).to_owned()).collect(),
            unknown: values.contains(question.unknown),
            change: change(name, &[(FROM, CHECK)]),
        };
        let asked = visit.asks_came_on(*id, &replay.answers);
        let came_on = asked.zip(visit.came_on(&replay.answers)).map(|(asked, came_on)| CheckLine {
            id: CAME_ON.to_owned(),
            label: visit.say(asked.label).to_owned(),
            text: visit.say(asked.text).to_owned(),
            answers: vec![day(came_on)],
            unknown: false,
            change: change(name, &[(FROM, CHECK)]),
        });
        [Some(answer), came_on].into_iter().flatten()
    });
    let page = CheckPage {
        lines: lines.collect(),
        sheet: visit.lasting_address("/blatt", &replay.answers, visit.today),
        back: match replay.path.last() {
            Some(last) => change(visit.rulebook.questions.name(*last), &[]),
            None => visit.plain_address("/"),
        },
        notice: visit.notice(),
    };
    visit.page("check.html", &visit.view.word("page.check.title"), &page)
}
