//! What comes together on the way to an outcome.

use jiff::civil::Date;

use super::arrange::arrange;
use crate::rulebook::{Ground, Id, OfficeRef, Outcome, Pathway, Rulebook, Source, Step};
use crate::terms::Certainty;

/// What a way through a pathway brings onto the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Brings<'r> {
    /// The outcome.
    pub outcome: Id<Outcome>,
    /// Rows on the pathway's own branches.
    pub rows: Vec<&'r str>,
    /// Rows of derived facts looked at.
    pub derived_rows: Vec<&'r str>,
    /// Sources, the nearest to the outcome first.
    pub basis: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
    /// Steps in order.
    pub steps: Vec<Id<Step>>,
    /// Offices of steps and open points, in order, as far as they are written.
    pub offices: Vec<OfficeRef>,
}

/// What derived facts add to the pathway that looks at them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carried<'r> {
    /// Rows.
    pub rows: Vec<&'r str>,
    /// Steps.
    pub steps: Vec<Id<Step>>,
}

impl<'r> Carried<'r> {
    /// What some grounds add, in their order.
    pub fn of(grounds: impl IntoIterator<Item = &'r Ground>) -> Self {
        let mut carried = Self::default();
        for ground in grounds {
            carried.rows.extend(ground.rows.iter().map(String::as_str));
            carried.steps.extend(&ground.steps);
        }
        carried
    }

    /// Adds what another fact carries.
    pub fn add(&mut self, more: &Self) {
        self.rows.extend(&more.rows);
        self.steps.extend(&more.steps);
    }
}

impl<'r> Brings<'r> {
    /// Puts together what lies on the turns to an outcome, and what derived facts carry. The root, the turns, then the
    /// outcome itself; the turn nearest to the outcome has the last word on certainty.
    pub fn of(
        rulebook: &Rulebook,
        date: Date,
        pathway: &'r Pathway,
        outcome: Id<Outcome>,
        turns: &[&'r Ground],
        carried: &Carried<'r>,
    ) -> Self {
        let ends = &pathway.outcomes[outcome];
        let above = || std::iter::once(&pathway.ground).chain(turns.iter().copied());
        let mut rows = Vec::new();
        let own = above().chain([&ends.ground]).flat_map(|ground| &ground.rows);
        own.for_each(|row| once(&mut rows, row.as_str()));
        let mut derived_rows = Vec::new();
        carried.rows.iter().filter(|row| !rows.contains(row)).for_each(|row| once(&mut derived_rows, *row));
        let mut basis = Vec::new();
        let nearest = [&ends.ground].into_iter().chain(turns.iter().rev().copied()).chain([&pathway.ground]);
        nearest.flat_map(|ground| &ground.basis).for_each(|source| once(&mut basis, *source));
        let certainty = turns.iter().rev().find_map(|ground| ground.certainty).unwrap_or(ends.certainty);
        let own = [&ends.ground].into_iter().chain(above()).flat_map(|ground| &ground.steps);
        let steps = arrange(rulebook, own.chain(&carried.steps).copied(), date);
        let mut offices = Vec::new();
        let contacts = steps.iter().flat_map(|step| &rulebook.steps[*step].contact).chain(&ends.ask);
        contacts.for_each(|office| once(&mut offices, *office));
        Self { outcome, rows, derived_rows, basis, certainty, steps, offices }
    }
}

fn once<T: PartialEq>(list: &mut Vec<T>, entry: T) {
    if !list.contains(&entry) {
        list.push(entry);
    }
}
