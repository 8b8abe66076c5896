//! Short addresses: answers, day and state of the rules packed into some thirty letters and digits that can be typed.
//!
//! The answers are one large number: a digit per question in the editors' order, the base its number of options; in front of
//! it, where a letter has come, the day on which it did. Behind it stand the day, a mark of the rules that know what each digit means, and a mark against typing errors. Nothing is stored
//! anywhere. Letters are those of Crockford's base 32, in which O is 0 and I and L are 1.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use num_bigint::BigUint;

use super::link::{CAME_ON, DAY, TYPED, VERSION, WHERE, address};
use super::manner::Manner;
use super::{Site, failure};
use crate::interview::Answers;
use crate::language::Lang;
use crate::rulebook::{Question, Rulebook, ValueSet};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Days count from here, the first that a link may name; sixteen bits last beyond the last.
const FIRST_DAY: Date = date(2000, 1, 1);
const DAY_BITS: u32 = 16;
/// Tells states of the rules apart.
const RULES_BITS: u32 = 20;
/// One typing error in thirty thousand may pass.
const CHECK_BITS: u32 = 15;
/// More letters than any answers need.
const MOST_LETTERS: usize = 120;

/// Why a short address leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A letter is wrong or missing.
    Mistyped,
    /// It was made with a state of the rules that is not at hand.
    OtherRules,
}

/// The page of a sheet.
const SHEET: &str = "/blatt";
/// The page that the Träger has in the file.
const EMPLOYER: &str = "/arbeitgeber";
/// The advisor's desk.
const DESK: &str = "/beratung";

/// A short address leads to the full one, which names every answer.
pub async fn sheet(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    open(&site, &code, SHEET, &Manner::plain(Lang::german()))
}

/// The same in another language, which stands before the letters: it is no answer.
pub async fn sheet_in(State(site): State<Arc<Site>>, Path((lang, code)): Path<(String, String)>) -> Response {
    let lang = Lang::new(&lang);
    match site.edition().rulebook.languages.contains(&lang) {
        true => open(&site, &code, SHEET, &Manner::plain(lang)),
        false => failure::message(&site, StatusCode::NOT_FOUND, "mistyped", &Manner::plain(Lang::german())),
    }
}

/// The path of a short address in a language.
pub fn path(lang: &Lang, code: &str) -> String {
    if lang.is_german() { format!("/b/{code}") } else { format!("/b/{}/{code}", lang.code()) }
}

/// The same for the page that the Träger has in the file.
pub async fn employer(State(site): State<Arc<Site>>, Path(code): Path<String>) -> Response {
    open(&site, &code, EMPLOYER, &Manner::plain(Lang::german()))
}

/// Where somebody types a short address from paper: the whole of it or only its letters. At the desk it opens there.
pub async fn typed(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let said = |wanted: &str| form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == wanted);
    let typed = said(TYPED).map(|(_, typed)| typed.trim().to_owned()).unwrap_or_default();
    let at_desk = said(WHERE).is_some_and(|(_, page)| page == "beratung");
    let (kind, code) = typed.rsplit_once('/').unwrap_or(("", &typed));
    // The paper says in which language its sheet is; who types it elsewhere reads there already.
    let rulebook = &site.edition().rulebook;
    let on_paper = kind.rsplit('/').next().map(Lang::new).filter(|lang| rulebook.languages.contains(lang));
    let reads = Manner::of(&site, &query);
    let manner = on_paper.map_or_else(|| reads.clone(), |lang| reads.in_other(&lang));
    match (at_desk, kind.ends_with("/a") || kind == "a") {
        (true, _) => open(&site, code, DESK, &manner),
        (false, true) => open(&site, code, EMPLOYER, &manner),
        (false, false) => open(&site, code, SHEET, &manner),
    }
}

fn open(site: &Site, code: &str, page: &str, manner: &Manner) -> Response {
    let rulebook = &site.edition().rulebook;
    let released = rulebook.released.all().map(Arc::as_ref);
    match read(code, [rulebook.as_ref()].into_iter().chain(released)) {
        Ok(Packed { rules, answers, day, came_on }) => {
            let (day, came_on) = (day.to_string(), came_on.map(|day| day.to_string()));
            let lasting = [(DAY, &*day), (VERSION, &*rules.version)];
            // At the desk somebody asks what holds today.
            let lasting = lasting.into_iter().filter(|_| page != DESK);
            let more: Vec<(&str, &str)> = lasting.chain(came_on.as_deref().map(|day| (CAME_ON, day))).collect();
            Redirect::to(&manner.on(&address(rules, page, &answers, &more))).into_response()
        }
        Err(Unreadable::Mistyped) => failure::message(site, StatusCode::NOT_FOUND, "mistyped", manner),
        Err(Unreadable::OtherRules) => failure::message(site, StatusCode::GONE, "other-rules", manner),
    }
}

