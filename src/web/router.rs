//! All addresses in one table.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use tower_http::catch_panic::CatchPanicLayer;

use super::{Site, api, crawlers, crowd, failure, gzip, headers, pages, qr, short, stored};

pub fn router(site: Arc<Site>) -> Router {
    let pages = Router::new()
        // For everybody: the interview.
        .route("/", get(pages::start))
        .route("/fragen", get(pages::question))
        // For advisors.
        .route("/beratung", get(pages::desk))
        // What a public site owes its visitors.
        .route("/impressum", get(pages::imprint))
        .route("/datenschutz", get(pages::privacy))
        .route("/barrierefreiheit", get(pages::accessibility))
        .route("/fertig", get(pages::leave))
        // The start page in Leichte Sprache.
        .route("/leicht", get(pages::easy))
        // Drawings that help with a question.
        .route("/anabin", get(pages::anabin))
        .route("/zahlen", get(pages::figures))
        .route("/zahlen.csv", get(pages::figures_table))
        // For editors, lawyers and everybody who wants to see the rules.
        .route("/regeln", get(pages::rules))
        .route("/regeln/{pathway}", get(pages::pathway))
        .route("/quellen", get(pages::sources))
        .route("/aenderungen", get(pages::changes))
        .route("/offene-punkte", get(pages::open_points))
        .route("/nachweis", get(pages::proof))
        .route("/uebersetzungen", get(pages::translations))
        // For developers of other programs.
        .route("/schnittstelle", get(pages::developers))
        .route_layer(from_fn_with_state(site.clone(), failure::refuse_excess))
        .route_layer(from_fn_with_state(site.clone(), crowd::wait_for_a_hand))
        // As long as nobody has said anything, these say the same to everybody, and cost nothing.
        .route_layer(from_fn_with_state(site.clone(), stored::layer));
    let answers = Router::new()
        // For everybody: the end of the interview.
        .route("/pruefen", get(pages::check))
        .route("/blatt", get(pages::sheet))
        .route("/arbeitgeber", get(pages::employer))
        .route("/telefon", get(pages::telephone))
        .route("/dolmetschen", get(pages::interpreter))
        // The sheet to take along, and for programs.
        .route("/blatt.txt", get(pages::text))
        .route("/blatt.json", get(pages::json))
        .route("/blatt.ics", get(pages::calendar))
        .route("/arbeitgeber.json", get(pages::employer_json))
        // Short addresses: of a sheet, and of the page for the Träger.
        .route("/kurz", get(short::typed))
        .route("/b/{code}", get(short::sheet))
        .route("/b/{code}/qr.svg", get(qr::sheet))
        .route("/b/{lang}/{code}", get(short::sheet_in))
        .route("/b/{lang}/{code}/qr.svg", get(qr::sheet_in))
        .route("/a/{code}", get(short::employer))
        .route("/a/{code}/qr.svg", get(qr::employer))
        .fallback(failure::not_found)
        .layer(from_fn_with_state(site.clone(), failure::refuse_excess))
        .layer(from_fn_with_state(site.clone(), crowd::wait_for_a_hand));
    // What broke is told by whoever set the program up to hear of it; what it says may hold answers and is dropped.
    let broken = site.clone();
    let fault = move |_: Box<dyn Any + Send>| failure::fault(&broken);
    Router::new()
        // What costs something waits for a free hand.
        .merge(pages)
        .merge(answers)
        .nest("/api", for_programs(&site))
        .route("/api/", any(api::not_found))
        // For operators and programs: this costs nothing and never waits.
        .route("/bereit", get(ready))
        .route("/robots.txt", get(crawlers::robots))
        .route("/.well-known/security.txt", get(crawlers::security))
        .route("/assets/{file}", get(pages::asset))
        .method_not_allowed_fallback(failure::not_allowed)
        // A page that breaks leaves its line in the log and carries its headers; nothing that breaks takes the server along.
        .layer(CatchPanicLayer::custom(fault.clone()))
        .layer(from_fn(gzip::layer))
        .layer(from_fn_with_state(site.clone(), headers::policy))
        .layer(from_fn_with_state(site.clone(), headers::log))
        .layer(CatchPanicLayer::custom(fault))
        .with_state(site)
}

/// The same for programs.
fn for_programs(site: &Arc<Site>) -> Router<Arc<Site>> {
    let hand = || from_fn_with_state(site.clone(), crowd::wait_for_a_hand);
    let public = Router::new()
        .route("/v1/rulebook", get(api::rulebook))
        .route("/v1/questions", get(api::questions))
        .route("/v1/pathways", get(api::pathways))
        .route("/v1/steps", get(api::steps))
        .route("/v1/offices", get(api::offices))
        .route("/v1/offices/countries/{country}", get(api::country))
        .route("/v1/offices/districts/{district}", get(api::district))
        .route("/v1/certificates/{country}", get(api::certificates))
        .route("/v1/sources", get(api::sources))
        .route("/v1/changes", get(api::changes))
        .route("/v1/openapi.json", get(api::openapi))
        .route_layer(hand())
        .route_layer(from_fn_with_state(site.clone(), stored::layer));
    let person = Router::new()
        .route("/v1/next", post(api::next))
        .route("/v1/sheet", post(api::sheet))
        .route("/v1/employer", post(api::employer))
        .route_layer(hand())
        // Outcomes alone are found in less time than it takes to hand them over; for more, it asks for a hand itself.
        .route("/v1/explain", post(api::explain))
        .route_layer(from_fn(api::short));
    let people = Router::new()
        .route("/v1/explain/batch", post(api::batch))
        .route_layer(hand())
        .route_layer(from_fn_with_state(site.clone(), api::long));
    let all = public
        .merge(person)
        .merge(people)
        .fallback(api::not_found)
        .method_not_allowed_fallback(api::not_allowed)
        .layer(from_fn(api::refuse_excess))
        .layer(from_fn(api::for_programs));
    match api::allowed(site) {
        Some(allowed) => all.layer(allowed),
        None => all,
    }
}

/// For whoever watches over the site: it answers.
async fn ready() -> &'static str {
    "bereit\n"
}
