//! The sheet as a calendar file: days on which something changes or is looked at again, and reminders for the first steps.
//!
//! The one file that names the calendar package. Nothing is taken from a clock: the same sheet gives the same bytes, and an
//! event keeps its UID, so that a file taken in again moves events instead of doubling them.

use std::collections::BTreeMap;

use icalendar::{Calendar, Component as _, Event, Property};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::language::{Lang, fill};
use crate::rulebook::Rulebook;
use crate::sheet::{Block, Difference, Sheet, Way};

/// Days from one reminder to the next. Our proposal, no deadline; each reminder says so.
const BETWEEN_REMINDERS: i32 = 14;

/// The whole sheet as an iCalendar file; `address` leads back to the sheet, where it is known.
pub fn sheet_in_calendar(rulebook: &Rulebook, sheet: &Sheet, address: Option<&str>) -> String {
    let lang = Lang::new(&sheet.lang);
    let word = |id: &str| rulebook.word(&lang, id).to_owned();
    let page = Page { sheet, address, word: &word, person: person(sheet) };
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Lotse//Lotse//DE"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&format!("{}: {}", word("site.name"), sheet.title));
    for event in page.events() {
        calendar.push(event);
    }
    calendar.done().to_string()
}

struct Page<'a> {
    sheet: &'a Sheet,
    address: Option<&'a str>,
    word: &'a dyn Fn(&str) -> String,
    /// Tells the events of one set of answers from those of another.
    person: String,
}

impl Page<'_> {
    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        for block in &self.sheet.blocks {
            match block {
                Block::Now(steps) => {
                    for (step, nth) in steps.steps.iter().zip(1..) {
                        let day = self.sheet.date.0.saturating_add((nth * BETWEEN_REMINDERS).days());
                        let summary = self.filled("calendar.step", &step.number.to_string());
                        let says = format!("{} {}", step.title, (self.word)("calendar.proposal"));
                        events.push(self.event("step", &step.id, day, &summary, &says));
                    }
                }
                Block::Ahead(ahead) => {
                    for this in &ahead.days {
                        let says: Vec<String> = this.differences.iter().map(told).collect();
                        let summary = (self.word)("calendar.ahead");
                        events.push(self.event("ahead", "", this.day.0, &summary, &says.join("\n")));
                    }
                }
                _ => {}
            }
        }
        let ends = self.titles(|way| way.valid.until.map(|day| day.0));
        let reviews = self.titles(|way| way.valid.review.map(|day| day.0));
        for (kind, days) in [("until", ends), ("review", reviews)] {
            for (day, titles) in days {
                let says = self.filled(&format!("calendar.{kind}"), &titles.join(" · "));
                events.push(self.event(kind, "", day, &(self.word)("calendar.open-again"), &says));
            }
        }
        events
    }

    /// The open ways that share such a day after that of the sheet, by their titles.
    fn titles(&self, day: impl Fn(&Way) -> Option<Date>) -> BTreeMap<Date, Vec<String>> {
        let mut days: BTreeMap<Date, Vec<String>> = BTreeMap::new();
        for block in &self.sheet.blocks {
            let (Block::Ways(ways) | Block::Meanwhile(ways) | Block::Support(ways) | Block::Stay(ways)) = block else {
                continue;
            };
            for way in &ways.ways {
                if let Some(day) = day(way).filter(|day| *day > self.sheet.date.0) {
                    days.entry(day).or_default().push(way.title.clone());
                }
            }
        }
        days
    }

    fn filled(&self, id: &str, what: &str) -> String {
        fill(&(self.word)(id), |name| (name == "what").then(|| what.into()))
    }

    /// An event for a whole day that takes nobody's time. A step keeps its UID on whatever day the reminder falls.
    fn event(&self, kind: &str, id: &str, day: Date, summary: &str, says: &str) -> Event {
        let own = if id.is_empty() { day.to_string() } else { id.to_owned() };
        let plain = |day: Date| day.strftime("%Y%m%d").to_string();
        let whole_day = |name: &str, day: Date| Property::new(name, plain(day)).add_parameter("VALUE", "DATE").done();
        let mut says = says.to_owned();
        if let Some(address) = self.address {
            says += &format!("\n\n{} {address}", (self.word)("calendar.to-sheet"));
        }
        let mut event = Event::new();
        event
            .uid(&format!("{kind}-{own}-{}@lotse", self.person))
            .append_property(Property::new("DTSTAMP", format!("{}T000000Z", plain(self.sheet.date.0))))
            .append_property(whole_day("DTSTART", day))
            .append_property(whole_day("DTEND", day.tomorrow().unwrap_or(day)))
            .append_property(Property::new("TRANSP", "TRANSPARENT"))
            .summary(summary)
            .description(&says);
        if let Some(address) = self.address {
            event.url(address);
        }
        event.done()
    }
}

/// A difference in one line.
fn told(difference: &Difference) -> String {
    let parts: Vec<&str> = difference.parts.iter().map(|part| part.says.as_str()).collect();
    format!("{}: {}", difference.title.trim_end_matches('.'), parts.join(" "))
}

/// A short word made from the answers: it tells sheets apart and names nobody.
fn person(sheet: &Sheet) -> String {
    let mut said = Vec::new();
    for block in &sheet.blocks {
        let Block::Answers(answers) = block else { continue };
        for line in answers.lines.iter().filter(|line| !line.unknown) {
            said.push(line.question.id.as_str());
            said.extend(line.options.iter().map(|option| option.id.as_str()));
        }
    }
    format!("{:08x}", crc32fast::hash(said.join(";").as_bytes()))
}
