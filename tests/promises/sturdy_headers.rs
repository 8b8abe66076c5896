//! What stands around a page: on a shared device nothing of the answers stays behind, nobody's address is printed but the
//! operator's, and odd requests get words instead of silence.

use std::io::Read as _;
use std::process::{Command, Stdio};

use jiff::civil::date;
use lotse::terms::Day;
use lotse::web::{Limits, Operator, Origin, Site};

use crate::html::{everywhere, page_kinds};
use crate::support::{Answer, RULES, Server, TODAY, WITH_ANSWERS, complained, exchange, lotse, program};

fn at(origin: &str) -> Site {
    Site::new(RULES.clone(), || TODAY).at(origin.parse().unwrap())
}

fn ask(server: &Server, method: &str, path: &str, headers: &str) -> Answer {
    exchange(
        server.address,
        &format!("{method} {path} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\n{headers}\r\n"),
    )
}

#[test]
fn wherever_answers_stand_nothing_is_kept_and_nothing_is_listed() {
    let server = Server::start();
    for path in WITH_ANSWERS {
        let answer = server.get(&format!("{path}?goal=kita"));
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("x-robots-tag").is_some_and(|says| says.contains("noindex")), "{path}");
    }
    let sheet = server.get("/blatt?goal=kita").body;
    let sheet = sheet.replace("&#x2f;", "/");
    let short = sheet.split("/b/").nth(1).unwrap().split(['"', '/', '<', ' ']).next().unwrap();
    for path in [format!("/b/{short}"), format!("/b/{short}/qr.svg"), "/b/FALSCH".to_owned()] {
        let answer = server.get(&path);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("x-robots-tag").is_some_and(|says| says.contains("noindex")), "{path}");
    }
    let start = server.get("/");
    assert!(start.header("x-robots-tag").is_none(), "the start may be found");
    assert_ne!(start.header("cache-control"), Some("no-store"));
}

#[test]
fn every_answer_shuts_the_page_off_from_other_sites() {
    for (address, answer) in everywhere() {
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{address}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{address}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("require-trusted-types-for 'script'") && policy.contains("trusted-types 'none'"));
        let device = answer.header("permissions-policy").unwrap();
        for asked in ["camera", "geolocation", "microphone", "usb", "payment", "browsing-topics", "display-capture"] {
            assert!(device.contains(&format!("{asked}=()")), "{address} may ask for {asked}");
        }
        assert!(answer.header("strict-transport-security").is_none(), "not promised where it is not encrypted");
        assert!(answer.header("server").is_none(), "which program answers is nobody's business");
    }
}

/// A site whose listening address is not its own name.
fn encrypted() -> Server {
    Server::within(
        at("https://lotse.example").run_by(Operator {
            security_contact: Some("mailto:sicherheit@lotse.example".to_owned()),
            security_until: Some(Day(date(2027, 6, 30))),
            ..Operator::default()
        }),
        Limits::default(),
    )
}

#[test]
fn with_an_encrypted_address_browsers_stay_encrypted() {
    let answer = encrypted().get("/");
    assert!(answer.header("strict-transport-security").is_some_and(|says| says.contains("max-age=31536000")));
}

#[test]
fn crawlers_and_finders_of_faults_are_told_where_to_go() {
    let robots = encrypted().get("/robots.txt");
    assert_eq!(robots.status, 200);
    assert!(robots.body.contains("Disallow: /fragen") && !robots.body.contains("Disallow: /blatt"), "{}", robots.body);
    let security = encrypted().get("/.well-known/security.txt");
    assert!(security.body.contains("Contact: mailto:sicherheit@lotse.example\n"), "{}", security.body);
    assert!(security.body.contains("Expires: 2027-06-30T00:00:00Z\n"), "{}", security.body);
    assert_eq!(Server::start().get("/.well-known/security.txt").status, 404, "nothing is made up");
}

