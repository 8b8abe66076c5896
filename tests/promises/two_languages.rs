//! German beside another language: the same rows with the same numbers, whatever somebody answered, and a page for whoever
//! interprets.

use std::collections::{BTreeSet, HashSet};

use lotse::interview::evaluate;
use lotse::language::Lang;
use lotse::picture::{Part, for_interpreter, in_columns};
use lotse::sheet::compose;

use crate::html::{attribute, elements, name, parse, text};
use crate::support::{RULES, Server, cases};
use crate::translation::{german_words, long_words, outside_marks};

/// What must be the same in every language: parts, rows, their numbers, their lines, what is printed, what can be pressed.
fn shape(parts: &[Part]) -> Vec<String> {
    let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut shape = Vec::new();
    for part in parts {
        shape.push(format!("{} {}", part.id, part.on_paper));
        for cell in &part.cells {
            let number = cell.number.as_ref().map(digits).unwrap_or_default();
            let lines: Vec<String> = cell
                .lines
                .iter()
                .map(|line| format!("{}{:?}", line.on_paper, line.address.as_ref().map(|address| &address.href)))
                .collect();
            shape.push(format!("{number}|{}|{}|{}", cell.on_paper, cell.standing.is_some(), lines.join(",")));
        }
    }
    shape
}

#[test]
fn every_row_says_the_same_in_both_languages_for_every_case() {
    let german = Lang::german();
    let others: Vec<Lang> = RULES.languages.iter().filter(|lang| **lang != german).cloned().collect();
    assert!(others.len() >= 4, "{others:?}");
    let is_german: Vec<_> = others.iter().map(german_words).collect();
    let (mut rows, mut met, mut faults) = (0, HashSet::new(), BTreeSet::new());
    for (at, (case, answers, date)) in cases().enumerate() {
        let evaluation = evaluate(&RULES, &answers, date);
        let sheet = |lang: &Lang| compose(&RULES, &answers, &evaluation, date, lang);
        let first = sheet(&german);
        // Each case in one of the languages: they all meet every kind of row many times.
        let lang = &others[at % others.len()];
        let other = sheet(lang);
        for columns in [in_columns, for_interpreter] {
            let (left, right) = (columns(&RULES, &first), columns(&RULES, &other));
            assert_eq!(shape(&left), shape(&right), "{case} in {lang}");
            rows += left.iter().map(|part| part.cells.len()).sum::<usize>();
            for says in texts(&right) {
                let outside = outside_marks(says);
                let german: Vec<&str> =
                    long_words(&outside).filter(|word| is_german[at % others.len()](word)).collect();
                if !german.is_empty() {
                    faults.insert(format!("{lang}: {german:?} in {says}"));
                }
                assert!(!says.contains(['{', '}']), "{case} in {lang}: a place is empty in {says}");
            }
        }
        met.extend(evaluation.findings.iter().map(|finding| (finding.pathway, finding.outcome)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(rows > 1000, "{rows} rows");
    let outcomes = RULES.pathways.iter().map(|(_, _, pathway)| pathway.outcomes.iter().count()).sum::<usize>();
    assert_eq!(met.len(), outcomes, "the cases meet every outcome");
}

/// What is read in some parts.
fn texts(parts: &[Part]) -> Vec<&str> {
    let mut texts: Vec<&str> = parts.iter().map(|part| part.heading.as_str()).collect();
    for cell in parts.iter().flat_map(|part| &part.cells) {
        texts.extend([cell.title.as_str(), cell.standing.as_deref().unwrap_or_default()]);
        texts.extend(cell.lines.iter().flat_map(|line| [line.label.as_str(), line.says.as_str()]));
    }
    texts
}

#[test]
fn german_stands_beside_the_language_of_the_page_marked_as_german() {
    let server = Server::start();
    let page = server.get("/blatt?goal=kita&lang=ar&neben=de");
    let document = parse(&page.body);
    let named = |wanted: &str| -> Vec<_> {
        elements(&document.document).into_iter().filter(|element| name(element) == wanted).collect()
    };
    let rows = named("td");
    assert!(rows.len() > 20 && rows.len() % 2 == 0, "{} cells", rows.len());
    for pair in rows.chunks(2) {
        let side = |at: usize, wanted| attribute(&pair[at], wanted);
        assert_eq!((side(0, "lang").as_deref(), side(0, "dir").as_deref()), (Some("de"), Some("ltr")));
        assert_eq!(side(0, "translate").as_deref(), Some("no"), "a browser's translation leaves the German alone");
        assert_eq!(side(1, "dir").as_deref(), Some("rtl"));
    }
    let headings: Vec<String> = named("th").iter().map(text).collect();
    assert!(headings.iter().any(|heading| heading == "Das machen Sie jetzt"), "{headings:?}");
    // What is not on paper is folded, but never the answer itself.
    let folded: Vec<&str> =
        page.body.split("<details").skip(1).filter_map(|part| part.split("</details>").next()).collect();
    assert!(folded.len() > 3 && !folded.iter().any(|part| part.contains("id=\"opening\"")), "{}", folded.len());
    // In German there is nothing to stand beside.
    assert!(!server.get("/blatt?goal=kita&neben=de").body.contains("both-table"));
}

#[test]
fn the_day_of_a_letter_stands_in_both_languages() {
    let server = Server::start();
    let letter = "goal=kita&qualification-kind=university-degree&letter-result=refusal&letter-land=nrw";
    for lang in ["uk", "ar", "tr", "en"] {
        let page = server.get(&format!("/blatt?{letter}&brief=2026-11-20&lang={lang}&druck=alles")).body;
        let page = text(&parse(&page).document);
        let said = RULES.word(&Lang::new(lang), "sheet.letter-spoken").replace("{day}", "20.11.2026");
        assert!(page.contains(&said), "{lang}: {said}");
        assert!(page.contains("Ich habe den Brief am 20.11.2026 bekommen."), "{lang}");
    }
}

#[test]
fn the_sheet_and_the_desk_lead_to_two_languages() {
    let server = Server::start();
    let leads = |address: &str, to: &str| server.get(address).body.replace("&#x2f;", "/").contains(to);
    assert!(leads("/blatt?goal=kita&lang=uk", "neben=de"));
    for lang in RULES.languages.iter().filter(|lang| lang.code() != "de") {
        let offered = RULES.offered.iter().any(|(known, _)| known == lang);
        let to = format!("neben=de&amp;lang={lang}");
        assert_eq!(leads("/blatt?goal=kita", &to), offered, "{lang} from the sheet");
        assert_eq!(leads("/beratung?goal=kita", &to), offered, "{lang} from the desk");
    }
}
