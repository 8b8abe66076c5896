//! The rulebook for other programs: its entries as data with their texts in one language, ids as in the rules, days in
//! ISO form. The same records are served by the API and written by `lotse export`.
//!
//! `entries` says what a record holds, `catalogue` takes it from the rulebook, `places` finds the offices that a country or
//! a district leads to.

mod catalogue;
mod entries;
mod places;

pub use catalogue::Catalogue;
pub use entries::{
    CertificateEntry, ChangeEntry, LocalEntry, OfficeEntry, OfficesOfPlace, OptionEntry, OutcomeEntry, PathwayEntry,
    QuestionEntry, Range, ResponsibleOffices, RulebookEntry, SourceEntry, SpokenLanguage, StepEntry, StepFigure,
};
