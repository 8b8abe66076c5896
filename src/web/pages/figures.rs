//! What is counted here, for everybody: as a page and as a table for programs. Without counting there is no such page.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::sheet::day;
use crate::web::counting::{BESIDE, Rounded};
use crate::web::failure;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct FiguresPage {
    lists: Vec<List>,
    table: &'static str,
}

/// One list of figures.
#[derive(Serialize)]
struct List {
    id: &'static str,
    heading: String,
    lines: Vec<Line>,
}

/// One figure.
#[derive(Serialize)]
struct Line {
    text: String,
    count: String,
}

pub async fn figures(visit: Visit) -> Response {
    let Some(counting) = visit.site.counting() else { return failure::nothing_here(&visit.site, &visit.manner) };
    let sums = counting.shown(visit.today);
    let outcome = |id: &str| {
        let (way, outcome) = id.split_once('/')?;
        let pathway = &visit.rulebook.pathways[visit.rulebook.pathways.id(way)?];
        let outcome = &pathway.outcomes[pathway.outcomes.id(outcome)?];
        Some(visit.joins().label(visit.say(pathway.title), visit.say(outcome.title)))
    };
    let questions = &visit.rulebook.questions;
    let question = |id: &str| Some(visit.say(questions[questions.id(id)?].label).to_owned());
    // Two of them where a sheet had two.
    let languages = |ids: &str| {
        let offered = &visit.rulebook.offered;
        let own = |id: &str| Some(offered.iter().find(|(lang, _)| lang.code() == id)?.1.as_str());
        Some(visit.joins().list(ids.split(BESIDE).map(own).collect::<Option<Vec<_>>>()?))
    };
    // What the rules no longer know keeps its id. The most frequent come first.
    let named = |sums: &BTreeMap<String, u64>, name: &dyn Fn(&str) -> Option<String>| {
        let mut lines: Vec<(String, Rounded)> =
            sums.iter().map(|(id, count)| (name(id).unwrap_or_else(|| id.clone()), Rounded::of(*count))).collect();
        lines.sort_by_key(|(_, count)| Reverse(*count));
        lines
    };
    let list = |id, lines: Vec<(String, Rounded)>| List {
        id,
        heading: visit.view.word(&format!("figures.{id}")),
        lines: lines.into_iter().map(|(text, count)| Line { text, count: count.to_string() }).collect(),
    };
    let page = FiguresPage {
        lists: vec![
            list("outcomes", named(&sums.outcomes, &outcome)),
            list("unknown", named(&sums.unknown, &question)),
            list("languages", named(&sums.languages, &languages)),
            list("days", sums.days.iter().rev().map(|(date, count)| (day(*date), Rounded::of(*count))).collect()),
        ],
        table: "/zahlen.csv",
    };
    visit.page("figures.html", &visit.view.word("figures.title"), &page)
}

/// The same for programs: kind, id, so many at least.
pub async fn figures_table(visit: Visit) -> Response {
    let Some(counting) = visit.site.counting() else { return failure::nothing_here(&visit.site, &visit.manner) };
    let sums = counting.shown(visit.today);
    let days = sums.days.iter().map(|(day, count)| (day.to_string(), *count)).collect();
    let mut table = "kind,id,at_least\n".to_owned();
    for (kind, sums) in
        [("outcome", sums.outcomes), ("unknown", sums.unknown), ("language", sums.languages), ("day", days)]
    {
        for (id, count) in sums {
            table.push_str(&format!("{kind},{id},{}\n", Rounded::of(count).at_least()));
        }
    }
    ([(CONTENT_TYPE, "text/csv; charset=utf-8")], table).into_response()
}
