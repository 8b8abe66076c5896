//! A town may show the wizard within its own page, if the operator lists it; nobody else may, and nothing is stored either way.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use lotse::web::Site;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::html::{elements, name, parse, text};
use crate::support::{RULES, Running, Server, TODAY, complained, get, lotse};

/// The page of another site that shows a wizard, served on a port of its own.
fn host(wizard: Arc<OnceLock<SocketAddr>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = stream.read(&mut [0; 4096]);
            let page = wizard.get().map(|wizard| town(*wizard)).unwrap_or_default();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
        }
    });
    address
}

/// The page of a town with the snippet from the page for developers.
fn town(server: SocketAddr) -> String {
    let page = parse(&get(server, "/schnittstelle").body);
    let code = elements(&page.document).into_iter().filter(|element| name(element) == "pre");
    let snippet = code.map(|element| text(&element)).find(|code| code.contains("<iframe")).expect("a snippet to copy");
    let snippet = snippet.replace("http://lotse.test", &format!("http://{server}"));
    format!("<!doctype html><html lang=de><title>Stadt</title><h1>Unsere Stadt</h1>{snippet}")
}

/// Opens a page and looks into its frame until something holds there.
fn in_frame(browser: &Browser, page: SocketAddr, holds: &str) -> bool {
    browser.act("url", &json!({ "url": format!("http://{page}/") }));
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(15) {
        browser.act("frame", &json!({ "id": 0 }));
        if browser.run(&format!("return Boolean({holds})")) == Value::Bool(true) {
            return true;
        }
        browser.act("frame", &json!({ "id": null }));
        std::thread::sleep(Duration::from_millis(200));
    }
    false
}

#[test]
fn a_listed_site_shows_the_wizard_in_its_page_and_no_other_site_can() {
    let Some(browser) = Browser::desktop() else { return };
    let wizard: Arc<OnceLock<SocketAddr>> = Arc::default();
    let town = host(wizard.clone());
    let site = Site::new(RULES.clone(), || TODAY).at("http://lotse.test".parse().unwrap());
    let server = Server::serving(Arc::new(site.framed_by(&[format!("http://{town}").parse().unwrap()])));
    wizard.set(server.address).unwrap();

    assert!(
        in_frame(&browser, town, "document.querySelector('main form')"),
        "the listed site shows the first question"
    );
    let hidden = "return getComputedStyle(document.querySelector('.brand')).display";
    assert_eq!(browser.text(hidden), "none", "the town has a head of its own");
    // The interview goes on within the frame, and leaves nothing behind there.
    browser.run("document.querySelector('main input[type=checkbox], main input[type=radio]').click(); document.querySelector('main form').requestSubmit()");
    std::thread::sleep(Duration::from_millis(500));
    assert!(in_frame_now(&browser, "location.search.includes('goal=') && document.querySelector('main form')"));
    let stored = "return document.cookie === '' && localStorage.length === 0 && sessionStorage.length === 0";
    assert_eq!(browser.run(stored), Value::Bool(true));
    browser.act("frame", &json!({ "id": null }));
    let fits = browser.run("return document.getElementById('lotse').style.height.endsWith('px')");
    assert_eq!(fits, Value::Bool(true), "the frame is as long as what is in it");

    let stranger = host(wizard);
    assert!(!in_frame(&browser, stranger, "document.querySelector('main form')"), "a stranger shows the wizard");
}

/// Whether something comes to hold in the frame that is looked into.
fn in_frame_now(browser: &Browser, holds: &str) -> bool {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(15) {
        if browser.run(&format!("return Boolean({holds})")) == Value::Bool(true) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    false
}

#[test]
fn the_operator_lists_who_may_show_the_wizard_by_their_addresses_alone() {
    let policy =
        |running: &Running| get(running.address, "/fragen").header("content-security-policy").unwrap().to_owned();
    let listed = Running::with(&["--frame-ancestors", "https://stadt.example,https://kreis.example:8443"]);
    assert!(policy(&listed).ends_with("; frame-ancestors https://stadt.example https://kreis.example:8443"));
    for wrong in ["*", "stadt.example", "https://stadt.example/seite", "https://stadt.example; script-src *"] {
        let output = lotse(&["serve", "--listen", "127.0.0.1:0", "--frame-ancestors", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(complained(&output).contains("https://lotse.example"), "{wrong}: {}", complained(&output));
    }
}
