//! Sets of answer sets as binary decision diagrams. The one door to the BDD crate.
//!
//! Every diagram is kept once and known by a small handle, so equal sets have equal handles, and an operation that was
//! done before is looked up. The crate's own diagrams are values without a common store; this table is what makes
//! thousands of small operations cheap.

use std::collections::HashMap;
use std::rc::Rc;

use biodivine_lib_bdd::{Bdd, BddValuation, BddVariable, BddVariableSet};

/// A set of answer sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(u32);

impl Set {
    /// No answer set.
    pub const NONE: Self = Self(0);
    /// Every answer set.
    pub const ALL: Self = Self(1);
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Act {
    And,
    Or,
    Minus,
}

/// All diagrams of one proof.
pub struct Diagrams {
    variables: Vec<BddVariable>,
    all: BddVariableSet,
    store: Vec<Rc<Bdd>>,
    known: HashMap<Rc<Bdd>, Set>,
    done: HashMap<(Act, Set, Set), Set>,
    fixed: HashMap<(Set, u16, u16, u64), Set>,
    freed: HashMap<(Set, u16, u16), Set>,
    nodes: usize,
}

impl Diagrams {
    /// A table for diagrams over so many Boolean variables.
    pub fn over(variables: u16) -> Self {
        let all = BddVariableSet::new_anonymous(variables);
        let mut table = Self {
            variables: all.variables(),
            all,
            store: Vec::new(),
            known: HashMap::new(),
            done: HashMap::new(),
            fixed: HashMap::new(),
            freed: HashMap::new(),
            nodes: 0,
        };
        let (none, every) = (table.all.mk_false(), table.all.mk_true());
        table.keep(none);
        table.keep(every);
        table
    }

    fn keep(&mut self, diagram: Bdd) -> Set {
        let diagram = Rc::new(diagram);
        let next = Set(u32::try_from(self.store.len()).unwrap_or(u32::MAX));
        let set = *self.known.entry(Rc::clone(&diagram)).or_insert(next);
        if set == next {
            self.nodes += diagram.size();
            self.store.push(diagram);
        }
        set
    }

    /// What is in either, unless its diagram would have more than so many nodes.
    pub fn or_within(&mut self, a: Set, b: Set, most: usize) -> Option<Set> {
        if let Some(set) = self.done.get(&(Act::Or, a.min(b), a.max(b))) {
            return Some(*set);
        }
        let or = biodivine_lib_bdd::op_function::or;
        let diagram = Bdd::binary_op_with_limit(most, self.bdd(a), self.bdd(b), or)?;
        Some(self.keep(diagram))
    }

    /// Whether one answer set is in it, given as values of all variables.
    pub fn contains(&self, set: Set, point: &[bool]) -> bool {
        self.bdd(set).eval_in(&BddValuation::new(point.to_vec()))
    }

    /// How many nodes all diagrams have that are kept: what they take in memory.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    fn bdd(&self, set: Set) -> &Bdd {
        &self.store[set.0 as usize]
    }

    /// Where one variable has one value.
    pub fn literal(&mut self, variable: u16, value: bool) -> Set {
        let literal = self.all.mk_literal(self.variables[usize::from(variable)], value);
        self.keep(literal)
    }

    /// What is in both.
    pub fn and(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::NONE, _) | (_, Set::NONE) => Set::NONE,
            (Set::ALL, other) | (other, Set::ALL) => other,
            _ if a == b => a,
            _ => self.act(Act::And, a.min(b), a.max(b)),
        }
    }

    /// What is in either.
    pub fn or(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::ALL, _) | (_, Set::ALL) => Set::ALL,
            (Set::NONE, other) | (other, Set::NONE) => other,
            _ if a == b => a,
            _ => self.act(Act::Or, a.min(b), a.max(b)),
        }
    }

    /// What is in the first but not in the second.
    pub fn minus(&mut self, a: Set, b: Set) -> Set {
        match (a, b) {
            (Set::NONE, _) | (_, Set::ALL) => Set::NONE,
            (_, Set::NONE) => a,
            _ if a == b => Set::NONE,
            _ => self.act(Act::Minus, a, b),
        }
    }

    /// What is not in it.
    pub fn not(&mut self, a: Set) -> Set {
        self.minus(Set::ALL, a)
    }

    fn act(&mut self, act: Act, a: Set, b: Set) -> Set {
        if let Some(set) = self.done.get(&(act, a, b)) {
            return *set;
        }
        let (left, right) = (self.bdd(a), self.bdd(b));
        let diagram = match act {
            Act::And => left.and(right),
            Act::Or => left.or(right),
            Act::Minus => left.and_not(right),
        };
        let set = self.keep(diagram);
        self.done.insert((act, a, b), set);
        set
    }

    /// What remains to be said once `count` variables from `first` on have the values of these bits, the first lowest.
    pub fn fix(&mut self, set: Set, first: u16, count: u16, bits: u64) -> Set {
        if !self.may_touch(set, first, count) {
            return set;
        }
        if let Some(known) = self.fixed.get(&(set, first, count, bits)) {
            return *known;
        }
        let values: Vec<(BddVariable, bool)> =
            (0..count).map(|at| (self.variables[usize::from(first + at)], bits >> at & 1 == 1)).collect();
        let fixed = self.bdd(set).restrict(&values);
        let fixed = self.keep(fixed);
        self.fixed.insert((set, first, count, bits), fixed);
        fixed
    }

    /// Where some value of `count` variables from `first` on leads into the set.
    pub fn free(&mut self, set: Set, first: u16, count: u16) -> Set {
        if !self.may_touch(set, first, count) {
            return set;
        }
        if let Some(known) = self.freed.get(&(set, first, count)) {
            return *known;
        }
        let variables = &self.variables[usize::from(first)..usize::from(first + count)];
        let freed = self.bdd(set).exists(variables);
        let freed = self.keep(freed);
        self.freed.insert((set, first, count), freed);
        freed
    }

    /// Whether the set may depend on one of these variables; `false` is certain.
    fn may_touch(&self, set: Set, first: u16, count: u16) -> bool {
        if set == Set::NONE || set == Set::ALL || count == 0 {
            return false;
        }
        let bdd = self.bdd(set);
        bdd.var_of(bdd.root_pointer()).to_index() < usize::from(first + count)
    }
}
