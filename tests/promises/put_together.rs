//! What people read comes from texts of the catalogue alone, and so do the marks between two of them: whoever translates
//! every text has translated everything.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms whose words people read. What editors read is German and stands with its check.
const READ_BY_PEOPLE: [&str; 7] = ["interview", "language", "picture", "sheet", "since", "walk", "web"];

/// Words that no English comment and no id of ours holds.
const GERMAN: [&str; 16] = [
    "nicht", "bitte", "der", "die", "das", "sie", "und", "ist", "für", "eine", "ein", "kein", "keine", "haben", "uns",
    "noch",
];

fn files(dir: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, ending, found);
        } else if entry.to_string_lossy().ends_with(ending) {
            found.push(entry);
        }
    }
}

/// A text without everything from one sign to another.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(from) {
        left.push_str(before);
        let (gone, after) = behind.split_once(to).unwrap_or((behind, ""));
        // Lines keep their numbers.
        left.extend(gone.chars().filter(|sign| *sign == '\n'));
        rest = after;
    }
    left + rest
}

/// What a template writes itself: no tags, no looked-up texts, and nothing that is marked as German.
fn own_words(template: &str) -> String {
    let text = without(template, "{#", "#}");
    let text = without(&text, "{% block kind %}", "{% endblock %}");
    let text = without(&text, "{% block attributes %}", "{% endblock %}");
    let text = without(&text, "<svg class=\"drawing\"", "</svg>");
    let text = without(&text, "<dt lang=\"de\">", "</dt>");
    // What programs write is the same in every language.
    let text = without(&text, "<code", "</code>");
    // Conditions within a tag end before the tag does.
    let text = without(&without(&text, "{%", "%}"), "{{", "}}");
    without(&text, "<", ">")
}

#[test]
fn templates_hold_no_word_and_no_mark_of_their_own() {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), ".html", &mut all);
    assert!(all.len() > 40, "{} templates", all.len());
    let mut found = Vec::new();
    for path in all {
        let template = fs::read_to_string(&path).unwrap();
        for (line, own) in own_words(&template).lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            found.push(format!("{}:{}: {}", path.display(), line + 1, own.trim()));
        }
        for (line, text) in template.lines().enumerate().filter(|(_, line)| line.contains("| join(")) {
            found.push(format!("{}:{}: {text}", path.display(), line + 1));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_template_that_writes_a_word_or_a_mark_is_noticed() {
    assert_eq!(own_words("<p>{{ t(\"a\") }}: {% if b %}und{% endif %} {{ c }}</p>").trim(), ": und");
    assert_eq!(own_words("<dt lang=\"de\">H+</dt>{# Wie? #}<b class=\"x\">{{ d }}</b>"), "");
}

/// The texts between quotation marks in code, without comments and tests.
fn literals(code: &str) -> Vec<(usize, String)> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        let line = line.split(" // ").next().unwrap_or_default();
        found.extend(line.split('"').skip(1).step_by(2).map(|literal| (at + 1, literal.to_owned())));
    }
    found
}

fn is_german(literal: &str) -> bool {
    let sentence = literal.trim().contains(' ');
    let words = literal.split(|sign: char| !sign.is_alphabetic()).map(str::to_lowercase);
    literal.contains(['ä', 'ö', 'ü', 'ß', 'Ä', 'Ö', 'Ü', '„', '“'])
        || (sentence && words.into_iter().any(|word| GERMAN.contains(&word.as_str())))
}

#[test]
fn no_sentence_for_people_stands_in_code() {
    let mut all = Vec::new();
    for room in READ_BY_PEOPLE {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), ".rs", &mut all);
    }
    assert!(all.len() > 60, "{} files", all.len());
    let mut found = Vec::new();
    // Tests that stand beside the code, and what translators are told of their catalogues.
    let for_others = ["pages/cost.rs", "language/catalogue.rs"];
    for path in all.iter().filter(|path| !for_others.iter().any(|other| path.ends_with(other))) {
        for (line, literal) in literals(&fs::read_to_string(path).unwrap()) {
            if is_german(&literal) {
                found.push(format!("{}:{line}: {literal}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_german_sentence_in_code_is_noticed() {
    assert!(is_german("Das weiß ich nicht") && is_german("Bitte laden Sie neu."));
    assert!(!is_german("max-age=60, public") && !is_german("die") && !is_german("no route for this"));
    assert_eq!(literals("let a = \"x\"; // \"Ja\"\n#[cfg(test)]\n\"Nein\""), [(1, "x".to_owned())]);
}
