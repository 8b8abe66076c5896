//! The same for programs, under `/api/v1`: what pages show, as JSON. It is worked out by the code of the pages, from the same
//! answers, on the same day.
//!
//! What is public is asked for with GET and kept like pages that nobody's answers change; whoever speaks of a person sends a
//! POST, so that answers stand in no proxy's log. `body` takes requests in, `request` says what they may hold, `answered`
//! what is given back, `problem` what is said when something is wrong, `browsers` which sites may ask from a browser. `public` and `person` hold the addresses; `document`
//! describes them all from the types themselves.

mod answered;
mod body;
mod browsers;
mod document;
mod person;
mod problem;
mod public;
mod request;

pub use body::{long, short};
pub use browsers::allowed;
pub use document::{ROOT, begun, complete, operations};
pub use person::{batch, employer, explain, next, sheet};
pub use problem::{Kind, PAGE, for_programs, not_allowed, not_found, refuse_excess};
pub use public::{
    certificates, changes, country, district, offices, openapi, pathways, questions, rulebook, sources, steps,
};
