//! Stylesheets, script and pictures, built into the program. The address that pages name carries a mark of the content, so
//! browsers may keep them for good.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::stored::{Asked, Stored};
use super::{Site, failure};

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

pub async fn asset(
    site: State<Arc<Site>>,
    Path(name): Path<String>,
    RawQuery(mark): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = ASSETS.get(&name) else { return failure::not_found(site).await };
    let mut response = asset.stored.answer(&Asked::of(&headers));
    // Under another mark it may be another version, of a program that is about to be replaced: asked for again next time.
    let how = match mark.as_deref() == Some(&asset.mark) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(how));
    response
}
