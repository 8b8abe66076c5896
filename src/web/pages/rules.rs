//! All pathways, by what they are about.

use axum::response::Response;
use indexmap::IndexMap;
use serde::Serialize;

use super::LinkLine;
use crate::rulebook::Rulebook;
use crate::sheet::day;
use crate::terms::Concern;
use crate::web::api::PAGE;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct RulesPage {
    /// The day of the last change, and the day up to which the law is known.
    changed: String,
    knowledge: String,
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

/// The day of the last change of the rules, and the day up to which the law is known, as people write them.
pub fn state_of_the_rules(rulebook: &Rulebook) -> (String, String) {
    let knowledge = rulebook.knowledge_date;
    (day(rulebook.changes.first().map_or(knowledge, |change| change.day)), day(knowledge))
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
    let (changed, knowledge) = state_of_the_rules(&visit.rulebook);
    let page = RulesPage {
        changed,
        knowledge,
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
