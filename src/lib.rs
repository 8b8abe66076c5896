//! Lotse.
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod format;
pub mod interview;
pub mod language;
pub mod picture;
pub mod proof;
pub mod report;
pub mod rulebook;
pub mod sheet;
pub mod source;
pub mod web;
pub mod yaml;
