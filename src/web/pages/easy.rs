//! The start page in Leichte Sprache, in German alone: what Lotse is, how it goes, who helps.

use axum::response::Response;
use serde::Serialize;

use crate::interview::{Answers, length_at_most};
use crate::web::visit::Visit;

/// The parts of the page, in order.
const PARTS: [&str; 5] = ["what", "whom", "how", "important", "help"];

#[derive(Serialize)]
struct EasyPage {
    parts: [&'static str; 5],
    at_most: usize,
    begin: String,
}

pub async fn easy(visit: Visit) -> Response {
    let german = visit.in_german_too();
    let page = EasyPage {
        parts: PARTS,
        at_most: length_at_most(&german.rulebook, 0, &Answers::default(), german.today),
        begin: german.plain_address("/fragen"),
    };
    german.page("easy.html", &german.view.word("easy.title"), &page)
}
