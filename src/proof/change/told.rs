//! Everything that is told about a change, as data.

use serde::Serialize;

use crate::terms::Day;

/// Everything a change does.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Version of the rules before.
    pub before: String,
    /// Version of the rules after.
    pub after: String,
    /// The day looked at.
    pub date: Day,
    /// Answer sets whose sheet changes on that day through a pathway.
    pub people: Count,
    /// Pathways that say something else to somebody, on that day or later.
    pub pathways: Vec<PathwayChange>,
    /// Musterfälle whose outcomes change.
    pub cases: Vec<CaseFlip>,
    /// Questions, offices, papers, sources and order rules that changed beside the pathways.
    pub entries: Vec<EntryChange>,
    /// Texts that read differently.
    pub texts: Vec<TextChange>,
    /// Ids that only changed their name. Nobody sees that; old links may.
    pub renamed: Vec<Rename>,
}

/// So many of so many answer sets, and the questions they are counted over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Affected.
    #[serde(serialize_with = "decimal")]
    pub affected: u128,
    /// All.
    #[serde(serialize_with = "decimal")]
    pub all: u128,
    /// Ids of the questions whose answers are told apart; answers that behave alike count once.
    pub questions: Vec<String>,
}

/// What changes on one pathway.
#[derive(Clone, Debug, Serialize)]
pub struct PathwayChange {
    /// Id in the new rules, or in the old ones if it is gone.
    pub pathway: String,
    /// Title.
    pub title: String,
    /// `added`, `removed` or `changed`.
    pub kind: &'static str,
    /// The first day on which it is so; `None` from the day looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Answer sets, over the questions this pathway reads.
    pub people: Count,
    /// Groups of people to whom the same happens.
    pub groups: Vec<Group>,
}

/// People to whom the same happens.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// Who they are: all to whom one of these holds.
    pub who: Vec<Vec<Trait>>,
    /// How many.
    #[serde(serialize_with = "decimal")]
    pub affected: u128,
    /// What they were told; `None` if nothing.
    pub before: Option<Told>,
    /// What they are told now; `None` if nothing.
    pub after: Option<Told>,
    /// The differences one by one.
    pub differences: Vec<Difference>,
}

/// One thing people of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trait {
    /// Id of the question or derived fact.
    pub fact: String,
    /// Its short noun.
    pub label: String,
    /// The values, in words.
    pub values: Vec<String>,
    /// Whether they are the values that do not hold.
    pub not: bool,
}

/// What a pathway tells somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `pathway/outcome` in its own version.
    pub outcome: String,
    /// Headline.
    pub title: String,
    /// What is possible, in words.
    pub standing: String,
    /// Who decides.
    pub decides: String,
    /// How binding, in words.
    pub certainty: String,
    /// From when until when.
    pub valid: String,
    /// Steps in order.
    pub steps: Vec<String>,
    /// Offices.
    pub offices: Vec<String>,
    /// Sources.
    pub basis: Vec<String>,
    /// German level.
    pub german: String,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs: `outcome`, `standing`, `decides`, `certainty`, `valid`, `steps`, `offices`, `basis`, `german`, `order` or
    /// `step`.
    pub what: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A Musterfall whose outcomes change.
#[derive(Clone, Debug, Serialize)]
pub struct CaseFlip {
    /// Its id.
    pub case: String,
    /// About the person.
    pub title: String,
    /// Per pathway: title, before, after.
    pub changes: Vec<Difference>,
}

/// A change of something beside the pathways.
#[derive(Clone, Debug, Serialize)]
pub struct EntryChange {
    /// Kind of entry in German.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What about it.
    pub what: &'static str,
    /// Before; empty if it is new.
    pub before: String,
    /// After; empty if it is gone.
    pub after: String,
}

/// A text that reads differently.
#[derive(Clone, Debug, Serialize)]
pub struct TextChange {
    /// Where it stands: its id path in the new rules.
    pub text: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// An id that only changed its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rename {
    /// Kind of entry in German.
    pub kind: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

fn decimal<S: serde::Serializer>(number: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    match u64::try_from(*number) {
        Ok(small) => serializer.serialize_u64(small),
        Err(_) => serializer.collect_str(number),
    }
}

impl Change {
    /// Whether nothing changes for anybody and no text reads differently.
    pub fn is_nothing(&self) -> bool {
        self.pathways.is_empty() && self.cases.is_empty() && self.entries.is_empty() && self.texts.is_empty()
    }
}
