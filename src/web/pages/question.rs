//! The question page: one question, its options, and all earlier answers carried along.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::HtmlEscape;
use serde::Serialize;

use super::certificates::papers;
use crate::interview::{Replay, length_at_most, wording};
use crate::language::Alphabet;
use crate::rulebook::{Choice, Id, Question};
use crate::terms::Guide;
use crate::web::blank::{Blank, Blanks, Form};
use crate::web::gzip;
use crate::web::link::{CAME_ON, CHANGE};
use crate::web::visit::Visit;

/// The question page as its template sees it: without what it owes to one visit. There it has gaps.
#[derive(Serialize)]
struct QuestionPage {
    question: QuestionView,
    action: &'static str,
    missing: bool,
    /// For whoever answers for another person: who is meant.
    for_whom: Option<String>,
    /// What was looked for in a long list.
    search: Option<String>,
    gaps: Gaps,
}

/// Where the form leads.
const FORM: &str = "/fragen";

/// The signs of the gaps.
#[derive(Serialize)]
struct Gaps {
    number: char,
    at_most: char,
    back: char,
    carried: char,
    notice: char,
    here: char,
    papers: char,
    came_on: char,
    query: char,
}

const GAPS: Gaps = Gaps {
    number: '\u{E000}',
    at_most: '\u{E001}',
    back: '\u{E002}',
    carried: '\u{E003}',
    notice: '\u{E004}',
    here: '\u{E005}',
    papers: '\u{E006}',
    came_on: '\u{E007}',
    query: '\u{E008}',
};

/// Where an option is marked as chosen: a sign for each.
const CHOSEN: RangeInclusive<char> = '\u{E100}'..='\u{F8FF}';

/// A question as the template sees it.
#[derive(Serialize)]
struct QuestionView {
    id: String,
    text: String,
    help: Option<String>,
    why: String,
    find_out: String,
    /// The field for the day on which the letter came.
    came_on: Option<CameOnView>,
    /// The page with drawings that helps.
    guide: Option<&'static str>,
    multi: bool,
    long_list: bool,
    options: Vec<OptionView>,
    /// Of a long list: the same options in groups, the ones most looked for first.
    groups: Vec<OptionGroup>,
}

/// The field for a day.
#[derive(Serialize)]
struct CameOnView {
    text: String,
    help: String,
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
    /// The gap for the mark that it is chosen.
    chosen: char,
    unknown: bool,
}

pub async fn question(visit: Visit, gzip: gzip::Wanted) -> Response {
    let replay = visit.replay();
    let searched = visit.link.searched && visit.link.search.is_some();
    let goes_on = searched || visit.link.shown;
    if let Some(asked) = visit.link.asked.filter(|asked| goes_on || visit.link.answers.get(*asked).is_none()) {
        return show(&visit, gzip, &replay, asked, visit.link.search.is_none() && !visit.link.shown);
    }
    match visit.link.change.or(replay.next) {
        Some(question) => show(&visit, gzip, &replay, question, false),
        None => Redirect::to(&visit.address("/pruefen", &replay.answers, &[])).into_response(),
    }
}

