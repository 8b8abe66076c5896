//! Data to HTML. Templates hold no sentence: they ask `t("id")`, which passes the language's door.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use axum::response::Html;
use foldhash::fast::RandomState;
use minijinja::value::{Kwargs, Object, Serde};
use minijinja::{AutoEscape, Environment, HtmlEscape, Value, context};
use serde::Serialize;

use super::link::without_long_words;
use super::manner::Manner;
use super::{Site, assets};
use crate::interview::{Answers, instead, worded};
use crate::language::{Compared, Joins, Lang, fill, marked};
use crate::rulebook::Rulebook;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/"]
#[include = "*.html"]
struct Templates;

/// All templates, parsed once.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
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
});

/// The addresses of all assets, as every page names them.
static ASSETS: LazyLock<Value> = LazyLock::new(|| {
    context! {
        css => assets::address("lotse.css"),
        paper => assets::address("paper.css"),
        forms => assets::address("forms.css"),
        rules => assets::address("rules.css"),
        script => assets::address("lotse.js"),
        icon => assets::address("icon.svg"),
    }
});

/// What a page is rendered with: the rules for their texts, the language, and for whom.
pub struct View {
    rulebook: Arc<Rulebook>,
    manner: Manner,
    /// The address of the operator's own colours, if there are some.
    colours: Option<String>,
    /// The answers of the visit, for words that depend on them.
    answers: Answers,
    /// Whether the style stands in the page itself, for a page that is saved as a file.
    alone: bool,
    /// The address of the page without its language, for the same page in another; nothing where it has none.
    pub place: Option<String>,
    /// The language to propose to whoever comes for the first time.
    pub proposed: Option<Lang>,
}

/// A line that tells of another language.
#[derive(Serialize)]
struct Proposal {
    lang: String,
    dir: &'static str,
    says: String,
    url: String,
}

/// The page in another language.
#[derive(Serialize)]
struct OtherLanguage<'v> {
    lang: &'v str,
    name: &'v str,
    dir: &'static str,
    url: String,
    /// Whether it is the language of this page.
    here: bool,
}

impl View {
    /// Pages of a site for somebody of whom nothing is known.
    pub fn on(site: &Site, rulebook: Arc<Rulebook>, manner: Manner) -> Self {
        let colours = site.colours().map(|colours| colours.address());
        Self { rulebook, manner, colours, answers: Answers::default(), alone: false, place: None, proposed: None }
    }

    /// Pages that are saved as files: their style stands in them.
    pub fn of_files(rulebook: Arc<Rulebook>, lang: Lang) -> Self {
        let (manner, answers) = (Manner::plain(lang), Answers::default());
        Self { rulebook, manner, colours: None, answers, alone: true, place: None, proposed: None }
    }

    /// The same for a page at another address.
    pub fn at(&self, place: Option<String>) -> Self {
        Self {
            rulebook: self.rulebook.clone(),
            manner: self.manner.clone(),
            colours: self.colours.clone(),
            answers: self.answers.clone(),
            alone: self.alone,
            place,
            proposed: None,
        }
    }

    /// The same for somebody with these answers.
    pub fn about(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    /// One of the interface's own texts.
    pub fn word(&self, id: &str) -> String {
        worded(&self.rulebook, &self.manner.lang, &self.answers, id).to_owned()
    }

    /// A text that is only there for some people.
    pub fn word_for_some(&self, id: &str) -> Option<String> {
        instead(&self.rulebook, &self.manner.lang, &self.answers, id).map(str::to_owned)
    }

    /// The same page in every language that is offered.
    fn languages(&self) -> Vec<OtherLanguage<'_>> {
        // Whoever has come to a language that is not offered yet finds the way back.
        let is_choice = self.rulebook.offered.len() > 1 || !self.manner.lang.is_german();
        let Some(place) = self.place.as_ref().filter(|_| is_choice) else { return Vec::new() };
        let place = without_long_words(place);
        let all = self.rulebook.offered.iter().map(|(lang, name)| OtherLanguage {
            lang: lang.code(),
            name,
            dir: lang.direction(),
            url: self.manner.in_other(lang).on(place.trim_end_matches('?')),
            here: *lang == self.manner.lang,
        });
        all.collect()
    }

