//! The commands are good neighbours: stable JSON for programs, helpful sentences for people, honest exit codes.

use std::io::Read as _;
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{SOCIAL_WORKER, complained, lotse, printed, program};

/// The example social worker on the day of these tests.
static DEGREE: LazyLock<Vec<&str>> = LazyLock::new(|| [SOCIAL_WORKER, &["--date", "2026-11-22"]].concat());

fn json(words: &[&str]) -> Value {
    let output = lotse(words);
    assert!(output.status.success(), "{}", complained(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn explain_has_the_fields_it_is_documented_with() {
    let explanation = json(&[&["explain", "--json"], &DEGREE[..]].concat());
    assert_eq!(keys(&explanation), ["rulebook", "date", "answers", "unanswered", "outcomes", "silent"]);
    let waiting_for_german = [
        "goal=kita",
        "qualification-kind=school-type-vocational",
        "completed=yes",
        "german-level=b1",
        "study-field=early-childhood-education",
        "country-of-training=TR",
        "letter-result=full",
        "letter-profession=erzieher",
    ];
    let more = json(&[&["explain", "--json"], &waiting_for_german[..]].concat());
    assert_eq!(keys(&more).last(), Some(&"what_else"), "somebody whom B2 would open a way is told so");
    let outcome = explanation["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|outcome| outcome["id"] == "kita-degree/specialist-now")
        .unwrap();
    insta::assert_json_snapshot!("explain", outcome);
}

#[test]
fn a_sheet_has_the_fields_it_is_documented_with() {
    let sheet = json(&[&["sheet", "--format", "json"], &DEGREE[..]].concat());
    let head: Vec<_> = keys(&sheet).into_iter().filter(|key| *key != "blocks").collect();
    for field in ["lang", "direction", "title", "date", "date_text", "rulebook", "version", "knowledge_date"] {
        assert!(head.contains(&field), "{field} is missing in {head:?}");
    }
    let blocks = sheet["blocks"].as_array().unwrap();
    let way = blocks.iter().find(|block| block["block"] == "ways").unwrap()["ways"][0].clone();
    assert_eq!(way["id"], "kita-degree/specialist-now");
    let now = blocks.iter().find(|block| block["block"] == "now").unwrap()["steps"][0].clone();
    let fields = serde_json::json!({
        "blocks": blocks.iter().map(|block| (block["block"].clone(), keys(block))).collect::<Vec<_>>(),
        "way": keys(&way),
        "step": keys(&now),
    });
    insta::assert_json_snapshot!("sheet", fields);
}

#[test]
fn the_sheet_is_the_same_in_text_json_and_html() {
    let text = printed(&lotse(&[&["sheet"], &DEGREE[..]].concat()));
    let html = printed(&lotse(&[&["sheet", "--format", "html"], &DEGREE[..]].concat()));
    let sheet = json(&[&["sheet", "--format", "json"], &DEGREE[..]].concat());
    let blocks = sheet["blocks"].as_array().unwrap();
    let steps = blocks
        .iter()
        .filter(|block| block["block"] == "now" || block["block"] == "later")
        .flat_map(|block| block["steps"].as_array().unwrap());
    let mut count = 0;
    for title in steps.map(|step| step["title"].as_str().unwrap()) {
        count += 1;
        let in_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(in_one_line.contains(title), "{title} is not in the text");
        assert!(html.contains(title) || html.contains(&title.replace('&', "&amp;")), "{title} is not in the page");
    }
    assert!(count >= 4);
}

#[test]
fn many_answers_are_explained_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("people.txt");
    std::fs::write(&file, "goal=kita qualification-kind=none\ngoal=ogs\n").unwrap();
    let output = lotse(&["explain", "--batch", file.to_str().unwrap()]);
    assert!(output.status.success());
    let lines: Vec<Value> = printed(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["answers"]["qualification-kind"][0], "none");
    assert_eq!(lines[1]["answers"]["goal"][0], "ogs");
}

#[test]
fn a_word_that_means_nothing_ends_with_2_and_says_what_was_meant() {
    for (words, says) in [
        (&["explain", "gaol=kita"][..], "did you mean `goal`"),
        (&["explain", "goal=kitta"], "did you mean `kita`"),
        (&["explain", "goal"], "question=option"),
        (&["explain", "completed=yes,no"], "takes one answer only"),
        (&["sheet", "goal=kita", "--date", "tomorrow"], "tomorrow"),
        (&["sheet", "goal=kita", "--lang", "tlh"], "known: de"),
        (&["sheet", "goal=kita", "--format", "pdf"], "json"),
        (&["explain", "--batch", "no-such-file"], "no-such-file"),
        (&["fly"], "fly"),
        (&["check", "--rules", "no-such-folder"], "no-such-folder"),
        (&["serve", "--rules", "no-such-folder"], "--rules"),
        (&["serve", "--listen", "somewhere"], "somewhere"),
    ] {
        let output = lotse(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(complained(&output).contains(says), "{words:?}: {}", complained(&output));
        assert!(printed(&output).is_empty(), "{words:?} complains on standard error only");
        assert!(!complained(&output).contains("panicked"), "{words:?}");
    }
}

#[test]
fn a_folder_without_rules_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let output = lotse(&["check", "--rules", dir.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("rulebook.yaml"), "{}", complained(&output));
}

#[test]
fn a_port_in_use_is_explained() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let output = lotse(&["serve", "--listen", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("127.0.0.1:0"), "a way out is named: {}", complained(&output));
}

#[test]
fn a_reader_who_stops_reading_is_no_fault() {
    for words in [&["explain", "goal=kita"][..], &["sheet", "goal=kita"], &["check"]] {
        let mut program = program().args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(program.stdout.take());
        let mut said = String::new();
        program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(program.wait().unwrap().success(), "{words:?}: {said}");
        assert!(said.is_empty(), "{words:?}: {said}");
    }
}

#[test]
fn check_finds_the_shipped_rules_sound_and_says_what_it_looked_at() {
    let output = lotse(&["check"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", printed(&output), complained(&output));
    let said = printed(&output);
    assert!(
        said.contains("Fehler: 0, Hinweise: 0") && said.contains("Ergebnisse") && said.contains("Musterfälle"),
        "{said}"
    );
}

#[test]
fn check_ends_with_1_on_a_fault_and_names_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")), dir.path());
    let file = dir.path().join("pathways/kita/kita-good-conduct.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("standing:", "stnding:", 1)).unwrap();
    let output = lotse(&["check", "--rules", dir.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = printed(&output);
    assert!(said.contains("pathways/kita/kita-good-conduct.yaml:"), "{said}");
    assert!(said.contains("stnding"), "{said}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            std::fs::create_dir(&there).unwrap();
            copy(&path, &there);
        } else {
            std::fs::copy(&path, there).unwrap();
        }
    }
}
