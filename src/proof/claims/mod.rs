//! The claims, one file each: what is claimed, and the search for what breaks it.

mod contradiction;
mod longest;
mod matters;
mod order;
mod other_office;
mod reachable;
mod sheet;
mod shown;
mod sources;
mod unknown;

use std::collections::HashSet;

use jiff::civil::Date;

use super::certificate::{Claim, Exception};
use super::diagram::{Diagrams, Set};
use super::interviews::{self, Lengths, Several};
use super::reading::{Manner, PathwayReading, Reading};
use super::space::Space;
use crate::rulebook::{Authority, Id, Outcome, Pathway, Rulebook};
use crate::source::Span;
use crate::terms::{Day, Standing};
use shown::Shown;

/// The rules read for one stretch of time.
pub struct Period<'r> {
    /// Its first day.
    pub date: Date,
    /// For all complete answer sets.
    pub desk: Reading<'r>,
    /// What stands on their sheets.
    pub shown: Shown,
    /// Per question: for which answer sets the wizard puts it.
    pub put: Vec<Set>,
    /// How many interviews of each length there are, where that can be counted in time.
    pub lengths: Option<Lengths>,
}

impl<'r> Period<'r> {
    /// Reads the rules as they stand on a day. Where the same questions are put as in an earlier stretch, the interviews
    /// are not counted again.
    pub fn read(rulebook: &'r Rulebook, space: &Space, diagrams: &mut Diagrams, date: Date, earlier: &[Self]) -> Self {
        let mut desk = Reading::of(rulebook, space, diagrams, date, Manner::Desk);
        let shown = Shown::of(&mut desk, space, diagrams);
        let mut wizard = Reading::of(rulebook, space, diagrams, date, Manner::Wizard);
        let mut put = wizard.looked_at(space, diagrams);
        for (question, set) in rulebook.questions.ids().zip(&mut put) {
            let may = wizard.may_be_put(space, diagrams, question);
            *set = diagrams.and(*set, may);
        }
        let lengths = match earlier.iter().find(|period| period.put == put) {
            Some(same) => same.lengths.clone(),
            None => interviews::count(rulebook, space, diagrams, &put, Several::Any),
        };
        Self { date, desk, shown, put, lengths }
    }
}

/// Everything a claim is tried on.
pub struct Grounds<'a, 'r> {
    /// The rules.
    pub rulebook: &'r Rulebook,
    /// The first day.
    pub today: Date,
    /// All answer sets.
    pub space: &'a Space,
    /// Where sets of them live.
    pub diagrams: &'a mut Diagrams,
    /// The stretches, read. A claim takes them out while it needs them beside the diagrams, and puts them back.
    pub periods: Vec<Period<'r>>,
}

impl Grounds<'_, '_> {
    /// An exception, with the shortest answer set if it depends on answers.
    fn exception(&mut self, says: String, day: Date, place: Option<Span>, set: Option<Set>) -> Exception {
        let link = set.and_then(|set| self.space.shortest(self.diagrams, set)).map(|answers| {
            let pairs =
                answers.pairs(self.rulebook).into_iter().map(|(question, options)| format!("{question}={options}"));
            let day = (day != self.today).then(|| format!("datum={day}"));
            let pairs: Vec<String> = pairs.chain(day).collect();
            if pairs.is_empty() { "/blatt".to_owned() } else { format!("/blatt?{}", pairs.join("&")) }
        });
        Exception { says, day: Day(day), link, place }
    }

    fn outcome(&self, pathway: Id<Pathway>, outcome: Id<Outcome>) -> &Outcome {
        &self.rulebook.pathways[pathway].outcomes[outcome]
    }

    fn outcome_name(&self, pathway: Id<Pathway>, outcome: Id<Outcome>) -> String {
        let outcomes = &self.rulebook.pathways[pathway].outcomes;
        format!("{}/{}", self.rulebook.pathways.name(pathway), outcomes.name(outcome))
    }

    /// The answer sets for which a pathway comes to an outcome of this kind.
    fn standing(&mut self, id: Id<Pathway>, reading: &PathwayReading, wanted: impl Fn(Standing) -> bool) -> Set {
        let mut set = Set::NONE;
        for way in &reading.ways {
            if wanted(self.outcome(id, way.brings.outcome).standing) {
                set = self.diagrams.or(set, way.set);
            }
        }
        set
    }
}

/// Whether somebody can be reached at an office.
fn answers_people(rulebook: &Rulebook, id: Id<Authority>) -> bool {
    let office = &rulebook.authorities[id];
    let lines = [&office.phone, &office.email, &office.post, &office.url];
    office.find.is_some() || lines.into_iter().flatten().any(|line| !line.trim().is_empty())
}

/// Tries every claim.
pub fn all(grounds: &mut Grounds<'_, '_>) -> Vec<Claim> {
    let claims: [fn(&mut Grounds<'_, '_>) -> Claim; 9] = [
        sheet::claim,
        reachable::claim,
        matters::claim,
        order::claim,
        sources::claim,
        contradiction::claim,
        other_office::claim,
        unknown::claim,
        longest::claim,
    ];
    let once = |mut claim: Claim| {
        // What is wrong on several stretches is said for the first of them.
        let mut said = HashSet::new();
        claim.exceptions.retain(|exception| said.insert((exception.says.clone(), exception.place)));
        claim
    };
    claims.into_iter().map(|claim| once(claim(grounds))).collect()
}
