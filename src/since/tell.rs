//! What has changed since an earlier sheet: the sheet then and the sheet now compared, each difference with its reason.

use std::borrow::Cow;

use jiff::civil::Date;

use super::ahead::by_date;
use super::differences::{Found, Part, differences};
use super::gist::Gist;
use super::teller::Teller;
use crate::interview::{Answers, findings};
use crate::language::Lang;
use crate::rulebook::{Change, Rulebook};
use crate::sheet::{About, Block, Difference, Named, Sheet, Since, Wording, day as written, number};
use crate::terms::Day;

/// Only so much of a version in a link is shown as is needed to recognise it.
const LONGEST_VERSION: usize = 30;

/// An earlier sheet.
pub struct Then<'a> {
    /// Its day.
    pub day: Date,
    /// The version of its rules.
    pub version: &'a str,
    /// Those rules and the answers as they read them; nothing if that version is not kept.
    pub rules: Option<(&'a Rulebook, &'a Answers)>,
}

/// Tells, right behind the introduction of a sheet, what has changed since an earlier one. The page for the Träger is told
/// only what concerns its roles.
pub fn tell_since(sheet: &mut Sheet, rulebook: &Rulebook, answers: &Answers, then: &Then<'_>, lang: &Lang) {
    let wording = Wording { rulebook, lang, answers };
    let compared = Compared::of(wording, sheet.date.0, then);
    if let Some(page) = &mut sheet.employer_page {
        page.since = Some(compared.told(|found| compared.roles.iter().any(|id| found.ids.contains(id))));
    }
    sheet.blocks.insert(1.min(sheet.blocks.len()), Block::Since(compared.told(|_| true)));
    number(sheet, wording);
}

/// Says, right behind the introduction of a sheet, that it is an old one.
pub fn as_it_was(sheet: &mut Sheet, rulebook: &Rulebook, answers: &Answers, lang: &Lang) {
    let wording = Wording { rulebook, lang, answers };
    let day = written(sheet.date.0);
    let since = Since {
        heading: wording.word_with("sheet.since.as-it-was", &[("day", &day)]),
        day: sheet.date,
        version: sheet.version.clone(),
        kept: true,
        says: wording.word_with("since.as-it-was", &[("day", &day), ("version", &sheet.version)]),
        differences: Vec::new(),
        reworded: Vec::new(),
        reworded_says: String::new(),
    };
    if let Some(page) = &mut sheet.employer_page {
        page.since = Some(since.clone());
    }
    sheet.blocks.insert(1.min(sheet.blocks.len()), Block::Since(since));
}

/// The sheet then and the sheet now, compared.
struct Compared<'a> {
    wording: Wording<'a>,
    then: &'a Then<'a>,
    /// What differs, each with its day if it comes from a date.
    found: Vec<(Found, Option<Date>)>,
    /// Ids of the ways that go, or went, through the employer's file.
    roles: Vec<String>,
}

impl<'a> Compared<'a> {
    fn of(wording: Wording<'a>, today: Date, then: &'a Then<'a>) -> Self {
        let Wording { rulebook, lang, answers } = wording;
        let Some((old_rules, old_answers)) = then.rules else {
            return Self { wording, then, found: Vec::new(), roles: Vec::new() };
        };
        let old = Gist::of(old_rules, old_answers, then.day, lang);
        let new = Gist::of(rulebook, answers, today, lang);
        let before = (then.day, Cow::Owned(findings(rulebook, answers, then.day)));
        let dated = by_date(rulebook, answers, lang, before, today);
        let day = |found: &Found| {
            dated.iter().find(|(_, changes)| changes.iter().any(|change| same(change, found))).map(|(day, _)| *day)
        };
        let found = differences(&old, &new).into_iter().map(|found| {
            let day = day(&found);
            (found, day)
        });
        let roles = old.roles.iter().chain(&new.roles).map(|role| role.id.clone()).collect();
        Self { wording, then, found: found.collect(), roles }
    }

    /// The differences that are wanted, in words.
    fn told(&self, wanted: impl Fn(&Found) -> bool) -> Since {
        let Self { wording, then, .. } = *self;
        let day = written(then.day);
        let version: String = then.version.chars().take(LONGEST_VERSION).collect();
        let (words, real): (Vec<_>, Vec<_>) =
            self.found.iter().filter(|(found, _)| wanted(found)).partition(|(found, _)| found.only_words());
        let says = match (then.rules.is_some(), real.is_empty(), words.is_empty()) {
            (false, ..) => "since.not-kept",
            (true, false, _) => "since.different",
            (true, true, false) => "since.only-words",
            (true, true, true) => "since.same",
        };
        let values = [("day", day.as_str()), ("version", version.as_str())];
        let reworded = |(found, _): &(Found, _)| Named {
            id: found.ids.first().cloned().unwrap_or_default(),
            text: found.title.clone(),
        };
        Since {
            heading: wording.word_with("sheet.since.heading", &values),
            day: Day(then.day),
            version: version.clone(),
            kept: then.rules.is_some(),
            says: wording.word_with(says, &values),
            differences: real.iter().map(|(found, day)| self.difference(found, *day)).collect(),
            reworded_says: if words.is_empty() { String::new() } else { wording.word("since.reworded") },
            reworded: words.into_iter().map(reworded).collect(),
        }
    }

    /// A difference with its reason: a date, what the change log says, or else the sources it rests on.
    fn difference(&self, found: &Found, day: Option<Date>) -> Difference {
        let wording = self.wording;
        let rulebook = wording.rulebook;
        let mut because = Vec::new();
        let mut sources = Vec::new();
        if let Some(day) = day {
            because.push(wording.word_with("since.by-date", &[("day", &written(day))]));
        }
        for change in newer(rulebook, self.then).iter().filter(|change| touches(change, found)) {
            because.push(wording.owned(change.because));
            sources.extend(change.sources.iter().map(|id| rulebook.sources.name(*id).to_owned()));
        }
        if sources.is_empty() {
            sources.clone_from(&found.sources);
        }
        let teller = Teller { wording, family: "since" };
        let sources = teller.marks(&sources);
        if because.is_empty() && sources.is_empty() {
            because.push(wording.word("since.no-reason"));
        }
        teller.tell(found, day, because, sources)
    }
}

/// Whether a change that a date brings is the one that was found.
fn same(change: &Found, found: &Found) -> bool {
    let shared = |part: &Part| found.parts.iter().any(|other| other.aspect == part.aspect);
    change.about == found.about && change.ids.iter().any(|id| found.ids.contains(id)) && change.parts.iter().any(shared)
}

/// The changes of the rules that came after a version.
fn newer<'r>(rulebook: &'r Rulebook, then: &Then<'_>) -> &'r [Change] {
    let changes = &rulebook.changes;
    let own = changes.iter().position(|change| change.version.value == then.version);
    // A version of which the log says nothing: what is newer than its sheet.
    let older = || changes.iter().position(|change| change.day < then.day);
    &changes[..own.or_else(older).unwrap_or(changes.len())]
}

/// Whether a change of the rules is the reason of a difference.
fn touches(change: &Change, found: &Found) -> bool {
    let named = |id: &String| {
        change.touches.iter().any(|touched| match found.about {
            About::Way => touched.value == *id || id.split('/').next() == Some(touched.as_str()),
            About::Step => touched.strip_prefix("step:") == Some(id),
            About::Paper => touched.strip_prefix("paper:") == Some(id),
            About::Office => touched.strip_prefix("office:") == Some(id),
        })
    };
    found.ids.iter().any(named)
}
