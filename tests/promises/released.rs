//! Nothing that was once released is lost: every state still loads, keeps its version, and never changes.

use std::path::Path;

use jiff::civil::date;
use lotse::check;
use lotse::diagnostic::Severity;
use lotse::rulebook::Rulebook;

use crate::support::{RULES, complained, edit, lotse, printed, small};

#[test]
fn every_released_state_loads_without_a_fault_in_todays_program() {
    let versions: Vec<&str> = RULES.released.versions().collect();
    assert!(versions.contains(&"2026.11"));
    for version in versions {
        assert_eq!(RULES.released.get(version).map(|released| released.version.as_str()), Some(version));
    }
    let faults: Vec<_> =
        RULES.released.faults().into_iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

fn release(dir: &Path) -> std::process::Output {
    lotse(&["release", "--rules", dir.to_str().unwrap()])
}

/// The codes of everything that is found, each with its place.
fn found(dir: &Path) -> Vec<(&'static str, String)> {
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
    let state = dir.path().join("released/1");
    assert!(state.join("pathways/kita.yaml").is_file());
    for left_out in ["cases", "lint.yaml", "interface.yaml", "released"] {
        assert!(!state.join(left_out).exists(), "{left_out} is no part of a state");
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
    assert!(complained(&odd).contains("cannot name a directory"), "{}", complained(&odd));
    edit(dir.path(), "rulebook.yaml", "version: \"../1\"", "version: \"1\"");
    edit(dir.path(), "steps.yaml", "contact: [office]", "contact: [offcie]");
    let faulty = release(dir.path());
    assert_eq!(faulty.status.code(), Some(2));
    assert!(complained(&faulty).contains("no office `offcie`"), "{}", complained(&faulty));
    assert!(!dir.path().join("released").exists());
}

#[test]
fn rules_that_change_must_raise_their_version_and_tell_of_it() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    // The same rules under the same version are in order; only the change log is still silent.
    assert_eq!(found(dir.path()), [("W020", "rulebook.yaml".to_owned())]);
    edit(dir.path(), "steps.yaml", "Nehmen Sie Ihr Zeugnis mit.", "Bringen Sie Ihr Zeugnis mit.");
    assert!(found(dir.path()).contains(&("E090", "steps.yaml".to_owned())));
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    let silent = [("W020", "released/1/rulebook.yaml".to_owned()), ("W020", "rulebook.yaml".to_owned())];
    assert_eq!(found(dir.path()), silent);
}

#[test]
fn a_released_state_that_was_changed_by_hand_is_found() {
    let dir = small();
    assert!(release(dir.path()).status.success());
    edit(dir.path(), "released/1/rulebook.yaml", "version: \"1\"", "version: \"0\"");
    assert!(found(dir.path()).contains(&("E092", "released/1/rulebook.yaml".to_owned())));
    edit(dir.path(), "released/1/steps.yaml", "contact: [office]", "contact: [offcie]");
    assert!(found(dir.path()).contains(&("E010", "released/1/steps.yaml".to_owned())));
    std::fs::write(dir.path().join("released/notes.yaml"), "a: 1\n").unwrap();
    assert!(found(dir.path()).contains(&("E041", "released/notes.yaml".to_owned())));
}
