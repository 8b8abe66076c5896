//! A program gets the same as a person: the same outcomes for the same answers, in words that say what is wrong, and nothing
//! of what it sends is kept.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use lotse::interview::Answers;
use lotse::web::Site;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::{
    Answer, RULES, Running, SOCIAL_WORKER, Server, TODAY, any_answers, cases, exchange, lotse, printed, tries,
};

/// One server for the promises that need nothing of their own.
static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

/// Sends a body as JSON.
pub fn post(server: &Server, path: &str, body: &str) -> Answer {
    send(server, path, body, "content-type: application/json\r\n")
}

fn send(server: &Server, path: &str, body: &str, headers: &str) -> Answer {
    let length = body.len();
    exchange(
        server.address,
        &format!(
            "POST /api/v1{path} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n{body}"
        ),
    )
}

pub fn parsed(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {:.300}", answer.body))
}

/// What a request is answered that must be right.
fn asked(server: &Server, path: &str, body: &Value) -> Value {
    let answer = post(server, path, &body.to_string());
    assert_eq!(answer.status, 200, "{path} {body}: {}", answer.body);
    parsed(&answer)
}

fn got(server: &Server, path: &str) -> Value {
    let answer = server.get(&format!("/api/v1{path}"));
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    parsed(&answer)
}

/// Answers as requests hold them.
fn as_json(answers: &Answers) -> Value {
    let options = |id| json!(answers.words(&RULES, id));
    answers.iter().map(|(id, _)| (RULES.questions.name(id).to_owned(), options(id))).collect::<Map<_, _>>().into()
}

