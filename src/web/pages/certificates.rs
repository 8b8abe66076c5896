//! Beside a question: what papers are called in the country where somebody learned, and which answer that is.

use serde::Serialize;

use crate::rulebook::{Certificate, Certificates, Id, Question, ValueSet};
use crate::terms::Search;
use crate::web::link::CHANGE;
use crate::web::visit::Visit;

/// The box beside the question.
#[derive(Default, Serialize)]
struct PapersView {
    /// The question that names the country.
    asks: String,
    /// Of which country the papers are; nothing while it is not known.
    country: Option<String>,
    /// The countries with papers, as long as none is chosen.
    countries: Vec<CountryView>,
    papers: Vec<PaperView>,
    /// Whether it is open: somebody asked for it.
    open: bool,
    /// Who helps where a paper is not clear.
    advice: String,
    phone: Option<String>,
    /// Where another country can be chosen.
    other: String,
}

#[derive(Serialize)]
struct CountryView {
    id: String,
    name: String,
}

/// A paper as the template sees it.
#[derive(Serialize)]
struct PaperView {
    name: String,
    lang: String,
    dir: &'static str,
    latin: Option<String>,
    gloss: String,
    /// The answer that fits; nothing where that is not clear.
    option: Option<String>,
    note: String,
}

/// The box beside a question, if there is one.
pub fn papers(visit: &Visit, id: Id<Question>) -> String {
    let rulebook = &visit.rulebook;
    let Some(all) = &rulebook.certificates else { return String::new() };
    let country = visit.link.answers.get(all.country).and_then(|values| values.iter().next());
    let known = country.and_then(|country| Some((country, all.by_country.get(&country)?)));
    let names = |country: usize| visit.say(rulebook.questions[all.country].options[Id::new(country)].text).to_owned();
    let advice = &rulebook.authorities[all.advice];
    let view = PapersView {
        asks: rulebook.questions.name(all.country).to_owned(),
        open: visit.link.shown,
        advice: visit.say(advice.name).to_owned(),
        phone: advice.phone.clone(),
        ..PapersView::default()
    };
    let (template, view) = match known {
        Some((country, papers)) if id == all.question => {
            let change = [(CHANGE, rulebook.questions.name(id))];
            let view = PapersView {
                country: Some(names(country)),
                papers: papers.iter().map(|paper| paper_view(visit, all, paper)).collect(),
                other: visit.address("/fragen", &visit.link.answers.without(all.country), &change),
                ..view
            };
            ("parts/certificates.html", view)
        }
        None if id == all.question && country.is_none() => {
            let option = |at: &usize| {
                let id = rulebook.questions[all.country].options.name(Id::new(*at)).to_owned();
                CountryView { id, name: names(*at) }
            };
            let mut countries: Vec<CountryView> = all.by_country.keys().map(option).collect();
            let alphabet = visit.alphabet();
            countries.sort_by_cached_key(|country| alphabet.order(&country.name));
            ("parts/certificates.html", PapersView { countries, ..view })
        }
        Some((country, papers)) if id == all.search => {
            let kind = visit.link.answers.get(all.question);
            let subject = visit.link.answers.get(all.subject);
            let unknown = rulebook.questions[all.subject].unknown;
            let fits = |paper: &&Certificate| {
                let same = |option| kind.is_none_or(|kind| kind.contains(option));
                let said = |subject: ValueSet| subject.contains(unknown) || subject.overlaps(&paper.subjects);
                let of_subject = paper.subjects.is_empty() || subject.is_none_or(said);
                paper.search == Search::Degrees && paper.option.is_some_and(same) && of_subject
            };
            let papers: Vec<PaperView> =
                papers.iter().filter(fits).map(|paper| paper_view(visit, all, paper)).collect();
            if papers.is_empty() {
                return String::new();
            }
            ("parts/search-names.html", PapersView { country: Some(names(country)), papers, ..view })
        }
        _ => return String::new(),
    };
    visit.view.page(template, "", &view).0
}

fn paper_view(visit: &Visit, all: &Certificates, paper: &Certificate) -> PaperView {
    let option = |at| visit.say(visit.rulebook.questions[all.question].options[Id::new(at)].text).to_owned();
    PaperView {
        name: paper.name.clone(),
        lang: paper.lang.code().to_owned(),
        dir: paper.lang.direction(),
        // The spelling of anabin is the one to search with.
        // What it puts in brackets is German, as the line below is.
        latin: paper
            .anabin
            .as_ref()
            .map(|title| title.split(" (").next().unwrap_or(title))
            .or(paper.latin.as_deref())
            .map(str::to_owned),
        gloss: visit.say(paper.gloss).to_owned(),
        option: paper.option.map(option),
        note: visit.say(paper.note).to_owned(),
    }
}
