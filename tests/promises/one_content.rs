//! One content in all forms: what the data of a sheet says stands on its page and in its text, and the program prints what the
//! site sends.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::html::{elements, name, parse, text};
use crate::support::{RULES, Server, cases, lotse, printed};

/// What is told to a reader; the rest names, numbers and dates it.
const TOLD: [&str; 8] = ["title", "says", "watch_out", "form_says", "if_missing", "issued_by", "find", "because"];

/// Every text of these kinds in some data.
fn told(data: &Value, all: &mut BTreeSet<String>) {
    match data {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text) if TOLD.contains(&key.as_str()) && !text.is_empty() => {
                        all.insert(in_one_line(text));
                    }
                    _ => told(value, all),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| told(value, all)),
        _ => {}
    }
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The main part of a page, as it reads.
fn main_part(page: &str) -> String {
    let page = parse(page);
    let all = elements(&page.document);
    in_one_line(&text(all.iter().find(|element| name(element) == "main").expect("a main part")))
}

/// How many cases are looked at: every so many-th, so that each run takes a moment.
const EVERY: usize = 12;

#[test]
fn page_and_text_say_all_that_the_data_says() {
    let server = Server::start();
    let mut silent = BTreeSet::new();
    for (case, answers, date) in cases().step_by(EVERY) {
        let pairs: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let query = format!("{}&datum={date}", pairs.join("&"));
        let data: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{query}")).body).unwrap();
        let page = main_part(&server.get(&format!("/blatt?{query}&druck=alles")).body);
        let plain = in_one_line(&server.get(&format!("/blatt.txt?{query}&druck=alles")).body);
        let mut all = BTreeSet::new();
        told(&data["blocks"], &mut all);
        assert!(all.len() > 20, "{case} says next to nothing");
        for says in &all {
            if !page.contains(says) {
                silent.insert(format!("the page of {case} lacks: {says}"));
            }
            if !plain.contains(says) {
                silent.insert(format!("the text of {case} lacks: {says}"));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_short_page_opens_with_what_the_data_opens_with() {
    let server = Server::start();
    for (case, answers, date) in cases().step_by(EVERY) {
        let pairs: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let query = format!("{}&datum={date}", pairs.join("&"));
        let data: Value = serde_json::from_str(&server.get(&format!("/blatt.json?{query}")).body).unwrap();
        let page = main_part(&server.get(&format!("/blatt?{query}")).body);
        let desk = main_part(&server.get(&format!("/beratung?{query}")).body);
        let blocks = data["blocks"].as_array().unwrap();
        let block = |wanted: &str| blocks.iter().find(|block| block["block"] == wanted);
        let mut all = BTreeSet::new();
        ["opening", "now"].into_iter().filter_map(block).for_each(|block| told(block, &mut all));
        for says in &all {
            assert!(page.contains(says), "the page of {case} lacks: {says}");
        }
        for way in block("ways").into_iter().flat_map(|block| block["ways"].as_array().unwrap()) {
            let title = in_one_line(way["title"].as_str().unwrap());
            assert!(page.contains(&title), "the page of {case} lacks the way: {title}");
            assert!(desk.contains(&title), "the desk of {case} lacks the way: {title}");
        }
    }
}

#[test]
fn the_program_prints_what_the_site_sends() {
    let server = Server::start();
    let (_, answers, date) = cases().next().unwrap();
    let pairs: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
    let query = format!("{}&datum={date}", pairs.join("&"));
    let date = date.to_string();
    let mut words = vec!["sheet", "--date", &date];
    words.extend(pairs.iter().map(String::as_str));
    let data = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let json = printed(&lotse(&[&words[..], &["--format", "json"]].concat()));
    assert_eq!(data(&json), data(&server.get(&format!("/blatt.json?{query}")).body));
    assert_eq!(printed(&lotse(&words)), server.get(&format!("/blatt.txt?{query}")).body);
}
