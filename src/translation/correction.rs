//! Whether a change of a German text is one of spelling alone, so that its translations still say the same.
//!
//! Whoever changes the text says so; here is looked for what speaks against it. Which words weigh stands in `lint.yaml`.

use std::fmt;

use crate::language::{is_word, numbers, without_places, words};
use crate::rulebook::Rulebook;

/// What speaks against a change being one of spelling alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weighs {
    /// `lint.yaml` does not say which words weigh.
    NoList,
    /// Other numbers, days among them.
    Digits,
    /// Another number of paragraphs.
    Paragraphs,
    /// Other places to be filled.
    Places,
    /// A question that was none, or the other way round.
    Question,
    /// A word that weighs is there no more, or is new.
    Word(String),
    /// A term of the glossary is there no more, or is new.
    Term(String),
    /// More letters than a slip of the pen.
    Letters(usize),
}

impl fmt::Display for Weighs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoList => {
                f.write_str("lint.yaml nennt unter `translations: corrections:` nicht, welche Wörter zählen")
            }
            Self::Digits => f.write_str("Eine Zahl ist anders"),
            Self::Paragraphs => f.write_str("Ein § ist dazugekommen oder fehlt"),
            Self::Places => f.write_str("Eine Stelle in geschweiften Klammern ist anders"),
            Self::Question => f.write_str("Aus einer Frage wurde eine Aussage, oder umgekehrt"),
            Self::Word(word) => write!(f, "An diesem Wort hängt der Sinn: „{word}“"),
            Self::Term(term) => write!(f, "Ein Fachwort ist anders: „{term}“"),
            Self::Letters(count) => write!(f, "{count} Buchstaben sind anders, mehr als bei einem Tippfehler"),
        }
    }
}

/// What speaks against two German texts being one, spelled in two ways; nothing where nothing does.
pub fn weighs(rulebook: &Rulebook, before: &str, now: &str) -> Option<Weighs> {
    let translations = rulebook.lint.as_ref().and_then(|lint| lint.translations.as_ref());
    let Some(corrections) = translations.and_then(|translations| translations.corrections.as_ref()) else {
        return Some(Weighs::NoList);
    };
    let differ = |count: &dyn Fn(&str) -> usize| count(before) != count(now);
    if !crate::language::places(before).eq(crate::language::places(now)) {
        return Some(Weighs::Places);
    }
    if !numbers(&without_places(before)).eq(numbers(&without_places(now))) {
        return Some(Weighs::Digits);
    }
    if differ(&|text| text.matches('§').count()) {
        return Some(Weighs::Paragraphs);
    }
    if differ(&|text| text.matches('?').count()) {
        return Some(Weighs::Question);
    }
    if let Some(word) = first_that_differs(&weighty(rulebook, before), &weighty(rulebook, now)) {
        return Some(Weighs::Word(word.to_owned()));
    }
    let mut forms = rulebook.terms.iter().flat_map(|(_, _, term)| &term.forms);
    if let Some(form) = forms.find(|form| differ(&|text| times(text, form))) {
        return Some(Weighs::Term(form.clone()));
    }
    let changed = strsim::levenshtein(&letters(before), &letters(now));
    (changed > corrections.most_letters as usize).then_some(Weighs::Letters(changed))
}

/// The words of a text that weigh, as they are written and in their order: negations, those that translations mix up, and the
/// further ones that `lint.yaml` names.
fn weighty<'t>(rulebook: &Rulebook, text: &'t str) -> Vec<&'t str> {
    let lint = || rulebook.lint.iter();
    let translations = || lint().flat_map(|lint| &lint.translations);
    let negations = lint().flat_map(|lint| &lint.negation).map(|negation| &negation.words);
    let mixed_up = translations().flat_map(|translations| translations.mixed_up.values()).map(|pair| &pair.words);
    let further = translations().flat_map(|translations| &translations.corrections).map(|known| &known.words);
    let known: Vec<&str> = negations
        .chain(mixed_up)
        .chain(further)
        .flat_map(|words| words.iter())
        .map(|word| word.value.as_str())
        .collect();
    words(text).filter(|word| known.iter().any(|known| is_word(word, known))).collect()
}

fn first_that_differs<'t>(before: &[&'t str], now: &[&'t str]) -> Option<&'t str> {
    let same = before.iter().zip(now).take_while(|(before, now)| before == now).count();
    before.get(same).or(now.get(same)).copied()
}

/// How often a form stands in a text as words of its own.
fn times(text: &str, form: &str) -> usize {
    let within = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
    let alone = |at: usize| !within(text[..at].chars().next_back()) && !within(text[at + form.len()..].chars().next());
    text.match_indices(form).filter(|(at, _)| alone(*at)).count()
}

/// Letters alone: signs and blanks are spelling.
fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
