//! The next-steps sheet: outcomes in, one document out. Pure; knows nothing of HTML or of the network.
//!
//! [`compose`] orders the ways by what is possible soonest, merges steps and papers, looks offices up and numbers the
//! sources last. The result serialises as the stable JSON of `lotse sheet --format json` and feeds the templates; text and
//! calendar file are drawn in [`crate::picture`], and what differs between two sheets is told by [`crate::since`].

mod answers;
mod compose;
mod composer;
mod employer;
mod figures;
mod first;
mod model;
mod numbers;
mod offices;
mod opening;
mod otherwise;
mod standings;
mod steps;
mod terms;
mod ways;
mod wording;

pub use compose::{compose, compose_for_person};
pub(crate) use composer::Composer;
pub use model::*;
pub(crate) use numbers::number;
pub(crate) use wording::Wording;
pub use wording::{BLANK, day};
