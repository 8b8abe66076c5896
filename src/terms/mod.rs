//! What all rooms share: how sure a statement is, how far a way is open, days, kinds of money, time and paper.
//!
//! Each term has one word, the one that rules and JSON write; [`serde`] reads and writes it, `into_str` gives it to the
//! program, for instance to look up its German under `standing.open-now`.

#![allow(missing_docs)] // of `into_str`, which strum derives; all else has its sentence

mod certainty;
mod concern;
mod day;
mod figure;
mod german;
mod guide;
mod paper;
mod reading;
mod search;
mod standing;

pub use certainty::Certainty;
pub use concern::Concern;
pub use day::{Day, Validity};
pub use figure::{CostKind, TimeKind};
pub use german::GermanKind;
pub use guide::Guide;
pub use paper::{PaperForm, Translation};
pub use reading::Reading;
pub use search::Search;
pub use standing::Standing;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::to_value;

    #[test]
    fn a_term_has_the_same_word_in_rules_in_json_and_in_the_program() {
        for certainty in [Certainty::Rule, Certainty::Authority, Certainty::Usual, Certainty::Open] {
            assert_eq!(to_value(certainty).unwrap(), certainty.into_str());
        }
        for standing in [Standing::OpenNow, Standing::OpenAfterSteps, Standing::AskFirst, Standing::NotThisWay] {
            assert_eq!(to_value(standing).unwrap(), standing.into_str());
        }
        let forms =
            [PaperForm::Original, PaperForm::Signed, PaperForm::CertifiedCopy, PaperForm::Copy, PaperForm::Print];
        for form in forms {
            assert_eq!(to_value(form).unwrap(), form.into_str());
        }
        for reading in [Reading::Text, Reading::Page, Reading::SecondHand] {
            assert_eq!(to_value(reading).unwrap(), reading.into_str());
        }
        for translation in [Translation::Needed, Translation::IfAsked, Translation::NotNeeded] {
            assert_eq!(to_value(translation).unwrap(), translation.into_str());
        }
    }
}
