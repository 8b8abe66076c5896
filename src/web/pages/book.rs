//! The book: everything the rules hold, in one file to read without a network, to print, to keep. For `lotse book`.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::language::{Alphabet, Lang};
use crate::opendata::{
    Catalogue, CertificateEntry, CertificatesOfCountry, FactEntry, LocalEntry, LocalPlace, OfficeEntry, PaperEntry,
    QuestionEntry, SourceEntry, StepEntry, TermEntry,
};
use crate::picture::{FactOutline, Outline, fact_outline, outline};
use crate::rulebook::{Choice, Id, Pathway, Rulebook, ValueSet};
use crate::sheet::{Named, day};
use crate::terms::Concern;
use crate::web::assets;
use crate::web::view::View;

#[derive(Serialize)]
struct Book {
    rules_style: String,
    version: String,
    knowledge_date: String,
    date: String,
    licence: &'static str,
    /// The ways for each goal.
    goals: Vec<Links>,
    /// The ways by what they are about.
    parts: Vec<Part>,
    questions: Vec<Asked>,
    /// What follows from answers, tables of countries and districts among it.
    facts: Vec<Derived>,
    steps: Vec<StepEntry>,
    papers: Vec<PaperEntry>,
    offices: Vec<OfficeEntry>,
    /// What there is at each place.
    local: Vec<Local>,
    /// What papers are called, by country.
    certificates: Vec<Papers>,
    terms: Vec<TermEntry>,
    sources: Vec<Cited>,
    index: Vec<Links>,
    both: Signs,
}

/// Places in the book under one heading.
#[derive(Serialize)]
struct Links {
    heading: String,
    links: Vec<Place>,
}

/// A place in the book: on paper it is found by its kind and number.
#[derive(Clone, Serialize)]
struct Place {
    /// What stands there.
    text: String,
    /// With what its anchor begins.
    kind: &'static str,
    id: String,
    number: usize,
}

/// Pathways that are about the same.
#[derive(Serialize)]
struct Part {
    id: &'static str,
    heading: String,
    pathways: Vec<Way>,
}

/// A way with its number in the book.
#[derive(Serialize)]
struct Way {
    number: usize,
    outline: Outline,
}

/// A source with its days as people write them.
#[derive(Serialize)]
struct Cited {
    #[serde(flatten)]
    source: SourceEntry,
    state_day: Option<String>,
    checked_day: String,
}

/// A question, and the ways that rest on its answer.
#[derive(Serialize)]
struct Asked {
    question: QuestionEntry,
    ways: Vec<Place>,
}

/// A fact, how it follows, and the offices it leads to.
#[derive(Serialize)]
struct Derived {
    outline: FactOutline,
    fact: FactEntry,
    /// By value: its words and the offices.
    offices: Vec<Links>,
}

/// A place and what there is.
#[derive(Serialize)]
struct Local {
    place: Named,
    offices: Vec<Dated>,
}

/// An office at a place with its day as people write it.
#[derive(Serialize)]
struct Dated {
    #[serde(flatten)]
    office: LocalEntry,
    checked_day: String,
}

/// The papers of a country.
#[derive(Serialize)]
struct Papers {
    country: Named,
    papers: Vec<Certificate>,
}

/// A paper and the answer that fits it, in words.
#[derive(Serialize)]
struct Certificate {
    #[serde(flatten)]
    paper: CertificateEntry,
    answer: Option<String>,
}

/// What stands around everything that is said in both languages while the pages are rendered; nothing where there is one.
#[derive(Clone, Copy, Default, Serialize)]
struct Signs {
    open: &'static str,
    close: &'static str,
}

/// From Unicode's private use, so no text of ours holds them.
const SIGNS: Signs = Signs { open: "\u{E000}", close: "\u{E001}" };

/// The book of a rulebook on a day, in a language, or in German and a language side by side.
pub fn render_book(rulebook: Rulebook, date: Date, lang: &Lang, beside_german: bool) -> String {
    let rulebook = Arc::new(rulebook);
    match beside_german {
        true => {
            let german = render(&rulebook, date, &Lang::german(), SIGNS);
            in_pairs(&german, &render(&rulebook, date, lang, SIGNS), lang)
        }
        false => render(&rulebook, date, lang, Signs::default()),
    }
}

