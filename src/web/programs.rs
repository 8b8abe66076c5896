//! What programs get: JSON in which texts stand without the marks that show people where German begins.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::language::{Lang, marked};

/// Something as JSON, its texts in a language.
pub fn json(value: &impl Serialize, lang: &Lang) -> Response {
    if lang.is_german() {
        return Json(value).into_response();
    }
    let mut json = serde_json::to_value(value).unwrap_or_default();
    marked::json(&mut json);
    Json(json).into_response()
}
