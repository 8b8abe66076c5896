//! Promises and mix-ups that must never reach a person.

use super::Finding;
use super::text::{Reading, phrase_in};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule};

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Vec<Finding> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        for forbidden in lint.forbidden.values() {
            let said = |words: &crate::yaml::Ids| words.iter().any(|word| phrase_in(sentence, word).is_some());
            let Some((words, rest)) = forbidden.words.iter().find_map(|word| Some((word, phrase_in(sentence, word)?)))
            else {
                continue;
            };
            if said(&forbidden.unless) || !(forbidden.beside.is_empty() || said(&forbidden.beside)) {
                continue;
            }
            let mut place = reading.place_of(rest);
            place.end = place.end.min(place.start + words.trim_end_matches('*').len()).max(place.start);
            let headline = format!("`{}` sagt, was kein Text sagen darf: {}", reading.id, forbidden.why);
            found.push(Finding {
                rule: LintRule::Forbidden,
                text: reading.id.to_owned(),
                diagnostic: Diagnostic::new(
                    Code::Forbidden,
                    headline,
                    place,
                    format!("„{}“", words.trim_end_matches('*')),
                )
                .help(format!("Schreiben Sie stattdessen: {}", forbidden.instead)),
            });
        }
    }
    found
}
