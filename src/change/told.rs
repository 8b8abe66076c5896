//! Everything that is told about a change, as data.

use std::hash::{Hash, Hasher};

use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

use crate::terms::{
    Certainty, Concern, CostKind, Day, GermanKind, PaperForm, Reading, Standing, TimeKind, Translation, Validity,
};

/// What a change of the rules does.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// Version of the rules before.
    pub before: String,
    /// Version of the rules after.
    pub after: String,
    /// The day from which on is looked.
    pub date: Day,
    /// Whose sheet changes on that day; nothing where counting was given up, which `omitted` then says.
    pub affected: Option<Share>,
    /// What changed, and what it touches.
    pub causes: Vec<Cause>,
    /// Texts that say the same in other words.
    pub reworded: Vec<TextChange>,
    /// The people looked at by name (Musterfälle, or those of a file) whose sheet changes.
    pub cases: Vec<CaseChange>,
    /// How many people were looked at by name.
    pub cases_in_all: usize,
    /// Entries that have another id and the same title. Nobody sees that; old links may.
    pub renamed: Vec<Rename>,
    /// Figures that were given up, since they would have cost too much.
    pub omitted: Vec<Omitted>,
    /// How many nodes of diagrams the comparison kept: what it took in memory.
    #[serde(skip)]
    pub nodes: usize,
}

impl Change {
    /// Whether nobody can notice anything.
    pub fn is_nothing(&self) -> bool {
        self.causes.is_empty() && self.reworded.is_empty()
    }
}

/// A part of all answer sets; of answers, not of people.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, JsonSchema)]
pub struct Share(f64);

impl Share {
    /// So many of so many.
    pub fn of(part: &BigUint, all: &BigUint) -> Self {
        // Ten digits are more than anybody reads.
        let scale = BigUint::from(10_000_000_000u64);
        let scaled = u64::try_from(if *all == BigUint::ZERO { BigUint::ZERO } else { part * &scale / all });
        let share = scaled.unwrap_or_default() as f64 / 1e10;
        Self(if share == 0.0 && *part != BigUint::ZERO { f64::MIN_POSITIVE } else { share })
    }

    /// From 0 to 1; above 0 where a single answer set is in it.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// One thing that changed, and what it touches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cause {
    /// What.
    pub what: What,
    /// The position of the cause it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows_from: Option<usize>,
    /// Where it is noticed.
    pub reach: Reach,
}

/// Where a change is noticed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Reach {
    /// The first day, if it is not the one looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day before it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Part of the answer sets, on the first day; nothing if it stands on no way, or counting was given up.
    pub answer_sets: Option<Share>,
    /// The outcomes it stands on, by pathway.
    pub ways: Vec<Way>,
    /// Positions of the people looked at by name.
    pub cases: Vec<usize>,
    /// For whom, if it depends on answers: one of these must hold.
    pub who: Vec<Vec<Trait>>,
    /// Whether `who` is cut off: more conditions than are told.
    pub and_others: bool,
}

/// A pathway with the outcomes that a change touches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Way {
    /// The pathway.
    pub pathway: Named,
    /// Its outcomes.
    pub outcomes: Vec<Named>,
}

/// A fact that has, or does not have, one of these values.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Trait {
    /// Question or derived fact.
    pub fact: Named,
    /// Values.
    pub values: Vec<Named>,
    /// Whether the fact must not have one of them.
    pub not: bool,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[allow(missing_docs)] // the fields' names say it all
pub enum What {
    /// A pathway came or went.
    Pathway { pathway: Named, added: bool, outcomes: Vec<Told> },
    /// A pathway ends elsewhere.
    Outcome { pathway: Named, before: Option<Told>, after: Option<Told> },
    /// A step came onto ways that stay, or left them.
    Step { step: Named, added: bool },
    /// One step now stands after another that it stood before.
    Order { first: Named, then: Named },
    /// Ways rest on a source, or no longer do.
    Basis { source: Named, added: bool },
    /// An outcome is more or less certain.
    Certainty { outcome: Named, before: Certainty, after: Certainty },
    /// Another office is found.
    Office { before: Option<Named>, after: Option<Named> },
    /// Other rows of the decision tables stand behind an outcome; no sheet shows them.
    Rows { outcome: Named, gone: Vec<String>, new: Vec<String> },
    /// A derived fact follows differently.
    Fact { fact: Named },
    /// An answer can be given, or no longer.
    Choice { question: Named, option: Named, added: bool },
    /// A question is put to others than before.
    Asked { question: Named },
    /// An entry came or went.
    Entry { entry: Named, added: bool },
    /// One aspect of an entry changed.
    Aspect { entry: Named, aspect: Aspect, before: Value, after: Value },
    /// A text says something else.
    Text(TextChange),
}

