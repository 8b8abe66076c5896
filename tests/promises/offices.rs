//! The right office, first time: for every country, every district, every kind of certificate.

use std::collections::{BTreeMap, BTreeSet};

use lotse::rulebook::ValueSet;
use lotse::sheet::Block;
use serde_json::Value;

use crate::support::{RULES, SERVER, TODAY, all_steps, answers, cases, findings, sheet};

/// School-type professions: the office follows the country of training. Arnsberg, Detmold, Düsseldorf and Köln have lists of
/// their own; former states follow their successors.
const BY_COUNTRY: &[(&str, &str)] = &[
    ("br-arnsberg-48", "PL RO SK CZ CSSR"),
    ("br-detmold-48", "AL BG HU RU UA BY MD EE LV LT GE AM AZ KZ KG TJ TM UZ SU"),
    ("br-duesseldorf-48", "GR AT CH TR BA HR ME MK RS SI XK YU CS"),
    ("br-koeln-48", "BE FR GB IE IT LU NL PT ES"),
];

/// Münster has the north and, beyond Europe, all states not named above.
const NORTH: &str = "DK FI IS NO SE";

/// In no list: the sheet says so and names all five.
const IN_NO_LIST: &str = "AD CY LI MC MT SM VA";

/// Dependent territories and Antarctica, in no list either.
const TERRITORIES: &str = "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF MP MQ MS \
    NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT";

/// States of the European Union, the EEA and Switzerland: their teachers go to Arnsberg, all others to Detmold.
const EU_EEA_CH: &str = "AT BE BG CH CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";

const DEZERNATE: [&str; 5] = ["br-arnsberg-48", "br-detmold-48", "br-duesseldorf-48", "br-koeln-48", "br-muenster-48"];

fn countries() -> Vec<String> {
    let question = &RULES.questions[RULES.questions.id("country-of-training").unwrap()];
    question.options.names().filter(|code| *code != "unknown").map(str::to_owned).collect()
}

fn districts() -> Vec<String> {
    let question = &RULES.questions[RULES.questions.id("district").unwrap()];
    question.options.names().filter(|code| code.starts_with("05")).map(str::to_owned).collect()
}

/// The offices of one pathway's outcome for answers, with those among `wanted` only.
fn offices(pathway: &str, wanted: &[&str], words: &[&str]) -> BTreeSet<String> {
    let evaluation = findings(words);
    let found = evaluation.findings.iter().find(|finding| RULES.pathways.name(finding.pathway) == pathway);
    let found = found.unwrap_or_else(|| panic!("{pathway} is silent for {words:?}"));
    let names = found.offices.iter().map(|office| RULES.authorities.name(office.authority).to_owned());
    names.filter(|name| wanted.contains(&name.as_str())).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_state_of_the_world_and_four_former_ones_can_be_chosen() {
    let countries: BTreeSet<String> = countries().into_iter().collect();
    assert_eq!(countries.len(), 254, "249 codes of ISO 3166-1, Kosovo and four former states");
    for code in ["XK", "SU", "YU", "CS", "CSSR", "NO", "DE"] {
        assert!(countries.contains(code), "{code}");
    }
    assert!(countries.iter().all(|code| code == "CSSR" || code.len() == 2));
}

#[test]
fn a_school_type_training_goes_to_the_office_of_its_country() {
    let by_country: BTreeMap<&str, &str> = BY_COUNTRY
        .iter()
        .flat_map(|(office, codes)| codes.split_whitespace().map(move |code| (code, *office)))
        .collect();
    let listed = |list: &str, code: &str| list.split_whitespace().any(|known| known == code);
    let mut faults = Vec::new();
    for code in countries() {
        let words = [
            "goal=protected-title",
            "qualification-kind=school-type-vocational",
            "completed=yes",
            "study-field=early-childhood-education",
            "district=05111",
        ];
        let country = format!("country-of-training={code}");
        let words: Vec<&str> = words.into_iter().chain([country.as_str()]).collect();
        let expected = match by_country.get(code.as_str()) {
            Some(office) => set(&[office]),
            None if code == "DE" => BTreeSet::new(),
            None if listed(IN_NO_LIST, &code) || listed(TERRITORIES, &code) => set(&DEZERNATE),
            // The north by name, and all other states beyond Europe.
            None => set(&["br-muenster-48"]),
        };
        let got = offices("vocational-recognition", &DEZERNATE, &words);
        if got != expected {
            faults.push(format!("{code}: {got:?}, expected {expected:?}"));
        }
    }
    assert!(NORTH.split_whitespace().all(|code| !by_country.contains_key(code)));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn neither_residence_nor_workplace_changes_the_office_of_a_school_type_training() {
    for place in ["district=05111", "district=05913", "district=05711"] {
        let words = [
            "goal=protected-title",
            "qualification-kind=school-type-vocational",
            "completed=yes",
            "country-of-training=KZ",
            place,
        ];
        assert_eq!(offices("vocational-recognition", &DEZERNATE, &words), set(&["br-detmold-48"]), "{place}");
    }
}

/// The first three digits of a district's key are its Regierungsbezirk.
fn bezirk(ags: &str) -> &'static str {
    match &ags[..3] {
        "051" => "duesseldorf",
        "053" => "koeln",
        "055" => "muenster",
        "057" => "detmold",
        "059" => "arnsberg",
        other => panic!("{other} is no Regierungsbezirk"),
    }
}

const SOCIAL: [&str; 5] =
    ["br-arnsberg-social", "br-detmold-social", "br-duesseldorf-social", "br-koeln-social", "br-muenster-social"];

#[test]
fn there_are_53_districts_in_five_regierungsbezirke() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    districts().iter().for_each(|ags| *counts.entry(bezirk(ags)).or_default() += 1);
    let counts: Vec<_> = counts.into_iter().collect();
    assert_eq!(counts, [("arnsberg", 12), ("detmold", 7), ("duesseldorf", 15), ("koeln", 11), ("muenster", 8)]);
}

