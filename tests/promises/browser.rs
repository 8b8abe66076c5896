//! In a real browser: without a mouse, on a small phone, enlarged, on paper, with a screen reader.
//!
//! These tests need Chromium with its driver. Where they are missing the tests say so and pass, unless
//! `LOTSE_BROWSER=required` is set.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lotse::interview::replay;
use lotse::rulebook::ValueSet;
use serde_json::{Value, json};

use crate::html::{page_kinds, pages};
use crate::support::{RULES, SERVER, Server, cases, exchange};

fn required() -> bool {
    std::env::var("LOTSE_BROWSER").is_ok_and(|wish| wish == "required")
}

/// What is missing is a reason to skip, or a failure where a browser is required.
pub fn missing<T>(what: &str) -> Option<T> {
    assert!(!required(), "{what} is missing, and LOTSE_BROWSER=required");
    println!("skipped: {what} is missing");
    None
}

/// A file of the checkers that CI installs at fixed versions.
pub fn checker(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/checkers/node_modules").join(file)
}

pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&path).flat_map(|dir| names.iter().map(move |name| dir.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// A browser of its own, driven over the WebDriver protocol: plain JSON over HTTP.
pub struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// A window of this size in CSS pixels; the factor is how many dots make a pixel, as after zooming in.
    fn start(width: u32, height: u32, factor: u32) -> Option<Self> {
        let Some(chromium) = program(&["chromium", "chromium-browser", "google-chrome"]) else {
            return missing("Chromium");
        };
        let Some(driver) = program(&["chromedriver"]) else { return missing("chromedriver") };
        let mut driver =
            Command::new(driver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = said
            .into_iter()
            .find_map(|line| line.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
        let address = SocketAddr::from(([127, 0, 0, 1], port.expect("chromedriver names its port")));
        let profile = tempfile::tempdir().unwrap();
        let mut args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        .map(str::to_owned)
        .to_vec();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            // A busy machine makes no page wrong: no promise here is about time.
            "timeouts": { "script": 300_000, "pageLoad": 300_000 },
            "goog:chromeOptions": {
                "binary": chromium,
                "args": args,
                "mobileEmulation": { "deviceMetrics": { "width": width, "height": height, "pixelRatio": factor, "touch": false, "mobile": false } },
            },
        } } });
        let mut browser = Self { driver, address, session: String::new(), _profile: profile };
        let session = browser.call("POST", "/session", &capabilities);
        browser.session = session["sessionId"].as_str().expect("a session").to_owned();
        Some(browser)
    }

    /// A small phone.
    pub fn phone() -> Option<Self> {
        Self::start(360, 640, 2)
    }

    pub fn desktop() -> Option<Self> {
        Self::start(1280, 900, 1)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" || method == "DELETE" { String::new() } else { body.to_string() };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let answer = exchange(self.address, &request);
        let json: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        assert_eq!(answer.status, 200, "{method} {path}: {}", json["value"]["message"]);
        json["value"].clone()
    }

    pub fn act(&self, command: &str, body: &Value) -> Value {
        self.call("POST", &format!("/session/{}/{command}", self.session), body)
    }

    pub fn open(&self, server: &Server, address: &str) {
        self.act("url", &json!({ "url": format!("http://{}{address}", server.address) }));
    }

    pub fn run(&self, script: &str) -> Value {
        self.act("execute/sync", &json!({ "script": script, "args": [] }))
    }

    pub fn text(&self, script: &str) -> String {
        self.run(script).as_str().unwrap_or_default().to_owned()
    }

    /// Presses one key, with the page's own focus deciding where it goes.
    fn press(&self, key: char) {
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": [{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }] }]);
        self.act("actions", &json!({ "actions": actions }));
    }

    fn path(&self) -> String {
        self.text("return location.pathname + location.search")
    }

    /// Presses a key that leads to another page, and waits for it.
    fn follow(&self, key: char) {
        self.run("window.old = true");
        self.press(key);
        let started = Instant::now();
        while self.run("return window.old === true || document.readyState !== 'complete'") != Value::Bool(false) {
            assert!(started.elapsed() < Duration::from_secs(10), "{} leads nowhere", self.path());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Moves the focus forward until a condition on the focused element `e` holds; each stop must be visible.
    fn tab_to(&self, condition: &str) {
        for _ in 0..80 {
            self.press(TAB);
            if self.run(&format!("const e = document.activeElement; return e !== document.body && ({condition})"))
                == Value::Bool(true)
            {
                let visible = self.run(VISIBLE_FOCUS);
                assert_eq!(visible, Value::Bool(true), "{}: the focus cannot be seen where {condition}", self.path());
                return;
            }
        }
        panic!("{}: no stop of the keyboard where {condition}", self.path());
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let end = format!(
                "DELETE /session/{} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
                self.session, self.address
            );
            exchange(self.address, &end);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const SPACE: char = ' ';
const DOWN: char = '\u{E015}';
const END: char = '\u{E010}';

/// The focused element, or its card, differs from what it looks like without focus.
const VISIBLE_FOCUS: &str = "
    const e = document.activeElement;
    const looks = () => [e, e.closest('label'), e.parentElement].filter(Boolean).map(x => {
        const s = getComputedStyle(x);
        return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration].join();
    }).join('|');
    const with_focus = looks();
    const at = window.scrollY;
    e.blur();
    const without = looks();
    e.focus({ preventScroll: true, focusVisible: true });
    window.scrollTo(0, at);
    return with_focus !== without;";

/// Answers the question on the page with the keyboard alone.
fn answer(browser: &Browser, choose: &[&str]) {
    browser.tab_to("e.closest('fieldset') && ['INPUT', 'SELECT'].includes(e.tagName) && e.type !== 'search'");
    let kind = browser.text("const e = document.activeElement; return e.tagName === 'SELECT' ? 'list' : e.type");
    match kind.as_str() {
        "list" => {
            browser.press(END);
            let wanted = serde_json::to_string(choose).unwrap();
            let reached =
                || browser.run(&format!("return {wanted}.includes(document.activeElement.value)")) == Value::Bool(true);
            if !reached() {
                // By the first letters of what stands in the list, as people do.
                let label = browser.text(&format!(
                    "return [...document.activeElement.options].find(o => {wanted}.includes(o.value)).text"
                ));
                label.chars().take(12).for_each(|letter| browser.press(letter));
            }
            assert!(reached(), "{choose:?} cannot be reached in the list");
        }
        "radio" => {
            browser.press(SPACE);
            for _ in 0..60 {
                let value = browser.text("return document.activeElement.value");
                if choose.contains(&value.as_str()) {
                    return;
                }
                browser.press(DOWN);
            }
            panic!("{choose:?} cannot be reached");
        }
        _ => {
            for option in choose {
                if browser.text("return document.activeElement.value") != *option {
                    browser.tab_to(&format!("e.value === '{option}'"));
                }
                browser.press(SPACE);
            }
        }
    }
}

fn next_page(browser: &Browser) {
    browser.tab_to("e.matches('main button[type=submit]')");
    browser.follow(ENTER);
}

#[test]
fn a_person_walks_from_the_start_to_the_sheet_without_a_mouse() {
    let Some(browser) = Browser::desktop() else { return };
    let server = Server::start();
    browser.open(&server, "/");
    browser.tab_to("e.matches('main a.button')");
    browser.follow(ENTER);

    // Going on without an answer says so, and leads to the place.
    next_page(&browser);
    assert!(browser.text("return document.title").starts_with("Fehler"), "{}", browser.text("return document.title"));
    assert_eq!(browser.run("return !!document.querySelector('[role=alert] a')"), Value::Bool(true));
    browser.tab_to("e.closest('[role=alert]') && e.tagName === 'A'");
    browser.press(ENTER);
    assert_eq!(
        browser.text("return document.activeElement.tagName"),
        "INPUT",
        "the link of the error leads into the field"
    );
    browser.open(&server, "/fragen");

    let known: &[(&str, &str)] = &[
        ("qualification-kind", "university-degree"),
        ("completed", "yes"),
        ("study-field", "social-work"),
        ("anabin-institution", "h-plus"),
        ("anabin-degree", "entspricht"),
        ("anabin-subject-match", "yes"),
        ("german-level", "b2"),
    ];
    let mut asked = Vec::new();
    while browser.path().starts_with("/fragen") {
        let question = browser.text("return document.querySelector('input[name=frage]').value");
        assert!(!asked.contains(&question), "{question} comes twice");
        match question.as_str() {
            "goal" => answer(&browser, &["kita", "ogs"]),
            _ => answer(
                &browser,
                &[known.iter().find(|(id, _)| *id == question).map_or("unknown", |(_, option)| option)],
            ),
        }
        next_page(&browser);
        asked.push(question);
    }
    assert!(asked.len() >= 8, "{asked:?}");
    assert!(browser.path().starts_with("/pruefen"));

    // Back to the last question, and forward again: nothing is lost.
    browser.tab_to("e.matches('.back a')");
    browser.follow(ENTER);
    assert_eq!(browser.text("return document.querySelector('input[name=frage]').value"), *asked.last().unwrap());
    next_page(&browser);
    assert!(browser.path().starts_with("/pruefen"), "{}", browser.path());

    // One answer changed: the others stay.
    browser.tab_to("e.href && e.href.includes('aendern=goal')");
    browser.follow(ENTER);
    answer(&browser, &["ogs"]);
    next_page(&browser);
    let path = browser.path();
    assert!(
        path.starts_with("/pruefen") && path.contains("goal=kita&") && path.contains("study-field=social-work"),
        "{path}"
    );

    browser.tab_to("e.matches('main a.button')");
    browser.follow(ENTER);
    assert!(browser.path().starts_with("/blatt?"));
    assert_eq!(browser.text("return document.querySelector('h1').textContent"), "Meine nächsten Schritte");
    assert_eq!(browser.run("return document.querySelectorAll('#now li.step').length > 0"), Value::Bool(true));
    assert_eq!(
        browser.run("return document.cookie === '' && localStorage.length === 0 && sessionStorage.length === 0"),
        Value::Bool(true)
    );
}

/// Pages are laid out in frames, each as wide as a window: a small phone, and a common one where everything is twice as large.
const WIDTHS: [u32; 2] = [320, 640];

/// What reaches out of a frame of each width.
const TOO_WIDE: &str = "
    const [html, widths, done] = arguments;
    const laidOut = width => new Promise(resolve => {
        const frame = document.createElement('iframe');
        frame.scrolling = 'no';
        frame.style.border = 0;
        frame.width = width;
        frame.height = 800;
        frame.onload = () => {
            const page = frame.contentDocument, root = page.documentElement;
            page.querySelectorAll('details').forEach(details => details.open = true);
            const out = [...page.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > width + 1
                && frame.contentWindow.getComputedStyle(e).position !== 'absolute');
            const styled = frame.contentWindow.innerWidth === width && page.styleSheets.length > 0;
            const said = root.scrollWidth > width
                ? root.scrollWidth + ' of ' + width + ' px: ' + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' … ') : '';
            frame.remove();
            resolve(styled ? said : 'not laid out at ' + width + ' px');
        };
        frame.srcdoc = html;
        document.body.append(frame);
    });
    Promise.all(widths.map(laidOut)).then(said => done(said.filter(Boolean).join(' | ')));";

/// Every question, and the answers of people who together were asked all of them and gave the widest answers there are.
fn questions_and_answers() -> Vec<String> {
    let longest_word = |text: &str| text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let widest = |question: &str, chosen: &str| {
        let options = RULES.questions[RULES.questions.id(question)?].options.iter();
        let chosen = options.filter(|(_, name, _)| chosen.split(',').any(|option| option == *name));
        chosen.map(|(_, _, option)| longest_word(RULES.texts.german(option.text))).max()
    };
    let mut addresses: Vec<String> = RULES.questions.names().map(|id| format!("/fragen?aendern={id}")).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (_, mut answers, date) in cases() {
        while let Some(question) = replay(&RULES, &answers, date).next {
            answers.set(question, ValueSet::only(RULES.questions[question].unknown));
        }
        let answers = replay(&RULES, &answers, date).answers;
        let pairs = answers.pairs(&RULES);
        let mut wider = false;
        for (question, chosen) in &pairs {
            let width = widest(question, chosen).unwrap_or(0);
            wider |= seen.get(*question).is_none_or(|known| *known < width);
            let known = seen.entry((*question).to_owned()).or_default();
            *known = width.max(*known);
        }
        if wider {
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
            addresses.push(format!("/pruefen?{}", pairs.join("&")));
        }
    }
    addresses
}

#[test]
fn nothing_scrolls_sideways_on_a_small_phone_or_when_everything_is_twice_as_large() {
    let Some(browser) = Browser::desktop() else { return };
    browser.act("goog/cdp/execute", &json!({ "cmd": "Page.setBypassCSP", "params": { "enabled": true } }));
    browser.open(&SERVER, "/impressum");
    let asked = questions_and_answers();
    let asked = asked.iter().map(|address| (address.as_str(), address.as_str(), SERVER.get(address)));
    let known = pages().map(|(kind, address, answer)| (kind, address, answer.clone()));
    let mut faults = Vec::new();
    for (kind, _, answer) in known.chain(asked) {
        let said = browser.act("execute/async", &json!({ "script": TOO_WIDE, "args": [answer.body, WIDTHS] }));
        faults.extend(said.as_str().filter(|said| !said.is_empty()).map(|said| format!("{kind}: {said}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn buttons_and_answers_are_large_enough_for_a_thumb() {
    let Some(browser) = Browser::start(320, 640, 2) else { return };
    let server = Server::start();
    for (kind, address) in page_kinds().into_iter().filter(|(kind, _)| kind.starts_with("question") || *kind == "start")
    {
        browser.open(&server, &address);
        let small = browser.text(
            "return [...document.querySelectorAll('main .button, main .choice, main select')].filter(e => e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML.slice(0, 80)).join(' … ')",
        );
        assert!(small.is_empty(), "{kind}: {small}");
    }
}

#[test]
fn axe_finds_nothing_to_complain_about_on_any_page() {
    let Some(browser) = Browser::desktop() else { return };
    let Ok(axe) = std::fs::read_to_string(checker("axe-core/axe.min.js")) else {
        missing::<()>("axe-core");
        return;
    };
    let mut faults = Vec::new();
    for (kind, address, _) in pages() {
        browser.open(&SERVER, address);
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
        // The first entries of a long list speak for all of them.
        browser.run("document.querySelectorAll('main :is(li, tr):nth-child(n + 13)').forEach(entry => entry.remove())");
        browser.run(&axe);
        let found = browser.act(
            "execute/async",
            &json!({ "args": [], "script": "
                const done = arguments[arguments.length - 1];
                axe.run(document).then(result => done({
                    passes: result.passes.length,
                    violations: result.violations.map(v => v.id + ' × ' + v.nodes.length + ': ' + v.help + ' ' + v.nodes[0].html.slice(0, 160)),
                }), error => done({ passes: 0, violations: [String(error)] }));" }),
        );
        assert!(found["passes"].as_u64().is_some_and(|passes| passes > 10), "{kind}: axe did not look: {found}");
        faults.extend(found["violations"].as_array().unwrap().iter().map(|fault| format!("{kind}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_office_is_kept_in_the_browser_only_while_the_advisor_wants_it() {
    let Some(browser) = Browser::desktop() else { return };
    let server = Server::start();
    let desk = "/beratung?goal=kita&german-level=b1";
    let stored = "return String(localStorage.length)";
    let say = "const lines = document.querySelector('[data-office]'); lines.value = 'Beratung Musterstadt'; lines.dispatchEvent(new Event('input'));";
    let tick = "document.querySelector('[data-office-keep] input').click()";
    browser.open(&server, desk);
    browser.run(say);
    assert_eq!(browser.text(stored), "0", "nothing is kept unless the box is ticked");
    browser.run(tick);
    browser.open(&server, desk);
    assert_eq!(browser.text("return document.querySelector('[data-office]').value"), "Beratung Musterstadt");
    browser.open(&server, "/blatt?goal=kita");
    assert_eq!(
        browser.text("return document.querySelector('[data-office-print]').textContent"),
        "Beratung Musterstadt"
    );
    browser.open(&server, desk);
    browser.run(tick);
    assert_eq!(browser.text(stored), "0", "taking the tick away forgets it");
}

#[test]
fn a_copy_button_stands_beside_the_link_and_each_e_mail() {
    let Some(browser) = Browser::desktop() else { return };
    let server = Server::start();
    let address = page_kinds().into_iter().find(|(kind, _)| *kind == "sheet").unwrap().1;
    browser.open(&server, &address);
    let counts = browser.text(
        "return document.querySelectorAll('[data-copy]').length + ' ' + document.querySelectorAll('[data-copy] + button.copy').length",
    );
    let (texts, buttons) = counts.split_once(' ').unwrap();
    assert!(texts == buttons && texts != "0", "{counts}");
}
