//! No sheet says what another office wants, costs or takes.
//!
//! Offices of one kind differ: one wants certified copies, its neighbour plain ones. So a sentence, an amount or a time that
//! names one of them belongs only on sheets on which its step leads to that office; for a paper, on which a step that needs
//! the paper does. An office is named by what tells it apart from its like: "Bezirksregierung Köln" by "Köln".
//!
//! What a paper says for an office itself (`at:`) stands on such sheets only ([`crate::sheet::compose`]); here it is tried
//! whether there are any.

use std::collections::BTreeSet;

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::shown::leads_to;
use super::{Grounds, Period};
use crate::diagnostic::Code;
use crate::language::{Lang, Text};
use crate::rulebook::{Authority, ForWhom, Id, Paper, Rulebook, Step};

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let mut periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    let names = Names::of(rulebook);
    let mut statements = 0;
    for period in &mut periods {
        let mut said = Vec::new();
        for (id, name, step) in rulebook.steps.iter() {
            let set = period.shown.step(id);
            said.extend(of_step(step).map(|(text, for_whom)| Said {
                text,
                for_whom,
                what: format!("Der Schritt `{name}`"),
                leads: vec![(id, set)],
            }));
        }
        for (id, name, paper) in rulebook.papers.iter() {
            let leads = needed_by(period, rulebook, id);
            said.extend(paper.sentences().map(|sentence| Said {
                text: sentence.says,
                for_whom: Some(&sentence.for_whom),
                what: format!("Die Unterlage `{name}`"),
                leads: leads.clone(),
            }));
            for (office, wants) in &paper.at {
                let there = leading(grounds, period, &leads, &|id| id == *office);
                if there == Set::NONE {
                    let says = format!(
                        "Kein Schritt, der die Unterlage `{name}` braucht, führt zu `{}`",
                        rulebook.authorities.name(*office)
                    );
                    exceptions.push(grounds.exception(says, period.date, Some(wants.span), None));
                }
            }
        }
        for said in &said {
            for name in names.in_text(rulebook, said.text) {
                statements += 1;
                if let Some(set) = elsewhere(grounds, period, said, name) {
                    let says = format!("{} nennt {name} auch auf Blättern, die nicht dorthin führen", said.what);
                    let place = rulebook.places.get(&said.text).copied();
                    exceptions.push(grounds.exception(says, period.date, place, Some(set)));
                }
            }
        }
    }
    grounds.periods = periods;
    Claim {
        id: "other-office",
        code: Code::OtherOffice,
        says: "Kein Blatt nennt Form, Gebühr oder Dauer einer Stelle, zu der kein Schritt darauf führt",
        over: format!("{statements} Aussagen in Schritten und Unterlagen, alle vollständigen Antworten"),
        exceptions,
    }
}

/// A text, and where it may stand.
struct Said<'r> {
    text: Text,
    /// The people it is for; everybody where nothing is named.
    for_whom: Option<&'r ForWhom>,
    what: String,
    /// The steps it comes with, each with its sheets.
    leads: Vec<(Id<Step>, Set)>,
}

/// What a step says, with whom it says it to.
fn of_step(step: &Step) -> impl Iterator<Item = (Text, Option<&ForWhom>)> {
    let sentences = step.sentences().map(|it| (it.says, Some(&it.for_whom)));
    let costs = step.cost.iter().filter_map(|it| Some((it.amount?, Some(&it.for_whom))));
    let times = step.time.iter().map(|it| (it.says, Some(&it.for_whom)));
    let plain = [Some(step.title), Some(step.who), step.place].into_iter().flatten();
    let subject = step.email.iter().map(|it| it.subject);
    sentences.chain(costs).chain(times).chain(plain.chain(subject).map(|text| (text, None)))
}

/// The steps that need a paper, each with the sheets it stands on.
fn needed_by(period: &Period<'_>, rulebook: &Rulebook, paper: Id<Paper>) -> Vec<(Id<Step>, Set)> {
    let needs = |step: &Id<Step>| rulebook.steps[*step].bring.contains(&paper);
    period.shown.steps.iter().filter(|(step, _)| needs(step)).map(|(step, set)| (*step, *set)).collect()
}

/// The sheets on which a text that bears an office's name stands, and none of its steps leads there.
fn elsewhere(grounds: &mut Grounds<'_, '_>, period: &mut Period<'_>, said: &Said<'_>, name: &str) -> Option<Set> {
    let rulebook = grounds.rulebook;
    let mut shown = grounds.diagrams.any(said.leads.iter().map(|(_, set)| *set));
    if let Some(for_whom) = said.for_whom {
        let meant = period.desk.for_whom(grounds.space, grounds.diagrams, for_whom);
        shown = grounds.diagrams.and(shown, meant);
    }
    let there = leading(grounds, period, &said.leads, &|office| words(rulebook, office).any(|word| word == name));
    let elsewhere = grounds.diagrams.minus(shown, there);
    (elsewhere != Set::NONE).then_some(elsewhere)
}

/// The sheets on which one of some steps leads to an office of a kind.
fn leading(
    grounds: &mut Grounds<'_, '_>,
    period: &mut Period<'_>,
    steps: &[(Id<Step>, Set)],
    wanted: &dyn Fn(Id<Authority>) -> bool,
) -> Set {
    let rulebook = grounds.rulebook;
    let mut there = Set::NONE;
    for (step, shown) in steps {
        for contact in &rulebook.steps[*step].contact {
            let here = leads_to(&mut period.desk, grounds.space, grounds.diagrams, *contact, wanted);
            let here = grounds.diagrams.and(*shown, here);
            there = grounds.diagrams.or(there, here);
        }
    }
    there
}

/// The words that tell offices of one kind apart.
struct Names(BTreeSet<String>);

impl Names {
    /// The words that offices do not share of which a fact names one: those that are values of the fact themselves.
    fn of(rulebook: &Rulebook) -> Self {
        let mut names = BTreeSet::new();
        for (_, _, fact) in rulebook.facts.iter().filter(|(_, _, fact)| fact.offices.is_some()) {
            let offices: Vec<BTreeSet<&str>> = fact
                .values
                .names()
                .filter_map(|value| rulebook.authorities.id(value))
                .map(|office| words(rulebook, office).collect())
                .collect();
            let bearers = |word: &&str| offices.iter().filter(|office| office.contains(word)).count();
            names.extend(offices.iter().flatten().filter(|word| bearers(word) == 1).map(|word| (*word).to_owned()));
        }
        Self(names)
    }

    /// Those that stand in a text.
    fn in_text<'n>(&'n self, rulebook: &Rulebook, text: Text) -> BTreeSet<&'n str> {
        let german = rulebook.texts.say(&Lang::german(), text);
        split(german).filter_map(|word| self.0.get(word)).map(String::as_str).collect()
    }
}

/// The words of an office's name.
fn words(rulebook: &Rulebook, office: Id<Authority>) -> impl Iterator<Item = &str> {
    split(rulebook.texts.say(&Lang::german(), rulebook.authorities[office].name))
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().next().is_some_and(char::is_uppercase))
}
