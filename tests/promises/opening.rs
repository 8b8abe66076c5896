//! The first sentence somebody reads says what is possible and on what condition, and is the same wherever a sheet is read.

use jiff::civil::date;
use lotse::language::Lang;
use lotse::sheet::{Begin, Block, Opening, Sheet};
use serde_json::Value;

use crate::html::{attribute, elements, parse, text};
use crate::support::{RULES, SEEN, SERVER, Seen, Server, TODAY, answers, cases, sheet};

fn opening(sheet: &Sheet) -> &Opening {
    let opening = sheet.blocks.iter().find_map(|block| match block {
        Block::Opening(opening) => Some(opening),
        _ => None,
    });
    opening.expect("a sheet begins with its opening")
}

/// Letters and digits alone: lines are broken and words divided in one form and not in another.
fn run_together(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_sheet_begins_with_a_bare_title() {
    for (case, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let lines = &opening(&sheet).lines;
        assert!(date != TODAY || !lines.is_empty(), "{case}: nothing is said to be possible");
        for line in lines {
            let (pathway, outcome) = line.way.split_once('/').expect("pathway/outcome");
            let pathway = &RULES.pathways[RULES.pathways.id(pathway).expect("a pathway")];
            let outcome = &pathway.outcomes[pathway.outcomes.id(outcome).expect("an outcome")];
            assert_ne!(line.says, RULES.texts.say(&Lang::german(), outcome.title), "{case}: {}", line.way);
            assert!(line.says.ends_with(['.', '?']), "{case}: {} is no sentence", line.says);
        }
    }
}

#[test]
fn a_way_stands_first_only_for_what_it_serves() {
    let mut seen = 0;
    for (case, answers, date) in cases() {
        let Some(wanted) = RULES.goals.and_then(|question| Some((question, answers.get(question)?))) else { continue };
        for line in &opening(&sheet(&answers, date)).lines {
            let pathway = &RULES.pathways[RULES.pathways.id(line.way.split_once('/').unwrap().0).unwrap()];
            let (question, goals) = wanted;
            let options: Vec<_> = RULES.questions[question].options.iter().map(|(_, _, option)| option.text).collect();
            let words = |goal: usize| RULES.texts.say(&Lang::german(), options[goal]);
            let named = goals.iter().filter(|goal| line.goals.iter().any(|said| *said == words(*goal)));
            for goal in named.filter(|_| !pathway.serves.is_empty() && line.instead_of.is_none()) {
                seen += 1;
                let serves = pathway.serves.iter().any(|(asked, served)| *asked == question && served.contains(goal));
                assert!(serves, "{case}: {} stands first for {}", line.way, words(goal));
            }
        }
    }
    assert!(seen > 0, "nobody is served");
}

#[test]
fn page_text_and_data_begin_with_the_same_sentences() {
    let server = Server::start();
    for Seen { case, answers, query, page, plain } in SEEN.iter() {
        let data: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{query}")).body).expect("JSON");
        let (document, plain) = (parse(page), run_together(plain));
        let page = elements(&document.document);
        let block = page.iter().find(|element| attribute(element, "id").is_some_and(|id| id == "opening"));
        let shown = run_together(&text(block.expect("the opening")));
        let told = sheet(answers, TODAY);
        let first = &data["blocks"][0];
        assert_eq!(first["block"], "opening", "{case}");
        for (at, line) in opening(&told).lines.iter().enumerate() {
            assert_eq!(first["lines"][at]["says"], line.says.as_str(), "{case}: data");
            for (form, words) in [("text", &plain), ("page", &shown)] {
                assert!(words.contains(&run_together(&line.says)), "{case}: {form} lacks {}", line.says);
            }
        }
    }
}

#[test]
fn what_a_person_wants_reads_well_before_a_colon() {
    let goals = RULES.goals.expect("a question for goals");
    for (_, name, option) in RULES.questions[goals].options.iter() {
        let says = RULES.texts.say(&Lang::german(), option.text);
        assert!(says.ends_with(|last: char| last.is_alphabetic() || last == ')'), "{name}: {says}");
    }
}

#[test]
fn a_letter_with_a_deadline_is_read_today_and_not_tomorrow() {
    let (mut today, mut tomorrow) = (0, 0);
    for (case, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let opening = opening(&sheet);
        let deadline = opening.tomorrow.iter().any(|says| says.starts_with("Lesen Sie im Brief:"));
        let (when, seen) = if deadline { ("Heute", &mut today) } else { ("Morgen früh", &mut tomorrow) };
        let weekend = opening.begin == Begin::Monday && opening.tomorrow_heading == "Am Montag früh";
        assert!(weekend || opening.tomorrow_heading == when, "{case}: {:?}", opening.tomorrow);
        *seen += 1;
    }
    assert!(today > 0 && tomorrow > 0, "letters with a deadline: {today}, others: {tomorrow}");
}

#[test]
fn what_a_deadline_asks_for_stands_before_everything_else_on_the_page_and_in_the_text() {
    let letter = "goal=youth-office&qualification-kind=university-degree&letter-result=compensation&letter-land=nrw&letter-profession=sozialarbeiter&completed=yes&study-field=social-work&country-of-training=TR&district=05112&german-level=b2";
    for (answers, first) in [(letter, true), ("goal=kita&qualification-kind=university-degree&completed=yes", false)] {
        let page = SERVER.get(&format!("/blatt?{answers}")).body;
        let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what} is missing: {page}"));
        assert_eq!(place("class=\"tomorrow\"") < place("class=\"answers-first\""), first, "{page}");
        let text = SERVER.get(&format!("/blatt.txt?{answers}")).body;
        let way = text.find(" — ").expect("a way and when it is open");
        assert_eq!(text.find("Heute: ").is_some_and(|today| today < way), first, "{text}");
    }
}

