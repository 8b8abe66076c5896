//! Every claim of the certificate can fail, and then says so: for each there is a small rulebook under `tests/proof/`
//! that breaks exactly this claim, and the certificate names it with the shortest answer set.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use lotse::interview::{Answers, Interview};
use lotse::proof::{Certificate, certify};
use lotse::rulebook::{Id, Question, Rulebook, ValueSet, read_dir};
use lotse::source::Files;

use crate::support::RULES;

const TODAY: Date = date(2026, 11, 22);

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof").join(name)
}

/// The base with some files changed.
fn certificate(change: Option<&str>) -> Certificate {
    let mut files = Files::default();
    let base = read_dir(&fixture("base")).unwrap();
    let mut names: Vec<String> = Vec::new();
    if let Some(change) = change {
        for entry in walk(&fixture(change)) {
            let name = entry.strip_prefix(fixture(change)).unwrap().to_string_lossy().into_owned();
            files.add(name.clone(), std::fs::read_to_string(&entry).unwrap());
            names.push(name);
        }
    }
    for (_, file) in base.iter().filter(|(_, file)| !names.contains(&file.name)) {
        files.add(file.name.clone(), &*file.text);
    }
    let loaded = Rulebook::load(files);
    let said: Vec<&str> = loaded.diagnostics.iter().map(|found| found.headline.as_str()).collect();
    assert_eq!(said, [""; 0], "the fixture breaks more than a claim");
    certify(&loaded.rulebook.unwrap(), TODAY)
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// What breaks the claim of this name in the fixture of the same name, when no other claim may break.
fn broken(claim: &str) -> Vec<String> {
    broken_by(claim, claim)
}

fn broken_by(fixture: &str, claim: &str) -> Vec<String> {
    let certificate = certificate(Some(fixture));
    let failing: Vec<&str> =
        certificate.claims.iter().filter(|claim| !claim.exceptions.is_empty()).map(|claim| claim.id).collect();
    assert_eq!(failing, [claim]);
    let exceptions = certificate.claims.into_iter().flat_map(|claim| claim.exceptions);
    exceptions
        .map(|exception| format!("{} {}", exception.says, exception.link.unwrap_or_default()).trim_end().to_owned())
        .collect()
}

#[test]
fn the_base_breaks_nothing() {
    let certificate = certificate(None);
    assert!(certificate.holds(), "{:#?}", certificate.claims);
    // Four choices of goals, three of the two other questions.
    assert_eq!(certificate.figures.answer_sets, "36");
    // Two goals without kita end at once; with kita, finished is put, and where it is, the place.
    assert_eq!(certificate.figures.interviews.unwrap().distinct, "12");
}

#[test]
fn a_sheet_without_a_step_is_named() {
    assert_eq!(
        broken("sheet"),
        [
            "Dieses Blatt hat keinen ersten Schritt /blatt?datum=2031-01-01",
            "Dieses Blatt nennt niemanden, den man erreichen kann /blatt?datum=2031-01-01"
        ]
    );
}

#[test]
fn a_branch_nobody_reaches_is_named() {
    assert_eq!(broken("reachable"), ["Keine Antworten führen je zu dem Zweig 4 von work"]);
}

#[test]
fn a_question_in_vain_is_named() {
    assert_eq!(
        broken("matters"),
        [
            "Die Frage `place` wird gestellt, obwohl keine Antwort darauf einen Weg, einen Schritt oder eine Stelle ändert \
             /blatt?goal=kita&finished=yes"
        ]
    );
}

#[test]
fn a_question_that_only_spares_another_one_is_named() {
    assert_eq!(
        broken_by("gate", "matters"),
        [
            "Die Frage `database` wird gestellt, obwohl keine Antwort darauf einen Weg, einen Schritt oder eine Stelle ändert \
             /blatt?goal=kita"
        ]
    );
}

/// Whoever does not want into a Kita is sent to no database, whatever they studied.
#[test]
fn anabin_and_the_zab_are_asked_for_only_where_a_kita_is_wanted() {
    let goals = RULES.questions.id("goal").unwrap();
    for (goal, name, _) in RULES.questions[goals].options.iter().filter(|(_, name, _)| *name != "kita") {
        let mut interview = Interview::new(&RULES, &Answers::default(), TODAY);
        while let Some(question) = interview.next() {
            let asked = RULES.questions.name(question);
            assert!(asked != "zab-statement" && !asked.starts_with("anabin-"), "{name} asks {asked}");
            let wanted = match asked {
                "goal" => goal.index(),
                "qualification-kind" => option(question, "university-degree"),
                "completed" => option(question, "yes"),
                "study-field" => option(question, "social-work"),
                "country-of-training" => option(question, "SY"),
                "letter-result" => option(question, "none"),
                _ => RULES.questions[question].unknown,
            };
            interview.answer(ValueSet::only(wanted));
        }
    }
}

fn option(question: Id<Question>, name: &str) -> usize {
    RULES.questions[question].options.id(name).unwrap().index()
}

#[test]
fn a_paid_step_without_its_funding_is_named() {
    assert_eq!(
        broken("order"),
        [
            "Der Schritt, der Geld kostet, `apply` steht ohne `fund` da; nach der Regel money-first muss das vorher kommen \
          /blatt?goal=kita&finished=yes&datum=2027-07-01"
        ]
    );
}

#[test]
fn a_statement_without_a_source_is_named() {
    assert_eq!(broken("sources"), ["work/look stützt sich auf nichts /blatt?goal=kita"]);
}

#[test]
fn a_row_that_says_two_things_is_named() {
    assert_eq!(
        broken("contradiction"),
        ["Die Zeile R-2 sagt not-this-way in work/later und open-now in advice/talk /blatt?goal=kita&finished=no"]
    );
}

#[test]
fn outcomes_and_steps_that_exclude_each_other_are_named() {
    assert_eq!(
        broken_by("exclusive", "contradiction"),
        [
            "work/now und advice gelten zugleich, schließen einander aber aus: Whoever may start needs no advice. \
              /blatt?goal=kita&finished=yes&place=nrw",
            "work/elsewhere und advice gelten zugleich, schließen einander aber aus: Whoever may start needs no advice. \
              /blatt?goal=kita&finished=yes",
            "work/now und der Schritt `fund` gelten zugleich, schließen einander aber aus: Whoever may start needs no money. \
              /blatt?goal=kita&finished=yes&place=nrw"
        ]
    );
}

#[test]
fn what_another_office_wants_is_named() {
    assert_eq!(
        broken("other-office"),
        [
            "Kein Schritt, der die Unterlage `certificate` braucht, führt zu `office`",
            "Der Schritt `apply` nennt Nord auch auf Blättern, die nicht dorthin führen /blatt?goal=kita&finished=yes"
        ]
    );
}

#[test]
fn a_wrong_number_of_questions_is_named() {
    assert_eq!(broken("longest"), ["Nach rulebook.yaml hat keine Befragung mehr als 4 Fragen; die längste hat aber 3"]);
}

#[test]
fn an_unknown_that_closes_a_way_is_named() {
    assert_eq!(
        broken("unknown"),
        ["Wird die Antwort auf `finished` zurückgenommen, schließt das work /blatt?goal=kita&finished=yes"]
    );
}

#[test]
fn every_claim_holds_for_the_shipped_rules() {
    let rulebook = Rulebook::embedded().rulebook.unwrap();
    let certificate = certify(&rulebook, TODAY);
    let broken: Vec<_> = certificate.claims.iter().flat_map(|claim| &claim.exceptions).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    // Nobody is asked more than they were in version 2026.12.
    let (any, one) = (certificate.figures.interviews.unwrap(), certificate.figures.interviews_with_one_goal.unwrap());
    assert_eq!(Some(any.longest), rulebook.longest_interview.map(|longest| longest.value));
    assert!(any.longest <= 16 && any.by_chance.median <= 9 && one.by_chance.median <= 8, "{any:?} {one:?}");
}
