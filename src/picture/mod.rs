//! A pathway as a picture and as an outline: for editors, lawyers and everybody who wants to see the rules themselves.
//!
//! [`outline`] puts a pathway in words, as data; [`in_text`] prints it, indented, so that it reads well on paper and in
//! a screen reader; [`svg`] draws it, left to right. Knows the rulebook and its texts; knows no answers and no network.

mod outline;
mod svg;
mod text;

pub use outline::{Condition, End, Node, Outline, OutlineBranch, OutlineOutcome, OutlineSource, outline};
pub use svg::svg;
pub use text::in_text;
