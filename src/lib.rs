//! A signpost for people with foreign qualifications on their way into social and education professions in North
//! Rhine-Westphalia: a few questions, then a sheet of next steps. It never decides; it says who does.
//!
//! The rules are YAML under `rules/`; the program holds no rule of law. One direction, no way back:
//!
//! ```text
//! rules/*.yaml ─► rulebook ─► interview (answers, day) ─► outcomes with reasons ─► sheet ─► page · text · JSON
//! ```
//!
//! ```
//! use lotse::interview::{Answers, evaluate, next};
//! use lotse::rulebook::Rulebook;
//!
//! let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
//! let day = jiff::civil::date(2026, 11, 22);
//! let (answers, misfits) = Answers::read(&rulebook, [("goal", "kita"), ("qualification-kind", "none")]);
//! assert!(misfits.is_empty());
//!
//! // What to ask next …
//! let question = next(&rulebook, &answers, day).expect("the interview is not over");
//! assert_eq!(rulebook.questions.name(question), "stage");
//!
//! // … and what holds already, were it to end here.
//! let evaluation = evaluate(&rulebook, &answers, day);
//! assert!(evaluation.findings.iter().any(|finding| finding.id(&rulebook).starts_with("kita-entry/")));
//! ```
//!
//! The rooms, in the order in which they stand on each other. A room uses only rooms above it in this list.
//!
//! - [`source`]: where text comes from: file, place, line.
//! - [`diagnostic`]: what can be said about a place, in German: kind, headline, help; a page for each kind.
//! - [`yaml`]: the one door to the YAML package; its errors become diagnostics.
//! - [`language`]: languages, and the one door through which every text for people passes.
//! - [`terms`]: what all rooms share: how sure, how far open, days, kinds of money, time and paper.
//! - [`format`](mod@format): the files as authors write them; used to make the rulebook and its checks.
//! - [`rulebook`]: the same, known to be sound: ids resolved, compiled, immutable.
//! - [`walk`]: how rules are read, for one person or for everybody at once.
//! - [`interview`]: answers and a day in; the next question, or every outcome with its reasons, out.
//! - [`sheet`]: outcomes to the sheet of next steps.
//! - [`since`]: two sheets compared: what has changed, what will.
//! - [`translation`]: translations against today's German: what people see, what is missing, catalogues brought up to date.
//! - [`check`]: what is checked beyond soundness: the cases, and what they cover.
//! - [`proof`]: exact statements about all answers at once: counts, claims, the certificate.
//! - [`links`]: whether the addresses that the rules name still lead somewhere; the only room that calls others.
//! - [`change`]: two rulebooks compared: what a change does, for whom, by its causes.
//! - [`report`]: findings for readers: full, concise, JSON; what a change does and where addresses lead, in words.
//! - [`picture`]: renderings: a pathway as outline and drawing, a sheet as text and calendar file.
//! - [`opendata`]: the rulebook for other programs: its entries as data.
//! - [`web`]: the wizard; every page a pure function of rules, address and day.
//! - [`cli`]: one file per command; the clock, the disk and the terminal live here.

pub mod change;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod format;
pub mod interview;
pub mod language;
pub mod links;
pub mod opendata;
pub mod picture;
pub mod proof;
pub mod report;
pub mod rulebook;
pub mod sheet;
pub mod since;
pub mod source;
pub mod terms;
pub mod translation;
pub mod walk;
pub mod web;
pub mod yaml;
