//! The pages every public site owes its visitors: who runs it, what happens to data, how accessible it is, and how to
//! leave no trace on a shared device. Their words are interface texts; the operator's own facts come from a file.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::Site;
use super::link::Link;
use super::views::View;

/// A page of paragraphs and facts.
#[derive(Serialize)]
pub struct InfoPage {
    pub heading: String,
    pub parts: Vec<Part>,
    /// Whether the operator still owes facts.
    pub incomplete: bool,
}

/// A part of it.
#[derive(Serialize)]
pub struct Part {
    pub heading: String,
    pub says: Vec<String>,
    pub facts: Vec<Fact>,
}

/// A fact the operator gives, or a gap.
#[derive(Serialize)]
pub struct Fact {
    pub label: String,
    pub value: Option<String>,
}

pub async fn imprint(site: State<Arc<Site>>, query: RawQuery) -> Response {
    page(
        &site,
        query,
        "imprint",
        &[("operator", &["name", "address", "represented_by", "email", "phone"]), ("content", &[])],
    )
}

pub async fn privacy(site: State<Arc<Site>>, query: RawQuery) -> Response {
    let parts: &[(&str, &[&str])] =
        &[("nothing-kept", &[]), ("link", &[]), ("server", &["hosting"]), ("rights", &["name", "data_protection"])];
    page(&site, query, "privacy", parts)
}

pub async fn accessibility(site: State<Arc<Site>>, query: RawQuery) -> Response {
    let parts: &[(&str, &[&str])] = &[
        ("aim", &["reviewed_on"]),
        ("known", &[]),
        ("report", &["accessibility_contact"]),
        ("enforcement", &["enforcement"]),
    ];
    page(&site, query, "accessibility", parts)
}

pub async fn leave(site: State<Arc<Site>>, query: RawQuery) -> Response {
    page(&site, query, "leave", &[("phone", &[]), ("computer", &[]), ("paper", &[])])
}

fn page(site: &Site, RawQuery(query): RawQuery, id: &str, parts: &[(&str, &[&str])]) -> Response {
    let rulebook = site.rulebook();
    let link = Link::read(&rulebook, &query.unwrap_or_default());
    let view = View::new(rulebook, link.lang);
    let operator = serde_json::to_value(site.operator()).unwrap_or_default();
    let fact = |name: &&str| Fact {
        label: view.word(&format!("operator.{name}")),
        value: operator.get(*name).and_then(|value| value.as_str()).map(str::to_owned),
    };
    let part = |(name, facts): &(&str, &[&str])| Part {
        heading: view.word(&format!("info.{id}.{name}.heading")),
        says: view.word(&format!("info.{id}.{name}.says")).split("\n").map(str::to_owned).collect(),
        facts: facts.iter().map(fact).collect(),
    };
    let parts: Vec<Part> = parts.iter().map(part).collect();
    let incomplete = parts.iter().flat_map(|part| &part.facts).any(|fact| fact.value.is_none());
    let page = InfoPage { heading: view.word(&format!("info.{id}.heading")), parts, incomplete };
    view.info(&page).into_response()
}
