//! Which terms of the glossary each text speaks, found once when the rules are loaded.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::language::{Text, Texts};
use crate::rulebook::model::Term;
use crate::rulebook::registry::{Id, Registry};

/// The terms of every text that speaks one, in the order of the glossary.
pub fn spoken(texts: &Texts, terms: &Registry<Term>) -> HashMap<Text, Vec<Id<Term>>, RandomState> {
    // A form is looked for where its first word stands, so that each text is read once.
    let mut forms: HashMap<&str, Vec<(&str, Id<Term>)>, RandomState> = HashMap::default();
    for (id, _, term) in terms.iter() {
        for form in &term.forms {
            let first = words(form).next().map_or("", |(_, word)| word);
            forms.entry(first).or_default().push((form, id));
        }
    }
    // Most words begin with a letter with which no form does; they need not be looked up.
    let mut may_begin = [false; 256];
    forms.keys().filter_map(|word| word.bytes().next()).for_each(|first| may_begin[usize::from(first)] = true);
    let mut spoken = HashMap::default();
    for (text, german) in texts.each() {
        let mut found: Vec<Id<Term>> = Vec::new();
        for (at, word) in words(german).filter(|(_, word)| may_begin[usize::from(word.as_bytes()[0])]) {
            let begins = forms.get(word).into_iter().flatten();
            found.extend(begins.filter(|(form, _)| stands(&german[at..], form)).map(|(_, id)| *id));
        }
        if !found.is_empty() {
            found.sort();
            found.dedup();
            spoken.insert(text, found);
        }
    }
    spoken
}

fn within(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_'
}

/// The words of a text, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut read = 0;
    std::iter::from_fn(move || {
        let start = after(text, read, false);
        read = after(text, start, true);
        (start < read).then(|| (start, &text[start..read]))
    })
}

/// Where what is within words, or what is not, ends behind a place. Nearly all signs are one byte, which is read at once.
fn after(text: &str, place: usize, inside: bool) -> usize {
    let mut at = place;
    while let Some(byte) = text.as_bytes().get(at) {
        let sign = if byte.is_ascii() { char::from(*byte) } else { text[at..].chars().next().unwrap_or_default() };
        if within(sign) != inside {
            break;
        }
        at += sign.len_utf8();
    }
    at
}

/// Whether a text begins with a form, and no word goes on behind it.
fn stands(text: &str, form: &str) -> bool {
    text.strip_prefix(form).is_some_and(|rest| rest.chars().next().is_none_or(|c| !within(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_count_and_parts_of_words_do_not() {
        let mut texts = Texts::default();
        let speaks = texts.add("a".into(), "Die volle Gleichwertigkeit, sagt das Amt.");
        let silent = texts.add("b".into(), "Gleichwertigkeitsfeststellung und Nicht-Anerkennung");
        let mut terms = Registry::default();
        for (id, forms) in [("r", vec!["Anerkennung"]), ("e", vec!["Gleichwertigkeit", "volle Gleichwertigkeit"])] {
            let forms: Vec<String> = forms.into_iter().map(str::to_owned).collect();
            terms.insert(id, Term { term: forms[0].clone(), says: speaks, forms });
        }
        let spoken = spoken(&texts, &terms);
        assert_eq!(spoken[&speaks], [terms.id("e").unwrap()]);
        assert!(!spoken.contains_key(&silent));
    }
}
