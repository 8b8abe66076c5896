//! What has changed since an earlier sheet: the sheet then and the sheet now compared, each difference with its reason.

use jiff::civil::Date;

use super::ahead::by_date;
use super::differences::{Found, Part, differences};
use super::gist::Gist;
use super::model::{About, Aspect, Block, Difference, DifferentPart, Named, Sheet, Since, SourceLine};
use super::wording::Wording;
use crate::format::Day;
use crate::interview::{Answers, evaluate};
use crate::language::Lang;
use crate::rulebook::{Change, Rulebook};

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

/// Tells, right behind the introduction of a sheet, what has changed since an earlier one.
pub fn tell_since(sheet: &mut Sheet, rulebook: &Rulebook, answers: &Answers, then: &Then<'_>, lang: &Lang) {
    let wording = Wording { rulebook, lang, answers };
    let mut sources = Vec::new();
    if let Some(Block::Sources(block)) = sheet.blocks.iter().find(|block| matches!(block, Block::Sources(_))) {
        sources.clone_from(&block.sources);
    }
    let mut cited = Cited { wording, lines: sources };
    let since = since(wording, &mut cited, sheet.date.0, then);
    if let Some(Block::Sources(block)) = sheet.blocks.iter_mut().find(|block| matches!(block, Block::Sources(_))) {
        block.sources = cited.lines;
    }
    sheet.blocks.insert(1.min(sheet.blocks.len()), Block::Since(since));
}

/// Says, right behind the introduction of a sheet, that it is an old one.
pub fn as_it_was(sheet: &mut Sheet, rulebook: &Rulebook, answers: &Answers, lang: &Lang) {
    let wording = Wording { rulebook, lang, answers };
    let day = wording.long_day(sheet.date.0);
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
    sheet.blocks.insert(1.min(sheet.blocks.len()), Block::Since(since));
}

fn since(wording: Wording<'_>, cited: &mut Cited<'_>, today: Date, then: &Then<'_>) -> Since {
    let Wording { rulebook, lang, answers } = wording;
    let day = wording.long_day(then.day);
    let version: String = then.version.chars().take(LONGEST_VERSION).collect();
    let values = [("day", day.as_str()), ("version", version.as_str())];
    let mut since = Since {
        heading: wording.word_with("sheet.since.heading", &values),
        day: Day(then.day),
        version: version.clone(),
        kept: then.rules.is_some(),
        says: wording.word_with("since.not-kept", &values),
        differences: Vec::new(),
        reworded: Vec::new(),
        reworded_says: String::new(),
    };
    let Some((old_rules, old_answers)) = then.rules else { return since };
    let old = Gist::of(old_rules, old_answers, then.day, lang);
    let new = Gist::of(rulebook, answers, today, lang);
    let dated = by_date(rulebook, answers, lang, (then.day, evaluate(rulebook, answers, then.day)), today);
    let teller = Teller { wording, family: "since" };
    for found in differences(&old, &new) {
        if found.only_words() {
            let id = found.ids.first().cloned().unwrap_or_default();
            since.reworded.push(Named { id, text: found.title });
            continue;
        }
        let day =
            dated.iter().find(|(_, changes)| changes.iter().any(|change| same(change, &found))).map(|(day, _)| *day);
        let logged: Vec<&Change> = newer(rulebook, then).iter().filter(|change| touches(change, &found)).collect();
        let mut because = Vec::new();
        let mut sources = Vec::new();
        if let Some(day) = day {
            because.push(wording.word_with("since.by-date", &[("day", &wording.long_day(day))]));
        }
        for change in &logged {
            because.push(wording.owned(change.because));
            sources.extend(change.sources.iter().map(|id| rulebook.sources.name(*id).to_owned()));
        }
        if sources.is_empty() {
            sources.clone_from(&found.sources);
        }
        let sources = cited.numbers(&sources);
        if because.is_empty() && sources.is_empty() {
            because.push(wording.word("since.no-reason"));
        }
        since.differences.push(teller.tell(found, day, because, sources));
    }
    since.says = match (since.differences.is_empty(), since.reworded.is_empty()) {
        (false, _) => wording.word_with("since.different", &values),
        (true, false) => wording.word_with("since.only-words", &values),
        (true, true) => wording.word_with("since.same", &values),
    };
    if !since.reworded.is_empty() {
        since.reworded_says = wording.word("since.reworded");
    }
    since
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

/// The sources of a sheet, which may grow by those that explain a change.
struct Cited<'a> {
    wording: Wording<'a>,
    lines: Vec<SourceLine>,
}

