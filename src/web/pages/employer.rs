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
    let word = |id| visit.view.word(id);
    match &sheet.employer_page {
        Some(employer) => {
            let page = Page { sheet: &sheet, employer, back: &back, notice: &visit.notice() };
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
