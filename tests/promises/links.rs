//! A link is a sheet: whoever opens it, wherever and whenever, sees the same; and no link ever breaks the wizard.

use jiff::civil::date;
use proptest::prelude::*;

use crate::support::{RULES, Server, encoded, tries};

const LINK: &str = "goal=kita,ogs&qualification-kind=university-degree&completed=yes&study-field=social-work\
    &anabin-institution=h-plus&anabin-degree=entspricht&anabin-listed-there=yes&anabin-subject-match=yes&german-level=b2\
    &district=05913&datum=2026-11-22&stand=2026.11";

#[test]
fn the_same_link_gives_the_same_bytes_on_another_server_and_when_asked_again() {
    let (here, there) = (Server::start(), Server::start());
    for path in [
        "/blatt",
        "/arbeitgeber",
        "/beratung",
        "/b/HALLO/qr.svg",
        "/blatt.txt",
        "/blatt.json",
        "/blatt.ics",
        "/fragen",
        "/pruefen",
        "/",
    ] {
        let address = format!("{path}?{LINK}");
        let first = here.get(&address);
        assert!(first.status < 400, "{path}: {}", first.status);
        assert_eq!(first, there.get(&address), "{path} on another server");
        assert_eq!(first, here.get(&address), "{path} once more");
    }
}

