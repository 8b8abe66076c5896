//! The schemas that editors and other programs use are those of the program, and its output keeps to them.

use std::path::Path;

use serde_json::Value;

use crate::support;

#[test]
fn the_committed_schemas_are_current() {
    let fresh = tempfile::tempdir().unwrap();
    assert!(support::lotse(&["schema", "--write", fresh.path().to_str().unwrap()]).status.success());
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

/// All parts of a schema that hold together at one place: itself, what it refers to, what it joins.
fn parts<'s>(root: &'s Value, schema: &'s Value, found: &mut Vec<&'s Value>) {
    found.push(schema);
    if let Some(reference) = schema["$ref"].as_str() {
        parts(root, root.pointer(reference.trim_start_matches('#')).unwrap(), found);
    }
    schema["allOf"].as_array().into_iter().flatten().for_each(|part| parts(root, part, found));
}

/// What is wrong with a value: of another kind, lacking what its schema requires, or with something the schema does not
/// know, all the way down.
fn misfit(root: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    // Anything may stand there.
    if *schema == Value::Bool(true) {
        return None;
    }
    let mut together = Vec::new();
    parts(root, schema, &mut together);
    for part in &together {
        if let Some(only) = part.get("const").filter(|only| *only != value) {
            return Some(format!("{at} is {value}, not {only}"));
        }
        if part["enum"].as_array().is_some_and(|choices| !choices.contains(value)) {
            return Some(format!("{at} is {value}, not one of {}", part["enum"]));
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let kinds = &part["type"];
        if !kinds.is_null() && kinds != kind && kinds.as_array().is_none_or(|kinds| !kinds.contains(&kind.into())) {
            return Some(format!("{at} is {value:.60}, not {kinds}"));
        }
        if let Some(choices) = ["anyOf", "oneOf"].iter().find_map(|word| part[*word].as_array()) {
            let faults: Vec<_> = choices.iter().map(|choice| misfit(root, choice, value, at)).collect();
            if faults.iter().all(Option::is_some) {
                // The choice that fits best is told of: the one that goes wrong furthest down.
                return faults.into_iter().flatten().max_by_key(|fault| fault.split(' ').next().map(str::len));
            }
            // What is chosen describes the fields.
            return None;
        }
    }
    match value {
        Value::Object(fields) => {
            let missing = together.iter().flat_map(|part| part["required"].as_array().into_iter().flatten());
            if let Some(name) = missing.filter_map(Value::as_str).find(|name| !fields.contains_key(*name)) {
                return Some(format!("{at} lacks {name}"));
            }
            let described = |name: &str| {
                let by_name = together.iter().find_map(|part| part["properties"].get(name));
                by_name.or_else(|| {
                    together
                        .iter()
                        .find_map(|part| part.get("additionalProperties"))
                        .filter(|any| any.is_object() || **any == true)
                })
            };
            fields.iter().find_map(|(name, field)| match described(name) {
                Some(schema) => misfit(root, schema, field, &format!("{at}.{name}")),
                None => Some(format!("{at}.{name} is not described")),
            })
        }
        Value::Array(items) => {
            let schema = together.iter().find_map(|part| part.get("items"));
            let Some(schema) = schema else { return Some(format!("{at} is not described")) };
            items.iter().find_map(|item| misfit(root, schema, item, at))
        }
        _ => None,
    }
}

/// Whether a value is what its schema says.
pub fn fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    assert_eq!(misfit(root, schema, value, at), None);
}

pub fn lotse(args: &[&str]) -> Value {
    serde_json::from_slice(&support::lotse(args).stdout).unwrap()
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

#[test]
fn what_is_printed_about_people_is_what_its_schema_says() {
    for (kind, command) in [
        ("sheet", &["sheet", "--format", "json"][..]),
        ("explain", &["explain", "--json"]),
        ("employer-page", &["employer"]),
    ] {
        let schema = lotse(&["schema", kind]);
        let printed = lotse(&[command, crate::support::SOCIAL_WORKER].concat());
        fits(&schema, &schema, &printed, kind);
        assert!(misfit(&schema, &schema, &serde_json::json!({}), kind).is_some(), "{kind}: nothing is not enough");
    }
}
