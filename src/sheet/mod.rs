//! The next-steps sheet: outcomes in, one document out. Pure; knows nothing of HTML or of the network.
//!
//! [`compose`] orders the ways by what is possible soonest, merges steps and papers, looks offices up and numbers the
//! sources. The result serialises as the stable JSON of `lotse sheet --format json`, feeds the templates, and prints as
//! text with [`in_text`] and as a calendar file with [`in_calendar`]. What differs between two sheets, and why, is told by
//! [`tell_since`].

mod ahead;
mod answers;
mod calendar;
mod compose;
mod differences;
mod employer;
mod figures;
mod gist;
mod model;
mod offices;
mod otherwise;
mod since;
mod steps;
mod text;
mod ways;
mod wording;

pub use calendar::in_calendar;
pub use compose::compose;
pub use model::*;
pub use since::{Then, as_it_was, tell_since};
pub use text::in_text;
pub use wording::day;
