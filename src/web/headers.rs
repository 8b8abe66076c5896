//! The headers every answer carries, and the one line it leaves in the log.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::manner::{HEAD, is_part};
use super::{Origin, Site};

/// Nothing is loaded but our own stylesheets, pictures and one small script; nothing is sent anywhere but to ourselves; no
/// script turns text into markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The same with the sites whose pages may show ours within their own: none, unless the operator lists them.
pub fn content_policy(framed_by: &[Origin]) -> HeaderValue {
    let origins: Vec<String> = framed_by.iter().map(ToString::to_string).collect();
    let origins = if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") };
    let policy = HeaderValue::try_from(format!("{POLICY}; frame-ancestors {origins}"));
    // An origin holds nothing that a header may not; if one did, nothing at all would be let in.
    policy.unwrap_or(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"))
}

/// What a page could ask a device for, all of it refused, except that our buttons write to the clipboard and open
/// the phone's own share menu.
const DEVICE: &str = "accelerometer=(), ambient-light-sensor=(), attribution-reporting=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), compute-pressure=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), sync-xhr=(), usb=(), web-share=(self), window-management=(), xr-spatial-tracking=()";

/// Privacy and security headers. Where answers stand, nothing is kept by browser or proxy, and nothing is listed by a
/// search engine; other pages may be kept but are asked for again, since the rules may change.
pub async fn policy(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let with_answers = holds_answers(&request);
    // A page without its head is meant to stand in another.
    let bare = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with(HEAD)));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, site.content_policy.clone());
    let mut say = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    say(REFERRER_POLICY, "no-referrer");
    say(X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(HeaderName::from_static("permissions-policy"), DEVICE);
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if site.origin().is_encrypted() {
        say(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if with_answers || bare {
        say(HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive");
    }
    if with_answers {
        say(CACHE_CONTROL, "no-store");
    } else if response.status().is_server_error() {
        say_unless_said(response.headers_mut(), "no-store");
    } else {
        say_unless_said(response.headers_mut(), "no-cache");
    }
    response
}

fn say_unless_said(headers: &mut HeaderMap, keeping: &'static str) {
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(keeping));
}

/// Answers stand behind the question mark, and packed in short addresses; programs send them in the body. Behind the mark
/// of a style stands its hash, and how a page is shown is no answer.
fn holds_answers(request: &Request) -> bool {
    let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
    if path.starts_with("/api/") {
        return request.method() == Method::POST;
    }
    let says = query.split('&').any(|pair| !pair.is_empty() && !is_part(pair));
    path.starts_with("/b/") || path.starts_with("/a/") || (says && !path.starts_with("/assets/"))
}

const METHODS: [&str; 5] = ["GET", "HEAD", "POST", "OPTIONS", "PUT"];

/// One line per request, and one in the figures: the page, never the address with its answers.
pub async fn log(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    // A method may be any word; only those everybody knows are written down.
    let method = request.method().clone();
    let method = Some(method.as_str()).filter(|word| METHODS.contains(word)).unwrap_or("-").to_owned();
    let page =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let (took, status) = (started.elapsed(), response.status().as_u16());
    site.metrics.answered(&page, status, took);
    tracing::info!(method, page, status, ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    response
}