/// The book in a language with the German of everything that is said in both beside it. Both were made of the same entries in
/// the same order. Anchors stay with the language.
fn in_pairs(german: &str, other: &str, lang: &Lang) -> String {
    let mut german = german.split(SIGNS.open).skip(1).filter_map(|rest| Some(rest.split_once(SIGNS.close)?.0));
    let direction = lang.direction();
    let mut book = String::with_capacity(other.len() * 2);
    for part in other.split(SIGNS.open) {
        let Some((said, rest)) = part.split_once(SIGNS.close) else {
            book.push_str(part);
            continue;
        };
        book += r#"<div class="pair" dir="ltr"><div lang="de" dir="ltr">"#;
        book += &without_anchors(german.next().unwrap_or_default());
        book += &format!(r#"</div><div dir="{direction}">{said}</div></div>{rest}"#);
    }
    book
}

/// HTML whose elements have no ids. In texts there are no quotation marks: they are escaped.
fn without_anchors(html: &str) -> String {
    const ID: &str = " id=\"";
    let mut rest = html.split(ID);
    let mut bare = rest.next().unwrap_or_default().to_owned();
    rest.filter_map(|part| part.split_once('"')).for_each(|(_, rest)| bare.push_str(rest));
    bare
}

/// The book in a language, with these signs in it.
fn render(rulebook: &Arc<Rulebook>, date: Date, lang: &Lang, signs: Signs) -> String {
    let view = View::of_files(rulebook.clone(), lang.clone());
    let catalogue = Catalogue::of(rulebook, date, lang);
    let mut order: IndexMap<Concern, Vec<Id<Pathway>>> = IndexMap::new();
    for (id, _, pathway) in rulebook.pathways.iter() {
        order.entry(pathway.concerns).or_default().push(id);
    }
    order.sort_keys();
    let numbers: IndexMap<Id<Pathway>, usize> = order.values().flatten().copied().zip(1..).collect();
    let part = |(concern, pathways): (Concern, Vec<Id<Pathway>>)| Part {
        id: concern.into_str(),
        heading: view.word(&format!("concern.{}", concern.into_str())),
        pathways: pathways
            .iter()
            .map(|id| Way { number: numbers[id], outline: outline(rulebook, lang, *id) })
            .collect(),
    };
    let way = |id: Id<Pathway>| {
        let text = rulebook.texts.say(lang, rulebook.pathways[id].title).to_owned();
        Place { text, kind: "weg", id: rulebook.pathways.name(id).to_owned(), number: numbers[&id] }
    };
    let offices = catalogue.offices();
    let book = Book {
        rules_style: assets::text("rules.css"),
        version: rulebook.version.clone(),
        knowledge_date: day(rulebook.knowledge_date),
        date: day(date),
        licence: catalogue.rulebook().licence,
        goals: goals(rulebook, lang, &catalogue, way),
        parts: order.into_iter().map(part).collect(),
        questions: catalogue
            .questions()
            .into_iter()
            .map(|question| asked(rulebook, &catalogue, question, way))
            .collect(),
        facts: catalogue.facts().into_iter().filter_map(|fact| derived(rulebook, lang, &offices, fact)).collect(),
        steps: catalogue.steps(),
        papers: catalogue.papers(),
        offices,
        local: catalogue.local_places().into_iter().map(local).collect(),
        certificates: catalogue.all_certificates().into_iter().map(|country| papers(rulebook, lang, country)).collect(),
        terms: catalogue.terms(),
        sources: catalogue.sources().into_iter().map(cited).collect(),
        index: Vec::new(),
        both: signs,
    };
    let index = index(rulebook, lang, &book);
    view.page("book.html", &view.word("book.title"), &Book { index, ..book }).0
}

/// For each goal the ways that are there for it alone or among others; ways for everybody are not repeated.
fn goals(
    rulebook: &Rulebook,
    lang: &Lang,
    catalogue: &Catalogue<'_>,
    way: impl Fn(Id<Pathway>) -> Place,
) -> Vec<Links> {
    let Some(goals) = rulebook.goals.map(|id| &rulebook.questions[id]) else { return Vec::new() };
    let served: Vec<(_, ValueSet)> = rulebook
        .pathways
        .iter()
        .filter(|(_, _, pathway)| pathway.concerns.is_way())
        .filter_map(|(id, _, pathway)| Some((id, catalogue.serves(pathway)?)))
        .collect();
    let links = |(goal, _, choice): (Id<_>, _, &Choice)| Links {
        heading: rulebook.texts.say(lang, choice.text).to_owned(),
        links: served.iter().filter(|(_, serves)| serves.contains(goal.index())).map(|(id, _)| way(*id)).collect(),
    };
    goals.options.iter().map(links).filter(|goal| !goal.links.is_empty()).collect()
}

fn asked(
    rulebook: &Rulebook,
    catalogue: &Catalogue<'_>,
    question: QuestionEntry,
    way: impl Fn(Id<Pathway>) -> Place,
) -> Asked {
    let id = rulebook.questions.id(&question.id);
    let rests = rulebook
        .pathways
        .iter()
        .filter(|(_, _, pathway)| id.is_some_and(|id| catalogue.rests_on(pathway).contains(&id)));
    let ways = rests.map(|(id, _, _)| way(id)).collect();
    Asked { question, ways }
}

fn derived(rulebook: &Rulebook, lang: &Lang, offices: &[OfficeEntry], fact: FactEntry) -> Option<Derived> {
    let id = rulebook.facts.id(&fact.id)?;
    let place = |office: &String| {
        let number = offices.iter().position(|entry| entry.id == *office)?;
        let text = office_name(rulebook, lang, &offices[number]);
        Some(Place { text, kind: "stelle", id: office.clone(), number: number + 1 })
    };
    let value = |id: &str| fact.values.iter().find(|value| value.id == id).map(|value| value.text.clone());
    let by_value = fact.offices.iter().map(|told| Links {
        heading: value(&told.value).unwrap_or_default(),
        links: told.offices.iter().filter_map(place).collect(),
    });
    Some(Derived { outline: fact_outline(rulebook, lang, id), offices: by_value.collect(), fact })
}

fn local(place: LocalPlace) -> Local {
    let dated = |office: LocalEntry| Dated { checked_day: day(office.checked_on.0), office };
    Local { place: place.place, offices: place.offices.into_iter().map(dated).collect() }
}

fn papers(rulebook: &Rulebook, lang: &Lang, country: CertificatesOfCountry) -> Papers {
    let options = rulebook.certificates.as_ref().map(|all| &rulebook.questions[all.question].options);
    let answer = |option: &String| {
        let options = options?;
        Some(rulebook.texts.say(lang, options[options.id(option)?].text).to_owned())
    };
    let paper = |paper: CertificateEntry| Certificate { answer: paper.option.as_ref().and_then(answer), paper };
    Papers { country: country.country, papers: country.papers.into_iter().map(paper).collect() }
}

/// An office with its department.
fn office_name(rulebook: &Rulebook, lang: &Lang, office: &OfficeEntry) -> String {
    match &office.unit {
        Some(unit) => rulebook.joins(lang).list([&office.name, unit]),
        None => office.name.clone(),
    }
}

fn cited(source: SourceEntry) -> Cited {
    let state_day = source.state.map(|state| day(state.0));
    Cited { state_day, checked_day: day(source.checked_on.0), source }
}

/// Everything that has a name, by its first letter.
fn index(rulebook: &Rulebook, lang: &Lang, book: &Book) -> Vec<Links> {
    let alphabet = Alphabet::new(rulebook.word(lang, "alphabet"));
    let place = |kind, id: &str, text: String, number: usize| Place { text, kind, id: id.to_owned(), number };
    let ways = book.parts.iter().flat_map(|part| &part.pathways);
    let ways = ways.map(|way| place("weg", &way.outline.id, way.outline.title.clone(), way.number));
    let steps = book.steps.iter().zip(1..).map(|(step, at)| place("schritt", &step.id, step.title.clone(), at));
    let papers = book.papers.iter().zip(1..).map(|(paper, at)| place("unterlage", &paper.id, paper.name.clone(), at));
    let offices = book
        .offices
        .iter()
        .zip(1..)
        .map(|(entry, at)| place("stelle", &entry.id, office_name(rulebook, lang, entry), at));
    let terms = book.terms.iter().zip(1..).map(|(term, at)| place("wort", &term.id, term.term.clone(), at));
    let questions = book.questions.iter().map(|asked| &asked.question).zip(1..);
    let questions = questions.map(|(asked, at)| place("frage", &asked.id, asked.label.clone(), at));
    let facts = book.facts.iter().map(|derived| &derived.outline).zip(1..);
    let facts = facts.map(|(fact, at)| place("merkmal", &fact.id, fact.label.clone(), at));
    let local = book.local.iter().map(|local| &local.place).zip(1..);
    let local = local.map(|(at, number)| place("ort", &at.id, at.text.clone(), number));
    let countries = book.certificates.iter().map(|papers| &papers.country).zip(1..);
    let countries = countries.map(|(country, number)| place("land", &country.id, country.text.clone(), number));
    let entries = ways.chain(steps).chain(papers).chain(offices).chain(terms).chain(questions).chain(facts);
    let mut all: Vec<Place> = entries.chain(local).chain(countries).collect();
    all.sort_by_cached_key(|place| alphabet.order(&place.text));
    let mut letters: IndexMap<String, Vec<Place>> = IndexMap::new();
    for place in all {
        let first: String = place.text.chars().skip_while(|c| !c.is_alphanumeric()).collect();
        letters.entry(alphabet.initial(&first)).or_default().push(place);
    }
    letters.into_iter().map(|(heading, links)| Links { heading, links }).collect()
}
