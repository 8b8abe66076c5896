//! Every page is sound HTML that a screen reader can use, and every text on it is written, in the rules, for people.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use lotse::interview::replay;
use lotse::rulebook::ValueSet;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::support::{Answer, BESIDE_PAGES, RULES, SERVER, SOCIAL_WORKER, TODAY, WITH_ANSWERS};

/// A social worker who has looked into anabin, with every question of the interview answered.
pub fn complete() -> String {
    let words = [SOCIAL_WORKER, &["german-level=b2", "district=05913"]].concat();
    let mut answers = crate::support::answers(&words);
    while let Some(question) = replay(&RULES, &answers, TODAY).next {
        answers.set(question, ValueSet::only(RULES.questions[question].unknown));
    }
    let pairs = replay(&RULES, &answers, TODAY).answers.pairs(&RULES).into_iter();
    pairs.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&")
}

/// One address for each kind of page.
pub fn page_kinds() -> Vec<(&'static str, String)> {
    let complete = complete();
    vec![
        ("start", "/".to_owned()),
        ("question with one answer", "/fragen?goal=kita".to_owned()),
        ("question with several answers", "/fragen".to_owned()),
        ("question with a long list", "/fragen?aendern=country-of-training".to_owned()),
        ("question left out", "/fragen?frage=goal".to_owned()),
        ("list left out", "/fragen?frage=country-of-training".to_owned()),
        ("list that is searched", "/fragen?frage=country-of-training&suche=tur&suchen=ja".to_owned()),
        ("list searched in vain", "/fragen?frage=country-of-training&suche=xyz".to_owned()),
        ("check of answers", format!("/pruefen?{complete}")),
        ("sheet", format!("/blatt?{complete}")),
        ("sheet with a letter", "/blatt?goal=protected-title,youth-office&qualification-kind=university-degree&study-field=social-work&letter-result=refusal&letter-profession=social-worker&district=05112".to_owned()),
        ("sheet without answers", "/blatt".to_owned()),
        ("sheet without head and foot", format!("/blatt?{complete}&kopf=nein")),
        ("sheet of a strange link", "/blatt?goal=atlantis&spaceship=yes".to_owned()),
        ("sheet of an old link", format!("/blatt?{complete}&datum=2026-11-20&stand=2026.11")),
        ("sheet as it was", format!("/blatt?{complete}&datum=2026-11-20&stand=2026.11&wie=damals")),
        ("sheet of a lost version", format!("/blatt?{complete}&datum=2026-11-20&stand=1")),
        ("sheet with a known day", format!("/blatt?{complete}&residence-group=third-unrestricted")),
        ("page for the employer", format!("/arbeitgeber?{complete}")),
        ("sheet for the employer of an old link", format!("/arbeitgeber?{complete}&datum=2026-11-20&stand=2026.11")),
        ("page for the employer with an exception", "/arbeitgeber?goal=kita&qualification-kind=company-or-chamber-vocational&completed=yes&study-field=non-pedagogical&fits-kita-profile=yes".to_owned()),
        ("telephone slip", format!("/telefon?{complete}")),
        ("sheet in Arabic", format!("/blatt?{complete}&lang=ar")),
        ("sheet in Arabic beside German", format!("/blatt?{complete}&lang=ar&neben=de")),
        ("sheet in Ukrainian beside German", format!("/blatt?{complete}&lang=uk&neben=de")),
        ("page for the interpreter", format!("/dolmetschen?{complete}&lang=ar")),
        ("start in Leichte Sprache", "/leicht".to_owned()),
        ("desk", "/beratung".to_owned()),
        ("desk with a second qualification", format!("/beratung?{complete}&b.qualification-kind=school-type-vocational&b.study-field=early-childhood-education")),
        ("desk with two results", format!("/beratung?{complete}&b.german-level=c1")),
        ("question with one answer for another person", "/fragen?asking-for=someone-else&aendern=german-level".to_owned()),
        ("short address mistyped", "/b/HALLO".to_owned()),
        ("short address of the employer mistyped", "/a/HALLO".to_owned()),
        ("address typed wrong", "/kurz?adresse=hallo".to_owned()),
        ("figures that are not counted", "/zahlen".to_owned()),
        ("question with papers of a country", "/fragen?country-of-training=SY&aendern=qualification-kind".to_owned()),
        (
            "question with names to search for",
            "/fragen?country-of-training=UA&qualification-kind=university-degree&aendern=anabin-degree".to_owned(),
        ),
        ("question with a day", "/fragen?letter-result=full&aendern=letter-land&brief=2026-11-20".to_owned()),
        (
            "sheet with the day of a letter",
            "/blatt?goal=kita&qualification-kind=university-degree&letter-result=refusal&letter-land=nrw&brief=2026-11-20".to_owned(),
        ),
        ("anabin in drawings", "/anabin".to_owned()),
        ("anabin in drawings in Arabic", "/anabin?lang=ar".to_owned()),
        ("anabin in drawings in Turkish", "/anabin?lang=tr".to_owned()),
        ("imprint", "/impressum".to_owned()),
        ("privacy", "/datenschutz".to_owned()),
        ("accessibility", "/barrierefreiheit".to_owned()),
        ("leave no trace", "/fertig".to_owned()),
        ("all rules", "/regeln".to_owned()),
        ("what is proved", "/nachweis".to_owned()),
        ("one pathway", "/regeln/kita-degree".to_owned()),
        ("sources", "/quellen".to_owned()),
        ("changes of the rules", "/aenderungen".to_owned()),
        ("open points", "/offene-punkte".to_owned()),
        ("for developers", "/schnittstelle".to_owned()),
        ("what is translated", "/uebersetzungen".to_owned()),
        ("start in Arabic", "/?lang=ar".to_owned()),
        ("question in Ukrainian", "/fragen?goal=kita&lang=uk".to_owned()),
        (
            "sheet in Arabic",
            "/blatt?goal=kita&qualification-kind=university-degree&completed=yes&study-field=social-work&district=05315&lang=ar"
                .to_owned(),
        ),
        ("page that does not exist", "/nirgends".to_owned()),
        ("link too long", format!("/blatt?goal={}", "k".repeat(9000))),
    ]
}

