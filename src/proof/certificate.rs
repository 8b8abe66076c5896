//! The certificate as data.

use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

use super::interviews::Lengths;
use crate::diagnostic::{Code, Diagnostic};
use crate::rulebook::Stretch;
use crate::source::{Files, Span};
use crate::terms::Day;

/// What is proved about a rulebook.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Certificate {
    /// Name of the rulebook.
    pub rulebook: String,
    /// Its version.
    pub version: String,
    /// First day looked at.
    pub from: Day,
    /// Last day looked at.
    pub until: Day,
    /// The stretches of time on which the rules do not change.
    pub stretches: Vec<Stretch>,
    /// Figures for the first day.
    pub figures: Figures,
    /// What is claimed for every answer set on every stretch.
    pub claims: Vec<Claim>,
}

impl Certificate {
    /// Whether every claim holds.
    pub fn holds(&self) -> bool {
        self.claims.iter().all(|claim| claim.exceptions.is_empty())
    }

    /// A diagnostic for each exception to a claim, with the place of the rule and a link to open.
    pub fn diagnostics(&self, files: &Files) -> Vec<Diagnostic> {
        let head = files.iter().find(|(_, file)| file.name == "rulebook.yaml").map(|(id, _)| Span::start_of(id));
        let mut found = Vec::new();
        for claim in &self.claims {
            for exception in &claim.exceptions {
                let Some(place) = exception.place.or(head) else { continue };
                let help = match &exception.link {
                    Some(link) => format!("Versprochen ist: {}. Der kürzeste Weg dorthin: {link}", claim.says),
                    None => format!("Versprochen ist: {}.", claim.says),
                };
                found.push(Diagnostic::new(claim.code, exception.says.clone(), place, "hier").help(help));
            }
        }
        found
    }
}

/// Exact figures. Large numbers are decimal words.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Figures {
    /// Complete answer sets: every question with every option, unknown included. A question with several answers counts
    /// each choice of its options, and unknown alone.
    pub answer_sets: String,
    /// Outcomes that some answer set reaches.
    pub outcomes: usize,
    /// Interviews the wizard can lead; nothing where they cannot be counted in time.
    pub interviews: Option<Interviews>,
    /// The same for people who choose at most one option where several are offered.
    pub interviews_with_one_goal: Option<Interviews>,
}

/// Figures on interviews from the first question to the sheet. Two interviews are distinct if any answer differs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Interviews {
    /// How many distinct ones there are.
    pub distinct: String,
    /// Questions in the shortest.
    pub shortest: usize,
    /// Questions in the longest.
    pub longest: usize,
    /// Over interviews as they come when each option of each question is equally likely.
    pub by_chance: Middle,
    /// Over distinct interviews, each counted once; long ones outnumber short ones by far.
    pub over_distinct: Middle,
}

/// The middle of a distribution of lengths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Middle {
    /// The smallest number of questions that at least half of them do not exceed.
    pub median: usize,
    /// The mean, rounded to tenths.
    pub mean: f64,
}

impl Interviews {
    pub(super) fn of(lengths: Lengths) -> Self {
        let total: BigUint = lengths.interviews.iter().sum();
        let some = |count: &BigUint| *count != BigUint::ZERO;
        Self {
            distinct: total.to_string(),
            shortest: lengths.interviews.iter().position(some).unwrap_or(0),
            longest: lengths.longest(),
            by_chance: Middle::of(&lengths.answer_sets),
            over_distinct: Middle::of(&lengths.interviews),
        }
    }
}

impl Middle {
    fn of(counts: &[BigUint]) -> Self {
        let total: BigUint = counts.iter().sum();
        let mut so_far = BigUint::ZERO;
        let median = counts.iter().position(|count| {
            so_far += count;
            &so_far * 2u32 >= total
        });
        let sum: BigUint = counts.iter().enumerate().map(|(length, count)| count * length).sum();
        let tenths = if total == BigUint::ZERO { BigUint::ZERO } else { (sum * 20u32 + &total) / (&total * 2u32) };
        let tenths = u32::try_from(tenths).unwrap_or(u32::MAX);
        Self { median: median.unwrap_or(0), mean: f64::from(tenths) / 10.0 }
    }
}

/// One claim and what speaks against it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Claim {
    /// Stable id.
    pub id: &'static str,
    /// Code of its diagnostics.
    pub code: Code,
    /// What is claimed, in one sentence.
    pub says: &'static str,
    /// Over what it was tried, in one phrase.
    pub over: String,
    /// What breaks it; nothing if it holds.
    pub exceptions: Vec<Exception>,
}

/// Something that breaks a claim.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Exception {
    /// What is wrong, in one sentence.
    pub says: String,
    /// The first day on which it is so.
    pub day: Day,
    /// The shortest answer set that shows it, as a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Where the rule stands.
    #[serde(skip)]
    pub place: Option<Span>,
}