fn as_query(answers: &Answers) -> String {
    let pairs = answers.pairs(&RULES).into_iter();
    pairs.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

/// The ids of outcomes in an explanation.
fn outcomes(explanation: &Value) -> Vec<String> {
    let outcomes = explanation["outcomes"].as_array().unwrap().iter();
    outcomes.map(|outcome| outcome["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of all ways on a sheet, wherever they stand, those on another's card among them.
fn ways(sheet: &Value) -> BTreeSet<String> {
    let blocks = sheet["blocks"].as_array().unwrap().iter();
    let ways = blocks.flat_map(|block| block["ways"].as_array().cloned().unwrap_or_default());
    let on_card = |way: Value| {
        let also = way["also"].as_array().into_iter().flatten().chain([&way]);
        also.map(|way| way["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    ways.flat_map(on_card).collect()
}

#[test]
fn the_same_answers_give_the_same_on_pages_to_programs_and_on_the_command_line() {
    let server = Server::start();
    let (mut looked_at, mut files) = (0, 0);
    for (name, answers, day) in cases().step_by(29) {
        let body = json!({ "answers": as_json(&answers), "date": day.to_string() });
        let page = server.get(&format!("/blatt.json?{}&datum={day}", as_query(&answers)));
        let sheet = asked(&server, "/sheet", &body);
        assert_eq!(sheet, parsed(&page), "{name}");

        let mut words: Vec<String> =
            answers.pairs(&RULES).into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        words.extend(["--date".to_owned(), day.to_string()]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let printed = |command: &[&str]| -> Value {
            serde_json::from_str(&printed(&lotse(&[command, &words].concat()))).unwrap_or_default()
        };
        // Starting the program takes longer than all else; some of the cases do.
        let on_the_command_line = looked_at % 4 == 0;
        if on_the_command_line {
            assert_eq!(sheet, printed(&["sheet", "--format", "json"]), "{name}");
        }
        let explained = asked(
            &server,
            "/explain",
            &json!({ "answers": as_json(&answers), "date": day.to_string(), "detail": "everything" }),
        );
        if on_the_command_line {
            assert_eq!(explained, printed(&["explain", "--json"]), "{name}");
        }

        // Every outcome is on the sheet, and nothing else is.
        let found: BTreeSet<String> = outcomes(&explained).into_iter().collect();
        assert_eq!(found, ways(&sheet), "{name}");
        let brief = asked(&server, "/explain", &body);
        let many =
            asked(&server, "/explain/batch", &json!({ "people": [as_json(&answers), {}], "date": day.to_string() }));
        assert_eq!(outcomes(&brief), outcomes(&explained), "{name}");
        assert_eq!(many["people"][0], brief, "{name}");

        let employer = post(&server, "/employer", &body.to_string());
        let page = server.get(&format!("/arbeitgeber.json?{}&datum={day}", as_query(&answers)));
        assert_eq!(employer.status, page.status, "{name}");
        if employer.status == 200 {
            assert_eq!(parsed(&employer), parsed(&page), "{name}");
            if files == 0 {
                assert_eq!(parsed(&employer), printed(&["employer"]), "{name}");
            }
            files += 1;
        }
        looked_at += 1;
    }
    assert!(files > 0, "some of them have a page for the employer");
    assert!(looked_at >= 8, "only {looked_at} cases were looked at");
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn any_answers_give_a_program_what_the_page_gives(answers in any_answers()) {
        let server = &*SERVER;
        let sheet = asked(server, "/sheet", &json!({ "answers": as_json(&answers) }));
        let page = parsed(&server.get(&format!("/blatt.json?{}", as_query(&answers))));
        prop_assert_eq!(&sheet, &page);
        let explained = asked(server, "/explain", &json!({ "answers": as_json(&answers) }));
        prop_assert_eq!(outcomes(&explained).into_iter().collect::<BTreeSet<_>>(), ways(&sheet));
    }
}

#[test]
fn a_program_walks_the_interview_of_the_wizard_to_its_end() {
    let server = Server::start();
    let known: Map<String, Value> = SOCIAL_WORKER
        .iter()
        .map(|word| word.split_once('=').unwrap())
        .map(|(question, option)| (question.to_owned(), json!([option])))
        .collect();
    let mut answers = Map::new();
    let mut put = Vec::new();
    loop {
        let next = asked(&server, "/next", &json!({ "answers": answers }));
        assert_eq!(next["asked"], json!(put));
        let Some(question) = next["question"]["id"].as_str() else { break };
        assert!(next["at_most"].as_u64().unwrap() > put.len() as u64, "{next}");
        let options = next["question"]["options"].as_array().unwrap();
        let unknown = options.iter().find(|option| option["unknown"] == true).expect("one may always not know");
        let answer = known.get(question).cloned().unwrap_or_else(|| json!([unknown["id"]]));
        answers.insert(question.to_owned(), answer);
        put.push(question.to_owned());
        assert!(put.len() < 30, "{put:?}");
        // The page asks the same.
        let given: Vec<String> =
            answers.iter().map(|(question, options)| format!("{question}={}", options[0].as_str().unwrap())).collect();
        let page = server.get(&format!("/fragen?{}", given.join("&")));
        let next = asked(&server, "/next", &json!({ "answers": answers }));
        match next["question"]["id"].as_str() {
            Some(next) => assert!(page.body.contains(&format!(r#"name="frage" value="{next}""#)), "{next}"),
            None => assert_eq!(page.header("location").unwrap_or_default().split('?').next(), Some("/pruefen")),
        }
    }
    assert!(put.len() >= 8, "{put:?}");
}

#[test]
fn former_ids_and_numbers_are_understood() {
    let server = Server::start();
    let former = RULES.questions.iter().find_map(|(_, name, question)| {
        let (old, now) = question.former_options.iter().next()?;
        Some((name, old.clone(), question.options.name(*now)))
    });
    let (question, old, now) = former.expect("some option had another id once");
    let explained = asked(&server, "/explain", &json!({ "answers": { question: [old] } }));
    assert_eq!(explained["answers"][question], json!([now]));
    let explained = asked(&server, "/explain", &json!({ "answers": { "credits": ["75"] } }));
    assert_ne!(explained["answers"]["credits"], json!(["75"]), "a number stands for its range");
}

#[test]
fn what_is_wrong_in_a_request_is_named_with_its_place_and_what_was_meant() {
    let server = Server::start();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let many = format!(r#"{{"people":[{}]}}"#, vec!["{}"; 10_000].join(","));
    let long = " ".repeat(1_048_576);
    for (path, body, status, place, meant) in [
        ("/explain", r#"{"answers":{"goall":["kita"]}}"#, 400, "#/answers/goall", "goal"),
        ("/explain", r#"{"answers":{"goal":["ogs","kite"]}}"#, 400, "#/answers/goal/1", "kita"),
        ("/explain", r#"{"answers":{"completed":["yes","no"]}}"#, 400, "#/answers/completed/1", ""),
        ("/explain", r#"{"answers":{"goal":["kita,ogs"]}}"#, 400, "#/answers/goal/0", ""),
        ("/explain", r#"{"answers":{"a/b~c":[]}}"#, 400, "#/answers/a~1b~0c", ""),
        // Another country is never proposed for a code; the words of a place are, in any language, and what was cut off.
        ("/next", r#"{"answers":{"country-of-training":["UK"]}}"#, 400, "#/answers/country-of-training/0", ""),
        ("/next", r#"{"answers":{"country-of-training":["XX"]}}"#, 400, "#/answers/country-of-training/0", ""),
        ("/next", r#"{"answers":{"country-of-training":["ua"]}}"#, 400, "#/answers/country-of-training/0", "UA"),
        ("/next", r#"{"answers":{"country-of-training":["Türkei"]}}"#, 400, "#/answers/country-of-training/0", "TR"),
        ("/next", r#"{"answers":{"country-of-training":["Україна"]}}"#, 400, "#/answers/country-of-training/0", "UA"),
        ("/next", r#"{"answers":{"country-of-training":["Niger"]}}"#, 400, "#/answers/country-of-training/0", "NE"),
        ("/next", r#"{"answers":{"district":["münster"]}}"#, 400, "#/answers/district/0", "05515"),
        ("/next", r#"{"answers":{"district":["Kreis Borken"]}}"#, 400, "#/answers/district/0", "05554"),
        ("/next", r#"{"answers":{"district":["Kreis"]}}"#, 400, "#/answers/district/0", ""),
        ("/next", r#"{"answers":{"district":["5515"]}}"#, 400, "#/answers/district/0", "05515"),
        ("/next", r#"{"answers":{"district":[" 05515"]}}"#, 400, "#/answers/district/0", ""),
        ("/next", r#"{"answers":{"country":["UA"]}}"#, 400, "#/answers/country", "country-of-training"),
        ("/next", r#"{"answers":{"german":["b2"]}}"#, 400, "#/answers/german", "german-level"),
        ("/explain", r#"{"answers":{"goal":"kita"}}"#, 400, "#/answers/goal", ""),
        ("/explain", r#"{"answers":{"goal":[7]}}"#, 400, "#/answers/goal/0", ""),
        ("/explain", r#"{"answers":{"goal":["kita"],"goal":["ogs"]}}"#, 400, "#/answers", ""),
        ("/explain", r#"{"anwers":{}}"#, 400, "#/anwers", "answers"),
        ("/explain", r#"{"detail":"reason"}"#, 400, "#/detail", "reasons"),
        ("/explain", r#"{"detail":5}"#, 400, "#/detail", ""),
        ("/explain", r#"{"detail":null}"#, 400, "#/detail", ""),
        ("/explain", r#"{"detail":["reasons"]}"#, 400, "#/detail", ""),
        ("/explain", r#"{"detail":{"outcomes":null}}"#, 400, "#/detail", ""),
        ("/explain", r#"{"date":"22.11.2026"}"#, 400, "#/date", ""),
        ("/explain", r#"{"date":"1999-12-31"}"#, 400, "#/date", ""),
        ("/explain", r#"[{}]"#, 400, "#", ""),
        ("/explain", "{} {}", 400, "line 1, column 4", ""),
        ("/explain", r#"{"answers":"#, 400, "line 1, column 11", ""),
        ("/explain", "", 400, "line 1, column 0", ""),
        ("/explain", &deep, 400, "#", ""),
        ("/explain", &format!(r#"{{"answers":{deep}}}"#), 400, "#/answers", ""),
        ("/sheet", r#"{"lang":"DE"}"#, 400, "#/lang", "de"),
        ("/sheet?lang=uk", "{}", 400, "lang", ""),
        ("/explain/batch?date=2026-11-22", r#"{"people":[]}"#, 400, "date", ""),
        ("/sheet", r#"{"letter_came_on":"2027-01-01"}"#, 400, "#/letter_came_on", ""),
        ("/sheet", r#"{"lang":7}"#, 400, "#/lang", ""),
        ("/sheet", r#"{"letter_come_on":"2026-11-20"}"#, 400, "#/letter_come_on", "letter_came_on"),
        ("/sheet", &format!(r#"{{"date":{deep}}}"#), 400, "#/date", ""),
        ("/next", r#"{"anwers":{}}"#, 400, "#/anwers", "answers"),
        ("/next", "null", 400, "#", ""),
        ("/next", &long, 413, "", ""),
        ("/employer", r#"{"detail":"reasons"}"#, 400, "#/detail", ""),
        ("/employer", r#"{"answers":[]}"#, 400, "#/answers", ""),
        ("/explain/batch", "{}", 400, "#/people", ""),
        ("/explain/batch", r#"{"people":{}}"#, 400, "#/people", ""),
        ("/explain/batch", r#"{"people":[{}],"lang":"de"}"#, 400, "#/lang", ""),
        ("/explain/batch", &format!(r#"{{"people":{deep}}}"#), 400, "#/people/0", ""),
        ("/explain/batch", r#"{"people":[{},{"goal":["kite"]}]}"#, 400, "#/people/1/goal/0", "kita"),
        ("/explain/batch", &many, 400, "#/people", ""),
        ("/explain", &long, 413, "", ""),
        ("/explain/batch", &long, 413, "", ""),
    ] {
        let answer = post(&server, path, body);
        assert_eq!(answer.status, status, "{path} {body:.80}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{body:.80}");
        let problem = parsed(&answer);
        assert_eq!(problem["status"], status);
        let error = &problem["errors"][0];
        assert_eq!(error["place"].as_str().unwrap_or_default(), place, "{body:.80}: {problem}");
        assert_eq!(error["suggestion"].as_str().unwrap_or_default(), meant, "{body:.80}: {problem}");
        assert!(answer.body.len() < 4_000, "{body:.80}: a fault is told in few words");
        let says = error["says"].as_str().unwrap_or_default();
        for foreign in ["map", "sequence", "struct", "unit", "variant"].iter().filter(|word| !body.contains(**word)) {
            let own = says.split(|sign: char| !sign.is_alphabetic()).any(|word| word == *foreign);
            assert!(!own || says.starts_with("unknown variant"), "`{foreign}` is no word of JSON: {says}");
        }
    }
}

#[test]
fn a_place_that_leads_nowhere_says_which_place_was_meant() {
    for (path, meant) in [
        ("/offices/districts/M%C3%BCnster", json!("05515")),
        ("/offices/districts/5515", json!("05515")),
        ("/offices/countries/T%C3%BCrkei", json!("TR")),
        ("/certificates/ua", json!("UA")),
        ("/certificates/UK", Value::Null),
        ("/offices/districts/unknown", Value::Null),
    ] {
        let answer = SERVER.get(&format!("/api/v1{path}"));
        let problem = parsed(&answer);
        assert_eq!((answer.status, &problem["errors"][0]["suggestion"]), (404, &meant), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("/api/v1/questions"), "{problem}");
    }
}

#[test]
fn lists_that_are_german_in_every_language_say_so() {
    for path in ["/sources", "/changes"] {
        let list = got(&SERVER, &format!("{path}?lang=ar"));
        assert_eq!((&list["lang"], &list["direction"]), (&json!("de"), &json!("ltr")), "{path}");
        assert_eq!(list["entries"], got(&SERVER, path)["entries"], "{path}");
    }
    assert_eq!(got(&SERVER, "/questions?lang=ar")["direction"], "rtl");
}

#[test]
fn what_else_a_request_can_be_is_answered_for_programs_too() {
    let server = Server::start();
    let excess = format!("content-type: application/json\r\nx-more: {}\r\n", "x".repeat(20_000));
    let packed = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
    for (answer, status) in [
        (send(&server, "/explain", "{}", "content-type: text/plain\r\n"), 415),
        (send(&server, "/explain", "{}", ""), 415),
        (send(&server, "/explain", "{}", packed), 415),
        (send(&server, "/explain", "{}", &excess), 431),
        (server.get("/api/v1/explain"), 405),
        (post(&server, "/rulebook", "{}"), 405),
        (server.get("/api/v1/nowhere"), 404),
        (server.get("/api/v2"), 404),
        (server.get("/api/"), 404),
        (server.get("/api"), 404),
        (server.get("/api/v1/certificates/Atlantis"), 404),
        (server.get("/api/v1/offices/countries/%FF"), 404),
        (server.get("/api/v1/offices/districts/unknown"), 404),
        (server.get("/api/v1/questions?goal=kita"), 400),
        (server.get("/api/v1/questions?lang=xx"), 400),
        (server.get("/api/v1/questions?lang="), 400),
        (server.get("/api/v1/questions?lang=de&lang=de"), 400),
        (post(&server, "/employer", "{}"), 404),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.body);
        let problem = parsed(&answer);
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
    }
    assert_eq!(server.get("/api/v1/explain").header("allow"), Some("POST"));
    let answer = send(&server, "/explain", "{}", "content-type: Application/JSON; charset=utf-8\r\n");
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn a_body_without_an_end_is_refused_and_one_that_does_not_come_keeps_nobody_waiting() {
    use std::io::Write as _;
    let server = Server::serving(std::sync::Arc::new(Site::new(RULES.clone(), || TODAY).with_hands(1)));
    let mut endless = String::from(
        "POST /api/v1/explain HTTP/1.1\r\nhost: lotse.test\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
    );
    for _ in 0..20 {
        endless += &format!("400\r\n{}\r\n", " ".repeat(1024));
    }
    assert_eq!(exchange(server.address, &endless).status, 413);
    // Others are answered while somebody says that a body comes, and sends none.
    let mut slow = std::net::TcpStream::connect(server.address).unwrap();
    slow.write_all(b"POST /api/v1/explain HTTP/1.1\r\nhost: lotse.test\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{")
        .unwrap();
    assert_eq!(post(&server, "/explain", "{}").status, 200);
    assert_eq!(server.get("/blatt").status, 200);
}

#[test]
fn the_offices_of_a_place_and_the_papers_of_a_country_are_those_of_the_rules() {
    let server = Server::start();
    let offices = got(&server, "/offices/countries/UA");
    let teachers =
        offices["responsible"].as_array().unwrap().iter().find(|one| one["matter"] == "teacher-office").unwrap();
    assert_eq!((&teachers["certain"], teachers["offices"].as_array().unwrap().len()), (&json!(true), 1));
    // Which state follows an old one is not known, and so is not which of two offices.
    for old in ["YU", "SU"] {
        let offices = got(&server, &format!("/offices/countries/{old}"));
        for matter in offices["responsible"].as_array().unwrap() {
            let several = matter["offices"].as_array().unwrap().len() > 1;
            assert!(!(several && matter["certain"] == true), "{old}: {matter}");
            assert!(several || matter["matter"] != "teacher-office", "{old}: {matter}");
        }
    }
    let district = got(&server, "/offices/districts/05913");
    assert_eq!(district["place"]["text"], "Dortmund (Stadt)");
    assert!(!district["local"].as_array().unwrap().is_empty());
    for local in district["local"].as_array().unwrap() {
        assert!(local["checked_on"].as_str().unwrap().len() == 10 && !local["sources"].as_array().unwrap().is_empty());
    }
    // Whomever a sheet names because of a place is among those the place leads to.
    let mut found = 0;
    for (question, path, person) in [
        ("country-of-training", "countries", ["school-type-vocational", "early-childhood-education"]),
        ("district", "districts", ["university-degree", "social-work"]),
    ] {
        let id = RULES.questions.id(question).unwrap();
        for option in RULES.questions[id].options.names().filter(|name| *name != "unknown").step_by(19) {
            let listed = got(&server, &format!("/offices/{path}/{option}"));
            let matters = listed["responsible"].as_array().unwrap().iter();
            let listed: BTreeSet<&str> = matters
                .flat_map(|matter| matter["offices"].as_array().unwrap())
                .map(|office| office["id"].as_str().unwrap())
                .collect();
            let [kind, field] = person;
            let mut answers = json!({
                "goal": ["protected-title"],
                "qualification-kind": [kind],
                "completed": ["yes"],
                "study-field": [field],
                "district": ["05913"],
            });
            answers[question] = json!([option]);
            let sheet = asked(&server, "/sheet", &json!({ "answers": answers }));
            let contacts =
                sheet["blocks"].as_array().unwrap().iter().find(|block| block["block"] == "contacts").unwrap();
            let cards = contacts["offices"].as_array().unwrap().iter();
            let offices = cards.filter(|card| !card["because"].is_null()).map(|card| card["id"].as_str().unwrap());
            // Others are looked up by what the person wants, not by the place.
            for office in offices.filter(|office| office.starts_with("br-")) {
                assert!(listed.contains(office), "{option}: {office} is not among {listed:?}");
                found += 1;
            }
        }
    }
    assert!(found > 10, "places lead to offices");
    let papers = got(&server, "/certificates/UA");
    assert!(papers["entries"].as_array().unwrap().iter().any(|paper| paper["lang"] == "uk"));
    assert_eq!(got(&server, "/certificates/IS")["entries"], json!([]), "none are known");
    for path in ["/questions", "/pathways", "/steps", "/offices", "/sources", "/changes"] {
        assert!(!got(&server, path)["entries"].as_array().unwrap().is_empty(), "{path}");
    }
    assert_eq!(got(&server, "/rulebook")["version"], RULES.version);
}

#[test]
fn what_is_public_is_kept_until_rules_or_day_change_and_what_is_said_of_people_never() {
    let server = Server::start();
    let first = server.get("/api/v1/questions");
    let mark = first.header("etag").expect("a mark").to_owned();
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    for path in ["/api/v1/questions", "/api/v1/questions?lang=de"] {
        let again = exchange(
            server.address,
            &format!("GET {path} HTTP/1.1\r\nhost: lotse.test\r\nif-none-match: {mark}\r\nconnection: close\r\n\r\n"),
        );
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
    let tomorrow = Server::on(TODAY.tomorrow().unwrap()).get("/api/v1/questions");
    assert_ne!(tomorrow.header("etag"), Some(mark.as_str()), "another day, another mark");
    for path in ["/next", "/sheet", "/explain", "/employer"] {
        let answer = post(&server, path, "{}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("etag").is_none() && answer.header("set-cookie").is_none(), "{path}");
    }
}

#[test]
fn no_other_site_may_ask_until_the_operator_lists_it() {
    let ask = |server: &Server, origin: &str| {
        exchange(
            server.address,
            &format!(
                "OPTIONS /api/v1/explain HTTP/1.1\r\nhost: lotse.test\r\norigin: {origin}\r\naccess-control-request-method: POST\r\naccess-control-request-headers: content-type\r\nconnection: close\r\n\r\n"
            ),
        )
    };
    let closed = Server::start();
    assert!(ask(&closed, "https://stadt.example").header("access-control-allow-origin").is_none());
    let site = Site::new(RULES.clone(), || TODAY).asked_from(vec!["https://stadt.example".parse().unwrap()]);
    let open = Server::serving(std::sync::Arc::new(site));
    let answer = ask(&open, "https://stadt.example");
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://stadt.example"));
    assert!(answer.header("access-control-allow-headers").is_some_and(|names| names.contains("content-type")));
    assert!(answer.header("access-control-allow-credentials").is_none(), "credentials never");
    for stranger in ["https://stadt.example.evil.example", "http://stadt.example", "null"] {
        assert!(ask(&open, stranger).header("access-control-allow-origin").is_none(), "{stranger}");
    }
    let headers = "content-type: application/json\r\norigin: https://stadt.example\r\n";
    let answer = send(&open, "/explain", "{}", headers);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://stadt.example"));
    let page = exchange(
        open.address,
        "GET /blatt?goal=kita HTTP/1.1\r\nhost: lotse.test\r\norigin: https://stadt.example\r\nconnection: close\r\n\r\n",
    );
    assert!(page.header("access-control-allow-origin").is_none(), "pages are for people");
}

#[test]
fn nothing_that_a_program_sends_reaches_the_log() {
    let running = Running::with(&["--allow-origins", "https://stadt.example"]);
    let ask = |path: &str, body: &str| {
        let length = body.len();
        exchange(
            running.address,
            &format!(
                "POST /api/v1{path} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            ),
        )
    };
    for path in ["/next", "/sheet", "/explain", "/employer", "/xenon-secret"] {
        ask(path, r#"{"answers":{"study-field":["social-work"],"district":["05913"]}}"#);
        ask(path, r#"{"answers":{"xenon-secret":["social-work"]}}"#);
        ask(path, r#"{"answers":{"goal":["xenon-secret"]}}"#);
        ask(path, r#"{"xenon-secret":1}"#);
        ask(path, "xenon-secret");
    }
    ask("/explain/batch", r#"{"people":[{"study-field":["social-work"]},{"goal":["xenon-secret"]}]}"#);
    crate::support::get(running.address, "/api/v1/certificates/xenon-secret?lang=xenon-secret");
    running.says("/api/v1/certificates/{country}");
    running.says("/api/v1/explain/batch");
    for secret in ["social-work", "05913", "xenon-secret"] {
        assert!(!running.log().contains(secret), "`{secret}` reached the log:\n{}", running.log());
    }
}
