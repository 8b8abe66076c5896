//! The schemas that editors and other programs use are those of the program, and its output keeps to them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

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

/// What is known of one place in a schema, with references followed.
fn resolved<'s>(root: &'s Value, mut schema: &'s Value) -> &'s Value {
    while let Some(reference) = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str()) {
        schema = root.pointer(reference.trim_start_matches('#')).unwrap();
    }
    schema
}

/// Whether a value has what its schema requires and nothing the schema does not know, all the way down.
fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolved(root, schema);
    if let Some(choices) = schema["anyOf"].as_array().filter(|_| !value.is_null()) {
        let some = choices.iter().find(|choice| choice["type"] != "null").unwrap();
        return fits(root, some, value, at);
    }
    match value {
        Value::Object(fields) => {
            let properties = schema["properties"].as_object().unwrap_or_else(|| panic!("{at} is not described"));
            for name in schema["required"].as_array().into_iter().flatten() {
                assert!(fields.contains_key(name.as_str().unwrap()), "{at} lacks {name}");
            }
            for (name, field) in fields {
                let property = properties.get(name).unwrap_or_else(|| panic!("{at}.{name} is not described"));
                fits(root, property, field, &format!("{at}.{name}"));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fits(root, &schema["items"], item, at)),
        _ => {}
    }
}

fn lotse(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_lotse")).args(args).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_check_prints_is_what_its_schema_says() {
    let schema = lotse(&["schema", "check"]);
    let required: Vec<&str> = schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(required, ["errors", "warnings", "findings", "certificate"]);
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof/base");
    let sound = lotse(&["check", "--json", "--rules", rules.to_str().unwrap()]);
    assert!(sound["certificate"]["claims"].as_array().is_some_and(|claims| !claims.is_empty()));
    fits(&schema, &schema, &sound, "check");
    let broken = tempfile::tempdir().unwrap();
    std::fs::write(broken.path().join("rulebook.yaml"), "name: Lotse\n").unwrap();
    let broken = lotse(&["check", "--json", "--rules", broken.path().to_str().unwrap()]);
    assert!(broken["certificate"].is_null() && broken["errors"] != 0);
    fits(&schema, &schema, &broken, "check");
}
