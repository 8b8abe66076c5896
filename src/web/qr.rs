//! The QR code of a sheet: a picture of its short address.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};
use jiff::civil::Date;

use super::link::Link;
use super::{Site, short};
use crate::interview::Answers;
use crate::rulebook::Rulebook;

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

/// The address of a sheet that can be typed.
pub fn short_address(site: &Site, headers: &HeaderMap, rulebook: &Rulebook, answers: &Answers, day: Date) -> String {
    format!("{}/b/{}", origin(site, headers), short::write(rulebook, answers, day))
}

/// What a host name and port consist of; anything else would be somebody's trick.
fn plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']')
}

/// The QR code of the sheet with the same query: its short address, so that the modules are coarse.
pub async fn picture(State(site): State<Arc<Site>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let rulebook = site.rulebook();
    let link = Link::read(&rulebook, &query.unwrap_or_default());
    let address = short_address(&site, &headers, &rulebook, &link.answers, link.day.unwrap_or_else(|| site.today()));
    match QRBuilder::new(address).ecl(ECL::M).build() {
        Ok(code) => ([(CONTENT_TYPE, "image/svg+xml")], SvgBuilder::default().margin(4).to_str(&code)).into_response(),
        Err(_) => StatusCode::URI_TOO_LONG.into_response(),
    }
}
