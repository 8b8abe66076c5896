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
    /// The sheet of a person made up for that.
    example: Option<Example>,
    /// Who runs this site; nothing where the operator has not said it.
    operator: Option<String>,
}

#[derive(Serialize)]
struct Example {
    /// About that person, in German: whoever reads another language is told only that it is made up.
    about: String,
    sheet: String,
}

pub async fn start(visit: Visit) -> Response {
    let example = visit.rulebook.example.map(|id| {
        let case = &visit.rulebook.cases[id];
        let mut answers = Answers::default();
        case.answers.iter().for_each(|(question, values)| answers.set(*question, *values));
        Example { about: visit.in_german(&case.title), sheet: visit.address("/blatt", &answers, &[]) }
    });
    let page = StartPage {
        example,
        operator: visit.site.operator().name.clone(),
        at_most: length_at_most(&visit.rulebook, 0, &Answers::default(), visit.today),
        version: visit.rulebook.version.clone(),
        knowledge_date: day(visit.rulebook.knowledge_date),
        begin: visit.plain_address("/fragen"),
        begin_for_another: visit.address("/fragen", &Answers::default(), &[("asking-for", "someone-else")]),
    };
    visit.page("start.html", &visit.view.word("page.start.title"), &page)
}
