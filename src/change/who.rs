//! For whom something changes, in few conditions: each holds for some of them and for nobody else.

use std::collections::HashSet;

use super::both::{Both, Day, Set};
use super::pairs::Pairs;
use super::told::{Named, Trait};
use crate::rulebook::{DerivedFact, Fact, Id, Node, Pathway, Question, Rulebook, ValueSet};

/// More conditions than this are not told.
const MOST_CONDITIONS: usize = 12;

/// A question or a derived fact that means the same in both versions, with its values.
pub struct Feature {
    fact: Named,
    several: bool,
    /// What the values are called, and where the fact has, or includes, them.
    values: Vec<(Vec<Named>, Set)>,
}

/// One condition on one feature.
#[derive(Clone)]
struct Literal {
    feature: usize,
    values: ValueSet,
    not: bool,
}

/// What the conditions of a pathway speak of, in the order of the rules.
pub fn facts_of(rulebook: &Rulebook, id: Id<Pathway>) -> Vec<Fact> {
    let pathway = &rulebook.pathways[id];
    let mut facts: Vec<Fact> = pathway.when.iter().chain(&pathway.unless).map(|condition| condition.fact).collect();
    tree_facts(&pathway.tree, &mut facts);
    pathway.also.iter().for_each(|also| tree_facts(&also.node, &mut facts));
    facts
}

/// What a derived fact follows from.
pub fn facts_below(rulebook: &Rulebook, id: Id<DerivedFact>) -> Vec<Fact> {
    let mut facts = Vec::new();
    tree_facts(&rulebook.facts[id].tree, &mut facts);
    facts
}

impl Pairs<'_> {
    /// The facts of the new rules that tell offices, among them one of these.
    pub fn facts_that_name(&self, offices: [&Option<Named>; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (side, office) in offices.into_iter().enumerate() {
            let office = office.as_ref().and_then(|office| self.offices.pair(office.key.0)[side]);
            for (id, _, fact) in self.sides[side].facts.iter() {
                let mut named = fact.offices.iter().flat_map(|fact| fact.offices.iter().flatten());
                if named.any(|known| Some(*known) == office) {
                    facts.extend(self.facts.pair(self.facts.at(side, id))[1].map(Fact::Derived));
                }
            }
        }
        facts
    }
}

fn tree_facts<L>(node: &Node<L>, facts: &mut Vec<Fact>) {
    if let Some(fork) = node.fork() {
        facts.extend(fork.facts());
        fork.turns().for_each(|(_, turn)| tree_facts(&turn.node, facts));
    }
}

/// Facts of one version that mean the same in both; where one follows differently now, what it follows from.
pub fn features(
    pairs: &Pairs<'_>,
    both: &mut Both<'_>,
    day: &mut Day<'_>,
    side: usize,
    facts: Vec<Fact>,
) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut seen = HashSet::new();
    let mut pending: Vec<Fact> = facts.into_iter().rev().collect();
    while let Some(fact) = pending.pop() {
        if !seen.insert(fact) {
            continue;
        }
        match fact {
            Fact::Question(id) => features.push(question(pairs, both, day, side, id)),
            Fact::Derived(id) => match derived(pairs, both, day, side, id) {
                Some(feature) => features.push(feature),
                None => pending.extend(facts_below(pairs.sides[side], id).into_iter().rev()),
            },
        }
    }
    features
}

fn question(pairs: &Pairs<'_>, both: &mut Both<'_>, day: &mut Day<'_>, side: usize, id: Id<Question>) -> Feature {
    let at = pairs.questions.at(side, id);
    let question = &pairs.sides[side].questions[id];
    let unknown = pairs.options[at].at(side, Id::new(question.unknown));
    let put = both.put(day, side, id);
    let silent = both.not(put);
    let mut values = Vec::new();
    for alike in both.alike(at) {
        let said = both.answered(at, &alike);
        let mut here = both.and(put, said);
        if alike.contains(unknown) {
            here = both.or(here, silent);
        }
        values.push((alike.iter().map(|option| pairs.option(at, option)).collect(), here));
    }
    Feature { fact: pairs.question(at), several: question.multi, values }
}

/// A derived fact by its values; `None` if it follows differently in the two versions.
fn derived(
    pairs: &Pairs<'_>,
    both: &mut Both<'_>,
    day: &mut Day<'_>,
    side: usize,
    id: Id<DerivedFact>,
) -> Option<Feature> {
    let at = pairs.facts.at(side, id);
    let [Some(_), Some(_)] = pairs.facts.pair(at) else { return None };
    let mut values = Vec::new();
    for (value, [before, after]) in value_sets(pairs, both, day, at) {
        if before != after {
            return None;
        }
        values.push((vec![pairs.value(at, value)], after));
    }
    Some(Feature { fact: pairs.fact(at), several: false, values })
}

