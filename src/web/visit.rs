//! What one request works with, read from its address once.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;

use super::Site;
use super::earlier::Earlier;
use super::edition::Edition;
use super::link::{CAME_ON, DAY, Link, VERSION, address};
use super::manner::{self, BACK, Manner, WayBack};
use super::preferred::proposed;
use super::view::View;
use crate::interview::{Answers, Evaluation, Misfit, MisfitKind, Replay, consistent, evaluate, replay};
use crate::language::{Alphabet, Joins, Lang, Text, fill, marked};
use crate::rulebook::{CameOn, Fact, Id, Question, Rulebook, ValueSet};
use crate::sheet::{BLANK, Block, LetterDay, Sheet, compose, compose_for_person, day};
use crate::since::tell_ahead;
use crate::terms::Day;

/// A visit: the rules, the day, and what the address says.
pub struct Visit {
    pub site: Arc<Site>,
    /// The rules in force today.
    pub edition: Arc<Edition>,
    /// The rules the page speaks of: those in force, unless an earlier sheet is shown as it was.
    pub rulebook: Arc<Rulebook>,
    pub today: Date,
    pub link: Link,
    /// How the page is shown, and all that it leads to.
    pub manner: Manner,
    /// The day the page speaks of.
    pub date: Date,
    /// The earlier sheet the link speaks of: compared with today's, or shown as it was.
    pub earlier: Option<Earlier>,
    pub view: View,
}

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let visit = Self::new(site.clone(), parts.uri.query().unwrap_or_default());
        Ok(visit.at(&parts.uri, &parts.headers))
    }
}

impl Visit {
    /// Reads the part of an address behind the `?`. What means nothing in it is kept as a fault of the link.
    pub fn new(site: Arc<Site>, query: &str) -> Self {
        let edition = site.edition();
        let mut rulebook = edition.rulebook.clone();
        let today = edition.day;
        let mut link = Link::read(&rulebook, query);
        let earlier = Earlier::of(&link, &rulebook, query, today);
        let mut date = link.day.unwrap_or(today);
        match earlier.as_ref().map(|earlier| earlier.rules().filter(|_| link.as_it_was)) {
            Some(Some(rules)) => {
                rulebook = rules.clone();
                link = Link::read(&rulebook, query);
            }
            Some(None) => {
                date = today;
                link.as_it_was = false;
            }
            None => link.as_it_was = false,
        }
        // A letter that is still to come is a slip of the pen.
        if let Some(day) = link.came_on.take_if(|day| *day > today) {
            link.misfits.push(Misfit {
                key: CAME_ON.to_owned(),
                value: day.to_string(),
                kind: MisfitKind::Option,
                suggestion: None,
            });
        }
        let back = link.back.as_ref().and_then(|back| WayBack::to(back, site.hosts()));
        if let Some(value) = link.back.take_if(|_| back.is_none()) {
            // Which address that was is not repeated: it may be meant to be read here.
            link.misfits.push(Misfit { key: BACK.to_owned(), value, kind: MisfitKind::Question, suggestion: None });
        }
        let manner = Manner { lang: link.lang.clone(), bare: link.bare, back };
        let view = View::on(&site, rulebook.clone(), manner.clone()).about(link.answers.clone());
        Self { site, edition, today, rulebook, link, manner, date, earlier, view }
    }

    /// The same visit to a page at this address, which can be read in other languages, too. Whoever comes to the start page
    /// without a word about the language is told of theirs.
    fn at(mut self, uri: &Uri, headers: &HeaderMap) -> Self {
        let query = uri.query().unwrap_or_default();
        self.view.place = Some(format!("{}?{}", uri.path(), manner::without(query)));
        if uri.path() == "/" && query.is_empty() {
            self.view.proposed = proposed(headers, &self.edition.rulebook);
        }
        self
    }

    /// A text of the rules in the visitor's language.
    pub fn say(&self, text: Text) -> &str {
        self.rulebook.texts.say(&self.link.lang, text)
    }

