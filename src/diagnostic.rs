//! What can be said about a span of a rule file: what kind of finding, headline, labels, help. The words are German, as the
//! rules are.
//!
//! A diagnostic is data. It does not know how it will be shown; that is `report`'s work.

mod code;

pub use code::Code;

use std::fmt;

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; the rulebook still loads.
    Warning,
    /// The rulebook cannot be used.
    Error,
}

/// A stretch of the text with a remark.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// The remark at this place; may be empty.
    pub remark: String,
}

/// One finding about the rulebook, in words a lawyer can act on.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// One sentence: what is wrong.
    pub headline: String,
    /// Where it is wrong.
    pub place: Label,
    /// Other places that matter, for instance the first of two equal names.
    pub others: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding with its main place.
    pub fn new(code: Code, headline: impl Into<String>, span: Span, remark: impl Into<String>) -> Self {
        let place = Label { span, remark: remark.into() };
        Self { code, headline: headline.into(), place, others: Vec::new(), help: None }
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// The same with advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a further place.
    pub fn also(mut self, span: Span, remark: impl Into<String>) -> Self {
        self.others.push(Label { span, remark: remark.into() });
        self
    }
}

/// The known name nearest to a mistyped one, if one is near enough to be meant. Capitals do not count. Names whose digits
/// differ are never near: `sgb8-45` is another paragraph than `sgb8-43`, not a typing error. Nor are those of one or two
/// letters: `UK` is another country than `UM`.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let digits = |name: &str| -> Vec<char> { name.chars().filter(char::is_ascii_digit).collect() };
    let (plain, numbers, length) = (wrong.to_lowercase(), digits(wrong), wrong.chars().count());
    let near = |distance: usize, name: &str| match name.chars().count().min(length) {
        0..=2 => distance == 0,
        shorter => distance <= 1 + shorter / 4,
    };
    known
        .into_iter()
        // Words of very different length are not near; so a very long one costs no more than a short one.
        .filter(|name| near(name.chars().count().abs_diff(length), name) && digits(name) == numbers)
        .map(|name| (strsim::damerau_levenshtein(&plain, &name.to_lowercase()), name))
        .filter(|(distance, name)| near(*distance, name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The same; or the one name of which only the beginning was said, as `country` of `country-of-training`; or the number that
/// lost its zeros on the way through a spreadsheet.
pub fn meant<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let said_in_part = |name: &&str| {
        let is_number = wrong.starts_with(|c: char| c.is_ascii_digit());
        name.strip_prefix(wrong).is_some_and(|rest| rest.starts_with('-'))
            || is_number && name.strip_suffix(wrong).is_some_and(|zeros| zeros.bytes().all(|zero| zero == b'0'))
    };
    nearest(wrong, known.clone()).or_else(|| {
        let mut fitting = known.filter(|_| !wrong.is_empty()).filter(said_in_part);
        fitting.next().filter(|_| fitting.next().is_none())
    })
}

/// Names in a row; of a long row the first, and how many more there are.
pub fn listed(names: &[impl fmt::Display], most: usize) -> String {
    let list = names.iter().take(most).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > most { format!("{list} und {} weitere", names.len() - most) } else { list }
}

/// "Meinten Sie `x`?" if something near is known, otherwise the choice itself if it is short.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = nearest(wrong, known.iter().copied()) {
        return Some(format!("Meinten Sie `{name}`?"));
    }
    // Nor is another number of the same thing offered among others.
    let letters = |name: &str| -> String { name.to_lowercase().chars().filter(|c| !c.is_ascii_digit()).collect() };
    let others: Vec<&str> =
        known.iter().copied().filter(|name| !letters(wrong).contains('-') || letters(name) != letters(wrong)).collect();
    (!others.is_empty() && known.len() <= 12).then(|| format!("Möglich ist hier: {}", others.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_word_and_nonsense_finds_none() {
        assert_eq!(nearest("outcom", ["outcome", "steps"]), Some("outcome"));
        assert_eq!(nearest("SGB8-43", ["sgb8-45", "sgb8-43"]), Some("sgb8-43"));
        assert_eq!(nearest("xyz", ["outcome", "steps"]), None);
    }

    #[test]
    fn a_code_of_two_letters_is_no_other_code() {
        assert_eq!(nearest("UK", ["UM", "UA"]), None);
        assert_eq!(nearest("ua", ["UM", "UA"]), Some("UA"));
    }

    #[test]
    fn a_beginning_and_a_lost_zero_find_the_whole_if_there_is_but_one() {
        let known = ["country-of-training", "district", "05515", "05513"].into_iter();
        assert_eq!(meant("country", known.clone()), Some("country-of-training"));
        assert_eq!(meant("5515", known.clone()), Some("05515"));
        assert_eq!(meant("coun", known.clone()), None);
        assert_eq!(meant("", known), None);
        assert_eq!(meant("german", ["german-level", "german-course"].into_iter()), None);
    }

    #[test]
    fn another_paragraph_is_never_proposed() {
        assert_eq!(nearest("sgb8-43", ["sgb8-45", "sgb8-4", "sgb8-143", "sgb9-43"]), None);
        assert_eq!(nearest("sbg8-43", ["sgb8-45", "sgb8-43"]), Some("sgb8-43"));
    }
}
