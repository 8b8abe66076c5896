//! Which texts are translated, and in which order. Said once: catalogues, gate and reports all ask here.
#![allow(missing_docs)] // of `into_str`, which strum derives; all else has its sentence

/// In which order texts are translated: what everybody needs comes first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    schemars::JsonSchema,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Round {
    /// The wizard: questions, buttons, headings, privacy.
    Wizard,
    /// Names of ways and papers, steps, words: what every sheet rests on.
    Sheet,
    /// What an outcome says at length.
    Outcomes,
    /// Offices, papers in detail, sentences for telephone and e-mail.
    Details,
    /// What certificates of other countries are called.
    Certificates,
}

/// Parts of the interface for people who work in German: editors, advisors, employers, operators, programmers; and the page in
/// Leichte Sprache, which is German.
const GERMAN_ROOMS: [&str; 7] = ["desk", "developers", "easy", "employer", "figures", "operator", "rules"];

/// Sentences of the interface that help in every call.
pub const RESCUE: [&str; 4] = ["slowly", "by-mail", "repeat", "name"];

/// The round in which a text is translated; nothing for what stays German: sources, the change log, names of offices and
/// districts, and the pages of those who work in German.
pub fn round(id: &str, german: &str) -> Option<Round> {
    // A number, a sign, a level: the same in every language.
    let mut letters = german.chars().map(char::is_alphabetic);
    let mut last = false;
    if !is_made_of_marks(id) && !letters.any(|letter| std::mem::replace(&mut last, letter) && letter) {
        return None;
    }
    let mut parts = id.split('.');
    let mut next = || parts.next().unwrap_or_default();
    let (kind, name, field, below) = (next(), next(), next(), next());
    let has = |part: &str| id.split('.').any(|known| known == part);
    Some(match kind {
        "source" | "change" | "employer" => return None,
        // What the page for the Träger says of an outcome.
        "pathway" if below == "employer" => return None,
        // But not what says whether a name is that of a town or of a district.
        "table" if name != "countries" && field != "named" => return None,
        "office" if matches!(field, "name" | "unit") => return None,
        "interface" if GERMAN_ROOMS.contains(&name) => return None,
        "interface" if name == "book" => Round::Details,
        "interface" | "question" | "topic" => Round::Wizard,
        "pathway" if has("says") => Round::Outcomes,
        "step" if spoken_in_german(id) => Round::Details,
        "office" | "local" => Round::Details,
        "decider" if field != "name" => Round::Details,
        "paper" if !matches!(field, "name") => Round::Details,
        "certificate" => Round::Certificates,
        _ => Round::Sheet,
    })
}

/// Whether a text is made of marks alone, which the program puts between texts, or of the letters of an alphabet. Where a
/// language has none of its own, those of German stand, and nothing tells that they are German.
pub fn is_made_of_marks(id: &str) -> bool {
    id.starts_with("interface.join.") || id == "interface.alphabet"
}

/// Whether a text is said or sent to somebody who speaks German: it stays German, and its translation helps to read it.
pub fn spoken_in_german(id: &str) -> bool {
    if let Some(sentence) = id.strip_prefix("interface.say-it.") {
        return RESCUE.contains(&sentence);
    }
    id.starts_with("step.") && id.split('.').any(|part| matches!(part, "phone" | "email"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spoken_to_offices_and_what_they_are_called_is_told_apart() {
        assert_eq!(round("question.goal.text", "Wo möchten Sie arbeiten?"), Some(Round::Wizard));
        assert_eq!(round("office.zab.name", "Zentralstelle"), None);
        assert_eq!(round("office.zab.role", "Bewertet Zeugnisse."), Some(Round::Details));
        assert_eq!(round("question.credits.60-89", "60 – 89"), None);
        assert!(spoken_in_german("step.call.phone.0") && !spoken_in_german("step.call.says.0"));
    }
}
