//! The schemas that editors use are those of the program.

use std::path::Path;
use std::process::Command;

#[test]
fn the_committed_schemas_are_current() {
    let fresh = tempfile::tempdir().unwrap();
    let done =
        Command::new(env!("CARGO_BIN_EXE_lotse")).args(["schema", "--write"]).arg(fresh.path()).status().unwrap();
    assert!(done.success());
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/schema");
    let names = |dir: &Path| {
        let mut names: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(fresh.path()), names(&committed));
    for name in names(fresh.path()) {
        let same = std::fs::read(fresh.path().join(&name)).unwrap() == std::fs::read(committed.join(&name)).unwrap();
        assert!(same, "{name:?} is not current; run `lotse schema --write rules/schema`");
    }
}

#[test]
fn every_kind_of_file_is_wired_to_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = std::fs::read_to_string(root.join(".vscode/settings.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
    for kind in lotse::format::kinds() {
        let files = &settings["yaml.schemas"][format!("./rules/schema/{}.json", kind.name)];
        assert_eq!(files, &format!("rules/{}", kind.files), "{}", kind.name);
    }
}
