//! The proof's claims: what breaks one is an error with the place of the rule and a link to open.

use crate::diagnostic::Diagnostic;
use crate::proof::Certificate;
use crate::source::{Files, Span};

/// A diagnostic for each exception to a claim.
pub fn claims(files: &Files, certificate: &Certificate) -> Vec<Diagnostic> {
    let head = files.iter().find(|(_, file)| file.name == "rulebook.yaml").map(|(id, _)| Span::start_of(id));
    let mut found = Vec::new();
    for claim in &certificate.claims {
        for exception in &claim.exceptions {
            let Some(place) = exception.place.or(head) else { continue };
            let help = match &exception.link {
                Some(link) => format!("claimed: {}; see {link}", claim.says),
                None => format!("claimed: {}", claim.says),
            };
            found.push(Diagnostic::error(claim.code, exception.says.clone(), place, "here").help(help));
        }
    }
    found
}
