//! What is read in another language is a translation of the German that stands there today, or German that says so.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use lotse::interview::Answers;
use lotse::language::catalogue::{Catalogue, Entry};
use lotse::language::{Compared, Lang, State, marked};
use lotse::rulebook::{Rulebook, catalogue_name, read_embedded};
use lotse::translation::weighs;

use lotse::web::Site;
use serde_json::Value;

use crate::api::post;
use crate::support::{RULES, Server, TODAY, complained, edit, lotse, printed, small};

/// The languages besides German.
fn others() -> impl Iterator<Item = &'static Lang> {
    RULES.languages.iter().filter(|lang| !lang.is_german())
}

/// The small rulebook with a catalogue in Turkish, all of whose texts say `«German»`.
fn translated() -> tempfile::TempDir {
    let dir = small();
    edit(dir.path(), "rulebook.yaml", "languages: [de]", "languages: [de, tr]");
    translate(dir.path());
    let path = dir.path().join("lang/tr.po");
    let (mut catalogue, _) = Catalogue::read(&std::fs::read_to_string(&path).unwrap());
    catalogue.entries.iter_mut().for_each(|entry| entry.says = format!("«{}»", entry.german));
    std::fs::write(path, catalogue.write()).unwrap();
    dir
}

fn translate(dir: &Path) -> String {
    let done = lotse(&["translate", "--rules", dir.to_str().unwrap()]);
    assert!(done.status.success(), "{}", complained(&done));
    printed(&done)
}

fn catalogue(dir: &Path) -> Catalogue {
    Catalogue::read(&std::fs::read_to_string(dir.join("lang/tr.po")).unwrap()).0
}

fn said(dir: &Path, id: &str) -> String {
    let rulebook = Rulebook::from_dir(dir).unwrap().rulebook.expect("the rules are sound");
    let text = rulebook.texts.find(id).unwrap_or_else(|| panic!("there is no text {id}"));
    without_terms(rulebook.texts.say(&Lang::new("tr"), text))
}

/// A text without the marks of words that stand alike in German, as all words of this Turkish do.
fn without_terms(says: &str) -> String {
    if says.contains(marked::STAYS) { says.replace([marked::STAYS, marked::END], "") } else { says.to_owned() }
}

#[test]
fn a_catalogue_brought_up_to_date_twice_stays_as_it_is() {
    let dir = translated();
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    translate(dir.path());
    let once = std::fs::read(dir.path().join("lang/tr.po")).unwrap();
    let says = translate(dir.path());
    assert!(says.contains("nothing to write"), "{says}");
    assert_eq!(std::fs::read(dir.path().join("lang/tr.po")).unwrap(), once);
}

#[test]
fn changed_german_shows_no_old_translation_and_is_marked_for_translators() {
    let dir = translated();
    let id = "question.goal.text";
    assert_eq!(said(dir.path(), id), "«Wo möchten Sie arbeiten?»");
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    // Before anybody has brought the catalogue up to date, and after.
    assert_eq!(said(dir.path(), id), "\u{2066}Wo wollen Sie arbeiten?\u{2069}");
    translate(dir.path());
    assert_eq!(said(dir.path(), id), "\u{2066}Wo wollen Sie arbeiten?\u{2069}");
    let now = catalogue(dir.path());
    let entry = now.entries.iter().find(|entry| entry.context == id).unwrap();
    assert!(entry.fuzzy);
    assert_eq!(entry.before.as_deref(), Some("Wo möchten Sie arbeiten?"));
    assert_eq!(entry.says, "«Wo möchten Sie arbeiten?»");
    // Whoever takes the change back has the translation back.
    edit(dir.path(), "questions/person.yaml", "Wo wollen Sie arbeiten?", "Wo möchten Sie arbeiten?");
    translate(dir.path());
    assert_eq!(said(dir.path(), id), "«Wo möchten Sie arbeiten?»");
}

