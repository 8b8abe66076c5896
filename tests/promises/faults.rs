//! Every fault of a rulebook is reported with file, line, column, the line itself and what to do.
//!
//! `tests/faults/base` is a small sound rulebook; each `tests/faults/E012-….txt` breaks it in one way. A new case needs
//! no Rust. The first line says what the case is; `@ file` names a file; lines with `-` are looked up in it and replaced
//! by the lines with `+` below them; `+` alone is put at the end, or makes a new file; a blank line ends a change.
//! Behind the file's name may stand `(bom)`, `(latin-1)` or `(removed)`: how it is saved.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::date;
use lotse::diagnostic::{Code, Diagnostic, Severity};
use lotse::rulebook::Rulebook;
use lotse::source::Files;
use lotse::{check, report};

fn faults() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults")
}

/// The base rulebook as path → bytes.
fn base() -> BTreeMap<String, Vec<u8>> {
    let root = faults().join("base");
    let mut files = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The base rulebook with the changes of one case.
fn broken(case: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = base();
    for section in case.split("\n@ ").skip(1) {
        let (head, changes) = section.split_once('\n').unwrap_or((section, ""));
        let (name, saved) = head.split_once(" (").unwrap_or((head, ""));
        let mut text = String::from_utf8(files.remove(name).unwrap_or_default()).unwrap();
        for change in changes.split("\n\n").filter(|change| !change.trim().is_empty()) {
            let lines = |sign: char| -> String {
                change.lines().filter_map(|line| line.strip_prefix(sign)).map(|line| format!("{line}\n")).collect()
            };
            let (old, new) = (lines('-'), lines('+'));
            if old.is_empty() {
                text += &new;
            } else {
                let whole = format!("\n{text}");
                let old = format!("\n{old}");
                assert_eq!(whole.matches(&old).count(), 1, "{name} should hold these lines exactly once:{old}");
                text = whole.replacen(&old, &format!("\n{new}"), 1).split_off(1);
            }
        }
        let bytes = match saved.trim_end_matches(')') {
            "" => text.into_bytes(),
            "bom" => format!("\u{feff}{text}").into_bytes(),
            "latin-1" => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            "removed" => continue,
            other => panic!("{name} cannot be saved as {other}"),
        };
        files.insert(name.to_owned(), bytes);
    }
    files
}

/// Everything `lotse check` finds in these files on 22 November 2026.
fn findings(files: &BTreeMap<String, Vec<u8>>) -> (Files, Vec<Diagnostic>) {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let today = date(2026, 11, 22);
    let mut loaded = Rulebook::from_dir(dir.path()).unwrap();
    if let Some(rulebook) = &loaded.rulebook {
        loaded.diagnostics.extend(check::cases(rulebook, today).diagnostics);
        loaded.diagnostics.extend(check::findings(rulebook, &loaded.files, today));
    }
    (loaded.files, loaded.diagnostics)
}

fn in_full(files: &Files, found: &[Diagnostic]) -> String {
    found.iter().map(|found| report::full(files, found, false) + "\n\n").collect()
}

#[test]
fn the_base_rulebook_is_sound() {
    let (files, found) = findings(&base());
    assert_eq!(in_full(&files, &found), "");
}

#[test]
fn each_fault_is_named_where_it_stands() {
    let mut unseen = Vec::new();
    insta::glob!("../faults", "*.txt", |path| {
        let case = std::fs::read_to_string(path).unwrap();
        let (files, found) = findings(&broken(&case));
        let name = path.file_stem().unwrap().to_str().unwrap();
        let code = name.split('-').next().filter(|code| *code != "several");
        if code.is_some_and(|code| found.iter().all(|found| found.code.number() != code)) {
            unseen.push(name.to_owned());
        }
        let errors = found.iter().filter(|found| found.severity() == Severity::Error).count();
        let title = case.lines().next().unwrap_or("");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => title }, {
            insta::assert_snapshot!("fault", format!("{}errors: {errors}, warnings: {}", in_full(&files, &found), found.len() - errors));
        });
    });
    assert!(unseen.is_empty(), "these cases do not give the code in their name: {}", unseen.join(", "));
}

