//! The page for the Träger holds what its roles rest on and nothing else; it can be signed on its first page, read by programs,
//! and found again.

use lotse::interview::{Answers, evaluate};
use lotse::language::Lang;
use lotse::rulebook::{Id, Question, ValueSet};
use lotse::sheet::{EmployerPage, Sheet};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{RULES, Server, TODAY, any_answers, cases, encoded, lotse, printed, sheet, tries};

/// Everything of a page but the sources' numbers, which are its own anyway.
fn page(sheet: &Sheet) -> Option<Value> {
    sheet.employer_page.as_ref().map(|page| serde_json::to_value(page).unwrap())
}

fn roles(page: &EmployerPage) -> Vec<(&str, &str)> {
    page.roles.iter().map(|role| (role.id.as_str(), role.certainty.id.into_str())).collect()
}

fn ids(page: &EmployerPage) -> Vec<&str> {
    page.roles.iter().map(|role| role.id.as_str()).collect()
}

/// The sentence of an outcome for the file, as the rules have it.
fn provision(id: &str) -> &'static str {
    let (pathway, outcome) = id.split_once('/').unwrap();
    let pathway = &RULES.pathways[RULES.pathways.id(pathway).unwrap()];
    let part = pathway.outcomes[pathway.outcomes.id(outcome).unwrap()].employer.as_ref().unwrap();
    RULES.texts.say(&Lang::german(), part.provision)
}

proptest! {
    #![proptest_config(tries(60))]

    #[test]
    fn nothing_stands_on_it_that_its_roles_do_not_rest_on(answers in any_answers()) {
        let whole = sheet(&answers, TODAY);
        if let Some(filed) = &whole.employer_page {
            // Whatever else the person said makes no difference, however secret it is.
            prop_assert_eq!(page(&sheet(&filed.answers, TODAY)), page(&whole));
            for (question, _) in filed.answers.iter() {
                // With another answer, or none, there would be other roles; or the sentence for the file names it.
                let otherwise = |others: Answers| {
                    let page = sheet(&others, TODAY).employer_page;
                    page.as_ref().map(ids) != Some(ids(filed))
                };
                let another = |value| {
                    let mut others = filed.answers.clone();
                    others.set(question, ValueSet::only(value));
                    otherwise(others)
                };
                // A letter stands there only if the roles rest on it: without it they were others, or less sure.
                let topic = RULES.questions[question].topic.map(|topic| &RULES.topics[topic]);
                let place = format!("{{{}}}", RULES.questions.name(question));
                let named = filed.roles.iter().any(|role| provision(&role.id).contains(&place));
                if topic.is_some_and(|topic| topic.discreet) {
                    let discreet = |id: Id<Question>| RULES.questions[id].topic == RULES.questions[question].topic;
                    let without = sheet(&filed.answers.only(|id| !discreet(id)), TODAY).employer_page;
                    prop_assert!(named || without.as_ref().map(roles) != Some(roles(filed)), "a letter is told for nothing");
                    continue;
                }
                prop_assert!(
                    named
                        || otherwise(filed.answers.without(question))
                        || (0..RULES.questions[question].options.len()).any(another),
                    "{} is told for nothing", RULES.questions.name(question)
                );
            }
        }
    }
}

#[test]
fn it_has_the_roles_that_the_sheet_has_as_binding_as_there() {
    let mut pages = 0;
    for (name, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let filed: Vec<(String, &str)> = evaluate(&RULES, &answers, date)
            .findings
            .iter()
            .filter(|finding| RULES.pathways[finding.pathway].outcomes[finding.outcome].employer.is_some())
            .map(|finding| (finding.id(&RULES), finding.certainty.into_str()))
            .collect();
        let Some(page) = &sheet.employer_page else {
            assert!(filed.is_empty(), "{name} has no page for {filed:?}");
            continue;
        };
        pages += 1;
        let mut shown: Vec<(String, &str)> = roles(page).into_iter().map(|(id, how)| (id.to_owned(), how)).collect();
        shown.sort();
        let mut filed = filed;
        filed.sort();
        assert_eq!(shown, filed, "{name}");
    }
    assert!(pages > 20, "only {pages} cases have a page");
}

/// A question by its id.
fn question(id: &str) -> Id<Question> {
    RULES.questions.id(id).unwrap()
}

