//! Everything the rules hold can be taken along as one file, and as data that other programs read.

use std::collections::BTreeSet;

use lotse::opendata::LogicRules;
use lotse::rulebook::Id;
use serde_json::Value;

use crate::html::{attribute, elements, name, parse, text};
use crate::schemas::fits;
use crate::support::{RULES, TODAY, complained, lotse, printed};

fn written(words: &[&str]) -> String {
    let output = lotse(words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    printed(&output)
}

#[test]
fn the_book_holds_every_way_step_paper_office_word_and_source_and_leads_nowhere_but_within() {
    let book = parse(&written(&["book", "--date", "2026-11-22"]));
    assert!(book.errors.borrow().is_empty(), "{:?}", book.errors.borrow());
    let all = elements(&book.document);
    let mut ids = BTreeSet::new();
    for id in all.iter().filter_map(|element| attribute(element, "id")) {
        assert!(ids.insert(id.clone()), "{id} is there twice");
    }
    let held = |kind: &str, id: &str| assert!(ids.contains(&format!("{kind}-{id}")), "{kind} {id} is not in the book");
    RULES.pathways.iter().for_each(|(_, way, pathway)| {
        held("weg", way);
        (1..=pathway.outcomes.len()).for_each(|number| held("weg", &format!("{way}-ergebnis-{number}")));
    });
    RULES.questions.names().for_each(|id| held("frage", id));
    RULES.facts.names().for_each(|id| held("merkmal", id));
    RULES.local.places.keys().for_each(|(question, place)| {
        held("ort", RULES.questions[*question].options.name(Id::new(*place)));
    });
    let certificates = RULES.certificates.as_ref().unwrap();
    certificates.by_country.keys().for_each(|country| {
        held("land", RULES.questions[certificates.country].options.name(Id::new(*country)));
    });
    RULES.steps.names().for_each(|id| held("schritt", id));
    RULES.papers.names().for_each(|id| held("unterlage", id));
    RULES.authorities.names().for_each(|id| held("stelle", id));
    RULES.terms.names().for_each(|id| held("wort", id));
    RULES.sources.names().for_each(|id| held("quelle", id));
    for element in &all {
        assert!(!["script", "img", "link", "iframe"].contains(&name(element).as_str()), "nothing is loaded");
        let Some(href) = attribute(element, "href") else { continue };
        match href.strip_prefix('#') {
            Some(place) => assert!(ids.contains(place), "#{place} leads nowhere"),
            None => {
                assert!(["https://", "http://", "tel:", "mailto:"].iter().any(|way| href.starts_with(way)), "{href}")
            }
        }
    }
    let styles: String = all.iter().filter(|element| name(element) == "style").map(text).collect();
    let shown = text(&book.document).replace(&styles, "");
    for element in all.iter().filter(|element| ["p", "h2", "h3", "h4", "li"].contains(&name(element).as_str())) {
        assert!(!text(element).contains('{'), "a place is not filled: {}", text(element));
    }
    assert!(shown.contains(&RULES.version) && shown.contains("22.11.2026"));
    // What helps with a question, what follows from an answer, what there is at a place, what a paper is called.
    for (_, id, question) in RULES.questions.iter() {
        let help = question.help.map(|help| RULES.texts.german(help));
        assert!(help.is_none_or(|help| shown.contains(help)), "{id} stands without its help");
    }
    for (_, id, fact) in RULES.facts.iter() {
        let entry = all.iter().find(|element| attribute(element, "aria-labelledby") == Some(format!("merkmal-{id}")));
        let entry = text(entry.unwrap());
        // A value that nothing leads to need not be there.
        let values = fact.values.iter().map(|(_, _, words)| RULES.texts.german(*words));
        let told = values.filter(|words| entry.contains(words)).count();
        assert!(told * 3 >= fact.values.len() * 2, "{id}: {told} of {} values", fact.values.len());
    }
    let certificates = certificates.by_country.values().flatten();
    certificates.for_each(|paper| assert!(shown.contains(&paper.name), "{}", paper.name));
    for place in RULES.local.places.values() {
        place.offices.values().chain(place.others.values()).for_each(|office| {
            assert!(shown.contains(&office.name), "{}", office.name);
        });
    }
    let country = RULES.questions.id("country-of-training").unwrap();
    RULES.questions[country].options.iter().for_each(|(_, id, choice)| {
        assert!(shown.contains(RULES.texts.german(choice.text)), "where {id} leads is not said");
    });
}

#[test]
fn the_book_stands_in_german_beside_another_language_part_by_part() {
    let book = parse(&written(&["book", "--date", "2026-11-22", "--lang", "ar", "--beside", "de"]));
    assert!(book.errors.borrow().is_empty(), "{:?}", book.errors.borrow());
    let all = elements(&book.document);
    let mut ids: Vec<String> = all.iter().filter_map(|element| attribute(element, "id")).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is there twice");
    let inward = all.iter().filter_map(|element| attribute(element, "href")?.strip_prefix('#').map(str::to_owned));
    inward.for_each(|place| assert!(ids.binary_search(&place).is_ok(), "#{place} leads nowhere"));
    let pairs: Vec<_> = all.iter().filter(|element| attribute(element, "class").as_deref() == Some("pair")).collect();
    let entries = RULES.steps.len() + RULES.papers.len() + RULES.authorities.len() + RULES.terms.len();
    let outcomes: usize = RULES.pathways.iter().map(|(_, _, pathway)| pathway.outcomes.len() + 2).sum();
    assert!(pairs.len() > entries + outcomes + RULES.questions.len(), "{} pairs", pairs.len());
    for pair in pairs {
        let sides: Vec<_> = pair.children.borrow().iter().cloned().collect();
        let [german, other] = &sides[..] else { panic!("{} sides: {}", sides.len(), text(pair)) };
        let side = |side, wanted| attribute(side, wanted);
        assert_eq!((side(german, "lang").as_deref(), side(german, "dir").as_deref()), (Some("de"), Some("ltr")));
        assert_eq!((side(other, "lang"), side(other, "dir").as_deref()), (None, Some("rtl")));
        // The same parts of the same kind on both sides.
        let kinds = |side| {
            elements(side)
                .iter()
                .map(name)
                .filter(|kind| ["h2", "h3", "h4", "p"].contains(&&**kind))
                .collect::<Vec<_>>()
        };
        let index = text(german).trim_start().starts_with("Register");
        assert!(index || kinds(german) == kinds(other), "{} | {}", text(german), text(other));
        assert!(!text(german).trim().is_empty() && !text(other).trim().is_empty());
    }
    let alone = lotse(&["book", "--beside", "de"]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(complained(&alone).contains("--lang uk --beside de"), "{}", complained(&alone));
}

#[test]
fn the_rulebook_as_data_is_whole_and_has_the_form_of_its_schema() {
    let whole: Value = serde_json::from_str(&written(&["export", "rulebook", "--date", "2026-11-22"])).unwrap();
    let schema: Value = serde_json::from_str(&written(&["schema", "rulebook-export"])).unwrap();
    fits(&schema, &schema, &whole, "rulebook-export");
    for (kind, count) in [
        ("questions", RULES.questions.len()),
        ("facts", RULES.facts.len()),
        ("local", RULES.local.places.len()),
        ("certificates", RULES.certificates.as_ref().unwrap().by_country.len()),
        ("pathways", RULES.pathways.len()),
        ("steps", RULES.steps.len()),
        ("papers", RULES.papers.len()),
        ("offices", RULES.authorities.len()),
        ("terms", RULES.terms.len()),
        ("sources", RULES.sources.len()),
        ("changes", RULES.changes.len()),
    ] {
        assert_eq!(whole[kind].as_array().unwrap().len(), count, "{kind}");
    }
    assert_eq!(whole["rulebook"]["licence"], "EUPL-1.2");
    let office = whole["facts"].as_array().unwrap().iter().find(|fact| fact["id"] == "teacher-office").unwrap();
    let row =
        office["table"].as_array().unwrap().iter().find(|row| row["value"]["id"] == "br-arnsberg-teachers").unwrap();
    assert!(row["options"].as_array().unwrap().iter().any(|option| option["id"] == "PL"), "{row}");
}

/// What is written as JSON Logic is what the second engine reads (see `second_engine`).
#[test]
fn the_rules_as_json_logic_are_those_of_the_day() {
    let printed: Value = serde_json::from_str(&written(&["export", "json-logic", "--date", "2026-11-22"])).unwrap();
    assert_eq!(printed, serde_json::to_value(LogicRules::of(&RULES, TODAY)).unwrap());
    let schema: Value = serde_json::from_str(&written(&["schema", "json-logic"])).unwrap();
    fits(&schema, &schema, &printed, "json-logic");
    assert_eq!(printed["pathways"].as_object().unwrap().len(), RULES.pathways.len());
    assert_eq!(printed["facts"].as_object().unwrap().len(), RULES.facts.len());
}

/// The fields of a line of a table, as spreadsheets read them.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => fields.last_mut().unwrap().push(signs.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            sign => fields.last_mut().unwrap().push(sign),
        }
    }
    fields
}