/// Each of these pages as it is served, fetched once for all promises about them.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str, &'static Answer)> {
    static PAGES: LazyLock<Vec<(&str, String, Answer)>> = LazyLock::new(|| {
        let fetched = |(kind, address): (_, String)| (kind, SERVER.get(&address), address);
        page_kinds().into_iter().map(fetched).map(|(kind, answer, address)| (kind, address, answer)).collect()
    });
    PAGES.iter().map(|(kind, address, answer)| (*kind, address.as_str(), answer))
}

/// Every address that a site answers, with its answer: pages, and what stands beside them.
pub fn everywhere() -> Vec<(&'static str, Answer)> {
    let beside = WITH_ANSWERS.into_iter().chain(BESIDE_PAGES).map(|address| (address, SERVER.get(address)));
    pages().map(|(_, address, answer)| (address, answer.clone())).chain(beside).collect()
}

pub fn parse(html: &str) -> RcDom {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { exact_errors: true, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    parse_document(RcDom::default(), opts).one(html)
}

/// All elements below a node, in the order of the page.
pub fn elements(node: &Handle) -> Vec<Handle> {
    let mut found = Vec::new();
    for child in node.children.borrow().iter() {
        if matches!(child.data, NodeData::Element { .. }) {
            found.push(child.clone());
        }
        found.extend(elements(child));
    }
    found
}

pub fn name(element: &Handle) -> String {
    match &element.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

pub fn attribute(element: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &element.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == wanted).map(|attr| attr.value.to_string())
}

pub fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

/// The same without code, which is for programs.
fn prose(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ if ["pre", "code"].contains(&name(node).as_str()) => String::new(),
        _ => node.children.borrow().iter().map(prose).collect(),
    }
}

fn parent(node: &Handle) -> Option<Handle> {
    let weak = node.parent.take();
    let parent = weak.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(weak);
    parent
}

fn inside(element: &Handle, wanted: &str) -> Option<Handle> {
    let mut at = parent(element);
    while let Some(node) = at {
        if name(&node) == wanted {
            return Some(node);
        }
        at = parent(&node);
    }
    None
}

/// Addresses that give no page.
const NO_PAGES: &[&str] = &[
    "/api/",
    "/blatt.txt",
    "/blatt.json",
    "/blatt.ics",
    "/arbeitgeber.json",
    "/b/{code}/qr.svg",
    "/a/{code}/qr.svg",
    "/bereit",
    "/robots.txt",
    "/.well-known/security.txt",
    "/zahlen.csv",
    "/assets/{file}",
];

