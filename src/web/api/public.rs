//! What is public and the same for everybody on a day.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::answered::{Head, List, Record};
use super::document::document;
use super::person::language_fault;
use super::problem::{Fault, Kind, Problem};
use crate::diagnostic::{meant, nearest};
use crate::interview::said;
use crate::language::Lang;
use crate::opendata::Catalogue;
use crate::rulebook::{Choice, Id, Question};
use crate::web::Site;
use crate::web::manner::LANG;
use crate::web::programs;
use crate::web::visit::Visit;

/// The language of the rules.
static GERMAN: Lang = Lang::german();

/// Where the options of a place are listed.
const OPTIONS: &str = "GET /api/v1/questions lists the options of this question with their ids";

/// A look at what is public: nothing is said but the language.
pub struct Look(Visit);

impl FromRequestParts<Arc<Site>> for Look {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut said = form_urlencoded::parse(query.as_bytes());
        let other = said.find(|(key, _)| key != LANG);
        if let Some((key, _)) = other {
            let key: String = key.chars().take(60).collect();
            let fault = Fault {
                says: format!("`{key}` is no parameter here; `{LANG}` is the only one"),
                suggestion: nearest(&key, [LANG]).map(str::to_owned),
                place: key,
            };
            return Err(Kind::WrongParameter.with(vec![fault]));
        }
        let visit = Visit::new(site.clone(), query);
        let languages: Vec<_> = form_urlencoded::parse(query.as_bytes()).map(|(_, code)| code).collect();
        let wrong = visit.link.misfits.iter().map(|misfit| misfit.value.as_str());
        // On a page, a field left empty says nothing; a program means something by it.
        let empty = languages.iter().filter(|code| code.is_empty()).map(AsRef::as_ref);
        let mut faults: Vec<Fault> =
            wrong.chain(empty).map(|code| language_fault(&visit.rulebook, LANG, code)).collect();
        if languages.len() > 1 {
            faults.push(Fault { place: LANG.to_owned(), says: "one language at a time".to_owned(), suggestion: None });
        }
        if faults.is_empty() { Ok(Self(visit)) } else { Err(Kind::WrongParameter.with(faults)) }
    }
}

impl Look {
    fn catalogue(&self) -> Catalogue<'_> {
        Catalogue::of(&self.0.rulebook, self.0.date, &self.0.link.lang)
    }

    fn list<T: Serialize>(&self, entries: Vec<T>) -> Response {
        programs::json(&List { head: Head::of(&self.0), entries }, &self.0.link.lang)
    }

    /// The catalogue of what stands in German in every language, and says so.
    fn german(&self) -> Catalogue<'_> {
        Catalogue::of(&self.0.rulebook, self.0.date, &GERMAN)
    }

    fn german_list<T: Serialize>(&self, entries: Vec<T>) -> Response {
        programs::json(&List { head: Head::of(&self.0).in_lang(&GERMAN), entries }, &GERMAN)
    }

    /// The option of a question that an address names.
    fn option(
        &self,
        question: Option<Id<Question>>,
        name: Result<Path<String>, PathRejection>,
    ) -> Result<(Id<Question>, Id<Choice>), Problem> {
        let nothing = || Kind::NotFound.plain();
        let (question, Path(name)) = (question.ok_or_else(nothing)?, name.map_err(|_| nothing())?);
        let entry = &self.0.rulebook.questions[question];
        let option = entry.option_called(&name).ok_or_else(|| {
            let place = self.0.rulebook.questions.name(question).to_owned();
            let says = format!("`{place}` has no option `{}`", name.chars().take(60).collect::<String>());
            let suggestion = said(&self.0.rulebook, question, &name).or_else(|| meant(&name, entry.options.names()));
            let fault = Fault { place, says, suggestion: suggestion.map(str::to_owned) };
            Kind::NotFound.with(vec![fault]).advising(OPTIONS)
        })?;
        Ok((question, option))
    }
}

/// The rulebook as a whole.
pub async fn rulebook(look: Look) -> Response {
    programs::json(&look.catalogue().rulebook(), &look.0.link.lang)
}

/// All questions with their options.
pub async fn questions(look: Look) -> Response {
    look.list(look.catalogue().questions())
}

/// All pathways with their outcomes.
pub async fn pathways(look: Look) -> Response {
    look.list(look.catalogue().pathways())
}

/// All steps.
pub async fn steps(look: Look) -> Response {
    look.list(look.catalogue().steps())
}

/// All sources.
pub async fn sources(look: Look) -> Response {
    look.german_list(look.german().sources())
}

/// What changed in the rules.
pub async fn changes(look: Look) -> Response {
    look.german_list(look.german().changes())
}

/// All offices and advice points.
pub async fn offices(look: Look) -> Response {
    look.list(look.catalogue().offices())
}

/// The offices that a country of training leads to.
pub async fn country(look: Look, name: Result<Path<String>, PathRejection>) -> Result<Response, Problem> {
    let question = look.catalogue().asks_country();
    offices_of(&look, question, name)
}

/// The offices that a district leads to, and those in it.
pub async fn district(look: Look, name: Result<Path<String>, PathRejection>) -> Result<Response, Problem> {
    let question = look.catalogue().asks_district();
    offices_of(&look, question, name)
}

fn offices_of(
    look: &Look,
    question: Option<Id<Question>>,
    name: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let (question, option) = look.option(question, name)?;
    let nowhere = || {
        let place = look.0.rulebook.questions.name(question).to_owned();
        let says = "who does not know the place is led to no office by it".to_owned();
        Kind::NotFound.with(vec![Fault { place, says, suggestion: None }]).advising(OPTIONS)
    };
    let offices = look.catalogue().offices_of(question, option).ok_or_else(nowhere)?;
    Ok(programs::json(&Record { head: Head::of(&look.0), record: offices }, &look.0.link.lang))
}

/// What papers are called in a country.
pub async fn certificates(look: Look, name: Result<Path<String>, PathRejection>) -> Result<Response, Problem> {
    let (_, country) = look.option(look.catalogue().asks_country(), name)?;
    let papers = look.catalogue().certificates(country).unwrap_or_default();
    Ok(look.list(papers))
}

/// What describes all of this.
pub async fn openapi(look: Look) -> Response {
    Json(document(&look.0.rulebook)).into_response()
}
