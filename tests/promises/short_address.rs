//! Every sheet has an address short enough to type; it holds answers, day and state of the rules, and leads to the same sheet.

use proptest::prelude::*;

use crate::support::{RULES, SOCIAL_WORKER, Server, TODAY, any_answers, tries};

/// The short address that stands on a sheet.
fn short(server: &Server, sheet: &str) -> String {
    let page = server.get(sheet).body.replace("&#x2f;", "/");
    let start = page.find("lotse.test/b/").expect("a sheet names its short address");
    let rest = &page[start + "lotse.test".len()..];
    rest[..rest.find('<').unwrap()].to_owned()
}

#[test]
fn it_leads_to_the_same_answers_day_and_state_of_the_rules() {
    let server = Server::start();
    proptest!(tries(40), |(answers in any_answers())| {
        let pairs = answers.pairs(&RULES);
        let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let code = short(&server, &format!("/blatt?{}", query.join("&")));
        let answer = server.get(&code);
        prop_assert_eq!(answer.status, 303);
        let full = answer.header("location").unwrap();
        let lasting = format!("datum={TODAY}&stand={}", RULES.version);
        prop_assert!(full.ends_with(&lasting), "{}", full);
        // What the long address opens names the same short one again.
        prop_assert_eq!(short(&server, full), code);
    });
}

#[test]
fn it_has_at_most_forty_letters_for_a_whole_interview() {
    let server = Server::start();
    for (name, answers, _) in crate::support::cases() {
        let query: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let code = short(&server, &format!("/blatt?{}", query.join("&")));
        let letters = code.trim_start_matches("/b/").replace('-', "").len();
        assert!(letters <= 40, "{name}: {code}");
    }
}

#[test]
fn a_typing_error_is_said_and_nothing_else_is_shown() {
    let server = Server::start();
    let code = short(&server, "/blatt?goal=kita");
    let wrong = if code.ends_with('2') { code.replace('2', "3") } else { format!("{}2", &code[..code.len() - 1]) };
    for address in [wrong.as_str(), "/b/hallo", "/b/%C3%A4", &format!("/b/{}", "A".repeat(500))] {
        let answer = server.get(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(answer.body.contains("Diese kurze Adresse gibt es nicht"), "{address}: {}", answer.body);
    }
}

#[test]
fn every_day_a_link_may_name_comes_back() {
    let server = Server::start();
    for day in ["2000-01-01", "2023-01-01", "2031-07-01", "2100-12-31"] {
        let code = short(&server, &format!("/blatt?goal=kita&datum={day}"));
        let answer = server.get(&code);
        assert!(answer.header("location").unwrap().contains(&format!("datum={day}&")), "{day}");
    }
}

#[test]
fn whatever_is_typed_leads_to_a_sheet_or_is_said_to_lead_nowhere() {
    let server = Server::start();
    let letters = "[0-9A-Za-z.-]{0,60}";
    // A code that was once right, with another letter somewhere.
    let code = short(&server, &format!("/blatt?{}", SOCIAL_WORKER.join("&")));
    let length = code.len() - "/b/".len();
    let near = (0..length, prop::sample::select(vec!['0', '7', 'B', 'K', 'Z', '-']));
    let near = near.prop_map(move |(at, letter)| {
        let mut letters: Vec<char> = code["/b/".len()..].chars().collect();
        letters[at] = letter;
        letters.into_iter().collect::<String>()
    });
    proptest!(tries(300), |(typed in prop_oneof![letters, near])| {
        let answer = server.get(&format!("/b/{typed}"));
        match answer.status {
            303 => prop_assert_eq!(server.get(answer.header("location").unwrap()).status, 200, "{}", typed),
            status => prop_assert_eq!(status, 404, "{}", typed),
        }
    });
}