#[test]
fn no_page_is_left_out_of_these_promises() {
    let routes =
        include_str!("../../src/web/router.rs").split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let tried = page_kinds();
    let mut count = 0;
    for route in routes.filter(|route| !NO_PAGES.contains(route) && !route.starts_with("/v1/")) {
        count += 1;
        // `/regeln/{pathway}` is tried with one of its pathways.
        let fits = |path: &str| match route.split_once('{') {
            Some((start, _)) => path.len() > start.len() && path.starts_with(start),
            None => path == route,
        };
        let tries = tried.iter().any(|(_, address)| fits(address.split('?').next().unwrap_or_default()));
        assert!(tries, "{route} is a page that nothing tries");
    }
    assert!(count >= 4);
}

#[test]
fn every_page_parses_without_a_single_error() {
    for (kind, _, answer) in pages() {
        let page = parse(&answer.body);
        let errors = page.errors.borrow();
        assert!(errors.is_empty(), "{kind}: {errors:?}");
    }
}

#[test]
fn every_page_says_its_language_direction_title_and_one_heading() {
    for (kind, address, answer) in pages() {
        let page = parse(&answer.body);
        let all = elements(&page.document);
        let only = |tag: &str| {
            let found: Vec<_> = all.iter().filter(|element| name(element) == tag).collect();
            assert_eq!(found.len(), 1, "{kind}: {} × <{tag}>", found.len());
            found[0].clone()
        };
        let html = only("html");
        let lang = address.split_once("lang=").map_or("de", |(_, rest)| &rest[..2]);
        assert_eq!(attribute(&html, "lang").as_deref(), Some(lang), "{kind}");
        assert_eq!(attribute(&html, "dir").as_deref(), Some(if lang == "ar" { "rtl" } else { "ltr" }), "{kind}");
        assert!(text(&only("h1")).trim().len() > 4, "{kind}");
        let main = only("main");
        let heading = only("h1");
        assert!(
            inside(&heading, "main").is_some_and(|found| std::rc::Rc::ptr_eq(&found, &main)),
            "{kind}: h1 outside main"
        );
        let title =
            all.iter().find(|element| name(element) == "title" && inside(element, "head").is_some()).expect("a title");
        let title = text(title).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(title.len() > 8 && title.contains("Lotse"), "{kind}: {title}");
    }
}