    /// The page in the language that the visitor probably reads better, said in that language.
    fn proposal(&self) -> Option<Proposal> {
        let lang = self.proposed.as_ref().filter(|lang| **lang != self.manner.lang)?;
        Some(Proposal {
            lang: lang.code().to_owned(),
            dir: lang.direction(),
            says: self.rulebook.word(lang, "language.proposal").to_owned(),
            url: self.manner.in_other(lang).on(self.here()),
        })
    }

    /// The address of the page, however it is shown.
    fn here(&self) -> &str {
        self.place.as_deref().unwrap_or("/").trim_end_matches('?')
    }

    /// A page made of any data.
    pub fn page(&self, template: &str, title: &str, data: &impl Serialize) -> Html<String> {
        self.made_of(template, title, Value::from(Serde(data)))
    }

    /// The same, once for all kinds of data: each kind would bring all of this into the program again.
    fn made_of(&self, template: &str, title: &str, data: Value) -> Html<String> {
        let rulebook = self.rulebook.clone();
        let lang = self.manner.lang.clone();
        let answers = self.answers.clone();
        let word = move |id: Cow<'_, str>, values: Kwargs| -> String {
            let text = fill(worded(&rulebook, &lang, &answers, &id), |name| {
                values.get::<Value>(name).ok().map(|value| Cow::Owned(value.to_string()))
            });
            let _ = values.assert_all_used();
            text
        };
        let rulebook = self.rulebook.clone();
        let linked = move |text: Cow<'_, str>| Value::from_safe_string(linked(&rulebook, &text));
        let joins = joins(&self.rulebook, &self.manner.lang);
        let manner = self.manner.clone();
        let to = move |address: Cow<'_, str>| manner.on(&address);
        let rulebook = self.rulebook.clone();
        let answers = self.answers.clone();
        let german = move |id: Cow<'_, str>| worded(&rulebook, &Lang::german(), &answers, &id).to_owned();
        let compared = self.rulebook.texts.compared(&self.manner.lang);
        // Pages about the rules say of which rules, for programs that gather them.
        let about = template.starts_with("rules-").then(|| {
            let rulebook = &self.rulebook;
            let modified = rulebook.changes.first().map(|change| change.day.to_string());
            let (version, knowledge) = (&rulebook.version, rulebook.knowledge_date.to_string());
            context! { version, modified, knowledge, licence => env!("CARGO_PKG_LICENSE") }
        });
        let page = context! {
            lang => self.manner.lang.code(),
            dir => self.manner.lang.direction(),
            german => self.manner.lang.is_german(),
            languages => Value::from(Serde(&self.languages())),
            proposal => Value::from(Serde(&self.proposal())),
            manner => self.manner.pairs().map(|(name, value)| context! { name, value }).collect::<Vec<_>>(),
            bare => self.manner.bare,
            back => Value::from(Serde(&self.manner.way_back())),
            window => self.manner.bare.then(|| self.manner.alone().on(&without_long_words(self.here()))),
            colours => self.colours.clone(),
            none_compared => compared == Compared::None,
            some_compared => compared == Compared::Some,
            title => title,
            about => about,
            style => self.alone.then(|| assets::text("lotse.css")),
            paper_style => self.alone.then(|| assets::text("paper.css")),
            ..ASSETS.clone()
        };
        let mut words: HashMap<&'static str, Value, RandomState> = joins.into_iter().collect();
        words.extend([
            ("page", page),
            ("t", Value::from_function(word)),
            ("german", Value::from_function(german)),
            ("to", Value::from_function(to)),
            ("linked", Value::from_function(linked)),
            ("slashed", Value::from_function(|text: Value| slashed(&text))),
        ]);
        let known = Value::from_object(Known { words, data });
        let html = TEMPLATES.get_template(template).and_then(|template| template.render(known));
        let html = html.unwrap_or_else(|error| {
            tracing::error!("template {template}: {error:#}");
            self.word("failure.fault.says")
        });
        Html(match self.manner.lang.is_german() {
            true => html,
            false => marked::page(html),
        })
    }
}

