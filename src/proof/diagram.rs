//! Sets of answer sets as binary decision diagrams, reduced and ordered.
//!
//! All diagrams share one store of nodes in which no node stands twice. So a set is the place of its topmost node, equal sets
//! have equal places, and what was worked out for a part of one set serves all others. That is what makes hundreds of
//! thousands of small operations cheap, and it is all there is to it: packages of this kind keep each diagram by itself, or
//! bring a manager with threads, locks and thirty packages of their own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

/// A set of answer sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(u32);

impl Set {
    /// No answer set.
    pub const NONE: Self = Self(0);
    /// Every answer set.
    pub const ALL: Self = Self(1);

    fn at(self) -> usize {
        self.0 as usize
    }
}

/// A node: what holds if its variable is false, and what if it is true.
#[derive(Clone, Copy)]
struct Node {
    variable: u16,
    low: Set,
    high: Set,
    /// An older node in the same drawer.
    next: u32,
}

/// Stands in the two nodes that ask nothing, below all variables.
const NOTHING: u16 = u16::MAX;

/// What can be done with a set; of two sets the other one stands beside it.
#[derive(Clone, Copy)]
enum Act {
    And(Set),
    Or(Set),
    Minus(Set),
    Fix(Block, u16),
    Free(Block),
    /// Where it hangs on a block once all variables before are known.
    Hang(Block),
}

/// Variables that follow each other: the first of them, and the first behind them.
#[derive(Clone, Copy)]
struct Block {
    first: u16,
    end: u16,
}

impl Act {
    /// An act as one number, no two alike.
    fn number(self) -> u64 {
        let (kind, with) = match self {
            Self::And(b) => (0, b.0),
            Self::Or(b) => (1, b.0),
            Self::Minus(b) => (2, b.0),
            Self::Fix(block, bits) => (3 + (u32::from(bits) << 3), block.number()),
            Self::Free(block) => (4, block.number()),
            Self::Hang(block) => (5, block.number()),
        };
        u64::from(kind) << 32 | u64::from(with)
    }
}

impl Block {
    fn number(self) -> u32 {
        u32::from(self.first) << 16 | u32::from(self.end)
    }
}

/// Something done before: the set, the act and the result. A later one may take its place: then it is done again.
#[derive(Clone, Copy)]
struct Done {
    act: u64,
    set: Set,
    result: Set,
}

/// Nothing done: with no answer set there is nothing to do.
const NOT_DONE: Done = Done { act: 0, set: Set::NONE, result: Set::NONE };

/// At first so much of what was done is remembered; it grows with the nodes.
const LEAST_DONE: usize = 1 << 12;

/// More is never remembered.
const MOST_DONE: usize = 1 << 20;

/// All diagrams of one proof.
pub struct Diagrams {
    nodes: Vec<Node>,
    /// The youngest node of each drawer; what a node says tells its drawer. None has the place 0, for nobody looks for that node.
    drawers: Vec<u32>,
    hasher: FixedState,
    done: Vec<Done>,
    /// No node is made beyond this place.
    most: usize,
}

/// The nodes that may be made are made.
struct Full;

impl Default for Diagrams {
    fn default() -> Self {
        let end = |set| Node { variable: NOTHING, low: set, high: set, next: 0 };
        Self {
            // Nobody looks for these two: what asks nothing is never made.
            nodes: vec![end(Set::NONE), end(Set::ALL)],
            drawers: vec![0; LEAST_DONE],
            hasher: FixedState::default(),
            done: vec![NOT_DONE; LEAST_DONE],
            most: MOST_NODES,
        }
    }
}

/// As many as have a place.
const MOST_NODES: usize = u32::MAX as usize;

impl Diagrams {
    /// What is in both.
    pub fn and(&mut self, a: Set, b: Set) -> Set {
        self.whole(a, Act::And(b))
    }

    /// What is in either.
    pub fn or(&mut self, a: Set, b: Set) -> Set {
        self.whole(a, Act::Or(b))
    }

    /// What is in the first but not in the second.
    pub fn minus(&mut self, a: Set, b: Set) -> Set {
        self.whole(a, Act::Minus(b))
    }

    /// What is not in it.
    pub fn not(&mut self, a: Set) -> Set {
        self.minus(Set::ALL, a)
    }

    /// Where one variable has one value.
    pub fn literal(&mut self, variable: u16, value: bool) -> Set {
        let (low, high) = if value { (Set::NONE, Set::ALL) } else { (Set::ALL, Set::NONE) };
        self.node(variable, low, high).unwrap_or(Set::NONE)
    }

    /// What remains to be said once `count` variables from `first` on have the values of these bits, the first lowest.
    pub fn fix(&mut self, set: Set, first: u16, count: u16, bits: u16) -> Set {
        self.whole(set, Act::Fix(Block { first, end: first + count }, bits))
    }

