//! The advisor's desk: all questions on one page, the result below, and a second set of answers beside the first.
//!
//! The address holds both sets: `goal=kita&german-level=b1&b.german-level=b2`. The second takes over everything from the
//! first that it does not say itself.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;

use super::Site;
use super::link::{DAY, Link, VERSION, address};
use super::pages::misfit_line;
use super::views::View;
use crate::interview::{Answers, Misfit, evaluate};
use crate::language::Lang;
use crate::rulebook::{Id, Question, Rulebook};
use crate::sheet::{Sheet, compose, day};

/// Stands before the ids of the second set.
const SECOND: &str = "b.";

/// The desk as the template sees it.
#[derive(Serialize)]
pub struct DeskPage {
    /// The day looked at, in words.
    pub date: String,
    pub questions: Vec<DeskQuestion>,
    /// One result, or two to compare; none before anything is chosen.
    pub results: Vec<DeskResult>,
    pub notice: Vec<String>,
}

/// A question as one line of the desk.
#[derive(Serialize)]
pub struct DeskQuestion {
    pub id: String,
    pub label: String,
    pub text: String,
    pub multi: bool,
    pub options: Vec<DeskOption>,
}

/// An option, with where it is chosen.
#[derive(Serialize)]
pub struct DeskOption {
    pub id: String,
    pub text: String,
    pub first: bool,
    pub second: bool,
}

/// What comes out for one set of answers.
#[derive(Serialize)]
pub struct DeskResult {
    pub sheet: Sheet,
    /// What sets the second set apart: "Deutsch: B2".
    pub differs: Vec<String>,
    /// Questions left out, so unknown.
    pub left_out: Vec<String>,
    pub to_sheet: String,
    pub to_employer: Option<String>,
}

pub async fn desk(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let rulebook = site.rulebook();
    let query = query.unwrap_or_default();
    let (first, second): (Vec<_>, Vec<_>) = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .filter(|(_, value)| !value.is_empty())
        .partition(|(key, _)| !key.starts_with(SECOND));
    let link = Link::of(&rulebook, first.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let second = second.iter().map(|(key, value)| (&key[SECOND.len()..], value.as_str()));
    let (second, more_misfits) = Answers::read(&rulebook, second);
    let date = link.day.unwrap_or_else(|| site.today());
    let desk = Desk { rulebook: &rulebook, lang: &link.lang, date };
    let mut results = Vec::new();
    if !link.answers.is_empty() {
        results.push(desk.result(&link.answers, Vec::new()));
        let other = over(&link.answers, &second);
        if other != link.answers {
            let differs = second.iter().filter(|(id, values)| link.answers.get(*id) != Some(*values));
            let differs = differs.map(|(id, _)| desk.said(&other, id)).collect();
            results.push(desk.result(&other, differs));
        }
    }
    let misfits: Vec<&Misfit> = link.misfits.iter().chain(&more_misfits).collect();
    let page = DeskPage {
        date: day(date),
        questions: rulebook.questions.ids().map(|id| desk.question(id, &link.answers, &second)).collect(),
        results,
        notice: misfits.iter().map(|misfit| misfit_line(&rulebook, &link.lang, misfit)).collect(),
    };
    View::new(rulebook.clone(), link.lang.clone()).desk(&page).into_response()
}

/// The first set with the second laid over it.
fn over(first: &Answers, second: &Answers) -> Answers {
    let mut both = first.clone();
    for (id, values) in second.iter() {
        both.set(id, values);
    }
    both
}

struct Desk<'a> {
    rulebook: &'a Rulebook,
    lang: &'a Lang,
    date: Date,
}

impl Desk<'_> {
    fn question(&self, id: Id<Question>, first: &Answers, second: &Answers) -> DeskQuestion {
        let question = &self.rulebook.questions[id];
        let say = |text| self.rulebook.texts.say(self.lang, text).to_owned();
        let chosen = |answers: &Answers, at: usize| answers.get(id).is_some_and(|values| values.contains(at));
        let option = |(at, name, choice): (Id<_>, &str, &crate::rulebook::Choice)| DeskOption {
            id: name.to_owned(),
            text: say(choice.text),
            first: chosen(first, at.index()),
            second: chosen(second, at.index()),
        };
        DeskQuestion {
            id: self.rulebook.questions.name(id).to_owned(),
            label: say(question.label),
            text: say(question.text),
            multi: question.multi,
            options: question.options.iter().map(option).collect(),
        }
    }

    fn result(&self, answers: &Answers, differs: Vec<String>) -> DeskResult {
        let evaluation = evaluate(self.rulebook, answers, self.date);
        let sheet = compose(self.rulebook, answers, &evaluation, self.date, self.lang);
        let day = self.date.to_string();
        let to = |path| address(self.rulebook, path, answers, &[(DAY, &day), (VERSION, &self.rulebook.version)]);
        let left_out = evaluation.unanswered.iter().map(|id| &self.rulebook.questions[*id]);
        let left_out = left_out.filter(|question| !question.only_at_desk);
        DeskResult {
            differs,
            left_out: left_out.map(|question| self.rulebook.texts.say(self.lang, question.label).to_owned()).collect(),
            to_sheet: to("/blatt"),
            to_employer: sheet.employer_page.is_some().then(|| to("/arbeitgeber")),
            sheet,
        }
    }

    /// "Deutsch: B2 – …", the answer in words.
    fn said(&self, answers: &Answers, id: Id<Question>) -> String {
        let question = &self.rulebook.questions[id];
        let say = |text| self.rulebook.texts.say(self.lang, text);
        let values = answers.get(id).unwrap_or_default();
        let chosen: Vec<&str> = values.iter().map(|at| say(question.options[Id::new(at)].text)).collect();
        format!("{}: {}", say(question.label), chosen.join(", "))
    }
}
