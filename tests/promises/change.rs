//! `lotse diff` shows exactly what a change of the rules does to people: nothing more, nothing less.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use lotse::change::{Aspect, Cause, Change, Kind, Trait, Value, What, cases, compare, weighs};
use lotse::report;
use lotse::rulebook::{Rulebook, read_dir, read_embedded};
use lotse::source::Files;
use lotse::terms::CostKind;
use proptest::prelude::*;

use crate::support::{complained, edit, lotse, printed, small};

const DAY: Date = date(2026, 11, 22);

/// The shipped rules with every file passed through an edit; `None` takes the file away.
fn edited(edit: impl Fn(&str, &str) -> Option<(String, String)>, more: &[(String, String)]) -> Rulebook {
    let mut files = Files::default();
    for (_, file) in read_embedded().iter() {
        if let Some((name, text)) = edit(&file.name, &file.text) {
            files.add(name, text);
        }
    }
    for (name, text) in more {
        files.add(name.clone(), text.clone());
    }
    let loaded = Rulebook::load_unregistered(&files);
    let faults: Vec<&str> = loaded.diagnostics.iter().map(|found| found.headline.as_str()).collect();
    loaded.rulebook.unwrap_or_else(|| panic!("the edited rules are faulty: {faults:?}"))
}

fn replaced(file: &str, before: &str, after: &str) -> Rulebook {
    edited(
        |name, text| {
            if name == file {
                assert!(text.contains(before), "{file} no longer holds {before:?}");
            }
            Some((name.to_owned(), if name == file { text.replace(before, after) } else { text.to_owned() }))
        },
        &[],
    )
}

static SHIPPED: LazyLock<Rulebook> =
    LazyLock::new(|| Rulebook::embedded().rulebook.expect("the shipped rules are sound"));

fn from_shipped(new: &Rulebook) -> Change {
    compare(&SHIPPED, new, DAY, &cases(&SHIPPED, new))
}

fn told(change: &Change, new: &Rulebook) -> String {
    report::change("alt", "neu", change, new, false)
}

/// The causes that people can notice.
fn noticed(change: &Change) -> Vec<&Cause> {
    change.causes.iter().filter(|cause| !matches!(cause.what, What::Rows { .. })).collect()
}

#[test]
fn the_same_rules_change_nothing() {
    let change = from_shipped(&SHIPPED);
    assert!(change.is_nothing(), "{:#?}", change.causes);
    assert!(change.renamed.is_empty() && change.cases.is_empty() && change.omitted.is_empty());
    assert_eq!(change.affected.map(|share| share.value()), Some(0.0));
}

#[test]
fn another_office_for_one_country_is_told_for_people_from_that_country_alone() {
    let row = SHIPPED_COUNTRIES.lines().find(|line| line.trim_start().starts_with("\"MA\"")).expect("Morocco");
    let new = replaced("tables/countries.yaml", row, &row.replace("br-muenster-48", "br-detmold-48"));
    let change = from_shipped(&new);
    let offices: Vec<&Cause> = change.causes.iter().filter(|cause| matches!(cause.what, What::Office { .. })).collect();
    let [cause] = offices.as_slice() else { panic!("one office, not {offices:#?}") };
    let What::Office { before: Some(before), after: Some(after) } = &cause.what else { panic!("{:#?}", cause.what) };
    assert_eq!((before.id.as_str(), after.id.as_str()), ("br-muenster-48", "br-detmold-48"));
    // Beside it stands at most what it follows from.
    let behind = |at: usize| cause.follows_from == Some(at);
    assert!(noticed(&change).len() == 1 + usize::from((0..change.causes.len()).any(behind)), "{:#?}", change.causes);
    // Some are told apart by more than their country; nobody is meant whatever the country.
    let who = &cause.reach.who;
    let from_there = |who: &Vec<Trait>| {
        who.iter().any(|this| {
            let values: Vec<&str> = this.values.iter().map(|value| value.name.as_str()).collect();
            this.fact.id == "country-of-training" && !this.not && values == ["Marokko"]
        })
    };
    assert!((1..=3).contains(&who.len()) && who.iter().all(from_there), "{who:#?}");
    let share = change.affected.expect("this is counted").value();
    assert!(0.0 < share && share < 0.01, "one country of 250 is not {share}");
    // Exactly the ways on which that office stands for somebody from Morocco.
    let offices = |way: &lotse::change::Way| way.outcomes.len();
    assert!(!cause.reach.ways.is_empty() && cause.reach.ways.iter().all(|way| offices(way) > 0));
    assert!(told(&change, &new).lines().count() < 36, "{}", told(&change, &new));
    // As `diff --json` and `affected --json` print it.
    let schema = crate::schemas::lotse(&["schema", "change"]);
    crate::schemas::fits(&schema, &schema, &serde_json::to_value(&change).unwrap(), "change");
}

