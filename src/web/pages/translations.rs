//! What is translated into which language, and what is not.

use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::language::fill;
use crate::translation::Coverage;
use crate::web::visit::Visit;

/// So many of the texts that are lacking are shown.
const SHOWN: usize = 40;

#[derive(Serialize)]
struct TranslationsPage {
    /// Whether this is still being worked out.
    counting: bool,
    languages: Vec<LanguageView>,
}

/// A language.
#[derive(Serialize)]
struct LanguageView {
    lang: String,
    dir: &'static str,
    /// In the language itself, where it is offered.
    name: String,
    offered: bool,
    seen: String,
    missing: usize,
    stale: usize,
    unreviewed: usize,
    reviewed: usize,
    rounds: Vec<RoundView>,
    /// The German of what is lacking, what most people see first.
    lacking: Vec<String>,
    /// What is easily mixed up and nobody has compared.
    mixed_up: Vec<PairView>,
}

/// Words that are easily mixed up.
#[derive(Serialize)]
struct PairView {
    mind: String,
    count: usize,
    /// The German of the texts that hold one, what most people see first.
    texts: Vec<String>,
}

/// A part of the texts.
#[derive(Serialize)]
struct RoundView {
    name: String,
    translated: usize,
    texts: usize,
}

pub async fn translations(visit: Visit) -> Response {
    visit.edition.work_out(|edition| _ = edition.covered()).await;
    let covered = visit.edition.covered_already();
    let languages = covered.unwrap_or_default().iter().map(|covered| view(&visit, covered)).collect();
    let page = TranslationsPage { counting: covered.is_none(), languages };
    let page = visit.page("translations.html", &visit.view.word("translations.title"), &page);
    // What is still being counted is asked for again.
    if covered.is_some() { page } else { ([(CACHE_CONTROL, "no-store")], page).into_response() }
}

fn view(visit: &Visit, covered: &Coverage) -> LanguageView {
    let rulebook = &visit.edition.rulebook;
    let word = |id: &str| visit.view.word(&format!("translations.{id}"));
    let offered = rulebook.offered.iter().find(|(lang, _)| lang.code() == covered.lang);
    let lang = rulebook.languages.iter().find(|lang| lang.code() == covered.lang);
    let german = |id: &str| Some(visit.in_german(rulebook.texts.german(rulebook.texts.find(id)?)));
    LanguageView {
        lang: covered.lang.clone(),
        dir: lang.map_or("ltr", |lang| lang.direction()),
        name: offered.map_or_else(|| covered.lang.clone(), |(_, name)| name.clone()),
        offered: offered.is_some(),
        seen: fill(&word("seen"), |name| (name == "percent").then(|| format!("{:.1}", covered.words_seen).into())),
        missing: covered.missing,
        stale: covered.stale,
        unreviewed: covered.unreviewed,
        reviewed: covered.reviewed,
        rounds: covered
            .rounds
            .iter()
            .map(|share| RoundView {
                name: word(&format!("round.{}", share.round.into_str())),
                translated: share.translated,
                texts: share.texts,
            })
            .collect(),
        lacking: covered
            .needed
            .iter()
            .chain(&covered.further)
            .filter_map(|lacking| german(&lacking.text))
            .take(SHOWN)
            .collect(),
        mixed_up: covered
            .mixed_up
            .iter()
            .filter(|pair| !pair.texts.is_empty())
            .map(|pair| PairView {
                mind: visit.in_german(&pair.mind),
                count: pair.texts.len(),
                texts: pair.texts.iter().filter_map(|compare| german(&compare.text)).take(SHOWN).collect(),
            })
            .collect(),
    }
}
