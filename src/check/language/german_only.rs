//! Texts that only fit together in German: something within a sentence, a number before a noun, an option with a full stop.

use super::Finding;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
use crate::format::LintRule;

/// Places that are written alike in every language: days in digits, numbers, levels of German, versions.
const ALIKE: [&str; 11] =
    ["day", "state", "today", "number", "at_most", "count", "all", "good", "version", "level", "rows"];

/// How the places of the interface that hold a mere number are called where something is counted.
const COUNT: &str = "count";

pub fn look(reading: &Reading<'_>, is_option: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut report = |headline: String, at: &str, label: &str, help: &str| {
        found.push(Finding {
            rule: LintRule::GermanOnly,
            text: reading.id.to_owned(),
            diagnostic: Diagnostic::new(Code::OnlyInGerman, headline, reading.place_of(at), label)
                .help(help.to_owned()),
        });
    };
    // What stands between texts is nothing but places.
    if reading.id.starts_with("interface.join.") {
        return Vec::new();
    }
    if is_option && reading.german.ends_with('.') {
        report(
            format!("Die Antwort `{}` endet mit einem Punkt", reading.id),
            reading.german,
            "steht auch hinter einem Doppelpunkt und in einer Reihe",
            "Lassen Sie den letzten Punkt weg.",
        );
    }
    for (before, name, after) in places(reading.german) {
        let at = &reading.german[before.len()..];
        if name == COUNT && counts_a_noun(after) {
            report(
                format!("In `{}` steht hinter einer Zahl, was gezählt wird", reading.id),
                at,
                "andere Sprachen haben hier mehrere Formen",
                "Stellen Sie die Zahl hinter einen Doppelpunkt: „Ergebnisse: {count}“.",
            );
        } else if !ALIKE.contains(&name) && !stands_alone(before, after) {
            report(
                format!("In `{}` steht `{{{name}}}` mitten im Satz", reading.id),
                at,
                "wird nicht mit dem Satz zusammen übersetzt",
                "Stellen Sie es hinter einen Doppelpunkt oder in Anführungszeichen: „Ihr Fach: {study-field}.“",
            );
        }
    }
    found
}

/// Each place of a text, with what stands before and after it.
fn places(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.match_indices('{').filter_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('}')?;
        Some((&text[..at], name, after))
    })
}

/// Whether a place is no part of a sentence: behind a colon, in quotation marks or brackets, or a label itself.
fn stands_alone(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    before.ends_with([':', '„', '(']) || (before.is_empty() && after.starts_with(':'))
}

/// Whether a word follows a number. "3 von 12" counts nothing.
fn counts_a_noun(after: &str) -> bool {
    let mut words = after.strip_prefix(' ').unwrap_or_default().split(' ');
    let word = words.next().is_some_and(|word| word.starts_with(char::is_alphabetic));
    word && !words.next().is_some_and(|next| next.starts_with('{'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_behind_a_colon_or_in_marks() {
        let alone = |text: &str| places(text).all(|(before, _, after)| stands_alone(before, after));
        assert!(alone("Ihr Fach: {study-field}. Sie sagten „{x}“ ({y})"));
        assert!(alone("{what}: vorher „{before}“"));
        assert!(!alone("Mit {study-field} geht es."));
    }

    #[test]
    fn a_number_counts_what_follows_it() {
        assert!(counts_a_noun(" weitere"));
        assert!(!counts_a_noun(" von {all}"));
        assert!(!counts_a_noun(". Sie haben eine Markierung."));
    }
}
