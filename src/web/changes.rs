//! What changed in the rules, newest first.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::Site;
use super::link::Link;
use super::views::View;
use crate::rulebook::Change;
use crate::sheet::day;

/// The page as the template sees it.
#[derive(Serialize)]
struct ChangesPage {
    /// The version in force.
    version: String,
    changes: Vec<ChangeView>,
}

/// One change.
#[derive(Serialize)]
struct ChangeView {
    version: String,
    day: String,
    says: String,
    because: String,
    editorial: bool,
    sources: Vec<CitedSource>,
}

/// A source by its title, with its id on the page of sources.
#[derive(Serialize)]
struct CitedSource {
    id: String,
    title: String,
}

pub async fn changes(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let rulebook = site.rulebook();
    let lang = Link::read(&rulebook, &query.unwrap_or_default()).lang;
    let say = |text| rulebook.texts.say(&lang, text).to_owned();
    let change = |change: &Change| ChangeView {
        version: change.version.value.clone(),
        day: day(change.day),
        says: say(change.says),
        because: say(change.because),
        editorial: change.editorial,
        sources: change
            .sources
            .iter()
            .map(|id| CitedSource {
                id: rulebook.sources.name(*id).to_owned(),
                title: say(rulebook.sources[*id].title),
            })
            .collect(),
    };
    let page =
        ChangesPage { version: rulebook.version.clone(), changes: rulebook.changes.iter().map(change).collect() };
    let view = View::new(rulebook.clone(), lang.clone());
    view.page("rules-changes.html", &view.word("rules.changes.title"), Value::from(Serde(page))).into_response()
}
