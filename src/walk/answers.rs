//! Answers: what a person said, and how it is written in links and on the command line.

use crate::diagnostic::meant;
use crate::rulebook::{Id, Question, Rulebook, ValueSet};

/// So many parts without meaning are told of; whoever reads them needs no more, and finding what was meant takes time.
pub const MOST_TOLD: usize = 20;

/// The values chosen per question. A question that is not here was left out.
///
/// By the position of the question, as far as the last one answered: a walk looks at answers hundreds of times.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct Answers(Vec<Option<ValueSet>>);

/// A part of a link or command line that means nothing to this rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What stood before the `=`.
    pub key: String,
    /// What stood behind it.
    pub value: String,
    /// What is wrong.
    pub kind: MisfitKind,
    /// What may have been meant.
    pub suggestion: Option<String>,
}

/// Why a part of a link means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MisfitKind {
    /// No such question.
    Question,
    /// No such option.
    Option,
    /// Several options where only one can be chosen.
    Several,
}

impl Clone for Answers {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }

    fn clone_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }
}

impl Answers {
    /// Reads `key=value` pairs. What means nothing is given back, the first twenty at most; everything else is kept.
    pub fn read<'r, 'a>(
        rulebook: &'r Rulebook,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<Misfit>) {
        let mut answers = Self::default();
        let mut misfits = Vec::new();
        for (key, value) in pairs {
            let mut tell = |kind, value: &str, suggestion: &dyn Fn() -> Option<&'r str>| {
                if misfits.len() < MOST_TOLD {
                    let (key, value) = (key.to_owned(), value.to_owned());
                    misfits.push(Misfit { key, value, kind, suggestion: suggestion().map(str::to_owned) });
                }
            };
            let Some(id) = rulebook.question_called(key) else {
                tell(MisfitKind::Question, value, &|| meant(key, rulebook.questions.names()));
                continue;
            };
            let question = &rulebook.questions[id];
            for word in value.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let Some(at) = option(question, word) else {
                    tell(MisfitKind::Option, word, &|| meant(word, question.options.names()));
                    continue;
                };
                match answers.get(id) {
                    Some(values) if question.multi => answers.set(id, values.or(&ValueSet::only(at))),
                    Some(values) if !values.contains(at) => tell(MisfitKind::Several, word, &|| None),
                    Some(_) => {}
                    None => answers.set(id, ValueSet::only(at)),
                }
            }
            // "I do not know" beside something known says nothing.
            if let Some(values) = answers.get(id).filter(|values| values.len() > 1) {
                answers.set(id, values.minus(&ValueSet::only(question.unknown)));
            }
        }
        (answers, misfits)
    }

    /// The values chosen for a question.
    pub fn get(&self, question: Id<Question>) -> Option<ValueSet> {
        self.given(question).copied()
    }

    pub(super) fn given(&self, question: Id<Question>) -> Option<&ValueSet> {
        self.0.get(question.index())?.as_ref()
    }

    /// Answers a question.
    pub fn set(&mut self, question: Id<Question>, values: ValueSet) {
        if self.0.len() <= question.index() {
            self.0.resize(question.index() + 1, None);
        }
        self.0[question.index()] = Some(values);
    }

    /// The same with one question unanswered.
    pub fn without(&self, question: Id<Question>) -> Self {
        self.only(|answered| answered != question)
    }

    /// The answers to some of the questions.
    pub fn only(&self, keep: impl Fn(Id<Question>) -> bool) -> Self {
        let mut some = Self::default();
        self.iter().filter(|(question, _)| keep(*question)).for_each(|(question, values)| some.set(question, values));
        some
    }

    /// All answers in the editors' order of questions.
    pub fn iter(&self) -> impl Iterator<Item = (Id<Question>, ValueSet)> + '_ {
        self.0.iter().enumerate().filter_map(|(at, values)| Some((Id::new(at), (*values)?)))
    }

    /// How many questions are answered.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ids of the options chosen, in the order of the page.
    pub fn words<'a>(&self, rulebook: &'a Rulebook, question: Id<Question>) -> Vec<&'a str> {
        let options = &rulebook.questions[question].options;
        self.get(question).iter().flat_map(ValueSet::iter).map(|at| options.name(Id::new(at))).collect()
    }

    /// As `key=value` pairs, several options joined by commas; the same answers always give the same pairs.
    pub fn pairs<'a>(&self, rulebook: &'a Rulebook) -> Vec<(&'a str, String)> {
        self.iter().map(|(id, _)| (rulebook.questions.name(id), self.words(rulebook, id).join(","))).collect()
    }
}

/// The option with this id, or the one whose range holds this number.
fn option(question: &Question, word: &str) -> Option<usize> {
    question.option_called(word).map(Id::index).or_else(|| {
        let number: u32 = word.parse().ok()?;
        let found = question
            .options
            .iter()
            .find(|(_, _, choice)| choice.range.is_some_and(|(from, until)| from <= number && number <= until));
        found.map(|(id, _, _)| id.index())
    })
}
