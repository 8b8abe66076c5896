//! What changes for a person on days that the rules know already: something ends, something begins.

use std::borrow::Cow;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::differences::{Found, differences};
use super::gist::{Gist, Known, same};
use super::teller::Teller;
use crate::interview::{Answers, Evaluation, findings, look};
use crate::language::Lang;
use crate::rulebook::{Id, Pathway, Rulebook, YEARS_AHEAD, in_force};
use crate::sheet::{Ahead, AheadDay, Block, Sheet, Wording, day as written, number};
use crate::terms::Day;

/// What changes by dates alone after a day with its findings, up to and with another day, for these answers under these rules.
pub fn by_date<'r>(
    rulebook: &'r Rulebook,
    answers: &Answers,
    lang: &Lang,
    after: Known<'_, 'r>,
    until: Date,
) -> Vec<(Date, Vec<Found>)> {
    let mut changes = Vec::new();
    let until = until.min(after.0.saturating_add(YEARS_AHEAD.years()));
    let mut before = after;
    let ahead = before.0;
    for turning in rulebook.turnings.iter().filter(|turning| ahead < turning.day && turning.day <= until) {
        // Most known days concern other people.
        if turning
            .pathways
            .as_ref()
            .is_some_and(|ids| ids.iter().all(|id| goes_on(rulebook, answers, &before.1, turning.day, *id)))
        {
            before.0 = turning.day;
            continue;
        }
        let now = (turning.day, Cow::Owned(findings(rulebook, answers, turning.day)));
        if !alike(rulebook, &before, &now) {
            let [old, new] = Gist::of_two_days(Wording { rulebook, lang, answers }, [&before, &now]);
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
fn alike(rulebook: &Rulebook, before: &Known<'_, '_>, now: &Known<'_, '_>) -> bool {
    let in_force = |date| rulebook.steps.iter().map(move |(_, _, step)| in_force(step.valid, date));
    before.1.findings.len() == now.1.findings.len()
        && before.1.findings.iter().zip(&now.1.findings).all(|(old, new)| same(old, new))
        && in_force(before.0).eq(in_force(now.0))
}

/// Whether a pathway says on a day what it said before.
fn goes_on(rulebook: &Rulebook, answers: &Answers, before: &Evaluation<'_>, day: Date, id: Id<Pathway>) -> bool {
    let old = before.findings.iter().find(|finding| finding.pathway == id);
    match (old, look(rulebook, answers, day, id)) {
        (Some(old), Some(new)) => same(old, &new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Tells, behind the ways of a sheet, on which days ahead something changes for this person.
pub fn tell_ahead(sheet: &mut Sheet, rulebook: &Rulebook, answers: &Answers, evaluation: &Evaluation<'_>, lang: &Lang) {
    let wording = Wording { rulebook, lang, answers };
    let teller = Teller { wording, family: "ahead" };
    let today = (sheet.date.0, Cow::Borrowed(evaluation));
    let mut days = Vec::new();
    for (day, found) in by_date(rulebook, answers, lang, today, Date::MAX) {
        let told = |found: Found| teller.tell(&found, Some(day), Vec::new(), teller.marks(&found.sources));
        let from = wording.word_with("ahead.from", &[("day", &written(day))]);
        days.push(AheadDay { day: Day(day), from, differences: found.into_iter().map(told).collect() });
    }
    if days.is_empty() {
        return;
    }
    let ahead = Ahead { heading: wording.word("sheet.ahead.heading"), says: wording.word("sheet.ahead.says"), days };
    // Where no way is open there is always what the person brings along.
    let behind = sheet.blocks.iter().rposition(|block| matches!(block, Block::Ways(_) | Block::Have(_)));
    sheet.blocks.insert(behind.map_or(0, |at| at + 1), Block::Ahead(ahead));
    number(sheet, wording);
}
