//! The interview is short, goes back, forgets nothing that still makes sense, and is the same in the terminal.

use std::io::Write as _;
use std::process::Stdio;

use lotse::interview::{Answers, Interview, evaluate, horizon, length_at_most, next, outcomes, replay};
use lotse::rulebook::ValueSet;
use lotse::walk::Memory;
use proptest::prelude::*;

use crate::support::{RULES, Server, TODAY, answers, cases, program, tries};

fn name(question: lotse::rulebook::Id<lotse::rulebook::Question>) -> &'static str {
    RULES.questions.name(question)
}

#[test]
fn changing_an_answer_keeps_later_ones_that_still_make_sense() {
    let before = answers(&[
        "goal=kita",
        "qualification-kind=university-degree",
        "letter-result=none",
        "completed=yes",
        "study-field=social-work",
        "german-level=b2",
        "district=05913",
    ]);
    let mut changed = before.clone();
    let field = RULES.questions.id("study-field").unwrap();
    changed.set(field, answers(&["study-field=psychology"]).get(field).unwrap());
    let mut replay = replay(&RULES, &changed, TODAY);
    for question in ["goal", "qualification-kind", "completed", "study-field"] {
        assert!(replay.answers.get(RULES.questions.id(question).unwrap()).is_some(), "{question} was lost");
    }
    // The rest waits in the link until its question comes up again.
    while let Some(question) = replay.next {
        let values = before.get(question).unwrap_or_else(|| ValueSet::only(RULES.questions[question].unknown));
        changed.set(question, values);
        replay = lotse::interview::replay(&RULES, &changed, TODAY);
    }
    for question in ["german-level", "district"] {
        let id = RULES.questions.id(question).unwrap();
        assert_eq!(replay.answers.get(id), before.get(id), "{question}");
    }
}

#[test]
fn changing_an_answer_drops_later_ones_that_make_no_sense_any_more() {
    let words = [
        "goal=kita",
        "qualification-kind=none",
        "anabin-institution=h-plus",
        "study-field=social-work",
        "completed=yes",
    ];
    let replay = replay(&RULES, &answers(&words), TODAY);
    for question in ["anabin-institution", "study-field", "completed"] {
        assert!(replay.answers.get(RULES.questions.id(question).unwrap()).is_none(), "{question} was kept");
    }
    let page = Server::start().get(&format!("/blatt.txt?{}", words.join("&")));
    assert!(!page.body.contains("H+"), "an answer without meaning reached the sheet");
}

#[test]
fn papers_that_nobody_can_get_are_asked_for_after_the_whole_anabin_search_too() {
    // A teacher of small children from Kharkiv, her diplomas in Poltava.
    let known = [
        "goal=kita,protected-title",
        "qualification-kind=university-degree",
        "completed=yes",
        "study-field=early-childhood-education",
        "country-of-training=UA",
        "letter-result=none",
        "zab-statement=none",
        "anabin-institution=h-plus",
        "anabin-degree=entspricht",
        "anabin-subject-match=yes",
        "home-licence=yes",
        "stage=not-applied",
        "district=05913",
        "german-level=b1",
    ];
    let replay = replay(&RULES, &answers(&known), TODAY);
    assert_eq!(replay.next.map(name), Some("papers"), "after {} questions", replay.path.len());
    assert!(replay.path.len() < longest());
    let ways = |papers: &str| -> Vec<String> {
        let said: Vec<&str> = known.iter().copied().chain([papers]).collect();
        evaluate(&RULES, &answers(&said), TODAY).findings.iter().map(|finding| finding.id(&RULES)).collect()
    };
    let (lost, complete) = (ways("papers=missing-unobtainable"), ways("papers=complete"));
    assert!(lost.iter().any(|way| !complete.contains(way)), "{lost:?}");
}

