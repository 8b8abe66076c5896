//! What can be said about a span of a rule file: code, severity, headline, labels, help.
//!
//! A diagnostic is data. It does not know how it will be shown; that is `report`'s work.

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
    /// Stable code, for instance `E012`; see [`crate::check::codes`].
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
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
    /// An error with its main place.
    pub fn error(code: &'static str, headline: impl Into<String>, span: Span, remark: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            headline: headline.into(),
            place: Label { span, remark: remark.into() },
            others: Vec::new(),
            help: None,
        }
    }

    /// A warning with its main place.
    pub fn warning(code: &'static str, headline: impl Into<String>, span: Span, remark: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, headline, span, remark) }
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

/// The known name nearest to a mistyped one, if one is near enough to be meant.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(wrong.chars().count()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "Meinten Sie `x`?" if something near is known, otherwise the choice itself if it is short.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(name) = nearest(wrong, known.iter().copied()) {
        return Some(format!("did you mean `{name}`?"));
    }
    (!known.is_empty() && known.len() <= 12).then(|| format!("known here: {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_word_and_nonsense_finds_none() {
        assert_eq!(nearest("outcom", ["outcome", "steps"]), Some("outcome"));
        assert_eq!(nearest("xyz", ["outcome", "steps"]), None);
    }
}
