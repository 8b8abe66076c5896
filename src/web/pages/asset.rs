//! Stylesheets, script and pictures.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::language::Lang;
use crate::web::colours::{COLOURS, Colours};
use crate::web::manner::Manner;
use crate::web::stored::Asked;
use crate::web::{Site, assets, failure};

pub async fn asset(
    site: State<Arc<Site>>,
    Path(name): Path<String>,
    RawQuery(mark): RawQuery,
    headers: HeaderMap,
) -> Response {
    let operators = || site.colours().filter(|_| name == COLOURS).map(Colours::stored);
    let Some((stored, own)) = assets::stored(&name).or_else(operators) else {
        return failure::nothing_here(&site, &Manner::plain(Lang::german()));
    };
    let mut response = stored.answer(&Asked::of(&headers));
    // Under another mark it may be another version, of a program that is about to be replaced: asked for again next time.
    let how = match mark.as_deref() == Some(own) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(how));
    response
}
