//! Stylesheets, script and pictures, built into the program. The address that pages name carries a mark of the content, so
//! browsers may keep them for good.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};

use super::stored::Stored;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/assets/"]
struct Assets;

struct Asset {
    mark: String,
    stored: Stored,
}

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let asset = |name: String| {
        let file = Assets::get(&name)?;
        let kind = HeaderValue::from_static(match name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("js") => "text/javascript; charset=utf-8",
            _ => "application/octet-stream",
        });
        let mark = file.metadata.sha256_hash()[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, kind)]);
        let stored = Stored::new(headers, Bytes::from(file.data.into_owned()));
        Some((name, Asset { mark, stored }))
    };
    Assets::iter().filter_map(|name| asset(name.into_owned())).collect()
});

/// The address of an asset, with its mark.
pub fn address(name: &str) -> String {
    match ASSETS.get(name) {
        Some(asset) => format!("/assets/{name}?{}", asset.mark),
        None => format!("/assets/{name}"),
    }
}

/// The content of a text asset.
pub fn text(name: &str) -> String {
    Assets::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// An asset as it is sent, and its mark.
pub fn stored(name: &str) -> Option<(&'static Stored, &'static str)> {
    ASSETS.get(name).map(|asset| (&asset.stored, asset.mark.as_str()))
}
