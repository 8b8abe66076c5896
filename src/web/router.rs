//! All addresses in one table.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::{Site, assets, changes, desk, failure, headers, info, pages, qr, rules};

pub fn router(site: Arc<Site>) -> Router {
    Router::new()
        // For everybody: the interview and its end.
        .route("/", get(pages::start))
        .route("/fragen", get(pages::question))
        .route("/pruefen", get(pages::check))
        .route("/blatt", get(pages::sheet))
        .route("/arbeitgeber", get(pages::employer))
        // For advisors.
        .route("/beratung", get(desk::desk))
        // The sheet to take along, and for programs.
        .route("/blatt.txt", get(pages::sheet_text))
        .route("/blatt.json", get(pages::sheet_json))
        .route("/blatt.ics", get(pages::sheet_calendar))
        .route("/b/{code}", get(pages::short))
        .route("/b/{code}/qr.svg", get(qr::picture))
        // What a public site owes its visitors.
        .route("/impressum", get(info::imprint))
        .route("/datenschutz", get(info::privacy))
        .route("/barrierefreiheit", get(info::accessibility))
        .route("/fertig", get(info::leave))
        // For editors, lawyers and everybody who wants to see the rules.
        .route("/regeln", get(rules::rules))
        .route("/regeln/{pathway}", get(rules::pathway))
        .route("/quellen", get(rules::sources))
        .route("/aenderungen", get(changes::changes))
        .route("/offene-punkte", get(rules::open_points))
        .route("/nachweis", get(rules::proof))
        // For operators.
        .route("/bereit", get(pages::ready))
        .route("/assets/{file}", get(assets::asset))
        .fallback(pages::not_found)
        .layer(from_fn_with_state(site.clone(), failure::refuse_long_addresses))
        .layer(CatchPanicLayer::custom(failure::fault))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(10)))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::policy))
        .layer(from_fn(headers::log))
        .with_state(site)
}
