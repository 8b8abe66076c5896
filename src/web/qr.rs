//! The QR code of a sheet: a picture of its address, made from the address that was asked for.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
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

/// The QR code of the sheet with the same query.
pub async fn picture(State(site): State<Arc<Site>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let address = format!("{}/blatt?{}", origin(&site, &headers), query.unwrap_or_default());
    // The least redundancy: the code is printed flat and clean, and coarse modules matter more on cheap paper.
    match QRBuilder::new(address).ecl(ECL::L).build() {
        Ok(code) => ([(CONTENT_TYPE, "image/svg+xml")], SvgBuilder::default().margin(4).to_str(&code)).into_response(),
        Err(_) => StatusCode::URI_TOO_LONG.into_response(),
    }
}
