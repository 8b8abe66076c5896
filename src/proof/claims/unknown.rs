//! "I do not know" never closes a way: who gets an open way or somebody to ask keeps it when an answer is taken back.

use super::super::certificate::Claim;
use super::super::diagram::Set;
use super::Grounds;
use crate::diagnostic::Code;
use crate::terms::Standing;

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let periods = std::mem::take(&mut grounds.periods);
    let rulebook = grounds.rulebook;
    for period in &periods {
        for (id, name, pathway) in rulebook.pathways.iter() {
            let reading = &period.desk.pathways[id.index()];
            let closed = grounds.standing(id, reading, |standing| standing == Standing::NotThisWay);
            if closed == Set::NONE {
                continue;
            }
            let open = grounds.standing(id, reading, |standing| standing != Standing::NotThisWay);
            for (question, word, _) in rulebook.questions.iter() {
                let closes = grounds.space.unknown(grounds.diagrams, closed, question);
                let lost = grounds.diagrams.and(open, closes);
                if lost != Set::NONE {
                    let says = format!("Wird die Antwort auf `{word}` zurückgenommen, schließt das {name}");
                    exceptions.push(grounds.exception(says, period.date, Some(pathway.span), Some(lost)));
                }
            }
        }
    }
    grounds.periods = periods;
    Claim {
        id: "unknown",
        code: Code::UnknownCloses,
        says: "„Ich weiß es nicht“ schließt keinen Weg: Eine Antwort zurücknehmen macht aus „offen“ oder „erst fragen“ nie „nicht auf diesem Weg“",
        over: format!("{} Wege und {} Fragen", rulebook.pathways.len(), rulebook.questions.len()),
        exceptions,
    }
}
