//! A town may show the wizard within its own page, if the operator lists it; nobody else may, and nothing is stored either way.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use lotse::interview::replay;
use lotse::web::{Accent, Colours, Site};
use markup5ever_rcdom::Handle;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::html::{attribute, complete, elements, name, parse, text};
use crate::support::{RULES, Running, Server, TODAY, answers, complained, exchange, get, lotse};

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
        // What the browser shows in place of a page that may not be shown there.
        let refused = browser.text("return location.protocol") == "chrome-error:";
        browser.act("frame", &json!({ "id": null }));
        if refused {
            return false;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    false
}

/// What the page looks like that leaves head and foot to another.
const WITHOUT_HEAD: &str =
    "return !document.querySelector('header, .site-links') && !!document.querySelector('main h1')";

fn accent_on_dark() -> Accent {
    Accent { colour: "#e1bee7".parse().ok(), text: None }
}

#[test]
fn a_listed_site_shows_the_wizard_in_its_page_and_no_other_site_can() {
    let Some(browser) = Browser::desktop() else { return };
    let wizard: Arc<OnceLock<SocketAddr>> = Arc::default();
    let town = host(wizard.clone());
    let site = Site::new(RULES.clone(), || TODAY).at("http://lotse.test".parse().unwrap());
    let accent = Accent { colour: "#7a1fa2".parse().ok(), text: None };
    let site = site.framed_by(vec![format!("http://{town}").parse().unwrap()]);
    let site = site.in_colours(Colours::of(accent, accent_on_dark()).unwrap());
    let server = Server::serving(Arc::new(site));
    wizard.set(server.address).unwrap();

    assert!(
        in_frame(&browser, town, "document.querySelector('main form')"),
        "the listed site shows the first question"
    );
    assert_eq!(browser.run(WITHOUT_HEAD), Value::Bool(true), "the town has a head of its own");
    let button = browser.text("return getComputedStyle(document.querySelector('main .button')).backgroundColor");
    assert!(["rgb(122, 31, 162)", "rgb(225, 190, 231)"].contains(&button.as_str()), "{button} is not the operator's");
    // The interview goes on within the frame, from the top of each page on, and leaves nothing behind there.
    browser.act("frame", &json!({ "id": null }));
    browser.run("scrollTo(0, document.body.scrollHeight)");
    browser.act("frame", &json!({ "id": 0 }));
    browser.run("document.querySelector('main input[type=checkbox], main input[type=radio]').click(); document.querySelector('main form').requestSubmit()");
    assert!(in_frame_now(&browser, "location.search.includes('goal=') && document.querySelector('main form')"));
    assert_eq!(browser.run(WITHOUT_HEAD), Value::Bool(true), "on the pages that follow, too");
    let stored = "return document.cookie === '' && localStorage.length === 0 && sessionStorage.length === 0";
    assert_eq!(browser.run(stored), Value::Bool(true));
    let elsewhere = "return [...document.links].every((link) => link.origin === location.origin || link.target !== '')";
    assert_eq!(browser.run(elsewhere), Value::Bool(true), "another site takes the place of the answers");
    browser.act("frame", &json!({ "id": null }));
    let from_its_top = "document.getElementById('lotse').getBoundingClientRect().top > -2";
    assert!(in_frame_now(&browser, from_its_top), "the next question begins above what is seen");
    let fits = browser.run("return document.getElementById('lotse').style.height.endsWith('px')");
    assert_eq!(fits, Value::Bool(true), "the frame is as long as what is in it");

    // The way back leads the whole window to the town's page.
    browser.run("window.old = true");
    browser.act("frame", &json!({ "id": 0 }));
    let found = browser.act("element", &json!({ "using": "css selector", "value": ".to-host a" }));
    let link = found.as_object().and_then(|found| found.values().next()?.as_str()).expect("a way back").to_owned();
    browser.act(&format!("element/{link}/click"), &json!({}));
    browser.act("frame", &json!({ "id": null }));
    let town_again = format!("location.href === 'http://{town}/' && !window.old && document.querySelector('h1')");
    assert!(in_frame_now(&browser, &town_again), "{}", browser.text("return location.href"));

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

/// A site that one town may show.
fn shown_by_a_town() -> Server {
    let site = Site::new(RULES.clone(), || TODAY).at("http://lotse.test".parse().unwrap());
    Server::serving(Arc::new(site.framed_by(vec!["https://stadt.example".parse().unwrap()])))
}

/// What stands in a link to show a page within that town's.
const WITHIN: &str = "kopf=nein&zurueck=https%3A%2F%2Fstadt.example%2Fberuf%3Fseite%3D2";

/// All elements of a page with this name.
fn all(page: &[Handle], wanted: &str) -> Vec<Handle> {
    page.iter().filter(|element| name(element) == wanted).cloned().collect()
}

/// No script runs here: what holds is in the pages themselves.
#[test]
fn without_a_script_every_page_within_another_stays_without_head_and_foot_and_leads_back() {
    let server = shown_by_a_town();
    let complete = complete();
    let (mut links, mut forms) = (0, 0);
    for address in [
        "/".to_owned(),
        "/fragen".to_owned(),
        "/fragen?goal=kita&lang=ar".to_owned(),
        "/fragen?frage=country-of-training&suche=tur&suchen=ja".to_owned(),
        format!("/pruefen?{complete}"),
        format!("/blatt?{complete}"),
        format!("/blatt?{complete}&datum=2026-11-20&stand=2026.11"),
        format!("/blatt?{complete}&lang=uk&neben=de"),
        format!("/arbeitgeber?{complete}"),
        format!("/beratung?{complete}&b.german-level=c1"),
        format!("/telefon?{complete}&lang=tr"),
        "/kurz?adresse=hallo".to_owned(),
        "/leicht".to_owned(),
        "/regeln".to_owned(),
        "/nirgends".to_owned(),
    ] {
        let joint = if address.contains('?') { '&' } else { '?' };
        let parsed = parse(&server.get(&format!("{address}{joint}{WITHIN}")).body);
        let page = elements(&parsed.document);
        let whole = all(&page, "header").len() + page.iter().filter(|element| has_class(element, "site-links")).count();
        assert_eq!(whole, 0, "{address} has a head and a foot of its own");
        let outward = |target: &str| {
            let links = all(&page, "a").into_iter().filter(|link| attribute(link, "target").as_deref() == Some(target));
            links.map(|link| attribute(&link, "href").unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(outward("_top"), ["https://stadt.example/beruf?seite=2"], "{address}");
        // Imprint and data protection stand on the same page in a window of its own.
        let window = outward("_blank");
        assert!(window.len() == 1 && !window[0].contains("kopf") && !window[0].contains("zurueck"), "{window:?}");
        for href in all(&page, "a").iter().filter_map(|link| attribute(link, "href")) {
            if href.starts_with('/') && href != window[0] {
                assert!(href.contains(WITHIN), "{address} leads out of the frame's manner: {href}");
                links += 1;
            }
        }
        for form in all(&page, "form") {
            let fields = elements(&form);
            let held = |name: &str| {
                let field = fields.iter().find(|field| attribute(field, "name").as_deref() == Some(name));
                field.and_then(|field| attribute(field, "value"))
            };
            assert_eq!(held("kopf").as_deref(), Some("nein"), "{address}");
            assert_eq!(held("zurueck").as_deref(), Some("https://stadt.example/beruf?seite=2"), "{address}");
            forms += 1;
        }
    }
    assert!(links > 200 && forms > 5, "{links} links, {forms} forms");
    // Where the interview leads on by itself, it goes on the same way.
    for address in [format!("/fragen?{complete}&{WITHIN}"), format!("/pruefen?goal=kita&{WITHIN}")] {
        let to = server.get(&address).header("location").unwrap().to_owned();
        assert!(to.ends_with(WITHIN), "{to}");
    }
}

fn has_class(element: &Handle, wanted: &str) -> bool {
    attribute(element, "class").is_some_and(|classes| classes.split(' ').any(|class| class == wanted))
}

#[test]
fn a_link_leads_back_to_listed_sites_alone_and_says_so_where_it_does_not() {
    let server = shown_by_a_town();
    for stranger in [
        "https://evil.example/",
        "https://stadt.example.evil.example/",
        "https://stadt.example@evil.example/",
        "javascript:alert(1)",
        "//evil.example",
        "http://stadt.example/",
    ] {
        let stranger = form_urlencoded::byte_serialize(stranger.as_bytes()).collect::<String>();
        let page = server.get(&format!("/fragen?kopf=nein&zurueck={stranger}"));
        let hrefs =
            elements(&parse(&page.body).document).iter().filter_map(|link| attribute(link, "href")).collect::<Vec<_>>();
        assert!(
            hrefs.iter().all(|href| !href.contains("evil") && !href.contains("zurueck") && !href.contains("alert")),
            "{stranger}: {hrefs:?}"
        );
        assert!(page.body.contains(": zurueck."), "{stranger}: nobody is told");
        assert!(!page.body.contains("evil.example"), "{stranger} is repeated");
    }
}

#[test]
fn how_a_page_is_shown_is_no_answer_and_changes_nothing_it_says() {
    let server = shown_by_a_town();
    // As long as nobody says anything it is kept, as without.
    for (address, keeping) in [
        ("/fragen?kopf=nein", "no-cache"),
        ("/fragen?kopf=nein&lang=uk", "no-cache"),
        (&*format!("/fragen?{WITHIN}"), "no-cache"),
        ("/blatt?goal=kita&kopf=nein", "no-store"),
    ] {
        let answer = server.get(address);
        assert_eq!(answer.header("cache-control"), Some(keeping), "{address}");
        let strange = answer.body.contains("kopf.") || answer.body.contains("zurueck.");
        assert!(!strange, "{address}: nothing in it is strange");
        assert!(answer.header("x-robots-tag").is_some(), "{address}: the page around it is the one to be found");
    }
    let first = server.get("/fragen?kopf=nein");
    let mark = first.header("etag").expect("a mark").to_owned();
    let again = exchange(
        server.address,
        &format!(
            "GET /fragen?kopf=nein HTTP/1.1\r\nhost: lotse.test\r\nif-none-match: {mark}\r\nconnection: close\r\n\r\n"
        ),
    );
    assert_eq!(again.status, 304);
    for file in ["/blatt.json", "/blatt.txt", "/blatt.ics", "/arbeitgeber.json"] {
        let answers = complete();
        let plain = server.get(&format!("{file}?{answers}"));
        assert_eq!(plain.body, server.get(&format!("{file}?{answers}&{WITHIN}")).body, "{file}");
        assert_eq!(plain.status, 200, "{file}");
    }
}

#[test]
fn a_link_can_say_beforehand_what_somebody_wants_where_they_live_and_what_they_read() {
    let server = shown_by_a_town();
    let page = parse(&server.get("/schnittstelle").body);
    let code = all(&elements(&page.document), "code")
        .iter()
        .map(text)
        .find(|code| code.contains("/fragen?") && !code.contains('<'));
    let link = code.expect("an address to copy");
    let link = &link[link.find("/fragen?").unwrap()..];
    let said: Vec<&str> = link.split(['?', '&']).skip(1).collect();
    let (shown, said): (Vec<&str>, Vec<&str>) =
        said.into_iter().partition(|pair| ["kopf=", "lang=", "zurueck="].iter().any(|key| pair.starts_with(key)));
    assert_eq!((shown.len(), said.len()), (3, 2), "{link}");
    let known = answers(&said);
    assert!(RULES.goals.is_some_and(|goals| known.get(goals).is_some()), "{link} says what somebody wants");
    let wanted = replay(&RULES, &known, TODAY).next.unwrap();
    let page = elements(&parse(&server.get(link).body).document);
    let fields = all(&page, "input");
    let held = |name: &str| {
        let field = fields.iter().find(|field| attribute(field, "name").as_deref() == Some(name));
        field.and_then(|field| attribute(field, "value"))
    };
    assert_eq!(held("frage").as_deref(), Some(RULES.questions.name(wanted)), "the first question that is still open");
    for pair in said {
        let (question, option) = pair.split_once('=').unwrap();
        assert_eq!(held(question).as_deref(), Some(option), "it is carried along");
    }
    let lang = shown.iter().find_map(|pair| pair.strip_prefix("lang="));
    assert_eq!(attribute(&all(&page, "html")[0], "lang").as_deref(), lang, "{link}");
}
