//! Changes in words: conditions on answers, and what differs between two views.

use serde_json::Value;

use super::Comparison;
use super::meaning::Version;
use super::people::{Described, Domain, Feature};
use super::told::{Difference, Trait};
use super::view::View;
use crate::rulebook::{Condition, Id, ValueSet};
use crate::sheet::day;
use crate::terms::Validity;

impl Comparison<'_> {
    /// A condition in words.
    pub fn traits(&self, domain: &Domain, described: &Described) -> Vec<Trait> {
        let mut traits: Vec<Trait> = Vec::new();
        let mut features: Vec<(&Feature, &ValueSet)> = described.iter().collect();
        // In the order in which a person is asked; what follows from answers comes last.
        features.sort_by_key(|(feature, _)| match feature {
            Feature::Answer(var) | Feature::Chosen(var, _) => (0, *var),
            Feature::Derived(_, fact) => (1, fact.index()),
        });
        for (feature, values) in features {
            match *feature {
                Feature::Answer(var) => {
                    let asked = &domain.asked[var];
                    let all = ValueSet::first(asked.options.len());
                    let rest = all.minus(values);
                    let not = rest.len() < values.len() && rest.len() <= 3;
                    let shown = if not { &rest } else { values };
                    traits.push(Trait {
                        fact: asked.name.clone(),
                        label: self.question_label(&asked.name),
                        values: shown.iter().map(|at| self.option_text(&asked.name, &asked.options[at])).collect(),
                        not,
                    });
                }
                Feature::Chosen(var, class) => {
                    let asked = &domain.asked[var];
                    traits.push(Trait {
                        fact: asked.name.clone(),
                        label: self.question_label(&asked.name),
                        values: asked.classes[class]
                            .iter()
                            .map(|at| self.option_text(&asked.name, &asked.options[at]))
                            .collect(),
                        not: !values.contains(1),
                    });
                }
                Feature::Derived(side, fact) => {
                    let rulebook = self.sides[side].rulebook;
                    let entry = &rulebook.facts[fact];
                    let rest = ValueSet::first(entry.values.len()).minus(values);
                    let not = rest.len() < values.len() && rest.len() <= 3;
                    let shown = if not { &rest } else { values };
                    traits.push(Trait {
                        fact: rulebook.facts.name(fact).to_owned(),
                        label: self.say(side, entry.label),
                        values: shown.iter().map(|at| self.say(side, entry.values[Id::new(at)])).collect(),
                        not,
                    });
                }
            }
        }
        traits
    }

    fn question_label(&self, name: &str) -> String {
        let found = [1, 0].into_iter().find_map(|side| {
            let version = &self.sides[side];
            let id = Version::find(&version.names.questions, name, &version.rulebook.questions)?;
            Some(self.say(side, version.rulebook.questions[id].label))
        });
        found.unwrap_or_else(|| name.to_owned())
    }

    fn option_text(&self, question: &str, option: &str) -> String {
        let found = [1, 0].into_iter().find_map(|side| {
            let version = &self.sides[side];
            let id = Version::find(&version.names.questions, question, &version.rulebook.questions)?;
            let at = version.names.options[id.index()].iter().position(|known| known == option)?;
            Some(self.say(side, version.rulebook.questions[id].options[Id::new(at)].text))
        });
        found.unwrap_or_else(|| option.to_owned())
    }

    /// A condition written in the rules.
    pub fn condition(&self, side: usize, condition: &Condition) -> String {
        let rulebook = self.sides[side].rulebook;
        let values: Vec<String> =
            condition.values.iter().map(|value| self.say(side, rulebook.value_text(condition.fact, value))).collect();
        format!("{}: {}", self.say(side, rulebook.fact_label(condition.fact)), values.join(" oder "))
    }
}

/// What differs between two views, for readers; nothing where only one side says something.
pub fn differences(views: &[Option<View>; 2]) -> Vec<Difference> {
    let [Some(before), Some(after)] = views else { return Vec::new() };
    let mut list = Vec::new();
    let mut compare = |what: &'static str, before: &str, after: &str| {
        if before != after {
            list.push(Difference { what, before: before.to_owned(), after: after.to_owned() });
        }
    };
    let (old, new) = (&before.told, &after.told);
    if before.outcome != after.outcome {
        compare("outcome", &old.title, &new.title);
    }
    compare("standing", &old.standing, &new.standing);
    compare("decides", &old.decides, &new.decides);
    compare("certainty", &old.certainty, &new.certainty);
    compare("valid", &old.valid, &new.valid);
    compare("german", &old.german, &new.german);
    let titles = |view: &View, other: &View| -> String {
        let gone = view.steps.iter().filter(|(name, _, _)| !other.steps.iter().any(|(known, _, _)| known == name));
        gone.map(|(_, title, _)| title.clone()).collect::<Vec<_>>().join("; ")
    };
    compare("steps", &titles(before, after), &titles(after, before));
    let order = |view: &View, other: &View| -> Vec<String> {
        let kept = view.steps.iter().filter(|(name, _, _)| other.steps.iter().any(|(known, _, _)| known == name));
        kept.map(|(name, _, _)| name.clone()).collect()
    };
    if order(before, after) != order(after, before) {
        compare("order", &old.steps.join(" → "), &new.steps.join(" → "));
    }
    for (name, title, substance) in &after.steps {
        if let Some((_, _, known)) =
            before.steps.iter().find(|(known, _, _)| known == name).filter(|(_, _, known)| known != substance)
        {
            let (a, b) = step_difference(known, substance);
            compare("step", &format!("{title}: {a}"), &format!("{title}: {b}"));
        }
    }
    let only = |own: &[String], other: &[String]| {
        own.iter().filter(|name| !other.contains(name)).cloned().collect::<Vec<_>>().join("; ")
    };
    compare("offices", &only(&old.offices, &new.offices), &only(&new.offices, &old.offices));
    compare("basis", &only(&old.basis, &new.basis), &only(&new.basis, &old.basis));
    list
}

/// The parts of a step that differ, as they are written.
fn step_difference(before: &Value, after: &Value) -> (String, String) {
    const PARTS: [&str; 7] = ["Kosten", "Dauer", "Stellen", "Unterlagen", "Quellen", "Verbindlichkeit", "Geltung"];
    let mut sides = (Vec::new(), Vec::new());
    for (at, part) in PARTS.iter().enumerate() {
        let (a, b) = (&before[at], &after[at]);
        if a != b {
            sides.0.push(format!("{part} {}", plain(a)));
            sides.1.push(format!("{part} {}", plain(b)));
        }
    }
    (sides.0.join("; "), sides.1.join("; "))
}

/// A coded value without brackets and quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        // An office told by a fact that is decided differently now has no name of its own.
        Value::String(text) if text.starts_with('#') => "je nach Antworten".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "keine".to_owned(),
        Value::Array(list) => list.iter().map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// From when until when something holds.
pub fn period(valid: Validity) -> String {
    match (valid.from, valid.until) {
        (None, None) => "ohne Ende".to_owned(),
        (Some(from), None) => format!("ab {}", day(from.0)),
        (None, Some(until)) => format!("bis {}", day(until.0)),
        (Some(from), Some(until)) => format!("{} bis {}", day(from.0), day(until.0)),
    }
}
