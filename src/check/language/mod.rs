//! How the texts for people speak: no promise, short sentences, known words, active, few negations, no longer than their
//! room, nothing twice, nothing that only fits together in German.
//!
//! One file per rule; words and limits stand in `rules/lint.yaml`. Forbidden words and what cannot be
//! translated are errors; everything else is a hint for whoever writes. A text that has a reason to differ is named under `lint_allow`.

mod abbreviations;
mod forbidden;
mod german_only;
mod long;
mod negation;
mod passive;
mod repeated;
mod sentences;
mod text;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::format::{Lint, LintRule};
use crate::rulebook::Rulebook;
use crate::source::Files;
use text::Reading;

/// A finding of one rule in one text.
struct Finding {
    rule: LintRule,
    /// Id path of the text.
    text: String,
    diagnostic: Diagnostic,
}

/// Looks at all texts for people.
pub fn language(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let Some(lint) = &rulebook.lint else { return Vec::new() };
    let texts: Vec<Reading<'_>> = rulebook
        .texts
        .iter()
        .filter(|(id, _)| !lint.skip.iter().any(|pattern| matches(pattern, id)))
        .filter_map(|(id, german)| {
            let place = rulebook.texts.find(id).and_then(|text| rulebook.places.get(&text))?;
            Some(Reading::new(id, german, *place, files, lint))
        })
        .collect();
    let mut found = Vec::new();
    let options: HashSet<&str> = rulebook
        .questions
        .iter()
        .flat_map(|(_, _, question)| question.options.iter())
        .map(|(_, _, option)| rulebook.texts.id(option.text))
        .collect();
    for reading in &texts {
        found.extend(forbidden::look(reading, lint));
        found.extend(german_only::look(reading, options.contains(reading.id)));
    }
    let simple = |reading: &Reading<'_>| !lint.experts.iter().any(|pattern| matches(pattern, reading.id));
    let (texts, experts): (Vec<_>, Vec<_>) = texts.into_iter().partition(simple);
    for reading in &texts {
        found.extend(sentences::look(reading, lint));
        found.extend(passive::look(reading, lint));
        found.extend(negation::look(reading, lint));
        found.extend(long::look(reading, lint));
    }
    found.extend(abbreviations::look(&texts, rulebook, lint));
    found.extend(repeated::look(&texts, lint));
    allow(found, &texts.into_iter().chain(experts).collect::<Vec<_>>(), lint)
}

/// Takes out what is allowed; an allowance that names no text or helps nobody is itself a fault.
fn allow(found: Vec<Finding>, texts: &[Reading<'_>], lint: &Lint) -> Vec<Diagnostic> {
    let mut used = vec![false; lint.lint_allow.len()];
    let mut left = Vec::new();
    for finding in found {
        let allowed = lint.lint_allow.iter().position(|a| a.rule == finding.rule && matches(&a.text, &finding.text));
        match allowed {
            Some(at) => used[at] = true,
            None => left.push(finding.diagnostic),
        }
    }
    for (allowance, used) in lint.lint_allow.iter().zip(used) {
        let place = allowance.text.span;
        if !texts.iter().any(|text| matches(&allowance.text, text.id)) {
            let fault = Diagnostic::new(
                Code::AllowanceForNoText,
                format!("Den Text `{}` gibt es nicht", allowance.text),
                place,
                "nimmt keinen Text aus",
            );
            let help = did_you_mean(&allowance.text, texts.iter().map(|text| text.id));
            left.push(fault.help(help.unwrap_or_else(|| {
                "Nehmen Sie die Ausnahme heraus, oder berichtigen Sie den Namen des Textes.".to_owned()
            })));
        } else if !used {
            let headline = format!("`{}` braucht diese Ausnahme nicht", allowance.text);
            left.push(
                Diagnostic::new(Code::AllowanceUnused, headline, place, "hier gibt es nichts zu beanstanden")
                    .help("Nehmen Sie die Ausnahme heraus."),
            );
        }
    }
    left
}

/// Whether an id path begins with a pattern, part by part; `*` stands for any one part.
fn matches(pattern: &str, id: &str) -> bool {
    let mut parts = id.split('.');
    pattern.split('.').all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_pattern_is_a_beginning_and_a_star_is_one_part() {
        assert!(matches("source", "source.act.title"));
        assert!(matches("office.*.name", "office.zab.name"));
        assert!(!matches("office.*.name", "office.zab.role"));
        assert!(!matches("question.goal.help", "question.goal"));
    }
}
