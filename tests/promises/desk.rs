//! At the desk an advisor sees first what matters for this person, reaches everything else, and takes all of it along.

use lotse::interview::{evaluate, horizon};
use proptest::prelude::*;

use crate::html::{attribute, elements, name, parse, text};
use crate::measure::tab_stops;
use crate::support::{RULES, SOCIAL_WORKER, Server, TODAY, any_answers, tries};

fn desk(server: &Server, words: &[&str]) -> String {
    server.get(&format!("/beratung?{}", words.join("&"))).body
}

#[test]
fn a_fresh_desk_is_passed_in_half_the_steps_it_once_took() {
    let server = Server::start();
    let fresh = tab_stops(&parse(&desk(&server, &[])).document);
    // It took 105.
    assert!(fresh <= 52, "{fresh} tab stops");
    let begun = tab_stops(&parse(&desk(&server, SOCIAL_WORKER)).document);
    assert!(begun <= 52, "{begun} tab stops with a person's answers");
}

proptest! {
    #![proptest_config(tries(30))]

    #[test]
    fn the_questions_put_first_are_open_and_can_still_change_something(answers in any_answers()) {
        let server = Server::start();
        let pairs = answers.pairs(&RULES);
        let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let html = server.get(&format!("/beratung?{}", query.join("&"))).body;
        let dom = parse(&html);
        let all = elements(&dom.document);
        let answers = lotse::interview::consistent(&RULES, &answers).0;
        let may_come = horizon(&RULES, &answers, TODAY);
        let looked_at = evaluate(&RULES, &answers, TODAY).unanswered;
        for section in all.iter().filter(|element| attribute(element, "aria-labelledby").as_deref() == Some("zuerst")) {
            let fields = elements(section).into_iter().filter(|element| matches!(name(element).as_str(), "select" | "input"));
            for field in fields {
                // The day of the letter stands beside the question about it.
                if attribute(&field, "name").as_deref() == Some("brief") {
                    continue;
                }
                let id = RULES.questions.id(&attribute(&field, "name").unwrap()).unwrap();
                prop_assert!(answers.get(id).is_none(), "{} is answered", RULES.questions.name(id));
                prop_assert!(may_come.contains(&id) || looked_at.contains(&id), "{} changes nothing", RULES.questions.name(id));
            }
        }
        // Every question can be answered, once.
        for (_, id, _) in RULES.questions.iter() {
            let fields: Vec<_> = all.iter().filter(|element| {
                attribute(element, "name").as_deref() == Some(id) && matches!(name(element).as_str(), "select" | "input")
            }).collect();
            let once = fields.len() == 1 || fields.iter().all(|field| name(field) == "input" && attribute(field, "type").as_deref() == Some("checkbox"));
            prop_assert!(!fields.is_empty() && once, "{id} stands there {} times", fields.len());
        }
    }
}

#[test]
fn a_second_qualification_stands_beside_the_first_and_takes_nothing_from_it() {
    let server = Server::start();
    let second =
        ["b.qualification-kind=school-type-vocational", "b.completed=yes", "b.study-field=early-childhood-education"];
    let html = desk(&server, &[SOCIAL_WORKER, &["district=05913"], &second].concat());
    let dom = parse(&html);
    let results: Vec<String> = elements(&dom.document)
        .iter()
        .filter(|element| attribute(element, "class").as_deref() == Some("desk-result"))
        .map(text)
        .collect();
    assert_eq!(results.len(), 2);
    assert!(results[0].contains("anabin"), "{}", results[0]);
    let said = results[1].split("Angaben:").nth(1).unwrap().split("Nicht ausgefüllt").next().unwrap();
    assert!(!said.contains("anabin") && said.contains("Dortmund"), "{said}");
    // What is not taken over is not said to be as above.
    let as_above = |id: &str| {
        let options = html.split(&format!("name=\"b.{id}\"")).nth(1).unwrap();
        options.split("</option>").next().unwrap().ends_with("wie oben")
    };
    assert!(!as_above("training-length") && as_above("german-level"));
}

