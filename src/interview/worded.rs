//! The interface's words as they read for somebody: one who asks for another person, is still abroad, works already.

use super::Answers;
use crate::language::Lang;
use crate::rulebook::{Id, Question, Rulebook, ValueSet};

/// The interface text that stands for these answers in place of the usual one, if there is one.
pub fn instead<'r>(rulebook: &'r Rulebook, lang: &Lang, answers: &Answers, id: &str) -> Option<&'r str> {
    let mut others = rulebook.instead.texts.get(id)?.iter();
    let (_, text) = others.find(|(wording, _)| fits(&rulebook.instead.wordings[*wording], answers))?;
    Some(rulebook.texts.say(lang, *text))
}

/// The interface text as it reads for these answers.
pub fn worded<'r>(rulebook: &'r Rulebook, lang: &Lang, answers: &Answers, id: &'r str) -> &'r str {
    instead(rulebook, lang, answers, id).unwrap_or_else(|| rulebook.word(lang, id))
}

/// Which of the other wordings stand for these answers. Whoever has the same reads the same words.
pub fn wording(rulebook: &Rulebook, answers: &Answers) -> Vec<usize> {
    let wordings = rulebook.instead.wordings.iter().enumerate().filter(|(_, for_whom)| fits(for_whom, answers));
    wordings.map(|(at, _)| at).collect()
}

fn fits(for_whom: &[(Id<Question>, ValueSet)], answers: &Answers) -> bool {
    let mut when = for_whom.iter();
    when.all(|(question, wanted)| answers.get(*question).is_some_and(|given| given.overlaps(wanted)))
}
