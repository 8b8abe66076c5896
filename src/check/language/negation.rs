//! Sentences with one "nicht" too many.

use std::collections::BTreeSet;

use super::Finding;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule};
use crate::language::{is_word, words};

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Vec<Finding> {
    let Some(limit) = &lint.negation else { return Vec::new() };
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        // "kein Amt und kein Träger" is one no, said twice; "ohne … nicht" is two.
        let mut kinds = BTreeSet::new();
        let said: Vec<&str> = words(sentence)
            .filter(|word| {
                limit.words.iter().position(|known| is_word(word, known)).is_some_and(|kind| kinds.insert(kind))
            })
            .collect();
        if said.len() > limit.most as usize {
            let headline =
                format!("Ein Satz in `{}` verneint auf {} Arten: {}", reading.id, said.len(), said.join(" … "));
            found.push(Finding {
                rule: LintRule::Negation,
                text: reading.id.to_owned(),
                diagnostic: Diagnostic::new(Code::Negation, headline, reading.place_of(sentence), "beginnt hier")
                    .help("Sagen Sie, was gilt, nicht, was nicht gilt. Oder machen Sie zwei Sätze daraus."),
            });
        }
    }
    found
}
