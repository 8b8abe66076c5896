//! The start page tells the truth about how many questions there are at most.
//!
//! `longest_interview:` in `rulebook.yaml` is what visitors are told, so it must be the length of the longest interview on
//! the stretch of time where it is longest: neither less, nor more to be on the safe side.

use super::super::certificate::Claim;
use super::Grounds;

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
                    "rulebook.yaml says that no interview has more than {written} questions, but the longest has {most}"
                );
                exceptions.push(grounds.exception(says, day, Some(written.span), None));
            }
            None => {
                let says = format!("the interviews are too many to say whether the longest has {written} questions");
                exceptions.push(grounds.exception(says, grounds.today, Some(written.span), None));
            }
        }
    }
    Claim {
        id: "longest",
        code: "E087",
        says: "the longest interview has as many questions as visitors are told, on the day on which it is longest",
        over: match (&grounds.rulebook.longest_interview, longest) {
            (Some(_), Some((most, _))) => format!("{most} questions"),
            (None, Some((most, _))) => format!("{most} questions; rulebook.yaml does not say"),
            (_, None) => "interviews not counted".to_owned(),
        },
        exceptions,
    }
}
