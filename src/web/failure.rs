//! What goes wrong on the way, in words for visitors: an address that is too long, a page that does not exist, a fault
//! of ours. Nothing here repeats an answer.

use std::sync::Arc;

use axum::extract::{RawQuery, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use super::Site;
use super::manner::Manner;
use super::view::View;
use crate::language::Lang;

/// Longer than any address the wizard makes, with room to spare.
pub const LONGEST_ADDRESS: usize = 8 * 1024;

/// Longer than any host's name may be.
const LONGEST_HOST: usize = 255;

/// More than any browser sends besides the address.
const LONGEST_HEADERS: usize = 16 * 1024;

/// What no browser of ours would send: how it is refused, and the words for it.
pub fn excess(request: &Request) -> Option<(StatusCode, &'static str)> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let host = request.headers().get(HOST).map_or(0, |host| host.len());
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if address > LONGEST_ADDRESS {
        return Some((StatusCode::URI_TOO_LONG, "too-long"));
    }
    (host > LONGEST_HOST || headers > LONGEST_HEADERS)
        .then_some((StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "too-much"))
}

/// Refuses it.
pub async fn refuse_excess(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    match excess(&request) {
        Some((status, words)) => message(&site, status, words, &Manner::plain(Lang::german())),
        None => next.run(request).await,
    }
}

/// An address that leads nowhere.
pub async fn not_found(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    nothing_here(&site, &Manner::of(&site, &query.unwrap_or_default()))
}

/// The same, shown in a manner.
pub fn nothing_here(site: &Site, manner: &Manner) -> Response {
    message(site, StatusCode::NOT_FOUND, "not-found", manner)
}

/// Something else than looking, where there is only something to look at.
pub async fn not_allowed(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    message(&site, StatusCode::METHOD_NOT_ALLOWED, "not-allowed", &Manner::of(&site, &query.unwrap_or_default()))
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

/// A page of its own for a failure. An address that is too long to be read tells no language.
pub fn message(site: &Site, status: StatusCode, id: &str, manner: &Manner) -> Response {
    let view = View::on(site, site.rulebook(), manner.clone());
    let word = |part: &str| view.word(&format!("failure.{id}.{part}"));
    let message = Message::new(word("heading"), word("says"), manner.on("/"), word("action"));
    (status, message.page(&view)).into_response()
}

/// The last resort, if a page of ours broke: plain words, since the fault may be in the pages themselves.
pub fn fault(site: &Site) -> Response {
    let text = format!("{}\n", site.rulebook().word(&Lang::german(), "failure.broken.says"));
    (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
