//! How much German a way asks for. A sheet that only said "Deutsch ist vorgeschrieben" would help nobody.

use crate::diagnostic::{Code, Diagnostic};
use crate::rulebook::{German, Rulebook};
use crate::terms::GermanKind;

/// Outcomes that ask for German and do not say how much.
pub fn levels(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, way, pathway) in rulebook.pathways.iter() {
        for (_, name, outcome) in pathway.outcomes.iter() {
            let lacks = |german: &German| german.level.is_none() && german.kind != GermanKind::Unknown;
            if outcome.german.as_ref().is_some_and(lacks) {
                found.push(
                    Diagnostic::new(
                        Code::NoLevel,
                        format!("{way}/{name} verlangt Deutsch und sagt nicht, wie viel"),
                        outcome.span,
                        "`german:` ohne `level:`",
                    )
                    .help("Nennen Sie das Niveau, zum Beispiel `level: b2`. Ist es nicht bekannt: `kind: unknown`."),
                );
            }
        }
    }
    found
}
