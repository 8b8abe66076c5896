//! The page for the Träger.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::sheet::{EmployerPage, Sheet};
use crate::web::failure::Message;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct Page<'a> {
    sheet: &'a Sheet,
    employer: &'a EmployerPage,
    back: &'a str,
    notice: &'a [String],
}

pub async fn employer(visit: Visit) -> Response {
    let (replay, sheet) = visit.sheet();
    let back = visit.here("/blatt", &replay.answers);
    let word = |part: &str| visit.view.word(&format!("employer.{part}"));
    match &sheet.employer_page {
        Some(employer) => {
            let page = Page { sheet: &sheet, employer, back: &back, notice: &visit.notice() };
            visit.page("employer.html", &word("title"), &page)
        }
        None => {
            let message = Message::new(word("none.heading"), word("none.says"), back, word("none.action"));
            (StatusCode::NOT_FOUND, message.page(&visit.view)).into_response()
        }
    }
}
