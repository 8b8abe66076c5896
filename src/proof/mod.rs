//! Claims about whole rulebooks, exact, never by sampling.

pub mod change;
