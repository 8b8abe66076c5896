//! What search engines and messengers show of a link is the same for everybody: no address gives away an answer.

use std::collections::BTreeSet;

use markup5ever_rcdom::Handle;

use crate::html::{attribute, elements, name, pages, parse, text};
use crate::support::{RULES, Server};

#[test]
fn a_preview_says_nothing_of_the_answers() {
    let mut seen = Vec::new();
    // In another language it says the same in that language.
    for (kind, _, answer) in pages().filter(|(_, address, _)| !address.contains("lang=")) {
        let dom = parse(&answer.body);
        let metas: Vec<(String, String)> = elements(&dom.document)
            .iter()
            .filter(|element| name(element) == "meta")
            .filter_map(|element| {
                let of = attribute(element, "property").or_else(|| attribute(element, "name"))?;
                (of.starts_with("og:") || of == "description").then(|| (of, attribute(element, "content").unwrap()))
            })
            .collect();
        assert!(metas.iter().any(|(of, says)| of == "description" && says.len() > 50), "{kind}");
        assert!(metas.iter().all(|(of, _)| of != "og:url"), "{kind}: an address holds answers");
        seen.push((kind, metas));
    }
    // Pages about the rules take no answers, and may say what they are.
    let about_rules = |kind: &str| ABOUT_RULES.contains(&kind);
    let same: Vec<_> = seen.iter().filter(|(kind, _)| !about_rules(kind)).collect();
    assert!(same.len() > 20, "{} pages", same.len());
    for (kind, metas) in &same {
        assert_eq!(metas, &same[0].1, "{kind} says something of its own");
    }
}

/// Kinds of pages about the rules.
const ABOUT_RULES: [&str; 6] =
    ["all rules", "one pathway", "sources", "changes of the rules", "open points", "what is proved"];

#[test]
fn pages_about_the_rules_tell_programs_what_they_are_from_when_and_under_which_licence() {
    let mut seen = BTreeSet::new();
    for (kind, address, answer) in pages().filter(|(kind, _, _)| ABOUT_RULES.contains(kind)) {
        let dom = parse(&answer.body);
        let all = elements(&dom.document);
        let meta = |wanted: &str| {
            let named = |element: &&Handle| {
                [attribute(element, "name"), attribute(element, "property")].contains(&Some(wanted.to_owned()))
            };
            all.iter().find(named).and_then(|element| attribute(element, "content"))
        };
        let heading = text(all.iter().find(|element| name(element) == "h1").unwrap());
        let title = meta("dcterms.title").unwrap();
        assert_eq!(title, heading, "{address}");
        assert!(meta("og:title").unwrap().starts_with(&title), "{address}");
        assert_eq!(meta("dcterms.hasVersion").as_ref(), Some(&RULES.version), "{address}");
        let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap_or_else(|_| panic!("{address}: {text}"));
        assert_eq!(day(&meta("dcterms.modified").unwrap()), RULES.changes[0].day, "{address}");
        assert_eq!(day(&meta("dcterms.valid").unwrap()), RULES.knowledge_date, "{address}");
        assert_eq!(meta("dcterms.license").as_deref(), Some("EUPL-1.2"), "{address}");
        let times: Vec<_> = all.iter().filter(|element| name(element) == "time").collect();
        times.iter().for_each(|time| _ = day(&attribute(time, "datetime").unwrap()));
        assert!(!times.is_empty() || kind == "open points", "{address} has no day");
        seen.insert(kind);
    }
    assert_eq!(seen, ABOUT_RULES.into());
}

#[test]
fn the_start_page_says_who_runs_it_that_nobody_earns_and_shows_an_example() {
    let server = Server::start();
    let html = server.get("/").body;
    let dom = parse(&html);
    let says = text(&dom.document);
    assert!(says.contains("Niemand verdient an Lotse"), "{says}");
    assert!(says.contains("Der Betreiber hat seinen Namen noch nicht eingetragen"), "a gap is said");
    let example = elements(&dom.document)
        .into_iter()
        .find(|element| name(element) == "a" && text(element).contains("Beispiel"))
        .expect("a link to an example");
    let sheet = server.get(&attribute(&example, "href").unwrap());
    assert_eq!(sheet.status, 200);
    assert!(sheet.body.contains("id=\"now\""), "the example has steps");
    assert!(RULES.example.is_some());
}