/// A release freezes no catalogue: what it said lives on, each text once, from the day on which today says something else.
#[test]
fn an_old_sheet_keeps_the_translation_of_german_that_nobody_says_any_more() {
    let dir = translated();
    let release = lotse(&["release", "--rules", dir.path().to_str().unwrap()]);
    assert!(release.status.success(), "{}", complained(&release));
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    translate(dir.path());
    // Translated anew, by hand.
    let mut now = catalogue(dir.path());
    let entry = now.entries.iter_mut().find(|entry| entry.context == "question.goal.text").unwrap();
    (entry.fuzzy, entry.says) = (false, "«neu»".to_owned());
    std::fs::write(dir.path().join("lang/tr.po"), now.write()).unwrap();
    translate(dir.path());
    let rulebook = Rulebook::from_dir(dir.path()).unwrap().rulebook.unwrap();
    let said = |rulebook: &Rulebook| {
        let text = rulebook.texts.find("question.goal.text").unwrap();
        without_terms(rulebook.texts.say(&Lang::new("tr"), text))
    };
    assert_eq!(said(&rulebook), "«neu»");
    assert_eq!(said(rulebook.released.get("1").unwrap()), "«Wo möchten Sie arbeiten?»");
    let remembered = dir.path().join("released/lang/tr.po");
    let text = std::fs::read_to_string(&remembered).unwrap();
    assert!(text.matches("msgctxt").count() == 1 && !text.contains("#."), "{text}");
    assert!(translate(dir.path()).contains("nothing to write"));
    assert_eq!(std::fs::read_to_string(&remembered).unwrap(), text);
    // Said again today, it need not be remembered.
    edit(dir.path(), "questions/person.yaml", "Wo wollen Sie arbeiten?", "Wo möchten Sie arbeiten?");
    edit(
        dir.path(),
        "lang/tr.po",
        "msgid \"Wo wollen Sie arbeiten?\"\nmsgstr \"«neu»\"",
        "msgid \"Wo möchten Sie arbeiten?\"\nmsgstr \"«alt»\"",
    );
    translate(dir.path());
    assert!(!remembered.exists());
}

/// The small rulebook in two languages, with the words that weigh.
fn weighed() -> tempfile::TempDir {
    let dir = translated();
    let corrections = "translations:\n  corrections: { most_letters: 3, words: [möcht*] }\n  \
                       mixed_up: { where: { words: [Kita], mind: Kita ist nicht Schule. } }\nlint_allow:";
    edit(dir.path(), "lint.yaml", "lint_allow:", corrections);
    dir
}

#[test]
fn a_slip_of_the_pen_keeps_its_translation_if_somebody_says_so_and_nothing_else_does() {
    let dir = weighed();
    let spelling = || lotse(&["translate", "--spelling", "--rules", dir.path().to_str().unwrap()]);
    edit(dir.path(), "questions/person.yaml", "Das Land steht auf dem Zeugnis.", "Das Land steht, auf dem Zeugniss.");
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    // Until somebody says so, it is a change like any other.
    translate(dir.path());
    assert!(said(dir.path(), "question.country.find_out").starts_with('\u{2066}'));
    let done = spelling();
    assert_eq!(done.status.code(), Some(1), "the other change is none of spelling");
    let told = complained(&done);
    assert!(told.contains("E103") && told.contains("„möchten“") && told.contains("questions/person.yaml:3"), "{told}");
    assert!(printed(&done).contains("+ Das Land steht, auf dem Zeugniss."), "{}", printed(&done));
    assert_eq!(said(dir.path(), "question.country.find_out"), "«Das Land steht auf dem Zeugnis.»");
    assert!(said(dir.path(), "question.goal.text").starts_with('\u{2066}'));
    // It stays so, until the text is changed again.
    assert!(translate(dir.path()).contains("nothing to write"));
    edit(dir.path(), "questions/person.yaml", "Das Land steht, auf dem Zeugniss.", "Das Amt steht auf dem Zeugnis.");
    translate(dir.path());
    let now = catalogue(dir.path());
    let entry = now.entries.iter().find(|entry| entry.context == "question.country.find_out").unwrap();
    assert!(entry.fuzzy && entry.before.as_deref() == Some("Das Land steht auf dem Zeugnis."), "{entry:?}");
}

