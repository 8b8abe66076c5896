//! The two searches of anabin in drawings of our own: where to click, where the status stands, what to write down.

use std::collections::BTreeSet;

use axum::response::Response;
use serde::Serialize;

use crate::rulebook::{Id, Source};
use crate::terms::Guide;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct AnabinPage {
    sources: Vec<SourceLine>,
}

/// What the steps that lead here rest on.
#[derive(Serialize)]
struct SourceLine {
    title: String,
    publisher: String,
    url: Option<String>,
}

pub async fn anabin(visit: Visit) -> Response {
    let steps = visit.rulebook.steps.iter().filter(|(_, _, step)| step.guide == Some(Guide::Anabin));
    let sources: BTreeSet<Id<Source>> = steps.flat_map(|(_, _, step)| step.all_sources()).collect();
    let line = |id| {
        let source: &Source = &visit.rulebook.sources[id];
        SourceLine {
            title: visit.say(source.title).to_owned(),
            publisher: visit.name(&source.publisher),
            url: source.url.clone(),
        }
    };
    let page = AnabinPage { sources: sources.into_iter().map(line).collect() };
    visit.page("anabin.html", &visit.view.word("drawings.title"), &page)
}
