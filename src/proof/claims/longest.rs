//! The start page tells the truth about how many questions there are at most.
//!
//! `longest_interview:` in `rulebook.yaml` is what visitors are told, so it must be the length of the longest interview on
//! the stretch of time where it is longest: neither less, nor more to be on the safe side.

use super::super::certificate::Claim;
use super::Grounds;
use crate::diagnostic::Code;

pub fn claim(grounds: &mut Grounds<'_, '_>) -> Claim {
    let mut exceptions = Vec::new();
    let longest = grounds.periods.iter().map(|period| Some((period.lengths.as_ref()?.longest(), period.date)));
    // Of several longest ones, the first.
    let longest =
        longest.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().rev().max_by_key(|(most, _)| *most));
    if let Some(written) = &grounds.rulebook.longest_interview {
        match longest {
            Some((most, _)) if most == written.value => {}
            Some((most, day)) => {
                let says = format!(
                    "Nach rulebook.yaml hat keine Befragung mehr als {written} Fragen; die längste hat aber {most}"
                );
                exceptions.push(grounds.exception(says, day, Some(written.span), None));
            }
            None => {
                let says = format!("Es gibt zu viele Befragungen, um zu sagen, ob die längste {written} Fragen hat");
                exceptions.push(grounds.exception(says, grounds.today, Some(written.span), None));
            }
        }
    }
    Claim {
        id: "longest",
        code: Code::OtherLength,
        says: "Die längste Befragung hat so viele Fragen, wie die Startseite sagt, auch an dem Tag, an dem sie am längsten ist",
        over: match (&grounds.rulebook.longest_interview, longest) {
            (Some(_), Some((most, _))) => format!("{most} Fragen"),
            (None, Some((most, _))) => format!("{most} Fragen; rulebook.yaml sagt nichts dazu"),
            (_, None) => "Befragungen nicht gezählt".to_owned(),
        },
        exceptions,
    }
}
