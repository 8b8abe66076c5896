//! Translations against today's German: what people see of each text, which texts a language still lacks, whether it may be
//! offered, which should be compared first, the catalogues brought up to date, and what is remembered for earlier states.

mod correction;
mod coverage;
mod memory;
mod mixed_up;
mod sight;
mod update;

pub use correction::{Weighs, weighs};
pub use coverage::{Coverage, ENOUGH, Lacking, Share, coverage};
pub use memory::remember;
pub use mixed_up::{MixedUp, Uncompared};
pub use sight::Sight;
pub use update::{Declared, Update, update};
