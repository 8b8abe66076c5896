//! What a sheet tells beside its steps and ways: what a person brings along, money, time, a shortcut, help when something fails;
//! and how it speaks to whom.

use lotse::sheet::{Block, EmployerFile, Sheet};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{RULES, Server, TODAY, all_steps, answers, any_answers, cases, first_steps, sheet, tries};

fn blocks(words: &[&str]) -> Vec<Block> {
    sheet(&answers(words), TODAY).blocks
}

fn heading_of_first_steps(sheet: &Sheet) -> &str {
    let heading = sheet.blocks.iter().find_map(|block| match block {
        Block::Now(steps) => Some(steps.heading.as_str()),
        _ => None,
    });
    heading.unwrap_or_default()
}

#[test]
fn what_a_person_brings_along_is_never_left_out() {
    proptest!(tries(60), |(answers in any_answers())| {
        let sheet = sheet(&answers, TODAY);
        let found = sheet.blocks.iter().any(|block| matches!(block, Block::Have(have) if !have.more.is_empty()));
        prop_assert!(found);
    });
}

#[test]
fn what_a_person_brings_along_is_what_they_said() {
    let blocks = blocks(&["goal=kita", "qualification-kind=university-degree", "completed=unknown", "german-level=b1"]);
    let have = blocks.iter().find_map(|block| match block {
        Block::Have(have) => Some(&have.lines),
        _ => None,
    });
    assert_eq!(have.unwrap(), &["Sie haben studiert.", "Sie sprechen Deutsch: B1."]);
}

#[test]
fn every_cost_of_every_step_stands_once_under_money_and_no_sum_does() {
    for (name, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let money = sheet.blocks.iter().find_map(|block| match block {
            Block::Money(money) => Some(money),
            _ => None,
        });
        let lines = &money.unwrap_or_else(|| panic!("{name} says nothing of money")).lines;
        for step in all_steps(&sheet) {
            for cost in &step.cost {
                let told = lines.iter().filter(|line| line.figure == *cost);
                let of_step = told.filter(|line| line.steps.iter().any(|known| known.id == step.id));
                assert_eq!(of_step.count(), 1, "{name}: {} of {}", cost.says, step.id);
            }
        }
        let parts: usize = all_steps(&sheet).iter().map(|step| step.cost.len()).sum();
        assert_eq!(lines.iter().map(|line| line.steps.len()).sum::<usize>(), parts, "{name}: nothing but the parts");
    }
}

#[test]
fn legal_and_observed_times_are_kept_apart_and_estimates_stay_with_their_steps() {
    for (name, answers, date) in cases() {
        for block in sheet(&answers, date).blocks {
            let Block::Time(times) = block else { continue };
            let kinds: Vec<&str> = times.lines.iter().map(|line| line.figure.kind.id.as_str()).collect();
            let first_observed = kinds.iter().position(|kind| *kind == "observed").unwrap_or(kinds.len());
            let official = |kind: &&str| matches!(*kind, "statutory" | "stated");
            assert!(kinds[..first_observed].iter().all(official), "{name}: {kinds:?}");
            assert!(kinds[first_observed..].iter().all(|kind| *kind == "observed"), "{name}: {kinds:?}");
        }
    }
}

#[test]
fn the_shortcut_is_shown_to_graduates_for_the_kita_until_they_have_looked() {
    let degree = ["goal=kita", "qualification-kind=university-degree", "completed=yes", "study-field=social-work"];
    let shown = |more: &[&str]| {
        let words: Vec<&str> = degree.iter().chain(more).copied().collect();
        blocks(&words).iter().any(|block| matches!(block, Block::Shortcut(_)))
    };
    assert!(shown(&["zab-statement=none", "anabin-institution=not-checked"]));
    let found = ["anabin-institution=h-plus", "anabin-degree=entspricht", "anabin-subject-match=yes"];
    assert!(!shown(&found), "who has the proof needs no shortcut to it");
    let nurse = ["goal=kita", "qualification-kind=school-type-vocational", "study-field=nursing"];
    assert!(!blocks(&nurse).iter().any(|block| matches!(block, Block::Shortcut(_))));
}

#[test]
fn what_to_do_if_it_goes_wrong_is_told_before_it_does() {
    let trouble = |words: &[&str]| -> Vec<String> {
        let told = blocks(words).into_iter().find_map(|block| match block {
            Block::Trouble(ways) => Some(ways.ways.into_iter().map(|way| way.id).collect()),
            _ => None,
        });
        told.unwrap_or_default()
    };
    let before = trouble(&["goal=kita", "qualification-kind=university-degree", "letter-result=none"]);
    let all = [
        "trouble-employer/employer-in-doubt",
        "trouble-letter/before-the-letter-comes",
        "trouble-papers/say-what-is-missing",
    ];
    assert_eq!(before, all);
    let after = trouble(&["goal=protected-title", "qualification-kind=university-degree", "letter-result=refusal"]);
    assert_eq!(after, ["trouble-papers/say-what-is-missing"], "a letter that came has steps of its own");
}

#[test]
fn the_steps_for_trouble_are_not_among_those_to_do_now() {
    let sheet = sheet(
        &answers(&[
            "goal=kita",
            "qualification-kind=university-degree",
            "completed=yes",
            "study-field=social-work",
            "letter-result=none",
        ]),
        TODAY,
    );
    assert!(!first_steps(&sheet).is_empty());
    assert!(all_steps(&sheet).iter().all(|step| step.id != "read-letter-deadline"));
}

