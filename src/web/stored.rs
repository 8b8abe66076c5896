//! Answers that depend on rules and day alone: made once, kept as bytes, plain and compressed. Whoever has them already
//! is told so before anything is done.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::manner::{HEAD, LANG, WITHOUT};
use super::preferred::proposed;
use super::{Site, gzip};
use crate::language::Lang;

/// More than there are addresses whose answers are kept: two for each pathway and a handful of others, in each language, with
/// and without a head.
const MOST: usize = 5_000;
/// Longer answers are not kept.
const LONGEST: usize = 4 * 1024 * 1024;

/// An answer as it goes out.
#[derive(Clone)]
pub struct Stored {
    headers: HeaderMap,
    mark: HeaderValue,
    plain: Bytes,
    packed: Bytes,
}

/// What a browser says of itself that decides how a kept answer goes out.
pub struct Asked {
    gzip: bool,
    known: Option<HeaderValue>,
}

impl Asked {
    pub fn of(headers: &HeaderMap) -> Self {
        Self { gzip: gzip::Wanted::of(headers).0, known: headers.get(IF_NONE_MATCH).cloned() }
    }

    /// Whether the browser holds what has this mark. How strong a mark is makes no difference here.
    fn knows(&self, mark: &HeaderValue) -> bool {
        let (Some(Ok(known)), Ok(mark)) = (self.known.as_ref().map(HeaderValue::to_str), mark.to_str()) else {
            return false;
        };
        let bare = |mark: &'_ str| mark.trim().trim_start_matches("W/").to_owned();
        known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(mark))
    }
}

impl Stored {
    /// Keeps an answer. Its mark is taken from what it says, so that it is the same on every machine and after every
    /// reading of the same rules.
    pub fn new(headers: HeaderMap, plain: Bytes) -> Self {
        let mut hasher = DefaultHasher::new();
        plain.hash(&mut hasher);
        // Weak, since the compressed form bears the same mark.
        let mark = format!("W/\"{:016x}\"", hasher.finish());
        let mark = HeaderValue::try_from(mark).unwrap_or(HeaderValue::from_static("W/\"\""));
        let packed = gzip::thoroughly(&plain).into();
        Self { headers, mark, plain, packed }
    }

    /// The answer for this browser.
    pub fn answer(&self, asked: &Asked) -> Response {
        let known = asked.knows(&self.mark);
        let packed = asked.gzip && self.packed.len() < self.plain.len();
        let mut response = match (known, packed) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, true) => Body::from(self.packed.clone()).into_response(),
            (false, false) => Body::from(self.plain.clone()).into_response(),
        };
        let headers = response.headers_mut();
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
        headers.insert(ETAG, self.mark.clone());
        if packed && !known {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Kept answers by address.
#[derive(Default)]
pub struct Shelf(RwLock<HashMap<String, Arc<Stored>>>);

impl Shelf {
    fn get(&self, address: &str) -> Option<Arc<Stored>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    fn put(&self, address: String, stored: Arc<Stored>) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() < MOST {
            shelf.insert(address, stored);
        }
    }
}

/// The address under which an answer is kept, if nothing is said in it but a language, or that a page of another site is
/// around it. One that is written in another way than ours is answered, but is no second one to keep.
fn address(uri: &Uri, languages: &[Lang]) -> Option<String> {
    let path = Some(uri.path()).filter(|path| !path.contains('%'))?;
    let Some(query) = uri.query().filter(|query| !query.is_empty()) else { return Some(path.to_owned()) };
    let (first, second) = query.split_once('&').map_or((query, None), |(first, second)| (first, Some(second)));
    let is_bare = |pair: &str| pair.strip_prefix(HEAD).and_then(|pair| pair.strip_prefix('=')) == Some(WITHOUT);
    let is_language = |pair: &str| {
        let code = pair.strip_prefix(LANG).and_then(|pair| pair.strip_prefix('='));
        code.is_some_and(|code| languages.iter().any(|known| known.code() == code))
    };
    let ours = match second {
        Some(second) => is_bare(first) && is_language(second),
        None => is_bare(first) || is_language(first),
    };
    ours.then(|| format!("{path}?{query}"))
}

/// Keeps what the pages behind it answer when nobody has said anything, and gives it from there the next time. An answer
/// that says it must not be stored is not.
pub async fn layer(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let edition = site.edition();
    let looking = matches!(*request.method(), Method::GET | Method::HEAD);
    let Some(address) = address(request.uri(), &edition.rulebook.languages).filter(|_| looking) else {
        return next.run(request).await;
    };
    let asked = Asked::of(request.headers());
    // The start page tells whoever says nothing of a language about theirs: there is one for each that can be told.
    let address = match proposed(request.headers(), &edition.rulebook).filter(|_| address == "/") {
        Some(lang) => format!("/#{lang}"),
        None => address,
    };
    if let Some(stored) = edition.shelf.get(&address) {
        return stored.answer(&asked);
    }
    // Whoever asks for the head alone, or for a compressed answer, causes the plain whole to be kept.
    *request.method_mut() = Method::GET;
    request.headers_mut().remove(ACCEPT_ENCODING);
    let response = next.run(request).await;
    let passing = response.headers().get(CACHE_CONTROL).is_some_and(|how| how == "no-store");
    if response.status() != StatusCode::OK || passing {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = axum::body::to_bytes(body, LONGEST).await else {
        tracing::error!("{address} is too long to be kept");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(CONTENT_LENGTH);
    let stored = Arc::new(Stored::new(parts.headers, plain));
    edition.shelf.put(address, stored.clone());
    stored.answer(&asked)
}
