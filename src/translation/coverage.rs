//! How much of what people see a language says, and whether it may be offered.

use schemars::JsonSchema;
use serde::Serialize;

use super::mixed_up::{MixedUp, mixed_up};
use super::sight::Sight;
use crate::language::{Lang, Round, State, Text, round};
use crate::rulebook::Rulebook;

/// Of all words that people see, so many in a hundred must be translated before a language is offered.
pub const ENOUGH: f64 = 95.0;

/// What a language says, counted by what people see.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// The language.
    pub lang: String,
    /// Of all words on all sheets of the Musterfälle, so many in a hundred are translated.
    pub words_seen: f64,
    /// The same round by round.
    pub rounds: Vec<Share>,
    /// Texts without a translation.
    pub missing: usize,
    /// Texts whose German was changed since.
    pub stale: usize,
    /// Translated texts that nobody has compared with the German.
    pub unreviewed: usize,
    /// Translated texts that somebody has.
    pub reviewed: usize,
    /// What must be there before it may be offered and is not, what most people see first.
    pub needed: Vec<Lacking>,
    /// What else is lacking, what most people see first.
    pub further: Vec<Lacking>,
    /// What translations mix up easily and nobody has compared yet.
    pub mixed_up: Vec<MixedUp>,
}

/// How much of a round is translated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Share {
    /// The round.
    pub round: Round,
    /// Its texts.
    pub texts: usize,
    /// Those that are translated.
    pub translated: usize,
    /// Of its words on all sheets, so many in a hundred are translated.
    pub words_seen: f64,
}

/// A text that a language lacks.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Lacking {
    /// Its name.
    pub text: String,
    /// On how many sheets it stands.
    pub sheets: usize,
    /// Whether there is a translation of German that was changed since.
    pub stale: bool,
}

impl Coverage {
    /// How many texts it lacks.
    pub fn lacks(&self) -> usize {
        self.missing + self.stale
    }

    /// Whether the language may be offered.
    pub fn is_enough(&self) -> bool {
        self.needed.is_empty() && self.words_seen >= ENOUGH
    }
}

/// Texts that must all be there: what the wizard says, and what every sheet rests on, wherever it stands on one. The names
/// of countries come from a list that knows no former states.
fn is_needed(id: &str, round: Round, sheets: usize) -> bool {
    match round {
        Round::Wizard => true,
        Round::Sheet => sheets > 0 && !id.starts_with("table."),
        _ => false,
    }
}

/// Counts what a language says.
pub fn coverage(rulebook: &Rulebook, lang: &Lang, sight: &Sight) -> Coverage {
    let texts = &rulebook.texts;
    let mut all = Coverage {
        lang: lang.code().to_owned(),
        words_seen: 0.0,
        rounds: Vec::new(),
        missing: 0,
        stale: 0,
        unreviewed: 0,
        reviewed: 0,
        needed: Vec::new(),
        further: Vec::new(),
        mixed_up: mixed_up(rulebook, lang, sight),
    };
    let mut tally: Vec<(Round, Part)> = Vec::new();
    let mut whole = Part::default();
    let mut lacking: Vec<(Round, Text, bool)> = Vec::new();
    for (text, german) in texts.each() {
        let Some(of) = round(texts.id(text), german) else { continue };
        let state = texts.state(lang, text);
        match state {
            State::Missing => all.missing += 1,
            State::Stale => all.stale += 1,
            State::Unreviewed => all.unreviewed += 1,
            State::Reviewed => all.reviewed += 1,
            State::StaysGerman => continue,
        }
        let part = match tally.iter().position(|(known, _)| *known == of) {
            Some(at) => &mut tally[at].1,
            None => {
                tally.push((of, Part::default()));
                let last = tally.len() - 1;
                &mut tally[last].1
            }
        };
        let words = german.split_whitespace().count() * sight.on(rulebook, text);
        part.count(words, state);
        whole.count(words, state);
        if !state.is_translated() {
            lacking.push((of, text, state == State::Stale));
        }
    }
    tally.sort_by_key(|(round, _)| *round);
    all.rounds = tally.into_iter().map(|(round, part)| part.share(round)).collect();
    all.words_seen = whole.percent();
    lacking.sort_by_key(|(_, text, _)| std::cmp::Reverse(sight.on(rulebook, *text)));
    for (of, text, stale) in lacking {
        let (id, sheets) = (texts.id(text), sight.on(rulebook, text));
        let lacking = Lacking { text: id.to_owned(), sheets, stale };
        if is_needed(id, of, sheets) { all.needed.push(lacking) } else { all.further.push(lacking) }
    }
    all
}

/// Texts counted together.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    texts: usize,
    translated: usize,
    words: usize,
    words_translated: usize,
}

impl Part {
    fn count(&mut self, words: usize, state: State) {
        let translated = state.is_translated();
        self.texts += 1;
        self.words += words;
        self.translated += usize::from(translated);
        self.words_translated += if translated { words } else { 0 };
    }

    /// Rounded down, so that nothing looks whole that is not.
    fn percent(self) -> f64 {
        match self.words {
            0 => 100.0,
            words => (self.words_translated as f64 / words as f64 * 1000.0).floor() / 10.0,
        }
    }

    fn share(self, round: Round) -> Share {
        Share { round, texts: self.texts, translated: self.translated, words_seen: self.percent() }
    }
}