/// What a way tells in short.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Told {
    /// Its outcome.
    pub outcome: Named,
    /// What is possible.
    pub standing: Standing,
    /// Who decides.
    pub decides: Named,
    /// The steps of the outcome itself.
    pub steps: Vec<Named>,
}

/// An entry of the rules. Equal if it is the same entry, whatever it is called in either version.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// Its id as written in the rules; of parts with the entry's, as in `pathway/outcome`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its number among both versions, and that of the part.
    #[serde(skip)]
    pub(super) key: (usize, usize),
}

impl Named {
    /// What makes it the same entry: its number, or its id where it has none.
    fn identity(&self) -> (Kind, (usize, usize), &str) {
        (self.kind, self.key, if self.key.0 == usize::MAX { &self.id } else { "" })
    }
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Named {}

impl Hash for Named {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// Kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words say it all
pub enum Kind {
    Pathway,
    Outcome,
    Step,
    Paper,
    Office,
    Decider,
    Source,
    Question,
    Option,
    Fact,
    Value,
    Order,
    Duty,
    Term,
    Interface,
}

/// Aspects of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words say it all
pub enum Aspect {
    Standing,
    Concern,
    DecidedBy,
    AppliedForBy,
    AgreedBy,
    AdvisedBy,
    Certainty,
    Valid,
    German,
    OnlyWith,
    MustBeFiled,
    OneIsEnough,
    Recommended,
    AnabinOnPage,
    Cost(CostKind),
    Time(TimeKind),
    Bring,
    Unless,
    Otherwise,
    Leads,
    Serves,
    ByOthers,
    Waits,
    AtOnce,
    Sources,
    Form,
    Translation,
    Office,
    Post,
    Phone,
    Email,
    Url,
    Free,
    State,
    Publisher,
    CheckedOn,
    Read,
    AskedIf,
    OnlyAtDesk,
    SeveralAnswers,
    First,
    Then,
    Brings,
    Must,
}

impl Aspect {
    /// Whether it only says how editors know of a source, which no sheet shows.
    pub fn is_how_it_is_known(self) -> bool {
        matches!(self, Self::CheckedOn | Self::Read)
    }
}

/// What an aspect is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the words say it all
pub enum Value {
    Nothing,
    Words(String),
    Yes(bool),
    Day(Day),
    Entry(Named),
    Entries(Vec<Named>),
    Standing(Standing),
    Concern(Concern),
    Certainty(Certainty),
    Valid(Validity),
    German { level: Option<String>, kind: GermanKind, source: Option<Named> },
    Figure { says: Option<String>, source: Option<Named>, year: Option<u16> },
    Form(PaperForm),
    Translation(Translation),
    Reading(Reading),
    Conditions(Vec<(Named, Vec<Named>)>),
}

/// A text that reads differently.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct TextChange {
    /// Whose text it is.
    pub entry: Named,
    /// Which of its texts, as in the catalogue: `says`, `phone.1`.
    pub part: String,
    /// Before; nothing if the text is new.
    pub before: Option<String>,
    /// After; nothing if the text is gone.
    pub after: Option<String>,
    /// What in it weighs: words that are in one version only and are no mere wording.
    pub weighs: Vec<String>,
}

/// A person looked at by name whose sheet changes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseChange {
    /// Id of the Musterfall, or line of the file.
    pub case: String,
    /// About the person.
    pub title: String,
    /// Positions of the causes.
    pub causes: Vec<usize>,
}

/// An entry that only has another id.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Rename {
    /// Its kind.
    pub kind: Kind,
    /// Id before.
    pub before: String,
    /// Id after.
    pub after: String,
}

/// A figure that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Omitted {
    /// How many answer sets are affected in all.
    Affected,
    /// How many answer sets some of the causes touch.
    SomeCauses,
}
