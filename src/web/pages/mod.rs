//! The pages, one file each: what its template sees, and how that comes from a visit.

mod anabin;
mod asset;
mod book;
mod both;
mod certificates;
mod changes;
mod check;
#[cfg(test)]
mod cost;
mod desk;
mod developers;
mod easy;
mod employer;
mod figures;
mod found_again;
mod info;
mod open_points;
mod pathway;
mod proof;
mod question;
mod rules;
mod sheet;
mod sources;
mod start;
mod telephone;
mod translations;

use serde::Serialize;

use super::visit::Visit;
use crate::rulebook::OfficeRef;

pub use anabin::anabin;
pub use asset::asset;
pub use book::render_book;
pub use both::interpreter;
pub use changes::changes;
pub use check::check;
pub use desk::desk;
pub use developers::developers;
pub use easy::easy;
pub use employer::{employer, employer_json};
pub use figures::{figures, figures_table};
pub use info::{accessibility, imprint, leave, privacy};
pub use open_points::open_points;
pub use pathway::pathway;
pub use proof::{Claim, proof};
pub use question::question;
pub use rules::rules;
pub use sheet::{calendar, json, render_sheet, sheet, text};
pub use sources::sources;
pub use start::start;
pub use telephone::telephone;
pub use translations::translations;

/// A pathway in a list of the rules.
#[derive(Serialize)]
struct LinkLine {
    url: String,
    text: String,
    outcomes: usize,
}

/// The names of offices, each once; of a fact that finds the office, the fact's.
fn names(visit: &Visit, offices: &[OfficeRef]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for office in offices {
        let name = visit.say(match office {
            OfficeRef::Authority(id) => visit.rulebook.authorities[*id].name,
            OfficeRef::Fact(id) => visit.rulebook.facts[*id].label,
        });
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
