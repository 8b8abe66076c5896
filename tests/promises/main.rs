//! What Lotse promises, one file per promise.

mod claims;
mod counting;
mod deletions;
mod second_engine;
