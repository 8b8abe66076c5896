//! Texts that read differently, and whose they are.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::pairs::Pairs;
use super::told::{Kind, Named, TextChange};
use super::wording::weighs;
use crate::language::fill;

/// All texts of entries that both versions have. Costs and times are figures and looked at there.
pub fn texts(pairs: &Pairs<'_>) -> Vec<TextChange> {
    let [before, after] = [0, 1].map(|side| texts_of(pairs, side));
    let entries = |texts: &[((Named, String), String)]| -> HashSet<Named> {
        texts.iter().map(|((entry, _), _)| entry.clone()).collect()
    };
    let (known_before, known_after) = (entries(&before), entries(&after));
    let mut gone: HashMap<(Named, String), String> = before.into_iter().collect();
    let mut all = Vec::new();
    for ((entry, part), now) in after {
        let said = gone.remove(&(entry.clone(), part.clone()));
        let alone = matches!(entry.kind, Kind::Term | Kind::Interface);
        if said.as_ref() == Some(&now) || (said.is_none() && !alone && !known_before.contains(&entry)) {
            continue;
        }
        let weighs = said.as_ref().map(|said| weighs(said, &now)).unwrap_or_default();
        all.push(TextChange { entry, part, before: said, after: Some(now), weighs });
    }
    let mut gone: Vec<_> = gone.into_iter().collect();
    gone.retain(|((entry, _), _)| matches!(entry.kind, Kind::Term | Kind::Interface) || known_after.contains(entry));
    gone.sort_by(|((a, x), _), ((b, y), _)| (a.kind, &a.id, x).cmp(&(b.kind, &b.id, y)));
    all.extend(gone.into_iter().map(|((entry, part), said)| TextChange {
        entry,
        part,
        before: Some(said),
        after: None,
        weighs: Vec::new(),
    }));
    all
}

/// Whose text, which of its texts, and what it says.
fn texts_of(pairs: &Pairs<'_>, side: usize) -> Vec<((Named, String), String)> {
    let rulebook = pairs.sides[side];
    let say = |said: &str| {
        // A place for the answer to a question carries the question's newest id.
        fill(said, |name| {
            let id = rulebook.questions.id(name)?;
            Some(Cow::Owned(format!("{{{}}}", pairs.named(side, id).id)))
        })
    };
    rulebook.texts.iter().filter_map(|(path, said)| Some((place(pairs, side, path, said)?, say(said)))).collect()
}

/// Whose text this is, and which.
fn place(pairs: &Pairs<'_>, side: usize, path: &str, said: &str) -> Option<(Named, String)> {
    let rulebook = pairs.sides[side];
    let (kind, rest) = path.split_once('.')?;
    let (id, part) = rest.split_once('.').unwrap_or((rest, ""));
    let (inner, inner_part) = part.split_once('.').unwrap_or((part, ""));
    let entry = match kind {
        "step" if matches!(inner, "cost" | "time") => return None,
        "step" => pairs.named(side, rulebook.steps.id(id)?),
        "paper" => pairs.named(side, rulebook.papers.id(id)?),
        "office" => pairs.named(side, rulebook.authorities.id(id)?),
        "source" => pairs.named(side, rulebook.sources.id(id)?),
        "decider" => pairs.named(side, rulebook.deciders.id(id)?),
        "question" => {
            let question = rulebook.questions.id(id)?;
            let at = pairs.questions.at(side, question);
            match rulebook.questions[question].options.id(inner) {
                Some(option) => {
                    return Some((pairs.option(at, pairs.options[at].at(side, option)), inner_part.to_owned()));
                }
                None => pairs.question(at),
            }
        }
        "fact" => {
            let fact = rulebook.facts.id(id)?;
            let at = pairs.facts.at(side, fact);
            match rulebook.facts[fact].values.id(inner) {
                Some(value) => return Some((pairs.value(at, pairs.values[at].at(side, value)), inner_part.to_owned())),
                None => pairs.fact(at),
            }
        }
        "pathway" => {
            let pathway = rulebook.pathways.id(id)?;
            let at = pairs.pathways.at(side, pathway);
            match rulebook.pathways[pathway].outcomes.id(inner) {
                Some(outcome) => {
                    let outcome = pairs.outcome_at(side, pathway, outcome);
                    return Some((pairs.outcome(at, outcome), inner_part.to_owned()));
                }
                None => pairs.pathway(at),
            }
        }
        "order" => Named::by_id(Kind::Order, id, said),
        "employer" => Named::by_id(Kind::Duty, id, said),
        "table" => Named::by_id(Kind::Option, rest, said),
        "term" => {
            // A term is known by itself: it is what people read.
            let term = &rulebook.terms[rulebook.terms.id(id)?].term;
            Named::by_id(Kind::Term, term, term)
        }
        // What changed from version to version is told to people there; it is no rule.
        "change" => return None,
        _ => Named::by_id(Kind::Interface, rest, rest),
    };
    Some((entry, part.to_owned()))
}
