//! The offices that a country or a district leads to, whatever else somebody answers.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::rulebook::{Condition, DerivedFact, Fact, Id, Node, Question, Rulebook, ValueSet};

/// What facts can still be once one question is answered. Nothing that is possible is left out; what looks possible may not
/// be, since facts are looked at one by one.
pub struct Possible<'r> {
    rulebook: &'r Rulebook,
    date: Date,
    given: Option<(Id<Question>, ValueSet)>,
    known: HashMap<Id<DerivedFact>, ValueSet>,
}

impl<'r> Possible<'r> {
    /// With this answer, or with none.
    pub fn with(rulebook: &'r Rulebook, date: Date, given: Option<(Id<Question>, ValueSet)>) -> Self {
        Self { rulebook, date, given, known: HashMap::new() }
    }

    /// The values that a fact can still have.
    pub fn values(&mut self, fact: Fact) -> ValueSet {
        match fact {
            Fact::Question(id) => match self.given {
                Some((given, values)) if given == id => values,
                given => {
                    // Whoever answers a question was asked it.
                    let asked = given.iter().flat_map(|(given, _)| &self.rulebook.questions[*given].asked_if);
                    let all = ValueSet::first(self.rulebook.questions[id].options.len());
                    asked.filter(|condition| condition.fact == fact).fold(all, |all, it| all.and(&it.values))
                }
            },
            Fact::Derived(id) => {
                if let Some(known) = self.known.get(&id) {
                    return *known;
                }
                let rulebook = self.rulebook;
                let values = self.ends(&rulebook.facts[id].tree);
                self.known.insert(id, values);
                values
            }
        }
    }

    /// The leaves of a tree to which some answers may lead.
    fn ends(&mut self, node: &'r Node<usize>) -> ValueSet {
        let fork = match node {
            Node::Leaf(value) => return ValueSet::only(*value),
            Node::Fork(fork) => fork,
        };
        let mut ends = ValueSet::default();
        for turn in fork.turns_on(self.date) {
            let (may, must) = self.holds(&turn.when);
            if may {
                ends = ends.or(&self.ends(&turn.node));
            }
            // Nobody is left for the turns behind it. The one that closes a fork need not say what is left to it.
            if must {
                break;
            }
        }
        ends
    }

    /// Whether all conditions may hold, and whether they must.
    fn holds(&mut self, conditions: &[Condition]) -> (bool, bool) {
        conditions.iter().fold((true, true), |(may, must), condition| {
            let values = self.values(condition.fact);
            let some = !values.and(&condition.values).is_empty();
            (may && some, must && values.minus(&condition.values).is_empty())
        })
    }
}
