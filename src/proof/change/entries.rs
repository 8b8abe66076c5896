//! What changed beside the pathways: sources, offices, papers, questions, order rules.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Comparison;
use super::meaning::Version;
use super::told::EntryChange;
use crate::rulebook::{Authority, OrderRule, Paper, Question, Source};
use crate::sheet::day;

impl Comparison<'_> {
    /// What changed beside the pathways.
    pub fn entries(&self) -> Vec<EntryChange> {
        let mut entries = Entries { comparison: self, list: Vec::new() };
        entries.all();
        entries.list
    }
}

struct Entries<'c> {
    comparison: &'c Comparison<'c>,
    list: Vec<EntryChange>,
}

impl Entries<'_> {
    fn all(&mut self) {
        let [old, new] = &self.comparison.sides;
        macro_rules! kind {
            ($kind:literal, $field:ident, $title:ident, $parts:expr) => {{
                for (id, name, entry) in new.rulebook.$field.iter() {
                    let title = self.comparison.say(1, entry.$title);
                    let shared = &new.names.$field[id.index()];
                    match Version::find(&old.names.$field, shared, &old.rulebook.$field) {
                        None => self.push($kind, name, &title, "neu", String::new(), title.clone()),
                        Some(twin) => {
                            let before = $parts(0, &old.rulebook.$field[twin]);
                            let after = $parts(1, entry);
                            for ((what, before), (_, after)) in before.into_iter().zip(after) {
                                if before != after {
                                    self.push($kind, name, &title, what, before, after);
                                }
                            }
                        }
                    }
                }
                for (id, name, entry) in old.rulebook.$field.iter() {
                    if !new.names.$field.contains(&old.names.$field[id.index()]) {
                        let title = self.comparison.say(0, entry.$title);
                        self.push($kind, name, &title, "entfällt", title.clone(), String::new());
                    }
                }
            }};
        }
        let comparison = self.comparison;
        let dated = |known: Option<Date>| known.map(day).unwrap_or_default();
        kind!("Quelle", sources, title, |_: usize, e: &Source| vec![
            ("Adresse", e.url.clone().unwrap_or_default()),
            ("Stand", dated(e.state)),
            ("geprüft am", day(e.checked_on)),
            ("Herausgeber", e.publisher.clone()),
        ]);
        kind!("Stelle", authorities, name, |side: usize, e: &Authority| vec![
            ("Post", e.post.clone().unwrap_or_default()),
            ("Telefon", e.phone.clone().unwrap_or_default()),
            ("E-Mail", e.email.clone().unwrap_or_default()),
            ("Internet", e.url.clone().unwrap_or_default()),
            ("kostenlos", if e.free { "ja".to_owned() } else { "nein".to_owned() }),
            ("Verbindlichkeit", comparison.word(side, &format!("certainty.{}", e.certainty.into_str()))),
        ]);
        kind!("Unterlage", papers, name, |side: usize, e: &Paper| {
            let coded = |value: Value, family: &str| {
                comparison.word(side, &format!("{family}.{}", value.as_str().unwrap_or_default()))
            };
            vec![
                ("Form", coded(json!(e.form), "paper-form")),
                ("Übersetzung", coded(json!(e.translation), "translation")),
                ("Verbindlichkeit", comparison.word(side, &format!("certainty.{}", e.certainty.into_str()))),
            ]
        });
        kind!("Frage", questions, text, |side: usize, e: &Question| {
            let version = &comparison.sides[side];
            let id =
                version.rulebook.questions.iter().find(|(_, _, known)| std::ptr::eq(*known, e)).map(|(id, _, _)| id);
            let names = id.and_then(|id| version.names.options.get(id.index()).cloned()).unwrap_or_default();
            // Options by their shared names, so that another wording is no other option.
            let options: Vec<String> = names.iter().map(|name| name.trim_start_matches('\u{1}').to_owned()).collect();
            let asked_if: Vec<String> =
                e.asked_if.iter().map(|condition| comparison.condition(side, condition)).collect();
            vec![
                ("Antworten", options.join(", ")),
                ("wird gestellt, wenn", asked_if.join(" und ")),
                ("nur in der Beratung", if e.only_at_desk { "ja".to_owned() } else { "nein".to_owned() }),
            ]
        });
        let rules = |side: usize| -> BTreeMap<String, (String, String)> {
            let version = &comparison.sides[side];
            let rule = |rule: &OrderRule| {
                let mut then: Vec<String> = Version::names_of(&version.names.steps, &rule.then);
                then.sort();
                let key = json!([Version::name_of(&version.names.steps, rule.first), then, rule.brings]).to_string();
                (key, (rule.id.clone(), comparison.say(side, rule.says)))
            };
            version.rulebook.order.iter().map(rule).collect()
        };
        let (before, after) = (rules(0), rules(1));
        for (key, (id, says)) in &after {
            if !before.contains_key(key) {
                self.push("Reihenfolge", id, says, "neu", String::new(), says.clone());
            }
        }
        for (key, (id, says)) in &before {
            if !after.contains_key(key) {
                self.push("Reihenfolge", id, says, "entfällt", says.clone(), String::new());
            }
        }
    }

    fn push(&mut self, kind: &'static str, id: &str, name: &str, what: &'static str, before: String, after: String) {
        self.list.push(EntryChange { kind, id: id.to_owned(), name: name.to_owned(), what, before, after });
    }
}
