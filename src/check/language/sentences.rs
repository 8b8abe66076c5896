//! Sentences somebody has to read twice.

use super::Finding;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule};
use crate::language::words;

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Vec<Finding> {
    let Some(limit) = &lint.sentence else { return Vec::new() };
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let count = words(sentence).count();
        if count > limit.most_words as usize {
            let headline = format!("Ein Satz in `{}` hat {count} Wörter", reading.id);
            found.push(Finding {
                rule: LintRule::LongSentence,
                text: reading.id.to_owned(),
                diagnostic: Diagnostic::new(Code::LongSentence, headline, reading.place_of(sentence), "beginnt hier")
                    .help(format!(
                        "Machen Sie zwei Sätze daraus. Mehr als {} Wörter sind zu viel auf einmal.",
                        limit.most_words
                    )),
            });
        }
    }
    found
}
