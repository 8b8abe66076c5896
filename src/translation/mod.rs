//! Translations against today's German: what people see of each text, which texts a language still lacks, whether it may be
//! offered, and the catalogues brought up to date.

mod coverage;
mod sight;
mod update;

pub use coverage::{Coverage, ENOUGH, Lacking, Share, coverage};
pub use sight::Sight;
pub use update::{Update, update};