#[test]
fn the_address_of_a_change_shows_the_question_with_its_answer_chosen() {
    let server = Server::start();
    let page = server.get("/fragen?goal=kita,ogs&qualification-kind=none&aendern=goal");
    assert_eq!(page.status, 200);
    for option in ["kita", "ogs"] {
        let field = page.body.split("<input").find(|field| field.contains(&format!(r#"value="{option}""#))).unwrap();
        assert!(field.split('>').next().unwrap().contains("checked"), "{option}");
    }
    assert!(page.body.contains(r#"name="qualification-kind" value="none""#), "the other answer travels along");
}

/// The longest interview, as the proof holds it to be.
fn longest() -> usize {
    RULES.longest_interview.as_ref().expect("rulebook.yaml says it").value
}

#[test]
fn the_start_page_says_how_long_the_longest_interview_is() {
    let page = Server::start().get("/");
    assert!(page.body.contains(&format!("höchstens {}<", longest())), "{}", page.body);
}

#[test]
fn each_question_says_its_number_and_how_many_may_come_at_most() {
    let server = Server::start();
    let mut given: Vec<String> = Vec::new();
    let mut last_bound = longest();
    for number in 1.. {
        let page = server.get(&format!("/fragen?{}", given.join("&")));
        if page.status != 200 {
            assert!(page.header("location").is_some_and(|place| place.starts_with("/pruefen")));
            break;
        }
        let progress = page.body.split(r#"class="progress">"#).nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        let numbers: Vec<usize> = progress.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers.len(), 2, "{progress}");
        assert_eq!(numbers[0], number, "{progress}");
        assert!(numbers[1] >= number && numbers[1] <= last_bound, "{progress} after at most {last_bound}");
        last_bound = numbers[1];
        let asked = page.body.split(r#"name="frage" value=""#).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let first = if asked == "goal" { "kita" } else { "unknown" };
        given.push(format!("{asked}={first}"));
        assert!(number < 30, "the interview does not end");
    }
    assert!(given.len() >= 5);
}

/// Walks an interview to its end: at each question the option is chosen by the next number of `choices`.
fn walk(choices: &[u16]) -> Vec<usize> {
    let mut answers = Answers::default();
    let mut bounds = Vec::new();
    let mut choices = choices.iter().cycle();
    loop {
        bounds.push(horizon(&RULES, &answers, TODAY).len());
        let Some(question) = next(&RULES, &answers, TODAY) else { return bounds };
        let choice = usize::from(*choices.next().unwrap());
        answers.set(question, ValueSet::only(choice % RULES.questions[question].options.len()));
    }
}

proptest! {
    #![proptest_config(tries(150))]

    #[test]
    fn how_many_questions_may_still_come_never_grows_and_is_never_too_few(choices in prop::collection::vec(any::<u16>(), 16)) {
        let bounds = walk(&choices);
        let asked = bounds.len() - 1;
        for (at, pair) in bounds.windows(2).enumerate() {
            prop_assert!(pair[1] < pair[0], "after {} answers {} may come, one later {}", at, pair[0], pair[1]);
        }
        for (at, bound) in bounds.iter().enumerate() {
            prop_assert!(*bound >= asked - at, "{} were promised at most, {} came", bound, asked - at);
        }
        prop_assert_eq!(bounds.last(), Some(&0), "the interview is over and questions are still announced");
    }

    #[test]
    fn walking_the_interview_again_with_its_own_answers_changes_nothing(choices in prop::collection::vec(any::<u16>(), 16)) {
        let mut given = Answers::default();
        let mut choices = choices.iter().cycle();
        let mut path = Vec::new();
        while let Some(question) = next(&RULES, &given, TODAY) {
            let choice = usize::from(*choices.next().unwrap()) % RULES.questions[question].options.len();
            given.set(question, ValueSet::only(choice));
            path.push(question);
        }
        let again = replay(&RULES, &given, TODAY);
        prop_assert_eq!(again.answers, given);
        prop_assert_eq!(again.next, None);
        prop_assert_eq!(again.path, path);
    }
}

proptest! {
    #![proptest_config(tries(150))]

    #[test]
    fn an_interview_that_goes_on_asks_what_one_that_begins_anew_would_ask(choices in prop::collection::vec(any::<u16>(), 16)) {
        let mut going = Interview::new(&RULES, &Answers::default(), TODAY);
        let mut choices = choices.iter().cycle();
        loop {
            let coming = horizon(&RULES, going.answers(), TODAY);
            prop_assert_eq!(going.next(), next(&RULES, going.answers(), TODAY));
            let Some(question) = going.next() else { break };
            prop_assert!(coming.contains(&question), "{} comes unforeseen", name(question));
            let choice = usize::from(*choices.next().unwrap()) % RULES.questions[question].options.len();
            going.answer(ValueSet::only(choice));
        }
    }

    #[test]
    fn without_reasons_the_same_outcomes_are_found(choices in prop::collection::vec(any::<u16>(), RULES.questions.len())) {
        let mut answers = Answers::default();
        for ((id, _, question), choice) in RULES.questions.iter().zip(choices) {
            // Every fourth question is left out.
            let choice = usize::from(choice) % (question.options.len() * 4 / 3 + 1);
            if choice < question.options.len() {
                answers.set(id, ValueSet::only(choice));
            }
        }
        let mut memory = Memory::new(&RULES);
        for _ in 0..2 {
            let found: Vec<_> = outcomes(&RULES, &answers, TODAY, &mut memory).collect();
            let evaluation = evaluate(&RULES, &answers, TODAY);
            prop_assert_eq!(found, evaluation.findings.iter().map(|found| (found.pathway, found.outcome)).collect::<Vec<_>>());
            // The same room serves another person.
            answers = answers.only(|question| question.index() % 2 == 0);
        }
    }

    #[test]
    fn the_number_shown_never_grows_and_is_never_too_small(choices in prop::collection::vec(any::<u16>(), 16)) {
        // What the page shows: questions put so far, and how many may come at most.
        let mut answers = Answers::default();
        let mut shown = Vec::new();
        let mut choices = choices.iter().cycle();
        while let Some(question) = next(&RULES, &answers, TODAY) {
            shown.push(length_at_most(&RULES, shown.len(), &answers, TODAY));
            let choice = usize::from(*choices.next().unwrap()) % RULES.questions[question].options.len();
            answers.set(question, ValueSet::only(choice));
        }
        prop_assert!(shown.is_sorted_by(|before, after| before >= after), "{:?}", shown);
        prop_assert!(shown.iter().all(|bound| *bound >= shown.len()), "{:?} for {} questions", shown, shown.len());
    }
}

fn ask(typed: &str) -> String {
    let mut terminal =
        program().args(["ask", "--date", "2026-11-22"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    terminal.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = terminal.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_terminal_asks_the_same_questions_in_the_same_order_and_ends_in_the_same_sheet() {
    // By the ids of the options, with the empty line for "I do not know".
    let person = [
        ("goal", "kita"),
        ("qualification-kind", "university-degree"),
        ("completed", "yes"),
        ("study-field", "social-work"),
        ("anabin-institution", "h-plus"),
        ("anabin-degree", "entspricht"),
        ("anabin-subject-match", "yes"),
        ("district", "05913"),
        ("german-level", "b2"),
    ];
    let mut given = Answers::default();
    let mut typed = String::new();
    let mut texts = Vec::new();
    while let Some(question) = next(&RULES, &given, TODAY) {
        let known = person.iter().find(|(key, _)| *key == name(question)).map(|(_, option)| *option);
        typed += &format!("{}\n", known.unwrap_or_default());
        let (answered, _) = Answers::read(&RULES, [(name(question), known.unwrap_or("unknown"))]);
        given.set(question, answered.get(question).unwrap());
        texts.push(RULES.texts.say(&lotse::language::Lang::german(), RULES.questions[question].text));
    }
    let said = ask(&typed);
    let mut rest = said.as_str();
    for text in texts {
        let at = rest.find(text).unwrap_or_else(|| panic!("`{text}` was not asked, or not in this order"));
        rest = &rest[at + text.len()..];
    }
    let query: Vec<String> = given.pairs(&RULES).into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    let web = Server::start().get(&format!("/blatt.txt?{}&datum=2026-11-22", query.join("&")));
    assert!(said.ends_with(&web.body), "the sheet of the terminal is another one");
}

#[test]
fn the_terminal_explains_goes_back_and_asks_again_what_it_did_not_understand() {
    let said = ask("?\nkita\nz\nxyz\nogs\n");
    let goal = RULES.questions.id("goal").unwrap();
    let text = RULES.texts.say(&lotse::language::Lang::german(), RULES.questions[goal].text);
    assert_eq!(said.matches(text).count(), 4, "asked, explained and asked, gone back to, not understood and asked");
    assert!(said.contains(RULES.texts.say(&lotse::language::Lang::german(), RULES.questions[goal].why)));
    assert!(said.contains("Meine nächsten Schritte"), "the sheet comes even if the answers end early");
}

#[test]
fn asking_and_finding_outcomes_takes_no_memory_once_there_is_room() {
    let people: Vec<Answers> = cases().map(|(_, answers, _)| answers).collect();
    let nobody = Answers::default();
    let mut interview = Interview::new(&RULES, &nobody, TODAY);
    let mut memory = Memory::new(&RULES);
    let mut all = || {
        for person in &people {
            interview.begin(&nobody);
            while let Some(question) = interview.next() {
                let unknown = ValueSet::only(RULES.questions[question].unknown);
                interview.answer(person.get(question).unwrap_or(unknown));
            }
            assert!(outcomes(&RULES, person, TODAY, &mut memory).count() > 0);
        }
    };
    all();
    assert_eq!(allocation_counter::measure(all).count_total, 0);
}
