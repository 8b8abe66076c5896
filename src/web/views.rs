//! Data to HTML. Templates hold no sentence: they ask `t("id")`, which passes the language's door.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use axum::response::Html;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;

use super::assets;
use super::desk::DeskPage;
use super::info::InfoPage;
use crate::interview::{Answers, instead, worded};
use crate::language::{Lang, fill};
use crate::rulebook::Rulebook;
use crate::sheet::{EmployerPage, Sheet};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/"]
#[include = "*.html"]
struct Templates;

/// In a release build the templates are parsed once; while developing they are read anew for each page.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(templates);

fn templates() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for name in Templates::iter() {
        let Some(file) = Templates::get(&name) else { continue };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        if let Err(error) = environment.add_template_owned(name.to_string(), source) {
            tracing::error!("template {name}: {error}");
        }
    }
    environment
}

/// What a page is rendered with: the rules for their texts, and the language.
pub struct View {
    rulebook: Arc<Rulebook>,
    lang: Lang,
    /// The answers of the visit, for words that depend on them.
    answers: Answers,
    /// Whether the style stands in the page itself, for a page that is saved as a file.
    alone: bool,
}

/// The question page.
#[derive(Serialize)]
pub struct QuestionPage {
    pub question: QuestionView,
    pub number: usize,
    pub at_most: usize,
    pub carried: Vec<Carried>,
    pub action: &'static str,
    pub back: String,
    pub missing: bool,
    /// For whoever answers for another person: who is meant.
    pub for_whom: Option<String>,
    pub notice: Vec<String>,
}

/// A question as the template sees it.
#[derive(Serialize)]
pub struct QuestionView {
    pub id: String,
    pub text: String,
    pub help: Option<String>,
    pub why: String,
    pub find_out: String,
    pub multi: bool,
    pub long_list: bool,
    pub options: Vec<OptionView>,
    /// Of a long list: the same options in groups, the ones most looked for first.
    pub groups: Vec<OptionGroup>,
}

/// Options of a long list under one heading; no heading for those that stand apart.
#[derive(Serialize)]
pub struct OptionGroup {
    pub heading: Option<String>,
    pub options: Vec<OptionView>,
}

/// An option as the template sees it.
#[derive(Clone, Serialize)]
pub struct OptionView {
    pub id: String,
    pub text: String,
    pub help: Option<String>,
    pub chosen: bool,
    pub unknown: bool,
}

/// An answer carried along in a hidden field.
#[derive(Serialize)]
pub struct Carried {
    pub name: String,
    pub value: String,
}

/// The page on which all answers are looked at once more.
#[derive(Serialize)]
pub struct CheckPage {
    pub lines: Vec<CheckLine>,
    pub sheet: String,
    pub back: String,
    pub notice: Vec<String>,
}

/// One answer on it.
#[derive(Serialize)]
pub struct CheckLine {
    pub id: String,
    pub label: String,
    pub text: String,
    pub answers: Vec<String>,
    pub unknown: bool,
    pub change: String,
}

/// The start page.
#[derive(Serialize)]
pub struct StartPage {
    pub at_most: usize,
    pub version: String,
    pub knowledge_date: String,
    pub begin: String,
    /// The same for another person.
    pub begin_for_another: String,
}

/// Where a sheet leads.
#[derive(Default, Serialize)]
pub struct SheetLinks {
    pub answers: String,
    pub text: String,
    pub json: String,
    pub calendar: String,
    /// The page for the Träger, if there is one.
    pub employer: Option<String>,
    /// The same answers today.
    pub today: Option<String>,
    /// The earlier sheet as it was, if its rules are kept.
    pub then: Option<String>,
    pub here: String,
    /// Address of the QR code, unless the visitor wants none.
    pub qr: Option<String>,
    /// The same sheet with, or without, the QR code.
    pub other_print: String,
    /// The same sheet at the other length on paper.
    pub other_length: String,
    /// Whether paper shows everything.
    pub in_full: bool,
}

/// A page that says one thing.
pub struct Message {
    pub heading: String,
    pub says: Vec<String>,
    /// Where to go from here: address and words.
    pub action: Option<(String, String)>,
}

