//! How coded words read: every sentence comes from the rulebook's texts, this file only looks them up.

use std::borrow::Cow;

use jiff::civil::Date;

use super::model::{CertaintyMark, Figure, InTranslation, Mark, Named, SourceLine};
use crate::interview::{Answers, worded};
use crate::language::{Compared, Joins, Lang, State, Text, fill, marked};
use crate::rulebook::{Cost, Fact, German, Id, Question, Rulebook, Source, Time, ValueSet};
use crate::terms::{Certainty, Concern, Day, PaperForm, Standing, Translation};

/// A day as it stands in German letters, in every language, so that both can be compared: 06.12.2024.
pub fn day(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// What is not known, in words to be spoken or sent.
pub const BLANK: &str = "________";

/// The rulebook's texts in one language, with the answers at hand for texts that speak of them.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub rulebook: &'a Rulebook,
    pub lang: &'a Lang,
    pub answers: &'a Answers,
}

impl<'a> Wording<'a> {
    pub fn say(&self, text: Text) -> &'a str {
        self.rulebook.texts.say(self.lang, text)
    }

    pub fn owned(&self, text: Text) -> String {
        self.say(text).to_owned()
    }

    /// A name, a term or an address, which is German in every language.
    pub fn name(&self, name: &str) -> String {
        if self.lang.is_german() { name.to_owned() } else { marked::stays(name).into() }
    }

    pub fn maybe(&self, text: Option<Text>) -> Option<String> {
        text.map(|text| self.owned(text))
    }

    /// How texts are put side by side.
    pub fn joins(&self) -> Joins<'a> {
        self.rulebook.joins(self.lang)
    }

    /// One of the interface's own texts.
    pub fn word(&self, id: &str) -> String {
        worded(self.rulebook, self.lang, self.answers, id).to_owned()
    }

    /// One of the interface's own texts with `{name}` places filled.
    pub fn word_with(&self, id: &str, values: &[(&str, &str)]) -> String {
        fill(worded(self.rulebook, self.lang, self.answers, id), |name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value))
        })
    }

    /// That the German text counts, in both languages, and whether anybody has compared the translation with it.
    pub fn in_translation(&self) -> Option<InTranslation> {
        if self.lang.is_german() {
            return None;
        }
        let counts = "language.german-counts";
        let german =
            self.rulebook.texts.word(counts).map(|text| marked::stays(self.rulebook.texts.german(text)).into());
        let compared = self.rulebook.texts.compared(self.lang);
        let unreviewed = match compared {
            Compared::None => Some(self.word("language.unreviewed")),
            Compared::Some => Some(self.word("language.unreviewed-some")),
            Compared::All => None,
        };
        let says = self.joins().sentences([Some(self.word(counts)), german, unreviewed].into_iter().flatten());
        Some(InTranslation { says, compared })
    }

    /// A text in which `{question-id}` stands for the chosen option. German that stands in for a missing translation has
    /// German answers in it: no sentence is in two languages.
    pub fn about_answers(&self, text: Text) -> String {
        let known = |question| self.knows(question);
        let state = self.rulebook.texts.state(self.lang, text);
        if self.lang.is_german() || state.is_translated() {
            return self.with_answers(text, &self.word("sheet.not-known"), known);
        }
        let german = Wording { lang: &Lang::german(), ..*self };
        let german = german.with_answers(text, &german.word("sheet.not-known"), known);
        if state == State::StaysGerman { marked::stays(&german).into() } else { marked::german(&german).into() }
    }

    /// Words to be spoken or sent to people who speak German: German in every language, and so are the answers in them. What
    /// is not known, and what an answer only names a group of, is a blank to fill in.
    pub fn spoken(&self, text: Text) -> String {
        Wording { lang: &Lang::german(), ..*self }.with_answers(text, BLANK, |question| self.names(question))
    }

    /// The same in the reader's language, to read what the German says; nothing where the reader reads German, and where
    /// the language lacks it.
    pub fn reading_help(&self, text: Text) -> Option<String> {
        let translated = self.rulebook.texts.state(self.lang, text).is_translated();
        translated.then(|| self.with_answers(text, BLANK, |question| self.names(question)))
    }

    fn with_answers(&self, text: Text, otherwise: &str, told: impl Fn(Id<Question>) -> bool) -> String {
        fill(self.say(text), |name| {
            let question = self.rulebook.questions.id(name)?;
            let answer = told(question).then(|| self.joins().list(self.chosen(question)));
            Some(Cow::Owned(answer.unwrap_or_else(|| otherwise.to_owned())))
        })
    }

    /// Whether the answer is known.
    fn knows(&self, question: Id<Question>) -> bool {
        let unknown = self.rulebook.questions[question].unknown;
        self.answers.get(question).is_some_and(|values| !values.contains(unknown))
    }

    /// Whether the answer is known and names what it means.
    pub fn names(&self, question: Id<Question>) -> bool {
        let options = &self.rulebook.questions[question].options;
        let named = |values: ValueSet| values.iter().all(|value| !options[Id::new(value)].unnamed);
        self.knows(question) && self.answers.get(question).is_some_and(named)
    }

    /// The texts of the chosen options.
    pub fn chosen(&self, question: Id<Question>) -> Vec<&'a str> {
        let fact = Fact::Question(question);
        let values = self.answers.get(question).unwrap_or_default();
        values.iter().map(|value| self.say(self.rulebook.value_text(fact, value))).collect()
    }

    /// A source under its number on a sheet.
    pub fn source_line(&self, id: Id<Source>, number: usize, foremost: bool) -> SourceLine {
        let source = &self.rulebook.sources[id];
        SourceLine {
            number,
            foremost,
            id: self.rulebook.sources.name(id).to_owned(),
            title: self.owned(source.title),
            publisher: self.name(&source.publisher),
            state: source.state.map_or_else(
                || self.word("sheet.undated"),
                |state| self.word_with("sheet.state", &[("day", &day(state))]),
            ),
            state_day: source.state.map(Day),
            checked_on: day(source.checked_on),
            checked_day: Day(source.checked_on),
            url: source.url.clone(),
            note: self.maybe(source.note),
        }
    }

    pub fn certainty(&self, certainty: Certainty) -> CertaintyMark {
        CertaintyMark { id: certainty, text: self.word(&format!("certainty.{}", certainty.into_str())) }
    }

    pub fn standing(&self, standing: Standing) -> String {
        self.word(&format!("standing.{}", standing.into_str()))
    }

    pub fn concern(&self, concern: Concern) -> String {
        self.word(&format!("concern.{}", concern.into_str()))
    }

    pub fn cost(&self, cost: &Cost) -> Figure {
        self.figure("cost", cost.kind.into_str(), cost.amount, cost.year, cost.source)
    }

    pub fn time(&self, time: &Time) -> Figure {
        self.figure("time", time.kind.into_str(), Some(time.says), time.year, time.source)
    }

    fn figure(
        &self,
        family: &str,
        id: &str,
        says: Option<Text>,
        year: Option<u16>,
        source: Option<Id<Source>>,
    ) -> Figure {
        Figure {
            kind: Named { id: id.to_owned(), text: self.word(&format!("{family}.{id}")) },
            says: says.map_or_else(|| self.word("sheet.amount-not-known"), |text| self.owned(text)),
            known: says.is_some(),
            year,
            source: source.map(Mark::of),
        }
    }

    pub fn form(&self, form: PaperForm) -> Named {
        self.named("paper-form", form.into_str())
    }

    pub fn translation(&self, translation: Translation) -> Named {
        self.named("translation", translation.into_str())
    }

    fn named(&self, family: &str, id: &str) -> Named {
        Named { id: id.to_owned(), text: self.word(&format!("{family}.{id}")) }
    }

    /// "Deutsch B2 wird empfohlen." Earlier states of the rules may leave the level open.
    pub fn german(&self, german: &German) -> String {
        let Some(level) = &german.level else { return self.word("german.unknown") };
        let kind = format!("german.{}", german.kind.into_str());
        self.word_with(&kind, &[("level", &level.to_uppercase())])
    }
}
