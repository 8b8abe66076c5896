//! When many come at once: pages are made by as many hands as there are processors, a short queue waits for them, and
//! whoever comes beyond it is told at once to come back. So the wait is short for everybody who is let in, and what
//! needs no hands (readiness, styles, refusals) is answered all the while.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Site, failure};
use crate::language::Lang;

/// How many may wait for each hand.
const QUEUE: usize = 32;

/// How many may send long bodies at once: each is kept in memory while it comes in.
const LONG_BODIES: usize = 8;

/// A page takes milliseconds; one that takes this long is stuck.
const PATIENCE: Duration = Duration::from_secs(10);

/// The hands that make pages, and the room to wait for them.
pub struct Crowd {
    hands: Arc<Semaphore>,
    room: Semaphore,
    long_bodies: Semaphore,
}

impl Crowd {
    /// As many hands as asked for.
    pub fn new(hands: usize) -> Self {
        let hands = hands.max(1);
        Self {
            hands: Arc::new(Semaphore::new(hands)),
            room: Semaphore::new(hands * (QUEUE + 1)),
            long_bodies: Semaphore::new(LONG_BODIES),
        }
    }

    /// Room for a long body, if there is some at the moment.
    pub fn room_for_much(&self) -> Option<SemaphorePermit<'_>> {
        self.long_bodies.try_acquire().ok()
    }
}

impl Default for Crowd {
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, usize::from))
    }
}

/// Makes a page when a hand is free, beside the threads that look after connections.
pub async fn wait_for_a_hand(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let runtime = tokio::runtime::Handle::current();
    by_a_hand(&site, move || runtime.block_on(next.run(request))).await
}

/// Has an answer made when a hand is free. Handing it over costs about as much as answering the shortest requests.
pub async fn by_a_hand(site: &Arc<Site>, make: impl FnOnce() -> Response + Send + 'static) -> Response {
    let Ok(_place) = site.crowd.room.try_acquire() else {
        site.metrics.shed();
        return come_back(site);
    };
    let made = async {
        let hand = site.crowd.hands.clone().acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            let response = make();
            drop(hand);
            response
        })
        .await
    };
    match tokio::time::timeout(PATIENCE, made).await {
        Ok(Ok(response)) => response,
        Ok(Err(broken)) => broken.try_into_panic().map_or_else(|_| come_back(site), |_| failure::fault(site)),
        Err(_) => come_back(site),
    }
}

/// Words that cost nothing: a page of its own would be made by the hands that are missing.
fn come_back(site: &Site) -> Response {
    let rulebook = site.rulebook();
    let says = format!("{}\n", rulebook.word(&Lang::german(), "failure.busy.says"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (RETRY_AFTER, HeaderValue::from_static("2")),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, says).into_response()
}
