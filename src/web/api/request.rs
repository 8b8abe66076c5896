//! What requests may hold.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use strum::{EnumString, VariantNames};

use super::body::escaped;
use super::problem::{Fault, Kind, Problem};
use crate::interview::{Answers, MOST_TOLD, Misfit, MisfitKind, said};
use crate::rulebook::Rulebook;
use crate::web::{FIRST_DAY, LAST_DAY};

/// The most people in one request.
pub const MOST_PEOPLE: usize = 1_000;

/// For so many faults the words of all options are looked through in every language for what was meant: a request that means
/// nothing must not cost more than one that does.
const MOST_SAID: usize = 5;

/// Somebody: what they answered, on which day, and in which language they are told.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRequest {
    /// What the person answered so far.
    #[serde(default)]
    pub answers: Given,
    /// The day to look at; today in North Rhine-Westphalia if left out.
    pub date: Option<AskedDay>,
    /// Language of the texts, one of those of the rulebook; the first of them if left out.
    pub lang: Option<String>,
}

/// Somebody who wants the sheet of next steps.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRequest {
    /// What the person answered so far.
    #[serde(default)]
    pub answers: Given,
    /// The day to look at; today in North Rhine-Westphalia if left out.
    pub date: Option<AskedDay>,
    /// Language of the texts, one of those of the rulebook; the first of them if left out.
    pub lang: Option<String>,
    /// The day on which the letter came that an answer is about, for reminders and wording; no deadline follows from it.
    pub letter_came_on: Option<AskedDay>,
}

/// Somebody of whom it is to be explained what holds.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// What the person answered so far.
    #[serde(default)]
    pub answers: Given,
    /// The day to look at; today in North Rhine-Westphalia if left out.
    pub date: Option<AskedDay>,
    /// How much is told.
    #[serde(default)]
    pub detail: Detail,
}

/// Many people of whom it is to be explained what holds.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// Their answers, one set for each.
    pub people: People,
    /// The day to look at; today in North Rhine-Westphalia if left out.
    pub date: Option<AskedDay>,
}

/// How much an explanation tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, VariantNames, JsonSchema)]
#[strum(serialize_all = "kebab-case")]
#[schemars(rename_all = "kebab-case")]
pub enum Detail {
    /// The outcomes: `trace` and `silent` stay empty.
    #[default]
    Outcomes,
    /// Also the way to each of them, and the pathways that are silent.
    Reasons,
    /// Also every condition that failed, and what else would open more.
    Everything,
}

/// Answers: question id → ids of the options chosen. A question that is left out, or without an option, counts as unknown.
/// Former ids are understood, and a number is taken for the range it lies in.
#[derive(Default)]
pub struct Given(IndexMap<String, Vec<String>>);

/// Up to a thousand sets of answers.
pub struct People(Vec<Given>);

/// A day from 2000 to 2100, as 2026-11-22.
#[derive(Clone, Copy)]
pub struct AskedDay(pub Date);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Questions;
        impl<'de> Visitor<'de> for Questions {
            type Value = Given;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of questions, as {\"goal\": [\"kita\"]}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
                let mut given = IndexMap::new();
                while let Some(question) = map.next_key::<String>()? {
                    let Options(options) = map.next_value()?;
                    if given.insert(question, options).is_some() {
                        return Err(A::Error::custom("the same question twice"));
                    }
                }
                Ok(Given(given))
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<Given, E> {
                Err(not_a_text(&self))
            }
        }
        deserializer.deserialize_map(Questions)
    }
}

/// The options chosen for a question.
struct Options(Vec<String>);

impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Chosen;
        impl<'de> Visitor<'de> for Chosen {
            type Value = Options;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of options")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Options, A::Error> {
                let mut options = Vec::new();
                while let Some(option) = seq.next_element()? {
                    options.push(option);
                }
                Ok(Options(options))
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<Options, E> {
                Err(not_a_text(&self))
            }
        }
        deserializer.deserialize_seq(Chosen)
    }
}

/// A text where there should be none. The library would repeat it whole, and escaping a megabyte costs more than a sheet.
fn not_a_text<E: Error>(expected: &dyn Expected) -> E {
    E::invalid_type(Unexpected::Other("a text"), expected)
}

impl<'de> Deserialize<'de> for People {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sets;
        impl<'de> Visitor<'de> for Sets {
            type Value = People;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of sets of answers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sets: A) -> Result<People, A::Error> {
                let mut people = Vec::new();
                while let Some(given) = sets.next_element()? {
                    if people.len() == MOST_PEOPLE {
                        return Err(A::Error::custom(format!("more than {MOST_PEOPLE} people in one request")));
                    }
                    people.push(given);
                }
                Ok(People(people))
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<People, E> {
                Err(not_a_text(&self))
            }
        }
        deserializer.deserialize_seq(Sets)
    }
}

impl<'de> Deserialize<'de> for AskedDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let day = text.parse().ok().filter(|day| text.len() == 10 && (FIRST_DAY..=LAST_DAY).contains(day));
        day.map(Self).ok_or_else(|| D::Error::custom("expected a day from 2000 to 2100, as 2026-11-22"))
    }
}

