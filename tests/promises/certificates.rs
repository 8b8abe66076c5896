//! What papers are called at home helps to answer one question. It never decides anything, and where it is not clear which
//! answer fits, nobody is led to one.

use lotse::interview::{length_at_most, next};
use lotse::rulebook::{Certificate, Certificates, Id, Rulebook, read_embedded};
use lotse::source::Files;

use crate::support::{RULES, Server, TODAY, answers};

fn all() -> &'static Certificates {
    RULES.certificates.as_ref().expect("certificates.yaml is shipped")
}

fn papers() -> impl Iterator<Item = &'static Certificate> {
    all().by_country.values().flatten()
}

/// The rows as they are written: what the option rests on, and whether there is one.
fn written() -> Vec<(String, bool, String)> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/certificates.yaml")).unwrap();
    let mut rows: Vec<(String, bool, String)> = Vec::new();
    for line in text.lines() {
        let id = line.strip_prefix("    ").and_then(|line| line.strip_suffix(':')).filter(|id| !id.starts_with(' '));
        if let Some(id) = id {
            rows.push((id.to_owned(), false, String::new()));
        } else if let Some(row) = rows.last_mut() {
            row.1 |= line.starts_with("      option: ");
            if let Some(certainty) = line.strip_prefix("      option_certainty: ") {
                row.2 = certainty.to_owned();
            }
        }
    }
    rows
}

#[test]
fn a_paper_whose_kind_is_not_clear_offers_no_choice() {
    let rows = written();
    assert_eq!(rows.len(), papers().count());
    let open: Vec<&str> =
        rows.iter().filter(|(_, option, rests_on)| !option || rests_on == "open").map(|(id, ..)| id.as_str()).collect();
    // Each by its name, so that none is exchanged for another without anybody looking.
    insta::assert_snapshot!("papers-that-offer-no-choice", open.join("\n"));
    for paper in papers() {
        assert_eq!(paper.option.is_none(), open.contains(&paper.id.as_str()), "{}", paper.id);
    }
    let server = Server::start();
    let country = &RULES.questions[all().country].options;
    for (at, papers) in &all().by_country {
        let page = server
            .get(&format!("/fragen?country-of-training={}&aendern=qualification-kind", country.name(Id::new(*at))));
        let choices = page.body.matches("Dann passt wohl diese Antwort").count();
        let advice = page.body.matches("fragen Sie eine Beratung:").count();
        let clear = papers.iter().filter(|paper| paper.option.is_some()).count();
        assert_eq!((choices, advice), (clear, papers.len() - clear), "{}", country.name(Id::new(*at)));
    }
}

#[test]
fn an_open_mapping_stays_silent_even_if_somebody_writes_an_option() {
    let mut files = Files::default();
    for (_, file) in read_embedded().iter() {
        let text = match file.name == "certificates.yaml" {
            true => file.text.replace("option_certainty: authority", "option_certainty: open"),
            false => file.text.to_string(),
        };
        files.add(file.name.clone(), text);
    }
    let rulebook = Rulebook::load(files).rulebook.unwrap();
    let papers = rulebook.certificates.unwrap().by_country.into_values().flatten();
    let bakalavr = papers.into_iter().find(|paper| paper.id == "ua-bakalavr").unwrap();
    assert_eq!(bakalavr.option, None);
}

#[test]
fn names_stand_in_their_own_script_and_direction() {
    let server = Server::start();
    let page = server.get("/fragen?country-of-training=SY&aendern=qualification-kind").body;
    assert!(page.contains(r#"<bdi lang="ar" dir="rtl">"#), "{page}");
    let page = server.get("/fragen?country-of-training=UA&aendern=qualification-kind").body;
    assert!(page.contains(r#"<bdi lang="uk" dir="ltr">диплом бакалавра</bdi>"#), "{page}");
    assert!(papers().all(|paper| paper.lang.direction() == "rtl" || !paper.name.contains('ا')));
}

#[test]
fn no_paper_is_said_to_be_recognised() {
    for paper in papers() {
        for text in [paper.gloss, paper.note] {
            let says = RULES.texts.say(&lotse::language::Lang::german(), text);
            for word in ["anerkannt", "Anerkennung", "gleichwertig", "Anspruch"] {
                assert!(!says.contains(word), "{}: {says}", paper.id);
            }
        }
    }
}

#[test]
fn naming_the_country_early_costs_nobody_a_question() {
    let before = answers(&["goal=kita"]);
    let named = answers(&["goal=kita", "country-of-training=UA"]);
    assert_eq!(next(&RULES, &before, TODAY), next(&RULES, &named, TODAY));
    assert!(length_at_most(&RULES, 1, &named, TODAY) <= length_at_most(&RULES, 1, &before, TODAY));
    let server = Server::start();
    // The button that shows the names leads back to the same question, and blames nobody for a missing answer.
    let page = server.get("/fragen?goal=kita&frage=qualification-kind&country-of-training=UA&zeigen=ja");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("диплом бакалавра") && !page.body.contains("Ihre Antwort fehlt noch"), "{}", page.body);
    assert!(page.body.contains(r#"<input type="hidden" name="country-of-training" value="UA">"#));
}

#[test]
fn for_anabin_the_page_names_what_to_search_for() {
    let server = Server::start();
    let page =
        server.get("/fragen?country-of-training=UA&qualification-kind=university-degree&aendern=anabin-degree").body;
    assert!(page.contains("<strong>dyplom bakalavra</strong>"), "{page}");
}

#[test]
fn a_name_to_search_for_is_of_the_persons_own_subject() {
    let server = Server::start();
    let shows = |subject: &str| {
        let address = format!(
            "/fragen?country-of-training=IR&qualification-kind=university-degree&study-field={subject}&aendern=anabin-degree"
        );
        server.get(&address).body.contains("Farhangian")
    };
    assert!(shows("teaching-primary"), "a university for teachers");
    assert!(!shows("psychology"), "no university of somebody else");
    let some = papers().filter(|paper| !paper.subjects.is_empty()).count();
    assert!(some > 20 && some < papers().count(), "{some}");
}

#[test]
fn anabin_is_drawn_with_words_for_those_who_do_not_see_it() {
    let page = Server::start().get("/anabin").body;
    assert_eq!(page.matches(r#"<svg class="drawing""#).count(), 2);
    assert_eq!((page.matches("<title id=").count(), page.matches("<desc id=").count()), (2, 2));
    assert!(page.contains(r#"href="https://anabin.kmk.org""#));
    let server = Server::start();
    for question in ["anabin-institution", "anabin-degree", "anabin-listed-there", "anabin-subject-match"] {
        let page = server.get(&format!("/fragen?goal=kita&aendern={question}")).body;
        assert!(page.contains("anabin\">anabin mit Bildern erklärt</a>"), "{question}");
    }
}
