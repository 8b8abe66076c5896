//! Two rulebooks compared: what a change of the rules does to people, for whom, and from what to what.
//!
//! Entries are paired by id, or by title where an id is gone (`pairs`). Both versions are then read over one space of
//! answers (`both`) and the ways people take laid over each other (`flow`), exactly and without sampling; beside that,
//! figures and forms of entries (`entries`) and texts (`texts`) are compared as they stand. What is found is told by its
//! cause, with where it is noticed (`told`). The room holds no sentence for readers.

mod both;
mod entries;
mod flow;
mod named;
mod pairs;
mod reach;
mod texts;
mod told;
mod who;
mod wording;

pub use reach::{Person, cases, compare};
pub use told::{
    Aspect, CaseChange, Cause, Change, Kind, Named, Omitted, Reach, Rename, Share, TextChange, Told, Trait, Value, Way,
    What,
};
pub use wording::weighs;
