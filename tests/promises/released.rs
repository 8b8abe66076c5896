//! Nothing that was once released is lost: every state still loads, keeps its version, and never changes.

use std::path::Path;

use jiff::civil::date;
use lotse::check;
use lotse::diagnostic::{Code, Severity};
use lotse::rulebook::Rulebook;

use crate::support::{RULES, complained, edit, lotse, printed, small, tell};

#[test]
fn every_released_state_loads_without_a_fault_in_todays_program() {
    let versions: Vec<&str> = RULES.released.versions().collect();
    assert!(versions.contains(&"2026.11"));
    for version in versions {
        assert_eq!(RULES.released.get(version).map(|released| released.version.as_str()), Some(version));
    }
    let faults: Vec<_> =
        RULES.released.faults().into_iter().filter(|found| found.severity() == Severity::Error).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

fn release(dir: &Path) -> std::process::Output {
    lotse(&["release", "--rules", dir.to_str().unwrap()])
}

/// The codes of everything that is found, each with its place.
fn found(dir: &Path) -> Vec<(Code, String)> {
    let loaded = Rulebook::from_dir(dir).unwrap();
    let mut found = loaded.diagnostics;
    if let Some(rulebook) = &loaded.rulebook {
        found.extend(check::findings(rulebook, &loaded.files, date(2026, 11, 22)));
    }
    found.into_iter().map(|found| (found.code, loaded.files[found.place.span.file].name.clone())).collect()
}

#[test]
fn a_release_keeps_the_rules_says_what_to_do_next_and_is_never_written_again() {
    let dir = small();
    let first = release(dir.path());
    assert!(first.status.success(), "{}", complained(&first));
    assert!(printed(&first).contains("changes.yaml"), "{}", printed(&first));
    let list = std::fs::read_to_string(dir.path().join("released/1.yaml")).unwrap();
    assert!(list.contains("pathways/kita.yaml: "), "{list}");
    for left_out in ["cases", "lang", "lint.yaml", "interface.yaml", "released"] {
        assert!(!list.contains(&format!("\n  {left_out}")), "{left_out} is no part of a state");
    }
    let again = release(dir.path());
    assert_eq!(again.status.code(), Some(2));
    assert!(complained(&again).contains("raise `version:`"), "{}", complained(&again));
}

#[test]
fn faulty_rules_and_odd_versions_are_not_released() {
    let dir = small();
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"../1\"");
    let odd = release(dir.path());
    assert_eq!(odd.status.code(), Some(2));
    assert!(complained(&odd).contains("cannot name a file"), "{}", complained(&odd));
    edit(dir.path(), "rulebook.yaml", "version: \"../1\"", "version: \"1\"");
    edit(dir.path(), "steps.yaml", "contact: [office]", "contact: [offcie]");
    let faulty = release(dir.path());
    assert_eq!(faulty.status.code(), Some(2));
    assert!(complained(&faulty).contains("`offcie` gibt es nicht (Stelle)"), "{}", complained(&faulty));
    assert!(!dir.path().join("released").exists());
}

#[test]
fn rules_that_change_must_raise_their_version_and_tell_of_it() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    // The same rules under the same version are in order; only the change log is still silent.
    assert_eq!(found(dir.path()), [(Code::Untold, "rulebook.yaml".to_owned())]);
    edit(dir.path(), "steps.yaml", "Nehmen Sie Ihr Zeugnis mit.", "Bringen Sie Ihr Zeugnis mit.");
    assert!(found(dir.path()).contains(&(Code::VersionNotRaised, "steps.yaml".to_owned())));
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    let silent = [
        (Code::Untold, "released/1.yaml".to_owned()),
        (Code::Untold, "rulebook.yaml".to_owned()),
        (Code::ChangedUntold, "rulebook.yaml".to_owned()),
    ];
    assert_eq!(found(dir.path()), silent);
}

#[test]
fn what_people_have_read_about_a_released_version_is_not_rewritten_unnoticed() {
    let dir = small();
    tell(dir.path(), "1", "everything");
    assert!(release(dir.path()).status.success());
    assert!(found(dir.path()).is_empty());
    // Another layout says the same.
    edit(
        dir.path(),
        "changes.yaml",
        "says: Die Stelle berät nicht mehr.",
        "says: >-\n      Die Stelle\n      berät nicht mehr.",
    );
    assert!(found(dir.path()).is_empty());
    edit(dir.path(), "changes.yaml", " nicht mehr", " mehr");
    assert_eq!(found(dir.path()), [(Code::Rewritten, "changes.yaml".to_owned())]);
    let correction = checked_in_full(dir.path());
    let (_, seal) = correction.split_once("history: \"").unwrap();
    let list = std::fs::read_to_string(dir.path().join("released/1.yaml")).unwrap();
    let (_, kept) = list.split_once("history: \"").unwrap();
    edit(dir.path(), "released/1.yaml", &kept[..16], &seal[..16]);
    assert!(found(dir.path()).is_empty(), "a correction is written down beside the state");
}

/// What `lotse check` says, word for word.
fn checked_in_full(dir: &Path) -> String {
    printed(&lotse(&["check", "--rules", dir.to_str().unwrap()]))
}

