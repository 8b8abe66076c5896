//! The rules themselves as pages: every pathway, every source, every open point, and what is proved about them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use indexmap::IndexMap;
use jiff::civil::Date;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::link::{LANG, Link};
use super::views::View;
use super::{Site, failure};
use crate::check;
use crate::format::{Certainty, Concern};
use crate::language::Lang;
use crate::picture::{Outline, outline, svg};
use crate::proof::Certificate;
use crate::rulebook::{Id, OfficeRef, Rulebook, Source};
use crate::sheet::day;

/// A request for one of these pages.
struct Visit {
    rulebook: Arc<Rulebook>,
    lang: Lang,
    today: Date,
    view: View,
}

impl Visit {
    fn new(site: &Site, query: Option<String>) -> Self {
        let rulebook = site.rulebook();
        let lang = Link::read(&rulebook, &query.unwrap_or_default()).lang;
        let view = View::new(rulebook.clone(), lang.clone());
        Self { today: site.today(), rulebook, lang, view }
    }

    fn say(&self, text: crate::language::Text) -> String {
        self.rulebook.texts.say(&self.lang, text).to_owned()
    }

    /// The same address in the same language.
    fn address(&self, path: &str) -> String {
        match self.rulebook.languages.first() {
            Some(first) if *first == self.lang => path.to_owned(),
            _ => format!("{path}?{LANG}={}", self.lang.code()),
        }
    }

    fn page<T: Serialize>(&self, template: &str, title: &str, page: T) -> Response {
        self.view.page(template, title, Value::from(Serde(page))).into_response()
    }