#[test]
fn what_a_visitor_calls_this_site_is_never_printed() {
    let server = encrypted();
    for host in ["evil.example", "lotse.example.evil.example", "127.0.0.1"] {
        for path in ["/blatt?goal=kita", "/blatt.ics?goal=kita", "/blatt.txt?goal=kita", "/blatt.json?goal=kita"] {
            let answer = exchange(
                server.address,
                &format!(
                    "GET {path} HTTP/1.1\r\nhost: {host}\r\nx-forwarded-host: {host}\r\nx-forwarded-proto: http\r\nconnection: close\r\n\r\n"
                ),
            );
            assert_eq!(answer.status, 200);
            let body = answer.body.replace("&#x2f;", "/");
            assert!(!body.contains(host), "{path} prints {host}");
            let with_address = ["/blatt?", "/blatt.ics?"].iter().any(|page| path.starts_with(page));
            assert!(!with_address || body.contains("https://lotse.example/b"), "{path} names the site");
        }
        let code = |host: &str| {
            exchange(
                server.address,
                &format!("GET /b/HALLO/qr.svg HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
            )
            .body
        };
        assert_eq!(code(host), code("lotse.example"));
    }
}

#[test]
fn whoever_serves_the_world_says_its_address_first() {
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let output = lotse(&["serve", "--listen", listen]);
        assert_eq!(output.status.code(), Some(2), "{listen}");
        assert!(complained(&output).contains("--public-address"), "{}", complained(&output));
    }
    for wrong in
        ["javascript:alert(1)", "lotse.example", "https://lotse.example\nset-cookie: a=b", "https://lotse.example/pfad"]
    {
        let output = lotse(&["serve", "--public-address", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(complained(&output).contains("https://lotse.example"), "{}", complained(&output));
        assert!(wrong.parse::<Origin>().is_err());
    }
}

#[test]
fn a_page_that_can_only_be_looked_at_says_so() {
    let server = Server::start();
    for path in ["/", "/blatt", "/bereit", "/assets/lotse.css", "/nirgends"] {
        for method in ["POST", "DELETE", "OPTIONS", "ERFUNDEN"] {
            let answer = ask(&server, method, path, "content-length: 0\r\n");
            let expected = if path == "/nirgends" { 404 } else { 405 };
            assert_eq!(answer.status, expected, "{method} {path}");
            assert!(answer.body.contains("</html>"), "{method} {path} is answered with words");
            if expected == 405 {
                assert!(
                    answer.header("allow").is_some_and(|may| may.contains("GET") && may.contains("HEAD")),
                    "{method} {path}"
                );
            }
        }
        let head = ask(&server, "HEAD", path, "");
        let get = ask(&server, "GET", path, "");
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
    for path in ["/assets/nichts", "/nirgends", "/regeln/nichts", "/b/FALSCH"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("</html>"), "{path} is answered with words");
    }
}

#[test]
fn whoever_cannot_read_compressed_pages_gets_them_plain() {
    let server = Server::start();
    for accepts in ["*;q=0", "gzip;q=0", "identity", "br", "", "gzip;q=0, *;q=1", ";;;=", "*;q=0, identity;q=1"] {
        let answer = ask(&server, "GET", "/blatt?goal=kita", &format!("accept-encoding: {accepts}\r\n"));
        assert_eq!(answer.status, 200, "{accepts}");
        assert!(answer.header("content-encoding").is_none_or(|encoding| encoding == "identity"), "{accepts}");
        assert!(answer.body.contains("</html>"), "{accepts}");
    }
}

#[test]
fn a_wrong_clock_breaks_no_page_and_no_link() {
    for wrong in [date(1970, 1, 1), date(1, 1, 1), date(2101, 1, 1), date(9999, 12, 31)] {
        let server = Server::on(wrong);
        // What only the rules and no clock decide takes longest in an unoptimised program.
        for (kind, address) in page_kinds()
            .into_iter()
            .filter(|(_, address)| !["/nachweis", "/uebersetzungen"].contains(&address.as_str()))
        {
            assert!(server.get(&address).status < 500, "{kind} on {wrong}");
        }
        let page = server.get("/blatt?goal=kita&qualification-kind=none").body.replace("&#x2f;", "/");
        let link = page.split('"').find(|part| part.starts_with("/blatt.txt?")).expect("a link to the text");
        let text = server.get(&link.replace("&amp;", "&"));
        assert_eq!(text.status, 200, "the sheet's own link is understood on {wrong}: {link}");
        let code = page.split("/b/").nth(1).unwrap().split(['"', '/', '<', ' ']).next().unwrap();
        assert_eq!(server.get(&format!("/b/{code}")).status, 303, "so is its short address on {wrong}");
    }
}

#[test]
fn a_log_in_a_file_holds_no_colours_and_one_as_json_is_json() {
    for (form, check) in [
        ("text", Box::new(|line: &str| assert!(line.contains("INFO"), "{line}")) as Box<dyn Fn(&str)>),
        (
            "json",
            Box::new(|line: &str| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                assert_eq!((&line["status"], &line["page"]), (&200.into(), &"/bereit".into()), "{line}");
            }),
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("log");
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", form]).stderr(std::fs::File::create(&file).unwrap());
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let log = || std::fs::read_to_string(&file).unwrap();
        let waits = std::time::Instant::now();
        // The log says where it listens, from which rules on, and that it ends.
        while !log().contains("serving") {
            assert!(waits.elapsed().as_secs() < 60, "{}", log());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let started = log();
        let started = started.lines().find(|line| line.contains("serving")).unwrap();
        assert!(started.contains(&RULES.version) && started.contains(env!("CARGO_PKG_VERSION")), "{started}");
        let port = started.split("127.0.0.1:").nth(1).unwrap().chars().take_while(char::is_ascii_digit);
        let address = format!("127.0.0.1:{}", port.collect::<String>()).parse().unwrap();
        assert_eq!(crate::support::get(address, "/bereit").status, 200);
        assert!(Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap().success());
        let mut said = String::new();
        program.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(program.wait().unwrap().success());
        assert_eq!(
            said.is_empty(),
            form == "json",
            "what is for people is not mixed with what is for programs: {said}"
        );
        let log = log();
        assert!(!log.contains('\u{1b}'), "{log}");
        assert!(log.contains("stopped"), "{log}");
        if form == "json" {
            log.lines().for_each(|line| _ = serde_json::from_str::<serde_json::Value>(line).expect(line));
        }
        check(log.lines().find(|line| line.contains("/bereit")).expect("a line for the request"));
    }
}