#[test]
fn a_protected_academic_title_goes_to_the_office_of_the_residence_or_else_of_the_workplace() {
    let degree = [
        "goal=protected-title",
        "qualification-kind=university-degree",
        "completed=yes",
        "study-field=social-work",
        "home-licence=not-regulated",
    ];
    for ags in districts() {
        let expected = format!("br-{}-social", bezirk(&ags));
        let home = format!("district={ags}");
        let words: Vec<&str> = degree.into_iter().chain([home.as_str()]).collect();
        assert_eq!(offices("social-title", &SOCIAL, &words), set(&[&expected]), "resident in {ags}");
        for elsewhere in ["district=outside-nrw", "district=abroad"] {
            let work = format!("work-district={ags}");
            let words: Vec<&str> = degree.into_iter().chain([elsewhere, work.as_str(), "job-offer-nrw=yes"]).collect();
            assert_eq!(offices("social-title", &SOCIAL, &words), set(&[&expected]), "{elsewhere}, to work in {ags}");
        }
        // Whoever lives in NRW is not moved by the workplace.
        let other = if ags == "05315" { "05913" } else { "05315" };
        let work = format!("work-district={other}");
        let words: Vec<&str> = degree.into_iter().chain([home.as_str(), work.as_str()]).collect();
        assert_eq!(
            offices("social-title", &SOCIAL, &words),
            set(&[&expected]),
            "resident in {ags}, to work in {other}"
        );
    }
}

#[test]
fn an_employer_asks_the_landesjugendamt_of_the_kita() {
    for ags in districts() {
        let expected = match bezirk(&ags) {
            "duesseldorf" | "koeln" => "lvr-lja",
            _ => "lwl-lja",
        };
        let work = format!("work-district={ags}");
        let words = [
            "goal=kita",
            "qualification-kind=university-degree",
            "completed=yes",
            "study-field=psychology",
            "zab-statement=positive",
            "district=abroad",
            work.as_str(),
        ];
        // Not the applicant asks there: the step of the Träger leads to it.
        let sheet = sheet(&answers(&words), TODAY);
        let step = all_steps(&sheet).into_iter().find(|step| step.id == "employer-asks-lja").expect("the Träger asks");
        let found: BTreeSet<&str> = step.offices.iter().map(|office| office.id.as_str()).collect();
        assert_eq!(found, BTreeSet::from([expected]), "{ags}");
    }
}

#[test]
fn teachers_go_to_arnsberg_from_the_eu_and_to_detmold_from_elsewhere() {
    let teachers = ["br-arnsberg-teachers", "br-detmold-teachers"];
    let in_eu: BTreeSet<&str> = EU_EEA_CH.split_whitespace().collect();
    // Territories that belong to the Union, and states that are no more, follow conclusions of their own.
    let by_conclusion: BTreeSet<&str> =
        TERRITORIES.split_whitespace().chain(["SU", "YU", "CS", "CSSR", "DE"]).collect();
    for code in countries() {
        let country = format!("country-of-training={code}");
        let words = [
            "goal=school-teaching",
            "qualification-kind=university-degree",
            "completed=yes",
            "study-field=teaching-other",
            "district=05111",
            country.as_str(),
        ];
        let got = offices("teacher-recognition", &teachers, &words);
        if by_conclusion.contains(code.as_str()) {
            assert!(code == "DE" || !got.is_empty(), "{code} leads nowhere");
            continue;
        }
        let expected = if in_eu.contains(code.as_str()) { "br-arnsberg-teachers" } else { "br-detmold-teachers" };
        assert_eq!(got, set(&[expected]), "{code}");
    }
}