/// The question, as it stands in an interview that went this way.
fn show(visit: &Visit, gzip: gzip::Wanted, replay: &Replay, id: Id<Question>, missing: bool) -> Response {
    let rulebook = &visit.rulebook;
    let at = replay.path.iter().position(|asked| *asked == id).unwrap_or(replay.path.len());
    let from_check = visit.link.from_check && replay.next.is_none();
    let back = match at.checked_sub(1).map(|before| replay.path[before]) {
        _ if from_check => visit.address("/pruefen", &replay.answers, &[]),
        Some(before) => visit.address("/fragen", &visit.link.answers, &[(CHANGE, rulebook.questions.name(before))]),
        None => visit.plain_address("/"),
    };
    // Seen from this question: what came before it is known, what comes after is bounded.
    let before = replay.answers.only(|asked| replay.path[..at].contains(&asked));
    let at_most = length_at_most(rulebook, at, &before, visit.link.day.unwrap_or(visit.today)).to_string();
    let number = (at + 1).to_string();
    let back = escaped(&back);
    let here = escaped(&visit.address("/fragen", &visit.link.answers, &[(CHANGE, rulebook.questions.name(id))]));
    let carried = carried(visit, id);
    let notice = notice(visit);
    let papers = papers(visit, id);
    let query =
        escaped(visit.view.place.as_deref().and_then(|place| place.split_once('?')).map_or("", |(_, query)| query));
    let came_on = visit.link.came_on.map(|day| day.to_string()).unwrap_or_default();
    let chosen = visit.link.answers.get(id);
    let listed = rulebook.questions[id].long_list && (visit.link.search.is_none() || missing);
    let mark = if listed { " selected" } else { " checked" };
    let fill = |gap: char| match gap {
        gap if gap == GAPS.number => Cow::from(&number),
        gap if gap == GAPS.at_most => Cow::from(&at_most),
        gap if gap == GAPS.back => Cow::from(&back),
        gap if gap == GAPS.carried => Cow::from(&carried),
        gap if gap == GAPS.here => Cow::from(&here),
        gap if gap == GAPS.notice => Cow::from(&notice),
        gap if gap == GAPS.papers => Cow::from(&papers),
        gap if gap == GAPS.query => Cow::from(&query),
        gap if gap == GAPS.came_on => Cow::from(&came_on),
        gap if chosen.is_some_and(|values| values.iter().any(|option| sign(option) == gap)) => Cow::from(mark),
        _ => Cow::from(""),
    };
    let blanks = blanks(visit, id, missing);
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    match (chosen, gzip) {
        (Some(_), _) => ([kind], blanks.answered.filled(fill)).into_response(),
        (None, gzip::Wanted(false)) => ([kind], blanks.unanswered.filled(fill)).into_response(),
        (None, gzip::Wanted(true)) => {
            ([kind, (CONTENT_ENCODING, "gzip")], blanks.unanswered.packed(fill)).into_response()
        }
    }
}

/// The page with its gaps: kept if it belongs to the rules in force.
fn blanks(visit: &Visit, id: Id<Question>, missing: bool) -> Arc<Blanks> {
    let wording = wording(&visit.rulebook, &visit.link.answers);
    let came_on = visit.asks_came_on(id, &visit.link.answers).is_some();
    let form = Form { question: id, missing, came_on, lang: visit.link.lang.clone(), bare: visit.manner.bare, wording };
    let search = visit.link.search.as_ref().filter(|_| visit.rulebook.questions[id].long_list && !missing);
    // What is looked for is as open as people's words, and the way back as the pages of a host: these are not kept.
    let closed = search.is_none() && visit.manner.back.is_none();
    let current = closed && Arc::ptr_eq(&visit.rulebook, &visit.edition.rulebook);
    let known = visit.edition.forms.get(&form).filter(|_| current);
    known.unwrap_or_else(|| {
        let page = QuestionPage {
            question: view(visit, id, search),
            action: FORM,
            missing,
            for_whom: visit.view.word_for_some("question.for-whom"),
            search: search.cloned(),
            gaps: GAPS,
        };
        // The same page in another language keeps the answers, which no kept page holds.
        let place = visit.view.place.as_ref().map(|_| format!("{FORM}?{}", GAPS.query));
        let page = visit.view.at(place).page("question.html", &page.question.text, &page).0;
        let unanswered = Blank::cut(&page, |gap| CHOSEN.contains(&gap));
        let answered = Blank::cut(&page, |_| false);
        let blanks = Arc::new(Blanks { unanswered, answered });
        if current {
            visit.edition.forms.keep(form, blanks.clone());
        }
        blanks
    })
}