#[test]
fn every_goal_is_compared_once_something_is_known() {
    let server = Server::start();
    assert!(!desk(&server, &["goal=kita"]).contains("Ziele im Vergleich"));
    let html = desk(&server, SOCIAL_WORKER);
    // What an office has written is one thing, what each goal is worth another.
    let letter = ["letter-result=refusal", "letter-land=nrw", "letter-profession=sozialarbeiter"];
    let compared = desk(&server, &[SOCIAL_WORKER, &letter].concat());
    let dom = parse(&compared);
    let table = elements(&dom.document).into_iter().find(|element| name(element) == "tbody").unwrap();
    let cells = elements(&table).into_iter().filter(|element| name(element) == "td").map(|cell| text(&cell));
    let different: std::collections::HashSet<String> =
        cells.step_by(2).map(|cell| cell.split('.').next().unwrap().to_owned()).collect();
    assert!(different.len() > 10, "{different:?}");
    let goals = &RULES.questions[RULES.goals.unwrap()];
    for (at, id, option) in goals.options.iter().filter(|(at, _, _)| at.index() != goals.unknown) {
        let says = RULES.texts.say(&lotse::language::Lang::german(), option.text);
        assert!(html.contains(&format!("scope=\"row\">{}", says.replace('/', "&#x2f;"))), "{id} {}", at.index());
    }
}

#[test]
fn the_day_of_the_letter_is_asked_at_the_desk_and_stays_with_the_client() {
    let server = Server::start();
    let letter = [SOCIAL_WORKER, &["letter-result=refusal", "letter-land=nrw", "letter-profession=erzieher"]].concat();
    let field = |html: &str| html.split("name=\"brief\"").nth(1).map(|rest| rest.split('>').next().unwrap().to_owned());
    let html = desk(&server, &[&letter[..], &["brief=2026-11-20"]].concat());
    assert!(field(&html).is_some_and(|field| field.contains("2026-11-20")), "what was entered is sent on");
    assert!(html.contains("Brief bekommen am: 20.11.2026"));
    assert!(field(&desk(&server, &letter)).is_some(), "it can be entered");
    let waits = [SOCIAL_WORKER, &["letter-result=pending", "letter-land=nrw"]].concat();
    assert_eq!(field(&desk(&server, &waits)), None, "whoever waits has no letter");
    let asked = |query: &str| {
        server.get(&format!("/fragen?goal=kita&qualification-kind=university-degree&{query}&aendern=letter-land")).body
    };
    assert_eq!(field(&asked("letter-result=pending")), None);
    assert!(field(&asked("letter-result=refusal")).is_some());
    // The slip tells it, and the address that is read out leads to it.
    let slip = server.get(&format!("/telefon?{}&brief=2026-11-20", letter.join("&"))).body;
    assert!(slip.contains("20.11.2026 bekommen"), "the slip says when the letter came");
    let sheet = server.get(&format!("/blatt?{}&brief=2026-11-20", letter.join("&"))).body;
    assert!(
        sheet.contains("Ich habe den Brief am 20.11.2026 bekommen."),
        "nobody looks up on the telephone what is known"
    );
    let sheet = server.get(&format!("/blatt?{}", letter.join("&"))).body;
    assert!(sheet.contains("Ich habe den Brief am ________ bekommen."));
    let dom = parse(&slip);
    let letters =
        elements(&dom.document).into_iter().find(|e| attribute(e, "class").as_deref() == Some("letters")).unwrap();
    let code: String = text(&letters).split_whitespace().collect::<Vec<_>>().join("-");
    assert!(server.get(&format!("/b/{code}")).header("location").unwrap().contains("brief=2026-11-20"));
    let desk = server.get(&format!("/kurz?adresse={code}&zu=beratung"));
    assert!(desk.header("location").unwrap().contains("brief=2026-11-20"));
}

