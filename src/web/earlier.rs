//! The earlier sheet that a lasting link speaks of: with `datum` and `stand` a link asks what has changed since then; with
//! `wie=damals` it asks for the sheet as it was.

use std::sync::Arc;

use jiff::civil::Date;

use super::link::{AS_IT_WAS, DAY, HOW, Link, VERSION, address};
use crate::interview::{Answers, consistent};
use crate::rulebook::Rulebook;
use crate::sheet::Sheet;
use crate::since::{Then, as_it_was, tell_since};

/// A sheet of another day or another version of the rules than today's.
pub struct Earlier {
    pub day: Date,
    pub version: String,
    /// The rules of that version with the answers as they read them; nothing if that version is not kept.
    rules: Option<(Arc<Rulebook>, Answers)>,
}

impl Earlier {
    /// The earlier sheet of a link, if it names one. A link from the future is none: it shows the day it asks for.
    pub fn of(link: &Link, rulebook: &Arc<Rulebook>, query: &str, today: Date) -> Option<Self> {
        let (day, version) = (link.day?, link.version.clone()?);
        let present = version == rulebook.version;
        if day > today || (day == today && present) {
            return None;
        }
        let rules = if present { Some(rulebook) } else { rulebook.released.get(&version) };
        let rules = rules.map(|rules| (rules.clone(), Link::read(rules, query).answers));
        Some(Self { day, version, rules })
    }

    /// The rules of that time, if they are kept.
    pub fn rules(&self) -> Option<&Arc<Rulebook>> {
        self.rules.as_ref().map(|(rules, _)| rules)
    }

    /// Tells on today's sheet what has changed since then.
    pub fn tell(&self, sheet: &mut Sheet, rulebook: &Rulebook, link: &Link, answers: &Answers) {
        let old = self.rules.as_ref().map(|(rules, given)| (rules, consistent(rules, given).0));
        let rules = old.as_ref().map(|(rules, answers)| (rules.as_ref(), answers));
        let then = Then { day: self.day, version: &self.version, rules };
        tell_since(sheet, rulebook, answers, &then, &link.lang);
    }

    /// Says on the sheet of that time that it is an old one.
    pub fn mark(&self, sheet: &mut Sheet, link: &Link, answers: &Answers) {
        if let Some(rules) = self.rules() {
            as_it_was(sheet, rules, answers, &link.lang);
        }
    }

    /// The address that compares with this sheet, or shows it as it was. All answers stay in it as that time knew them.
    pub fn address(&self, path: &str, rulebook: &Rulebook, answers: &Answers, as_it_was: bool) -> String {
        let day = self.day.to_string();
        let mut more = vec![(DAY, day.as_str()), (VERSION, &self.version)];
        if as_it_was {
            more.push((HOW, AS_IT_WAS));
        }
        match &self.rules {
            Some((rules, given)) => address(rules, path, given, &more),
            None => address(rulebook, path, answers, &more),
        }
    }
}
