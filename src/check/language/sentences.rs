//! Sentences somebody has to read twice.

use super::Finding;
use super::text::{Reading, words};
use crate::diagnostic::Diagnostic;
use crate::format::{Lint, LintRule};

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Vec<Finding> {
    let Some(limit) = &lint.sentence else { return Vec::new() };
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let count = words(sentence).count();
        if count > limit.most_words as usize {
            let headline = format!("a sentence of {count} words in `{}`", reading.id);
            found.push(Finding {
                rule: LintRule::LongSentence,
                text: reading.id.to_owned(),
                diagnostic: Diagnostic::warning("W010", headline, reading.place_of(sentence), "begins here")
                    .help(format!("make two of it; at most {} words can be read at once", limit.most_words)),
            });
        }
    }
    found
}
