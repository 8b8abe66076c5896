//! Offices of a place have the names of that place; an operator's own file adds to them and goes before them, and is checked.

use lotse::sheet::{Block, OfficeCard};

use crate::support::{RULES, Running, TODAY, answers, complained, get, lotse, printed, sheet};

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
    assert!(jobcenter.note.as_ref().is_some_and(|note| note.contains("Angesehen am")), "{:?}", jobcenter.note);
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

/// Somebody in Dortmund who waits for the title: neither answer nor way speaks of the operator.
const IN_DORTMUND: &str = "goal=kita,protected-title&qualification-kind=university-degree&completed=yes&\
    study-field=early-childhood-education&country-of-training=UA&district=05913&german-level=b1&letter-result=none&\
    stage=not-applied";

#[test]
fn what_an_operator_adds_reaches_people_on_screen_on_paper_in_text_at_the_telephone_and_at_the_desk() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("own.yaml");
    std::fs::write(&file, OWN).unwrap();
    let server = Running::with(&["--local", file.to_str().unwrap()]);
    for page in ["/blatt", "/blatt.txt", "/telefon", "/beratung"] {
        let says = get(server.address, &format!("{page}?{IN_DORTMUND}")).body;
        for told in
            ["Offene Tür", "0200 123457", "Berät zur Anerkennung.", "Kurs B2 am Abend", "kurse.example", "20.11.2026"]
        {
            assert!(says.contains(told), "{page} does not say {told}");
        }
    }
    // Of an office that he overrules, when it is open and of when that is.
    for page in ["/blatt", "/blatt.txt", "/beratung"] {
        let says = get(server.address, &format!("{page}?{IN_DORTMUND}&support-office=jobcenter")).body;
        for told in ["Jobcenter Musterstelle", "0200 123456", "Dienstag von 10 bis 12 Uhr."] {
            assert!(says.contains(told), "{page} does not say {told}");
        }
    }
}

#[test]
fn an_operator_with_much_advice_does_not_fill_the_sheet_with_it() {
    let advice = |at: usize| {
        format!(
            "      tuer-{at}:\n        name: Tür {at}\n        role: Berät.\n        phone: \"0200 1{at}\"\n        \
                 state: undated\n        checked_on: 2026-11-20\n        certainty: authority\n"
        )
    };
    let own = format!("of: district\nplaces:\n  \"05913\":\n    advice:\n{}", (0..12).map(advice).collect::<String>());
    let words: Vec<&str> = ["sheet", "--format", "json"].into_iter().chain(IN_DORTMUND.split('&')).collect();
    let sheet: serde_json::Value = serde_json::from_str(&printed(&with(&own, &words))).unwrap();
    let block = sheet["blocks"].as_array().unwrap().iter().find(|block| block["block"] == "contacts").unwrap();
    let offices = block["offices"].as_array().unwrap();
    let own = offices.iter().filter(|card| card["id"].as_str().unwrap().contains("tuer-"));
    assert_eq!(own.count(), 12, "a long print and programs have all of it");
    let told: Vec<_> = offices.iter().filter(|card| card["foremost"] == true).collect();
    let decides = |card: &&&serde_json::Value| {
        let advises = card["free"] == true || card["id"].as_str().unwrap().ends_with("-local");
        card["because"].is_string() && card["only_here"] == false && !advises
    };
    let all = offices.iter().collect::<Vec<_>>();
    assert_eq!(
        told.iter().filter(decides).count(),
        all.iter().filter(decides).count(),
        "advice displaces nobody who decides"
    );
    assert_eq!(told.iter().filter(|card| card["only_here"] == true).count(), 3);
}

#[test]
fn whoever_may_ask_for_advice_is_told_of_the_integration_centre_of_the_place() {
    let words: Vec<&str> = IN_DORTMUND.split('&').collect();
    let here = contacts(&words);
    let centre = here.iter().find(|card| card.id == "ki-local").expect("it is named");
    assert!(centre.foremost && centre.name.contains("Dortmund"), "{centre:?}");
    assert!(centre.note.as_ref().unwrap().contains("Fragen Sie dort, wer Sie berät."), "{centre:?}");
    // Other Länder have none.
    let here = |district: &str| {
        let elsewhere = words.iter().copied().filter(|word| !word.starts_with("district=")).chain([district]);
        let sheet = sheet(&answers(&elsewhere.collect::<Vec<_>>()), TODAY);
        let steps = crate::support::all_steps(&sheet);
        let advice = steps.iter().find(|step| step.id == "get-advice").expect("there is advice");
        advice.offices.iter().any(|office| office.id == "ki-local")
    };
    assert!(here("district=05913") && !here("district=outside-nrw"));
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
