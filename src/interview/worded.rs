//! The interface's words as they read for somebody: one who asks for another person, is still abroad, works already.

use super::Answers;
use crate::language::Lang;
use crate::rulebook::{Instead, Rulebook};

/// The interface text that stands for these answers in place of the usual one, if there is one.
pub fn instead<'r>(rulebook: &'r Rulebook, lang: &Lang, answers: &Answers, id: &str) -> Option<&'r str> {
    // Few texts have another wording: whom it is for is looked at for those alone.
    let mut worded = rulebook.instead.iter().filter_map(|words| Some((words, words.texts.get(id)?)));
    let (_, text) = worded.find(|(words, _)| fits(words, answers))?;
    Some(rulebook.texts.say(lang, *text))
}

/// The interface text as it reads for these answers.
pub fn worded<'r>(rulebook: &'r Rulebook, lang: &Lang, answers: &Answers, id: &'r str) -> &'r str {
    instead(rulebook, lang, answers, id).unwrap_or_else(|| rulebook.word(lang, id))
}

/// Which of the other wordings stand for these answers. Whoever has the same reads the same words.
pub fn wording(rulebook: &Rulebook, answers: &Answers) -> Vec<usize> {
    let words = rulebook.instead.iter().enumerate().filter(|(_, words)| fits(words, answers));
    words.map(|(at, _)| at).collect()
}

fn fits(words: &Instead, answers: &Answers) -> bool {
    let mut when = words.when.iter();
    when.all(|(question, wanted)| answers.get(*question).is_some_and(|given| !given.and(wanted).is_empty()))
}
