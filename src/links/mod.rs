//! Whether the addresses that the rules name still lead somewhere. The only room that calls other machines, and only when an
//! editor asks for it; the wizard calls nobody.
//!
//! Knows addresses and the lines they stand in; knows nothing of what the rules say.

mod addresses;
mod ask;
mod manners;
mod round;
mod verdict;

pub use addresses::{Address, Place, addresses};
pub use ask::Certificates;
pub use manners::Manners;
pub use round::ask_all;
pub use verdict::{Asked, Hop, State, Urgency, Verdict};
