//! Long texts that stand under two ids: whoever corrects one forgets the other.

use indexmap::IndexMap;

use super::Finding;
use super::text::Reading;
use crate::diagnostic::Diagnostic;
use crate::format::{Lint, LintRule};

pub fn look(texts: &[Reading<'_>], lint: &Lint) -> Vec<Finding> {
    let Some(limit) = &lint.repeated else { return Vec::new() };
    let mut same: IndexMap<&str, Vec<&Reading<'_>>> = IndexMap::new();
    for reading in texts.iter().filter(|reading| reading.german.chars().count() > limit.most_characters as usize) {
        same.entry(reading.german).or_default().push(reading);
    }
    let mut found = Vec::new();
    for group in same.values() {
        let [first, others @ ..] = group.as_slice() else { continue };
        let Some(second) = others.first() else { continue };
        let headline = format!("the same text stands {} times: {}", group.len(), names(group));
        found.push(Finding {
            rule: LintRule::Repeated,
            text: second.id.to_owned(),
            diagnostic: Diagnostic::warning("W004", headline, second.place_of(second.german), "here again")
                .also(first.place_of(first.german), "first here")
                .help("let both refer to one entry, or allow it under `lint_allow:` with a reason"),
        });
    }
    found
}

fn names(group: &[&Reading<'_>]) -> String {
    let shown: Vec<&str> = group.iter().take(4).map(|reading| reading.id).collect();
    let more = if group.len() > 4 { format!(" and {} more", group.len() - 4) } else { String::new() };
    shown.join(", ") + &more
}