#[test]
fn no_number_negation_duty_day_paragraph_or_term_is_a_slip_of_the_pen() {
    let slips = [
        ("Fragen Sie, bevor Sie zahlen.", "Fragen Sie bevor Sie zahlen."),
        ("Das Amt prüft den Antag.", "Das Amt prüft den Antrag."),
        ("Das Zeugniss ist zuhause.", "Das Zeugnis ist zu Hause."),
    ];
    for (before, now) in slips {
        assert_eq!(weighs(&RULES, before, now), None, "{before} → {now}");
    }
    let changes = [
        ("Das dauert 3 Monate.", "Das dauert 4 Monate."),
        ("Bis 31.12.2028.", "Bis 31.12.2029."),
        ("Im Januar.", "Im Februar."),
        ("Das ist eine Frist.", "Das ist keine Frist."),
        ("Das geht nie.", "Das geht."),
        ("Sie müssen das zahlen.", "Sie könen das zahlen."),
        ("Das Amt darf das.", "Das Amt soll das."),
        ("Gilt bis Montag.", "Gilt ab Montag."),
        ("Nach § 4 oder §5.", "Nach § 4 oder 5."),
        ("Fragen Sie den Träger.", "Fragen Sie den Trager."),
        ("Sie wohnen in {district}.", "Sie wohnen in {country}."),
        ("Können Sie das?", "Können Sie das."),
        ("Das ist Ihr Brief.", "Das ist ihr Brief."),
        ("Die Bescheinigung ist da.", "Die Bestätigung ist da."),
    ];
    for (before, now) in changes {
        for (before, now) in [(before, now), (now, before)] {
            assert!(weighs(&RULES, before, now).is_some(), "{before} → {now}");
        }
    }
}

#[test]
fn who_has_compared_a_text_is_kept_until_its_german_changes_and_the_others_carry_a_mark() {
    let dir = weighed();
    let note = "# reviewed: Beratung Köln 2026-11-27\nmsgctxt \"question.goal.text\"";
    let of = |rulebook: &Rulebook, id: &str| {
        let text = rulebook.texts.find(id).unwrap();
        (rulebook.texts.state(&Lang::new("tr"), text), without_terms(rulebook.texts.say(&Lang::new("tr"), text)))
    };
    let load = || Rulebook::from_dir(dir.path()).unwrap().rulebook.unwrap();
    let rulebook = load();
    assert_eq!(rulebook.texts.compared(&Lang::new("tr")), Compared::None);
    assert_eq!(of(&rulebook, "question.goal.kita"), (State::Unreviewed, "«In einer Kita»".to_owned()));
    edit(dir.path(), "lang/tr.po", "msgctxt \"question.goal.text\"", note);
    translate(dir.path());
    let rulebook = load();
    assert_eq!(rulebook.texts.compared(&Lang::new("tr")), Compared::Some);
    assert_eq!(of(&rulebook, "question.goal.text"), (State::Reviewed, "«Wo möchten Sie arbeiten?»".to_owned()));
    let (state, says) = of(&rulebook, "question.goal.kita");
    assert_eq!((state, says.as_str()), (State::Unreviewed, "«In einer Kita»\u{2063}"));
    assert_eq!(marked::page(format!("<p>{says}</p>")), "<p>«In einer Kita»<span class=\"unreviewed\">°</span></p>");
    // Reviewers are told what to read first, and what has been read is counted.
    let report = printed(&lotse(&["translate", "--report", "--rules", dir.path().to_str().unwrap()]));
    assert!(report.contains("reviewed 1\n") && report.contains("question.goal.kita: In einer Kita"), "{report}");
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    translate(dir.path());
    assert!(!catalogue(dir.path()).entries.iter().any(Entry::reviewed));
}

#[test]
fn a_sentence_that_moved_keeps_its_translation_and_what_is_gone_is_dropped() {
    let dir = translated();
    let before = catalogue(dir.path()).entries.len();
    edit(
        dir.path(),
        "questions/person.yaml",
        "school: { text: In einer Schule }",
        "teaching: { text: In einer Schule }",
    );
    let says = translate(dir.path());
    assert_eq!(said(dir.path(), "question.goal.teaching"), "«In einer Schule»");
    assert!(says.contains("1 new, 0 changed, 1 moved, 1 gone"), "{says}");
    let now = catalogue(dir.path());
    assert_eq!(now.entries.len(), before);
    assert!(!now.entries.iter().any(|entry| entry.context == "question.goal.school"));
}

