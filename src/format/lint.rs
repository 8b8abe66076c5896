use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;
use crate::yaml::{Ids, Map};

/// `lint.yaml`: how the texts for people must speak, and what they must never say. Words and limits stand here, not in the
/// program. Without this file no text is looked at.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lint {
    /// Texts that are not looked at, by id path: `source`, `office.*.name`. `*` stands for one part.
    #[serde(default)]
    pub skip: Ids,
    /// Texts for people of the trade, by id path: only forbidden words are looked for.
    #[serde(default)]
    pub experts: Ids,
    /// Id → words that must not be said.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Forbidden>>")]
    pub forbidden: Map<Forbidden>,
    /// How long a sentence may be.
    pub sentence: Option<SentenceLimit>,
    /// Abbreviations everybody knows.
    pub abbreviations: Option<Abbreviations>,
    /// How a passive is recognised.
    pub passive: Option<Passive>,
    /// How many negations a sentence may hold.
    pub negation: Option<Negation>,
    /// Texts with little room: id path → the most characters. `*` stands for one part; the first that fits counts.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, u32>>")]
    pub short: Map<u32>,
    /// How long a text may be and still stand twice.
    pub repeated: Option<Repeated>,
    /// What is asked of translations.
    pub translations: Option<Translations>,
    /// Where a rule does not apply, and why.
    #[serde(default)]
    pub lint_allow: Vec<Allowance>,
}

/// What is asked of translations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Translations {
    /// Entries of the glossary whose German word need not stand in a translation.
    #[serde(default)]
    pub loose: Ids,
    /// Language → words that promise something, in no text of that language.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Vec<String>>>")]
    pub promises: Map<Ids>,
    /// Pair → German words whose translations are easily mixed up: whoever compares translations reads these first.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, MixedUp>>")]
    pub mixed_up: Map<MixedUp>,
    /// What may change in a German text and leave its translations as they are.
    pub corrections: Option<Corrections>,
}

/// Words whose translations are easily mixed up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MixedUp {
    /// The German words; `*` at the end stands for any ending.
    pub words: Ids,
    /// What to mind.
    pub mind: Located<String>,
}

/// What counts as a small correction of a German text. Numbers, paragraphs, negations, terms of the glossary and the words of
/// `mixed_up` must stay anyway.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// So many letters may be others.
    pub most_letters: u32,
    /// Further words that must stay; `*` at the end stands for any ending.
    #[serde(default)]
    pub words: Ids,
}

/// Words that no text may say.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// The words; `*` at the end stands for any ending.
    pub words: Ids,
    /// Only in a sentence that also holds one of these.
    #[serde(default)]
    pub beside: Ids,
    /// Not in a sentence that holds one of these, for instance `keine`.
    #[serde(default)]
    pub unless: Ids,
    /// Why not.
    pub why: Located<String>,
    /// What to say instead.
    pub instead: Located<String>,
}

/// How long a sentence may be.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SentenceLimit {
    /// The most words.
    pub most_words: u32,
    /// Behind a number, a full stop before one of these ends no sentence: `Dezember`.
    #[serde(default)]
    pub after_number: Ids,
    /// Words with a full stop that do not end a sentence: `z`, `Abs`.
    #[serde(default)]
    pub no_end: Ids,
}

/// Abbreviations that need no explanation beyond the glossary.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    /// Known to everybody who reads the sheet.
    pub known: Ids,
}

/// How a passive is recognised: a helper and a participle between two commas.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passive {
    /// `wird`, `werden`, `wurde` …
    pub helpers: Ids,
    /// Beginnings of participles that end in `t` or `en`: `ge`, `abge` …
    pub strong_beginnings: Ids,
    /// Beginnings of participles that end in `t` only: `be`, `ver` …
    pub weak_beginnings: Ids,
    /// Words that look like participles and are none.
    #[serde(default)]
    pub not: Ids,
}

/// How many negations a sentence may hold.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Negation {
    /// The words; `*` at the end stands for any ending.
    pub words: Ids,
    /// The most of them in one sentence.
    pub most: u32,
}

/// How long a text may be and still stand under two ids.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeated {
    /// The most characters.
    pub most_characters: u32,
}

/// A text that may break a rule.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Id path of the text: `question.goal.help`. `*` stands for one part.
    pub text: Located<String>,
    /// The rule that does not apply.
    pub rule: LintRule,
    /// Why not.
    pub reason: Located<String>,
}

/// The rules of the language lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LintRule {
    /// Forbidden words.
    Forbidden,
    /// Something that only fits together in German.
    GermanOnly,
    /// A sentence with too many words.
    LongSentence,
    /// An abbreviation nobody explains.
    Abbreviation,
    /// A passive.
    Passive,
    /// Several negations in one sentence.
    Negation,
    /// A text that is longer than its room.
    LongText,
    /// The same text under two ids.
    Repeated,
}
