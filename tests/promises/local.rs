//! Offices of a place have the names of that place; an operator's own file adds to them and goes before them, and is checked.

use lotse::sheet::{Block, OfficeCard};

use crate::support::{RULES, TODAY, answers, complained, lotse, printed, sheet};

fn contacts(words: &[&str]) -> Vec<OfficeCard> {
    let sheet = sheet(&answers(words), TODAY);
    let found = sheet.blocks.into_iter().find_map(|block| match block {
        Block::Contacts(contacts) => Some(contacts.offices),
        _ => None,
    });
    found.unwrap_or_default()
}

#[test]
fn every_district_has_a_jobcenter_an_agency_and_an_integration_centre_of_its_own_name() {
    let district = RULES.questions.id("district").unwrap();
    let options = &RULES.questions[district].options;
    for (at, id, choice) in options.iter().filter(|(_, _, choice)| choice.from_table) {
        let place = RULES.local.places.get(&(district, at.index())).unwrap_or_else(|| panic!("{id} has no entry"));
        for office in ["jobcenter-local", "ki-local", "agentur-local"] {
            let entry = &place.offices[&RULES.authorities.id(office).unwrap()];
            assert!(!entry.name.contains("vor Ort"), "{id} {office}");
            assert!(!entry.sources.is_empty(), "{id} {office} rests on nothing");
        }
        let _ = choice;
    }
}

#[test]
fn the_sheet_of_somebody_in_dortmund_names_the_jobcenter_of_dortmund() {
    let words = ["goal=kita", "district=05913", "support-office=jobcenter"];
    let here = contacts(&words);
    let jobcenter = here.iter().find(|card| card.id == "jobcenter-local").expect("the Jobcenter is named");
    assert!(jobcenter.name.contains("Dortmund"), "{}", jobcenter.name);
    assert!(jobcenter.note.as_ref().is_some_and(|note| note.contains("angesehen am")), "{:?}", jobcenter.note);
    let nowhere = contacts(&["goal=kita", "support-office=jobcenter"]);
    let jobcenter = nowhere.iter().find(|card| card.id == "jobcenter-local").unwrap();
    assert_eq!(jobcenter.name, "Jobcenter vor Ort");
}

const OWN: &str = r#"
of: district
places:
  "05913":
    offices:
      jobcenter-local:
        name: Jobcenter Musterstelle
        phone: "0200 123456"
        hours: Dienstag von 10 bis 12 Uhr.
        state: undated
        checked_on: 2026-11-20
        certainty: authority
    advice:
      offene-tuer:
        name: Offene Tür
        role: Berät zur Anerkennung.
        phone: "0200 123457"
        state: 2026-11-20
        checked_on: 2026-11-20
        certainty: authority
    courses:
      b2-abends:
        name: Kurs B2 am Abend
        role: Kurs für den Beruf, zweimal in der Woche.
        url: https://kurse.example
        state: undated
        checked_on: 2026-11-20
        certainty: authority
"#;

fn with(own: &str, words: &[&str]) -> std::process::Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("own.yaml");
    std::fs::write(&file, own).unwrap();
    lotse(&[words, &["--local", file.to_str().unwrap()]].concat())
}

#[test]
fn an_operator_overrules_an_office_and_adds_advice_and_courses() {
    let words = ["sheet", "--format", "json", "goal=kita", "district=05913", "support-office=jobcenter"];
    let sheet: serde_json::Value = serde_json::from_str(&printed(&with(OWN, &words))).unwrap();
    let block = sheet["blocks"].as_array().unwrap().iter().find(|block| block["block"] == "contacts").unwrap();
    let card = |name: &str| {
        block["offices"]
            .as_array()
            .unwrap()
            .iter()
            .find(|card| card["name"] == name)
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(card("Jobcenter Musterstelle")["phone"], "0200 123456");
    assert!(card("Jobcenter Musterstelle")["note"].as_str().unwrap().contains("Dienstag"));
    assert_eq!(card("Offene Tür")["role"], "Berät zur Anerkennung.");
    assert_eq!(card("Kurs B2 am Abend")["url"], "https://kurse.example");
}

#[test]
fn faults_in_an_operators_file_are_found_with_their_lines() {
    for (old, new, says) in [
        ("\"05913\"", "\"05999\"", "05999"),
        ("jobcenter-local:", "jobcentre-local:", "jobcenter-local"),
        ("0200 123457", "siehe Internet", "E065"),
        ("        role: Berät zur Anerkennung.\n", "", "E073"),
        ("state: 2026-11-20", "state: 20.11.2026", "E052"),
        ("https://kurse.example", "kurse", "E063"),
        ("hours:", "ours:", "hours"),
    ] {
        let output = with(&OWN.replacen(old, new, 1), &["check"]);
        let said = printed(&output) + &complained(&output);
        assert_eq!(output.status.code(), Some(1), "{new}: {said}");
        assert!(said.contains(says) && said.contains("own.yaml"), "{new}: {said}");
    }
    let gone = lotse(&["check", "--local", "/nirgends/own.yaml"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(complained(&gone).contains("--local takes a file"), "{}", complained(&gone));
}
