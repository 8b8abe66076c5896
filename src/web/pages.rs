//! The pages: each reads its address, asks the interview or the sheet, and shows what comes out.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use super::earlier::Earlier;
use super::link::{CHANGE, DAY, Link, PRINT, QR, VERSION, address};
use super::short::Unreadable;
use super::views::{
    Carried, CheckLine, CheckPage, Message, OptionGroup, OptionView, QuestionPage, QuestionView, SheetLinks, StartPage,
    View,
};
use super::{Site, failure, qr, short};
use crate::interview::{Answers, Misfit, MisfitKind, Replay, evaluate, length_at_most, replay, sensible};
use crate::language::{Lang, fill};
use crate::rulebook::{Id, Question, Rulebook};
use crate::sheet::{Sheet, compose, day, in_calendar, in_text};

/// What one request works with.
struct Visit {
    rulebook: Arc<Rulebook>,
    today: Date,
    link: Link,
    /// The day the page speaks of.
    date: Date,
    /// The earlier sheet the link speaks of: compared with today's, or shown as it was.
    earlier: Option<Earlier>,
    view: View,
}

impl Visit {
    fn new(site: &Site, query: Option<String>) -> Self {
        let mut rulebook = site.rulebook();
        let today = site.today();
        let query = query.unwrap_or_default();
        let mut link = Link::read(&rulebook, &query);
        let earlier = Earlier::of(&link, &rulebook, &query, today);
        let mut date = link.day.unwrap_or(today);
        match earlier.as_ref().map(|earlier| earlier.rules().filter(|_| link.as_it_was)) {
            Some(Some(rules)) => {
                rulebook = rules.clone();
                link = Link::read(&rulebook, &query);
            }
            Some(None) => {
                date = today;
                link.as_it_was = false;
            }
            None => link.as_it_was = false,
        }
        let view = View::new(rulebook.clone(), link.lang.clone()).about(link.answers.clone());
        Self { today, rulebook, link, date, earlier, view }
    }

    fn address(&self, path: &str, answers: &Answers, more: &[(&str, &str)]) -> String {
        address(&self.rulebook, path, answers, more)
    }

    /// The parts of the link that mean nothing, in words for visitors.
    fn notice(&self) -> Vec<String> {
        self.link.misfits.iter().map(|misfit| misfit_line(&self.rulebook, &self.link.lang, misfit)).collect()
    }

    /// For files, which have no room for a notice: what means nothing in the link, in place of the file.
    fn refusal(&self) -> Option<Response> {
        let says = self.notice().join("\n") + "\n";
        (!self.link.misfits.is_empty()).then(|| (StatusCode::BAD_REQUEST, says).into_response())
    }

    /// The question, as it stands in an interview that went this way.
    fn question(&self, replay: &Replay, id: Id<Question>, missing: bool) -> Response {
        let question = &self.rulebook.questions[id];
        let at = replay.path.iter().position(|asked| *asked == id).unwrap_or(replay.path.len());
        let back = match at.checked_sub(1).map(|before| replay.path[before]) {
            Some(before) => {
                self.address("/fragen", &self.link.answers, &[(CHANGE, self.rulebook.questions.name(before))])
            }
            None => "/".to_owned(),
        };
        // Seen from this question: what came before it is known, what comes after is bounded.
        let before = replay.answers.only(|asked| replay.path[..at].contains(&asked));
        let say = |text| self.rulebook.texts.say(&self.link.lang, text).to_owned();
        let chosen = self.link.answers.get(id);
        let option = |(value, name, choice): (Id<_>, &str, &crate::rulebook::Choice)| OptionView {
            id: name.to_owned(),
            text: say(choice.text),
            help: choice.help.map(say),
            chosen: chosen.is_some_and(|values| values.contains(value.index())),
            unknown: value.index() == question.unknown,
        };
        let options: Vec<OptionView> = question.options.iter().map(option).collect();
        let carried = self.link.answers.without(id);
        let carried =
            carried.pairs(&self.rulebook).into_iter().map(|(name, value)| Carried { name: name.to_owned(), value });
        let page = QuestionPage {
            question: QuestionView {
                id: self.rulebook.questions.name(id).to_owned(),
                text: say(question.text),
                help: question.help.map(say),
                why: say(question.why),
                find_out: say(question.find_out),
                multi: question.multi,
                long_list: question.long_list,
                groups: if question.long_list {
                    groups(question, &options, self.view.word("question.often"))
                } else {
                    Vec::new()
                },
                options,
            },
            number: at + 1,
            at_most: length_at_most(&self.rulebook, at, &before, self.link.day.unwrap_or(self.today)),
            carried: carried.collect(),
            action: "/fragen",
            back,
            missing,
            for_whom: self.view.word_for_some("question.for-whom"),
            notice: self.notice(),
        };
        self.view.question(&page).into_response()
    }