    /// Where some value of `count` variables from `first` on leads into the set.
    pub fn free(&mut self, set: Set, first: u16, count: u16) -> Set {
        self.whole(set, Act::Free(Block { first, end: first + count }))
    }

    /// Where some values of all variables from `first` on lead into the set.
    pub fn free_from(&mut self, set: Set, first: u16) -> Set {
        self.whole(set, Act::Free(Block { first, end: NOTHING }))
    }

    /// Where, once all variables before `first` are known, it hangs on the `count` from there on: some values of those behind
    /// them are such that what these are decides. A reduced diagram asks nothing in vain (Bryant 1986), so there, and only
    /// there, the next thing it asks is one of them: no values need to be tried.
    pub fn hangs_on(&mut self, set: Set, first: u16, count: u16) -> Set {
        self.whole(set, Act::Hang(Block { first, end: first + count }))
    }

    /// What is in any of them. Small ones are joined first, so that no large one grows again with each of them.
    pub fn any(&mut self, sets: impl IntoIterator<Item = Set>) -> Set {
        let mut sets: Vec<Set> = sets.into_iter().collect();
        while sets.len() > 1 {
            sets = sets.chunks(2).map(|pair| pair.iter().fold(Set::NONE, |one, other| self.or(one, *other))).collect();
        }
        sets.first().copied().unwrap_or(Set::NONE)
    }

    /// What is left of a set without any of these. Those that hold much and are said with little are taken away first: then what
    /// is left is small soon, and often nothing long before the last. Large ones first, or small ones, is slower by far.
    pub fn without(&mut self, set: Set, sets: impl IntoIterator<Item = Set>) -> Set {
        let mut shares = HashMap::with_hasher(self.hasher.clone());
        let mut sets: Vec<(f64, Set)> =
            sets.into_iter().map(|set| (self.share(set, &mut shares) / f64::from(self.size(set)), set)).collect();
        sets.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut left = set;
        for (_, set) in sets {
            if left == Set::NONE {
                break;
            }
            left = self.minus(left, set);
        }
        left
    }

    /// How many nodes say it.
    fn size(&self, set: Set) -> u32 {
        let (mut seen, mut pending) = (HashSet::with_hasher(self.hasher.clone()), vec![set]);
        while let Some(set) = pending.pop() {
            if seen.insert(set) && self.nodes[set.at()].variable != NOTHING {
                let node = self.nodes[set.at()];
                pending.extend([node.low, node.high]);
            }
        }
        u32::try_from(seen.len()).unwrap_or(u32::MAX)
    }

    /// How much of all answer sets is in it, about.
    fn share(&self, set: Set, known: &mut HashMap<Set, f64, FixedState>) -> f64 {
        match set {
            Set::NONE => return 0.0,
            Set::ALL => return 1.0,
            _ => {}
        }
        if let Some(share) = known.get(&set) {
            return *share;
        }
        let node = self.nodes[set.at()];
        let share = f64::midpoint(self.share(node.low, known), self.share(node.high, known));
        known.insert(set, share);
        share
    }

    /// What is in either, unless that takes more than so many new nodes.
    pub fn or_within(&mut self, a: Set, b: Set, most: usize) -> Option<Set> {
        let before = self.nodes.len();
        self.most = before.saturating_add(most).min(MOST_NODES);
        let either = self.act(a, Act::Or(b));
        self.most = MOST_NODES;
        if either.is_err() {
            // Nothing but what was just remembered leads to the nodes just made.
            for drawer in &mut self.drawers {
                while *drawer as usize >= before {
                    *drawer = self.nodes[*drawer as usize].next;
                }
            }
            self.nodes.truncate(before);
            self.done.fill(NOT_DONE);
        }
        either.ok()
    }

    /// Whether one answer set is in it, given as values of all variables.
    pub fn contains(&self, set: Set, point: &[bool]) -> bool {
        let mut at = set;
        while at != Set::NONE && at != Set::ALL {
            let node = self.nodes[at.at()];
            at = if point[usize::from(node.variable)] { node.high } else { node.low };
        }
        at == Set::ALL
    }

    /// The variables on which it depends whether an answer set is in it, in order.
    pub fn variables(&self, set: Set) -> Vec<u16> {
        let (mut variables, mut seen, mut pending) =
            (BTreeSet::new(), HashSet::with_hasher(self.hasher.clone()), vec![set]);
        while let Some(set) = pending.pop() {
            let node = self.nodes[set.at()];
            if node.variable != NOTHING && seen.insert(set) {
                variables.insert(node.variable);
                pending.extend([node.low, node.high]);
            }
        }
        variables.into_iter().collect()
    }