impl<'de> Deserialize<'de> for Detail {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::unknown_variant(&text, Self::VARIANTS))
    }
}

impl JsonSchema for Given {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let options = generator.subschema_for::<Vec<String>>();
        json_schema!({
            "description": "Answers: question id → ids of the options chosen. A question that is left out, or without an option, counts as unknown. Former ids are understood, and a number is taken for the range it lies in.",
            "type": "object",
            "additionalProperties": options,
        })
    }
}

impl JsonSchema for People {
    fn schema_name() -> Cow<'static, str> {
        "People".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let given = generator.subschema_for::<Given>();
        json_schema!({
            "description": "Up to a thousand sets of answers.",
            "type": "array",
            "items": given,
            "maxItems": MOST_PEOPLE,
        })
    }
}

impl JsonSchema for AskedDay {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "AskedDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl Given {
    /// Whether every question and every option is one of the rules, by its id.
    pub fn is_known_to(&self, rulebook: &Rulebook) -> bool {
        self.0.iter().all(|(question, options)| {
            let question = rulebook.question_called(question).map(|id| &rulebook.questions[id]);
            question.is_some_and(|question| options.iter().all(|option| question.option_called(option).is_some()))
        })
    }

    /// The answers as the rules read them.
    ///
    /// # Errors
    /// If something in them means nothing: its place, and what may have been meant.
    pub fn read(&self, rulebook: &Rulebook) -> Result<Answers, Problem> {
        self.read_at(rulebook, "#/answers", 0).map_err(|faults| Kind::WrongAnswer.with(faults))
    }

    /// The answers at a place of a request of which so many faults are told already.
    fn read_at(&self, rulebook: &Rulebook, place: &str, told: usize) -> Result<Answers, Vec<Fault>> {
        // Commas join options in links alone.
        let pairs = self.0.iter().flat_map(|(question, options)| {
            options.iter().filter(|option| is_word(option)).map(|option| (question.as_str(), option.as_str()))
        });
        let (answers, misfits) = Answers::read(rulebook, pairs);
        let mut faults: Vec<Fault> =
            misfits.iter().zip(told..).map(|(misfit, told)| self.fault(rulebook, misfit, told, place)).collect();
        for (question, options) in &self.0 {
            // A question of no meaning is told of even where nothing is answered to it.
            if options.is_empty() {
                let misfits = Answers::read(rulebook, [(question.as_str(), "")]).1;
                faults.extend(misfits.iter().map(|misfit| self.fault(rulebook, misfit, 0, place)));
            }
            for (at, option) in options.iter().enumerate().filter(|(_, option)| !is_word(option)) {
                let option: String = option.chars().take(60).collect();
                let says = match option.contains(',') {
                    true => format!("{option:?} is no option; each option is a text of its own"),
                    false => format!("{option:?} is no option; leave out what is empty, and blanks around it"),
                };
                let place = format!("{place}/{}/{at}", escaped(question));
                faults.push(Fault { place, says, suggestion: None });
            }
        }
        faults.truncate(MOST_TOLD);
        if faults.is_empty() { Ok(answers) } else { Err(faults) }
    }

    /// A fault before which so many are told.
    fn fault(&self, rulebook: &Rulebook, misfit: &Misfit, told: usize, place: &str) -> Fault {
        let short = |text: &str| text.chars().take(60).collect::<String>();
        let (key, value) = (short(&misfit.key), short(&misfit.value));
        let question = format!("{place}/{}", escaped(&key));
        let options = self.0.get(&misfit.key);
        let option = options.and_then(|options| options.iter().rposition(|option| *option == misfit.value));
        let option = option.map_or_else(|| question.clone(), |at| format!("{question}/{at}"));
        let (place, says) = match misfit.kind {
            MisfitKind::Question => (question, format!("there is no question `{key}`")),
            MisfitKind::Option => (option, format!("`{key}` has no option `{value}`")),
            MisfitKind::Several => (option, format!("`{key}` takes one option only; `{value}` is one too many")),
        };
        let question = rulebook.question_called(&misfit.key).filter(|_| misfit.kind == MisfitKind::Option);
        let in_words = question.filter(|_| told < MOST_SAID).and_then(|id| said(rulebook, id, &misfit.value));
        let suggestion = in_words.map(str::to_owned).or_else(|| misfit.suggestion.clone());
        Fault { place, says, suggestion }
    }
}

/// Whether it is written like the id of an option.
fn is_word(option: &str) -> bool {
    !option.is_empty() && !option.contains(',') && option.trim() == option
}

impl People {
    /// The answers of each.
    ///
    /// # Errors
    /// If something in them means nothing.
    pub fn read(&self, rulebook: &Rulebook) -> Result<Vec<Answers>, Problem> {
        let (mut all, mut faults) = (Vec::with_capacity(self.0.len()), Vec::new());
        for (at, given) in self.0.iter().enumerate() {
            match given.read_at(rulebook, &format!("#/people/{at}"), faults.len()) {
                Ok(answers) => all.push(answers),
                Err(found) => faults.extend(found),
            }
            if faults.len() >= MOST_TOLD {
                faults.truncate(MOST_TOLD);
                break;
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(Kind::WrongAnswer.with(faults)) }
    }
}
