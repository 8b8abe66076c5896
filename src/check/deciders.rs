//! Who decides is said once, under `decided_by:`, and stands beside every way. Where nobody does yet, no text says that
//! somebody does; where somebody does, no sentence says only that again.

use crate::diagnostic::{Code, Diagnostic};
use crate::language::{Lang, Text};
use crate::rulebook::{NOBODY, Outcome, Rulebook};

/// Outcomes that nobody decides and that name somebody who does, and those that say twice who decides.
pub fn deciders(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, way, pathway) in rulebook.pathways.iter() {
        for (_, name, outcome) in pathway.outcomes.iter() {
            let place = |text| rulebook.places.get(&text).copied().unwrap_or(outcome.span);
            let again = names_a_decider(rulebook, outcome).map(place);
            if rulebook.deciders.name(outcome.decided_by) != NOBODY {
                found.extend(again.map(|place| {
                    Diagnostic::new(
                        Code::DeciderAgain,
                        format!("{way}/{name} sagt noch einmal, wer entscheidet"),
                        place,
                        "in diesem Text",
                    )
                    .help("Nehmen Sie den Satz heraus. Wer unter `decided_by:` steht, steht bei jedem Weg schon da.")
                }));
                continue;
            }
            let agrees = outcome.agreed_by.or(outcome.involves).is_some();
            found.extend(again.or_else(|| agrees.then_some(outcome.span)).map(|place| {
                Diagnostic::new(
                    Code::NobodyAndSomebody,
                    format!("{way}/{name} sagt, dass niemand entscheidet, und nennt doch jemanden"),
                    place,
                    "hier",
                )
                .help("Schreiben Sie unter `decided_by:`, wer entscheidet, oder nehmen Sie ihn aus dem Text.")
            }));
        }
    }
    found
}

/// The text with a sentence that says no more than that somebody decides: "Das Amt entscheidet."
fn names_a_decider(rulebook: &Rulebook, outcome: &Outcome) -> Option<Text> {
    let named = ["Das ", "Der ", "Die ", "Dieses ", "Dieser ", "Diese "];
    let says_only_that = |text: &Text| {
        let sentences = rulebook.texts.say(&Lang::german(), *text).split_inclusive(['.', '?', '!', ':']);
        sentences.map(str::trim).any(|sentence| {
            named.iter().any(|begins| sentence.starts_with(begins))
                && sentence.ends_with(" entscheidet.")
                && !sentence.contains(" nicht ")
        })
    };
    [outcome.opening, Some(outcome.says), outcome.watch_out].into_iter().flatten().find(says_only_that)
}
