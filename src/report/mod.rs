//! Diagnostics to readers: in full with the line itself, one line each, or as JSON.

mod concise;
mod full;
mod json;

pub use concise::concise;
pub use full::full;
pub use json::{Finding, Place, Report, json};