    fn replay(&self) -> Replay {
        replay(&self.rulebook, &self.link.answers, self.date)
    }

    fn sheet(&self) -> (Replay, Sheet) {
        let date = self.date;
        let mut replay = self.replay();
        replay.answers = sensible(&self.rulebook, &self.link.answers, date);
        let evaluation = evaluate(&self.rulebook, &replay.answers, date);
        let mut sheet = compose(&self.rulebook, &replay.answers, &evaluation, date, &self.link.lang);
        match &self.earlier {
            Some(earlier) if self.link.as_it_was => earlier.mark(&mut sheet, &self.link, &replay.answers),
            Some(earlier) => earlier.tell(&mut sheet, &self.rulebook, &self.link, &replay.answers),
            None => {}
        }
        (replay, sheet)
    }

    /// The address under which a page shows what this one shows, at any time.
    fn here(&self, path: &str, answers: &Answers) -> String {
        match &self.earlier {
            Some(earlier) => earlier.address(path, &self.rulebook, answers, self.link.as_it_was),
            None => sheet_address(self, answers, path, self.date),
        }
    }
}

pub async fn start(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let page = StartPage {
        at_most: length_at_most(&visit.rulebook, 0, &Answers::default(), visit.today),
        version: visit.rulebook.version.clone(),
        knowledge_date: day(visit.rulebook.knowledge_date),
        begin: "/fragen".to_owned(),
        begin_for_another: "/fragen?asking-for=someone-else".to_owned(),
    };
    visit.view.start(&page).into_response()
}

pub async fn question(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let replay = visit.replay();
    if let Some(asked) = visit.link.asked.filter(|asked| visit.link.answers.get(*asked).is_none()) {
        return visit.question(&replay, asked, true);
    }
    if let Some(change) = visit.link.change {
        return visit.question(&replay, change, false);
    }
    match replay.next {
        Some(next) => visit.question(&replay, next, false),
        None => Redirect::to(&visit.address("/pruefen", &replay.answers, &[])).into_response(),
    }
}

pub async fn check(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let replay = visit.replay();
    if replay.next.is_some() {
        return Redirect::to(&visit.address("/fragen", &visit.link.answers, &[])).into_response();
    }
    let say = |text| visit.rulebook.texts.say(&visit.link.lang, text).to_owned();
    let lines = replay.path.iter().map(|id| {
        let question = &visit.rulebook.questions[*id];
        let values = replay.answers.get(*id).unwrap_or_default();
        let name = visit.rulebook.questions.name(*id);
        CheckLine {
            id: name.to_owned(),
            label: say(question.label),
            text: say(question.text),
            answers: values.iter().map(|value| say(question.options[Id::new(value)].text)).collect(),
            unknown: values.contains(question.unknown),
            change: visit.address("/fragen", &replay.answers, &[(CHANGE, name)]),
        }
    });
    let last = replay.path.last().map(|id| visit.rulebook.questions.name(*id));
    let page = CheckPage {
        lines: lines.collect(),
        sheet: sheet_address(&visit, &replay.answers, "/blatt", visit.today),
        back: last.map_or_else(|| "/".to_owned(), |last| visit.address("/fragen", &replay.answers, &[(CHANGE, last)])),
        notice: visit.notice(),
    };
    visit.view.check(&page).into_response()
}

/// The lasting address of a sheet: answers, day and version of the rules.
fn sheet_address(visit: &Visit, answers: &Answers, path: &str, date: Date) -> String {
    visit.address(path, answers, &[(DAY, &date.to_string()), (VERSION, &visit.rulebook.version)])
}