/// All other answers of the link, in hidden fields.
fn carried(visit: &Visit, id: Id<Question>) -> String {
    let mut fields = String::new();
    for (name, value) in visit.link.answers.without(id).pairs(&visit.rulebook) {
        let (name, value) = (escaped(name), escaped(&value));
        let _ = writeln!(fields, r#"<input type="hidden" name="{name}" value="{value}">"#);
    }
    for (name, value) in visit.manner.pairs() {
        let _ = writeln!(fields, r#"<input type="hidden" name="{name}" value="{}">"#, escaped(value));
    }
    if let Some(day) = visit.link.came_on.filter(|_| visit.asks_came_on(id, &visit.link.answers).is_none()) {
        let _ = writeln!(fields, r#"<input type="hidden" name="{CAME_ON}" value="{day}">"#);
    }
    fields
}

/// What means nothing in the link, as the box above the question.
fn notice(visit: &Visit) -> String {
    #[derive(Serialize)]
    struct Notice {
        notice: Vec<String>,
    }
    match visit.notice() {
        notice if notice.is_empty() => String::new(),
        notice => visit.view.page("parts/notice.html", "", &Notice { notice }).0,
    }
}

fn escaped(text: &str) -> String {
    HtmlEscape(text).to_string()
}

/// The sign for an option's mark. There are more signs than a question may have options.
fn sign(option: usize) -> char {
    let sign = u32::try_from(option).ok().and_then(|at| char::from_u32(u32::from(*CHOSEN.start()) + at));
    sign.filter(|sign| CHOSEN.contains(sign)).unwrap_or(*CHOSEN.end())
}

fn view(visit: &Visit, id: Id<Question>, search: Option<&String>) -> QuestionView {
    let question = &visit.rulebook.questions[id];
    let say = |text| visit.say(text).to_owned();
    let option = |(value, name, choice): (Id<_>, &str, &Choice)| OptionView {
        id: name.to_owned(),
        text: say(choice.text),
        help: choice.help.map(say),
        chosen: sign(value.index()),
        unknown: value.index() == question.unknown,
    };
    let mut options: Vec<OptionView> = question.options.iter().map(option).collect();
    let alphabet = visit.alphabet();
    if let Some(search) = search.map(|search| alphabet.folded(search.trim())) {
        options.retain(|option| !option.unknown && alphabet.folded(&option.text).contains(&search));
    }
    QuestionView {
        id: visit.rulebook.questions.name(id).to_owned(),
        text: say(question.text),
        help: question.help.map(say),
        why: say(question.why),
        find_out: say(question.find_out),
        came_on: visit
            .asks_came_on(id, &visit.link.answers)
            .map(|day| CameOnView { text: say(day.text), help: say(day.help) }),
        guide: question.guide.map(Guide::address),
        multi: question.multi,
        long_list: question.long_list,
        groups: match question.long_list && search.is_none() {
            true => groups(question, &options, &alphabet, visit.view.word("question.often")),
            false => Vec::new(),
        },
        options,
    }
}

/// A long list in groups: the options most looked for, then the rows of the table by their first letter, then the rest.
fn groups(question: &Question, options: &[OptionView], alphabet: &Alphabet<'_>, often: String) -> Vec<OptionGroup> {
    let mut groups = Vec::new();
    if !question.often.is_empty() {
        let options = question.often.iter().map(|at| options[*at].clone()).collect();
        groups.push(OptionGroup { heading: Some(often), options });
    }
    let mut rows: Vec<(usize, &OptionView)> = options.iter().enumerate().collect();
    // What is no row of the table keeps its place behind all rows.
    rows.sort_by_cached_key(|(at, option)| {
        let row = question.options[Id::new(*at)].from_table;
        (!row, if row { alphabet.order(&option.text) } else { Vec::new() })
    });
    for (at, option) in rows {
        let heading = question.options[Id::new(at)].from_table.then(|| alphabet.initial(&option.text));
        match groups.last_mut() {
            Some(group) if group.heading == heading => group.options.push(option.clone()),
            _ => groups.push(OptionGroup { heading, options: vec![option.clone()] }),
        }
    }
    groups
}
