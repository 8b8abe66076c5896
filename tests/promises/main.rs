//! One file per promise the program keeps.

mod faults;
mod schemas;
