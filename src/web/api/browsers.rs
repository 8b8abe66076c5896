//! Which other sites may ask from a visitor's browser (CORS): none, until the operator lists them. Nothing that would tell
//! one visitor from another is ever let through.

use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::web::Site;

/// For how long a browser remembers that it may ask.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// What answers the browsers of visitors of these sites; nothing where none is listed.
pub fn allowed(site: &Site) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> =
        site.allowed().iter().filter_map(|origin| HeaderValue::try_from(origin.to_string()).ok()).collect();
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([CONTENT_TYPE, IF_NONE_MATCH])
        .expose_headers([ETAG])
        .max_age(REMEMBERED);
    (!site.allowed().is_empty()).then_some(layer)
}
