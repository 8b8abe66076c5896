//! Texts that are longer than the room they stand in.

use super::text::Reading;
use super::{Finding, matches};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{Lint, LintRule};

pub fn look(reading: &Reading<'_>, lint: &Lint) -> Option<Finding> {
    let (_, most) = lint.short.iter().find(|(pattern, _)| matches(pattern, reading.id))?;
    let count = reading.german.chars().count();
    (count > *most as usize).then(|| Finding {
        rule: LintRule::LongText,
        text: reading.id.to_owned(),
        diagnostic: Diagnostic::new(
            Code::LongText,
            format!("`{}` hat {count} Zeichen", reading.id),
            reading.place_of(reading.german),
            "beginnt hier",
        )
        .help(format!("Kürzen Sie auf {most} Zeichen: Hier ist wenig Platz. Einzelheiten stehen unter `says:`.")),
    })
}