#[test]
fn a_link_with_a_day_shows_that_day_next_year() {
    let later = Server::on(date(2027, 11, 22));
    let day_alone = LINK.replace("&stand=2026.11", "");
    for link in [day_alone.clone(), format!("{LINK}&wie=damals")] {
        for path in ["/blatt.txt", "/blatt.json", "/blatt.ics"] {
            let address = format!("{path}?{link}");
            assert_eq!(Server::start().get(&address).body, later.get(&address).body, "{address}");
        }
    }
    let page = later.get(&format!("/blatt?{day_alone}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("datum=2027-11-22"), "the page offers the rules of today");
}

#[test]
fn a_word_the_rules_do_not_know_is_named_and_the_rest_is_kept() {
    let server = Server::start();
    for odd in ["goal=atlantis", "spaceship=yes", "completed=yes,no", "datum=gestern", "district=99999"] {
        let query = format!("{LINK}&{odd}")
            .replace("completed=yes&", if odd.starts_with("completed") { "" } else { "completed=yes&" });
        let page = server.get(&format!("/blatt?{query}"));
        assert_eq!(page.status, 200, "{odd}");
        assert!(page.body.contains(r#"class="notice""#), "{odd} is not spoken of");
        assert!(page.body.contains("Soziale Arbeit"), "{odd} took the other answers with it");
        for path in ["/blatt.txt", "/blatt.json"] {
            let answer = server.get(&format!("{path}?{query}"));
            assert_eq!(answer.status, 400, "{path} with {odd}");
            let (key, value) = odd.split_once('=').unwrap();
            let told = answer.body.contains(key) || answer.body.contains(value);
            assert!(told, "{path} does not say what is wrong with {odd}: {}", answer.body);
        }
    }
}

#[test]
fn a_gap_in_a_link_keeps_what_comes_behind_it() {
    let server = Server::start();
    let gap = LINK
        .replace("goal=kita,ogs", "goal=kita")
        .replace("&qualification-kind=university-degree", "")
        .replace("&completed=yes", "");
    let whole = format!("{gap}&qualification-kind=university-degree");
    for address in [format!("/blatt?{gap}"), format!("/blatt?{whole}")] {
        let page = server.get(&address);
        assert!(page.body.contains("Dortmund"), "the residence was lost: {address}");
    }
    let sheet = server.get(&format!("/blatt.json?{whole}"));
    assert!(sheet.body.contains(r#""id":"social-work""#), "the subject was lost behind a question left out");
}

#[test]
fn a_program_is_told_which_part_is_wrong_and_what_was_meant() {
    let answer = Server::start().get("/blatt.json?goal=kita&study-field=social-wrk");
    assert_eq!(answer.status, 400);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let error = &json["errors"][0];
    assert_eq!((error["key"].as_str(), error["value"].as_str()), (Some("study-field"), Some("social-wrk")));
    assert_eq!(error["suggestion"], "social-work");
    assert!(error["says"].as_str().is_some_and(|says| says.len() > 20));
}

#[test]
fn a_foreign_word_is_shown_as_text_and_cut_short() {
    let server = Server::start();
    let page = server.get(&format!("/blatt?{}", encoded("<script>alert(1)</script>=x&goal=<b>fett</b>")));
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("<script>") && !page.body.contains("<b>fett"), "markup of a stranger reached the page");
    assert!(page.body.contains("&lt;script&gt;"));
    let long = server.get(&format!("/blatt?{}=1", "x".repeat(3000)));
    assert!(!long.body.contains(&"x".repeat(100)));
}

#[test]
fn a_link_that_is_too_long_is_refused_with_a_page_to_read() {
    let server = Server::start();
    for (length, path) in [(9_000, "/blatt"), (9_000, "/fragen"), (9_000, "/blatt.json"), (60_000, "/blatt")] {
        let answer = server.get(&format!("{path}?goal={}", "k".repeat(length)));
        assert_eq!(answer.status, 414, "{path} with {length} characters");
        assert!(answer.body.contains("zu lang"), "{path} with {length} characters: {}", answer.body);
        assert!(answer.header("content-type").is_some_and(|kind| kind.contains("charset=utf-8")));
    }
    // Beyond any measure the HTTP library refuses by itself.
    for length in [100_000, 300_000] {
        let status = server.get(&format!("/blatt?goal={}", "k".repeat(length))).status;
        assert!([414, 431].contains(&status), "{length} characters: {status}");
    }
    let longest = format!("/blatt?goal=kita&{}=x", "y".repeat(7_000));
    assert_eq!(server.get(&longest).status, 200, "long is not yet too long");
    assert_eq!(server.get("/").status, 200, "the next visitor is served");
}

#[test]
fn odd_writing_of_a_link_is_understood() {
    let server = Server::start();
    let sheet = |query: &str| {
        let answer = server.get(&format!("/blatt.json?{query}&datum=2026-11-22"));
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        answer.body
    };
    let plain = sheet("goal=kita,ogs");
    for same in [
        "goal=kita%2Cogs",
        "goal=kita%2cogs",
        "goal=kita&goal=ogs",
        "goal=ogs,kita",
        "goal=kita,,ogs,",
        "goal=kita,+ogs",
        "g%6Fal=%6bita,ogs",
        "goal=kita,ogs&&",
        "&goal=kita,ogs",
        "goal=kita,ogs,kita",
        "goal=kita,ogs,unknown",
    ] {
        assert_eq!(sheet(same), plain, "{same}");
    }
    assert_eq!(sheet("completed=yes&completed=yes"), sheet("completed=yes"));
    for odd in [
        "goal=%",
        "goal=%F",
        "goal=%FF%FE",
        "goal=%00",
        "%=%",
        "=",
        "goal",
        "goal=",
        "=kita",
        "goal=kita#stelle",
        "?goal=kita",
    ] {
        let status = server.get(&format!("/blatt?{odd}")).status;
        assert_eq!(status, 200, "{odd}");
    }
}

#[test]
fn a_number_is_taken_for_the_range_it_lies_in() {
    let server = Server::start();
    let student = "goal=kita&qualification-kind=unfinished-study&study-field=social-work&kita-practice-hours=";
    for (number, range) in [
        ("0", "0-59"),
        ("59", "0-59"),
        ("60", "60-89"),
        ("75", "60-89"),
        ("89", "60-89"),
        ("90", "90-plus"),
        ("300", "90-plus"),
    ] {
        let by_number = server.get(&format!("/blatt.json?{student}200&credits={number}"));
        let by_range = server.get(&format!("/blatt.json?{student}200-399&credits={range}"));
        assert_eq!(by_number.status, 200);
        assert_eq!(by_number.body, by_range.body, "{number} is {range}");
    }
    assert_eq!(server.get("/blatt.json?credits=-1").status, 400);
}

/// Pieces of links as they are typed, cut off and put together wrongly.
fn any_query() -> impl Strategy<Value = String> {
    let keys: Vec<String> = RULES
        .questions
        .names()
        .map(str::to_owned)
        .chain(["frage", "aendern", "datum", "stand", "wie", "lang"].map(str::to_owned))
        .collect();
    let options: Vec<String> =
        RULES.questions.iter().flat_map(|(_, _, question)| question.options.names().map(str::to_owned)).collect();
    let key = prop_oneof![4 => prop::sample::select(keys.clone()), 1 => "\\PC{0,12}"];
    let value = prop_oneof![
        4 => prop::sample::select(options),
        1 => prop::sample::select(keys),
        1 => "[0-9]{1,12}",
        1 => "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        2 => "\\PC{0,20}",
        1 => "(%[0-9a-fA-F]{0,2}){1,4}",
    ];
    prop::collection::vec((key, value), 0..12).prop_map(|pairs| {
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        encoded(&pairs.join("&"))
    })
}

proptest! {
    #![proptest_config(tries(20))]

    #[test]
    fn no_link_breaks_a_page(queries in prop::collection::vec(any_query(), 1..3)) {
        static SERVER: std::sync::LazyLock<Server> = std::sync::LazyLock::new(Server::start);
        for query in queries {
            for path in ["/", "/fragen", "/pruefen", "/blatt", "/arbeitgeber", "/beratung", "/b/HALLO/qr.svg", "/blatt.txt", "/blatt.json", "/blatt.ics", "/nirgends"] {
                let status = SERVER.get(&format!("{path}?{query}")).status;
                prop_assert!(status < 500, "{} for {}?{}", status, path, query);
            }
        }
    }
}
