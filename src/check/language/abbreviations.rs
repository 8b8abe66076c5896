//! Abbreviations that neither the glossary, the name of an office nor common knowledge explains. One finding per abbreviation, not per place.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Finding;
use super::matches;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule};
use crate::language::Lang;
use crate::language::words;
use crate::rulebook::Rulebook;

pub fn look(texts: &[Reading<'_>], rulebook: &Rulebook, lint: &Lint) -> Vec<Finding> {
    let Some(common) = &lint.abbreviations else { return Vec::new() };
    let say = |text| rulebook.texts.say(&Lang::german(), text);
    let terms = rulebook.terms.iter().flat_map(|(_, _, term)| &term.forms).map(String::as_str);
    // The name of an office explains its own letters: "Hochschule Bielefeld (HSBI)".
    let offices = rulebook.authorities.iter().map(|(_, _, office)| say(office.name));
    let deciders = rulebook.deciders.iter().map(|(_, _, decider)| say(decider.name));
    let explained: HashSet<&str> = terms
        .chain(offices)
        .chain(deciders)
        .flat_map(words)
        .flat_map(parts)
        .filter(|word| is_abbreviation(word))
        .collect();
    let allowed = |id: &str| lint.lint_allow.iter().any(|a| a.rule == LintRule::Abbreviation && matches(&a.text, id));
    let mut unexplained: IndexMap<&str, Vec<&Reading<'_>>> = IndexMap::new();
    for reading in texts {
        for word in words(reading.german).flat_map(parts).filter(|word| is_abbreviation(word)) {
            if common.known.iter().any(|known| known.value == word) || explained.contains(word) {
                continue;
            }
            let places = unexplained.entry(word).or_default();
            if !places.iter().any(|known| known.id == reading.id) {
                places.push(reading);
            }
        }
    }
    let mut found = Vec::new();
    for (word, places) in unexplained {
        // An allowance frees its own text; the others still need the explanation.
        let (free, left): (Vec<&&Reading<'_>>, Vec<&&Reading<'_>>) =
            places.iter().partition(|reading| allowed(reading.id));
        found.extend(free.into_iter().map(|reading| finding(word, reading, 1)));
        found.extend(left.first().map(|reading| finding(word, reading, left.len())));
    }
    found
}

fn finding(word: &str, reading: &Reading<'_>, count: usize) -> Finding {
    let others = match count {
        1 => String::new(),
        2 => " und in einem weiteren Text".to_owned(),
        count => format!(" und in {} weiteren Texten", count - 1),
    };
    let mut place = reading.place_of(word);
    place.end = place.end.min(place.start + word.len());
    Finding {
        rule: LintRule::Abbreviation,
        text: reading.id.to_owned(),
        diagnostic: Diagnostic::new(
            Code::Abbreviation,
            format!("Die Abkürzung `{word}` ist nicht erklärt; sie steht in `{}`{others}", reading.id),
            place,
            "eine Abkürzung",
        )
        .help("Schreiben Sie sie aus, oder erklären Sie sie in glossary.yaml. Kennen sie alle, nennen Sie sie in lint.yaml."),
    }
}

/// Parts of a compound: `ZAB-Bescheid` → ZAB and Bescheid.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty())
}

/// Two capitals or more: ZAB, PersVO, BAföG.
fn is_abbreviation(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_have_several_capitals() {
        let found: Vec<&str> = parts("ZAB-Bescheid").filter(|part| is_abbreviation(part)).collect();
        assert_eq!(found, ["ZAB"]);
        assert!(is_abbreviation("PersVO") && is_abbreviation("BAföG") && !is_abbreviation("Kita"));
    }
}