/// Faults without a case of their own, and where they are tried instead.
const TRIED_ELSEWHERE: &[(Code, &str)] = &[
    (Code::SheetLacking, "claims"),
    (Code::Unreachable, "claims"),
    (Code::IdleQuestion, "claims"),
    (Code::WrongOrder, "claims"),
    (Code::Unsupported, "claims"),
    (Code::Contradiction, "claims"),
    (Code::UnknownCloses, "claims"),
    (Code::OtherLength, "claims"),
    (Code::OtherOffice, "claims"),
    (Code::VersionNotRaised, "released"),
    (Code::OtherVersion, "released"),
    (Code::NewerFormat, "released"),
    (Code::KeptFileMissing, "released"),
    (Code::SealBroken, "released"),
    (Code::FileOfNoState, "released"),
    (Code::LinkLost, "released"),
    (Code::FormerIdInUse, "released"),
    (Code::Untold, "released"),
    (Code::Disappeared, "deletions"),
    (Code::ChangedUntold, "deletions"),
    (Code::Rewritten, "released"),
];

#[test]
fn every_kind_of_finding_has_a_fault_that_shows_it() {
    let cases: BTreeSet<String> = std::fs::read_dir(faults())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().chars().take(4).collect())
        .collect();
    let elsewhere = |code: &Code| TRIED_ELSEWHERE.iter().any(|(known, _)| known == code);
    let untried: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !cases.contains(code.number()) && !elsewhere(code))
        .map(|code| code.number())
        .collect();
    assert!(untried.is_empty(), "no file in tests/faults shows {}", untried.join(", "));
}

/// Words that English sentences of this program would hold, and German ones do not.
const ENGLISH: &[&str] = &["the", "this", "is", "are", "and", "not", "no", "of", "with", "expected", "here", "there"];

fn speaks_german(sentence: &str) -> bool {
    let quoted = sentence.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let words = quoted.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let english = words.clone().filter(|word| ENGLISH.contains(word)).count();
    words.count() > 1 && english == 0
}

#[test]
fn every_finding_and_every_page_speaks_german() {
    for code in Code::ALL {
        let said = code.page().split("```").step_by(2).collect::<String>();
        let english: Vec<&str> = said
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| ["the", "this", "is", "and"].contains(word))
            .collect();
        assert!(english.is_empty(), "{code}: {english:?}");
    }
}

#[test]
fn a_fact_with_more_values_than_fit_is_refused() {
    let mut files = base();
    let fact = String::from_utf8(files["facts/strength.yaml"].clone()).unwrap();
    let many: String = (0..400).map(|at| format!("  v{at}: Wert {at}\n")).collect();
    let fact = fact.replacen("values:\n", &format!("values:\n{many}"), 1);
    files.insert("facts/strength.yaml".to_owned(), fact.into_bytes());
    let (_, found) = findings(&files);
    assert!(found.iter().any(|found| found.code.number() == "E040"), "{found:#?}");
}

#[test]
fn a_report_as_data_keeps_its_fields() {
    let case = std::fs::read_to_string(faults().join("E003-duplicate-key.txt")).unwrap();
    let (files, found) = findings(&broken(&case));
    insta::assert_json_snapshot!("report-as-data", report::json(&files, &found));
}

#[test]
fn a_file_damaged_anywhere_is_reported_and_never_stops_the_program() {
    let base = base();
    let mut seed: u64 = 22_112_026;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let damage: [&[u8]; 14] =
        [b"\t", b"\"", b"[", b"}", b":", b"- ", b"\n", b"  ", b"&a ", b"*a ", b"\xff", b"|", "ß".as_bytes(), b""];
    for _ in 0..200 {
        let names: Vec<&String> = base.keys().collect();
        let name = names[random(names.len())];
        let mut bytes = base[name].clone();
        let at = random(bytes.len());
        let end = (at + random(3)).min(bytes.len());
        bytes.splice(at..end, damage[random(damage.len())].iter().copied());
        let mut files = Files::default();
        for (other, content) in &base {
            files.add_bytes(other, if other == name { bytes.clone() } else { content.clone() });
        }
        let loaded = Rulebook::load(files);
        let shown = in_full(&loaded.files, &loaded.diagnostics);
        assert!(loaded.rulebook.is_some() || !shown.is_empty(), "{name} is refused without a word");
        for found in report::json(&loaded.files, &loaded.diagnostics).findings {
            let place = &found.place;
            assert!(place.line > 0 && place.column > 0 && base.contains_key(&place.file), "{found:?}");
            let help = found.help.as_deref().unwrap_or_default();
            assert!(speaks_german(&found.headline) && !help.is_empty(), "{}: {} / {help}", found.code, found.headline);
        }
    }
}
