//! A sheet stays true: opened later, it says exactly what has changed since, why, and how it was.
//!
//! Two small rulebooks, one released and one in force, make "exactly" exact.

use std::path::Path;

use jiff::civil::{Date, date};
use lotse::rulebook::{Rulebook, released};
use serde_json::Value;

use crate::support::{Answer, RULES, Server, TODAY, edit, lotse, small};

/// The answers of everybody here.
const ANSWERS: &str = "goal=kita,school&degree=yes&country=NO&years=3-plus&exam=oral";

/// The day of the old sheet, and the day on which it is opened again.
const THEN: &str = "2026-03-03";
const NOW: Date = date(2026, 11, 22);

/// Version 1, released: a way into school beside the one into Kita. In force after it: whatever `change` makes of it.
fn rules(change: impl FnOnce(&Path)) -> Rulebook {
    let dir = small();
    let root = dir.path();
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/interface.yaml");
    std::fs::copy(words, root.join("interface.yaml")).unwrap();
    std::fs::remove_file(root.join("lint.yaml")).unwrap();
    std::fs::write(root.join("pathways/school.yaml"), SCHOOL).unwrap();
    std::fs::write(root.join("cases/helper.yaml"), HELPER).unwrap();
    edit(root, "rulebook.yaml", "pathways: [", "pathways: [school, ");
    let released = lotse(&["release", "--rules", root.to_str().unwrap()]);
    assert!(released.status.success(), "{}", crate::support::complained(&released));
    std::fs::remove_dir_all(root.join("cases")).unwrap();
    change(root);
    let loaded = Rulebook::from_dir(root).unwrap();
    loaded.rulebook.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

const SCHOOL: &str = "\
pathway: school
title: Arbeit in der Schule
concerns: job
when: { goal: school }
tree: { outcome: helper }
outcomes:
  helper:
    standing: open-now
    title: In der Schule helfen
    opening: In der Schule können Sie helfen.
    says: Die Schule entscheidet.
    decided_by: employer
    certainty: rule
    basis: act
    row: S-1
    steps: [call]
";

const HELPER: &str = "\
case: helper
title: Eine Person möchte in der Schule helfen
answers: { goal: school }
expect: { outcomes: [school/helper, waiting/volunteer] }
";

/// Version 2: a standing, a cost and a telephone number changed; a way gone; an outcome only renamed; a sentence reworded.
fn second_version(root: &Path) {
    edit(root, "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(root, "rulebook.yaml", "pathways: [school, ", "pathways: [");
    std::fs::remove_file(root.join("pathways/school.yaml")).unwrap();
    edit(root, "pathways/kita.yaml", "standing: open-now", "standing: open-after-steps");
    edit(root, "steps.yaml", "amount: 5 Euro", "amount: 8 Euro");
    edit(root, "authorities.yaml", "phone: \"0000 1\"", "phone: \"0000 9\"");
    edit(root, "pathways/waiting.yaml", "outcome: volunteer", "outcome: helping");
    edit(root, "pathways/waiting.yaml", "  volunteer:", "  helping:");
    edit(root, "steps.yaml", "says: Fragen Sie nach dem Weg für Ihren Abschluss.", "says: Fragen Sie nach Ihrem Weg.");
    std::fs::write(root.join("changes.yaml"), CHANGES).unwrap();
}

const CHANGES: &str = "\
changes:
  - version: \"2\"
    day: 2026-10-01
    says: Der Weg in die Kita ist jetzt länger.
    because: Das Gesetz ist neu.
    source: act
    touches: [kita/now, school]
  - version: \"1\"
    day: 2026-01-01
    says: Der Weg in die Kita ist kurz.
    because: So war das Gesetz.
    source: act
    touches: [kita]
";

/// Lets version 1 have been released with other words in one of its files.
fn released_otherwise(root: &Path, name: &str, old: &str, new: &str) {
    let list = root.join(released::list_name("1"));
    let listed = std::fs::read_to_string(&list).unwrap();
    let before = listed.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: "))).unwrap();
    let text = std::fs::read_to_string(root.join(released::file_name(name, before.trim_matches('"')))).unwrap();
    assert!(text.contains(old), "{name} does not hold {old}");
    let text = text.replacen(old, new, 1);
    let seal = released::seal(&text);
    std::fs::remove_file(root.join(released::file_name(name, before.trim_matches('"')))).unwrap();
    std::fs::write(root.join(released::file_name(name, &seal)), text).unwrap();
    std::fs::write(&list, listed.replacen(before, &format!("\"{seal}\""), 1)).unwrap();
}

fn block(server: &Server, query: &str) -> Option<Value> {
    let answer = server.get(&format!("/blatt.json?{query}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let sheet: Value = serde_json::from_str(&answer.body).unwrap();
    let blocks = sheet["blocks"].as_array().unwrap().clone();
    let at = blocks.iter().position(|block| block["block"] == "since")?;
    assert_eq!(at, 1, "it stands right behind the introduction");
    Some(blocks[at].clone())
}

/// About what, and in what.
fn told(block: &Value) -> Vec<String> {
    let told = block["differences"].as_array().unwrap().iter().map(|difference| {
        let aspects = difference["parts"].as_array().unwrap().iter().map(|part| part["aspect"].as_str().unwrap());
        format!("{} {}", difference["id"].as_str().unwrap(), aspects.collect::<Vec<_>>().join("+"))
    });
    told.collect()
}

fn old_link() -> String {
    format!("{ANSWERS}&datum={THEN}&stand=1")
}

#[test]
fn the_same_day_under_the_same_rules_says_nothing() {
    let server = Server::start();
    let version = &RULES.version;
    for more in [String::new(), format!("&datum={TODAY}&stand={version}"), format!("&stand={version}")] {
        let link = format!("goal=kita{more}");
        assert_eq!(block(&server, &link), None, "{link}");
    }
}

#[test]
fn a_day_alone_still_shows_that_day() {
    let server = Server::with(rules(second_version), NOW);
    assert_eq!(block(&server, &format!("{ANSWERS}&datum={THEN}")), None);
    assert!(server.get(&format!("/blatt.json?{ANSWERS}&datum={THEN}")).body.contains(THEN));
}

#[test]
fn an_old_sheet_names_exactly_what_is_different() {
    let server = Server::with(rules(second_version), NOW);
    let block = block(&server, &old_link()).unwrap();
    assert_eq!(block["heading"], "Was sich seit dem 03.03.2026 geändert hat");
    assert_eq!(told(&block), ["kita/now standing", "school/helper went", "apply cost", "north phone"]);
    let reworded: Vec<_> = block["reworded"].as_array().unwrap().iter().map(|named| named["id"].clone()).collect();
    assert_eq!(reworded, ["call"]);
    let says = |at: usize| block["differences"][at]["parts"][0]["says"].as_str().unwrap();
    assert_eq!(says(0), "Ob der Weg offen ist: vorher „Jetzt möglich“, jetzt „Möglich nach weiteren Schritten“.");
    assert_eq!(says(2), "Kosten: vorher „Kopien: 5 Euro (2026)“, jetzt „Kopien: 8 Euro (2026)“.");
    assert_eq!(says(3), "Telefon: vorher „0000 1“, jetzt „0000 9“.");
}

#[test]
fn each_difference_has_its_reason_or_its_source() {
    let server = Server::with(rules(second_version), NOW);
    let sheet: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{}", old_link())).body).unwrap();
    let blocks = sheet["blocks"].as_array().unwrap();
    let differences = blocks[1]["differences"].as_array().unwrap();
    // Only what is newer than the old sheet's version is a reason.
    assert_eq!(differences[0]["because"], serde_json::json!(["Das Gesetz ist neu."]));
    assert_eq!(differences[1]["because"], serde_json::json!(["Das Gesetz ist neu."]));
    let lines = blocks.iter().find(|block| block["block"] == "sources").unwrap()["sources"].as_array().unwrap();
    let cited = |at: usize| {
        let number = &differences[at]["sources"][0];
        lines.iter().find(|line| line["number"] == *number).expect("the number is in the list")["id"].clone()
    };
    assert_eq!(["act", "act", "guide", "guide"], [cited(0), cited(1), cited(2), cited(3)]);
}

#[test]
fn nothing_different_is_said_in_one_sentence() {
    let server = Server::with(rules(|root| edit(root, "rulebook.yaml", "version: \"1\"", "version: \"2\"")), NOW);
    let block = block(&server, &old_link()).unwrap();
    assert_eq!(told(&block), Vec::<String>::new());
    assert!(block["says"].as_str().unwrap().ends_with("nichts geändert."), "{}", block["says"]);
}

#[test]
fn a_version_that_is_not_kept_is_not_compared_and_says_so() {
    let server = Server::with(rules(second_version), NOW);
    let block = block(&server, &format!("{ANSWERS}&datum={THEN}&stand=0.9")).unwrap();
    assert_eq!((block["kept"].as_bool(), told(&block).len()), (Some(false), 0));
    assert!(block["says"].as_str().unwrap().contains("nicht aufgehoben"), "{}", block["says"]);
    let page = server.get(&format!("/blatt?{ANSWERS}&datum={THEN}&stand=0.9&wie=damals"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("nicht aufgehoben"), "what is not kept cannot be shown either");
}

/// The addresses a page links to.
fn links(page: &Answer) -> Vec<String> {
    let parts = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    parts.map(|link| link.replace("&#x2f;", "/").replace("&amp;", "&")).collect()
}

#[test]
fn the_old_sheet_can_be_seen_as_it_was_with_a_note_and_a_way_back() {
    let server = Server::with(rules(second_version), NOW);
    let today = server.get(&format!("/blatt?{}", old_link()));
    assert!(!today.body.contains("5 Euro (2026)</") && today.body.contains("8 Euro"));
    let to_then = links(&today).into_iter().find(|link| link.ends_with("wie=damals")).expect("a link to the old sheet");
    let then = server.get(&to_then);
    for shown in ["In der Schule helfen", "5 Euro", "0000 1", "So sah dieses Blatt am 03.03.2026 aus"] {
        assert!(then.body.contains(shown), "{shown} is not on the old sheet");
    }
    assert!(!then.body.contains("8 Euro") && !then.body.contains("0000 9"));
    let back = format!("/blatt?{}", old_link());
    assert!(links(&then).contains(&back), "{:#?}", links(&then));
}

#[test]
fn an_answer_that_todays_rules_do_not_know_is_named_and_still_there_on_the_old_sheet() {
    let server = Server::with(
        rules(|root| {
            second_version(root);
            edit(root, "questions/person.yaml", "      oral: {", "      spoken: {");
            edit(root, "pathways/kita.yaml", "[oral, written]", "[spoken, written]");
        }),
        NOW,
    );
    let today = server.get(&format!("/blatt?{}", old_link()));
    assert!(today.body.contains(r#"class="notice""#) && today.body.contains("oral"));
    let to_then = links(&today).into_iter().find(|link| link.ends_with("wie=damals")).unwrap();
    assert!(to_then.contains("exam=oral"), "{to_then}");
    assert!(server.get(&to_then).body.contains("mündlich"));
}

#[test]
fn what_a_date_brings_is_told_with_its_day_before_and_after() {
    let ends = |root: &Path| {
        let outcome = "    valid: { from: 2020-01-01 }\n    steps: [call, apply]";
        let ending = "    valid: { from: 2020-01-01, until: 2027-01-31 }\n    steps: [call, apply]";
        edit(root, "pathways/kita.yaml", outcome, ending);
        edit(root, "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    };
    let query = format!("{ANSWERS}&datum=2026-11-22&stand=2");
    let server = Server::with(rules(ends), NOW);
    let sheet: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{query}")).body).unwrap();
    let blocks = sheet["blocks"].as_array().unwrap();
    let ahead = blocks.iter().find(|block| block["block"] == "ahead").expect("the day is known already");
    assert_eq!(ahead["days"].as_array().unwrap().len(), 1);
    assert_eq!(ahead["days"][0]["from"], "Ab 01.02.2027");
    assert_eq!(told(&ahead["days"][0]), ["kita/now went", "apply went"]);

    let later = Server::with(rules(ends), date(2027, 3, 1));
    let block = block(&later, &query).unwrap();
    assert_eq!(told(&block), ["kita/now went", "apply went"]);
    for difference in block["differences"].as_array().unwrap() {
        assert_eq!(difference["day"], "2027-02-01");
        assert!(difference["because"][0].as_str().unwrap().contains("01.02.2027"));
    }
}

#[test]
fn what_changed_stands_on_paper_and_for_the_employer_too() {
    let server = Server::on(TODAY);
    let link = "goal=kita&qualification-kind=university-degree&completed=yes&study-field=social-work&\
        anabin-institution=h-plus&anabin-degree=entspricht&anabin-listed-there=yes&datum=2026-11-21&stand=2026.11";
    for path in ["/blatt", "/blatt.txt", "/arbeitgeber"] {
        let page = server.get(&format!("{path}?{link}"));
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Was sich seit dem 21.11.2026 geändert hat"), "{path}");
    }
}

#[test]
fn the_employer_is_told_only_what_concerns_the_role() {
    let part = "    employer: { role: Kraft, provision: Das Gesetz erlaubt es., must: [certificate] }\n";
    let with_role = move |root: &Path| {
        released_otherwise(
            root,
            "pathways/kita.yaml",
            "    steps: [call, apply]\n",
            &format!("    steps: [call, apply]\n{part}"),
        );
        edit(root, "pathways/kita.yaml", "    steps: [call, apply]\n", &format!("    steps: [call, apply]\n{part}"));
        second_version(root);
    };
    let server = Server::with(rules(with_role), NOW);
    let sheet: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{}", old_link())).body).unwrap();
    assert_eq!(told(&sheet["employer_page"]["since"]), ["kita/now standing"]);
    let page = server.get(&format!("/arbeitgeber?{}", old_link())).body;
    assert!(page.contains("Ob der Weg offen ist") && !page.contains("In der Schule helfen"));
}
