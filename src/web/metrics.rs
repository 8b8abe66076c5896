//! Figures about the program itself, in the form Prometheus reads: requests, times, connections, refusals, renewals of the
//! rules, lost lines of the log. They stand on an address of their own and know no answers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use super::Site;

/// Upper ends of the stretches into which times are sorted, in microseconds; each twice the one before.
const STRETCHES: [u64; 16] = {
    let mut ends = [250; 16];
    let mut at = 1;
    while at < ends.len() {
        ends[at] = ends[at - 1] * 2;
        at += 1;
    }
    ends
};

/// The figures. Counting costs a page nothing that could be measured, so it is always done.
#[derive(Default)]
pub struct Metrics {
    /// By page, never by address, and by status.
    requests: Mutex<BTreeMap<(String, u16), u64>>,
    /// How many were answered within each stretch but not within the one before; the last is for all longer ones.
    times: [AtomicU64; STRETCHES.len() + 1],
    microseconds: AtomicU64,
    shed: AtomicU64,
    in_place: AtomicU64,
    refused: AtomicU64,
    pub(super) connections: Arc<AtomicI64>,
}

impl Metrics {
    /// A request was answered.
    pub(super) fn answered(&self, page: &str, status: u16, took: Duration) {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner).entry((page.to_owned(), status)).or_default() +=
            1;
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let stretch = STRETCHES.iter().position(|end| took <= *end).unwrap_or(STRETCHES.len());
        self.times[stretch].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(took, Ordering::Relaxed);
    }

    /// A request was told to come back.
    pub(super) fn shed(&self) {
        self.shed.fetch_add(1, Ordering::Relaxed);
    }

    /// The rules were read again, and are in place or were refused.
    pub fn renewed(&self, in_place: bool) {
        if in_place { &self.in_place } else { &self.refused }.fetch_add(1, Ordering::Relaxed);
    }

    /// All figures as text.
    fn told(&self, lost_lines: u64) -> String {
        let mut text = Text::default();
        text.about("requests", "counter", "Requests answered, by page and status");
        for ((page, status), count) in self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            text.figure("requests_total", &format!("page=\"{page}\",status=\"{status}\""), count);
        }
        text.about("request_seconds", "histogram", "From a request's head to the head of its answer");
        let mut so_far = 0;
        let ends = STRETCHES.iter().map(|end| (*end as f64 / 1e6).to_string()).chain(["+Inf".to_owned()]);
        for (end, times) in ends.zip(&self.times) {
            so_far += times.load(Ordering::Relaxed);
            text.figure("request_seconds_bucket", &format!("le=\"{end}\""), so_far);
        }
        text.figure("request_seconds_sum", "", self.microseconds.load(Ordering::Relaxed) as f64 / 1e6);
        text.figure("request_seconds_count", "", so_far);
        text.about("shed_requests", "counter", "Requests told to come back, as all hands were busy");
        text.figure("shed_requests_total", "", self.shed.load(Ordering::Relaxed));
        text.about("rule_renewals", "counter", "Times the rules were read again");
        text.figure("rule_renewals_total", "outcome=\"in-place\"", self.in_place.load(Ordering::Relaxed));
        text.figure("rule_renewals_total", "outcome=\"refused\"", self.refused.load(Ordering::Relaxed));
        text.about("connections", "gauge", "Connections open now");
        text.figure("connections", "", self.connections.load(Ordering::Relaxed));
        text.about("lost_log_lines", "counter", "Log lines nobody could take, since the start");
        text.figure("lost_log_lines_total", "", lost_lines);
        text.0 + "# EOF\n"
    }
}

/// The form Prometheus reads.
#[derive(Default)]
struct Text(String);

impl Text {
    fn about(&mut self, name: &str, kind: &str, says: &str) {
        let _ = writeln!(self.0, "# HELP lotse_{name} {says}.\n# TYPE lotse_{name} {kind}");
    }

    fn figure(&mut self, name: &str, labels: &str, figure: impl std::fmt::Display) {
        let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
        let _ = writeln!(self.0, "lotse_{name}{labels} {figure}");
    }
}

/// The one page of the address for figures; `lost_lines` is asked each time.
pub fn router(site: Arc<Site>, lost_lines: fn() -> u64) -> Router {
    let page = move || async move {
        let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        ([(CONTENT_TYPE, kind)], site.metrics.told(lost_lines()))
    };
    Router::new().route("/metrics", get(page))
}