/// What a template knows: its data, and the words that all templates share. A sheet looks for them a thousand times.
#[derive(Debug)]
struct Known {
    words: HashMap<&'static str, Value, RandomState>,
    data: Value,
}

impl Object for Known {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let own = self.data.get_attr(key).ok().filter(|value| !value.is_undefined());
        own.or_else(|| self.words.get(key).cloned())
    }
}

/// How templates put texts side by side: `listed(papers)`, `{{ headed(label) }} …`, and `between("list")` where there is more
/// than words on both sides of a mark.
fn joins(rulebook: &Arc<Rulebook>, lang: &Lang) -> [(&'static str, Value); 11] {
    let all = |join: &'static str| {
        let (rulebook, lang) = (rulebook.clone(), lang.clone());
        Value::from_function(move |items: Vec<Value>| {
            Value::from_safe_string(rulebook.joins(&lang).all(join, items.iter().map(html)))
        })
    };
    let one = |put: fn(Joins<'_>, &str) -> String| {
        let (rulebook, lang) = (rulebook.clone(), lang.clone());
        Value::from_function(move |text: Value| Value::from_safe_string(put(rulebook.joins(&lang), &html(&text))))
    };
    let labelled = {
        let (rulebook, lang) = (rulebook.clone(), lang.clone());
        move |label: Value, value: Value| {
            Value::from_safe_string(rulebook.joins(&lang).label(&html(&label), &html(&value)))
        }
    };
    let between = {
        let (rulebook, lang) = (rulebook.clone(), lang.clone());
        move |join: Cow<'_, str>| rulebook.joins(&lang).between(&join).to_owned()
    };
    [
        ("listed", all("list")),
        ("series", all("series")),
        ("row", all("row")),
        ("sentences", all("sentences")),
        ("either", all("or")),
        ("quoted", one(|joins, text| joins.quote(text))),
        ("aside", one(|joins, text| joins.aside(text))),
        ("ended", one(|joins, text| joins.ended(text))),
        ("headed", one(|joins, text| joins.head(text))),
        ("labelled", Value::from_function(labelled)),
        ("between", Value::from_function(between)),
    ]
}

/// A value as it stands in a page: markup stays, everything else is escaped.
fn html(value: &Value) -> String {
    let text = value.to_string();
    if value.is_safe() { text } else { HtmlEscape(&text).to_string() }
}

/// A text whose lines may end behind a slash: no phone is as wide as two professions.
fn slashed(text: &Value) -> Value {
    let slash = HtmlEscape("/").to_string();
    Value::from_safe_string(html(text).replace(&slash, &format!("{slash}<wbr>")))
}

/// A text in which the addresses of offices can be followed, where they stand as people say them: `anabin.kmk.org`.
fn linked(rulebook: &Rulebook, text: &str) -> String {
    let mut html = HtmlEscape(text).to_string();
    let urls = rulebook.authorities.iter().filter_map(|(_, _, authority)| authority.url.as_deref());
    let hosts = urls.filter_map(|url| Some((url, url.strip_prefix("https://")?.trim_end_matches('/'))));
    // Only whole sites: a longer address is written out nowhere in a sentence.
    let known = hosts.filter(|(_, host)| !host.contains('/') && text.contains(host));
    for (url, host) in known.collect::<BTreeSet<_>>() {
        html = html.replace(host, &format!(r#"<a href="{url}" rel="noreferrer">{host}</a>"#));
    }
    html
}
