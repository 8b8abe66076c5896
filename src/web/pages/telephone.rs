//! The telephone slip: what an advisor reads out and the other end writes down, on one page.

use axum::response::Response;
use serde::Serialize;

use crate::sheet::{Block, OfficeCard, OpeningLine, Reach, Scripts, Sheet, StepCard};
use crate::web::short;
use crate::web::visit::Visit;

#[derive(Serialize)]
struct Slip<'a> {
    sheet: &'a Sheet,
    back: String,
    lines: &'a [OpeningLine],
    tomorrow_heading: &'a str,
    tomorrow: &'a [String],
    reach: Option<&'a Reach>,
    steps: Vec<SlipStep<'a>>,
    /// Advice and courses that are only where the person lives.
    here: Vec<&'a OfficeCard>,
    /// Sentences that help in every call.
    rescue: &'a [String],
    /// The short address, in groups that can be read out.
    address: String,
    groups: Vec<String>,
    qr: String,
    notice: &'a [String],
}

/// A first step, with the office that can be called for it and what to say there.
#[derive(Serialize)]
struct SlipStep<'a> {
    step: &'a StepCard,
    office: Option<&'a OfficeCard>,
    phone: &'a [String],
}

pub async fn telephone(visit: Visit) -> Response {
    let (replay, sheet) = visit.sheet();
    let code = short::write(&visit.rulebook, &replay.answers, visit.date, visit.came_on(&replay.answers));
    let opening = sheet.blocks.iter().find_map(|block| match block {
        Block::Opening(opening) => Some(opening),
        _ => None,
    });
    let scripts = sheet.blocks.iter().find_map(|block| match block {
        Block::SayIt(scripts) => Some(scripts),
        _ => None,
    });
    let slip = Slip {
        back: visit.here("/blatt", &replay.answers),
        lines: opening.map_or(&[], |opening| &opening.lines),
        tomorrow_heading: opening.map_or("", |opening| &opening.tomorrow_heading),
        tomorrow: opening.map_or(&[], |opening| &opening.tomorrow),
        reach: opening.and_then(|opening| opening.reach.as_ref()),
        steps: steps(&sheet, scripts),
        here: offices(&sheet).iter().filter(|card| card.only_here && card.foremost).collect(),
        rescue: scripts.map_or(&[], |scripts| &scripts.rescue),
        address: format!("{}{}", visit.site.origin(), short::path(&visit.link.lang, "")),
        groups: code.split('-').map(str::to_owned).collect(),
        qr: format!("{}/qr.svg", short::path(&visit.link.lang, &code)),
        notice: &visit.notice(),
        sheet: &sheet,
    };
    visit.page("telephone.html", &visit.view.word("telephone.title"), &slip)
}

/// The offices of a sheet.
fn offices(sheet: &Sheet) -> &[OfficeCard] {
    let offices = sheet.blocks.iter().find_map(|block| match block {
        Block::Contacts(contacts) => Some(&*contacts.offices),
        _ => None,
    });
    offices.unwrap_or(&[])
}

/// The first steps of a sheet.
fn steps<'s>(sheet: &'s Sheet, scripts: Option<&'s Scripts>) -> Vec<SlipStep<'s>> {
    let cards = offices(sheet);
    let first = sheet.blocks.iter().find_map(|block| match block {
        Block::Now(steps) => Some(&*steps.steps),
        _ => None,
    });
    let slip = |step: &'s StepCard| {
        let mut offices = step.offices.iter().filter_map(|named| cards.iter().find(|card| card.id == named.id));
        let script = scripts.and_then(|scripts| scripts.scripts.iter().find(|script| script.step.id == step.id));
        SlipStep {
            step,
            office: offices.clone().find(|card| card.phone.is_some()).or_else(|| offices.next()),
            phone: script.map_or(&[], |script| &script.phone),
        }
    };
    first.map(|first: &[StepCard]| first.iter().map(slip).collect()).unwrap_or_default()
}