/// What a short address holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed<R> {
    /// The rules it was made with.
    pub rules: R,
    /// The answers.
    pub answers: Answers,
    /// The day of the sheet.
    pub day: Date,
    /// The day on which the letter came.
    pub came_on: Option<Date>,
}

/// The short form of some answers on a day, in groups of four letters.
pub fn write(rulebook: &Rulebook, answers: &Answers, day: Date, came_on: Option<Date>) -> String {
    let mut number = BigUint::from(came_on.map_or(0, |day| days(day) + 1));
    for id in rulebook.questions.ids().collect::<Vec<_>>().into_iter().rev() {
        let question = &rulebook.questions[id];
        number = number * base(question) + digit(question, answers.get(id));
    }
    number = (number << DAY_BITS) + days(day);
    number = (number << RULES_BITS) + mark(rulebook);
    number = (number.clone() << CHECK_BITS) + check(&number);
    let letters: Vec<u8> = number.to_radix_be(32).into_iter().map(|digit| LETTERS[usize::from(digit)]).collect();
    let groups: Vec<&str> = letters.chunks(4).map(|group| std::str::from_utf8(group).unwrap_or_default()).collect();
    groups.join("-")
}

/// Reads a short address with the first of these states of the rules that fits.
///
/// # Errors
/// If letters are wrong, or the rules it was made with are not among these.
pub fn read<'r>(
    code: &str,
    states: impl IntoIterator<Item = &'r Rulebook>,
) -> Result<Packed<&'r Rulebook>, Unreadable> {
    let letters = code.chars().filter(|c| !matches!(c, '-' | ' ')).map(value).collect::<Option<Vec<u8>>>();
    let letters = letters.filter(|letters| !letters.is_empty() && letters.len() <= MOST_LETTERS);
    let number = letters.and_then(|letters| BigUint::from_radix_be(&letters, 32)).ok_or(Unreadable::Mistyped)?;
    let (number, said) = split(&number, CHECK_BITS);
    if check(&number) != said {
        return Err(Unreadable::Mistyped);
    }
    let (number, rules_mark) = split(&number, RULES_BITS);
    let (mut number, day) = split(&number, DAY_BITS);
    let rules = states.into_iter().find(|rules| mark(rules) == rules_mark).ok_or(Unreadable::OtherRules)?;
    let mut answers = Answers::default();
    for id in rules.questions.ids() {
        let question = &rules.questions[id];
        let base = base(question);
        let digit = &number % &base;
        number /= base;
        if digit != BigUint::ZERO {
            answers.set(id, chosen(question, &digit));
        }
    }
    let (more, came_on) = split(&number, DAY_BITS);
    if more != BigUint::ZERO {
        return Err(Unreadable::Mistyped);
    }
    let came_on = came_on.checked_sub(1).map(day_after).transpose()?;
    Ok(Packed { rules, answers, day: day_after(day)?, came_on })
}

/// How many days after the first one a day is.
fn days(day: Date) -> u64 {
    let days = day.duration_since(FIRST_DAY).as_hours() / 24;
    // One less than the bits hold: a day that may be missing is one more.
    u64::try_from(days).unwrap_or_default().min((1 << DAY_BITS) - 2)
}

/// The day so many days after the first one.
fn day_after(days: u64) -> Result<Date, Unreadable> {
    let days = i64::try_from(days).unwrap_or_default();
    FIRST_DAY.checked_add(days.days()).map_err(|_| Unreadable::Mistyped)
}

/// How many states an answer to this question can have, unanswered among them.
fn base(question: &Question) -> BigUint {
    match question.multi {
        true => BigUint::from(1u8) << question.options.len(),
        false => BigUint::from(question.options.len() + 1),
    }
}

fn digit(question: &Question, values: Option<ValueSet>) -> BigUint {
    let values = values.unwrap_or_default();
    match question.multi {
        true => values.iter().fold(BigUint::ZERO, |sum, value| sum + (BigUint::from(1u8) << value)),
        false => values.iter().next().map_or(BigUint::ZERO, |value| BigUint::from(value + 1)),
    }
}