impl View {
    pub fn new(rulebook: Arc<Rulebook>, lang: Lang) -> Self {
        Self { rulebook, lang, answers: Answers::default(), alone: false }
    }

    /// The same for somebody with these answers.
    pub fn about(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    /// One of the interface's own texts.
    pub fn word(&self, id: &str) -> String {
        worded(&self.rulebook, &self.lang, &self.answers, id).to_owned()
    }

    /// A text that is only there for some people.
    pub fn word_for_some(&self, id: &str) -> Option<String> {
        instead(&self.rulebook, &self.lang, &self.answers, id).map(str::to_owned)
    }

    pub fn start(&self, page: &StartPage) -> Html<String> {
        self.render("start.html", &self.word("page.start.title"), Value::from(Serde(page)))
    }

    pub fn question(&self, page: &QuestionPage) -> Html<String> {
        self.render("question.html", &page.question.text, Value::from(Serde(page)))
    }

    pub fn check(&self, page: &CheckPage) -> Html<String> {
        self.render("check.html", &self.word("page.check.title"), Value::from(Serde(page)))
    }

    pub fn sheet(&self, sheet: &Sheet, links: &SheetLinks, notice: &[String]) -> Html<String> {
        let data = context! { sheet => Serde(sheet), links => Serde(links), notice => Serde(notice) };
        self.render("sheet.html", &sheet.title, data)
    }

    /// A page made of any data, for rooms with pages of their own.
    pub fn page(&self, template: &str, title: &str, data: Value) -> Html<String> {
        self.render(template, title, data)
    }

    pub fn employer(&self, sheet: &Sheet, employer: &EmployerPage, back: &str, notice: &[String]) -> Html<String> {
        let data =
            context! { sheet => Serde(sheet), employer => Serde(employer), back => back, notice => Serde(notice) };
        self.render("employer.html", &self.word("employer.title"), data)
    }

    pub fn info(&self, page: &InfoPage) -> Html<String> {
        self.render("info.html", &page.heading, Value::from(Serde(page)))
    }

    pub fn desk(&self, page: &DeskPage) -> Html<String> {
        self.render("desk.html", &self.word("desk.title"), Value::from(Serde(page)))
    }

    pub fn message(&self, message: &Message) -> Html<String> {
        let action = message.action.as_ref().map(|(url, text)| context! { url => url, text => text });
        let data = context! { heading => message.heading.clone(), says => message.says.clone(), action => action };
        self.render("message.html", &message.heading, data)
    }

    fn render(&self, template: &str, title: &str, data: Value) -> Html<String> {
        let rulebook = self.rulebook.clone();
        let lang = self.lang.clone();
        let answers = self.answers.clone();
        let word = move |id: Cow<'_, str>, values: Kwargs| -> String {
            let text = fill(worded(&rulebook, &lang, &answers, &id), |name| {
                values.get::<Value>(name).ok().map(|value| Cow::Owned(value.to_string()))
            });
            let _ = values.assert_all_used();
            text
        };
        let page = context! {
            lang => self.lang.code(),
            dir => self.lang.direction(),
            title => title,
            css => assets::address("lotse.css"),
            paper => assets::address("paper.css"),
            forms => assets::address("forms.css"),
            rules => assets::address("rules.css"),
            style => self.alone.then(|| assets::text("lotse.css")),
            paper_style => self.alone.then(|| assets::text("paper.css")),
            script => assets::address("lotse.js"),
            icon => assets::address("icon.svg"),
        };
        let data = context! { page => page, t => Value::from_function(word), ..data };
        let fresh = cfg!(debug_assertions).then(templates);
        let environment = fresh.as_ref().unwrap_or(&TEMPLATES);
        let html = environment.get_template(template).and_then(|template| template.render(data));
        Html(html.unwrap_or_else(|error| {
            tracing::error!("template {template}: {error:#}");
            self.word("failure.fault.says")
        }))
    }
}

/// The sheet as a page of its own, for `lotse sheet --format html`.
pub fn render_sheet(rulebook: Rulebook, sheet: &Sheet, lang: &Lang) -> String {
    let links = SheetLinks::default();
    View { alone: true, ..View::new(Arc::new(rulebook), lang.clone()) }.sheet(sheet, &links, &[]).0
}