#[test]
fn a_refusal_a_failed_exam_the_jobcenter_and_the_residence_are_nobodys_business() {
    let private =
        ["exam-failed", "support-office", "residence-group", "district", "money-spent", "papers", "waiting-months"];
    let server = Server::start();
    for (name, mut answers, date) in cases() {
        for id in private {
            let options = &RULES.questions[question(id)].options;
            let said = (0..options.len()).find(|at| *at != RULES.questions[question(id)].unknown).unwrap();
            if answers.get(question(id)).is_none() {
                answers.set(question(id), ValueSet::only(said));
            }
        }
        let Some(page) = sheet(&answers, date).employer_page else { continue };
        for id in private {
            assert_eq!(page.answers.get(question(id)), None, "{name} tells the Träger of {id}");
        }
        assert!(page.states.iter().all(|line| !private.contains(&line.question.id.as_str())), "{name}");
        // Neither does the address under which the page is found again.
        let query: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let html = server.get(&format!("/arbeitgeber?{}", query.join("&"))).body.replace("&#x2f;", "/");
        let Some(code) = html.split("lotse.test/a/").nth(1) else { continue };
        let code = code.split(['<', '"']).next().unwrap();
        let again = server.get(&format!("/a/{code}"));
        let address = again.header("location").unwrap();
        assert!(private.iter().all(|id| !address.contains(&format!("{id}="))), "{name}: {address}");
    }
}

#[test]
fn a_letter_stands_there_only_if_the_roles_rest_on_it() {
    let letter = question("letter-result");
    let results = ["refusal", "pending", "compensation", "missing-papers", "not-understood", "none"];
    let of_letter = |id: Id<Question>| RULES.questions[id].topic == RULES.questions[letter].topic;
    let mut pages = 0;
    for ((name, mut answers, date), result) in cases().zip(results.iter().cycle()) {
        answers = answers.only(|id| !of_letter(id));
        let Some(without) = sheet(&answers, date).employer_page else { continue };
        let said = crate::support::answers(&[
            &format!("letter-result={result}"),
            "letter-land=nrw",
            "letter-profession=erzieher",
        ]);
        said.iter().for_each(|(id, values)| answers.set(id, values));
        let Some(with) = sheet(&answers, date).employer_page else { continue };
        if roles(&with) == roles(&without) {
            pages += 1;
            assert!(with.answers.iter().all(|(id, _)| !of_letter(id)), "{name} with {result}");
        }
    }
    assert!(pages > 15, "only {pages} pages");
    // A school training with a refusal: the one role and the letter that nobody needs to see.
    let words = [
        "goal=kita",
        "qualification-kind=school-type-vocational",
        "completed=yes",
        "study-field=early-childhood-education",
        "training-length=three-years-or-more",
        "country-of-training=UA",
        "letter-result=refusal",
        "letter-land=nrw",
        "letter-profession=erzieher",
    ];
    let page = sheet(&crate::support::answers(&words), TODAY).employer_page.unwrap();
    assert!(page.states.iter().all(|line| !line.question.id.starts_with("letter-")), "{:?}", page.states);
}

#[test]
fn the_file_is_german_whatever_the_person_reads() {
    let server = Server::start();
    let query = crate::support::SOCIAL_WORKER.join("&");
    let main = |html: &str| html.split("<main").nth(1).unwrap().to_owned();
    let german = server.get(&format!("/arbeitgeber?{query}")).body;
    let arabic = server.get(&format!("/arbeitgeber?{query}&lang=ar")).body;
    assert_eq!(main(&arabic), main(&german));
    assert!(arabic.contains("<html lang=\"de\"") && arabic.contains("lang=ar"), "only the way back knows the language");
    let json = |lang: &str| server.get(&format!("/arbeitgeber.json?{query}{lang}")).body;
    assert_eq!(json("&lang=ar"), json(""));
}

#[test]
fn nobody_is_told_to_bring_a_page_for_the_employer_that_does_not_exist() {
    let mut with = 0;
    for (name, answers, date) in cases() {
        let sheet = sheet(&answers, date);
        let bring =
            crate::support::all_steps(&sheet).iter().any(|step| step.bring.iter().any(|it| it.id == "employer-page"));
        let said = serde_json::to_string(&sheet.blocks).unwrap().contains("Arbeitgeberblatt");
        assert!(sheet.has_employer_page || !bring && !said, "{name}: bring {bring}, said {said}");
        with += usize::from(bring);
    }
    assert!(with > 20);
}

#[test]
fn a_refusal_does_not_stand_beside_a_degree_that_carries_a_role() {
    let words = [crate::support::SOCIAL_WORKER, &["letter-result=refusal", "letter-profession=erzieher"]].concat();
    let page = sheet(&crate::support::answers(&words), TODAY).employer_page.unwrap();
    let told: Vec<&str> = page.states.iter().map(|line| line.question.id.as_str()).collect();
    assert!(!told.contains(&"letter-result") && told.contains(&"study-field"), "{told:?}");
}

