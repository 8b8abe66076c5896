//! The sentence a sheet begins with. Any way may be the best somebody has, so every outcome of a way has one; nothing else
//! ever stands first.

use crate::diagnostic::{Code, Diagnostic};
use crate::rulebook::Rulebook;

/// Outcomes of ways that leave the sheet without its first sentence, and first sentences that nobody gets to read.
pub fn openings(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, way, pathway) in rulebook.pathways.iter() {
        for (_, name, outcome) in pathway.outcomes.iter() {
            match outcome.opening {
                None if pathway.concerns.is_way() => found.push(
                    Diagnostic::new(
                        Code::Opening,
                        format!("{way}/{name} hat keinen ersten Satz"),
                        outcome.span,
                        "hier fehlt `opening:`",
                    )
                    .help("Schreiben Sie unter `opening:`, was möglich ist und unter welcher Bedingung. Damit beginnt das Blatt."),
                ),
                Some(text) if !pathway.concerns.is_way() => found.push(
                    Diagnostic::new(
                        Code::Opening,
                        format!("Den ersten Satz von {way}/{name} liest niemand"),
                        rulebook.places.get(&text).copied().unwrap_or(outcome.span),
                        "steht auf keinem Blatt am Anfang",
                    )
                    .help("Nehmen Sie ihn heraus. Am Anfang stehen nur Wege: `concerns: job`, `title` oder `training`."),
                ),
                _ => {}
            }
        }
    }
    found
}
