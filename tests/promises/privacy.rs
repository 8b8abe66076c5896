//! What a person says stays with the person: nothing is stored, logged, or sent to anybody else.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::html::{attribute, elements, everywhere, name, pages, parse};
use crate::support::{get, program};

#[test]
fn no_page_sets_a_cookie_and_every_page_forbids_foreign_content() {
    for (address, answer) in everywhere() {
        assert!(answer.header("set-cookie").is_none(), "{address}");
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{address} has no policy"));
        assert!(policy.contains("default-src 'none'"), "{address}: {policy}");
        for loose in ["unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:", "blob:"] {
            assert!(!policy.contains(loose), "{address} allows {loose}");
        }
        for strict in ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(strict), "{address}: {policy}");
        }
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{address}");
    }
}

#[test]
fn no_page_loads_anything_from_another_host() {
    for (kind, _, answer) in pages() {
        let page = parse(&answer.body);
        let mut links = 0;
        for element in elements(&page.document) {
            let tag = name(&element);
            for loads in ["src", "srcset", "poster", "data", "action", "formaction", "ping", "style"] {
                if let Some(value) = attribute(&element, loads) {
                    assert!(loads != "ping" && loads != "style", "{kind}: <{tag} {loads}>");
                    assert!(value.starts_with('/') && !value.starts_with("//"), "{kind}: <{tag} {loads}={value}>");
                }
            }
            let Some(href) = attribute(&element, "href") else { continue };
            let ours = (href.starts_with('/') && !href.starts_with("//")) || href.starts_with('#');
            if tag == "a" {
                links += 1;
                let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| href.starts_with(scheme));
                assert!(ours || known, "{kind}: {href}");
            } else {
                assert!(ours, "{kind}: <{tag} href={href}>");
            }
            assert!(
                !["prefetch", "preconnect", "dns-prefetch", "preload"]
                    .contains(&attribute(&element, "rel").unwrap_or_default().as_str())
            );
        }
        assert!(links > 0, "{kind} has no link at all");
        assert!(
            !elements(&page.document)
                .iter()
                .any(|element| ["iframe", "object", "embed"].contains(&name(element).as_str())),
            "{kind}"
        );
    }
}

#[test]
fn nothing_is_stored_in_the_browser_and_styles_load_nothing_from_elsewhere() {
    let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/assets");
    let mut looked_at = 0;
    for entry in std::fs::read_dir(assets).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        looked_at += 1;
        let text = text.replace("http://www.w3.org/", "");
        for word in
            ["sessionStorage", "document.cookie", "indexedDB", "sendBeacon", "http://", "https://", "url(//", "@import"]
        {
            assert!(!text.contains(word), "{} contains {word}", path.display());
        }
    }
    assert!(looked_at >= 2);
}

#[test]
fn no_answer_reaches_the_log() {
    let mut program = program()
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    let address = said
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.trim().trim_end_matches('/').parse().ok())
        .expect("the address");
    let secrets = ["social-work", "05913", "xenon-secret", "letter-result", "refusal"];
    for path in [
        "/fragen",
        "/pruefen",
        "/blatt",
        "/arbeitgeber",
        "/beratung",
        "/b/HALLO/qr.svg",
        "/blatt.txt",
        "/blatt.json",
        "/blatt.ics",
        "/nirgends/xenon-secret",
        "/assets/xenon-secret",
    ] {
        for query in [
            "study-field=social-work&district=05913&letter-result=refusal",
            "xenon-secret=1",
            "goal=xenon-secret",
            "goal=%FFxenon-secret",
        ] {
            get(address, &format!("{path}?{query}"));
        }
    }
    get(address, &format!("/blatt?study-field=social-work&x={}", "y".repeat(100_000)));
    get(address, &format!("/blatt?study-field=social-work&x={}", "y".repeat(10_000)));
    program.kill().unwrap();
    let log = program.wait_with_output().unwrap();
    let log = String::from_utf8_lossy(&log.stderr);
    assert!(log.contains("/blatt"), "there is a log, and it names the page: {log}");
    for secret in secrets {
        assert!(!log.contains(secret), "`{secret}` reached the log:\n{log}");
    }
}