#[test]
fn an_order_that_changed_since_the_last_release_is_named() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "rulebook.yaml", "[kita, waiting]", "[waiting, kita]");
    assert!(checked_in_full(dir.path()).contains("niemand sagt es: `rulebook/pathways`"));
    tell(dir.path(), "2", "rulebook/pathways");
    assert!(!checked_in_full(dir.path()).contains("niemand sagt es"));
}

#[test]
fn a_file_that_did_not_change_is_kept_once_for_all_states() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    let count = |name: &str| {
        let files = std::fs::read_dir(dir.path().join("released/files")).unwrap();
        files.filter(|file| file.as_ref().unwrap().file_name().to_str().unwrap().starts_with(name)).count()
    };
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "steps.yaml", "Nehmen Sie Ihr Zeugnis mit.", "Bringen Sie Ihr Zeugnis mit.");
    tell(dir.path(), "2", "everything");
    let again = release(dir.path());
    assert!(again.status.success(), "{}", complained(&again));
    assert_eq!((count("steps."), count("papers.")), (2, 1));
    let rules = Rulebook::from_dir(dir.path()).unwrap().rulebook.unwrap();
    assert_eq!(rules.released.versions().collect::<Vec<_>>(), ["1", "2"]);
    assert!(rules.released.faults().is_empty() && rules.released.get("1").is_some());
}

#[test]
fn a_released_state_that_was_changed_by_hand_is_found() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    let lies_at = |name: &str| {
        let file = std::fs::read_dir(dir.path().join("released/files")).unwrap().map(|file| file.unwrap().file_name());
        let mut file = file.map(|file| file.to_str().unwrap().to_owned());
        format!("released/files/{}", file.find(|file| file.starts_with(name)).unwrap())
    };
    let steps = lies_at("steps.");
    edit(dir.path(), &steps, "contact: [office]", "contact: [advice]");
    assert!(found(dir.path()).contains(&(Code::SealBroken, steps.clone())));
    let kept = std::fs::read(dir.path().join(&steps)).unwrap();
    std::fs::remove_file(dir.path().join(&steps)).unwrap();
    assert!(found(dir.path()).contains(&(Code::KeptFileMissing, "released/1.yaml".to_owned())));
    std::fs::write(dir.path().join(&steps), kept).unwrap();
    edit(dir.path(), "released/1.yaml", "format: ", "format: 9");
    assert!(found(dir.path()).contains(&(Code::NewerFormat, "released/1.yaml".to_owned())));
    std::fs::rename(dir.path().join("released/1.yaml"), dir.path().join("released/0.yaml")).unwrap();
    assert!(found(dir.path()).contains(&(Code::OtherVersion, "released/0.yaml".to_owned())));
    std::fs::write(dir.path().join("released/files/notes.yaml"), "a: 1\n").unwrap();
    assert!(found(dir.path()).contains(&(Code::FileOfNoState, "released/files/notes.yaml".to_owned())));
}

/// Renames an id in all files that are not released.
fn rename(dir: &Path, before: &str, after: &str) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("released") {
            rename(&path, before, after);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace(before, after)).unwrap();
        }
    }
}

#[test]
fn a_question_or_option_that_is_renamed_keeps_the_meaning_of_old_links() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    rename(dir.path(), " exam", " test");
    rename(dir.path(), "oral", "spoken");
    let lost = |dir: &Path| found(dir).iter().filter(|(code, _)| *code == Code::LinkLost).count();
    assert_eq!(lost(dir.path()), 1, "the question itself; its options go with it");
    edit(dir.path(), "questions/person.yaml", "    label: Prüfung\n", "    label: Prüfung\n    formerly: [exam]\n");
    assert_eq!(lost(dir.path()), 1, "the option");
    edit(dir.path(), "questions/person.yaml", "text: mündlich }", "text: mündlich, formerly: [oral] }");
    assert_eq!(lost(dir.path()), 0);
    let explained = |exam: &str| {
        let rules = dir.path().to_str().unwrap();
        let words = ["explain", "--rules", rules, "--json", "goal=kita", "degree=yes", "years=3-plus", exam];
        printed(&lotse(&words))
    };
    let (old, new) = (explained("exam=oral"), explained("test=spoken"));
    assert!(new.contains("kita/"), "{new}");
    assert_eq!(old, new);
    // A former name that is somebody's name today would make a link mean two things.
    edit(dir.path(), "questions/person.yaml", "formerly: [exam]", "formerly: [exam, degree]");
    assert!(found(dir.path()).contains(&(Code::FormerIdInUse, "questions/person.yaml".to_owned())));
}

#[test]
fn what_went_without_a_successor_is_retired_with_a_reason() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "questions/person.yaml", "      written: { text: schriftlich }\n", "");
    rename(&dir.path().join("pathways"), "[oral, written]", "oral");
    assert!(found(dir.path()).contains(&(Code::LinkLost, "released/1.yaml".to_owned())));
    edit(
        dir.path(),
        "rulebook.yaml",
        "version: \"2\"",
        "version: \"2\"\nretired: { \"exam=written\": Die Prüfung gibt es nicht mehr. }",
    );
    assert!(found(dir.path()).iter().all(|(code, _)| *code != Code::LinkLost), "{:?}", found(dir.path()));
}