#[test]
fn it_names_the_role_also_while_the_proof_is_missing() {
    for (anabin, way) in [
        ("anabin-institution=not-checked", "check-anabin-first"),
        ("anabin-institution=not-listed", "zab-statement-first"),
    ] {
        let words = [&crate::support::SOCIAL_WORKER[..4], &[anabin, "zab-statement=none"]].concat();
        let page = sheet(&crate::support::answers(&words), TODAY).employer_page.expect("a page for the file");
        let role = page.roles.iter().find(|role| role.id == format!("kita-degree/{way}"));
        let role = role.unwrap_or_else(|| panic!("{way}: {:?}", ids(&page)));
        assert_eq!(role.under.as_deref(), Some("§ 4 Absatz 2 PersVO"));
        let named = role.must.iter().chain(&role.one_of).any(|paper| paper.paper.id == "zab-statement");
        assert!(named, "what the person has not got yet stands in the list all the same: {role:?}");
    }
}

#[test]
fn it_asks_for_no_certificate_that_somebody_of_this_kind_cannot_have() {
    for (kind, has, cannot) in [
        ("university-degree", "degree-certificate", "training-certificate"),
        ("school-type-vocational", "training-certificate", "degree-certificate"),
    ] {
        let kind = format!("qualification-kind={kind}");
        let words = [
            "goal=kita",
            &kind,
            "completed=yes",
            "study-field=disability-care",
            "country-of-training=TR",
            "anabin-institution=not-listed",
        ];
        let page =
            sheet(&crate::support::answers(&words), TODAY).employer_page.expect("an exception goes through the file");
        let papers = |role: &lotse::sheet::EmployerRole| -> Vec<String> {
            role.must.iter().chain(&role.one_of).map(|paper| paper.paper.id.clone()).collect()
        };
        let role = page.roles.iter().find(|role| role.id.starts_with("kita-exception-"));
        let papers = papers(role.unwrap_or_else(|| panic!("{kind}: {:?}", ids(&page))));
        assert!(papers.contains(&has.to_owned()) && !papers.contains(&cannot.to_owned()), "{kind}: {papers:?}");
    }
}

#[test]
fn its_short_address_leads_to_the_same_page_again() {
    let server = Server::start();
    let address = crate::html::page_kinds().into_iter().find(|(kind, _)| *kind == "page for the employer").unwrap().1;
    let first = server.get(&address).body;
    let plain = first.replace("&#x2f;", "/");
    let code = plain.split("lotse.test/a/").nth(1).unwrap().split(['<', '"']).next().unwrap();
    let full = server.get(&format!("/a/{code}"));
    assert_eq!(full.status, 303);
    let again = server.get(full.header("location").unwrap()).body;
    // Only the way back to the sheet knows more of the person.
    let main = |html: &str| html.split("<main").nth(1).unwrap().to_owned();
    assert_eq!(main(&again), main(&first));
    assert_eq!(server.get(&format!("/a/{code}/qr.svg")).status, 200);
}

#[test]
fn duties_of_an_exception_or_a_course_stand_only_where_there_is_one() {
    let duties = |words: &[&str]| -> Vec<String> {
        let page = sheet(&crate::support::answers(words), TODAY).employer_page.unwrap();
        page.duties.into_iter().map(|duty| duty.id).collect()
    };
    let degree = duties(crate::support::SOCIAL_WORKER);
    assert!(
        !degree.contains(&"exception-papers".to_owned()) && !degree.contains(&"course-dates".to_owned()),
        "{degree:?}"
    );
    assert!(degree.contains(&"good-conduct".to_owned()), "{degree:?}");
    let mut with_course = 0;
    for (name, answers, date) in cases() {
        let Some(page) = sheet(&answers, date).employer_page else { continue };
        let papers = page.roles.iter().flat_map(|role| role.must.iter().chain(&role.recommended));
        let needed = papers.clone().any(|paper| paper.paper.id == "approval-lja");
        assert_eq!(page.duties.iter().any(|duty| duty.id == "exception-papers"), needed, "{name}");
        with_course += usize::from(page.duties.iter().any(|duty| duty.id == "course-dates"));
    }
    assert!(with_course > 3);
}

#[test]
fn programs_get_the_same_page_from_the_address_and_the_command() {
    let server = Server::start();
    let words = crate::support::SOCIAL_WORKER;
    let served = server.get(&format!("/arbeitgeber.json?{}", words.join("&")));
    assert_eq!(served.status, 200);
    let served: Value = serde_json::from_str(&served.body).unwrap();
    let day = format!("--date={TODAY}");
    let said = printed(&lotse(&[&["employer", day.as_str()], words].concat()));
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(served, said);
    assert_eq!(served["roles"][0]["under"], "§ 4 Absatz 2 PersVO");
    assert!(served["code"].as_str().unwrap().len() > 8);
    let strange = server.get(&format!("/arbeitgeber.json?{}", encoded("goal=atlantis")));
    assert!(strange.status == 400 || strange.status == 404, "{}", strange.status);
    assert_eq!(server.get("/arbeitgeber.json?goal=ogs").status, 404, "where there is no page, a program is told so");
}
