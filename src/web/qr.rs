//! The QR code of a sheet: a picture of its short address.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use super::Site;

pub async fn sheet(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    picture(format!("{}/b/{code}", site.origin()))
}

pub async fn sheet_in(State(site): State<Arc<Site>>, Path((lang, code)): Path<(String, String)>) -> Response {
    picture(format!("{}/b/{lang}/{code}", site.origin()))
}

pub async fn employer(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    picture(format!("{}/a/{code}", site.origin()))
}

/// The picture of a short address. Whether it leads anywhere is not asked: a picture of it is right all the same.
fn picture(address: String) -> Response {
    match QRBuilder::new(address).ecl(ECL::M).build() {
        Ok(code) => ([(CONTENT_TYPE, "image/svg+xml")], SvgBuilder::default().margin(4).to_str(&code)).into_response(),
        Err(_) => StatusCode::URI_TOO_LONG.into_response(),
    }
}
