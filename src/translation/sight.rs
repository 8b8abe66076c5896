//! What people see: on how many sheets of the Musterfälle each text stands.

use std::collections::HashMap;

use crate::interview::{Answers, evaluate};
use crate::language::{Lang, Round, Text, marked, round};
use crate::rulebook::Rulebook;
use crate::sheet::compose_for_person;
use crate::since::tell_ahead;

/// On how many of how many sheets each text stands.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    sheets: usize,
    on: HashMap<Text, usize>,
}

impl Sight {
    /// Composes the sheets of all Musterfälle in the language in which every text says its own name, on the day up to which
    /// the law is known, so that the same rules give the same figures.
    pub fn of(rulebook: &Rulebook) -> Self {
        let lang = Lang::made_up();
        let mut sight = Self { sheets: rulebook.cases.len(), on: HashMap::new() };
        for (_, _, case) in rulebook.cases.iter() {
            let mut answers = Answers::default();
            case.answers.iter().for_each(|(question, values)| answers.set(*question, *values));
            let day = case.date.unwrap_or(rulebook.knowledge_date);
            let evaluation = evaluate(rulebook, &answers, day);
            let mut sheet = compose_for_person(rulebook, &answers, &evaluation, day, &lang);
            tell_ahead(&mut sheet, rulebook, &answers, &evaluation, &lang);
            let written = serde_json::to_string(&sheet).unwrap_or_default();
            let mut seen: Vec<Text> = marked::names(&written).filter_map(|id| rulebook.texts.find(id)).collect();
            seen.sort_unstable();
            seen.dedup();
            for text in seen {
                *sight.on.entry(text).or_default() += 1;
            }
        }
        sight
    }

    /// How many sheets were looked at.
    pub fn sheets(&self) -> usize {
        self.sheets
    }

    /// On how many of them a text stands. What the wizard says, everybody sees.
    pub fn on(&self, rulebook: &Rulebook, text: Text) -> usize {
        match round(rulebook.texts.id(text), rulebook.texts.german(text)) {
            Some(Round::Wizard) => self.sheets,
            _ => self.on.get(&text).copied().unwrap_or_default(),
        }
    }
}