#[test]
fn an_advisor_reads_german_and_the_client_gets_a_sheet_to_read() {
    let server = Server::start();
    let html = desk(&server, &[SOCIAL_WORKER, &["lang=ar"]].concat()).replace("&#x2f;", "/");
    assert!(html.contains("<html lang=\"de\"") && html.contains("Ergebnis zeigen"));
    let sheet = html.split("href=\"/blatt?").nth(1).unwrap().split('"').next().unwrap();
    assert!(sheet.contains("lang=ar"), "{sheet}");
    let kept = html.matches("name=\"lang\" value=\"ar\"").count();
    assert_eq!(kept, 2, "the next result knows the client's language, too");
}

#[test]
fn a_typed_address_opens_with_all_around_it_or_with_nothing() {
    let server = Server::start();
    let page = server.get(&format!("/blatt?{}", SOCIAL_WORKER.join("&"))).body.replace("&#x2f;", "/");
    let code = page.split("lotse.test/b/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let plain = code.replace('-', "").to_lowercase();
    for typed in [code.clone(), plain, format!("lotse.test/b/{code}"), format!(" https://lotse.test/b/{code} ")] {
        let typed = crate::support::encoded(&typed);
        let sheet = server.get(&format!("/kurz?adresse={typed}"));
        assert_eq!(sheet.status, 303, "{typed}");
        assert!(sheet.header("location").unwrap().starts_with("/blatt?goal=kita"), "{typed}");
        let desk = server.get(&format!("/kurz?adresse={typed}&zu=beratung"));
        let address = desk.header("location").unwrap();
        assert!(address.starts_with("/beratung?goal=kita") && !address.contains("stand="), "{address}");
    }
    for wrong in ["", "hallo", "https%3A%2F%2Fexample.org%2Fb%2F", "%F0%9F%8E%88"] {
        assert_eq!(server.get(&format!("/kurz?adresse={wrong}")).status, 404, "{wrong}");
    }
    assert_eq!(server.get("/kurz").status, 404);
}

#[test]
fn the_slip_says_whom_to_call_and_how_to_find_the_sheet_again() {
    let server = Server::start();
    let words = [SOCIAL_WORKER, &["district=05913"]].concat();
    let slip = server.get(&format!("/telefon?{}", words.join("&"))).body;
    let dom = parse(&slip);
    let says = text(&dom.document);
    let sheet = crate::support::sheet(&crate::support::answers(&words), TODAY);
    for step in crate::support::first_steps(&sheet) {
        assert!(says.contains(&step.title), "{}", step.title);
    }
    assert!(slip.contains("href=\"tel:"), "somebody can be called");
    // What is to be said goes on to the question; where nobody can be called, nothing is.
    let first = crate::support::first_steps(&sheet);
    let scripts = sheet.blocks.iter().find_map(|block| match block {
        lotse::sheet::Block::SayIt(scripts) => Some(&scripts.scripts),
        _ => None,
    });
    let called: Vec<_> =
        elements(&dom.document).into_iter().filter(|e| attribute(e, "class").as_deref() == Some("say")).collect();
    assert!(!called.is_empty() && called.len() <= first.len());
    for script in scripts.unwrap().iter().filter(|script| first.iter().any(|step| step.id == script.step.id)) {
        let question = script.phone.iter().take(4).find(|sentence| sentence.contains('?'));
        if called.iter().any(|call| text(call).contains(&script.phone[1])) {
            assert!(question.is_some_and(|question| says.contains(question.as_str())), "{:?}", script.phone);
        }
    }
    let letters =
        elements(&dom.document).into_iter().find(|e| attribute(e, "class").as_deref() == Some("letters")).unwrap();
    let code: String = text(&letters).split_whitespace().collect::<Vec<_>>().join("-");
    assert!(server.get(&format!("/b/{code}")).header("location").unwrap().starts_with("/blatt?goal=kita"));
}
