//! Which words of a translation are German, where the language is written in Latin letters as German is.
//!
//! A name or term stands alike in the German and in the translation. So do words that both languages have: of those the
//! translations speak elsewhere, too, where the German says something else, or write them in small letters.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::without_places;

/// How many of ten texts that have a word must have it in German, too, if it is German.
const OF_TEN: usize = 9;

/// The German words that a language's translations speak.
pub struct Alike<'t> {
    german: HashSet<&'t str>,
}

impl<'t> Alike<'t> {
    /// Found by comparing all texts, each in German and as it is translated. Words of the names that are no German words are
    /// none: Ukraine.
    pub fn of(texts: impl Iterator<Item = (&'t str, &'t str)>, names: impl Iterator<Item = &'t str>) -> Self {
        let names: HashSet<&str> = names.flat_map(words).map(|(word, _)| word).collect();
        let mut spoken: HashMap<&str, (usize, usize)> = HashMap::new();
        for (german, says) in texts {
            let compared = without_places(german);
            for word in words(says).map(|(word, _)| word).collect::<HashSet<_>>() {
                let (all, alike) = spoken.entry(word).or_default();
                *all += 1;
                *alike += usize::from(holds(&compared, word));
            }
        }
        let is_german = |word: &str, (all, alike): (usize, usize)| {
            // A noun of its own is written in small letters within a sentence; one of German at most in an address.
            let small = spoken.get(&*word.to_lowercase()).filter(|_| begins_great(word)).map_or(0, |(all, _)| *all);
            small * 10 <= all && !names.contains(word) && word.chars().count() > 1 && alike * 10 >= all * OF_TEN
        };
        Self {
            german: spoken.iter().filter(|(word, counts)| is_german(word, **counts)).map(|(word, _)| *word).collect(),
        }
    }

    /// The German names, terms and quotations of one text, in whole: „Agentur für Arbeit“.
    pub fn terms(&self, german: &str, says: &str) -> Vec<Arc<str>> {
        let words: Vec<(&str, usize)> = words(says).collect();
        let is_german = |at: usize| self.german.contains(words[at].0);
        let mut terms = quotations(german, says);
        let mut first = 0;
        while first < words.len() {
            let from = words[first].1;
            // As far as the German reads the same; to the last word that is German.
            let reads = |last: &usize| {
                let said = &says[from..words[*last].1 + words[*last].0.len()];
                !said.contains(['.', ',', ':', ';', '(', ')', '{', '\n']) && stands(german, said)
            };
            if !is_german(first) {
                first += 1;
                continue;
            }
            let last = (first..words.len()).take_while(reads).filter(|last| is_german(*last)).last().unwrap_or(first);
            if (first..=last).any(|at| begins_great(words[at].0)) {
                terms.push(says[from..words[last].1 + words[last].0.len()].into());
            }
            first = last + 1;
        }
        terms
    }
}

/// What stands in quotation marks or brackets in a translation, and word for word in the German.
fn quotations(german: &str, says: &str) -> Vec<Arc<str>> {
    let pairs = [('“', '”'), ('‘', '’'), ('(', ')')];
    let within = |(open, close): (char, char)| {
        says.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(within, _)| within))
    };
    let whole = |text: &&str| words(text).nth(1).is_some() && !text.contains('{') && stands(german, text);
    pairs.into_iter().flat_map(within).filter(whole).map(Arc::from).collect()
}

/// The words of a text, with the places where they begin: "Kita-Helfer", "Sprach-".
fn words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end =
            text[start..].find(|sign: char| !sign.is_alphanumeric() && sign != '-').map_or(text.len(), |at| start + at);
        rest = end;
        Some((&text[start..end], start))
    })
    .filter(|(word, _)| word.contains(char::is_alphabetic))
}

/// Whether a text holds a word: a short one as it is, a longer one also within another word and with another ending, as in
/// "das Kommunale Integrationszentrum".
fn holds(text: &str, word: &str) -> bool {
    let long = |word: &str| word.chars().nth(3).is_some();
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| long(stem)).unwrap_or(word);
    match long(word) {
        true => text.contains(word) || text.to_lowercase().contains(&stem.to_lowercase()),
        false => stands(text, word),
    }
}

/// How German words end.
const ENDINGS: [&str; 7] = ["ung", "es", "er", "en", "em", "e", "s"];

/// Whether words stand in a text as they are, whole.
fn stands(text: &str, words: &str) -> bool {
    let within = |sign: char| sign.is_alphanumeric() || sign == '-';
    text.match_indices(words).any(|(at, _)| {
        !text[..at].ends_with(within) && (words.ends_with('-') || !text[at + words.len()..].starts_with(within))
    })
}

fn begins_great(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_terms_and_quotations_are_german_and_words_of_both_languages_are_not() {
        let texts = [
            ("Fragen Sie die Agentur für Arbeit in Köln.", "Ask the Agentur für Arbeit in Köln."),
            ("In der Kita fragen.", "Ask in the Kita."),
            ("Fragen Sie: „Gibt es das noch?“ (Zulassung)", "Ask: “Gibt es das noch?” (Zulassung)"),
            ("Das Internet hilft.", "The internet helps. In short: Internet."),
            ("Im Netz steht es: Ukraine.", "In there it stands: Ukraine."),
            ("Fragen Sie das Kommunale Integrationszentrum.", "Ask the Kommunales Integrationszentrum."),
        ];
        let alike = Alike::of(texts.into_iter(), ["Ukraine"].into_iter());
        let terms = |(german, says)| alike.terms(german, says).iter().map(|term| term.to_string()).collect::<Vec<_>>();
        assert_eq!(terms(texts[0]), ["Agentur für Arbeit in Köln"]);
        assert_eq!(terms(texts[1]), ["Kita"]);
        assert_eq!(terms(texts[2])[0], "Gibt es das noch?");
        assert!(terms(texts[2]).contains(&"Zulassung".to_owned()));
        assert_eq!(terms(texts[5]), ["Kommunales", "Integrationszentrum"]);
        assert_eq!(terms(texts[3]), Vec::<String>::new());
        assert_eq!(terms(texts[4]), Vec::<String>::new());
    }
}