    /// How texts are put side by side in the visitor's language.
    pub fn joins(&self) -> Joins<'_> {
        self.rulebook.joins(&self.link.lang)
    }

    /// The letters of the visitor's language.
    pub fn alphabet(&self) -> Alphabet<'_> {
        Alphabet::new(self.rulebook.word(&self.link.lang, "alphabet"))
    }

    /// A name that is German in every language.
    pub fn name(&self, name: &str) -> String {
        if self.link.lang.is_german() { name.to_owned() } else { marked::stays(name).into() }
    }

    /// German that has no translation, marked as such for whoever reads another language.
    pub fn in_german(&self, german: &str) -> String {
        if self.link.lang.is_german() { german.to_owned() } else { marked::german(german).into() }
    }

    /// The same visit of somebody who reads German.
    pub fn in_german_too(&self) -> Self {
        let place = self.manner.in_other(&Lang::german()).on(self.view.place.as_deref().unwrap_or_default());
        Self::new(self.site.clone(), place.split_once('?').map_or("", |(_, query)| query))
    }

    /// An address of ours, shown as this page is, with answers and further pairs.
    pub fn address(&self, path: &str, answers: &Answers, more: &[(&str, &str)]) -> String {
        let came_on = self.came_on(answers).map(|day| day.to_string());
        let came_on = came_on.as_deref().map(|day| (CAME_ON, day));
        let more: Vec<(&str, &str)> = more.iter().copied().chain(came_on).collect();
        self.manner.on(&address(&self.rulebook, path, answers, &more))
    }

    /// The address of the earlier sheet: compared with today's, or as it was.
    pub fn earlier_address(&self, earlier: &Earlier, path: &str, answers: &Answers, as_it_was: bool) -> String {
        let address = earlier.address(path, &self.rulebook, answers, as_it_was);
        let came_on = self.came_on(answers).map(|day| format!("&{CAME_ON}={day}")).unwrap_or_default();
        self.manner.on(&(address + &came_on))
    }

    /// The day on which the letter came, as long as the answers speak of a letter.
    pub fn came_on(&self, answers: &Answers) -> Option<Date> {
        self.link.came_on.filter(|_| answers.iter().any(|(id, _)| self.asks_came_on(id, answers).is_some()))
    }

    /// The field for that day beside a question, unless these answers say that no letter has come.
    pub fn asks_came_on(&self, question: Id<Question>, answers: &Answers) -> Option<&CameOn> {
        let said = |fact| match fact {
            Fact::Question(question) => answers.get(question).unwrap_or_default(),
            Fact::Derived(_) => ValueSet::default(),
        };
        self.rulebook.questions[question].came_on.as_ref().filter(|day| !day.unless.holds(said))
    }

    /// An address of a page that needs no answers.
    pub fn plain_address(&self, path: &str) -> String {
        self.address(path, &Answers::default(), &[])
    }

    /// The lasting address of what these answers give on a day: with day and version of the rules.
    pub fn lasting_address(&self, path: &str, answers: &Answers, date: Date) -> String {
        self.address(path, answers, &[(DAY, &date.to_string()), (VERSION, &self.rulebook.version)])
    }

    /// The address under which a page shows what this one shows, at any time.
    pub fn here(&self, path: &str, answers: &Answers) -> String {
        match &self.earlier {
            Some(earlier) => self.earlier_address(earlier, path, answers, self.link.as_it_was),
            None => self.lasting_address(path, answers, self.date),
        }
    }

    /// A page of this visit.
    pub fn page(&self, template: &str, title: &str, data: &impl Serialize) -> Response {
        self.view.page(template, title, data).into_response()
    }

    /// The parts of the link that mean nothing, in words for visitors.
    pub fn notice(&self) -> Vec<String> {
        self.link.misfits.iter().map(|misfit| self.misfit_line(misfit)).collect()
    }

    fn misfit_line(&self, misfit: &Misfit) -> String {
        let id = match misfit.kind {
            MisfitKind::Question => "notice.unknown-question",
            MisfitKind::Option => "notice.unknown-option",
            MisfitKind::Several => "notice.one-only",
        };
        // Only so much of a foreign word is shown as is needed to recognise it.
        let short = |text: &str| text.chars().take(60).collect::<String>().into();
        fill(self.rulebook.word(&self.link.lang, id), |name| match name {
            "key" => Some(short(&misfit.key)),
            "value" => Some(short(&misfit.value)),
            _ => None,
        })
    }

    /// The answers that others rule out, in words for visitors.
    pub fn left_out(&self) -> Vec<String> {
        let (_, left_out) = consistent(&self.rulebook, &self.link.answers);
        let told = |id| {
            fill(self.rulebook.word(&self.link.lang, "notice.left-out"), |name| {
                (name == "what").then(|| self.say(self.rulebook.questions[id].label).into())
            })
        };
        left_out.into_iter().map(told).collect()
    }

    /// For files, which have no room for a notice: what means nothing in the link, in place of the file.
    pub fn refusal(&self) -> Option<Response> {
        let says = marked::plain(self.notice().join("\n") + "\n", &self.link.lang);
        (!self.link.misfits.is_empty()).then(|| (StatusCode::BAD_REQUEST, says).into_response())
    }

    /// For programs: what means nothing in the link, in place of what they asked for.
    pub fn errors(&self) -> Option<Response> {
        let error = |(misfit, says): (&Misfit, String)| {
            serde_json::json!({
                "key": misfit.key,
                "value": misfit.value,
                "says": marked::bare(&says),
                "suggestion": misfit.suggestion,
            })
        };
        let errors: Vec<_> = self.link.misfits.iter().zip(self.notice()).map(error).collect();
        let body = || Json(serde_json::json!({ "errors": errors }));
        (!errors.is_empty()).then(|| (StatusCode::BAD_REQUEST, body()).into_response())
    }

    /// The interview as these answers make it go.
    pub fn replay(&self) -> Replay {
        replay(&self.rulebook, &self.link.answers, self.date)
    }

    /// The sheet for the person, and the interview it comes from.
    pub fn sheet(&self) -> (Replay, Sheet) {
        self.composed(compose_for_person)
    }

    /// The same with the page for the Träger.
    pub fn whole_sheet(&self) -> (Replay, Sheet) {
        self.composed(compose)
    }

    /// In what is said on the telephone, the day on which the letter came stands in place of the blank for it.
    fn say_when_it_came(&self, sheet: &mut Sheet, came_on: Date) {
        let sentence = |lang: &Lang, when: &str| {
            fill(self.rulebook.word(lang, "sheet.letter-spoken"), |name| {
                (name == "day").then(|| when.to_owned().into())
            })
        };
        let (german, came_on) = (Lang::german(), day(came_on));
        let scripts = sheet.blocks.iter_mut().find_map(|block| match block {
            Block::SayIt(scripts) => Some(&mut scripts.scripts),
            _ => None,
        });
        let blank = sentence(&german, BLANK);
        for script in scripts.into_iter().flatten() {
            // A translation of the blank stands beside it, in whatever words.
            for (at, said) in script.phone.iter_mut().enumerate().filter(|(_, said)| **said == blank) {
                *said = sentence(&german, &came_on);
                if let Some(help) = script.phone_help.get_mut(at) {
                    *help = sentence(&self.link.lang, &came_on);
                }
            }
        }
    }

    fn composed(
        &self,
        compose: impl Fn(&Rulebook, &Answers, &Evaluation<'_>, Date, &Lang) -> Sheet,
    ) -> (Replay, Sheet) {
        let date = self.date;
        let mut replay = self.replay();
        replay.answers = consistent(&self.rulebook, &self.link.answers).0;
        let evaluation = evaluate(&self.rulebook, &replay.answers, date);
        let mut sheet = compose(&self.rulebook, &replay.answers, &evaluation, date, &self.link.lang);
        sheet.letter = self.came_on(&replay.answers).map(|came_on| LetterDay {
            came_on: Day(came_on),
            says: fill(self.rulebook.word(&self.link.lang, "sheet.letter"), |name| {
                (name == "day").then(|| day(came_on).into())
            }),
        });
        if let Some(came_on) = self.came_on(&replay.answers) {
            self.say_when_it_came(&mut sheet, came_on);
        }
        tell_ahead(&mut sheet, &self.rulebook, &replay.answers, &evaluation, &self.link.lang);
        match &self.earlier {
            Some(earlier) if self.link.as_it_was => earlier.mark(&mut sheet, &self.link, &replay.answers),
            Some(earlier) => earlier.tell(&mut sheet, &self.rulebook, &self.link, &replay.answers),
            None => {}
        }
        (replay, sheet)
    }
}