#[test]
fn a_school_certificate_goes_to_koeln_or_to_duesseldorf_by_its_level() {
    let schools = ["br-koeln-school", "br-duesseldorf-school"];
    for (level, office) in
        [("first", "br-koeln-school"), ("middle", "br-koeln-school"), ("fhr-abitur", "br-duesseldorf-school")]
    {
        let certificate = format!("school-certificate={level}");
        let words = ["goal=training", "qualification-kind=school-certificate-only", certificate.as_str()];
        assert_eq!(offices("vocational-school-certificate", &schools, &words), set(&[office]), "{level}");
    }
    let words = ["goal=training", "qualification-kind=school-certificate-only", "school-certificate=unknown"];
    assert_eq!(
        offices("vocational-school-certificate", &schools, &words),
        set(&schools),
        "both are named while it is not known"
    );
}

#[test]
fn whoever_lives_abroad_reads_of_no_office_in_germany_that_pays() {
    let stage = RULES.questions.id("stage").unwrap();
    let abroad = ValueSet::only(RULES.questions[stage].options.id("abroad").unwrap().index());
    let mut seen = 0;
    for (name, answers, date) in cases().filter(|(_, answers, _)| answers.get(stage) == Some(abroad)) {
        seen += 1;
        for block in sheet(&answers, date).blocks {
            let Block::Contacts(contacts) = block else { continue };
            for office in contacts.offices {
                let pays_here = ["jobcenter-local", "agentur-local", "fbb-zuschuss"].contains(&office.id.as_str());
                assert!(!pays_here, "{name} reads of {}", office.id);
            }
        }
    }
    assert!(seen > 10, "only {seen} people live abroad");
}

#[test]
fn what_is_doubtful_about_an_office_stands_wherever_it_stands() {
    let answers = "goal=youth-office&qualification-kind=university-degree&letter-result=compensation&letter-land=nrw&letter-profession=sozialarbeiter&completed=yes&study-field=social-work&country-of-training=TR&district=05112&german-level=b2";
    let data: Value = serde_json::from_str(&SERVER.get(&format!("/blatt.json?{answers}")).body).unwrap();
    let blocks = data["blocks"].as_array().unwrap();
    let contacts = blocks.iter().find(|block| block["block"] == "contacts").expect("contacts");
    let page = SERVER.get(&format!("/blatt?{answers}")).body;
    let text = SERVER.get(&format!("/blatt.txt?{answers}")).body;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let offices = contacts["offices"].as_array().unwrap().iter();
    let doubts = offices.filter(|office| office["foremost"] == true && office["limited"] == true);
    let doubts: Vec<&str> = doubts.map(|office| office["note"].as_str().unwrap()).collect();
    assert!(doubts.iter().any(|note| note.contains("Bitte vorher prüfen.")), "{doubts:?}");
    for note in doubts {
        // On paper, too: nothing marks it as for the screen alone.
        let said = note.split(['„', '“', '"']).next().unwrap();
        assert!(page.contains(&format!("<p class=\"here\">{said}")), "{note}");
        assert!(text.contains(note), "{note}: {text}");
    }
}

/// What the sheet says of who decides first.
fn decides(words: &[&str]) -> Vec<String> {
    let sheet = sheet(&answers(words), TODAY);
    let lines = sheet.blocks.iter().filter_map(|block| match block {
        Block::Opening(opening) => Some(&opening.lines),
        _ => None,
    });
    lines.flatten().filter_map(|line| Some(line.decided_by.as_ref()?.text.clone())).collect()
}

#[test]
fn who_decides_is_said_by_the_own_name_as_soon_as_the_answers_tell_which_office_it_is() {
    let degree = [
        "goal=protected-title",
        "qualification-kind=university-degree",
        "study-field=social-work",
        "letter-result=none",
    ];
    let abroad = [&degree[..], &["completed=yes", "country-of-training=TR", "home-licence=yes"]].concat();
    assert_eq!(decides(&[&abroad[..], &["district=05315"]].concat()), ["Bezirksregierung Köln, Dezernat 24"]);
    assert_eq!(decides(&abroad), ["die Bezirksregierung an Ihrem Wohnort oder Arbeitsort in NRW"]);
    // Whoever has a letter reads of the office that wrote it, whichever that was.
    let letter = [
        "goal=protected-title",
        "qualification-kind=school-type-vocational",
        "study-field=early-childhood-education",
        "country-of-training=MA",
        "letter-result=compensation",
        "letter-land=nrw",
        "letter-profession=erzieher",
        "district=05515",
    ];
    assert_eq!(decides(&letter), ["das Amt, das Ihnen geschrieben hat"]);
}

#[test]
fn what_the_employer_does_is_asked_of_the_employer_and_not_of_the_office_it_turns_to() {
    let mut asked = 0;
    for (name, answers, day) in cases() {
        for script in sheet(&answers, day).blocks.into_iter().flat_map(|block| match block {
            Block::SayIt(say_it) => say_it.scripts,
            _ => Vec::new(),
        }) {
            let step = &RULES.steps[RULES.steps.id(&script.step.id).unwrap()];
            asked += usize::from(step.by_others);
            assert!(!step.by_others || script.reach.is_none(), "{name}: {}", script.step.title);
        }
    }
    assert!(asked > 20, "{asked}");
}
