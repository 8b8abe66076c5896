//! Renderings: a pathway as a picture and as an outline, for everybody who wants to see the rules themselves; a sheet as text,
//! as a calendar file, and as columns that stand beside another language; how large its letters are on paper.
//!
//! [`outline`] puts a pathway in words, as data; [`in_text`] prints it, indented, so that it reads well on paper and in
//! a screen reader; [`svg`] draws it, left to right. Knows the rulebook and its texts; knows no answers and no network.

mod calendar;
mod columns;
mod json;
mod letters;
mod outline;
mod sheet;
mod svg;
mod text;

pub use calendar::sheet_in_calendar;
pub use columns::{Address, Cell, Line, Part, for_interpreter, in_columns};
pub use json::in_json;
pub use letters::letters;
pub use outline::{
    Condition, End, FactOutline, LookedAt, Node, Outline, OutlineBranch, OutlineOutcome, OutlineSource, fact_outline,
    outline,
};
pub use sheet::sheet_in_text;
pub use svg::svg;
pub use text::in_text;
