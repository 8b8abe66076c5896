//! What Lotse promises, one file per promise.

mod change;
