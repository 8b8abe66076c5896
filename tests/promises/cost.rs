//! A page costs what it must: what nobody's answers change is made once and not sent twice, an interview is walked once.

use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};

use lotse::rulebook::Rulebook;
use lotse::web::Site;

use crate::html::pages;
use crate::support::{Answer, RULES, SERVER, Server, TODAY, exchange};

/// Pages that say the same to everybody on one day.
const SAME_FOR_ALL: &[&str] = &[
    "/",
    "/fragen",
    "/beratung",
    "/regeln",
    "/regeln/kita-degree",
    "/regeln/kita-degree.svg",
    "/quellen",
    "/aenderungen",
    "/offene-punkte",
    "/nachweis",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/fertig",
    "/assets/lotse.css",
    "/assets/icon.svg",
];

fn ask(server: &Server, method: &str, path: &str, headers: &str) -> Answer {
    exchange(
        server.address,
        &format!("{method} {path} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\n{headers}\r\n"),
    )
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = &*SERVER;
    for path in SAME_FOR_ALL {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        let mark = page.header("etag").unwrap_or_else(|| panic!("{path} has no mark"));
        for known in [mark.to_owned(), format!("\"other\", {mark}"), mark.trim_start_matches("W/").to_owned()] {
            let again = ask(server, "GET", path, &format!("if-none-match: {known}\r\n"));
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{path} with {known}");
            assert_eq!(again.header("etag"), Some(mark), "{path}");
        }
        assert_eq!(ask(server, "GET", path, "if-none-match: \"other\"\r\n").status, 200, "{path}");
        assert_eq!(server.get(path), page, "{path} is the same each time");
        let head = ask(server, "HEAD", path, "");
        assert_eq!((head.status, head.header("etag"), head.body.as_str()), (200, Some(mark), ""), "{path}");
    }
}

#[test]
fn pages_follow_the_rules_and_the_day() {
    let day = Arc::new(Mutex::new(TODAY));
    let clock = day.clone();
    let site = Arc::new(Site::new(RULES.clone(), move || *clock.lock().unwrap()));
    let server = Server::serving(site.clone());
    let before = server.get("/quellen");
    site.replace(Rulebook { sources: Default::default(), ..RULES.clone() });
    let without = server.get("/quellen");
    assert_ne!(before.body, without.body);
    assert_ne!(before.header("etag"), without.header("etag"));
    site.replace(RULES.clone());
    assert_eq!(server.get("/quellen"), before, "the same rules give the same page with the same mark");
    *day.lock().unwrap() = jiff::civil::date(2035, 1, 1);
    assert_ne!(server.get("/quellen").body, before.body, "by then every source is to be looked at again");
}

#[test]
fn pages_with_answers_bear_no_mark() {
    let server = Server::start();
    for path in ["/fragen?goal=kita", "/blatt?goal=kita", "/beratung?goal=kita"] {
        assert_eq!(server.get(path).header("etag"), None, "{path}");
    }
}

#[test]
fn a_stylesheet_is_kept_for_good_only_under_its_own_mark() {
    let server = Server::start();
    let page = server.get("/").body;
    let mark: String = page.split("lotse.css?").nth(1).expect("a stylesheet").chars().take(12).collect();
    let style = format!("/assets/lotse.css?{mark}");
    assert!(server.get(&style).header("cache-control").unwrap().contains("immutable"));
    for other in ["/assets/lotse.css", "/assets/lotse.css?", "/assets/lotse.css?000000000000", &format!("{style}0")] {
        let style = server.get(other);
        assert_eq!((style.status, style.header("cache-control")), (200, Some("no-cache")), "{other}");
    }
}

#[test]
fn compressed_pages_say_the_same() {
    // Who comes first makes no difference: one server was asked for the plain page first, one for the compressed.
    let server = Server::start();
    // What takes longest in an unoptimised program is the same in any form.
    for (kind, address, plain) in pages().filter(|(_, address, _)| !["/nachweis", "/uebersetzungen"].contains(address))
    {
        let request = format!(
            "GET {address} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\naccept-encoding: br, gzip\r\n\r\n"
        );
        let (head, body) = raw(&server, &request);
        assert!(head.contains("vary: accept-encoding"), "{kind}: {head}");
        assert!(head.contains("content-encoding: gzip"), "{kind}: {head}");
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body, "{kind}");
        assert_eq!(&server.get(address), plain, "{kind}, asked for plainly after that");
        assert!(body.len() < plain.body.len() * 2 / 3, "{kind}: {} of {}", body.len(), plain.body.len());
    }
}

/// The head in small letters and the body as it came.
fn raw(server: &Server, request: &str) -> (String, Vec<u8>) {
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..end]).to_lowercase(), answer.split_off(end + 4))
}