impl Cited<'_> {
    fn numbers(&mut self, ids: &[String]) -> Vec<usize> {
        let mut numbers: Vec<usize> = ids.iter().filter_map(|id| self.number(id)).collect();
        let mut seen = std::collections::HashSet::new();
        numbers.retain(|number| seen.insert(*number));
        numbers
    }

    /// A source's number; `None` for one that today's rules do not know any more.
    fn number(&mut self, id: &str) -> Option<usize> {
        if let Some(line) = self.lines.iter_mut().find(|line| line.id == id) {
            line.foremost = true;
            return Some(line.number);
        }
        let source = self.wording.rulebook.sources.id(id)?;
        let number = self.lines.len() + 1;
        self.lines.push(self.wording.source_line(source, number, true));
        Some(number)
    }
}

/// Puts differences into words: of the past (`since`) or of the future (`ahead`).
pub struct Teller<'a> {
    pub wording: Wording<'a>,
    pub family: &'static str,
}

impl Teller<'_> {
    pub fn tell(&self, found: Found, day: Option<Date>, because: Vec<String>, sources: Vec<usize>) -> Difference {
        let parts = found.parts.into_iter().map(|part| self.part(found.about, part)).collect();
        Difference {
            about: found.about,
            id: found.ids.into_iter().next().unwrap_or_default(),
            title: found.title,
            parts,
            day: day.map(Day),
            because,
            sources,
        }
    }

    fn part(&self, about: About, part: Part) -> DifferentPart {
        let word = |id: &str, values: &[(&str, &str)]| {
            self.wording.word_with(&format!("{}.{id}", self.family), values).trim().to_owned()
        };
        let nothing = || match part.aspect {
            Aspect::Cost => self.wording.word("sheet.free"),
            _ => self.wording.word("since.nothing"),
        };
        let before = part.before.clone().unwrap_or_else(nothing);
        let now = part.now.clone().unwrap_or_else(nothing);
        let kind = if about == About::Step { "step" } else { "way" };
        let says = match part.aspect {
            Aspect::Came => word(&format!("came-{kind}"), &[("now", &now)]),
            Aspect::Went => word(&format!("went-{kind}"), &[]),
            aspect => {
                let (before, now) = (before.trim_end_matches('.'), now.trim_end_matches('.'));
                word("change", &[("what", &self.label(aspect)), ("before", before), ("now", now)])
            }
        };
        DifferentPart { aspect: part.aspect, says, before: part.before, now: part.now }
    }

    fn label(&self, aspect: Aspect) -> String {
        self.wording.word(match aspect {
            Aspect::Came | Aspect::Went | Aspect::Outcome | Aspect::Wording => "aspect.outcome",
            Aspect::Standing => "aspect.standing",
            Aspect::DecidedBy => "label.decides",
            Aspect::Roles => "aspect.roles",
            Aspect::Certainty => "label.certainty",
            Aspect::Dates => "aspect.dates",
            Aspect::German => "aspect.german",
            Aspect::Ask => "label.ask",
            Aspect::Evidence => "employer.must",
            Aspect::Cost => "label.cost",
            Aspect::Time => "label.time",
            Aspect::Where => "label.where",
            Aspect::Bring => "label.bring",
            Aspect::Form => "aspect.form",
            Aspect::Translation => "aspect.translation",
            Aspect::Name => "aspect.name",
            Aspect::Post => "label.post",
            Aspect::Phone => "label.phone",
            Aspect::Email => "label.email",
            Aspect::Url => "label.page",
        })
    }
}