/// Where a derived fact has each of its values, in either version.
pub fn value_sets(pairs: &Pairs<'_>, both: &mut Both<'_>, day: &mut Day<'_>, at: usize) -> Vec<(usize, [Set; 2])> {
    let fact = pairs.facts.pair(at);
    let mut sets = Vec::new();
    for (value, pair) in pairs.values[at].iter() {
        let mut here = [Set::NONE; 2];
        for side in 0..2 {
            if let (Some(fact), Some(value)) = (fact[side], pair[side]) {
                here[side] = both.holds(day, side, Fact::Derived(fact), &ValueSet::only(value.index()));
            }
        }
        sets.push((value, here));
    }
    sets
}

/// Conditions that hold for a set and, among some others, for nobody else; and whether there is more to say.
pub fn conditions(both: &mut Both<'_>, features: &[Feature], set: Set, among: Set) -> (Vec<Vec<Trait>>, bool) {
    let mut all = Vec::new();
    let mut rest = set;
    // Whoever is not among them is not spoken of, so a condition may hold for them too.
    let not_spoken_of = both.not(among);
    let set = both.or(set, not_spoken_of);
    while rest != Set::NONE {
        if all.len() == MOST_CONDITIONS || both.is_full() {
            return (all, true);
        }
        let mut literals = tight(both, features, rest);
        let mut inside = rest;
        let mut holds = cut(both, features, &literals);
        for feature in features {
            if both.within(holds, set) {
                break;
            }
            // Too wide: look at those with one value of this feature only.
            for (_, here) in &feature.values {
                let part = both.and(inside, *here);
                if part != Set::NONE {
                    inside = part;
                    break;
                }
            }
            literals = tight(both, features, inside);
            holds = cut(both, features, &literals);
        }
        if !both.within(holds, set) {
            // The features do not say it all: what they say is said, and that there is more.
            all.push(traits(features, &literals));
            return (all, true);
        }
        widen(both, features, &mut literals, set);
        let holds = cut(both, features, &literals);
        rest = both.minus(rest, holds);
        all.push(traits(features, &literals));
    }
    (all, false)
}

/// The narrowest condition on each feature that holds for the whole set.
fn tight(both: &mut Both<'_>, features: &[Feature], set: Set) -> Vec<Literal> {
    let mut literals = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        let (mut some, mut none, mut always) = (ValueSet::default(), ValueSet::default(), ValueSet::default());
        for (value, (_, here)) in feature.values.iter().enumerate() {
            if both.and(set, *here) == Set::NONE {
                none.insert(value);
            } else {
                some.insert(value);
                if feature.several && both.within(set, *here) {
                    always.insert(value);
                }
            }
        }
        let literal = |values, not| Literal { feature: at, values, not };
        if feature.several {
            literals.extend(always.iter().map(|value| literal(ValueSet::only(value), false)));
            if always.is_empty() && !none.is_empty() {
                literals.push(literal(some, false));
            }
            if !none.is_empty() {
                literals.push(literal(none, true));
            }
        } else if !none.is_empty() {
            literals.push(literal(some, false));
        }
    }
    literals
}

fn cut(both: &mut Both<'_>, features: &[Feature], literals: &[Literal]) -> Set {
    let mut set = Set::ALL;
    for literal in literals {
        let mut here = Set::NONE;
        for value in literal.values.iter() {
            here = both.or(here, features[literal.feature].values[value].1);
        }
        set = if literal.not { both.minus(set, here) } else { both.and(set, here) };
    }
    set
}

/// Drops what need not be said, what the rules ask last first, then lets the rest be as wide as it may.
fn widen(both: &mut Both<'_>, features: &[Feature], literals: &mut Vec<Literal>, set: Set) {
    for at in (0..literals.len()).rev() {
        let left = literals.remove(at);
        let wide = cut(both, features, literals);
        if !both.within(wide, set) {
            literals.insert(at, left);
        }
    }
    for at in 0..literals.len() {
        let feature = &features[literals[at].feature];
        for value in 0..feature.values.len() {
            let literal = literals[at].clone();
            if literal.not != literal.values.contains(value) {
                continue;
            }
            let one = ValueSet::only(value);
            let before = cut(both, features, literals);
            literals[at].values = if literal.not { literal.values.minus(&one) } else { literal.values.or(&one) };
            let wide = cut(both, features, literals);
            // What brings nobody in need not be said.
            if wide == before || !both.within(wide, set) {
                literals[at] = literal;
            }
        }
    }
    literals.retain(|literal| !literal.values.is_empty());
}

fn traits(features: &[Feature], literals: &[Literal]) -> Vec<Trait> {
    let one = |literal: &Literal| {
        let feature = &features[literal.feature];
        let names = |values: &ValueSet| -> Vec<Named> {
            values.iter().flat_map(|value| feature.values[value].0.iter().cloned()).collect()
        };
        let others = names(&ValueSet::first(feature.values.len()).minus(&literal.values));
        let own = names(&literal.values);
        // The shorter way to say it: which values, or which not.
        if !literal.not && !feature.several && !others.is_empty() && others.len() <= 3 && others.len() < own.len() {
            return Trait { fact: feature.fact.clone(), values: others, not: true };
        }
        Trait { fact: feature.fact.clone(), values: own, not: literal.not }
    };
    literals.iter().map(one).collect()
}
