//! The days of a sheet go into any calendar: plain events, each with a link back, none of them a deadline we invented.

use std::collections::BTreeSet;

use icalendar::{Calendar, Component as _, Event};
use jiff::civil::date;
use lotse::picture::sheet_in_calendar;
use lotse::sheet::Block;
use proptest::prelude::*;

use crate::support::{RULES, Server, TODAY, answers, first_steps, lotse, printed, sheet, tries};

/// Somebody in a pilot that ends: a day ahead, an end, reviews and first steps.
const PILOT: &str = "goal=kita&qualification-kind=university-degree&completed=yes&study-field=non-pedagogical&\
    country-of-training=BR&letter-result=none&fits-kita-profile=yes&kita-employer=awo-proki&hours-160=80-159&\
    district=05566&german-level=b2";

fn events(text: &str) -> Vec<Event> {
    let calendar: Calendar = text.parse().expect("the file is read back");
    calendar.events().cloned().collect()
}

fn value(event: &Event, name: &str) -> String {
    event.property_value(name).unwrap_or_default().to_owned()
}

fn kind(event: &Event) -> String {
    value(event, "UID").split('-').next().unwrap_or_default().to_owned()
}

#[test]
fn a_calendar_program_reads_every_day_of_the_sheet() {
    let answer = Server::start().get(&format!("/blatt.ics?{PILOT}"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    let events = events(&answer.body);
    let kinds: BTreeSet<String> = events.iter().map(kind).collect();
    assert_eq!(kinds.iter().map(String::as_str).collect::<Vec<_>>(), ["ahead", "review", "step", "until"]);
    let on = |of: &str, day: &str| events.iter().find(|event| kind(event) == of && value(event, "DTSTART") == day);
    let ahead = on("ahead", "20281001").expect("the first day on which the pilot is over");
    assert!(value(ahead, "DESCRIPTION").contains("ProKi"), "{}", value(ahead, "DESCRIPTION"));
    assert!(on("until", "20280930").is_some(), "its last day");
    for event in &events {
        assert_eq!(value(event, "DTSTAMP"), "20261122T000000Z", "the sheet's day, not a clock");
        assert_eq!(value(event, "TRANSP"), "TRANSPARENT");
        let link = value(event, "URL");
        assert!(link.starts_with("http://lotse.test/blatt?goal=kita&"), "{link}");
        assert!(link.ends_with(&format!("&datum=2026-11-22&stand={}", RULES.version)), "{link}");
    }
}

#[test]
fn with_a_letter_on_the_table_the_reminders_come_the_next_days() {
    let letter = "goal=kita&qualification-kind=university-degree&letter-result=refusal&letter-land=nrw";
    let server = Server::start();
    let days = |address: &str| -> Vec<String> {
        let events = events(&server.get(address).body);
        events.iter().filter(|event| kind(event) == "step").map(|event| value(event, "DTSTART")).collect()
    };
    let soon = ["20261123", "20261124", "20261125"];
    assert_eq!(days(&format!("/blatt.ics?{letter}")), soon);
    assert_eq!(days(&format!("/blatt.ics?{letter}&brief=2026-11-20")), soon);
    assert_eq!(days("/blatt.ics?goal=kita")[0], "20261206");
    // The day is told, and no deadline is worked out from it.
    let sheet = server.get(&format!("/blatt.txt?{letter}&brief=2026-11-20")).body;
    let without = server.get(&format!("/blatt.txt?{letter}")).body;
    let more: Vec<&str> = sheet.lines().filter(|line| !without.contains(line)).collect();
    // What to read today, and the same for whoever is called: three lines.
    assert!(more.len() <= 3, "{more:?}");
    assert!(more[0].contains("20.11.2026"), "{more:?}");
}

#[test]
fn a_reminder_is_our_proposal_and_says_so() {
    let events = events(&Server::start().get(&format!("/blatt.ics?{PILOT}")).body);
    let steps: Vec<&Event> = events.iter().filter(|event| kind(event) == "step").collect();
    let days: Vec<String> = steps.iter().map(|event| value(event, "DTSTART")).collect();
    let words: Vec<&str> = PILOT.split('&').collect();
    let first = first_steps(&sheet(&answers(&words), TODAY)).len();
    assert!(first > 1, "somebody with several first steps");
    // The later ones fall on Sundays, when nobody answers.
    assert_eq!(days, ["20261206", "20261221", "20270104"][..first], "one every other week");
    for event in steps {
        assert!(value(event, "DESCRIPTION").contains("Er ist keine Frist."), "{}", value(event, "DESCRIPTION"));
    }
}

#[test]
fn the_file_keeps_to_the_form_of_calendar_files() {
    let body = Server::start().get(&format!("/blatt.ics?{PILOT}")).body;
    assert!(body.starts_with("BEGIN:VCALENDAR\r\n") && body.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(body.matches('\n').count(), body.matches("\r\n").count());
    let long: Vec<&str> = body.split("\r\n").filter(|line| line.len() > 75).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn a_file_taken_in_again_moves_its_events_instead_of_doubling_them() {
    let uids = |server: &Server, answers: &str| -> BTreeSet<String> {
        events(&server.get(&format!("/blatt.ics?{answers}")).body).iter().map(|event| value(event, "UID")).collect()
    };
    let (today, later) = (Server::start(), Server::on(date(2026, 12, 24)));
    let first = uids(&today, PILOT);
    assert_eq!(first, uids(&later, PILOT));
    let others = uids(&today, &PILOT.replace("german-level=b2", "german-level=c1"));
    assert!(first.is_disjoint(&others), "two people never share an event");
}

#[test]
fn the_terminal_writes_the_same_days_without_a_link() {
    let words: Vec<&str> = PILOT.split('&').chain(["--date", "2026-11-22", "--format", "ics"]).collect();
    let events = events(&printed(&lotse(&[&["sheet"], &words[..]].concat())));
    assert!(events.len() > 4);
    assert!(events.iter().all(|event| event.property_value("URL").is_none()));
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn whatever_a_step_is_called_a_calendar_program_reads_it_as_it_is(
        title in "([ -~äöüß„“–€§]|[;,:\\\\\n]|\u{1F600}|\\PC){0,200}",
    ) {
        let words: Vec<&str> = PILOT.split('&').collect();
        let mut sheet = sheet(&answers(&words), TODAY);
        for block in &mut sheet.blocks {
            if let Block::Now(steps) = block {
                steps.steps[0].title.clone_from(&title);
            }
        }
        let text = sheet_in_calendar(&RULES, &sheet, None);
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        let step = events(&text).into_iter().find(|event| kind(event) == "step").expect("the first step");
        let says = step.get_description().expect("a description");
        prop_assert!(says.starts_with(&title), "{says:?}");
    }
}
