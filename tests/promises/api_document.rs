//! A stranger can rely on the description of the API: it names every address, its examples work, and what is answered has
//! the form it says.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use lotse::language::Lang;
use serde_json::{Value, json};

use crate::api::{parsed, post};
use crate::browser::{missing, program};
use crate::html::{attribute, elements, name, parse, text};
use crate::schemas::{fits, lotse};
use crate::support::{RULES, Server};

fn described(server: &Server) -> Value {
    parsed(&server.get("/api/v1/openapi.json"))
}

/// Path, method and description of each address.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let each = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(|(method, operation)| (path.clone(), method.clone(), operation.clone())).collect::<Vec<_>>()
    });
    each.collect()
}

#[test]
fn every_address_is_described_and_nothing_else() {
    let routes = include_str!("../../src/web/router.rs").split(".route(\"/v1").skip(1);
    let routes: BTreeSet<(String, String)> = routes
        .map(|rest| {
            let (path, rest) = rest.split_once("\", ").unwrap();
            (path.to_owned(), rest.split('(').next().unwrap().to_owned())
        })
        .collect();
    let document = described(&Server::start());
    let named = operations(&document).into_iter().map(|(path, method, _)| (path, method)).collect();
    assert_eq!(routes, named);
    assert!(routes.len() >= 15, "{routes:?}");
    // What a name does not say: that no question means the end, and that not to know is an answer.
    for (path, method, operation) in operations(&document) {
        let says = operation["description"].as_str().unwrap_or_default();
        assert!(says.len() > 40, "{method} {path} is not described");
    }
    let next = document["paths"]["/next"]["post"]["description"].as_str().unwrap();
    assert!(next.contains("null") && next.contains("unknown"), "{next}");
    assert_eq!((&document["openapi"], &document["info"]["version"]), (&json!("3.1.0"), &json!("1")));
}

