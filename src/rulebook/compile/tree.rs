//! Trees: every node deals with every value exactly once, and ends somewhere that exists.

use std::collections::HashMap;

use super::compiler::Compiler;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::{Branch, Condition, Fact, Fork, Ground, Node, Turn};
use crate::rulebook::registry::ValueSet;
use crate::source::{Located, Span};
use crate::terms::Validity;
use crate::yaml::{Given, Ids};

/// The reserved leaf of a pathway that has nothing to say.
pub const NONE: &str = "none";

/// How leaves of one kind of tree are written and resolved.
pub struct Leaves<'a, L> {
    /// The key a leaf is written under: `outcome` or `value`.
    pub key: &'static str,
    /// Name → leaf; reports names that do not exist.
    pub resolve: &'a mut dyn FnMut(&mut Compiler<'_>, &Located<String>) -> Option<L>,
}

/// What the written node and the written branch have in common.
struct Written<'w> {
    ask: Option<&'w Located<String>>,
    branches: &'w [Located<format::Branch>],
    outcome: Option<&'w Located<String>>,
    value: Option<&'w Located<String>>,
    place: Span,
}

impl Compiler<'_> {
    /// Compiles the root of a tree and what it rests on.
    pub fn tree<L>(&mut self, tree: &Located<format::Tree>, leaves: &mut Leaves<'_, L>) -> (Ground, Option<Node<L>>) {
        let ground = self.ground(&tree.row, &tree.basis, tree.certainty, &tree.steps);
        let written = Written {
            ask: tree.ask.as_ref(),
            branches: &tree.branches,
            outcome: tree.outcome.as_ref(),
            value: tree.gives.as_ref(),
            place: tree.span,
        };
        (ground, self.node(&written, leaves))
    }

    /// Rows, basis, certainty and steps as written on a branch or root.
    pub fn ground(
        &mut self,
        rows: &Option<Ids>,
        basis: &Option<Ids>,
        certainty: Option<crate::terms::Certainty>,
        steps: &Option<Ids>,
    ) -> Ground {
        Ground {
            rows: rows.iter().flat_map(Ids::iter).map(|row| row.value.clone()).collect(),
            basis: basis.as_ref().map(|ids| self.sources(ids)).unwrap_or_default(),
            certainty,
            steps: steps.as_ref().map(|ids| self.steps(ids)).unwrap_or_default(),
        }
    }

    fn node<L>(&mut self, written: &Written<'_>, leaves: &mut Leaves<'_, L>) -> Option<Node<L>> {
        let (leaf, foreign) = match leaves.key {
            "value" => (written.value, written.outcome),
            _ => (written.outcome, written.value),
        };
        match (written.ask, leaf) {
            (Some(ask), None) if foreign.is_none() => self.ask(ask, written.branches, leaves),
            (None, Some(leaf)) if foreign.is_none() && written.branches.is_empty() => {
                (leaves.resolve)(self, leaf).map(Node::Leaf)
            }
            _ => {
                self.report(fault::ask_or_end(written.place, leaves.key));
                None
            }
        }
    }

    fn ask<L>(
        &mut self,
        ask: &Located<String>,
        branches: &[Located<format::Branch>],
        leaves: &mut Leaves<'_, L>,
    ) -> Option<Node<L>> {
        let Some(fact) = self.fact(ask) else {
            // The branches may hold further faults; look at them all the same.
            for branch in branches {
                self.branch_node(branch, leaves);
            }
            return None;
        };
        if matches!(fact, Fact::Question(_)) && self.index.multi.contains(&ask.value) {
            self.report(fault::multi_in_tree(ask));
            return None;
        }
        let all = ValueSet::first(self.index.values(fact).len());
        let mut left = all;
        let mut decided: HashMap<usize, Span> = HashMap::new();
        let mut closed: Option<Span> = None;
        // A value nobody knows or a branch without condition may be just the one that is missed.
        let mut doubtful = false;
        let mut compiled: Vec<Branch<L>> = Vec::new();
        let mut otherwise = None;
        let mut expires = None;
        for branch in branches {
            if let Some(otherwise) = closed {
                self.report(fault::after_else(branch.span, otherwise));
            }
            let values = match (&branch.values, &branch.otherwise) {
                (Some(named), None) => {
                    let before = self.fault_count();
                    let values = self.named_values(ask, fact, named, branch.valid.is_some(), &mut decided);
                    doubtful |= self.fault_count() > before;
                    values
                }
                (None, Some(_)) => {
                    match branch.valid {
                        None => closed = Some(branch.span),
                        Some(_) => expires = expires.or(Some(branch.span)),
                    }
                    if left.is_empty() {
                        self.report(fault::empty_else(ask, branch.span));
                    }
                    left
                }
                _ => {
                    self.report(fault::if_or_else(branch.span));
                    doubtful = true;
                    continue;
                }
            };
            // A dated branch may be out of force, whether it is an `else` or not: its values stay to be dealt with.
            if branch.valid.is_none() {
                left = left.minus(&values);
            }
            let ground = self.ground(&branch.row, &branch.basis, branch.certainty, &branch.steps);
            let valid = self.validity(branch.valid.as_ref());
            let Some(node) = self.branch_node(branch, leaves) else { continue };
            let when = vec![Condition { fact, values, span: branch.span }];
            let turn = Turn { when, otherwise: branch.otherwise.is_some(), ground, node, span: branch.span };
            match &branch.otherwise {
                Some(_) if branch.valid.is_none() => otherwise = Some(turn),
                _ => compiled.push(Branch { valid, turn }),
            }
        }
        if !left.is_empty() && !doubtful {
            let names = self.index.values(fact);
            let missed: Vec<&str> = left.iter().filter_map(|at| names.get(at)).map(String::as_str).collect();
            let missed = match expires {
                Some(expires) => fault::dated_else(ask, &missed, expires),
                None => fault::values_missed(ask, &missed, ask.span),
            };
            self.report(missed);
        }
        // Where every value is named, the last branch without dates closes the node: no other one holds its values then.
        let otherwise = otherwise.or_else(|| {
            let last = compiled.iter().rposition(|branch| branch.valid == Validity::default())?;
            Some(compiled.remove(last).turn)
        })?;
        Some(Node::Fork(Fork {
            fact,
            table: false,
            branches: compiled,
            otherwise: Box::new(otherwise),
            span: ask.span,
        }))
    }

    fn branch_node<L>(&mut self, branch: &Located<format::Branch>, leaves: &mut Leaves<'_, L>) -> Option<Node<L>> {
        if let Some(Given::With(leaf)) = &branch.otherwise {
            if branch.ask.is_some() || branch.outcome.is_some() || branch.gives.is_some() {
                self.report(fault::ask_or_end(branch.span, leaves.key));
            }
            return (leaves.resolve)(self, leaf).map(Node::Leaf);
        }
        let written = Written {
            ask: branch.ask.as_ref(),
            branches: &branch.branches,
            outcome: branch.outcome.as_ref(),
            value: branch.gives.as_ref(),
            place: branch.span,
        };
        self.node(&written, leaves)
    }

    fn named_values(
        &mut self,
        ask: &Located<String>,
        fact: Fact,
        named: &Ids,
        dated: bool,
        decided: &mut HashMap<usize, Span>,
    ) -> ValueSet {
        let mut values = ValueSet::default();
        for name in named.iter() {
            let Some(at) = self.value(ask, fact, name) else { continue };
            if let Some(first) = decided.get(&at) {
                self.report(fault::value_twice(ask, name, *first));
            } else if !dated {
                decided.insert(at, name.span);
            }
            values.insert(at);
        }
        values
    }
}
