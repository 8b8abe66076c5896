//! One pathway as outline and picture.

use axum::extract::Path;
use axum::http::header;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::rules::state_of_the_rules;
use crate::picture::{Outline, outline, svg};
use crate::web::failure;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct PathwayPage {
    /// The day of the last change, and the day up to which the law is known.
    changed: String,
    knowledge: String,
    outline: Outline,
    picture: String,
    all: String,
    sources: String,
}

/// A pathway as outline and picture; with `.svg` at the end of the address, the picture alone.
pub async fn pathway(visit: Visit, Path(name): Path<String>) -> Response {
    let (name, drawn) = match name.strip_suffix(".svg") {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let Some(id) = visit.rulebook.pathways.id(name) else {
        return failure::nothing_here(&visit.site, &visit.manner);
    };
    let outline = outline(&visit.rulebook, &visit.link.lang, id);
    if drawn {
        let picture = svg(&outline, &visit.view.word("rules.picture-desc"));
        return ([(CONTENT_TYPE, "image/svg+xml"), (header::CONTENT_DISPOSITION, "inline")], picture).into_response();
    }
    let (changed, knowledge) = state_of_the_rules(&visit.rulebook);
    let page = PathwayPage {
        changed,
        knowledge,
        picture: visit.plain_address(&format!("/regeln/{name}.svg")),
        all: visit.plain_address("/regeln"),
        sources: visit.plain_address("/quellen"),
        outline,
    };
    visit.page("rules-pathway.html", &page.outline.title, &page)
}