fn chosen(question: &Question, digit: &BigUint) -> ValueSet {
    let held = |value: &usize| match question.multi {
        true => digit.bit(*value as u64),
        false => *digit == BigUint::from(*value + 1),
    };
    (0..question.options.len()).filter(held).collect()
}

/// Tells this state of the rules from others: its version, and what each digit stands for.
fn mark(rulebook: &Rulebook) -> u64 {
    let mut words = vec![rulebook.version.as_str()];
    for (_, name, question) in rulebook.questions.iter() {
        words.push(name);
        words.extend(question.options.names());
    }
    u64::from(crc32fast::hash(words.join("\n").as_bytes())) & ((1 << RULES_BITS) - 1)
}

fn check(number: &BigUint) -> u64 {
    u64::from(crc32fast::hash(&number.to_bytes_be())) & ((1 << CHECK_BITS) - 1)
}

/// The upper part of a number and its lowest bits.
fn split(number: &BigUint, bits: u32) -> (BigUint, u64) {
    let low = number % (BigUint::from(1u8) << bits);
    (number >> bits, low.iter_u64_digits().next().unwrap_or_default())
}

fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    let at = LETTERS.iter().position(|known| char::from(*known) == letter)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: Date = date(2026, 11, 22);

    fn rulebook() -> &'static Rulebook {
        static RULEBOOK: std::sync::LazyLock<Rulebook> =
            std::sync::LazyLock::new(|| Rulebook::embedded().rulebook.expect("the shipped rules are sound"));
        &RULEBOOK
    }

    fn some_answers() -> Answers {
        let pairs = [("goal", "kita,ogs"), ("qualification-kind", "university-degree"), ("district", "05913")];
        Answers::read(rulebook(), pairs).0
    }

    proptest! {
        #[test]
        fn any_answers_on_any_day_come_back(picks in prop::collection::vec(any::<prop::sample::Index>(), 60), days in 0i64..36_000, letter in prop::option::of(0i64..36_000)) {
            let mut answers = Answers::default();
            for ((id, _, question), pick) in rulebook().questions.iter().zip(&picks) {
                let pick = pick.index(question.options.len() + 2);
                if pick < question.options.len() {
                    answers.set(id, ValueSet::only(pick));
                } else if pick == question.options.len() && question.multi {
                    answers.set(id, ValueSet::first(question.options.len()).minus(&ValueSet::only(question.unknown)));
                }
            }
            let day = FIRST_DAY.checked_add(days.days()).unwrap();
            let came_on = letter.map(|days| FIRST_DAY.checked_add(days.days()).unwrap());
            let code = write(rulebook(), &answers, day, came_on);
            let packed = read(&code, [rulebook()]).map(|Packed { answers, day, came_on, .. }| (answers, day, came_on));
            prop_assert_eq!(packed, Ok((answers, day, came_on)));
        }

        #[test]
        fn no_words_break_it(code in "\\PC{0,200}") {
            let _ = read(&code, [rulebook()]);
        }
    }

    #[test]
    fn it_can_be_typed_in_small_letters_without_hyphens() {
        let code = write(rulebook(), &some_answers(), DAY, None);
        let typed = code.replace('-', "").to_lowercase().replace('0', "o").replace('1', "l");
        assert_eq!(read(&typed, [rulebook()]).unwrap().answers, some_answers());
    }

    #[test]
    fn a_wrong_letter_is_noticed() {
        let code = write(rulebook(), &some_answers(), DAY, None);
        let mut unnoticed = 0;
        for (at, letter) in code.char_indices().filter(|(_, letter)| *letter != '-') {
            for other in LETTERS.iter().map(|other| char::from(*other)).filter(|other| *other != letter) {
                let mut wrong = code.clone();
                wrong.replace_range(at..=at, &other.to_string());
                unnoticed += usize::from(read(&wrong, [rulebook()]).is_ok());
            }
        }
        assert_eq!(unnoticed, 0);
    }

    #[test]
    fn another_state_of_the_rules_is_not_taken_for_this_one() {
        let other = Rulebook { version: "another".to_owned(), ..rulebook().clone() };
        let code = write(&other, &some_answers(), DAY, None);
        assert_eq!(read(&code, [rulebook()]).err(), Some(Unreadable::OtherRules));
        assert_eq!(read(&code, [rulebook(), &other]).unwrap().rules.version, "another");
    }
}