#[test]
fn tables_have_a_line_for_each_entry_and_every_line_has_all_fields() {
    for (table, entries, column, known) in [
        ("offices", RULES.authorities.len(), "phone", ""),
        ("offices", RULES.authorities.len(), "note", ""),
        ("countries", 0, "training-region", "UA"),
        ("districts", 0, "home-bezirk", "05913"),
    ] {
        let table = written(&["export", table, "--date", "2026-11-22"]);
        let lines: Vec<Vec<String>> = table.split_terminator("\r\n").map(fields).collect();
        let at = lines[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("{:?}", lines[0]));
        assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{table:.300}");
        let last = |line: &[String]| line[line.len() - 2..].to_vec();
        assert_eq!(last(&lines[0]), ["rulebook", "date"]);
        assert!(lines[1..].iter().all(|line| last(line) == [RULES.version.as_str(), "2026-11-22"]), "{table:.300}");
        assert!(lines.len() > 50 && (entries == 0 || lines.len() == entries + 1), "{}", lines.len());
        if let Some(line) = lines.iter().find(|line| line[0] == known) {
            let value = &line[at];
            let fact = RULES.facts.id(column).map(|id| &RULES.facts[id].values);
            assert!(fact.is_some_and(|values| values.id(value).is_some()), "{known}: {value}");
        } else {
            assert!(known.is_empty(), "{known} is missing");
        }
    }
}
