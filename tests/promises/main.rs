//! What people who use Lotse may rely on: one module for each promise.
//!
//! The tests see the program as its users do: pages over a socket, commands as processes, answers as `key=value`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that stops says why it stopped")]

mod addresses;
mod api;
mod api_document;
mod browser;
mod calendar;
mod certificates;
mod change;
mod claims;
mod command_line;
mod cost;
mod counting;
mod days;
mod degree;
mod deletions;
mod desk;
mod embedding;
mod employer;
mod faults;
mod field;
mod found;
mod html;
mod html_checker;
mod interview;
mod links;
mod local;
mod measure;
mod offices;
mod opening;
mod order;
mod paper;
mod picture;
mod privacy;
mod put_together;
mod released;
mod rooms;
mod rows;
mod schemas;
mod second_engine;
mod sheet;
mod short_address;
mod since;
mod sturdy_chaos;
mod sturdy_connections;
mod sturdy_crowd;
mod sturdy_figures;
mod sturdy_headers;
mod sturdy_instances;
mod sturdy_rules;
mod sturdy_settings;
mod support;
mod unknown;
mod what_else;
mod wizard;
