//! The start page.

use axum::response::Response;
use serde::Serialize;

use crate::interview::{Answers, length_at_most};
use crate::sheet::day;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct StartPage {
    at_most: usize,
    version: String,
    knowledge_date: String,
    begin: String,
    /// The same for another person.
    begin_for_another: String,
}

pub async fn start(visit: Visit) -> Response {
    let page = StartPage {
        at_most: length_at_most(&visit.rulebook, 0, &Answers::default(), visit.today),
        version: visit.rulebook.version.clone(),
        knowledge_date: day(visit.rulebook.knowledge_date),
        begin: visit.plain_address("/fragen"),
        begin_for_another: visit.address("/fragen", &Answers::default(), &[("asking-for", "someone-else")]),
    };
    visit.page("start.html", &visit.view.word("page.start.title"), &page)
}
