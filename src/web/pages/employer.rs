//! The page for the Träger: on screen and paper, and as JSON. It goes into a German file, so it is German in every language;
//! the way back leads to the sheet in the language of the person.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::sheet::{EmployerFile, EmployerPage, Sheet};
use crate::web::failure::Message;
use crate::web::programs;
use crate::web::short;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct Page<'a> {
    sheet: &'a Sheet,
    employer: &'a EmployerPage,
    back: &'a str,
    json: String,
    /// The short address under which the same page is found again. It holds the answers that carry the roles, no others.
    again: String,
    /// Its picture.
    qr: String,
    notice: &'a [String],
}

pub async fn employer(visit: Visit) -> Response {
    let person = visit;
    let visit = person.in_german_too();
    let (replay, sheet) = visit.whole_sheet();
    let back = person.here("/blatt", &replay.answers);
    let word = |id| visit.view.word(id);
    match &sheet.employer_page {
        Some(employer) => {
            let short = format!("/a/{}", code(&visit, employer));
            let page = Page {
                sheet: &sheet,
                employer,
                back: &back,
                json: visit.here("/arbeitgeber.json", &employer.answers),
                again: format!("{}{short}", visit.site.origin()),
                qr: format!("{short}/qr.svg"),
                notice: &visit.notice(),
            };
            visit.page("employer.html", &word("employer.title"), &page)
        }
        None => {
            let message = Message::new(
                word("employer.none.heading"),
                word("employer.none.says"),
                back,
                word("employer.none.action"),
            );
            (StatusCode::NOT_FOUND, message.page(&visit.view)).into_response()
        }
    }
}

/// The page for programs, in its stable form.
pub async fn employer_json(visit: Visit) -> Response {
    let visit = visit.in_german_too();
    if let Some(errors) = visit.errors() {
        return errors;
    }
    let sheet = visit.whole_sheet().1;
    match &sheet.employer_page {
        Some(page) => programs::json(&EmployerFile::of(&sheet, page, code(&visit, page)), &visit.link.lang),
        None => {
            let says = visit.view.word("employer.none.says");
            (StatusCode::NOT_FOUND, Json(serde_json::json!({ "errors": [{ "says": says }] }))).into_response()
        }
    }
}

fn code(visit: &Visit, page: &EmployerPage) -> String {
    short::write(&visit.rulebook, &page.answers, visit.date, None)
}
