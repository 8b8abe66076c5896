//! What search engines and messengers show of a link is the same for everybody: no address gives away an answer.

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
    for (kind, metas) in &seen {
        assert_eq!(metas, &seen[0].1, "{kind} says something of its own");
    }
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
