//! Passives: they hide who acts, and "who decides" is what this program is about.

use super::Finding;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule, Passive};
use crate::language::{is_word, words};

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Vec<Finding> {
    let Some(passive) = &lint.passive else { return Vec::new() };
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        for clause in sentence.split([',', '–', '(', ')']) {
            let Some(helper) = words(clause).find(|word| passive.helpers.iter().any(|known| is_word(word, known)))
            else {
                continue;
            };
            let Some(participle) = words(clause).find(|word| is_participle(word, passive)) else { continue };
            let headline = format!("Ein Satz in `{}` sagt nicht, wer handelt: „{helper} … {participle}“", reading.id);
            found.push(Finding {
                rule: LintRule::Passive,
                text: reading.id.to_owned(),
                diagnostic: Diagnostic::new(Code::Passive, headline, reading.place_of(sentence), "beginnt hier")
                    .help("Nennen Sie, wer es tut: „Das Amt prüft …“"),
            });
        }
    }
    found
}

fn is_participle(word: &str, passive: &Passive) -> bool {
    let begins =
        |beginnings: &crate::yaml::Ids| beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
    let small = word.chars().next().is_some_and(char::is_lowercase);
    let known = passive.not.iter().any(|known| is_word(word, known));
    small
        && !known
        && word.chars().count() > 5
        && ((begins(&passive.strong_beginnings) && (word.ends_with('t') || word.ends_with("en")))
            || (begins(&passive.weak_beginnings) && word.ends_with('t'))
            || word.ends_with("iert"))
}
