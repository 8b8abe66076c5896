//! The sheet: as a page, as text, as JSON, as a calendar file.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::both::{LanguageLink, beside, in_two_languages};
use super::found_again::FoundAgain;
use crate::language::Lang;
use crate::picture::{letters, sheet_in_calendar, sheet_in_text};
use crate::rulebook::Rulebook;
use crate::sheet::{Block, OfficeCard, Sheet};
use crate::web::link::{PRINT, QR};
use crate::web::programs;
use crate::web::view::View;
use crate::web::visit::Visit;

/// The sheet as its template sees it.
#[derive(Serialize)]
struct SheetPage<'a> {
    sheet: &'a Sheet,
    /// The offices of the sheet by their ids.
    cards: BTreeMap<&'a str, &'a OfficeCard>,
    links: &'a SheetLinks,
    notice: &'a [String],
    /// How large the letters are on paper.
    letters: &'static str,
}

impl<'a> SheetPage<'a> {
    fn of(sheet: &'a Sheet, links: &'a SheetLinks, notice: &'a [String]) -> Self {
        let contacts = sheet.blocks.iter().filter_map(|block| match block {
            Block::Contacts(contacts) => Some(&contacts.offices),
            _ => None,
        });
        let cards = contacts.flatten().map(|card| (card.id.as_str(), card)).collect();
        Self { sheet, cards, links, notice, letters: letters(sheet) }
    }
}

/// Where a sheet leads.
#[derive(Default, Serialize)]
struct SheetLinks {
    answers: String,
    text: String,
    json: String,
    calendar: String,
    /// The page for the Träger, if there is one.
    employer: Option<String>,
    /// The same answers today.
    today: Option<String>,
    /// The earlier sheet as it was, if its rules are kept.
    then: Option<String>,
    #[serde(flatten)]
    found_again: FoundAgain,
    /// The same sheet with, or without, the QR code.
    other_print: String,
    /// The same sheet at the other length on paper.
    other_length: String,
    /// The same sheet in two languages.
    both: Vec<LanguageLink>,
    /// Whether paper shows everything.
    in_full: bool,
}

pub async fn sheet(visit: Visit) -> Response {
    let beside_german = visit.link.beside && !visit.link.lang.is_german();
    let (replay, sheet) = visit.sheet();
    let answers = &replay.answers;
    // Whoever looks at a sheet again on a later day is not counted again.
    if visit.date == visit.today
        && visit.earlier.is_none()
        && let Some(counting) = visit.site.counting()
    {
        counting.add(&visit.rulebook, answers, &visit.link.lang, beside_german, visit.today);
    }
    if beside_german {
        return beside(&visit, &replay, &sheet);
    }
    let here = |path| visit.here(path, answers);
    let as_it_was = visit.link.as_it_was;
    let found_again = FoundAgain::of(&visit, answers);
    let links = SheetLinks {
        answers: visit.address(if replay.next.is_some() { "/fragen" } else { "/pruefen" }, answers, &[]),
        text: here("/blatt.txt"),
        json: here("/blatt.json"),
        calendar: here("/blatt.ics"),
        employer: sheet.has_employer_page.then(|| here("/arbeitgeber")),
        today: match &visit.earlier {
            Some(earlier) => as_it_was.then(|| visit.earlier_address(earlier, "/blatt", answers, false)),
            None if visit.date == visit.today => None,
            None => Some(visit.lasting_address("/blatt", answers, visit.today)),
        },
        then: visit
            .earlier
            .as_ref()
            .filter(|earlier| !as_it_was && earlier.rules().is_some())
            .map(|earlier| visit.earlier_address(earlier, "/blatt", answers, true)),
        other_print: if found_again.qr.is_some() { format!("{}&{QR}=nein", here("/blatt")) } else { here("/blatt") },
        found_again,
        other_length: if visit.link.in_full { here("/blatt") } else { format!("{}&{PRINT}=alles", here("/blatt")) },
        both: in_two_languages(&visit, &here("/blatt")),
        in_full: visit.link.in_full,
    };
    let mut notice = visit.notice();
    notice.extend(visit.left_out());
    if replay.next.is_some() {
        notice.push(visit.view.word("notice.not-complete"));
    }
    visit.page("sheet.html", &sheet.title, &SheetPage::of(&sheet, &links, &notice))
}

/// The sheet as plain text.
pub async fn text(visit: Visit) -> Response {
    if let Some(refusal) = visit.refusal() {
        return refusal;
    }
    sheet_in_text(&visit.rulebook, &visit.sheet().1, visit.link.in_full).into_response()
}

/// The sheet as a calendar file. Its events lead back here, where an old sheet says what has changed: to a page of its own,
/// wherever the file came from.
pub async fn calendar(mut visit: Visit) -> Response {
    if let Some(refusal) = visit.refusal() {
        return refusal;
    }
    visit.manner = visit.manner.alone();
    let (replay, sheet) = visit.sheet();
    let kept = visit.lasting_address("/blatt", &replay.answers, visit.date);
    let address = format!("{}{kept}", visit.site.origin());
    let kind =
        [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=lotse.ics")];
    (kind, sheet_in_calendar(&visit.rulebook, &sheet, Some(&address))).into_response()
}

/// The sheet for programs, in its stable form.
pub async fn json(visit: Visit) -> Response {
    visit.errors().unwrap_or_else(|| programs::json(&visit.whole_sheet().1, &visit.link.lang))
}

/// The sheet as a page of its own, saved as a file: it leads nowhere. For `lotse sheet --format html`.
pub fn render_sheet(rulebook: Rulebook, sheet: &Sheet, lang: &Lang, in_full: bool) -> String {
    let view = View::of_files(Arc::new(rulebook), lang.clone());
    let links = SheetLinks { in_full, ..SheetLinks::default() };
    view.page("sheet.html", &sheet.title, &SheetPage::of(sheet, &links, &[])).0
}
