//! What programs get, as an answer.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::language::Lang;
use crate::picture::in_json;

/// Something as JSON, its texts in a language.
pub fn json(value: &impl Serialize, lang: &Lang) -> Response {
    // German stands as it is, and is written without a detour.
    if lang.is_german() { Json(value).into_response() } else { Json(in_json(value, lang)).into_response() }
}
