//! What changed in the rules, newest first.

use axum::response::Response;
use serde::Serialize;

use crate::rulebook::Change;
use crate::sheet::day;
use crate::terms::Day;
use crate::web::visit::Visit;

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
    date: Day,
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

pub async fn changes(visit: Visit) -> Response {
    let rulebook = &visit.rulebook;
    let say = |text| visit.say(text).to_owned();
    let change = |change: &Change| ChangeView {
        version: change.version.value.clone(),
        date: Day(change.day),
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
    visit.page("rules-changes.html", &visit.view.word("rules.changes.title"), &page)
}