#[test]
fn the_sheet_speaks_to_whoever_holds_it() {
    let kita = ["goal=kita", "qualification-kind=university-degree"];
    let with = |word: &'static str| {
        let words: Vec<&str> = kita.iter().chain([&word]).copied().collect();
        sheet(&answers(&words), TODAY)
    };
    assert_eq!(with("asking-for=self").title, "Meine nächsten Schritte");
    assert_eq!(with("asking-for=someone-else").title, "Die nächsten Schritte");
    assert_eq!(heading_of_first_steps(&with("stage=not-applied")), "Das machen Sie jetzt");
    assert_eq!(heading_of_first_steps(&with("stage=abroad")), "Das machen Sie jetzt, bevor Sie kommen");
    assert_eq!(heading_of_first_steps(&with("stage=already-working")), "Das machen Sie jetzt, neben der Arbeit");
}

#[test]
fn other_words_change_nothing_of_what_a_sheet_says() {
    for (name, mut given, date) in cases() {
        let asking_for = RULES.questions.id("asking-for").unwrap();
        let option = |word: &str| RULES.questions[asking_for].options.id(word).unwrap().index();
        if given.get(asking_for).is_some() {
            continue;
        }
        let steps = |sheet: &Sheet| all_steps(sheet).iter().map(|step| step.id.clone()).collect::<Vec<_>>();
        let own = steps(&sheet(&given, date));
        given.set(asking_for, lotse::rulebook::ValueSet::only(option("someone-else")));
        assert_eq!(steps(&sheet(&given, date)), own, "{name}");
    }
}

#[test]
fn a_question_for_another_person_says_who_is_meant() {
    let server = Server::start();
    let meant = "„Sie“ ist hier immer diese Person";
    assert!(server.get("/fragen?asking-for=someone-else").body.contains(meant));
    assert!(!server.get("/fragen").body.contains(meant));
    let start = server.get("/").body.replace("&#x2f;", "/");
    assert!(start.contains("href=\"/fragen?asking-for=someone-else\""), "the start page offers it");
}

/// Every day that stands in words beside a day for programs: `checked_on` and `checked_day`.
fn days(json: &Value, told: &mut usize) {
    const BESIDE: [(&str, &str); 5] = [
        ("date_text", "date"),
        ("knowledge_date", "knowledge_day"),
        ("checked_on", "checked_day"),
        ("checked_since", "checked_since_day"),
        ("state", "state_day"),
    ];
    for (words, day) in BESIDE {
        if let (Some(words), Some(day)) =
            (json.get(words).and_then(Value::as_str), json.get(day).and_then(Value::as_str))
        {
            let [year, month, day] = day.split('-').collect::<Vec<_>>()[..] else { panic!("{day} is no day") };
            assert!(words.contains(&format!("{day}.{month}.{year}")), "{words}: {year}-{month}-{day}");
            *told += 1;
        }
    }
    match json {
        Value::Array(all) => all.iter().for_each(|one| days(one, told)),
        Value::Object(all) => all.values().for_each(|one| days(one, told)),
        _ => {}
    }
}

#[test]
fn every_day_in_words_stands_beside_it_for_programs() {
    let (mut told, mut local) = (0, 0);
    for (name, answers, date) in cases().step_by(9) {
        let sheet = sheet(&answers, date);
        let json = serde_json::to_value(&sheet).unwrap();
        days(&json, &mut told);
        for block in json["blocks"].as_array().unwrap() {
            for source in block["sources"].as_array().into_iter().flatten() {
                let dated = source["state"].as_str().unwrap().contains(|c: char| c.is_ascii_digit());
                assert_eq!(dated, source["state_day"].is_string(), "{name}: {source}");
                assert!(source["checked_day"].is_string(), "{name}: {source}");
            }
            local += block["offices"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|card| card["checked_day"].is_string())
                .count();
        }
        if let Some(page) = &sheet.employer_page {
            let file = serde_json::to_value(EmployerFile::of(&sheet, page, String::new())).unwrap();
            assert_eq!(file["knowledge_day"], json["knowledge_day"], "{name}");
            days(&file, &mut told);
        }
    }
    assert!(told > 100 && local > 0, "{told} days, {local} entries of a place");
}

#[test]
fn a_step_names_only_sources_of_what_it_says_to_this_person() {
    let cited = |profession: &str| -> Vec<&str> {
        let letter = format!("letter-profession={profession}");
        let said = ["goal=protected-title", "letter-result=compensation", "letter-land=nrw", &letter];
        let sheet = sheet(&answers(&said), TODAY);
        let step = all_steps(&sheet).into_iter().find(|step| step.id == "choose-measure").expect("to choose");
        step.sources.iter().map(|mark| RULES.sources.name(mark.source)).collect()
    };
    let (social, kita) = (cited("sozialarbeiter"), cited("erzieher"));
    assert!(social.contains(&"sozarb-vo-1") && !social.contains(&"avobehh-3"), "{social:?}");
    assert!(kita.contains(&"avobehh-3") && !kita.contains(&"sozarb-vo-1"), "{kita:?}");
}
