//! `lotse diff` shows exactly what a change of the rules does to people: nothing more, nothing less.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use lotse::proof::change::{Change, compare};
use lotse::rulebook::{Rulebook, read_embedded};
use lotse::source::Files;

const DAY: Date = date(2026, 11, 22);

/// The shipped rules with every file passed through an edit; `None` takes the file away.
fn edited(edit: impl Fn(&str, &str) -> Option<(String, String)>) -> Rulebook {
    let mut files = Files::default();
    for (_, file) in read_embedded().iter() {
        if let Some((name, text)) = edit(&file.name, &file.text) {
            files.add(name, text);
        }
    }
    let loaded = Rulebook::load(files);
    let faults: Vec<&str> = loaded.diagnostics.iter().map(|found| found.headline.as_str()).collect();
    loaded.rulebook.unwrap_or_else(|| panic!("the edited rules are faulty: {faults:?}"))
}

fn replaced(file: &str, before: &str, after: &str) -> Rulebook {
    edited(|name, text| {
        if name == file {
            assert!(text.contains(before), "{file} no longer holds {before:?}");
        }
        Some((name.to_owned(), if name == file { text.replace(before, after) } else { text.to_owned() }))
    })
}

static SHIPPED: LazyLock<Rulebook> =
    LazyLock::new(|| Rulebook::embedded().rulebook.expect("the shipped rules are sound"));

fn from_shipped(new: &Rulebook) -> Change {
    compare(&SHIPPED, new, DAY)
}

#[test]
fn the_same_rules_change_nothing() {
    let change = from_shipped(&SHIPPED);
    assert!(change.is_nothing());
    assert!(change.renamed.is_empty());
    assert_eq!(change.people.affected, 0);
}

#[test]
fn one_branch_changed_is_exactly_that_change() {
    let new = replaced(
        "pathways/kita/kita-degree.yaml",
        "            - if: [unclear, unclear-listed]\n              row: K-14\n              outcome: proof-not-clear\n            - if: not-listed",
        "            - if: unclear\n              row: K-14\n              outcome: proof-not-clear\n            - if: [not-listed, unclear-listed]",
    );
    let change = from_shipped(&new);
    let pathways: Vec<&str> = change.pathways.iter().map(|pathway| pathway.pathway.as_str()).collect();
    assert_eq!(pathways, ["kita-degree"]);
    let [group] = change.pathways[0].groups.as_slice() else {
        panic!("one group, not {}", change.pathways[0].groups.len())
    };
    let outcome =
        |told: &Option<lotse::proof::change::Told>| told.as_ref().map(|told| told.outcome.clone()).unwrap_or_default();
    assert_eq!(outcome(&group.before), "kita-degree/proof-not-clear");
    assert_eq!(outcome(&group.after), "kita-degree/zab-statement-first");
    let [who] = group.who.as_slice() else { panic!("one condition, not {:?}", group.who) };
    let proof = who.iter().find(|this| this.fact == "degree-proof").expect("the proof is named");
    assert_eq!(proof.values, ["in anabin gefunden, aber Hochschule mit H+/-"]);
    assert!(who.iter().any(|this| this.fact == "goal" && this.values == ["in der Kita (Kindergarten)"] && !this.not));
    assert!(group.differences.iter().any(|line| line.what == "standing"));
    assert!(0 < change.people.affected && change.people.affected < change.people.all);
    assert!(change.texts.is_empty() && change.entries.is_empty() && change.renamed.is_empty());
    assert_eq!(
        change.cases.iter().map(|flip| flip.case.as_str()).collect::<Vec<_>>(),
        ["social-pedagogy-h-plus-minus-listed"]
    );
}

#[test]
fn a_renamed_id_is_no_change() {
    let names = [
        ("Quelle", "persvo-4", "verordnung-paragraf-vier"),
        ("Schritt", "b2-course", "deutsch-fuer-den-beruf"),
        ("Merkmal", "degree-proof", "nachweis"),
        ("Frage", "study-field", "fach"),
        ("Antwort", "h-plus-minus", "h-beides"),
        ("Ergebnis", "specialist-now-show-the-level", "sofort-mit-stufe"),
        ("Weg", "kita-nursing", "pflege-in-der-kita"),
        ("Stelle", "hotline-alid", "telefon-alid"),
    ];
    let new = edited(|name, text| {
        let rename = |text: &str| {
            names.iter().fold(text.to_owned(), |text, (_, before, after)| whole_words(&text, before, after))
        };
        Some((rename(name), rename(text)))
    });
    let change = from_shipped(&new);
    assert!(change.is_nothing(), "a new name counts as a change: {change:#?}");
    for (kind, before, after) in names {
        let told = change
            .renamed
            .iter()
            .any(|rename| rename.kind == kind && rename.before.ends_with(before) && rename.after.ends_with(after));
        assert!(told, "{kind} {before}: {:?}", change.renamed);
    }
}

