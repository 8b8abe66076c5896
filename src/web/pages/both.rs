//! The sheet in two languages, side by side, and the page for whoever interprets: the same composition done twice.

use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Serialize;

use super::found_again::FoundAgain;
use crate::interview::Replay;
use crate::language::Lang;
use crate::picture::{Cell, Part, for_interpreter, in_columns};
use crate::rulebook::Rulebook;
use crate::sheet::Sheet;
use crate::web::link::BESIDE;
use crate::web::manner::Manner;
use crate::web::visit::Visit;

/// The page as its template sees it.
#[derive(Serialize)]
struct BothPage<'a> {
    heading: String,
    german_heading: String,
    says: String,
    date: &'a str,
    knowledge_date: &'a str,
    back: String,
    /// The other page of the two.
    more: LanguageLink,
    parts: Vec<BothPart>,
    /// How the sheet is found again from paper; the page for the interpreter is not kept.
    links: Option<FoundAgain>,
    notice: Vec<String>,
}

/// A part in both languages.
#[derive(Serialize)]
struct BothPart {
    id: &'static str,
    german: String,
    other: String,
    on_paper: bool,
    rows: Vec<Row>,
}

/// What stands side by side.
#[derive(Serialize)]
struct Row {
    german: Cell,
    other: Cell,
    on_paper: bool,
}

/// A sheet in another language, or with one.
#[derive(Serialize)]
pub struct LanguageLink {
    lang: String,
    name: String,
    url: String,
}

/// The sheet with German beside it.
pub fn beside(visit: &Visit, replay: &Replay, sheet: &Sheet) -> Response {
    let more = |here: &str| (visit.view.word("interpreter.title"), format!("{here}dolmetschen"));
    both(visit, replay, sheet, "both", in_columns, more)
}

/// What somebody needs who interprets the first call.
pub async fn interpreter(visit: Visit) -> Response {
    let (replay, sheet) = visit.sheet();
    if visit.link.lang.is_german() {
        // Without a second language there is nothing to interpret: the sheet offers them.
        return Redirect::to(&visit.here("/blatt", &replay.answers)).into_response();
    }
    let more = |here: &str| (visit.view.word("both.title"), format!("{here}blatt"));
    both(&visit, &replay, &sheet, "interpreter", for_interpreter, more)
}

fn both(
    visit: &Visit,
    replay: &Replay,
    sheet: &Sheet,
    id: &str,
    columns: fn(&Rulebook, &Sheet) -> Vec<Part>,
    more: impl Fn(&str) -> (String, String),
) -> Response {
    let german = visit.in_german_too();
    let (_, german_sheet) = german.sheet();
    let german_parts = columns(&german.rulebook, &german_sheet);
    let parts = german_parts.into_iter().zip(columns(&visit.rulebook, sheet)).map(|(german, other)| BothPart {
        id: german.id,
        german: german.heading,
        other: other.heading,
        on_paper: german.on_paper,
        rows: german.cells.into_iter().zip(other.cells).map(row).collect(),
    });
    let (name, path) = more("/");
    let url = visit.here(&path, &replay.answers);
    let page = BothPage {
        heading: visit.view.word(&format!("{id}.title")),
        german_heading: german.view.word(&format!("{id}.title")),
        says: visit.view.word(&format!("{id}.says")),
        date: &sheet.date_text,
        knowledge_date: &sheet.knowledge_date,
        back: visit.here("/blatt", &replay.answers),
        more: LanguageLink {
            lang: visit.link.lang.code().to_owned(),
            name,
            url: if path == "/blatt" { with_german(&url) } else { url },
        },
        parts: parts.collect(),
        links: (id == "both").then(|| FoundAgain::of(visit, &replay.answers)),
        notice: visit.notice(),
    };
    visit.page("both.html", &page.heading, &page)
}

fn row((german, other): (Cell, Cell)) -> Row {
    Row { on_paper: german.on_paper, german, other }
}

/// The address of a sheet with German beside it.
pub fn with_german(address: &str) -> String {
    format!("{address}&{BESIDE}=de")
}

/// The sheet at an address in two languages: this one and German, or where it is German each other one.
pub fn in_two_languages(visit: &Visit, address: &str) -> Vec<LanguageLink> {
    let own = &visit.link.lang;
    let offered = visit.edition.rulebook.offered.iter();
    let wanted = offered.filter(|(lang, _)| lang.is_german() != own.is_german());
    let link = |(lang, name): &(Lang, String)| LanguageLink {
        lang: lang.code().to_owned(),
        name: name.clone(),
        // Shown as this page is; where this is German, only the language comes to it.
        url: if own.is_german() { Manner::plain(lang.clone()).on(&with_german(address)) } else { with_german(address) },
    };
    wanted.map(link).collect()
}
