//! Texts that translators mix up easily, for whoever compares them: recognition and evaluation, may and must, by and until. Which
//! words those are stands in `lint.yaml`.

use schemars::JsonSchema;
use serde::Serialize;

use super::sight::Sight;
use crate::language::{Lang, State, Text, is_word, words};
use crate::rulebook::Rulebook;

/// A pair that is easily mixed up, and the texts that hold a word of it and that nobody has compared yet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MixedUp {
    /// The pair, as `lint.yaml` names it.
    pub pair: String,
    /// What to mind, in German.
    pub mind: String,
    /// The texts, what most people see first.
    pub texts: Vec<Uncompared>,
}

/// A text that should be compared.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Uncompared {
    /// Its name.
    pub text: String,
    /// On how many sheets it stands.
    pub sheets: usize,
}

/// The pairs that are easily mixed up, with the texts of a language that nobody has compared.
pub fn mixed_up(rulebook: &Rulebook, lang: &Lang, sight: &Sight) -> Vec<MixedUp> {
    let texts = &rulebook.texts;
    let mut unreviewed: Vec<(usize, Text, &str)> = texts
        .each()
        .filter(|(text, _)| texts.state(lang, *text) == State::Unreviewed)
        .map(|(text, german)| (sight.on(rulebook, text), text, german))
        .collect();
    unreviewed.sort_by_key(|(sheets, text, _)| (std::cmp::Reverse(*sheets), *text));
    let mut pairs = Vec::new();
    let lint = rulebook.lint.iter().flat_map(|lint| &lint.translations);
    for (name, pair) in lint.flat_map(|translations| translations.mixed_up.iter()) {
        let holds = |german: &str| words(german).any(|word| pair.words.iter().any(|known| is_word(word, known)));
        let texts = unreviewed.iter().filter(|(_, _, german)| holds(german));
        pairs.push(MixedUp {
            pair: name.value.clone(),
            mind: pair.mind.value.clone(),
            texts: texts
                .map(|(sheets, text, _)| Uncompared { text: rulebook.texts.id(*text).to_owned(), sheets: *sheets })
                .collect(),
        });
    }
    pairs
}