    /// How many nodes are kept: what all diagrams take in memory.
    pub fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// An act without a bound of its own: memory ends long before places for nodes do.
    fn whole(&mut self, set: Set, act: Act) -> Set {
        self.act(set, act).unwrap_or(Set::NONE)
    }

    fn act(&mut self, a: Set, act: Act) -> Result<Set, Full> {
        // Of two sets whose order is no matter, the first comes first, so that less is done twice.
        let (a, act) = match act {
            Act::And(b) if b < a => (b, Act::And(a)),
            Act::Or(b) if b < a => (b, Act::Or(a)),
            _ => (a, act),
        };
        match act {
            Act::And(_) | Act::Minus(_) if a == Set::NONE => return Ok(Set::NONE),
            Act::And(b) if a == Set::ALL || a == b => return Ok(b),
            Act::Or(b) if a == Set::NONE || a == b => return Ok(b),
            Act::Or(_) if a == Set::ALL => return Ok(Set::ALL),
            Act::Minus(b) if b == Set::ALL || a == b => return Ok(Set::NONE),
            Act::Minus(Set::NONE) => return Ok(a),
            Act::Free(block) if self.nodes[a.at()].variable >= block.end => return Ok(a),
            Act::Fix(block, bits) if self.nodes[a.at()].variable >= block.first => {
                return Ok(self.follow(a, block, bits));
            }
            Act::Hang(block) if self.nodes[a.at()].variable >= block.end => return Ok(Set::NONE),
            Act::Hang(block) if self.nodes[a.at()].variable >= block.first => return Ok(Set::ALL),
            _ => {}
        }
        let number = act.number();
        let known = self.done[self.place(a, number)];
        if (known.set, known.act) == (a, number) {
            return Ok(known.result);
        }
        let node = self.nodes[a.at()];
        let result = match act {
            Act::And(b) => self.both(node, a, b, Act::And)?,
            Act::Or(b) => self.both(node, a, b, Act::Or)?,
            Act::Minus(b) => self.both(node, a, b, Act::Minus)?,
            // Only the empty set has no values at all that lead into it, and its node asks nothing.
            Act::Free(Block { first, end: NOTHING }) if node.variable >= first => Set::ALL,
            Act::Free(block) if node.variable >= block.first => {
                let (low, high) = (self.act(node.low, act)?, self.act(node.high, act)?);
                self.act(low, Act::Or(high))?
            }
            Act::Fix(..) | Act::Free(_) | Act::Hang(_) => {
                let (low, high) = (self.act(node.low, act)?, self.act(node.high, act)?);
                self.node(node.variable, low, high)?
            }
        };
        let place = self.place(a, number);
        self.done[place] = Done { act: number, set: a, result };
        Ok(result)
    }

    /// Where it is remembered that something was done.
    fn place(&self, set: Set, act: u64) -> usize {
        self.hasher.hash_one(u128::from(act) << 32 | u128::from(set.0)) as usize & (self.done.len() - 1)
    }

    /// What a set says below a block once the block's variables have these values; it asks for none before.
    fn follow(&self, set: Set, block: Block, bits: u16) -> Set {
        let (mut set, mut node) = (set, self.nodes[set.at()]);
        while node.variable < block.end {
            let high = bits.checked_shr(u32::from(node.variable - block.first)).is_some_and(|rest| rest & 1 == 1);
            set = if high { node.high } else { node.low };
            node = self.nodes[set.at()];
        }
        set
    }

    /// An act on two sets: on their halves, by the variable that comes first.
    fn both(&mut self, left: Node, a: Set, b: Set, act: fn(Set) -> Act) -> Result<Set, Full> {
        let (variable, low, high) = self.halves(left, a, b);
        let (low, high) = (self.act(low.0, act(low.1))?, self.act(high.0, act(high.1))?);
        self.node(variable, low, high)
    }

    /// The variable that comes first in two sets, and both where it is false and where it is true.
    fn halves(&self, left: Node, a: Set, b: Set) -> (u16, (Set, Set), (Set, Set)) {
        let right = self.nodes[b.at()];
        let variable = left.variable.min(right.variable);
        let halves = |node: Node, set| if node.variable == variable { (node.low, node.high) } else { (set, set) };
        let ((a_low, a_high), (b_low, b_high)) = (halves(left, a), halves(right, b));
        (variable, (a_low, b_low), (a_high, b_high))
    }

    /// The one node that says this.
    fn node(&mut self, variable: u16, low: Set, high: Set) -> Result<Set, Full> {
        if low == high {
            return Ok(low);
        }
        let drawer = self.drawer(variable, low, high);
        let mut at = self.drawers[drawer];
        while at != 0 {
            let node = self.nodes[at as usize];
            if (node.variable, node.low, node.high) == (variable, low, high) {
                return Ok(Set(at));
            }
            at = node.next;
        }
        let place = u32::try_from(self.nodes.len()).ok().filter(|_| self.nodes.len() < self.most).ok_or(Full)?;
        self.nodes.push(Node { variable, low, high, next: self.drawers[drawer] });
        self.drawers[drawer] = place;
        if self.nodes.len() > self.drawers.len() {
            self.grow();
        }
        Ok(Set(place))
    }

