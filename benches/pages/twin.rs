//! The twin of a page: its bytes, kept in memory and served by the same web library, and nothing else.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path as Address, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;

/// The first word of the command line of a twin.
pub const COMMAND: &str = "twin";

/// The request for an answer of a row.
pub fn request(row: usize, nth: usize) -> String {
    format!("GET /{row}-{nth} HTTP/1.1\r\nhost: twin.test\r\n\r\n")
}

/// Lays the answers down where the twin finds them.
pub fn write(dir: &Path, answers: &[Vec<Vec<u8>>]) {
    for (row, answers) in answers.iter().enumerate() {
        for (nth, answer) in answers.iter().enumerate() {
            fs::write(dir.join(format!("{row}-{nth}")), answer).expect("room");
        }
    }
}

struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

/// An answer as it came: its head with all headers, then its body.
fn read(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&answer[..end]);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let headers = lines.filter_map(|line| line.split_once(": ")).filter(|(name, _)| *name != "date");
    let headers = headers.filter(|(name, _)| *name != "content-length");
    let headers = headers.map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
    Answer { status, headers: headers.collect(), body: Bytes::copy_from_slice(&answer[end + 4..]) }
}

type Answers = Arc<HashMap<String, Answer>>;

/// Serves until it is ended.
pub fn serve(words: &[String]) -> ExitCode {
    let files = words.first().and_then(|dir| fs::read_dir(dir).ok()).expect("a folder of answers");
    let answers = files.flatten().map(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        (name, read(&fs::read(file.path()).expect("an answer")))
    });
    let answers: Answers = Arc::new(answers.collect());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("http://{}/", listener.local_addr().expect("a port"));
        let router = Router::new().route("/{name}", get(give)).with_state(answers);
        axum::serve(listener, router).await.expect("a server");
    });
    ExitCode::SUCCESS
}

async fn give(State(answers): State<Answers>, Address(name): Address<String>) -> Response {
    let answer = &answers[&name];
    let mut response = Response::new(Body::from(answer.body.clone()));
    *response.status_mut() = answer.status;
    response.headers_mut().extend(answer.headers.iter().cloned());
    response
}