    fn offices(&self, offices: &[OfficeRef]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for office in offices {
            let name = match office {
                OfficeRef::Authority(id) => self.say(self.rulebook.authorities[*id].name),
                OfficeRef::Fact(id) => self.say(self.rulebook.facts[*id].label),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// All pathways, by what they are about.
#[derive(Serialize)]
struct RulesPage {
    groups: Vec<RulesGroup>,
    sources: String,
    open_points: String,
    proof: String,
}

#[derive(Serialize)]
struct RulesGroup {
    heading: String,
    pathways: Vec<LinkLine>,
}

#[derive(Serialize)]
struct LinkLine {
    url: String,
    text: String,
    outcomes: usize,
}

pub async fn rules(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let mut groups: IndexMap<Concern, Vec<LinkLine>> = IndexMap::new();
    for (_, name, pathway) in visit.rulebook.pathways.iter() {
        groups.entry(pathway.concerns).or_default().push(LinkLine {
            url: visit.address(&format!("/regeln/{name}")),
            text: visit.say(pathway.title),
            outcomes: pathway.outcomes.len(),
        });
    }
    groups.sort_keys();
    let heading = |concern: Concern| {
        let id = serde_json::to_value(concern).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
        visit.view.word(&format!("concern.{id}"))
    };
    let page = RulesPage {
        groups: groups
            .into_iter()
            .map(|(concern, pathways)| RulesGroup { heading: heading(concern), pathways })
            .collect(),
        sources: visit.address("/quellen"),
        open_points: visit.address("/offene-punkte"),
        proof: visit.address("/nachweis"),
    };
    visit.page("rules-all.html", &visit.view.word("rules.title"), page)
}

#[derive(Serialize)]
struct PathwayPage {
    outline: Outline,
    picture: String,
    all: String,
    sources: String,
}

/// A pathway as outline and picture; with `.svg` at the end of the address, the picture alone.
pub async fn pathway(State(site): State<Arc<Site>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let (name, drawn) = match name.strip_suffix(".svg") {
        Some(name) => (name.to_owned(), true),
        None => (name, false),
    };
    let Some(id) = visit.rulebook.pathways.id(&name) else {
        return failure::message(&site, StatusCode::NOT_FOUND, "not-found");
    };
    let outline = outline(&visit.rulebook, &visit.lang, id);
    if drawn {
        let picture = svg(&outline, &visit.view.word("rules.picture-desc"));
        return ([(CONTENT_TYPE, "image/svg+xml"), (header::CONTENT_DISPOSITION, "inline")], picture).into_response();
    }
    let page = PathwayPage {
        picture: visit.address(&format!("/regeln/{name}.svg")),
        all: visit.address("/regeln"),
        sources: visit.address("/quellen"),
        outline,
    };
    let title = page.outline.title.clone();
    visit.page("rules-pathway.html", &title, page)
}

#[derive(Serialize)]
struct SourcesPage {
    sources: Vec<SourceView>,
    stale: usize,
    count: usize,
    all: String,
}

#[derive(Serialize)]
struct SourceView {
    id: String,
    title: String,
    publisher: String,
    url: Option<String>,
    state: Option<String>,
    checked_on: String,
    note: Option<String>,
    stale: bool,
}

pub async fn sources(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let line = |(_, id, source): (Id<Source>, &str, &Source)| SourceView {
        id: id.to_owned(),
        title: visit.say(source.title),
        publisher: source.publisher.clone(),
        url: source.url.clone(),
        state: source.state.map(day),
        checked_on: day(source.checked_on),
        note: source.note.map(|note| visit.say(note)),
        stale: visit.rulebook.look_again_by(source).is_some_and(|day| day < visit.today),
    };
    let mut sources: Vec<SourceView> = visit.rulebook.sources.iter().map(line).collect();
    sources.sort_by_key(|source| sorting(&source.title));
    let stale = sources.iter().filter(|source| source.stale).count();
    let page = SourcesPage { stale, count: sources.len(), sources, all: visit.address("/regeln") };
    visit.page("rules-sources.html", &visit.view.word("rules.sources.title"), page)
}

/// A title as a German register sorts it: without case, umlauts beside their vowels, signs at the start left out.
fn sorting(title: &str) -> String {
    let plain = title.to_lowercase().replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss");
    plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

#[derive(Serialize)]
struct OpenPage {
    points: Vec<OpenPoint>,
    steps: Vec<OpenPoint>,
    all: String,
}

/// Something that is not settled, and whom to ask.
#[derive(Serialize)]
struct OpenPoint {
    title: String,
    says: String,
    way: Option<LinkLine>,
    ask: Vec<String>,
}

pub async fn open_points(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    let mut points = Vec::new();
    for (_, name, pathway) in visit.rulebook.pathways.iter() {
        let mut open: BTreeSet<usize> = pathway
            .outcomes
            .iter()
            .filter(|(_, _, outcome)| outcome.certainty == Certainty::Open)
            .map(|(id, _, _)| id.index())
            .collect();
        open_ends(&pathway.tree, None, &mut open);
        for at in open {
            let outcome = &pathway.outcomes[Id::new(at)];
            let shown = outline(&visit.rulebook, &visit.lang, visit.rulebook.pathways.id(name).unwrap_or(Id::new(0)));
            let said = shown.outcomes.get(at);
            points.push(OpenPoint {
                title: said.map(|outcome| outcome.title.clone()).unwrap_or_default(),
                says: said.map(|outcome| outcome.says.clone()).unwrap_or_default(),
                way: Some(LinkLine {
                    url: visit.address(&format!("/regeln/{name}")),
                    text: visit.say(pathway.title),
                    outcomes: pathway.outcomes.len(),
                }),
                ask: visit.offices(&outcome.ask),
            });
        }
    }
    let steps =
        visit.rulebook.steps.iter().filter(|(_, _, step)| step.certainty == Certainty::Open).map(|(_, _, step)| {
            OpenPoint {
                title: visit.say(step.title),
                says: visit.say(step.says),
                way: None,
                ask: {
                    let mut ask = visit.offices(&step.contact);
                    ask.extend(step.place.filter(|_| ask.is_empty()).map(|place| visit.say(place)));
                    ask
                },
            }
        });
    let page = OpenPage { points, steps: steps.collect(), all: visit.address("/regeln") };
    visit.page("rules-open.html", &visit.view.word("rules.open.title"), page)
}

/// Outcomes that a branch makes open, whatever they say of themselves: the branch nearest to the leaf has the last word.
fn open_ends(
    node: &crate::rulebook::Node<Option<Id<crate::rulebook::Outcome>>>,
    certainty: Option<Certainty>,
    open: &mut BTreeSet<usize>,
) {
    match node {
        crate::rulebook::Node::Leaf(leaf) => {
            if let (Some(id), Some(Certainty::Open)) = (leaf, certainty) {
                open.insert(id.index());
            }
        }
        crate::rulebook::Node::Ask { branches, .. } => {
            for branch in branches {
                open_ends(&branch.node, branch.ground.certainty.or(certainty), open);
            }
        }
    }
}

/// A claim about the rules, and whether it holds. What the proof certifies is put in this form.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// In one sentence.
    pub says: String,
    /// Whether it holds.
    pub holds: bool,
    /// In figures: how much was looked at.
    pub figures: Option<String>,
}

#[derive(Serialize)]
struct ProofPage {
    version: String,
    knowledge_date: String,
    today: String,
    until: Option<String>,
    counts: Vec<CountLine>,
    claims: Vec<Claim>,
    cases: Vec<String>,
    all: String,
}

#[derive(Serialize)]
struct CountLine {
    label: String,
    count: String,
}

/// How long a visitor waits for the proof before the page says that it is under way.
const PATIENCE: Duration = Duration::from_secs(4);

pub async fn proof(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let visit = Visit::new(&site, query);
    // The proof keeps a processor busy for a while; nobody waits for it long. It goes on and is there the next time.
    let proving = tokio::task::spawn_blocking(move || site.certificate());
    let certificate = tokio::time::timeout(PATIENCE, proving).await.ok().and_then(Result::ok);
    let rulebook = &visit.rulebook;
    let outcomes = rulebook.pathways.iter().map(|(_, _, pathway)| pathway.outcomes.len()).sum();
    let count = |id: &str, count: String| CountLine { label: visit.view.word(&format!("rules.count.{id}")), count };
    let mut counts = Vec::new();
    if let Some(certificate) = &certificate {
        counts.push(count("answer-sets", grouped(&certificate.figures.answer_sets)));
        counts.extend(
            certificate.figures.interviews.iter().map(|interviews| count("interviews", grouped(&interviews.distinct))),
        );
    }
    for (id, number) in [
        ("questions", rulebook.questions.len()),
        ("pathways", rulebook.pathways.len()),
        ("outcomes", outcomes),
        ("steps", rulebook.steps.len()),
        ("offices", rulebook.authorities.len()),
        ("sources", rulebook.sources.len()),
        ("cases", rulebook.cases.len()),
    ] {
        counts.push(count(id, number.to_string()));
    }
    let page = ProofPage {
        version: rulebook.version.clone(),
        knowledge_date: day(rulebook.knowledge_date),
        today: day(visit.today),
        until: certificate.as_ref().map(|certificate| day(certificate.until.0)),
        counts,
        claims: claims(&visit, certificate.as_deref(), outcomes),
        cases: rulebook.cases.iter().map(|(_, _, case)| case.title.clone()).collect(),
        all: visit.address("/regeln"),
    };
    visit.page("rules-proof.html", &visit.view.word("rules.proof.title"), page)
}

/// What the certificate claims for all answers, and what the cases show.
fn claims(visit: &Visit, certificate: Option<&Certificate>, outcomes: usize) -> Vec<Claim> {
    let claim = |id: &str, holds: bool, figures: Option<String>| Claim {
        says: visit.view.word(&format!("rules.claim.{id}")),
        holds,
        figures,
    };
    let mut claims: Vec<Claim> = certificate
        .iter()
        .flat_map(|certificate| &certificate.claims)
        .map(|this| Claim {
            // A claim that has no words for visitors yet speaks for itself.
            says: match visit.rulebook.texts.find(&format!("interface.rules.claim.{}", this.id)) {
                Some(text) => visit.say(text),
                None => this.says.to_owned(),
            },
            holds: this.exceptions.is_empty(),
            figures: None,
        })
        .collect();
    let report = check::cases(&visit.rulebook, visit.today);
    let broken = |code: &str| report.diagnostics.iter().filter(|found| found.code == code).count();
    let of = |good: usize, all: usize| {
        Some(visit.view.word("rules.of").replace("{good}", &good.to_string()).replace("{all}", &all.to_string()))
    };
    claims.push(claim("cases", broken("E060") == 0, of(report.cases.saturating_sub(broken("E060")), report.cases)));
    claims.push(claim("reached", broken("E061") == 0, of(report.outcomes.len(), outcomes)));
    claims.push(claim("rows", broken("E062") == 0, of(report.rows.len(), report.rows.len() + broken("E062"))));
    claims
}

/// 1234567 as 1 234 567, with spaces at which no line breaks.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