pub async fn sheet(State(site): State<Arc<Site>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let visit = Visit::new(&site, query);
    let (replay, sheet) = visit.sheet();
    let here = |path| visit.here(path, &replay.answers);
    let as_it_was = visit.link.as_it_was;
    // What is kept on paper is the sheet that is shown: today's, unless somebody looks at an old one.
    let short = format!("/b/{}", short::write(&visit.rulebook, &replay.answers, visit.date));
    let with_qr = !visit.link.without_qr;
    let links = SheetLinks {
        answers: visit.address(if replay.next.is_some() { "/fragen" } else { "/pruefen" }, &replay.answers, &[]),
        text: here("/blatt.txt"),
        json: here("/blatt.json"),
        calendar: here("/blatt.ics"),
        employer: sheet.employer_page.is_some().then(|| here("/arbeitgeber")),
        today: match &visit.earlier {
            Some(earlier) => as_it_was.then(|| earlier.address("/blatt", &visit.rulebook, &replay.answers, false)),
            None if visit.date == visit.today => None,
            None => Some(sheet_address(&visit, &replay.answers, "/blatt", visit.today)),
        },
        then: visit
            .earlier
            .as_ref()
            .filter(|earlier| !as_it_was && earlier.rules().is_some())
            .map(|earlier| earlier.address("/blatt", &visit.rulebook, &replay.answers, true)),
        here: format!("{}{short}", qr::origin(&site, &headers)),
        qr: with_qr.then(|| format!("{short}/qr.svg")),
        other_print: if with_qr { format!("{}&{QR}=nein", here("/blatt")) } else { here("/blatt") },
        other_length: if visit.link.in_full { here("/blatt") } else { format!("{}&{PRINT}=alles", here("/blatt")) },
        in_full: visit.link.in_full,
    };
    let mut notice = visit.notice();
    if replay.next.is_some() {
        notice.push(visit.view.word("notice.not-complete"));
    }
    visit.view.sheet(&sheet, &links, &notice).into_response()
}

/// A short address leads to the full one, which names every answer.
pub async fn short(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    let rulebook = site.rulebook();
    let released = rulebook.released.all().map(Arc::as_ref);
    match short::read(&code, [rulebook.as_ref()].into_iter().chain(released)) {
        Ok((state, answers, day)) => {
            let more = [(DAY, &*day.to_string()), (VERSION, &*state.version)];
            Redirect::to(&address(state, "/blatt", &answers, &more)).into_response()
        }
        Err(Unreadable::Mistyped) => failure::message(&site, StatusCode::NOT_FOUND, "mistyped"),
        Err(Unreadable::OtherRules) => failure::message(&site, StatusCode::GONE, "other-rules"),
    }
}

pub async fn employer(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let (replay, sheet) = visit.sheet();
    let back = visit.here("/blatt", &replay.answers);
    match &sheet.employer_page {
        Some(page) => visit.view.employer(&sheet, page, &back, &visit.notice()).into_response(),
        None => {
            let word = |part: &str| visit.view.word(&format!("employer.none.{part}"));
            let action = Some((back, word("action")));
            let message = Message { heading: word("heading"), says: vec![word("says")], action };
            (StatusCode::NOT_FOUND, visit.view.message(&message)).into_response()
        }
    }
}

pub async fn sheet_text(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    if let Some(refusal) = visit.refusal() {
        return refusal;
    }
    in_text(&visit.rulebook, &visit.sheet().1).into_response()
}

/// The sheet as a calendar file. Its events lead back here, where an old sheet says what has changed.
pub async fn sheet_calendar(State(site): State<Arc<Site>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let visit = Visit::new(&site, query);
    if let Some(refusal) = visit.refusal() {
        return refusal;
    }
    let (replay, sheet) = visit.sheet();
    let kept = sheet_address(&visit, &replay.answers, "/blatt", visit.date);
    let address = format!("{}{kept}", qr::origin(&site, &headers));
    let kind =
        [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=lotse.ics")];
    (kind, in_calendar(&visit.rulebook, &sheet, Some(&address))).into_response()
}

pub async fn sheet_json(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    if visit.link.misfits.is_empty() {
        return Json(visit.sheet().1).into_response();
    }
    let misfits: Vec<_> = visit
        .link
        .misfits
        .iter()
        .zip(visit.notice())
        .map(|(misfit, says)| {
            serde_json::json!({
                "key": misfit.key,
                "value": misfit.value,
                "says": says,
                "suggestion": misfit.suggestion,
            })
        })
        .collect();
    (StatusCode::BAD_REQUEST, Json(serde_json::json!({ "errors": misfits }))).into_response()
}

pub async fn ready() -> &'static str {
    "bereit\n"
}

pub async fn not_found(State(site): State<Arc<Site>>) -> Response {
    failure::message(&site, StatusCode::NOT_FOUND, "not-found")
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

pub fn misfit_line(rulebook: &Rulebook, lang: &Lang, misfit: &Misfit) -> String {
    let id = match misfit.kind {
        MisfitKind::Question => "notice.unknown-question",
        MisfitKind::Option => "notice.unknown-option",
        MisfitKind::Several => "notice.one-only",
    };
    // Only so much of a foreign word is shown as is needed to recognise it.
    let short = |text: &str| text.chars().take(60).collect::<String>().into();
    fill(rulebook.word(lang, id), |name| match name {
        "key" => Some(short(&misfit.key)),
        "value" => Some(short(&misfit.value)),
        _ => None,
    })
}
