//! What goes wrong on the way, in words for visitors: an address that is too long, a page that does not exist, a fault
//! of ours. Nothing here repeats an answer.

use std::any::Any;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use super::Site;
use super::view::View;
use crate::language::Lang;

/// Longer than any address the wizard makes, with room to spare.
pub const LONGEST_ADDRESS: usize = 8 * 1024;

/// Refuses addresses no browser of ours would send.
pub async fn refuse_long_addresses(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if length > LONGEST_ADDRESS {
        return message(&site, StatusCode::URI_TOO_LONG, "too-long");
    }
    next.run(request).await
}

/// An address that leads nowhere.
pub async fn not_found(State(site): State<Arc<Site>>) -> Response {
    message(&site, StatusCode::NOT_FOUND, "not-found")
}

/// A page that says one thing, and where to go from there.
#[derive(Serialize)]
pub struct Message {
    heading: String,
    says: Vec<String>,
    action: Action,
}

#[derive(Serialize)]
struct Action {
    url: String,
    text: String,
}

impl Message {
    pub fn new(heading: String, says: String, url: String, text: String) -> Self {
        Self { heading, says: vec![says], action: Action { url, text } }
    }

    pub fn page(&self, view: &View) -> Html<String> {
        view.page("message.html", &self.heading, self)
    }
}

/// A page of its own for a failure, in German: the address that would tell the language is what failed.
pub fn message(site: &Site, status: StatusCode, id: &str) -> Response {
    let view = View::new(site.edition().rulebook.clone(), Lang::german());
    let word = |part: &str| view.word(&format!("failure.{id}.{part}"));
    let message = Message::new(word("heading"), word("says"), "/".to_owned(), word("action"));
    (status, message.page(&view)).into_response()
}

/// The last resort, if a page of ours broke: plain words, since the fault may be in the pages themselves.
pub fn fault(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a page broke; please report it with the steps that lead there");
    let text = "Entschuldigung. Hier ist uns ein Fehler passiert. Bitte laden Sie die Seite noch einmal.\nIhre Antworten stehen noch in der Adresse.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
