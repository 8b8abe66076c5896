//! Bodies: how long they may be, how long they may take, and how they are read. A body is taken in whole before a hand is
//! asked for, so that whoever sends slowly keeps nobody waiting.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::problem::{Fault, Kind, Problem};
use crate::diagnostic::nearest;
use crate::web::Site;

/// One set of answers to all questions takes a quarter of it.
pub const LONGEST_BODY: usize = 16 * 1024;
/// A thousand sets.
pub const LONGEST_BATCH: usize = 1_000_000;
/// Enough for a thousand sets on a slow line.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of a foreign word is repeated.
const REPEATED: usize = 160;

/// Takes in the body of a request that speaks of one person.
pub async fn short(request: Request, next: Next) -> Response {
    match taken_in(request, LONGEST_BODY).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Takes in the body of a request that speaks of many people. Only so many at once, since they are kept in memory.
pub async fn long(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let Some(_room) = site.crowd.room_for_much() else {
        site.metrics.shed();
        return Kind::Busy.into_response();
    };
    match taken_in(request, LONGEST_BATCH).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn taken_in(request: Request, longest: usize) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    if let Some((name, _)) = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).next() {
        let says = "what is asked about a person goes into the body, not behind the address".to_owned();
        let fault = Fault { place: short_of(&name), says, suggestion: None };
        return Err(Kind::WrongParameter.with(vec![fault]));
    }
    if !is_json(&parts.headers) {
        return Err(Kind::WrongMediaType.plain());
    }
    let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > longest) {
        return Err(Kind::TooLong.plain());
    }
    let body = tokio::time::timeout(PATIENCE, to_bytes(body, longest)).await.map_err(|_| Kind::TooSlow.plain())?;
    // Without a length said before, it is noticed on the way that there is no end to it.
    Ok(Request::from_parts(parts, Body::from(body.map_err(|_| Kind::TooLong.plain())?)))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let plain = headers.get(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    plain && kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// A body as the form it must have.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Site>> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Site>) -> Result<Self, Problem> {
        // It was taken in before, and is not longer than it may be.
        let body = to_bytes(request.into_body(), LONGEST_BATCH).await.map_err(|_| Kind::TooLong.plain())?;
        read(&body).map(Self)
    }
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    // The JSON library takes a list for an object whose fields stand in order, which nobody means, and repeats a text whole.
    if matches!(body.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'[' | b'"')) {
        let says = "expected an object".to_owned();
        return Err(Kind::WrongForm.with(vec![Fault { place: "#".to_owned(), says, suggestion: None }]));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value =
        serde_path_to_error::deserialize(&mut json).map_err(|error| problem(Some(error.path()), error.inner()))?;
    json.end().map_err(|error| problem(None, &error))?;
    Ok(value)
}

fn problem(path: Option<&Path>, error: &serde_json::Error) -> Problem {
    let says = error.to_string();
    if error.classify() != Category::Data {
        let place = format!("line {}, column {}", error.line(), error.column());
        return Kind::NotJson.with(vec![Fault { place, says: short_of(without_place(&says)), suggestion: None }]);
    }
    let says = without_place(&says);
    // "unknown field `x`, expected `a` or `b`": what is known stands in the same sentence.
    let words: Vec<&str> = says.split('`').skip(1).step_by(2).collect();
    let (suggestion, field) = match words.split_first() {
        Some((wrong, known)) if says.starts_with("unknown ") => (
            nearest(wrong, known.iter().copied()).map(str::to_owned),
            says.starts_with("unknown field").then_some(*wrong),
        ),
        Some((missing, _)) if says.starts_with("missing field") => (None, Some(*missing)),
        _ => (None, None),
    };
    Kind::WrongForm.with(vec![Fault {
        place: pointer(path, field),
        says: short_of(&in_words_of_json(says)),
        suggestion,
    }])
}

/// "invalid type: map, expected a sequence" speaks of the program's own types; whoever sends JSON knows objects and lists.
fn in_words_of_json(says: &str) -> Cow<'_, str> {
    let parts = says.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "));
    let Some((seen, expected)) = parts else { return Cow::Borrowed(says) };
    let word = |kind: &str| match kind {
        "map" | "a map" => "an object".to_owned(),
        "sequence" | "a sequence" => "a list".to_owned(),
        kind if kind.starts_with("struct ") => "an object".to_owned(),
        kind => kind.to_owned(),
    };
    Cow::Owned(format!("expected {}, not {}", word(expected), word(seen)))
}

/// A sentence of the JSON library without the line it ends in: the place is said beside it.
fn without_place(says: &str) -> &str {
    says.rsplit_once(" at line ").map_or(says, |(says, _)| says)
}

fn short_of(text: &str) -> String {
    let mut short: String = text.chars().take(REPEATED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A place as a JSON Pointer (RFC 6901) behind `#`.
fn pointer(path: Option<&Path>, field: Option<&str>) -> String {
    let mut steps: Vec<String> = Vec::new();
    for segment in path.into_iter().flatten() {
        match segment {
            Segment::Seq { index } => steps.push(index.to_string()),
            Segment::Map { key } => steps.push(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    if let Some(field) = field.filter(|field| steps.last().is_none_or(|last| last != field)) {
        steps.push(field.to_owned());
    }
    steps.iter().fold("#".to_owned(), |pointer, step| pointer + "/" + &short_of(&escaped(step)))
}

/// A name as a part of a JSON Pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
