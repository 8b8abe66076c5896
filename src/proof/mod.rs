//! What is proved about the rulebook: exact statements over every complete answer set, never sampled.
//!
//! [`certify`] reads the rules once for each stretch of time on which they do not change, counts interviews, and tries
//! each claim. Within a pathway this walks every branch; across pathways it works on decision diagrams. A claim that does
//! not hold names what breaks it, with the shortest answer set as a link.
//!
//! Its sets of answer sets and its reading of the rules are there for [`crate::change`] too.
//!
//! The room knows rules, interviews and sheets; it knows nothing of how a certificate is shown.

mod certificate;
mod claims;
pub(crate) mod diagram;
mod interviews;
pub(crate) mod reading;
pub(crate) mod space;

pub use certificate::{Certificate, Claim, Exception, Figures, Interviews, Middle};

use jiff::ToSpan;
use jiff::civil::Date;
use num_bigint::BigUint;

use crate::interview::Answers;
use crate::rulebook::{Rulebook, ValueSet, YEARS_AHEAD, stretches};
use crate::terms::Day;
use claims::{Grounds, Period};
use diagram::{Diagrams, Set};
use interviews::{Lengths, Several};
use reading::{Manner, Reading};
use space::Space;

/// Proves what is claimed about a rulebook, from a day to [`YEARS_AHEAD`] years later.
pub fn certify(rulebook: &Rulebook, date: Date) -> Certificate {
    let space = Space::of(rulebook);
    let mut diagrams = Diagrams::default();
    let stretches = stretches(rulebook, date);
    let mut periods = Vec::new();
    for stretch in &stretches {
        let period = Period::read(rulebook, &space, &mut diagrams, stretch.from.0, &periods);
        periods.push(period);
    }
    let mut grounds = Grounds { rulebook, today: date, space: &space, diagrams: &mut diagrams, periods };
    let claims = claims::all(&mut grounds);
    let figures = figures(&mut grounds);
    Certificate {
        rulebook: rulebook.name.clone(),
        version: rulebook.version.clone(),
        from: Day(date),
        until: Day(date.saturating_add(YEARS_AHEAD.years())),
        stretches,
        figures,
        claims,
    }
}

fn figures(grounds: &mut Grounds<'_, '_>) -> Figures {
    let rulebook = grounds.rulebook;
    let Some(today) = grounds.periods.first() else { return Figures::default() };
    let outcomes = today.desk.pathways.iter().map(|pathway| {
        let mut outcomes: Vec<_> = pathway.ways.iter().map(|way| way.brings.outcome).collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        outcomes.len()
    });
    Figures {
        answer_sets: grounds.space.size(grounds.diagrams, Set::ALL).to_string(),
        outcomes: outcomes.sum(),
        interviews: today.lengths.clone().map(Interviews::of),
        interviews_with_one_goal: interviews::count(
            rulebook,
            grounds.space,
            grounds.diagrams,
            &today.put,
            Several::One,
        )
        .map(Interviews::of),
    }
}

/// How many interviews of each length there are, `interviews` distinct ones and the answer sets they stand for: the
/// position is the number of questions. For tests that count by hand.
pub fn interview_lengths(rulebook: &Rulebook, date: Date) -> Option<(Vec<BigUint>, Vec<BigUint>)> {
    let space = Space::of(rulebook);
    let mut diagrams = Diagrams::default();
    let period = Period::read(rulebook, &space, &mut diagrams, date, &[]);
    let Lengths { interviews, answer_sets } = period.lengths?;
    Some((interviews, answer_sets))
}

/// For each outcome that some answer set reaches on a day, as `pathway/outcome`: how many complete answer sets do, and
/// the shortest of them.
pub fn reach(rulebook: &Rulebook, date: Date) -> Vec<(String, BigUint, Answers)> {
    let space = Space::of(rulebook);
    let mut diagrams = Diagrams::default();
    let reading = Reading::of(rulebook, &space, &mut diagrams, date, Manner::Desk);
    let mut reached = Vec::new();
    for (id, name, pathway) in rulebook.pathways.iter() {
        for (outcome, ends, _) in pathway.outcomes.iter() {
            let ways = reading.pathways[id.index()].ways.iter().filter(|way| way.brings.outcome == outcome);
            let set = ways.fold(Set::NONE, |set, way| diagrams.or(set, way.set));
            if let Some(shortest) = space.shortest(&mut diagrams, set) {
                reached.push((format!("{name}/{ends}"), space.size(&mut diagrams, set), shortest));
            }
        }
    }
    reached
}

/// The options of each question in classes that no rule tells apart; for a question with several answers, each option.
pub fn alike(rulebook: &Rulebook) -> Vec<Vec<ValueSet>> {
    let space = Space::of(rulebook);
    rulebook.questions.ids().map(|question| space.alike(question)).collect()
}
