//! The sheet as a calendar file: days on which something changes or is looked at again, and reminders for the first steps.
//!
//! Nothing is taken from a clock: the same sheet gives the same bytes, and an event keeps its UID, so that a file taken in
//! again moves events instead of doubling them. A calendar package would bring a second library for days along; what is
//! written here is two properties of lines (RFC 5545), and the promises read it back with such a package.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::language::{Joins, Lang, fill, marked};
use crate::rulebook::Rulebook;
use crate::sheet::{Begin, Block, Difference, Sheet, Way};
use crate::terms::Day;

/// Days from one reminder to the next. Our proposal, no deadline; each reminder says so.
const BETWEEN_REMINDERS: i32 = 14;

/// The whole sheet as an iCalendar file; `address` leads back to the sheet, where it is known.
pub fn sheet_in_calendar(rulebook: &Rulebook, sheet: &Sheet, address: Option<&str>) -> String {
    let lang = Lang::new(&sheet.lang);
    let word = |id: &str| rulebook.word(&lang, id).to_owned();
    let joins = rulebook.joins(&lang);
    let page = Page { sheet, address, word: &word, joins, person: person(sheet) };
    let name = joins.label(&word("site.name"), &sheet.title);
    let mut lines = Lines { text: String::new(), lang: lang.clone() };
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Lotse//Lotse//DE");
    lines.put("CALSCALE", "GREGORIAN");
    // The name's first form is the standard's, the second the one that programs read.
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    page.events(&mut lines);
    lines.put("END", "VCALENDAR");
    lines.text
}

/// The longest line in bytes without its line break; what is longer goes on in the next line, behind a space.
const LONGEST_LINE: usize = 75;

/// The lines of a calendar file.
struct Lines {
    text: String,
    /// Their language: what stays German in it is marked before a line is folded.
    lang: Lang,
}

impl Lines {
    /// A property whose value stands as it is.
    fn put(&mut self, name: &str, value: &str) {
        let mut room = LONGEST_LINE;
        for sign in name.chars().chain([':']).chain(value.chars()) {
            if sign.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            self.text.push(sign);
            room -= sign.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A property whose value is text, in which some signs have a meaning of their own and others no place.
    fn text(&mut self, name: &str, value: &str) {
        let value = marked::plain(value.to_owned(), &self.lang);
        let mut text = String::with_capacity(value.len());
        for sign in value.chars() {
            match sign {
                '\n' => text.push_str("\\n"),
                '\\' | ';' | ',' => text.extend(['\\', sign]),
                sign if sign.is_control() => {}
                sign => text.push(sign),
            }
        }
        self.put(name, &text);
    }
}

struct Page<'a> {
    sheet: &'a Sheet,
    address: Option<&'a str>,
    word: &'a dyn Fn(&str) -> String,
    joins: Joins<'a>,
    /// Tells the events of one set of answers from those of another.
    person: String,
}

impl Page<'_> {
    fn events(&self, lines: &mut Lines) {
        for block in &self.sheet.blocks {
            match block {
                Block::Now(steps) => {
                    for (step, nth) in steps.steps.iter().zip(1..) {
                        let day = self.sheet.date.0.saturating_add(self.after(nth).days());
                        let day = if nth == 1 { day } else { Day(day).or_monday().0 };
                        let summary = self.filled("calendar.step", &step.number.to_string());
                        let letter = self.sheet.letter.as_ref().filter(|_| nth == 1).map(|letter| letter.says.as_str());
                        let proposal = (self.word)("calendar.proposal");
                        let says: Vec<&str> =
                            [Some(step.title.as_str()), letter, Some(&proposal)].into_iter().flatten().collect();
                        let says = self.joins.sentences(says);
                        self.event(lines, "step", &step.id, day, &summary, &says);
                    }
                }
                Block::Ahead(ahead) => {
                    for this in &ahead.days {
                        let says: Vec<String> = this.differences.iter().map(|it| self.told(it)).collect();
                        let summary = (self.word)("calendar.ahead");
                        self.event(lines, "ahead", "", this.day.0, &summary, &says.join("\n"));
                    }
                }
                _ => {}
            }
        }
        let ends = self.titles(|way| way.valid.until.map(|day| day.0));
        let reviews = self.titles(|way| way.valid.review.map(|day| day.0));
        for (kind, days) in [("until", ends), ("review", reviews)] {
            for (day, titles) in days {
                let says = self.filled(&format!("calendar.{kind}"), &self.joins.row(titles));
                self.event(lines, kind, "", day, &(self.word)("calendar.open-again"), &says);
            }
        }
    }

    /// After how many days a step is asked for. With a letter on the table nothing can wait a fortnight.
    fn after(&self, nth: i32) -> i32 {
        let begins_today = |block: &Block| matches!(block, Block::Opening(opening) if opening.begin == Begin::Today);
        let waits = self.sheet.letter.is_none() && !self.sheet.blocks.iter().any(begins_today);
        if waits { nth * BETWEEN_REMINDERS } else { nth }
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
    fn event(&self, lines: &mut Lines, kind: &str, id: &str, day: Date, summary: &str, says: &str) {
        let own = if id.is_empty() { day.to_string() } else { id.to_owned() };
        let plain = |day: Date| day.strftime("%Y%m%d").to_string();
        lines.put("BEGIN", "VEVENT");
        lines.text("UID", &format!("{kind}-{own}-{}@lotse", self.person));
        lines.put("DTSTAMP", &format!("{}T000000Z", plain(self.sheet.date.0)));
        lines.put("DTSTART;VALUE=DATE", &plain(day));
        lines.put("DTEND;VALUE=DATE", &plain(day.tomorrow().unwrap_or(day)));
        lines.put("TRANSP", "TRANSPARENT");
        lines.text("SUMMARY", summary);
        let back =
            self.address.map(|address| self.joins.sentences([(self.word)("calendar.to-sheet").as_str(), address]));
        let translation = self.sheet.in_translation.as_ref().map(|translation| translation.says.clone());
        let paragraphs: Vec<String> = [Some(says.to_owned()), back, translation].into_iter().flatten().collect();
        lines.text("DESCRIPTION", &paragraphs.join("\n\n"));
        if let Some(address) = self.address {
            lines.put("URL", address);
        }
        lines.put("END", "VEVENT");
    }

    /// A difference: what it is about, and under it what differs.
    fn told(&self, difference: &Difference) -> String {
        format!("{}\n{}", difference.title, self.joins.sentences(difference.parts.iter().map(|part| &part.says)))
    }
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
