//! All pathways, by what they are about.

use axum::response::Response;
use indexmap::IndexMap;
use serde::Serialize;

use super::LinkLine;
use crate::terms::Concern;
use crate::web::api::PAGE;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct RulesPage {
    groups: Vec<RulesGroup>,
    sources: String,
    open_points: String,
    proof: String,
    developers: String,
}

#[derive(Serialize)]
struct RulesGroup {
    heading: String,
    pathways: Vec<LinkLine>,
}

pub async fn rules(visit: Visit) -> Response {
    let mut groups: IndexMap<Concern, Vec<LinkLine>> = IndexMap::new();
    for (_, name, pathway) in visit.rulebook.pathways.iter() {
        groups.entry(pathway.concerns).or_default().push(LinkLine {
            url: visit.plain_address(&format!("/regeln/{name}")),
            text: visit.say(pathway.title).to_owned(),
            outcomes: pathway.outcomes.len(),
        });
    }
    groups.sort_keys();
    let heading = |concern: Concern| visit.view.word(&format!("concern.{}", concern.into_str()));
    let page = RulesPage {
        groups: groups
            .into_iter()
            .map(|(concern, pathways)| RulesGroup { heading: heading(concern), pathways })
            .collect(),
        sources: visit.plain_address("/quellen"),
        open_points: visit.plain_address("/offene-punkte"),
        proof: visit.plain_address("/nachweis"),
        developers: visit.plain_address(PAGE),
    };
    visit.page("rules-all.html", &visit.view.word("rules.title"), &page)
}
