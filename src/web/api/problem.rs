//! What went wrong, for programs (RFC 9457): a kind with a page of its own, a sentence, and for each fault the field it is
//! in and what may have been meant.

use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumIter, IntoStaticStr};

use crate::web::failure;

/// A problem as it is sent, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// Which kind it is: the address of its paragraph on the page for developers.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in a few words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What to do about it.
    detail: String,
    /// Where exactly, at most twenty places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
}

/// A place in a request and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// The place: a JSON Pointer into the body behind `#`, or the name of a parameter.
    pub place: String,
    /// What is wrong.
    pub says: String,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// Kinds of problems, each with its paragraph on the page for developers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Kind {
    /// The body is no JSON.
    NotJson,
    /// A field is unknown, missing, or of another type.
    WrongForm,
    /// An answer names a question or an option that does not exist, or is one too many.
    WrongAnswer,
    /// A parameter behind the address is unknown or cannot be read.
    WrongParameter,
    /// The body does not say that it is JSON.
    WrongMediaType,
    /// The body is longer than what is read.
    TooLong,
    /// The address or the head of the request is longer than what is read.
    TooMuch,
    /// The body did not come in time.
    TooSlow,
    /// Nothing stands at this address.
    NotFound,
    /// For these answers no way goes through an employer's file.
    NoEmployerPage,
    /// The address is there, but not for this method.
    NotAllowed,
    /// Too many ask at the moment.
    Busy,
    /// A fault of ours.
    Broken,
}

/// The page for developers.
pub const PAGE: &str = "/schnittstelle";

impl Kind {
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotJson | Self::WrongForm | Self::WrongAnswer | Self::WrongParameter => StatusCode::BAD_REQUEST,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMuch => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NotFound | Self::NoEmployerPage => StatusCode::NOT_FOUND,
            Self::NotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// In a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotJson => "the body is no JSON",
            Self::WrongForm => "the body has another form",
            Self::WrongAnswer => "an answer means nothing to these rules",
            Self::WrongParameter => "a parameter means nothing here",
            Self::WrongMediaType => "the body is not announced as JSON",
            Self::TooLong => "the body is too long",
            Self::TooMuch => "the head of the request is too long",
            Self::TooSlow => "the body did not come in time",
            Self::NotFound => "nothing stands at this address",
            Self::NoEmployerPage => "no way goes through an employer's file",
            Self::NotAllowed => "this address is not asked in this way",
            Self::Busy => "too many ask at the moment",
            Self::Broken => "a fault of ours",
        }
    }

    /// What to do about it, where nothing more exact is known.
    pub fn advice(self) -> &'static str {
        match self {
            Self::NotJson => "send one JSON object and nothing behind it",
            Self::WrongForm => "compare the fields named here with the schema of the request in /api/v1/openapi.json",
            Self::WrongAnswer => "GET /api/v1/questions lists all questions and options",
            Self::WrongParameter => "leave it out, or compare it with /api/v1/openapi.json",
            Self::WrongMediaType => "send `content-type: application/json` and no content-encoding",
            Self::TooLong => "one set of answers fits into 16 KB, a thousand into 1,000,000 bytes",
            Self::TooMuch => "send fewer and shorter headers; answers belong in the body",
            Self::TooSlow => "send head and body together; a body has ten seconds",
            Self::NotFound => "all addresses stand in /api/v1/openapi.json",
            Self::NoEmployerPage => "there is a page for the employer only where a way rests on evidence that is filed",
            Self::NotAllowed => "the header `allow` names the methods",
            Self::Busy => "ask again in two seconds",
            Self::Broken => "ask again; if it stays, tell the operator",
        }
    }

    /// The name of its paragraph.
    pub fn anchor(self) -> &'static str {
        self.into_str()
    }

    /// The problem with nothing more to say.
    pub fn plain(self) -> Problem {
        self.with(Vec::new())
    }

    /// The problem with the places where it is.
    pub fn with(self, errors: Vec<Fault>) -> Problem {
        Problem {
            kind: format!("{PAGE}#{}", self.anchor()),
            title: self.title(),
            status: self.status().as_u16(),
            detail: self.advice().to_owned(),
            errors,
        }
    }
}

impl Problem {
    /// The same with other advice.
    pub fn advising(self, detail: &str) -> Self {
        Self { detail: detail.to_owned(), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

impl IntoResponse for Kind {
    fn into_response(self) -> Response {
        self.plain().into_response()
    }
}

/// An address below `/api/` that leads nowhere.
pub async fn not_found() -> Problem {
    Kind::NotFound.plain()
}

/// An address asked in another way than it is meant.
pub async fn not_allowed() -> Problem {
    Kind::NotAllowed.plain()
}

/// Refuses what no program needs to send, as pages do.
pub async fn refuse_excess(request: Request, next: Next) -> Response {
    match failure::excess(&request) {
        Some(_) => Kind::TooMuch.into_response(),
        None => next.run(request).await,
    }
}

/// What the layers around answer in words for people when many come or something breaks is said for programs here.
pub async fn for_programs(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let said = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/"));
    match response.status() {
        StatusCode::SERVICE_UNAVAILABLE if !said => Kind::Busy.into_response(),
        StatusCode::INTERNAL_SERVER_ERROR if !said => Kind::Broken.into_response(),
        _ => response,
    }
}
