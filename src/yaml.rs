//! The one door to the YAML crate: text in, typed values with spans out, its errors turned into diagnostics.
//!
//! No other room names the crate, since its major versions move. `read` reads a file, `recover` reads on after a fault,
//! `fault` has the words for what is wrong, `shapes` what the rule format writes in more than one way.

mod fault;
mod read;
mod recover;
mod shapes;

pub use read::{cut_texts, read};
pub use shapes::{Given, Ids, Map, given, keys};
