//! How many questions may still come: an upper bound that never grows as answers come in.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::answers::Answers;
use super::next;
use crate::rulebook::{
    Condition, Fact, Ground, Id, Node, OfficeRef, Outcome, Pathway, Question, Rulebook, ValueSet, in_force,
};

/// The unanswered questions that some continuation of these answers may still put.
pub fn horizon(rulebook: &Rulebook, answers: &Answers, date: Date) -> BTreeSet<Id<Question>> {
    let mut look =
        Look { rulebook, answers, date, derived: vec![None; rulebook.facts.len()], may_come: BTreeSet::new() };
    for pathway in rulebook.pathways.ids() {
        look.pathway(pathway);
    }
    look.may_come
}

/// How many questions may still come at most: tighter than the size of the [`horizon`], since questions that exclude each
/// other are not added up. The question put next is tried out with each of its options, and so on, as far as `TRIALS` go.
///
/// Along an interview the bound shrinks by at least one with each answer: what comes after an answer was among what was
/// tried before, and is then looked at no less far.
pub fn at_most(rulebook: &Rulebook, answers: &Answers, date: Date) -> usize {
    tried(rulebook, answers, date, TRIALS)
}

/// How many questions an interview has at most in which so many were asked for these answers, and at least one is open.
///
/// The proof knows the longest interview exactly, where the bound of [`at_most`] may be too cautious.
pub fn length_at_most(rulebook: &Rulebook, asked: usize, answers: &Answers, date: Date) -> usize {
    let bound = asked + at_most(rulebook, answers, date);
    let longest = rulebook.longest_interview.as_ref().map_or(bound, |longest| longest.value);
    bound.min(longest).max(asked + 1)
}

/// How many continuations are looked at for one bound; keeps a page well below the time anybody notices.
const TRIALS: usize = 400;

fn tried(rulebook: &Rulebook, answers: &Answers, date: Date, trials: usize) -> usize {
    let coming = horizon(rulebook, answers, date);
    let Some(near) = near(rulebook, answers, date, &coming).filter(|_| coming.len() > 1) else { return coming.len() };
    let options = rulebook.questions[near].options.len();
    if options > trials {
        return coming.len();
    }
    let after = |option| {
        let mut answers = answers.clone();
        answers.set(near, ValueSet::only(option));
        tried(rulebook, &answers, date, trials / options)
    };
    let longest = (0..options).map(after).max().unwrap_or(0);
    coming.len().min(1 + longest)
}

/// The question to try out: the one put next, or, since several of its options may be chosen at once, the first after it
/// where that is not so.
fn near(rulebook: &Rulebook, answers: &Answers, date: Date, coming: &BTreeSet<Id<Question>>) -> Option<Id<Question>> {
    let one = |id: &Id<Question>| !rulebook.questions[*id].multi;
    next(rulebook, answers, date).filter(one).or_else(|| coming.iter().copied().find(one))
}

struct Look<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    date: Date,
    derived: Vec<Option<ValueSet>>,
    may_come: BTreeSet<Id<Question>>,
}

impl Look<'_> {
    fn pathway(&mut self, id: Id<Pathway>) {
        let pathway = &self.rulebook.pathways[id];
        for condition in &pathway.when {
            if !self.may_hold(condition) {
                return;
            }
        }
        for condition in &pathway.unless {
            let possible = self.possible(condition.fact);
            if possible.minus(&condition.values).is_empty() && self.settled(condition.fact) {
                return;
            }
        }
        let mut leaves = Vec::new();
        let mut added = vec![&pathway.ground];
        self.descend(&pathway.tree, &mut leaves, &mut added);
        let outcomes: BTreeSet<Id<Outcome>> = leaves.into_iter().copied().flatten().collect();
        let date = self.date;
        for outcome in outcomes.iter().map(|id| &pathway.outcomes[*id]).filter(|outcome| in_force(outcome.valid, date))
        {
            added.push(&outcome.ground);
            outcome.ask.iter().for_each(|office| self.office(*office));
        }
        let rulebook = self.rulebook;
        for step in added.iter().flat_map(|ground| &ground.steps) {
            rulebook.steps[*step].contact.iter().for_each(|office| self.office(*office));
            for rule in rulebook.order.iter().filter(|rule| rule.brings && rule.then.contains(step)) {
                rulebook.steps[rule.first].contact.iter().for_each(|office| self.office(*office));
            }
        }
    }

    fn office(&mut self, office: OfficeRef) {
        if let OfficeRef::Fact(fact) = office {
            self.possible(Fact::Derived(fact));
        }
    }

    fn may_hold(&mut self, condition: &Condition) -> bool {
        !self.possible(condition.fact).and(&condition.values).is_empty()
    }

    fn settled(&self, fact: Fact) -> bool {
        matches!(fact, Fact::Question(id) if self.answers.get(id).is_some()) || matches!(fact, Fact::Derived(_))
    }

    /// The values a fact may come to have.
    fn possible(&mut self, fact: Fact) -> ValueSet {
        match fact {
            Fact::Question(id) => self.question(id),
            Fact::Derived(id) => {
                if let Some(values) = self.derived[id.index()] {
                    return values;
                }
                let mut leaves = Vec::new();
                self.descend(&self.rulebook.facts[id].tree, &mut leaves, &mut Vec::new());
                let values = leaves.into_iter().copied().collect();
                self.derived[id.index()] = Some(values);
                values
            }
        }
    }

    fn question(&mut self, id: Id<Question>) -> ValueSet {
        if let Some(values) = self.answers.get(id) {
            return values;
        }
        let question = &self.rulebook.questions[id];
        let unknown = ValueSet::only(question.unknown);
        if question.only_at_desk {
            return unknown;
        }
        for condition in &question.asked_if {
            if !self.may_hold(condition) {
                return unknown;
            }
        }
        self.may_come.insert(id);
        ValueSet::first(question.options.len())
    }

    fn descend<'n, L>(&mut self, node: &'n Node<L>, leaves: &mut Vec<&'n L>, added: &mut Vec<&'n Ground>) {
        match node {
            Node::Leaf(leaf) => leaves.push(leaf),
            Node::Fork(fork) => {
                // The values that are left to a fact after the turns that they are sure to take.
                let mut left = vec![(fork.fact, self.possible(fork.fact))];
                for turn in fork.turns_on(self.date) {
                    let may = turn.when.iter().all(|condition| {
                        let known = left.iter().find(|(fact, _)| *fact == condition.fact).map(|(_, values)| *values);
                        let values = known.unwrap_or_else(|| self.possible(condition.fact));
                        if known.is_none() {
                            left.push((condition.fact, values));
                        }
                        !values.and(&condition.values).is_empty()
                    });
                    if !may {
                        continue;
                    }
                    added.push(&turn.ground);
                    self.descend(&turn.node, leaves, added);
                    if let [only] = turn.when.as_slice()
                        && !self.many(only.fact)
                        && let Some((_, values)) = left.iter_mut().find(|(fact, _)| *fact == only.fact)
                    {
                        *values = values.minus(&only.values);
                        if values.is_empty() {
                            return;
                        }
                    }
                }
            }
        }
    }

    /// Whether a fact may have several values at once.
    fn many(&self, fact: Fact) -> bool {
        matches!(fact, Fact::Question(id) if self.rulebook.questions[id].multi)
    }
}
