//! The book: everything the rules hold, in one file to read without a network, to print, to keep. For `lotse book`.

use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::language::{Alphabet, Lang};
use crate::opendata::{Catalogue, OfficeEntry, PaperEntry, QuestionEntry, SourceEntry, StepEntry, TermEntry};
use crate::picture::{Outline, outline};
use crate::rulebook::{Choice, Id, Pathway, Rulebook, ValueSet};
use crate::sheet::day;
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
    steps: Vec<StepEntry>,
    papers: Vec<PaperEntry>,
    offices: Vec<OfficeEntry>,
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
        steps: catalogue.steps(),
        papers: catalogue.papers(),
        offices: catalogue.offices(),
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

fn cited(source: SourceEntry) -> Cited {
    let state_day = source.state.map(|state| day(state.0));
    Cited { state_day, checked_day: day(source.checked_on.0), source }
}

/// Everything that has a name, by its first letter.
fn index(rulebook: &Rulebook, lang: &Lang, book: &Book) -> Vec<Links> {
    let alphabet = Alphabet::new(rulebook.word(lang, "alphabet"));
    let place = |kind, id: &str, text: String, number: usize| Place { text, kind, id: id.to_owned(), number };
    let office = |office: &OfficeEntry| match &office.unit {
        Some(unit) => rulebook.joins(lang).list([&office.name, unit]),
        None => office.name.clone(),
    };
    let ways = book.parts.iter().flat_map(|part| &part.pathways);
    let ways = ways.map(|way| place("weg", &way.outline.id, way.outline.title.clone(), way.number));
    let steps = book.steps.iter().zip(1..).map(|(step, at)| place("schritt", &step.id, step.title.clone(), at));
    let papers = book.papers.iter().zip(1..).map(|(paper, at)| place("unterlage", &paper.id, paper.name.clone(), at));
    let offices = book.offices.iter().zip(1..).map(|(entry, at)| place("stelle", &entry.id, office(entry), at));
    let terms = book.terms.iter().zip(1..).map(|(term, at)| place("wort", &term.id, term.term.clone(), at));
    let questions = book.questions.iter().map(|asked| &asked.question).zip(1..);
    let questions = questions.map(|(asked, at)| place("frage", &asked.id, asked.label.clone(), at));
    let mut all: Vec<Place> = ways.chain(steps).chain(papers).chain(offices).chain(terms).chain(questions).collect();
    all.sort_by_cached_key(|place| alphabet.order(&place.text));
    let mut letters: IndexMap<String, Vec<Place>> = IndexMap::new();
    for place in all {
        let first: String = place.text.chars().skip_while(|c| !c.is_alphanumeric()).collect();
        letters.entry(alphabet.initial(&first)).or_default().push(place);
    }
    letters.into_iter().map(|(heading, links)| Links { heading, links }).collect()
}