/// Every string in a document, with its place as a JSON pointer.
fn strings<'j>(json: &'j Value, at: &str, found: &mut Vec<(String, &'j str)>) {
    match json {
        Value::String(text) => found.push((at.to_owned(), text)),
        Value::Array(all) => all.iter().enumerate().for_each(|(nth, one)| strings(one, &format!("{at}/{nth}"), found)),
        Value::Object(all) => all.iter().for_each(|(name, one)| strings(one, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

#[test]
fn programs_are_told_which_texts_are_german_because_the_language_lacks_them() {
    let dir = translated();
    edit(dir.path(), "questions/person.yaml", "Wo möchten Sie arbeiten?", "Wo wollen Sie arbeiten?");
    edit(dir.path(), "pathways/kita.yaml", "Ihr Abschluss passt.", "Das passt.");
    let rules = Rulebook::from_dir(dir.path()).unwrap().rulebook.expect("the rules are sound");
    let server = Server::with(rules, TODAY);
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{error}: {text:.300}"));
    let here = ["--rules", dir.path().to_str().unwrap(), "--lang", "tr"];
    let answers = r#"{"answers":{"goal":["kita"],"degree":["yes"],"years":["3-plus"],"country":["NO"],"exam":["oral"]},"lang":"tr"}"#;
    let mut named = 0;
    for (what, document) in [
        ("questions", json(&server.get("/api/v1/questions?lang=tr").body)),
        ("pathways", json(&server.get("/api/v1/pathways?lang=tr").body)),
        ("next", json(&post(&server, "/next", r#"{"lang":"tr"}"#).body)),
        ("sheet", json(&post(&server, "/sheet", answers).body)),
        ("export", json(&printed(&lotse(&[&["export"], &here[..]].concat())))),
    ] {
        let mut all = Vec::new();
        let fallen_back = document["fallen_back"].as_array().unwrap_or_else(|| panic!("{what} names nothing"));
        let fallen_back: Vec<&str> = fallen_back.iter().filter_map(Value::as_str).collect();
        strings(&document, "", &mut all);
        for (at, text) in all.into_iter().filter(|(at, _)| !at.starts_with("/fallen_back")) {
            assert_eq!(marked::bare(text), text, "{what} {at}: marks are for pages");
            let german = text.contains("wollen Sie") || text.contains("Das passt.");
            assert_eq!(german, fallen_back.contains(&&*at), "{what} {at}: {text}");
            named += usize::from(german);
        }
        assert_eq!(document["lang"], "tr", "{what}");
    }
    assert!(named >= 6, "{named}");
    // The language is not offered yet: whoever comes to it finds the way back.
    let start = server.get("/?lang=tr").body;
    assert!(start.contains("<nav class=\"languages\"") && start.contains("hreflang=\"de\""), "no way back to German");
    assert!(json(&server.get("/api/v1/questions").body)["fallen_back"].is_null(), "in German nothing falls back");
    let table = printed(&lotse(&[&["export", "offices"], &here[..]].concat()));
    assert_eq!(marked::bare(&table), table, "marks are for pages");
}

/// A catalogue in which some entries cannot be read would lose them.
#[test]
fn a_broken_catalogue_is_not_written_over_and_the_rest_of_it_is_read() {
    let dir = translated();
    edit(dir.path(), "lang/tr.po", "msgstr \"«Wo möchten Sie arbeiten?»\"", "msgstr \"«Wo möchten Sie arbeiten?»");
    let before = std::fs::read(dir.path().join("lang/tr.po")).unwrap();
    let done = lotse(&["translate", "--rules", dir.path().to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(complained(&done).contains("1 entries cannot be read"), "{}", complained(&done));
    assert_eq!(std::fs::read(dir.path().join("lang/tr.po")).unwrap(), before);
    assert_eq!(said(dir.path(), "question.goal.text"), "\u{2066}Wo möchten Sie arbeiten?\u{2069}");
    assert_eq!(said(dir.path(), "question.goal.kita"), "«In einer Kita»");
}

#[test]
fn no_language_says_anything_that_is_not_a_translation_of_todays_german() {
    let files = read_embedded();
    for lang in others() {
        let name = catalogue_name(lang);
        let file = files.iter().find(|(_, file)| file.name == name).map(|(_, file)| &*file.text);
        let (catalogue, broken) = Catalogue::read(file.unwrap_or_else(|| panic!("there is no {name}")));
        assert_eq!(broken, []);
        for (text, german) in RULES.texts.each() {
            let says = marked::bare(RULES.texts.say(lang, text));
            match RULES.texts.state(lang, text) {
                // A name stays; what says whether it is a town or a district is translated: "Borken (district)".
                State::StaysGerman if says != german => {
                    let name = |text: &str| text.split_once(" (").map(|(name, _)| name.to_owned());
                    assert!(
                        RULES.texts.id(text).starts_with("table.districts.") && name(&says) == name(german),
                        "{says}"
                    );
                }
                State::StaysGerman | State::Missing | State::Stale => assert_eq!(says, german),
                State::Unreviewed | State::Reviewed => assert!(
                    catalogue
                        .entries
                        .iter()
                        .any(|entry| entry.german == german && entry.says == says && entry.counts()),
                    "{lang}: {}",
                    RULES.texts.id(text)
                ),
            }
        }
    }
}

/// A site that offers all languages of the shipped rules, and the one in which every text says its own name.
fn site() -> Site {
    let mut rulebook = RULES.clone();
    rulebook.languages.push(Lang::made_up());
    rulebook.offered = rulebook.languages.iter().map(|lang| (lang.clone(), lang.code().to_owned())).collect();
    Site::new(rulebook, || TODAY)
}

/// What stands in a page's attribute of this name, as a browser reads it.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<String> {
    let marker = format!(" {name}=\"");
    let read = |rest: &'p str| rest.split('"').next().unwrap_or_default();
    page.split(&marker).skip(1).map(|rest| unescaped(read(rest))).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&#x2f;", "/").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A page without the list that leads to other languages.
fn without_switch(page: &str) -> String {
    match page.split_once("<nav class=\"languages\"") {
        Some((before, rest)) => before.to_owned() + rest.split_once("</nav>").map_or("", |(_, behind)| behind),
        None => page.to_owned(),
    }
}

#[test]
fn the_language_stays_through_a_whole_interview_whatever_is_followed() {
    let server = Server::serving(Arc::new(site()));
    for (lang, dir) in [("ar", "rtl"), ("uk", "ltr")] {
        let mut address = format!("/fragen?lang={lang}");
        let mut asked = 0;
        let sheet = loop {
            let answer = server.get(&address);
            if let Some(onward) = answer.header("location").map(str::to_owned) {
                assert!(onward.contains(&format!("lang={lang}")), "{address} leads to {onward}");
                address = onward;
                continue;
            }
            let page = answer.body;
            assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{address}");
            let page = without_switch(&page);
            for leads in attributes(&page, "href").iter().filter(|href| href.starts_with('/')) {
                let kept = leads.contains(&format!("lang={lang}")) || leads.starts_with("/assets/");
                assert!(kept, "{address} leads to {leads} and forgets {lang}");
            }
            if address.starts_with("/pruefen") {
                let sheet = attributes(&page, "href").into_iter().find(|href| href.starts_with("/blatt?"));
                break sheet.expect("the list of answers leads to the sheet");
            }
            asked += 1;
            assert!(asked < 30, "the interview does not end");
            // What the browser would send: all hidden fields, and the first answer.
            let form = page.split("<form").find(|form| form.contains("name=\"frage\"")).expect("a form");
            let fields = form.split("<input").filter(|field| field.contains("type=\"hidden\""));
            let mut sent: Vec<String> = fields
                .map(|field| {
                    let only = |name| attributes(field, name).remove(0);
                    format!("{}={}", only("name"), only("value").replace(' ', "%20"))
                })
                .collect();
            let question = attributes(form, "value").remove(0);
            let choice = form.split(&format!("name=\"{question}\"")).nth(1).expect("an answer");
            sent.push(format!(
                "{question}={}",
                attributes(choice, "value").into_iter().find(|value| !value.is_empty()).unwrap()
            ));
            address = format!("/fragen?{}", sent.join("&"));
        };
        assert!(asked > 3, "only {asked} questions");
        let page = server.get(&sheet).body;
        assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")), "{sheet}");
        let page = without_switch(&page);
        let shown = unescaped(&page);
        let ours = attributes(&page, "href").into_iter().filter(|href| href.starts_with('/'));
        for leads in ours.chain(attributes(&page, "src")).filter(|leads| !leads.starts_with("/assets/")) {
            let kept = leads.contains(&format!("lang={lang}")) || leads.starts_with(&format!("/b/{lang}/"));
            assert!(kept, "the sheet leads to {leads} and forgets {lang}");
        }
        let short = shown.split("/b/").nth(1).map(|rest| rest.split(['"', '<', '/']).next().unwrap_or_default());
        assert_eq!(short, Some(lang), "the address on paper names the language");
        let picture = attributes(&page, "src").into_iter().find(|src| src.starts_with("/b/")).expect("a picture");
        let onward = server
            .get(picture.trim_end_matches("/qr.svg"))
            .header("location")
            .expect("a short address leads on")
            .to_owned();
        assert!(onward.contains(&format!("lang={lang}")), "{onward}");
    }
}

/// The words of a page that stand outside of marked German: no tags, no styles, no list of languages.
fn words_outside_german(page: &str) -> String {
    let mut open: Vec<bool> = Vec::new();
    let mut text = String::new();
    let page = without_switch(page);
    let body = page.split_once("<body").and_then(|(_, body)| body.split_once('>'));
    let mut rest = body.map_or("", |(_, body)| body);
    while let Some((before, tagged)) = rest.split_once('<') {
        if !open.iter().any(|german| *german) {
            text.push_str(before);
            text.push(' ');
        }
        let (tag, behind) = tagged.split_once('>').unwrap_or((tagged, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        rest = behind;
        if ["br", "img", "input", "meta", "link", "hr", "path", "circle", "rect", "line"].contains(&name)
            || tag.ends_with('/')
        {
            continue;
        }
        if tag.starts_with('/') {
            open.pop();
        } else {
            open.push(
                tag.contains("lang=\"de\"")
                    || name == "bdi" && tag.contains("ltr")
                    // Nothing can be marked in an answer of a list and in what is said of a drawing.
                    || ["script", "style", "option", "desc", "title"].contains(&name),
            );
        }
    }
    unescaped(&text)
}

/// Answers of some Musterfälle, all kinds of people among them, as an address carries them.
fn some_people() -> Vec<String> {
    let mut people = Vec::new();
    for (_, _, case) in RULES.cases.iter().step_by(23) {
        let mut answers = Answers::default();
        case.answers.iter().for_each(|(question, values)| answers.set(*question, *values));
        let pairs = answers.pairs(&RULES).into_iter().map(|(name, value)| format!("{name}={value}"));
        people.push(pairs.collect::<Vec<_>>().join("&"));
    }
    people
}

/// What is read by everybody, and by some.
fn read_pages() -> Vec<String> {
    let fixed = ["/?", "/fragen?", "/datenschutz?", "/fertig?", "/impressum?", "/nirgends?", "/anabin?"];
    let people = some_people();
    let of = |person: &String| ["/pruefen?", "/blatt?", "/blatt?druck=alles&"].map(|page| format!("{page}{person}&"));
    fixed.iter().map(|page| (*page).to_owned()).chain(people.iter().flat_map(of)).collect()
}

/// The words of three letters or more that stand in a text.
pub fn long_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.chars().count() > 2)
}

/// A text without what is marked as German in it.
pub fn outside_marks(text: &str) -> String {
    let mut depth = 0;
    let mut outside = String::new();
    for sign in text.chars() {
        match sign {
            marked::GERMAN | marked::STAYS => depth += 1,
            marked::END => depth -= 1,
            sign if depth == 0 => outside.push(sign),
            _ => {}
        }
    }
    outside
}

/// Signs that belong to the letters beside them and are torn off by a mark: `[H]+/-`, `/[b]/`.
fn torn_off(text: &str) -> bool {
    let is_sign = |sign: char| matches!(sign, '+' | '-' | '/');
    let behind = text.split(marked::END).skip(1).any(|rest| {
        let word = rest.trim_start_matches(is_sign);
        word.len() < rest.len() && !word.starts_with(char::is_alphanumeric) && !word.starts_with('{')
    });
    let before = text.split(marked::STAYS).rev().skip(1).any(|rest| {
        let word = rest.trim_end_matches(is_sign);
        word.len() < rest.len() && !word.ends_with(char::is_alphanumeric) && !word.ends_with(['}', marked::END])
    });
    behind || before
}

/// Words that are German wherever they stand: of terms, of names of offices.
fn names_and_terms() -> HashSet<String> {
    let terms = RULES.terms.iter().flat_map(|(_, _, term)| term.forms.iter().map(String::as_str));
    let offices = RULES.authorities.iter().map(|(_, _, office)| RULES.texts.german(office.name));
    let great = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().count() > 3;
    terms.chain(offices).flat_map(long_words).filter(great).map(str::to_owned).collect()
}

/// Whether a word can be nothing but German: in a language of other letters every Latin one; else what the German says and no
/// translation, and what is the name of an office or a term and no word of the language.
pub fn german_words(lang: &Lang) -> impl Fn(&str) -> bool + use<> {
    let other_letters = ["ar", "uk"].contains(&lang.code());
    let translated = || RULES.texts.each().filter(|(text, _)| RULES.texts.state(lang, *text).is_translated());
    let said: HashSet<String> = translated()
        .flat_map(|(text, _)| long_words(RULES.texts.say(lang, text)).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let german: HashSet<&str> = translated().flat_map(|(_, german)| long_words(german)).collect();
    let latin = |word: &str| word.chars().all(|sign| sign.is_ascii() || "äöüÄÖÜß".contains(sign));
    let names = names_and_terms();
    let is_name =
        move |word: &str, said: &HashSet<String>| names.contains(word) && !said.contains(&word.to_lowercase());
    move |word| match other_letters {
        true => latin(word),
        false => german.contains(word) && !said.contains(word) || is_name(word, &said),
    }
}

/// Every text of every language, by itself: what is German in it is marked, whole.
#[test]
fn every_text_in_every_language_marks_what_is_german_in_it() {
    let mut faults = Vec::new();
    for lang in others() {
        let is_german = german_words(lang);
        let translated = RULES.texts.each().filter(|(text, _)| RULES.texts.state(lang, *text).is_translated());
        let mut seen = 0;
        for (text, _) in translated {
            let (id, says) = (RULES.texts.id(text), RULES.texts.say(lang, text));
            // What a certificate is called in its country, and the letters of the alphabet, are no German.
            if id.starts_with("certificate.") || id == "interface.alphabet" {
                continue;
            }
            seen += 1;
            let outside = lotse::language::without_places(&outside_marks(says));
            let german: Vec<&str> = long_words(&outside).filter(|word| is_german(word)).collect();
            if !german.is_empty() || torn_off(says) {
                faults.push(format!("{lang} {id}: {german:?} in {says:?}"));
            }
        }
        assert!(seen > 1500, "{lang}: {seen}");
    }
    assert!(faults.is_empty(), "{} texts: {faults:#?}", faults.len());
}

/// The address under which each question is asked.
fn questions() -> Vec<String> {
    let questions = RULES.questions.iter().filter(|(_, _, question)| !question.only_at_desk);
    questions.map(|(_, id, _)| format!("/fragen?aendern={id}&")).collect()
}

#[test]
fn whoever_reads_another_language_finds_german_only_where_it_is_marked() {
    let server = Server::serving(Arc::new(site()));
    let (pages, questions, languages) = (read_pages(), questions(), others().collect::<Vec<_>>());
    assert!(questions.len() > 20, "{}", questions.len());
    assert_eq!(languages.len(), 4);
    let mut faults = Vec::new();
    for (at, lang) in languages.iter().enumerate() {
        let is_german = german_words(lang);
        assert!(["Ihre", "möchten"].into_iter().all(&is_german), "{lang}");
        // Each language meets every kind of page, and half of the people.
        let people = pages.iter().skip(at % 2).step_by(2);
        // Each question meets one.
        for page in people.chain(questions.iter().skip(at).step_by(languages.len())) {
            let page = format!("{page}lang={lang}");
            let body = server.get(&page).body;
            let text = words_outside_german(&body);
            let german: Vec<&str> = long_words(&text).filter(|word| is_german(word)).collect();
            if !german.is_empty() {
                faults.push(format!("{page}: {german:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A sheet as it was then has texts that nobody translated: German, with German answers in it.
#[test]
fn german_that_stands_in_for_a_translation_has_no_word_of_the_other_language_in_it() {
    let server = Server::serving(Arc::new(site()));
    let mut german = 0;
    for person in some_people() {
        let page = server.get(&format!("/blatt?{person}&datum=2026-11-01&stand=2026.11&wie=damals&lang=ar")).body;
        let page = without_switch(&page);
        let document = crate::html::parse(&page);
        for element in crate::html::elements(&document.document) {
            if crate::html::attribute(&element, "lang").as_deref() != Some("de") {
                continue;
            }
            german += 1;
            let says = crate::html::text(&element);
            let arabic = says.chars().find(|sign| ('\u{600}'..='\u{6FF}').contains(sign));
            assert!(arabic.is_none(), "{person}: {says}");
        }
    }
    assert!(german > 100, "{german}");
}

/// Files are passed on without the page around them.
#[test]
fn every_file_in_another_language_says_that_the_german_counts() {
    let server = Server::serving(Arc::new(site()));
    let person = &some_people()[1];
    for lang in others() {
        let word = |id: &str| marked::bare(RULES.word(lang, id)).into_owned();
        for file in ["txt", "ics", "json"] {
            let body = server.get(&format!("/blatt.{file}?{person}&lang={lang}")).body.replace("\r\n ", "");
            // Lines of text are broken between words.
            let body = marked::bare(&body).split_whitespace().collect::<Vec<_>>().join(" ");
            for says in
                [word("language.german-counts"), RULES.word(&Lang::german(), "language.german-counts").to_owned()]
            {
                assert!(body.contains(&says), "{lang} {file}: {says}");
            }
            let unreviewed = word("language.unreviewed");
            assert_eq!(body.contains(&unreviewed), RULES.texts.compared(lang) == Compared::None, "{lang} {file}");
        }
        let german = server.get(&format!("/blatt.json?{person}")).body;
        assert!(!german.contains("in_translation"));
    }
}

/// A word or two mean one thing as a price and another as an answer.
#[test]
fn a_short_word_takes_no_translation_from_another_kind_of_text() {
    let entry = |context: &str, german: &str| Entry {
        context: context.to_owned(),
        german: german.to_owned(),
        says: "…".to_owned(),
        ..Entry::default()
    };
    let known = [entry("interface.cost.none", "keine"), entry("interface.note", "Fragen Sie dort nach.")];
    let known = lotse::language::Translations::of(known.iter());
    assert!(known.get("question.years.0", "keine").is_none());
    assert!(known.get("interface.cost.other", "keine").is_some());
    assert!(known.get("question.years.help", "Fragen Sie dort nach.").is_some());
}

/// Whoever opens a printed sheet again is told in their language what is new since.
#[test]
fn what_has_changed_since_an_old_sheet_is_told_in_the_language_of_the_reader() {
    let server = Server::serving(Arc::new(site()));
    for (at, lang) in others().enumerate() {
        let is_german = german_words(lang);
        let person = &some_people()[at];
        let page = server.get(&format!("/blatt?{person}&datum=2026-11-01&stand=2026.11&lang={lang}")).body;
        let block = page.split_once("id=\"since\"").expect("the sheet tells what has changed").1;
        let block = block.split_once("</section>").unwrap().0;
        assert!(block.contains("class=\"differences\""), "{lang}: {block}");
        let text = words_outside_german(&format!("<body><section {block}</section>"));
        let german: Vec<&str> = long_words(&text).filter(|word| is_german(word)).collect();
        assert!(german.is_empty() && long_words(&text).count() > 10, "{lang}: {german:?} in {text}");
    }
}

#[test]
fn every_sentence_on_a_page_is_a_text_of_the_rules() {
    let server = Server::serving(Arc::new(site()));
    for page in read_pages() {
        let page = format!("{page}lang=qps");
        let text = words_outside_german(&server.get(&page).body);
        let mut rest = text.as_str();
        let mut other = String::new();
        while let Some((before, named)) = rest.split_once('⟦') {
            other.push_str(before);
            rest = named.split_once('⟧').map_or("", |(_, behind)| behind);
        }
        other.push_str(rest);
        let words: Vec<&str> =
            other.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.chars().count() > 2).collect();
        assert!(words.is_empty(), "{page}: {words:?}");
    }
}

#[test]
fn what_is_said_to_an_office_is_german_with_german_answers_in_every_language() {
    let server = Server::serving(Arc::new(site()));
    for person in some_people() {
        let sheet = |lang: &str| -> serde_json::Value {
            serde_json::from_str(&server.get(&format!("/blatt.json?{person}&lang={lang}")).body).unwrap()
        };
        let said = |sheet: &serde_json::Value| -> Vec<serde_json::Value> {
            let blocks = sheet["blocks"].as_array().unwrap();
            let scripts = blocks
                .iter()
                .filter(|block| block["block"] == "say-it")
                .flat_map(|block| block["scripts"].as_array().unwrap());
            scripts
                .flat_map(|script| {
                    [script["phone"].clone(), script["email"]["subject"].clone(), script["email"]["text"].clone()]
                })
                .collect()
        };
        let (german, arabic) = (sheet("de"), sheet("ar"));
        assert_eq!(said(&german), said(&arabic));
        let written = arabic.to_string();
        assert!(!written.contains(['\u{2066}', '\u{2068}', '\u{2069}']), "programs get texts without marks");
    }
}
