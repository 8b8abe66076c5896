//! What programs ask a site for before anything else: what to leave alone, and whom to tell of a weakness.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::Site;
use super::manner::Manner;
use crate::language::Lang;

const TEXT: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "text/plain; charset=utf-8")];

/// The interview has no end for a crawler. Sheets may be fetched: their header says that they must not be listed, which a
/// crawler that is kept out would never read.
pub async fn robots() -> Response {
    (TEXT, "User-agent: *\nDisallow: /fragen\nDisallow: /pruefen\nDisallow: /beratung\n").into_response()
}

/// Where a weakness is reported (RFC 9116), if the operator says so.
pub async fn security(state: State<Arc<Site>>) -> Response {
    let operator = state.operator();
    match (&operator.security_contact, &operator.security_until) {
        (Some(contact), Some(until)) => {
            let lang = Lang::german();
            let text = format!("Contact: {contact}\nExpires: {}T00:00:00Z\nPreferred-Languages: {lang}, en\n", until.0);
            (TEXT, text).into_response()
        }
        _ => super::failure::nothing_here(&state, &Manner::plain(Lang::german())),
    }
}
