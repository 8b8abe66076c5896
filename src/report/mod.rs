//! Diagnostics to readers: in full with the line itself, one line each, or as JSON; what a change does, and whether
//! addresses still lead somewhere, in words.

mod certificate;
mod change;
mod concise;
mod full;
mod json;
mod links;

pub use certificate::certificate;
pub use change::{affected, change};
pub use concise::concise;
pub use full::full;
pub use json::{Checked, Finding, Place, Report, json};
pub use links::{Link, Links, links};