#[test]
fn every_example_works_and_what_is_answered_has_the_form_described() {
    let server = Server::start();
    let document = described(&server);
    let mut tried = 0;
    for (path, method, operation) in operations(&document) {
        let answer = match &operation["requestBody"]["content"]["application/json"]["examples"] {
            Value::Null => {
                let mut address = format!("/api/v1{path}");
                for parameter in operation["parameters"].as_array().unwrap() {
                    let name = parameter["name"].as_str().unwrap();
                    if parameter["in"] == "path" {
                        address = address.replace(&format!("{{{name}}}"), parameter["example"].as_str().unwrap());
                    }
                }
                server.get(&address)
            }
            examples => post(&server, &path, &examples["example"]["value"].to_string()),
        };
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.body);
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        if path != "/openapi.json" {
            fits(&document, schema, &parsed(&answer), &path);
        }
        tried += 1;
    }
    assert!(tried >= 15);
    let problem = &document["paths"]["/explain"]["post"]["responses"]["400"]["content"]["application/problem+json"];
    let answer = parsed(&post(&server, "/explain", r#"{"answers":{"goall":[]}}"#));
    fits(&document, &problem["schema"], &answer, "problem");
}

/// What a schema says of fields, wherever its parts stand: which there are, and which must be there.
fn fields(root: &Value, schema: &Value, at: &str, seen: &mut BTreeSet<String>, found: &mut BTreeSet<String>) {
    if !schema.is_object() {
        return;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        if seen.insert(name.to_owned()) {
            fields(root, root.pointer(reference.trim_start_matches('#')).unwrap(), name, seen, found);
        }
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        found.insert(format!("{at} must have {required}"));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        found.insert(format!("{at} has {name}"));
        fields(root, property, &format!("{at}.{name}"), seen, found);
    }
    for part in ["items", "additionalProperties"] {
        fields(root, &schema[part], at, seen, found);
    }
    for parts in ["anyOf", "oneOf", "allOf"] {
        for part in schema[parts].as_array().into_iter().flatten() {
            // A part of a union that a field tells apart has a name for generators alone.
            let named = part["$ref"].as_str().filter(|_| !schema["discriminator"].is_null());
            let named = named.and_then(|reference| root.pointer(reference.trim_start_matches('#')));
            fields(root, named.unwrap_or(part), at, seen, found);
        }
    }
}

/// Generators of clients read no more than the reference where one stands.
#[test]
fn nothing_but_words_stands_beside_a_reference_and_unions_say_what_tells_their_parts_apart() {
    fn look(json: &Value, at: &str) {
        match json {
            Value::Object(fields) => {
                let more = fields.keys().filter(|name| !["$ref", "description"].contains(&name.as_str())).count();
                assert!(!fields.contains_key("$ref") || more == 0, "{at} hides something beside a reference");
                let choices = fields.get("oneOf").and_then(Value::as_array).into_iter().flatten();
                assert!(choices.clone().all(|one| one["const"].is_null()), "{at} lists words as types");
                fields.iter().for_each(|(name, field)| look(field, &format!("{at}/{name}")));
            }
            Value::Array(all) => all.iter().for_each(|one| look(one, at)),
            _ => {}
        }
    }
    let document = described(&Server::start());
    look(&document, "");
    let blocks = &document["components"]["schemas"]["Block"];
    let names = blocks["discriminator"]["mapping"].as_object().unwrap();
    assert_eq!(blocks["discriminator"]["propertyName"], "block");
    assert_eq!(names.len(), blocks["oneOf"].as_array().unwrap().len());
    for (word, name) in names {
        let part = document.pointer(name.as_str().unwrap().trim_start_matches('#')).unwrap();
        assert_eq!(part["allOf"][1]["properties"]["block"]["const"], *word);
    }
}

#[test]
fn the_schemas_of_the_command_line_and_of_the_description_say_the_same() {
    let document = described(&Server::start());
    for (command, path) in [("sheet", "/sheet"), ("explain", "/explain"), ("employer-page", "/employer")] {
        let printed = lotse(&["schema", command]);
        let served = &document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
        let all = |root: &Value, schema: &Value| {
            let mut found = BTreeSet::new();
            fields(root, schema, "", &mut BTreeSet::new(), &mut found);
            // The schema that a command prints has no name of its own at its root.
            let own = printed["title"].as_str().unwrap().to_owned();
            found.into_iter().map(|line| line.strip_prefix(&own).unwrap_or(&line).to_owned()).collect::<BTreeSet<_>>()
        };
        let (printed, served) = (all(&printed, &printed), all(&document, served));
        assert!(printed.len() > 10, "{command}: {printed:?}");
        assert_eq!(printed, served, "{command}");
    }
}

/// The examples on the page for developers, as a stranger copies them.
fn snippets(server: &Server) -> Vec<String> {
    let page = parse(&server.get("/schnittstelle").body);
    let code = elements(&page.document).into_iter().filter(|element| name(element) == "pre");
    code.map(|element| text(&element).replace("http://lotse.test", &format!("http://{}", server.address))).collect()
}

#[test]
fn what_the_page_for_developers_shows_can_be_copied_and_run() {
    let server = Server::start();
    let snippets = snippets(&server);
    // What a link can bring along is an address as a frame needs it.
    let page = server.get("/schnittstelle").body.replace("&#x2f;", "/");
    assert!(page.contains("<code lang=\"en\" dir=\"ltr\" translate=\"no\">http://lotse.test/fragen?"), "{page}");
    let run = |tool: &str, words: &[&str]| -> Option<String> {
        let Some(tool) = program(&[tool]) else { return missing(tool) };
        let output = Command::new(tool).args(words).stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let command = snippets.iter().find(|code| code.starts_with("curl ")).unwrap();
    if program(&["curl"]).is_some()
        && let Some(answer) = run("sh", &["-c", command])
    {
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer["question"]["text"].is_string(), "{answer}");
    }
    let script = snippets.iter().find(|code| code.starts_with("const ")).unwrap();
    if let Some(said) = run("node", &["--input-type=module", "--eval", script]) {
        assert!(said.contains("22.11.2026"), "{said}");
        let word = |id: &str| RULES.word(&Lang::german(), &format!("certainty.{id}")).to_owned();
        let certainties = ["rule", "authority", "usual", "open"].map(word);
        let ways = || said.lines().filter(|line| line.contains(" · "));
        assert!(
            ways().count() > 0 && ways().all(|line| certainties.iter().any(|word| line.ends_with(word.as_str()))),
            "{said}"
        );
        assert!(!said.contains("undefined"), "{said}");
    }
}

#[test]
fn each_kind_of_problem_leads_to_its_paragraph() {
    let server = Server::start();
    let page = parse(&server.get("/schnittstelle").body);
    let places: BTreeSet<String> =
        elements(&page.document).iter().filter_map(|element| attribute(element, "id")).collect();
    for answer in [
        post(&server, "/explain", "x"),
        post(&server, "/explain", r#"{"x":1}"#),
        post(&server, "/explain", r#"{"answers":{"x":[]}}"#),
        post(&server, "/employer", "{}"),
        server.get("/api/v1/explain"),
        server.get("/api/v1/x"),
        server.get("/api/v1/steps?x"),
    ] {
        let kind = parsed(&answer)["type"].as_str().unwrap().to_owned();
        let (page, place) = kind.split_once('#').unwrap();
        assert_eq!(page, "/schnittstelle");
        assert!(places.contains(place), "{place} has no paragraph");
    }
}
