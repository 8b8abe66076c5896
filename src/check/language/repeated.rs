//! Long texts that stand under two ids: whoever corrects one forgets the other.

use indexmap::IndexMap;

use super::Finding;
use super::text::Reading;
use crate::diagnostic::{Code, Diagnostic};
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
        let headline = format!("Derselbe Text steht {}-mal: {}", group.len(), names(group));
        found.push(Finding {
            rule: LintRule::Repeated,
            text: second.id.to_owned(),
            diagnostic: Diagnostic::new(Code::Repeated, headline, second.place_of(second.german), "hier noch einmal")
                .also(first.place_of(first.german), "zuerst hier")
                .help("Sagen Sie es nur an einer Stelle, oder nennen Sie unter `lint_allow:` den Grund, warum es zweimal dastehen muss."),
        });
    }
    found
}

fn names(group: &[&Reading<'_>]) -> String {
    let shown: Vec<&str> = group.iter().take(4).map(|reading| reading.id).collect();
    let more = if group.len() > 4 { format!(" und {} weitere", group.len() - 4) } else { String::new() };
    shown.join(", ") + &more
}
