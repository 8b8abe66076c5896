//! What programs get, as an answer.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::language::Lang;
use crate::picture::in_json;

/// Something as JSON, as it stands. It is written into a plain buffer: in so many small pieces that the shared one of
/// [`Json`] costs a third more.
pub fn written(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(written) => ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], written).into_response(),
        // What is written has texts for keys and no map of another kind; should that change, `Json` knows how to say so.
        Err(_) => Json(value).into_response(),
    }
}

/// Something as JSON, its texts in a language.
pub fn json(value: &impl Serialize, lang: &Lang) -> Response {
    // German stands as it is, and is written without a detour.
    if lang.is_german() { written(value) } else { written(&in_json(value, lang)) }
}