/// Every line that cannot be read is told at once, and the rules before may be a state that the new ones keep, or one whose
/// wizard had other words.
#[test]
fn rules_of_a_version_and_of_a_few_hours_ago_are_read_and_all_faulty_lines_told() {
    let dir = tempfile::tempdir().unwrap();
    let lines = dir.path().join("lines");
    std::fs::write(&lines, "goal=kita\nx=1\n# goal=x\ngoal\ngoal=kita&stage=somewhere\n").unwrap();
    let affected = |old: &str, new: &str| {
        let output = lotse(&["affected", old, new, "--cases", lines.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        complained(&output)
    };
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let kept = SHIPPED.released.versions().next_back().expect("a version is kept");
    let said = affected(kept, rules);
    for line in ["line 2:", "line 4:", "line 5:"] {
        assert!(said.contains(line), "{line} is not told: {said}");
    }
    assert!(!said.contains("line 1:") && !said.contains("line 3:"), "{said}");
    assert!(affected("1999.1", rules).contains(kept), "the versions to choose from are named");

    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/proof/base");
    let old = dir.path().join("old");
    let mut files = read_dir(std::path::Path::new(base)).unwrap();
    files.add("interface.yaml", "texts:\n  site.word-of-long-ago: Wort\n");
    for (_, file) in files.iter() {
        let place = old.join(&file.name);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, &*file.text).unwrap();
    }
    let old = old.to_str().unwrap();
    assert!(affected(old, base).contains("line 4:"), "{}", affected(old, base));
    assert!(affected(base, old).contains("E067"), "in new rules it is a fault");
}

#[test]
fn of_people_by_name_just_those_are_named_whose_sheet_changes() {
    let row = SHIPPED_COUNTRIES.lines().find(|line| line.trim_start().starts_with("\"MA\"")).expect("Morocco");
    let new = replaced("tables/countries.yaml", row, &row.replace("br-muenster-48", "br-detmold-48"));
    // Every Musterfall twice: as if it came from Morocco, and as if from Tunisia.
    let from = |country: &str| {
        let moved = cases(&SHIPPED, &new).into_iter().map(|mut person| {
            person.answers.retain(|(question, _)| question != "country-of-training");
            person.answers.push(("country-of-training".to_owned(), vec![country.to_owned()]));
            person.case = format!("{}-{country}", person.case);
            person
        });
        moved.collect::<Vec<_>>()
    };
    let people: Vec<_> = from("MA").into_iter().chain(from("TN")).collect();
    let change = compare(&SHIPPED, &new, DAY, &people);
    assert!(!change.cases.is_empty() && change.cases.len() < people.len() / 2);
    assert!(change.cases.iter().all(|case| case.case.ends_with("-MA")), "{:#?}", change.cases);
    // And the sheet of each of them really differs.
    for case in change.cases.iter().take(10) {
        let person = people.iter().find(|person| person.case == case.case).expect("one of them");
        let offices = [&*SHIPPED, &new].map(|rulebook| {
            let words: Vec<(&str, String)> =
                person.answers.iter().map(|(question, options)| (question.as_str(), options.join(","))).collect();
            let pairs = words.iter().map(|(question, options)| (*question, options.as_str()));
            let (answers, _) = lotse::interview::Answers::read(rulebook, pairs);
            let found = lotse::interview::evaluate(rulebook, &answers, person.date.unwrap_or(DAY)).findings;
            let offices = found.iter().flat_map(|finding| &finding.offices);
            offices.map(|office| rulebook.authorities.name(office.authority).to_owned()).collect::<Vec<_>>()
        });
        assert_ne!(offices[0], offices[1], "{}", case.case);
    }
}

static SHIPPED_COUNTRIES: LazyLock<String> = LazyLock::new(|| {
    let files = read_embedded();
    files.iter().find(|(_, file)| file.name == "tables/countries.yaml").map(|(_, file)| file.text.to_string()).unwrap()
});

#[test]
fn a_fee_changed_in_one_step_is_one_line_with_both_amounts() {
    let (id, step) = SHIPPED
        .steps
        .iter()
        .find_map(|(_, name, step)| {
            step.cost.iter().any(|cost| cost.kind == CostKind::Fee && cost.amount.is_some()).then_some((name, step))
        })
        .expect("some step has a fee");
    let fee = step.cost.iter().find(|cost| cost.kind == CostKind::Fee).and_then(|cost| cost.amount);
    let fee = SHIPPED.texts.say(&lotse::language::Lang::german(), fee.expect("an amount")).to_owned();
    let new = edited(
        |name, text| {
            let text = match (name, text.find(&format!("\n  {id}:\n"))) {
                ("steps.yaml", Some(at)) => {
                    let (head, tail) = text.split_at(at);
                    format!("{head}{}", tail.replacen(&fee, "777 Euro", 1))
                }
                _ => text.to_owned(),
            };
            Some((name.to_owned(), text))
        },
        &[],
    );
    let change = from_shipped(&new);
    let [cause] = change.causes.as_slice() else { panic!("one cause, not {:#?}", change.causes) };
    let What::Aspect { entry, aspect: Aspect::Cost(CostKind::Fee), before, after } = &cause.what else {
        panic!("{:#?}", cause.what)
    };
    assert_eq!((entry.kind, entry.id.as_str()), (Kind::Step, id));
    let amount = |value: &Value| match value {
        Value::Figure { says, .. } => says.clone().unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    assert_eq!((amount(before), amount(after)), (fee.clone(), "777 Euro".to_owned()));
    assert!(!cause.reach.ways.is_empty() && change.reworded.is_empty());
    let page = told(&change, &new);
    let line = format!("Gebühr {fee} → 777 Euro in Schritt");
    assert!(page.split_whitespace().collect::<Vec<_>>().join(" ").contains(&line), "{page}");
}

#[test]
fn another_title_of_an_outcome_is_told_as_wording() {
    let new =
        replaced("pathways/kita/kita-degree-already-working.yaml", "Sie arbeiten schon.", "Sie arbeiten schon hier.");
    let change = from_shipped(&new);
    assert!(change.causes.is_empty() && change.cases.is_empty(), "{:#?}", change.causes);
    let [text] = change.reworded.as_slice() else { panic!("one text, not {:?}", change.reworded) };
    assert_eq!(text.entry.id, "kita-degree-already-working/change-of-role");
    assert_eq!(text.part, "says");
}

#[test]
fn one_branch_changed_is_exactly_that_change() {
    let new = edited(
        |name, text| {
            let text = text.to_owned();
            if name != "pathways/kita/kita-degree.yaml" {
                return Some((name.to_owned(), text));
            }
            let moved = text.replacen("- if: [unclear, unclear-listed]\n", "- if: unclear\n", 1);
            let moved = moved.replacen("- if: not-listed\n", "- if: [not-listed, unclear-listed]\n", 1);
            assert_eq!(moved.len(), text.len(), "the branches of {name} are no longer as they were");
            Some((name.to_owned(), moved))
        },
        &[],
    );
    let change = from_shipped(&new);
    let noticed = noticed(&change);
    let [cause] = noticed.as_slice() else { panic!("one cause, not {noticed:#?}") };
    let What::Outcome { before: Some(before), after: Some(after), .. } = &cause.what else {
        panic!("{:#?}", cause.what)
    };
    assert_eq!(before.outcome.id, "kita-degree/proof-not-clear");
    assert_eq!(after.outcome.id, "kita-degree/zab-statement-first");
    assert_ne!(before.standing, after.standing);
    let [who] = cause.reach.who.as_slice() else { panic!("one condition, not {:#?}", cause.reach.who) };
    let is = |fact: &str, value: &str| {
        who.iter()
            .any(|this| this.fact.id == fact && !this.not && this.values.len() == 1 && this.values[0].name == value)
    };
    assert!(is("degree-proof", "in anabin gefunden, aber Hochschule mit H+/-"), "{who:#?}");
    assert!(is("field-group", "Fach aus § 4 Absatz 2 PersVO"), "{who:#?}");
    assert!(change.reworded.is_empty() && change.renamed.is_empty());
    assert_eq!(
        change.cases.iter().map(|flip| flip.case.as_str()).collect::<Vec<_>>(),
        ["social-pedagogy-h-plus-minus-listed"]
    );
}

#[test]
fn a_renamed_id_is_no_change() {
    let names = [
        (Kind::Source, "persvo-4", "verordnung-paragraf-vier"),
        (Kind::Step, "b2-course", "deutsch-fuer-den-beruf"),
        (Kind::Fact, "degree-proof", "nachweis"),
        (Kind::Question, "study-field", "fach"),
        (Kind::Option, "h-plus-minus", "h-beides"),
        (Kind::Outcome, "specialist-now-show-the-level", "sofort-mit-stufe"),
        (Kind::Pathway, "kita-nursing", "pflege-in-der-kita"),
        (Kind::Office, "hotline-alid", "telefon-alid"),
    ];
    let new = edited(
        |name, text| {
            let rename = |text: &str| {
                names.iter().fold(text.to_owned(), |text, (_, before, after)| whole_words(&text, before, after))
            };
            // The words of the interface have names of their own.
            Some((rename(name), if name == "interface.yaml" { text.to_owned() } else { rename(text) }))
        },
        &[],
    );
    let change = from_shipped(&new);
    assert!(change.is_nothing(), "a new name counts as a change: {:#?} {:#?}", change.causes, change.reworded);
    for (kind, before, after) in names {
        let told =
            |rename: &lotse::change::Rename| rename.kind == kind && rename.before == before && rename.after == after;
        assert!(change.renamed.iter().any(told), "{kind:?} {before}: {:?}", change.renamed);
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
    let change = from_shipped(&new);
    assert!(
        matches!(&change.causes[0].what, What::Fact { fact } if fact.id == "level-estimate"),
        "{:#?}",
        change.causes
    );
    assert!(change.causes.iter().any(|cause| cause.follows_from == Some(0)), "what follows is told with it");
}

#[test]
fn a_pathway_taken_away_is_told_as_gone() {
    let gone = "kita-degree-not-accepted";
    let new = edited(
        |name, text| {
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
        },
        &[],
    );
    let change = from_shipped(&new);
    let What::Pathway { pathway, added: false, outcomes } = &change.causes[0].what else {
        panic!("{:#?}", change.causes[0].what)
    };
    assert_eq!(pathway.id, gone);
    assert!(!outcomes.is_empty());
    let flips: Vec<&str> = change.cases.iter().map(|flip| flip.case.as_str()).collect();
    for case in ["institute-with-h-minus", "negative-zab-statement"] {
        assert!(flips.contains(&case), "cases that went with it are told too: {flips:?}");
    }
}

#[test]
fn a_date_moved_is_told_as_validity_and_from_its_day_on() {
    let new = replaced(
        "pathways/kita/kita-degree-already-working.yaml",
        "valid: { from: 2024-12-06, review: 2027-07-31 }",
        "valid: { from: 2024-12-06, until: 2027-07-31, review: 2027-07-31 }",
    );
    let change = from_shipped(&new);
    let noticed = noticed(&change);
    let now: Vec<&&Cause> = noticed.iter().filter(|cause| cause.reach.from.is_none()).collect();
    let later: Vec<&&Cause> = noticed.iter().filter(|cause| cause.reach.from.is_some()).collect();
    assert!(
        !now.is_empty() && now.iter().all(|cause| matches!(cause.what, What::Aspect { aspect: Aspect::Valid, .. }))
    );
    assert!(!later.is_empty());
    for cause in later {
        assert_eq!(cause.reach.from.map(|from| from.0), Some(date(2027, 8, 1)));
        assert!(matches!(cause.what, What::Outcome { before: Some(_), after: None, .. }), "{:#?}", cause.what);
    }
}

#[test]
fn an_answer_taken_away_is_told_with_what_follows_from_it() {
    let new = edited(
        |name, text| {
            if name.starts_with("cases/") && text.contains("german-level: c2") {
                return None;
            }
            // The option and every mention of it.
            let own = |line: &&str| name.starts_with("questions/") && line.trim_start().starts_with("c2: ");
            let kept: Vec<&str> = text.lines().filter(|line| !own(line)).collect();
            Some((name.to_owned(), (kept.join("\n") + "\n").replace(", c2", "")))
        },
        &[],
    );
    let change = from_shipped(&new);
    let gone = |cause: &Cause| matches!(&cause.what, What::Choice { option, added: false, .. } if option.id == "german-level=c2");
    assert!(change.causes.iter().any(gone), "{:#?}", change.causes.iter().map(|cause| &cause.what).collect::<Vec<_>>());
}

#[test]
fn a_change_is_shown_before_the_register_is_mended() {
    let (old, new) = (small(), small());
    for dir in [&old, &new] {
        let lines = "register:\n  kita/now: open-now rule employer from 2020-01-01\n  kita/ask-the-office: ask-first open office\n  \
            waiting/volunteer: open-now usual employer\n";
        std::fs::write(dir.path().join("register.yaml"), lines).unwrap();
    }
    edit(new.path(), "pathways/kita.yaml", "standing: open-now", "standing: open-after-steps");
    let places = [&old, &new].map(|dir| dir.path().to_str().unwrap());
    let shown = lotse(&["diff", places[0], places[1], "--full"]);
    assert!(shown.status.success(), "{}", complained(&shown));
    assert!(printed(&shown).contains("kita/now"), "{}", printed(&shown));
    // The check still asks for the register to be mended.
    let checked = |place| printed(&lotse(&["check", "--rules", place, "--concise"]));
    assert!(!checked(places[0]).contains("E068"), "{}", checked(places[0]));
    assert!(checked(places[1]).contains("E068"));
}

#[test]
fn that_a_source_was_read_itself_is_told_and_changes_no_sheet() {
    let files = read_embedded();
    let sources =
        files.iter().find(|(_, file)| file.name == "sources.yaml").map(|(_, file)| file.text.clone()).unwrap();
    let new = replaced("sources.yaml", "read: second-hand", "read: text");
    let change = from_shipped(&new);
    assert_eq!(change.causes.len(), sources.matches("read: second-hand").count());
    for cause in &change.causes {
        assert!(matches!(cause.what, What::Aspect { aspect: Aspect::Read, .. }), "{:#?}", cause.what);
    }
    assert!(change.cases.is_empty());
    assert_eq!(change.affected.map(|share| share.value()), Some(0.0));
    assert!(report::change("alt", "neu", &change, &new, true).contains("→ „Text gelesen“"));
}

/// So many pathways more, each on conditions of its own.
fn with_more_pathways(count: usize) -> Rulebook {
    let kinds = ["kita-degree", "kita-nursing", "kita-degree-already-working", "kita-degree-not-accepted"];
    let files = read_embedded();
    let of = |kind: &str| {
        let name = format!("pathways/kita/{kind}.yaml");
        files.iter().find(|(_, file)| file.name == name).map(|(_, file)| file.text.clone()).expect("this pathway")
    };
    let more: Vec<(String, String)> = (0..count)
        .map(|at| {
            let kind = kinds[at % kinds.len()];
            let id = format!("more-{at}");
            let text = of(kind)
                .replace(&format!("pathway: {kind}\n"), &format!("pathway: {id}\n"))
                .replace("\ntitle: ", &format!("\ntitle: {at}. "));
            (format!("pathways/kita/{id}.yaml"), text)
        })
        .collect();
    edited(
        |name, text| {
            let text = if name == "rulebook.yaml" {
                let lines: String = (0..count).map(|at| format!("  - more-{at}\n")).collect();
                text.replacen("\npathways:\n", &format!("\npathways:\n{lines}"), 1)
            } else {
                text.to_owned()
            };
            Some((name.to_owned(), text))
        },
        &more,
    )
}

#[test]
fn an_added_pathway_is_told_once_with_its_outcomes() {
    let new = with_more_pathways(1);
    let change = from_shipped(&new);
    let [cause] = change.causes.as_slice() else { panic!("one cause, not {:#?}", change.causes) };
    let What::Pathway { pathway, added: true, outcomes } = &cause.what else { panic!("{:#?}", cause.what) };
    assert_eq!(pathway.id, "more-0");
    assert!(!outcomes.is_empty() && !cause.reach.who.is_empty());
}

#[test]
fn forty_added_pathways_are_told_in_few_lines() {
    let new = with_more_pathways(40);
    let change = from_shipped(&new);
    let added = change.causes.iter().filter(|cause| matches!(cause.what, What::Pathway { added: true, .. }));
    assert_eq!(added.count(), 40);
    // A node takes forty bytes with all that finds it, and little else is kept.
    assert!(change.nodes < 8_000_000, "{} nodes", change.nodes);
    assert!(told(&change, &new).lines().count() < 400);
}

#[test]
fn a_fact_decided_differently_is_told_in_answers() {
    // The proof follows from answers; if it follows differently, the answers say for whom.
    let new = edited(
        |name, text| {
            let text = if name == "facts/degree-proof.yaml" {
                let moved = text.replacen(
                    "anabin-degree: [bedingt-vergleichbar, no-rating]",
                    "anabin-degree: bedingt-vergleichbar",
                    1,
                );
                moved.replacen("- { anabin-degree: not-listed }", "- { anabin-degree: [not-listed, no-rating] }", 1)
            } else {
                text.to_owned()
            };
            Some((name.to_owned(), text))
        },
        &[],
    );
    let change = from_shipped(&new);
    let root = change
        .causes
        .iter()
        .position(|cause| matches!(&cause.what, What::Fact { fact } if fact.id == "degree-proof"))
        .expect("the fact is what changed");
    let mut traits = change.causes[root].reach.who.iter().flatten();
    assert!(
        traits.any(|this| this.fact.id == "anabin-degree"
            && this.values.iter().any(|value| value.name == "keine Bewertung oder ein anderes Wort")),
        "{:#?}",
        change.causes[root].reach.who
    );
    let follows = |cause: &&Cause| cause.follows_from == Some(root);
    assert!(change.causes.iter().filter(follows).any(|cause| matches!(cause.what, What::Outcome { .. })));
}

/// Words that change what a sentence says.
const WEIGHTY: &[&str] = &[
    "nicht",
    "kein",
    "keine",
    "nie",
    "ohne",
    "muss",
    "müssen",
    "kann",
    "können",
    "darf",
    "soll",
    "208",
    "3",
    "B2",
    "§",
    "2027",
    "zwei",
    "nur",
    "mindestens",
    "höchstens",
    "spätestens",
    "oder",
    "unmöglich",
    "Monat",
    "Jahre",
];

proptest! {
    #[test]
    fn a_figure_negation_or_duty_that_changed_is_never_called_mere_wording(
        words in prop::collection::vec("[a-zäöü]{1,9}", 1..12),
        at in any::<prop::sample::Index>(),
        weighty in prop::sample::select(WEIGHTY),
        other in prop::sample::select(WEIGHTY),
        replace in any::<bool>(),
    ) {
        let place = at.index(words.len());
        let mut with = words.clone();
        with.insert(place, weighty.to_owned());
        let before = with.join(" ");
        let mut without = words.clone();
        if replace {
            without.insert(place, other.to_owned());
        }
        let after = without.join(" ");
        let same = replace && {
            let stem = |word: &str| weighs("", word);
            stem(weighty) == stem(other)
        };
        prop_assert_eq!(weighs(&before, &after).is_empty(), same);
        prop_assert_eq!(weighs(&after, &before).is_empty(), same);
        // Every digit counts.
        for digit in 0..10 {
            let (a, b) = (format!("{before} {digit}0"), format!("{before} {digit}1"));
            prop_assert!(!weighs(&a, &b).is_empty());
        }
    }
}