#[test]
fn pages_of_different_kinds_have_different_titles() {
    // Figures that are not counted are a page that is not there, like any other.
    let same = [
        "desk with two results",
        "desk with a second qualification",
        "page for the employer with an exception",
        "short address of the employer mistyped",
        "address typed wrong",
        "figures that are not counted",
    ];
    let titles = pages().filter(|(kind, _, _)| !kind.starts_with("sheet") && !same.contains(kind));
    let titles: Vec<String> = titles
        .map(|(_, _, answer)| {
            answer
                .body
                .split("<title>")
                .nth(1)
                .and_then(|rest| rest.split("</title>").next())
                .unwrap()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let different: BTreeSet<_> = titles.iter().collect();
    assert_eq!(different.len(), titles.len(), "{titles:#?}");
}

#[test]
fn headings_never_skip_a_level() {
    for (kind, _, answer) in pages() {
        let page = parse(&answer.body);
        let mut last = 0;
        for heading in elements(&page.document) {
            let tag = name(&heading);
            let Some(level) = tag.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else { continue };
            let skipped = level > last + 1 && !(last == 0 && inside(&heading, "main").is_some() && level <= 2);
            assert!(!skipped, "{kind}: h{level} after h{last}: {}", text(&heading));
            last = level;
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_group_a_legend() {
    for (kind, _, answer) in pages() {
        let page = parse(&answer.body);
        let all = elements(&page.document);
        let labelled = |id: &str| {
            all.iter().any(|label| {
                name(label) == "label"
                    && attribute(label, "for").as_deref() == Some(id)
                    && !text(label).trim().is_empty()
            })
        };
        for field in all.iter().filter(|element| ["input", "select", "textarea"].contains(&name(element).as_str())) {
            if attribute(field, "type").as_deref() == Some("hidden") {
                continue;
            }
            let wrapped = inside(field, "label").is_some_and(|label| !text(&label).trim().is_empty());
            let named =
                attribute(field, "id").is_some_and(|id| labelled(&id)) || attribute(field, "aria-label").is_some();
            assert!(wrapped || named, "{kind}: a field without label");
        }
        for group in all.iter().filter(|element| name(element) == "fieldset") {
            let legend = elements(group).into_iter().find(|element| name(element) == "legend");
            assert!(legend.is_some_and(|legend| !text(&legend).trim().is_empty()), "{kind}: a group without legend");
        }
        for picture in all.iter().filter(|element| name(element) == "img") {
            assert!(attribute(picture, "alt").is_some(), "{kind}: a picture without alt");
        }
        for control in all.iter().filter(|element| ["button", "a", "summary"].contains(&name(element).as_str())) {
            let named = !text(control).trim().is_empty() || attribute(control, "aria-label").is_some();
            assert!(named, "{kind}: a control without a name");
        }
    }
}

#[test]
fn ids_are_unique_and_links_within_a_page_arrive() {
    for (kind, _, answer) in pages() {
        let page = parse(&answer.body);
        let all = elements(&page.document);
        let mut ids: Vec<String> = all.iter().filter_map(|element| attribute(element, "id")).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{kind}: an id occurs twice");
        for element in &all {
            for refers in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
                for id in attribute(element, refers).unwrap_or_default().split_whitespace() {
                    assert!(ids.iter().any(|known| known == id), "{kind}: {refers}={id} leads nowhere");
                }
            }
            let target = attribute(element, "href").and_then(|href| href.strip_prefix('#').map(str::to_owned));
            if let Some(target) = target {
                assert!(ids.contains(&target), "{kind}: #{target} leads nowhere");
            }
        }
    }
}

#[test]
fn no_text_is_missing_on_any_page_or_sheet() {
    // A text that is missing shows its id: `check.title`.
    let groups: BTreeSet<&str> =
        RULES.texts.iter().filter_map(|(id, _)| id.strip_prefix("interface.")?.split('.').next()).collect();
    let plain = |c: char| c.is_ascii_lowercase() || c == '.' || c == '-';
    let is_id = |word: &str| {
        word.chars().all(plain)
            && word.split_once('.').is_some_and(|(group, rest)| groups.contains(group) && !rest.is_empty())
    };
    for (kind, _, answer) in pages() {
        assert!(answer.body.len() > 500, "{kind}: {} has nothing to read", answer.status);
        let shown = prose(&parse(&answer.body).document);
        let gaps: Vec<&str> = shown.split_whitespace().filter(|word| is_id(word)).collect();
        assert!(gaps.is_empty(), "{kind}: {gaps:?}");
        // What is not translated yet is shown to translators as it is written, with its places.
        let filled = !shown.contains(['{', '}']) || kind == "what is translated";
        assert!(filled, "{kind}: a place in a text was not filled");
    }
}

/// `t("…")` in templates and `word("…")` in the source, as far as they are written out.
#[test]
fn every_text_the_program_asks_for_is_written_in_the_rules() {
    let mut asked = Vec::new();
    for (dir, marks) in [
        ("templates", &["t(\"", "t('"][..]),
        ("src", &["word(\"", "word_with(\"", "word(lang, \"", "word(&lang, \""][..]),
    ] {
        collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), marks, &mut asked);
    }
    assert!(asked.len() > 60, "only {} uses were found", asked.len());
    let missing: Vec<_> =
        asked.iter().filter(|(id, _)| RULES.texts.find(&format!("interface.{id}")).is_none()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

fn collect(dir: &std::path::Path, marks: &[&str], asked: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, marks, asked);
            continue;
        }
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        for mark in marks {
            for (at, _) in source.match_indices(mark) {
                if source[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_') {
                    continue;
                }
                let rest = &source[at + mark.len()..];
                let id: String = rest.chars().take_while(|c| c.is_alphanumeric() || "._-".contains(*c)).collect();
                // Composed ids go on after the quote, with `~` or by `format!`.
                if id.contains('.')
                    && !id.ends_with('.')
                    && rest[id.len()..].starts_with(['"', '\''])
                    && !rest[id.len() + 1..].trim_start().starts_with('~')
                {
                    asked.push((id, path.display().to_string()));
                }
            }
        }
    }
}
