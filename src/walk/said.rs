//! What was meant by somebody who wrote the words of an answer instead of its id.

use std::collections::BTreeSet;

use crate::rulebook::{Id, Question, Rulebook};

/// Nobody means an option with more letters.
const LONGEST: usize = 60;

/// The id of the one option whose words, in some language, are these or hold all of them: `Münster` is `Münster (Stadt)`.
pub fn said<'r>(rulebook: &'r Rulebook, question: Id<Question>, words: &str) -> Option<&'r str> {
    let short = words.len() <= LONGEST;
    let sought: Vec<String> = parts(words).filter(|_| short).map(str::to_lowercase).collect();
    let first = sought.first()?;
    let beginning = first.chars().next()?;
    let (small, large) = (beginning, beginning.to_uppercase().next().unwrap_or(beginning));
    let same = |word: &str, sought: &str| word.chars().flat_map(char::to_lowercase).eq(sought.chars());
    let (mut exactly, mut among) = (BTreeSet::new(), BTreeSet::new());
    let options = &rulebook.questions[question].options;
    for (option, _, choice) in options.iter() {
        for lang in &rulebook.languages {
            let label = rulebook.texts.say(lang, choice.text);
            // Most labels have no word that begins like this; they cost next to nothing.
            if !label.contains([small, large]) || !sought.iter().all(|one| parts(label).any(|word| same(word, one))) {
                continue;
            }
            among.insert(option);
            if parts(label).count() == sought.len() {
                exactly.insert(option);
            }
        }
    }
    let only = |found: BTreeSet<_>| found.first().copied().filter(|_| found.len() == 1);
    only(exactly).or_else(|| only(among)).map(|option| options.name(option))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty())
}
