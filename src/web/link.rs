//! Answers in addresses: `/blatt?goal=kita&…&datum=2026-11-22`. They hold no name; the server keeps nothing of them.

use jiff::civil::Date;

use super::manner::{BACK, HEAD, LANG, WITHOUT};
use super::{FIRST_DAY, LAST_DAY};
use crate::interview::{Answers, MOST_TOLD, Misfit, MisfitKind};
use crate::language::Lang;
use crate::rulebook::{Id, Question, Rulebook};

/// The question whose form was just sent.
pub const ASKED: &str = "frage";
/// What somebody looks for in a long list.
pub const SEARCH: &str = "suche";
/// Whether the button beside it was pressed.
pub const SEARCHED: &str = "suchen";
/// Whether the papers of a country were asked for beside a question.
pub const SHOW: &str = "zeigen";
/// The day on which the letter came that an answer is about.
pub const CAME_ON: &str = "brief";
/// The question to change.
pub const CHANGE: &str = "aendern";
/// Where somebody comes from who changes an answer: `pruefen` is where "back" leads, then.
pub const FROM: &str = "von";
/// The word for it.
pub const CHECK: &str = "pruefen";
/// The day a sheet speaks of.
pub const DAY: &str = "datum";
/// The version of the rules a sheet was made with.
pub const VERSION: &str = "stand";
/// `damals` shows the sheet as it was on its day, with the rules of its version.
pub const HOW: &str = "wie";
/// The word for it.
pub const AS_IT_WAS: &str = "damals";
/// `nein` leaves the QR code out, since answers can be read from it.
pub const QR: &str = "qr";
/// `alles` prints the sheet in full instead of the short one.
pub const PRINT: &str = "druck";
/// A short address that somebody types.
pub const TYPED: &str = "adresse";
/// The page on which it opens, if not the sheet: `beratung`.
pub const WHERE: &str = "zu";
/// `de` shows the sheet with German beside the language of the page.
pub const BESIDE: &str = "neben";
/// Stands before the questions of a second set of answers, which the advisor's desk shows beside the first.
pub const SECOND: &str = "b.";

/// No word of the rules is longer.
const LONGEST_WORD: usize = 80;

/// The same address without what is too long to be a word of the rules: it means nothing, and is not repeated.
pub fn without_long_words(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let is_short = |pair: &&str| {
        let mut words = pair.split(['=', ',']).flat_map(|words| words.split("%2C"));
        words.all(|word| word.len() <= LONGEST_WORD)
    };
    format!("{path}?{}", query.split('&').filter(is_short).collect::<Vec<_>>().join("&"))
}

/// What an address says.
#[derive(Debug)]
pub struct Link {
    pub answers: Answers,
    /// What the second set says otherwise.
    pub second: Answers,
    pub asked: Option<Id<Question>>,
    pub search: Option<String>,
    pub searched: bool,
    pub shown: bool,
    /// For reminders and wording alone; nothing is worked out from it.
    pub came_on: Option<Date>,
    pub change: Option<Id<Question>>,
    pub from_check: bool,
    pub day: Option<Date>,
    pub version: Option<String>,
    pub as_it_was: bool,
    pub lang: Lang,
    /// Whether head and foot are left out.
    pub bare: bool,
    /// A page of another site that asks to be led back to.
    pub back: Option<String>,
    /// Whether German stands beside the language of the page.
    pub beside: bool,
    pub without_qr: bool,
    pub in_full: bool,
    /// Parts that mean nothing to this rulebook; the rest is kept.
    pub misfits: Vec<Misfit>,
}

impl Link {
    /// Reads the part of the address behind the `?`. A field left empty says nothing.
    pub fn read(rulebook: &Rulebook, query: &str) -> Self {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()).collect();
        let mut link = Self {
            answers: Answers::default(),
            second: Answers::default(),
            asked: None,
            search: None,
            searched: false,
            shown: false,
            came_on: None,
            change: None,
            from_check: false,
            day: None,
            version: None,
            as_it_was: false,
            lang: rulebook.languages.first().cloned().unwrap_or_else(Lang::german),
            bare: false,
            back: None,
            beside: false,
            without_qr: false,
            in_full: false,
            misfits: Vec::new(),
        };
        let (mut answers, mut second) = (Vec::new(), Vec::new());
        for (key, value) in pairs.iter().map(|(key, value)| (key.as_ref(), value.as_ref())) {
            let misfit =
                || Misfit { key: key.to_owned(), value: value.to_owned(), kind: MisfitKind::Option, suggestion: None };
            match key {
                ASKED => link.asked = rulebook.questions.id(value),
                SEARCHED => link.searched = true,
                SHOW => link.shown = true,
                CAME_ON => match value.parse::<Date>() {
                    Ok(day) if (FIRST_DAY..=LAST_DAY).contains(&day) => link.came_on = Some(day),
                    _ => link.misfits.push(misfit()),
                },
                SEARCH => link.search = Some(value.to_owned()),
                CHANGE => link.change = rulebook.questions.id(value),
                FROM => link.from_check = value == CHECK,
                VERSION => link.version = Some(value.to_owned()),
                HOW if value == AS_IT_WAS => link.as_it_was = true,
                HOW => link.misfits.push(misfit()),
                BESIDE if value == Lang::german().code() => link.beside = true,
                BESIDE => link.misfits.push(misfit()),
                PRINT => link.in_full = value == "alles",
                QR => link.without_qr = value == "nein",
                DAY => match value.parse::<Date>() {
                    Ok(day) if (FIRST_DAY..=LAST_DAY).contains(&day) => link.day = Some(day),
                    _ => link.misfits.push(misfit()),
                },
                HEAD if value == WITHOUT => link.bare = true,
                HEAD => link.misfits.push(misfit()),
                BACK => link.back = Some(value.to_owned()),
                LANG => match rulebook.languages.iter().find(|lang| lang.code() == value) {
                    Some(lang) => link.lang = lang.clone(),
                    None => link.misfits.push(misfit()),
                },
                key => match key.strip_prefix(SECOND) {
                    Some(key) => second.push((key, value)),
                    None => answers.push((key, value)),
                },
            }
        }
        for (pairs, answers) in [(answers, &mut link.answers), (second, &mut link.second)] {
            let (read, misfits) = Answers::read(rulebook, pairs);
            *answers = read;
            link.misfits.extend(misfits);
        }
        link.misfits.truncate(MOST_TOLD);
        link
    }
}

/// An address with answers and further pairs.
pub fn address(rulebook: &Rulebook, path: &str, answers: &Answers, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (key, value) in answers.pairs(rulebook) {
        query.append_pair(key, &value);
    }
    for (key, value) in more {
        query.append_pair(key, value);
    }
    // Commas join the options of one question; they are safe in a query and read better as they are.
    let query = query.finish().replace("%2C", ",");
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
