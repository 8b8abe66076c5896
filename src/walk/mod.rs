//! How rules are read: conditions first, then down the tree, turn by turn. Said once, for whoever it is read for.
//!
//! A [`Reader`] says for whom: [`Person`] is one person, of whom everything is known, or whose answers still come in;
//! the proof has one for everybody at once, with sets of answer sets. What they share is here: in which order conditions
//! and turns are tried, who goes on, and ([`Brings`]) what comes together on the way to an outcome.
//!
//! ```text
//! pathway ─► when, unless ─► turn ─► turn ─► outcome ─► rows, sources, certainty, steps, offices
//!                └── facts ──┴────────┘ derived facts are read the same way
//! ```

mod answers;
mod arrange;
mod brings;
mod notes;
mod person;
#[cfg(test)]
pub mod readings;
mod said;

pub use answers::{Answers, MOST_TOLD, Misfit, MisfitKind};
pub use arrange::arrange;
pub use brings::{Brings, Carried};
pub use notes::{Begun, Notes, Reason, ReasonKind, Reasons, Trail};
pub use person::{Asked, Known, LeftOut, Manner, Memory, Open, Person, Silence, Truth, Unknown};
pub use said::said;

use jiff::civil::Date;

use crate::rulebook::{Also, Condition, Fork, Id, Node, Outcome, Pathway, Turn, in_force};

/// Whom the rules are read for.
pub trait Reader<'r>: Sized {
    /// Those who come to a place: yes or no for one person, a set of answer sets for everybody.
    type Who: Copy + PartialEq;
    /// What ends the reading before its end: a question that must be answered first.
    type Stop;

    /// Nobody comes there.
    const NOBODY: Self::Who;
    /// Everybody comes there.
    const ALL: Self::Who;
    /// Whether turns that nobody takes are looked at all the same, so that each has its place in a list.
    const EVERY_TURN: bool = false;

    /// The day.
    fn date(&self) -> Date;

    /// Parts those who are here: for whom all conditions hold, and the others. Conditions are looked at in order, and
    /// none any more once nobody is left.
    ///
    /// # Errors
    /// If a question must be answered first.
    fn part(&mut self, conditions: &[Condition], here: Self::Who) -> Result<(Self::Who, Self::Who), Self::Stop>;

    /// Those who take the turn that closes a fork: whoever is left. It is open on every day, so nobody is stranded. Its
    /// conditions say what is left; they are looked at, since the way rests on them, but turn nobody away.
    ///
    /// # Errors
    /// If a question must be answered first.
    fn otherwise(&mut self, left: Self::Who, conditions: &[Condition]) -> Result<Self::Who, Self::Stop> {
        self.part(conditions, left)?;
        Ok(left)
    }

    /// Told of a condition of the pathway, with those who go on.
    fn passed(&mut self, kind: ReasonKind, condition: &'r Condition, on: Self::Who);

    /// Told of a turn before it is gone down, with those who take it.
    fn turned<L>(&mut self, fork: &'r Fork<L>, turn: &'r Turn<L>, taken: Self::Who);

    /// Told that the turn last gone down is left again.
    fn turned_back(&mut self);
}

/// Those whom one condition of a pathway lets go on.
///
/// # Errors
/// If a question must be answered first.
pub fn pass<'r, R: Reader<'r>>(
    reader: &mut R,
    kind: ReasonKind,
    condition: &'r Condition,
    here: R::Who,
) -> Result<R::Who, R::Stop> {
    let (met, not) = reader.part(std::slice::from_ref(condition), here)?;
    let on = if kind == ReasonKind::Unless { not } else { met };
    reader.passed(kind, condition, on);
    Ok(on)
}

/// Reads a pathway: `end` is told each leaf with those who come to it. Gives back those to whom the pathway applies.
///
/// # Errors
/// If a question must be answered first.
pub fn pathway<'r, R: Reader<'r>>(
    reader: &mut R,
    pathway: &'r Pathway,
    mut end: impl FnMut(&mut R, Option<Id<Outcome>>, R::Who) -> Result<(), R::Stop>,
) -> Result<R::Who, R::Stop> {
    let mut on = R::ALL;
    for (kind, conditions) in [(ReasonKind::When, &pathway.when), (ReasonKind::Unless, &pathway.unless)] {
        for condition in conditions {
            on = pass(reader, kind, condition, on)?;
            if on == R::NOBODY && !R::EVERY_TURN {
                return Ok(on);
            }
        }
    }
    descend(reader, &pathway.tree, on, &mut |reader, leaf, who| match *leaf {
        Some(outcome) => beside(reader, &pathway.also, outcome, who, &mut end),
        None => end(reader, None, who),
    })?;
    Ok(on)
}

/// What is done with those who come to an outcome.
type End<'e, 'r, R> =
    &'e mut dyn FnMut(&mut R, Option<Id<Outcome>>, <R as Reader<'r>>::Who) -> Result<(), <R as Reader<'r>>::Stop>;

/// Past what is added beside the norm to an outcome: it lies on the way like a turn, and leads nowhere else.
fn beside<'r, R: Reader<'r>>(
    reader: &mut R,
    all: &'r [Also],
    outcome: Id<Outcome>,
    here: R::Who,
    end: End<'_, 'r, R>,
) -> Result<(), R::Stop> {
    match all.split_first() {
        None => end(reader, Some(outcome), here),
        Some((also, rest)) if also.to.contains(&outcome) => {
            descend(reader, &also.node, here, &mut |reader, (), who| beside(reader, rest, outcome, who, end))
        }
        Some((_, rest)) => beside(reader, rest, outcome, here, end),
    }
}

/// Down from a node to the leaves; `end` is told each with those who come to it.
///
/// # Errors
/// If a question must be answered first.
pub fn descend<'r, L, R: Reader<'r>>(
    reader: &mut R,
    node: &'r Node<L>,
    here: R::Who,
    end: &mut impl FnMut(&mut R, &'r L, R::Who) -> Result<(), R::Stop>,
) -> Result<(), R::Stop> {
    let fork = match node {
        Node::Leaf(_) if here == R::NOBODY => return Ok(()),
        Node::Leaf(leaf) => return end(reader, leaf, here),
        Node::Fork(fork) => fork,
    };
    let mut left = here;
    for branch in &fork.branches {
        if left == R::NOBODY && !R::EVERY_TURN {
            return Ok(());
        }
        let mut taken = R::NOBODY;
        if in_force(branch.valid, reader.date()) {
            (taken, left) = reader.part(&branch.turn.when, left)?;
        }
        go(reader, fork, &branch.turn, taken, end)?;
    }
    let taken = if left == R::NOBODY { left } else { reader.otherwise(left, &fork.otherwise.when)? };
    go(reader, fork, &fork.otherwise, taken, end)
}

fn go<'r, L, R: Reader<'r>>(
    reader: &mut R,
    fork: &'r Fork<L>,
    turn: &'r Turn<L>,
    taken: R::Who,
    end: &mut impl FnMut(&mut R, &'r L, R::Who) -> Result<(), R::Stop>,
) -> Result<(), R::Stop> {
    if taken == R::NOBODY && !R::EVERY_TURN {
        return Ok(());
    }
    reader.turned(fork, turn, taken);
    descend(reader, &turn.node, taken, end)?;
    reader.turned_back();
    Ok(())
}
