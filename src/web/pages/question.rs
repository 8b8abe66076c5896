//! The question page: one question, its options, and all earlier answers carried along.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::interview::{Replay, length_at_most};
use crate::rulebook::{Choice, Id, Question};
use crate::web::link::CHANGE;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct QuestionPage {
    question: QuestionView,
    number: usize,
    at_most: usize,
    carried: Vec<Carried>,
    action: &'static str,
    back: String,
    missing: bool,
    /// For whoever answers for another person: who is meant.
    for_whom: Option<String>,
    notice: Vec<String>,
}

/// A question as the template sees it.
#[derive(Serialize)]
struct QuestionView {
    id: String,
    text: String,
    help: Option<String>,
    why: String,
    find_out: String,
    multi: bool,
    long_list: bool,
    options: Vec<OptionView>,
    /// Of a long list: the same options in groups, the ones most looked for first.
    groups: Vec<OptionGroup>,
}

/// Options of a long list under one heading; no heading for those that stand apart.
#[derive(Serialize)]
struct OptionGroup {
    heading: Option<String>,
    options: Vec<OptionView>,
}

/// An option as the template sees it.
#[derive(Clone, Serialize)]
struct OptionView {
    id: String,
    text: String,
    help: Option<String>,
    chosen: bool,
    unknown: bool,
}

/// An answer carried along in a hidden field.
#[derive(Serialize)]
struct Carried {
    name: String,
    value: String,
}

pub async fn question(visit: Visit) -> Response {
    let replay = visit.replay();
    if let Some(asked) = visit.link.asked.filter(|asked| visit.link.answers.get(*asked).is_none()) {
        return show(&visit, &replay, asked, true);
    }
    match visit.link.change.or(replay.next) {
        Some(question) => show(&visit, &replay, question, false),
        None => Redirect::to(&visit.address("/pruefen", &replay.answers, &[])).into_response(),
    }
}

/// The question, as it stands in an interview that went this way.
fn show(visit: &Visit, replay: &Replay, id: Id<Question>, missing: bool) -> Response {
    let rulebook = &visit.rulebook;
    let at = replay.path.iter().position(|asked| *asked == id).unwrap_or(replay.path.len());
    let back = match at.checked_sub(1).map(|before| replay.path[before]) {
        Some(before) => visit.address("/fragen", &visit.link.answers, &[(CHANGE, rulebook.questions.name(before))]),
        None => visit.plain_address("/"),
    };
    // Seen from this question: what came before it is known, what comes after is bounded.
    let before = replay.answers.only(|asked| replay.path[..at].contains(&asked));
    let carried = visit.link.answers.without(id).pairs(rulebook).into_iter();
    let page = QuestionPage {
        question: view(visit, id),
        number: at + 1,
        at_most: length_at_most(rulebook, at, &before, visit.link.day.unwrap_or(visit.today)),
        carried: carried.map(|(name, value)| Carried { name: name.to_owned(), value }).collect(),
        action: "/fragen",
        back,
        missing,
        for_whom: visit.view.word_for_some("question.for-whom"),
        notice: visit.notice(),
    };
    visit.page("question.html", &page.question.text, &page)
}

fn view(visit: &Visit, id: Id<Question>) -> QuestionView {
    let question = &visit.rulebook.questions[id];
    let say = |text| visit.say(text).to_owned();
    let chosen = visit.link.answers.get(id);
    let option = |(value, name, choice): (Id<_>, &str, &Choice)| OptionView {
        id: name.to_owned(),
        text: say(choice.text),
        help: choice.help.map(say),
        chosen: chosen.is_some_and(|values| values.contains(value.index())),
        unknown: value.index() == question.unknown,
    };
    let options: Vec<OptionView> = question.options.iter().map(option).collect();
    QuestionView {
        id: visit.rulebook.questions.name(id).to_owned(),
        text: say(question.text),
        help: question.help.map(say),
        why: say(question.why),
        find_out: say(question.find_out),
        multi: question.multi,
        long_list: question.long_list,
        groups: match question.long_list {
            true => groups(question, &options, visit.view.word("question.often")),
            false => Vec::new(),
        },
        options,
    }
}

/// A long list in groups: the options most looked for, then the rows of the table by their first letter, then the rest.
fn groups(question: &Question, options: &[OptionView], often: String) -> Vec<OptionGroup> {
    let mut groups = Vec::new();
    if !question.often.is_empty() {
        let options = question.often.iter().map(|at| options[*at].clone()).collect();
        groups.push(OptionGroup { heading: Some(often), options });
    }
    for (at, option) in options.iter().enumerate() {
        let heading = question.options[Id::new(at)].from_table.then(|| initial(&option.text));
        match groups.last_mut() {
            Some(group) if group.heading == heading => group.options.push(option.clone()),
            _ => groups.push(OptionGroup { heading, options: vec![option.clone()] }),
        }
    }
    groups
}

/// The letter under which people look a name up: Ägypten stands under A.
fn initial(name: &str) -> String {
    match name.chars().next() {
        Some('Ä' | 'Å') => "A".to_owned(),
        Some('Ö') => "O".to_owned(),
        Some('Ü') => "U".to_owned(),
        Some(first) => first.to_uppercase().collect(),
        None => String::new(),
    }
}
