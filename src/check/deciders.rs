//! Who decides is said once. Where nobody does yet, no text says that somebody does.

use crate::diagnostic::{Code, Diagnostic};
use crate::language::Lang;
use crate::rulebook::{NOBODY, Outcome, Rulebook};

/// Outcomes that nobody decides and that name somebody who does.
pub fn deciders(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let nobody = |outcome: &Outcome| rulebook.deciders.name(outcome.decided_by) == NOBODY;
    for (_, way, pathway) in rulebook.pathways.iter() {
        for (_, name, outcome) in pathway.outcomes.iter().filter(|(_, _, outcome)| nobody(outcome)) {
            let texts = [outcome.opening, Some(outcome.says), outcome.watch_out];
            let somebody =
                texts.into_iter().flatten().find(|text| names_a_decider(rulebook.texts.say(&Lang::german(), *text)));
            let agrees = outcome.agreed_by.or(outcome.involves).is_some();
            let place = somebody.map(|text| rulebook.places.get(&text).copied().unwrap_or(outcome.span));
            if let Some(place) = place.or_else(|| agrees.then_some(outcome.span)) {
                found.push(
                    Diagnostic::new(
                        Code::NobodyAndSomebody,
                        format!("{way}/{name} sagt, dass niemand entscheidet, und nennt doch jemanden"),
                        place,
                        "hier",
                    )
                    .help("Schreiben Sie unter `decided_by:`, wer entscheidet, oder nehmen Sie ihn aus dem Text."),
                );
            }
        }
    }
    found
}

/// Whether a sentence says no more than that somebody decides: "Das Amt entscheidet."
fn names_a_decider(text: &str) -> bool {
    let named = ["Das ", "Der ", "Die ", "Dieses ", "Dieser ", "Diese "];
    text.split_inclusive(['.', '?', '!', ':']).map(str::trim).any(|sentence| {
        named.iter().any(|begins| sentence.starts_with(begins))
            && sentence.ends_with(" entscheidet.")
            && !sentence.contains(" nicht ")
    })
}
