//! What people who use Lotse may rely on: one module for each promise.
//!
//! The tests see the program as its users do: pages over a socket, commands as processes, answers as `key=value`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that stops says why it stopped")]

mod browser;
mod change;
mod claims;
mod command_line;
mod counting;
mod degree;
mod deletions;
mod faults;
mod html;
mod interview;
mod links;
mod offices;
mod order;
mod picture;
mod privacy;
mod rooms;
mod rows;
mod schemas;
mod second_engine;
mod support;
mod unknown;
mod what_else;
