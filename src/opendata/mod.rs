//! The rulebook for other programs: its entries as data with their texts in one language, ids as in the rules, days in
//! ISO form. The same records are served by the API and written by `lotse export`.
//!
//! `entries` says what a record holds, `catalogue` takes it from the rulebook, `places` finds the offices that a country or
//! a district leads to, `tables` writes what spreadsheets read, `logic` the rules as another engine reads them.

mod catalogue;
mod entries;
mod logic;
mod places;
mod tables;

pub use catalogue::Catalogue;
pub use entries::{
    CertificateEntry, CertificatesOfCountry, ChangeEntry, FactEntry, LocalEntry, LocalPlace, LookedUp, OfficeEntry,
    OfficesOfPlace, OfficesOfValue, OptionEntry, OutcomeEntry, PaperEntry, PathwayEntry, QuestionEntry, Range,
    ResponsibleOffices, RulebookEntry, SourceEntry, SpokenLanguage, StepEntry, StepFigure, TermEntry, WholeRulebook,
};
pub use logic::{LogicRules, facts_of};

/// The licence of rules, texts and program, as the program itself names it.
const LICENCE: &str = env!("CARGO_PKG_LICENSE");