#[test]
fn nobody_is_sent_to_the_telephone_on_a_saturday() {
    let college = [
        "goal=kita",
        "qualification-kind=school-type-vocational",
        "completed=yes",
        "study-field=early-childhood-education",
        "training-length=three-years-or-more",
        "country-of-training=UA",
        "letter-result=none",
        "stage=not-applied",
        "district=05562",
        "german-level=a2",
        "papers=complete",
    ];
    let when = |day| {
        let sheet = sheet(&answers(&college), day);
        let opening = opening(&sheet);
        assert!(opening.reach.as_ref().is_some_and(|reach| reach.phone.is_some()), "{:?}", opening.reach);
        opening.tomorrow_heading.clone()
    };
    // A Thursday, then the days to Sunday.
    let week = [26, 27, 28, 29].map(|day| when(date(2026, 11, day)));
    assert_eq!(week, ["Morgen früh", "Am Montag früh", "Am Montag früh", "Morgen früh"]);
}

#[test]
fn what_is_possible_instead_is_not_said_twice() {
    for (case, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let ways: Vec<&str> = opening(&sheet).lines.iter().map(|line| line.way.as_str()).collect();
        let instead: Vec<&str> = opening(&sheet)
            .lines
            .iter()
            .filter(|line| line.instead_of.is_some())
            .map(|line| line.way.as_str())
            .collect();
        let wanted =
            |way: &&str| opening(&sheet).lines.iter().any(|line| line.instead_of.is_none() && line.way == **way);
        assert!(!instead.iter().any(wanted), "{case}: {ways:?}");
    }
}

#[test]
fn whoever_has_several_certificates_hears_of_the_degree_first_unless_an_office_has_written() {
    let first = |more: &[&str]| {
        let said = [&["goal=kita", "qualification-kind=several", "completed=yes"], more].concat();
        opening(&sheet(&answers(&said), TODAY)).lines[0].way.clone()
    };
    let unwritten = ["letter-result=none", "study-field=early-childhood-education"];
    assert_eq!(first(&unwritten), "degree-among-several/begin-with-the-degree");
    assert!(first(&["letter-result=refusal"]).starts_with("letter-refusal/"));
}
