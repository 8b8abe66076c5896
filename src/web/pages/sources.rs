//! Every source, and which of them should be looked at again.

use axum::response::Response;
use serde::Serialize;

use crate::rulebook::{Id, Source};
use crate::sheet::day;
use crate::terms::Day;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct SourcesPage {
    sources: Vec<SourceView>,
    stale: usize,
    count: usize,
    all: String,
}

#[derive(Serialize)]
struct SourceView {
    id: String,
    title: String,
    publisher: String,
    url: Option<String>,
    state: Option<String>,
    state_date: Option<Day>,
    checked_on: String,
    checked_date: Day,
    read: Option<String>,
    note: Option<String>,
    stale: bool,
}

pub async fn sources(visit: Visit) -> Response {
    let line = |(_, id, source): (Id<Source>, &str, &Source)| SourceView {
        id: id.to_owned(),
        title: visit.say(source.title).to_owned(),
        publisher: visit.name(&source.publisher),
        url: source.url.clone(),
        state: source.state.map(day),
        state_date: source.state.map(Day),
        checked_on: day(source.checked_on),
        checked_date: Day(source.checked_on),
        read: source.read.map(|read| visit.view.word(&format!("source-read.{}", read.into_str()))),
        note: source.note.map(|note| visit.say(note).to_owned()),
        stale: visit.rulebook.look_again_by(source).is_some_and(|day| day < visit.today),
    };
    let mut sources: Vec<SourceView> = visit.rulebook.sources.iter().map(line).collect();
    // Signs at the start of a title count for nothing.
    let alphabet = visit.alphabet();
    sources
        .sort_by_cached_key(|source| alphabet.folded(source.title.trim_start_matches(|c: char| !c.is_alphanumeric())));
    let stale = sources.iter().filter(|source| source.stale).count();
    let page = SourcesPage { stale, count: sources.len(), sources, all: visit.plain_address("/regeln") };
    visit.page("rules-sources.html", &visit.view.word("rules.sources.title"), &page)
}
