//! What changes for a person on days that the rules know already: something ends, something begins.

use jiff::civil::Date;

use super::compose::Composer;
use super::differences::{Found, differences};
use super::gist::Gist;
use super::model::{Ahead, AheadDay};
use super::since::Teller;
use crate::interview::{Answers, Evaluation, Finding, evaluate};
use crate::language::Lang;
use crate::rulebook::{Rulebook, in_force, stretches};
use crate::terms::Day;

/// What changes by dates alone after a day with its findings, up to and with another day, for these answers under these rules.
pub fn by_date(
    rulebook: &Rulebook,
    answers: &Answers,
    lang: &Lang,
    after: (Date, Evaluation),
    until: Date,
) -> Vec<(Date, Vec<Found>)> {
    let mut changes = Vec::new();
    let mut before = after;
    for stretch in stretches(rulebook, before.0).into_iter().skip(1).take_while(|stretch| stretch.from.0 <= until) {
        let now = (stretch.from.0, evaluate(rulebook, answers, stretch.from.0));
        // Most known days concern other people; composing is spared then.
        if !alike(rulebook, &before, &now) {
            let [old, new] = [&before, &now].map(|(day, found)| Gist::from(rulebook, answers, found, *day, lang));
            let found: Vec<Found> = differences(&old, &new).into_iter().filter(|found| !found.only_words()).collect();
            if !found.is_empty() {
                changes.push((now.0, found));
            }
        }
        before = now;
    }
    changes
}

/// Whether a sheet says the same on two days: the same findings, and the same steps in force.
fn alike(rulebook: &Rulebook, before: &(Date, Evaluation), now: &(Date, Evaluation)) -> bool {
    let in_force = |date| rulebook.steps.iter().map(move |(_, _, step)| in_force(step.valid, date));
    before.1.findings.len() == now.1.findings.len()
        && before.1.findings.iter().zip(&now.1.findings).all(|(old, new)| same(old, new))
        && in_force(before.0).eq(in_force(now.0))
}

/// Whether two findings say the same, whatever led to them.
fn same(old: &Finding, new: &Finding) -> bool {
    (old.pathway, old.outcome, old.certainty, old.valid) == (new.pathway, new.outcome, new.certainty, new.valid)
        && (&old.rows, &old.basis, &old.steps, &old.offices) == (&new.rows, &new.basis, &new.steps, &new.offices)
}

impl Composer<'_> {
    /// The days ahead on which something changes for this person.
    pub fn ahead(&mut self) -> Option<Ahead> {
        let wording = self.wording;
        let rulebook = self.rulebook();
        let teller = Teller { wording, family: "ahead" };
        let today = (self.date, self.evaluation.clone());
        let mut days = Vec::new();
        for (day, found) in by_date(rulebook, wording.answers, wording.lang, today, Date::MAX) {
            let mut told = Vec::new();
            for found in found {
                let sources: Vec<_> = found.sources.iter().filter_map(|id| rulebook.sources.id(id)).collect();
                let sources = self.numbers(&sources);
                told.push(teller.tell(&found, Some(day), Vec::new(), sources));
            }
            let from = wording.word_with("ahead.from", &[("day", &wording.long_day(day))]);
            days.push(AheadDay { day: Day(day), from, differences: told });
        }
        (!days.is_empty()).then(|| Ahead {
            heading: self.heading("ahead"),
            says: wording.word("sheet.ahead.says"),
            days,
        })
    }
}