/// Replaces ids, also where they are part of another id; never inside other words.
fn whole_words(text: &str, before: &str, after: &str) -> String {
    let mut parts = text.split(before);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let word = inside(result.chars().next_back()) || inside(part.chars().next());
        result += if word { before } else { after };
        result += part;
    }
    result
}

#[test]
fn a_branch_that_got_lost_is_told() {
    let new = replaced(
        "facts/level-estimate.yaml",
        "            - if: under-two-years\n              value: below\n            - if: [two-years, unknown]\n",
        "            - if: [under-two-years, two-years, unknown]\n",
    );
    assert!(!from_shipped(&new).is_nothing());
}

#[test]
fn a_pathway_taken_away_is_told_as_gone() {
    let gone = "kita-degree-not-accepted";
    let new = edited(|name, text| {
        if name.ends_with("kita-degree-not-accepted.yaml")
            || (name.starts_with("cases/") && text.contains("kita-degree-not-accepted/"))
        {
            return None;
        }
        Some((
            name.to_owned(),
            if name == "rulebook.yaml" {
                // Together with what is said there about the pathway and others.
                let text = text.split("\nexclusive:").next().unwrap_or(text);
                text.replace("  - kita-degree-not-accepted\n", "")
            } else {
                text.to_owned()
            },
        ))
    });
    let change = from_shipped(&new);
    let [pathway] = change.pathways.as_slice() else { panic!("one pathway, not {}", change.pathways.len()) };
    assert_eq!((pathway.pathway.as_str(), pathway.kind), (gone, "removed"));
    assert!(
        !pathway.groups.is_empty()
            && pathway.groups.iter().all(|group| group.before.is_some() && group.after.is_none())
    );
    let flips: Vec<&str> = change.cases.iter().map(|flip| flip.case.as_str()).collect();
    assert_eq!(flips, ["institute-with-h-minus", "negative-zab-statement"], "cases that went with it are told too");
}

#[test]
fn a_date_moved_is_told_as_validity_and_from_its_day_on() {
    let new = replaced(
        "pathways/kita/kita-degree-already-working.yaml",
        "valid: { from: 2024-12-06, review: 2027-07-31 }",
        "valid: { from: 2024-12-06, until: 2027-07-31, review: 2027-07-31 }",
    );
    let change = from_shipped(&new);
    let [now, later] = change.pathways.as_slice() else { panic!("now and later, not {}", change.pathways.len()) };
    assert_eq!(now.from, None);
    assert!(
        now.groups
            .iter()
            .flat_map(|group| &group.differences)
            .all(|line| line.what == "valid" && line.after.ends_with("31.07.2027"))
    );
    assert_eq!(later.from.map(|from| from.0), Some(date(2027, 8, 1)));
    assert!(later.groups.iter().all(|group| group.before.is_some() && group.after.is_none()));
}

#[test]
fn another_wording_is_listed_apart() {
    let new =
        replaced("pathways/kita/kita-degree-already-working.yaml", "Sie arbeiten schon.", "Sie arbeiten ja bereits.");
    let change = from_shipped(&new);
    assert!(change.pathways.is_empty() && change.cases.is_empty() && change.entries.is_empty());
    let [text] = change.texts.as_slice() else { panic!("one text, not {:?}", change.texts) };
    assert_eq!(text.text, "pathway.kita-degree-already-working.change-of-role.says");
}

#[test]
fn a_fact_decided_differently_is_told_in_answers() {
    // The proof follows from answers; if it follows differently, the answers say for whom.
    let new = edited(|name, text| {
        let text = if name == "facts/degree-proof.yaml" {
            text.replacen(
                "            - if: [bedingt-vergleichbar, no-rating]\n",
                "            - if: bedingt-vergleichbar\n",
                1,
            )
            .replacen(
                "            - if: not-listed\n              row: P-7\n",
                "            - if: [not-listed, no-rating]\n              row: P-7\n",
                1,
            )
        } else {
            text.to_owned()
        };
        Some((name.to_owned(), text))
    });
    let change = from_shipped(&new);
    let degree =
        change.pathways.iter().find(|pathway| pathway.pathway == "kita-degree").expect("kita-degree reads the proof");
    let mut traits = degree.groups.iter().flat_map(|group| group.who.iter().flatten());
    assert!(
        traits.any(|this| this.fact == "anabin-degree" && this.values == ["keine Bewertung oder ein anderes Wort"]),
        "{:#?}",
        degree.groups
    );
}
