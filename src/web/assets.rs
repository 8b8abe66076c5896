//! Stylesheet and pictures, built into the program; their address carries a hash, so browsers may keep them for good.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/assets/"]
struct Assets;

/// The address of an asset, with the beginning of its hash.
pub fn address(name: &str) -> String {
    let mark = Assets::get(name).map(|file| mark(&file.metadata.sha256_hash())).unwrap_or_default();
    format!("/assets/{name}?{mark}")
}

/// The content of a text asset.
pub fn text(name: &str) -> String {
    Assets::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

fn mark(hash: &[u8; 32]) -> String {
    hash[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn asset(Path(name): Path<String>) -> Response {
    let Some(file) = Assets::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "application/octet-stream",
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, format!("\"{}\"", mark(&file.metadata.sha256_hash()))),
    ];
    (headers, file.data).into_response()
}
