//! Two sheets compared: what has changed since an earlier one, and what will change on days that the rules know already.
//!
//! [`tell_since`] and [`tell_ahead`] add what they find to a sheet, which is then numbered anew; [`as_it_was`] marks an old
//! one. What is compared is a gist: what a sheet says of ways, steps, papers and offices, without how it is laid out.

mod ahead;
mod differences;
mod gist;
mod tell;
mod teller;

pub use ahead::tell_ahead;
pub use tell::{Then, as_it_was, tell_since};
