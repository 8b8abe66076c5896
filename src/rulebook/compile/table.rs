//! Tables: rows in order, the first that fits is taken, and `else` closes them.

use super::compiler::Compiler;
use super::tree::Leaves;
use crate::format::{self, TableRow};
use crate::rulebook::fault;
use crate::rulebook::model::{Branch, Condition, Fork, Ground, Node, Turn};
use crate::source::{Located, Span};
use crate::yaml::{Given, Ids, Map};

impl Compiler<'_> {
    /// What a fact or a pathway follows by: a tree or a table, with what a tree's root rests on.
    pub fn tree_or_table<L: Clone>(
        &mut self,
        tree: Option<&Located<format::Tree>>,
        table: &[Located<TableRow>],
        leaves: &mut Leaves<'_, L>,
    ) -> (Ground, Option<Node<L>>) {
        match tree {
            Some(tree) => self.tree(tree, leaves),
            None => (Ground::default(), self.table(table, leaves)),
        }
    }

    fn table<L: Clone>(&mut self, rows: &[Located<TableRow>], leaves: &mut Leaves<'_, L>) -> Option<Node<L>> {
        let before = self.fault_count();
        let mut branches: Vec<Branch<L>> = Vec::new();
        let mut closes: Option<Turn<L>> = None;
        let mut expires = None;
        for row in rows {
            if let Some(closes) = &closes {
                self.report(fault::after_else(row.span, closes.span));
            }
            let named = !row.when.is_empty() || !row.any.is_empty();
            if named == row.otherwise.is_some() {
                self.report(fault::if_or_else(row.span));
                continue;
            }
            let ways = self.ways(&row.when, &row.any, row.span);
            let ground = self.ground(&row.row, &row.basis, row.certainty, &row.steps);
            let valid = self.validity(row.valid.as_ref());
            let Some(leaf) = self.end(row, leaves) else { continue };
            let turn = |(when, span)| Turn {
                when,
                otherwise: row.otherwise.is_some(),
                ground: ground.clone(),
                node: Node::Leaf(leaf.clone()),
                span,
            };
            if row.otherwise.is_some() && row.valid.is_none() {
                closes = ways.into_iter().next().map(turn);
                continue;
            }
            if row.otherwise.is_some() {
                expires = Some(row.span);
            }
            branches.extend(ways.into_iter().map(|way| Branch { valid, turn: turn(way) }));
        }
        let place = rows.last()?.span;
        if closes.is_none() && self.fault_count() == before {
            self.report(fault::table_open(expires.unwrap_or(place), expires.is_some()));
        }
        let first = branches.iter().flat_map(|branch| &branch.turn.when).next().map(|condition| condition.fact);
        if first.is_none() && self.fault_count() == before {
            self.report(fault::table_empty(place));
        }
        Some(Node::Fork(Fork { fact: first?, table: true, branches, otherwise: Box::new(closes?), span: place }))
    }

    /// What must hold, all of it, for each of the ways in which a row may fit, and where that is written.
    pub fn ways(&mut self, all: &Map<Ids>, any: &[Map<Ids>], place: Span) -> Vec<(Vec<Condition>, Span)> {
        let all = self.conditions(all);
        if any.is_empty() {
            return vec![(all, place)];
        }
        let mut ways = Vec::new();
        for one in any {
            let more = self.conditions(one);
            let span = more.first().map_or(place, |condition| condition.span);
            ways.push((all.iter().cloned().chain(more).collect(), span));
        }
        ways
    }

    fn end<L>(&mut self, row: &Located<TableRow>, leaves: &mut Leaves<'_, L>) -> Option<L> {
        let (own, foreign) = match leaves.key {
            "value" => (&row.gives, &row.outcome),
            _ => (&row.outcome, &row.gives),
        };
        let ends = match (&row.otherwise, own, foreign) {
            (Some(Given::With(leaf)), None, None) => Some(leaf),
            (None | Some(Given::Bare), Some(leaf), None) => Some(leaf),
            _ => None,
        };
        match ends {
            Some(leaf) => (leaves.resolve)(self, leaf),
            None => {
                self.report(fault::row_ends(row.span, leaves.key));
                None
            }
        }
    }
}
