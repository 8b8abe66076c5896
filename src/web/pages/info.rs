//! The pages every public site owes its visitors: who runs it, what happens to data, how accessible it is, and how to
//! leave no trace on a shared device. Their words are interface texts; the operator's own facts come from a file.

use axum::response::Response;
use serde::Serialize;

use crate::web::visit::Visit;

/// A page of paragraphs and facts.
#[derive(Serialize)]
struct InfoPage {
    heading: String,
    parts: Vec<Part>,
    /// Whether the operator still owes facts.
    incomplete: bool,
}

/// A part of it.
#[derive(Serialize)]
struct Part {
    heading: String,
    says: Vec<String>,
    facts: Vec<Fact>,
}

/// A fact the operator gives, or a gap.
#[derive(Serialize)]
struct Fact {
    label: String,
    value: Option<String>,
}

pub async fn imprint(visit: Visit) -> Response {
    let parts: &[(&str, &[&str])] =
        &[("operator", &["name", "address", "represented_by", "email", "phone"]), ("content", &[])];
    page(&visit, "imprint", parts)
}

pub async fn privacy(visit: Visit) -> Response {
    let mut parts: Vec<(&str, &[&str])> = vec![("nothing-kept", &[]), ("link", &[]), ("server", &["hosting"])];
    if visit.site.counting().is_some() {
        parts.push(("counting", &[]));
    }
    parts.push(("rights", &["name", "data_protection"]));
    page(&visit, "privacy", &parts)
}

pub async fn accessibility(visit: Visit) -> Response {
    let parts: &[(&str, &[&str])] = &[
        ("aim", &["reviewed_on"]),
        ("known", &[]),
        ("report", &["accessibility_contact"]),
        ("enforcement", &["enforcement"]),
    ];
    page(&visit, "accessibility", parts)
}

pub async fn leave(visit: Visit) -> Response {
    page(&visit, "leave", &[("phone", &[]), ("computer", &[]), ("paper", &[])])
}

fn page(visit: &Visit, id: &str, parts: &[(&str, &[&str])]) -> Response {
    let word = |name: &str| visit.view.word(name);
    let operator = serde_json::to_value(visit.site.operator()).unwrap_or_default();
    let fact = |name: &&str| Fact {
        label: word(&format!("operator.{name}")),
        value: operator.get(*name).and_then(|value| value.as_str()).map(str::to_owned),
    };
    let part = |(name, facts): &(&str, &[&str])| Part {
        heading: word(&format!("info.{id}.{name}.heading")),
        says: word(&format!("info.{id}.{name}.says")).split("\n").map(str::to_owned).collect(),
        facts: facts.iter().map(fact).collect(),
    };
    let parts: Vec<Part> = parts.iter().map(part).collect();
    let incomplete = parts.iter().flat_map(|part| &part.facts).any(|fact| fact.value.is_none());
    let page = InfoPage { heading: word(&format!("info.{id}.heading")), parts, incomplete };
    visit.page("info.html", &page.heading, &page)
}
