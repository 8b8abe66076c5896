//! What changes for a person on days that the rules know already: something ends, something begins.

use jiff::civil::Date;

use super::compose::Composer;
use super::differences::{Found, differences};
use super::gist::Gist;
use super::model::{Ahead, AheadDay};
use super::since::Teller;
use crate::format::Day;
use crate::interview::Answers;
use crate::language::Lang;
use crate::rulebook::{Rulebook, stretches};

/// What changes by dates alone after a day, up to and with another, for these answers under these rules.
pub fn by_date(
    rulebook: &Rulebook,
    answers: &Answers,
    lang: &Lang,
    after: Date,
    until: Date,
) -> Vec<(Date, Vec<Found>)> {
    let mut changes = Vec::new();
    let mut before = None;
    for stretch in stretches(rulebook, after).into_iter().skip(1).take_while(|stretch| stretch.from.0 <= until) {
        let day = stretch.from.0;
        let old = before.take().unwrap_or_else(|| Gist::of(rulebook, answers, after, lang));
        let new = Gist::of(rulebook, answers, day, lang);
        let found: Vec<Found> = differences(&old, &new).into_iter().filter(|found| !found.only_words()).collect();
        if !found.is_empty() {
            changes.push((day, found));
        }
        before = Some(new);
    }
    changes
}

impl Composer<'_> {
    /// The days ahead on which something changes for this person.
    pub fn ahead(&mut self) -> Option<Ahead> {
        let wording = self.wording;
        let rulebook = self.rulebook();
        let teller = Teller { wording, family: "ahead" };
        let mut days = Vec::new();
        for (day, found) in by_date(rulebook, wording.answers, wording.lang, self.date, Date::MAX) {
            let mut told = Vec::new();
            for found in found {
                let sources: Vec<_> = found.sources.iter().filter_map(|id| rulebook.sources.id(id)).collect();
                let sources = self.numbers(&sources);
                told.push(teller.tell(found, Some(day), Vec::new(), sources));
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
