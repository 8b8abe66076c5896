//! What is written down on the way: nothing, what was passed, or every reason.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

use crate::rulebook::{DerivedFact, Fact, Ground, Id, Turn, ValueSet};

/// One look at one fact.
#[derive(Clone, Debug)]
pub struct Reason<'r> {
    /// What the look was for.
    pub kind: ReasonKind,
    /// The fact.
    pub fact: Fact,
    /// The value or values it had.
    pub values: ValueSet,
    /// The values that would have done; for a branch, those it was written for.
    pub wanted: ValueSet,
    /// Whether the condition let the pathway go on.
    pub holds: bool,
    /// What the branch rests on.
    pub ground: Option<&'r Ground>,
    /// For a derived fact: how it came to its value.
    pub because: Arc<[Reason<'r>]>,
}

/// What a look was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ReasonKind {
    /// A condition of `when`.
    When,
    /// A condition of `unless`.
    Unless,
    /// A node of the tree.
    Branch,
    /// A table.
    Lookup,
}

/// What a walk writes down: nothing (`()`), a [`Trail`], or all [`Reasons`].
pub trait Notes<'r> {
    /// Empty notes for a rulebook with so many derived facts.
    fn new(facts: usize) -> Self;

    /// The trail, if one is kept.
    fn trail(&mut self) -> Option<&mut Trail<'r>> {
        None
    }

    /// The reasons, if they are wanted.
    fn reasons(&mut self) -> Option<&mut Reasons<'r>> {
        None
    }
}

impl Notes<'_> for () {
    fn new(_: usize) -> Self {}
}

/// What was passed: the grounds of the turns taken, and the derived facts looked at.
#[derive(Clone, Debug, Default)]
pub struct Trail<'r> {
    /// Of the turns taken, first to last.
    pub grounds: Vec<&'r Ground>,
    /// Derived facts looked at for conditions and turns, each once.
    pub facts: Vec<Id<DerivedFact>>,
    /// How much of both lay before each turn.
    turns: Vec<(usize, usize)>,
    /// Where the facts of the derived fact in hand begin.
    since: usize,
    /// Per derived fact: what its value rests on.
    kept: Vec<Kept<'r>>,
    /// What is gathered when somebody asks for it, and the facts it is gathered from.
    carried: Vec<&'r Ground>,
    gathered: Vec<bool>,
}

/// What the value of a derived fact rests on.
#[derive(Clone, Debug, Default)]
struct Kept<'r> {
    /// The grounds of its own turns.
    grounds: Vec<&'r Ground>,
    /// The derived facts it looked at.
    facts: Vec<Id<DerivedFact>>,
}

/// Where a derived fact began to be read.
pub struct Begun {
    grounds: usize,
    since: usize,
}

impl<'r> Trail<'r> {
    /// The grounds of the turns taken, and those that the values of the facts looked at rest on.
    pub fn all(&mut self) -> (&[&'r Ground], &[&'r Ground]) {
        self.carried.clear();
        self.gathered.fill(false);
        for fact in &self.facts {
            gather(&self.kept, *fact, &mut self.gathered, &mut self.carried);
        }
        (&self.grounds, &self.carried)
    }

    /// A new pathway begins; what is kept of derived facts stays.
    pub fn set_out(&mut self) {
        self.grounds.clear();
        self.facts.clear();
        self.turns.clear();
        self.since = 0;
    }

    /// The answers are others: nothing is known any more of derived facts.
    pub fn forget(&mut self) {
        self.set_out();
        for kept in &mut self.kept {
            kept.grounds.clear();
            kept.facts.clear();
        }
    }

    /// A fact was looked at.
    pub fn looked(&mut self, fact: Fact) {
        if let Fact::Derived(fact) = fact
            && !self.facts[self.since..].contains(&fact)
        {
            self.facts.push(fact);
        }
    }

    /// A turn is gone down.
    pub fn turned<L>(&mut self, turn: &'r Turn<L>) {
        self.turns.push((self.grounds.len(), self.facts.len()));
        turn.when.iter().for_each(|condition| self.looked(condition.fact));
        self.grounds.push(&turn.ground);
    }

    /// The turn last gone down is left again.
    pub fn turned_back(&mut self) {
        if let Some((grounds, facts)) = self.turns.pop() {
            self.grounds.truncate(grounds);
            self.facts.truncate(facts);
        }
    }

    /// A derived fact begins to be read in between.
    pub fn begin(&mut self) -> Begun {
        let begun = Begun { grounds: self.grounds.len(), since: self.since };
        self.since = self.facts.len();
        begun
    }

    /// A leaf of the derived fact is reached: what lies on the way belongs to its value. Who is in the middle of an
    /// interview may reach several leaves by the same turns.
    pub fn keep(&mut self, fact: Id<DerivedFact>, begun: &Begun) {
        let kept = &mut self.kept[fact.index()];
        for ground in &self.grounds[begun.grounds..] {
            if !kept.grounds.iter().any(|known| std::ptr::eq(*known, *ground)) {
                kept.grounds.push(ground);
            }
        }
        for inner in &self.facts[self.since..] {
            if !kept.facts.contains(inner) {
                kept.facts.push(*inner);
            }
        }
    }

    /// The derived fact is read; what lay before goes on.
    pub fn end(&mut self, begun: Begun) {
        self.facts.truncate(self.since);
        self.since = begun.since;
    }
}

/// What a fact rests on: its own grounds, then those of the facts it looked at. Each fact is gathered once.
fn gather<'r>(kept: &[Kept<'r>], fact: Id<DerivedFact>, gathered: &mut [bool], grounds: &mut Vec<&'r Ground>) {
    if std::mem::replace(&mut gathered[fact.index()], true) {
        return;
    }
    let Kept { grounds: own, facts } = &kept[fact.index()];
    grounds.extend(own);
    facts.iter().for_each(|inner| gather(kept, *inner, gathered, grounds));
}

impl<'r> Notes<'r> for Trail<'r> {
    fn new(facts: usize) -> Self {
        Self { kept: vec![Kept::default(); facts], gathered: vec![false; facts], ..Self::default() }
    }

    fn trail(&mut self) -> Option<&mut Trail<'r>> {
        Some(self)
    }
}

/// Every reason, and the trail.
#[derive(Clone, Debug)]
pub struct Reasons<'r> {
    /// The trail.
    pub trail: Trail<'r>,
    /// The looks of the pathway in hand.
    pub looks: Vec<Reason<'r>>,
    /// How each derived fact came to its value.
    pub kept: Vec<Arc<[Reason<'r>]>>,
}

impl<'r> Notes<'r> for Reasons<'r> {
    fn new(facts: usize) -> Self {
        Self { trail: Trail::new(facts), looks: Vec::new(), kept: vec![Arc::default(); facts] }
    }

    fn trail(&mut self) -> Option<&mut Trail<'r>> {
        Some(&mut self.trail)
    }

    fn reasons(&mut self) -> Option<&mut Reasons<'r>> {
        Some(self)
    }
}
