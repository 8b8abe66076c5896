//! The files as authors write them, one type per kind of entry.
//!
//! These types know the shape of the YAML and nothing else: ids are still words, texts are still German, nothing is
//! checked against anything. [`crate::rulebook`] turns them into what the program works with. `lotse schema` prints
//! their JSON Schema.

mod case;
mod certificate;
mod change;
mod employer;
mod fact;
mod lint;
mod local;
mod office;
mod paragraph;
mod pathway;
mod question;
mod register;
mod released;
mod schema;
mod step;
mod table;

pub use case::{Case, Expectation};
pub use certificate::{Certificate, Certificates};
pub use change::{Change, Changes};
pub use employer::{Duty, Employer, EmployerPart};
pub use fact::{DerivedFact, Lookup, OfficeFact};
pub use lint::{
    Abbreviations, Allowance, Corrections, Forbidden, Lint, LintRule, MixedUp, Negation, Passive, Repeated,
    SentenceLimit,
};
pub use local::{Local, LocalOffice, Place};
pub use office::{Authorities, Authority, Decider, Deciders};
pub use paragraph::{ForSome, Paragraph, Sentence};
pub use pathway::{Branch, German, Outcome, Pathway, Shortcut, Tree};
pub use question::{CameOn, Changeable, Choice, Question, Questions, Topic};
pub use register::{
    Exclusive, Instead, InsteadOf, Interface, Register, Row, Rulebook, Source, Sources, State, Table, Term, Terms,
};
pub use released::ReleasedState;
pub use schema::{FileKind, any_kind, kinds};
pub use step::{AtOffice, Cost, Email, OrderRule, Paper, Papers, SayIt, Step, Steps, Time};
pub use table::{Also, TableRow};
