//! Somebody with an old phone, without scripts, finds the way through the questions and back.

use crate::html::{attribute, elements, name, parse, text};
use crate::support::{Server, encoded};

/// The values offered for a question, and which of them are chosen.
fn offered(page: &str, question: &str) -> Vec<(String, bool)> {
    let page = parse(page);
    let inputs = elements(&page.document).into_iter().filter(|element| name(element) == "input");
    let inputs = inputs.filter(|input| attribute(input, "name").as_deref() == Some(question));
    inputs
        .filter(|input| attribute(input, "type").as_deref() != Some("hidden"))
        .map(|input| (attribute(&input, "value").unwrap_or_default(), attribute(&input, "checked").is_some()))
        .collect()
}

/// Where a link with these words leads.
fn link(page: &str, words: &str) -> String {
    let page = parse(page);
    let links = elements(&page.document).into_iter().filter(|element| name(element) == "a");
    let mut links = links.filter(|link| text(link).contains(words)).filter_map(|link| attribute(&link, "href"));
    links.next().unwrap_or_else(|| panic!("no link says {words}"))
}

#[test]
fn a_long_list_is_searched_without_scripts() {
    let server = Server::start();
    for search in ["tür", "TUR", " türkei"] {
        let page = server.get(&format!("/fragen?goal=kita&frage=country-of-training&suche={}", encoded(search))).body;
        let found = offered(&page, "country-of-training");
        assert!(found.iter().any(|(value, _)| value == "TR"), "{search}: {found:?}");
        assert!(found.len() < 10, "{search}: {found:?}");
        assert!(page.contains(r#"<input type="hidden" name="goal" value="kita">"#), "other answers are carried along");
    }
    let changed = "/fragen?country-of-training=SY&frage=country-of-training&suche=syr&suchen=ja";
    assert_eq!(offered(&server.get(changed).body, "country-of-training"), [("SY".to_owned(), true)]);
    let chosen = server.get("/fragen?goal=kita&frage=country-of-training&suche=tur&country-of-training=TR");
    assert!(offered(&chosen.body, "country-of-training").is_empty(), "whoever has chosen goes on");
}

#[test]
fn back_from_a_change_leads_to_the_check_of_answers() {
    let server = Server::start();
    let complete = crate::html::complete();
    let check = server.get(&format!("/pruefen?{complete}")).body;
    let question = server.get(&link(&check, "Ändern")).body;
    let back = link(&question, "Zurück");
    assert!(back.starts_with("/pruefen?"), "{back}");
    // Whoever goes back from there step by step is not led round in a circle.
    let last = server.get(&link(&check, "Zurück")).body;
    assert!(link(&last, "Zurück").starts_with("/fragen?"));
}

#[test]
fn every_question_has_a_link_that_leads_back_to_it_with_all_answers() {
    let server = Server::start();
    for path in ["/fragen", "/fragen?goal=kita", "/fragen?goal=kita,ogs&qualification-kind=university-degree"] {
        let page = server.get(path).body;
        let here = link(&page, "Link zu dieser Frage");
        let heading = |page: &str| {
            let page = parse(page);
            elements(&page.document).iter().find(|element| name(element) == "h1").map(text)
        };
        assert_eq!(heading(&server.get(&here).body), heading(&page), "{path}");
        assert!(path.split_once('?').is_none_or(|(_, answers)| here.contains(answers)), "{here}");
    }
}

#[test]
fn the_address_of_a_database_can_be_followed() {
    let page = Server::start().get("/fragen?aendern=anabin-institution").body;
    assert_eq!(link(&page, "anabin.kmk.org"), "https://anabin.kmk.org");
}