    fn drawer(&self, variable: u16, low: Set, high: Set) -> usize {
        let node = u128::from(variable) << 64 | u128::from(low.0) << 32 | u128::from(high.0);
        self.hasher.hash_one(node) as usize & (self.drawers.len() - 1)
    }

    /// Twice the drawers, and twice what is remembered.
    fn grow(&mut self) {
        self.drawers = vec![0; self.drawers.len() * 2];
        for (place, at) in (2..self.nodes.len()).zip(2..) {
            let Node { variable, low, high, .. } = self.nodes[place];
            let drawer = self.drawer(variable, low, high);
            self.nodes[place].next = std::mem::replace(&mut self.drawers[drawer], at);
        }
        if self.done.len() < MOST_DONE {
            let done = vec![NOT_DONE; self.done.len() * 2];
            for done in std::mem::replace(&mut self.done, done) {
                let place = self.place(done.set, done.act);
                self.done[place] = done;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sets over six variables are also a table: one bit for each of the 64 answer sets.
    const VARIABLES: u16 = 6;

    fn point(at: u32) -> Vec<bool> {
        (0..VARIABLES).map(|variable| at >> variable & 1 == 1).collect()
    }

    fn table(holds: impl Fn(u32) -> bool) -> u64 {
        (0..64).filter(|at| holds(*at)).fold(0, |table, at| table | 1 << at)
    }

    proptest! {
        #[test]
        fn diagrams_say_the_same_as_tables(
            acts in prop::collection::vec((0u8..10, any::<u16>(), any::<u16>(), 0u16..VARIABLES, 1u16..4, any::<u16>()), 1..60),
        ) {
            let mut diagrams = Diagrams::default();
            let mut all = vec![(Set::NONE, 0), (Set::ALL, u64::MAX)];
            for variable in 0..VARIABLES {
                all.push((diagrams.literal(variable, true), table(|at| at >> variable & 1 == 1)));
                all.push((diagrams.literal(variable, false), table(|at| at >> variable & 1 == 0)));
            }
            for (act, a, b, first, count, bits) in acts {
                let ((a, left), (b, right)) = (all[usize::from(a) % all.len()], all[usize::from(b) % all.len()]);
                let end = (first + count).min(VARIABLES);
                let (count, bits) = (end - first, bits & ((1 << (end - first)) - 1));
                let mask = ((1 << count) - 1) << first;
                all.push(match act {
                    0 => (diagrams.and(a, b), left & right),
                    1 => (diagrams.or(a, b), left | right),
                    2 => (diagrams.minus(a, b), left & !right),
                    3 => (diagrams.fix(a, first, count, bits), table(|at| left >> (at & !mask | u32::from(bits) << first) & 1 == 1)),
                    4 => (
                        diagrams.free(a, first, count),
                        table(|at| (0..1 << count).any(|bits: u32| left >> (at & !mask | bits << first) & 1 == 1)),
                    ),
                    5 => (
                        diagrams.free_from(a, first),
                        table(|at| (0..64 >> first).any(|rest: u32| left >> (at & ((1 << first) - 1) | rest << first) & 1 == 1)),
                    ),
                    6 => (
                        diagrams.hangs_on(a, first, count),
                        table(|at| (0..64 >> first).any(|rest: u32| {
                            let one = at & ((1 << first) - 1) | rest << first;
                            (0..1 << count).any(|bits: u32| (left >> one ^ left >> (one & !mask | bits << first)) & 1 == 1)
                        })),
                    ),
                    7 => (diagrams.any([a, b, all[all.len() - 1].0]), left | right | all[all.len() - 1].1),
                    8 => (diagrams.without(a, [b, all[all.len() - 1].0]), left & !right & !all[all.len() - 1].1),
                    // What is given up leaves everything as it was.
                    _ => match diagrams.or_within(a, b, usize::from(first % 3)) {
                        Some(either) => (either, left | right),
                        None => (a, left),
                    },
                });
            }
            let mut one = std::collections::HashMap::new();
            for (set, says) in all {
                let turns = |variable: &u16| (0..64u32).any(|at| (says >> at ^ says >> (at ^ 1 << variable)) & 1 == 1);
                prop_assert_eq!(diagrams.variables(set), (0..VARIABLES).filter(turns).collect::<Vec<_>>());
                prop_assert_eq!(table(|at| diagrams.contains(set, &point(at))), says);
                prop_assert_eq!(*one.entry(says).or_insert(set), set, "equal sets are one");
            }
        }
    }
}
