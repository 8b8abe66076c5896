//! The certificate for a terminal: figures, then one line per claim.

use std::fmt::Write as _;

use crate::proof::{Certificate, Interviews};

/// The certificate in lines.
pub fn certificate(certificate: &Certificate) -> String {
    let mut text = String::new();
    let figures = &certificate.figures;
    let _ = writeln!(
        text,
        "\nBewiesen für {} bis {}, in {} Abschnitten ohne Änderung:",
        certificate.from.0,
        certificate.until.0,
        certificate.stretches.len()
    );
    for stretch in &certificate.stretches {
        let _ = write!(text, "  {} bis {}", stretch.from.0, stretch.until.0);
        let _ = if stretch.changes.is_empty() {
            writeln!(text)
        } else {
            writeln!(text, ": {}", stretch.changes.join("; "))
        };
    }
    let _ =
        writeln!(text, "{} vollständige Antwortsätze, {} Ergebnisse", grouped(&figures.answer_sets), figures.outcomes);
    if let Some(interviews) = &figures.interviews {
        text += &lines("verschiedene Befragungen", interviews);
    }
    if let Some(interviews) = &figures.interviews_with_one_goal {
        text += &lines("davon mit höchstens einem Ziel", interviews);
    }
    for claim in &certificate.claims {
        let mark = if claim.exceptions.is_empty() { '✓' } else { '✗' };
        let _ = writeln!(text, "{mark} {} ({})", claim.says, claim.over);
        for exception in &claim.exceptions {
            let link = exception.link.as_ref().map(|link| format!(": {link}")).unwrap_or_default();
            let _ = writeln!(text, "    {}{link}", exception.says);
        }
    }
    text
}

fn lines(what: &str, interviews: &Interviews) -> String {
    format!(
        "{} {what}, {} bis {} Fragen\n    jede Antwort gleich wahrscheinlich: Median {}, Mittel {:.1}; jede Befragung einmal gezählt: Median {}, Mittel {:.1}\n",
        grouped(&interviews.distinct),
        interviews.shortest,
        interviews.longest,
        interviews.by_chance.median,
        interviews.by_chance.mean,
        interviews.over_distinct.median,
        interviews.over_distinct.mean,
    )
}

/// 1234567 as 1 234 567, with narrow no-break spaces.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
