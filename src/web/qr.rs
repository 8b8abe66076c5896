//! The QR code of a sheet: a picture of its short address.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use super::Site;

/// Where this site can be reached from outside: as the operator says, or else as this visitor came.
pub fn origin(site: &Site, headers: &HeaderMap) -> String {
    if let Some(public) = site.public_address() {
        return public.trim_end_matches('/').to_owned();
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = header(HOST.as_str()).filter(|host| !host.is_empty() && host.chars().all(plain)).unwrap_or("localhost");
    let scheme = if header("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// What a host name and port consist of; anything else would be somebody's trick.
fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']')
}

/// The picture of a short address. Whether it leads anywhere is not asked: a picture of it is right all the same.
pub async fn picture(State(site): State<Arc<Site>>, Path(code): Path<String>, headers: HeaderMap) -> Response {
    let address = format!("{}/b/{code}", origin(&site, &headers));
    match QRBuilder::new(address).ecl(ECL::M).build() {
        Ok(code) => ([(CONTENT_TYPE, "image/svg+xml")], SvgBuilder::default().margin(4).to_str(&code)).into_response(),
        Err(_) => StatusCode::URI_TOO_LONG.into_response(),
    }
}
