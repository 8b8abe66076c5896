//! The numbers of the sources: given last, in the order in which the sheet names them, so that nothing before needs to know
//! what stands where.

use indexmap::IndexMap;

use super::model::{Block, Difference, EmployerPage, Figure, FigureLine, Mark, Sheet, SourceLine, StepCard, Way};
use super::wording::{Wording, day};
use crate::rulebook::{Id, Source};
use crate::terms::Day;

/// Numbers the sources of a sheet and of its page for the Träger, and lists them. Done again after anything is added.
pub fn number(sheet: &mut Sheet, wording: Wording<'_>) {
    let mut numbers = Numbers::default();
    // What is told at once comes first, and is all that the short sheet lists.
    for block in &mut sheet.blocks {
        match block {
            Block::Ways(ways) => {
                ways.ways.iter_mut().filter(|way| way.foremost).for_each(|way| numbers.all(&mut way.basis))
            }
            block if is_foremost(block) => marks(block, &mut numbers),
            _ => {}
        }
    }
    let foremost = numbers.0.len();
    sheet.blocks.iter_mut().for_each(|block| marks(block, &mut numbers));
    for block in &mut sheet.blocks {
        if let Block::Sources(sources) = block {
            let oldest = numbers.0.keys().map(|source| wording.rulebook.sources[*source].checked_on).min();
            sources.checked_since_day = oldest.map(Day);
            let oldest = oldest.map(day).unwrap_or_default();
            sources.checked_since = wording.word_with("sheet.checked-since", &[("day", &oldest)]);
            sources.sources = numbers.lines(wording, foremost);
        }
    }
    if let Some(page) = &mut sheet.employer_page {
        let mut numbers = Numbers::default();
        employer_marks(page, &mut numbers);
        page.sources = numbers.lines(wording, numbers.0.len());
    }
}

/// Each source with its number.
#[derive(Default)]
struct Numbers(IndexMap<Id<Source>, usize>);

impl Numbers {
    fn give(&mut self, mark: &mut Mark) {
        let next = self.0.len() + 1;
        mark.number = *self.0.entry(mark.source).or_insert(next);
    }

    fn all<'m>(&mut self, marks: impl IntoIterator<Item = &'m mut Mark>) {
        marks.into_iter().for_each(|mark| self.give(mark));
    }

    fn figures(&mut self, figures: &mut [Figure]) {
        self.all(figures.iter_mut().filter_map(|figure| figure.source.as_mut()));
    }

    fn figure_lines(&mut self, lines: &mut [FigureLine]) {
        self.all(lines.iter_mut().filter_map(|line| line.figure.source.as_mut()));
    }

    fn steps(&mut self, steps: &mut [StepCard]) {
        for step in steps {
            self.figures(&mut step.cost);
            self.figures(&mut step.time);
            self.all(&mut step.sources);
        }
    }

    fn ways(&mut self, ways: &mut [Way]) {
        ways.iter_mut().for_each(|way| self.all(&mut way.basis));
    }

    fn differences(&mut self, differences: &mut [Difference]) {
        differences.iter_mut().for_each(|difference| self.all(&mut difference.sources));
    }

    fn lines(&self, wording: Wording<'_>, foremost: usize) -> Vec<SourceLine> {
        self.0.iter().map(|(source, number)| wording.source_line(*source, *number, *number <= foremost)).collect()
    }
}

fn is_foremost(block: &Block) -> bool {
    matches!(
        block,
        Block::Since(_)
            | Block::Now(_)
            | Block::Shortcut(_)
            | Block::Ahead(_)
            | Block::Money(_)
            | Block::Time(_)
            | Block::German(_)
    )
}

/// Every mark of a block, in the order in which it is read.
fn marks(block: &mut Block, numbers: &mut Numbers) {
    match block {
        Block::Now(steps) | Block::Later(steps) => numbers.steps(&mut steps.steps),
        Block::Shortcut(this) => this.shortcuts.iter_mut().for_each(|shortcut| numbers.all(&mut shortcut.basis)),
        Block::Ways(ways)
        | Block::Meanwhile(ways)
        | Block::Support(ways)
        | Block::Closed(ways)
        | Block::Stay(ways)
        | Block::Trouble(ways) => numbers.ways(&mut ways.ways),
        Block::Since(since) => numbers.differences(&mut since.differences),
        Block::Ahead(ahead) => ahead.days.iter_mut().for_each(|day| numbers.differences(&mut day.differences)),
        Block::Money(money) => numbers.figure_lines(&mut money.lines),
        Block::Time(times) => numbers.figure_lines(&mut times.lines),
        Block::German(german) => numbers.all(german.lines.iter_mut().filter_map(|line| line.source.as_mut())),
        Block::Papers(papers) => papers.papers.iter_mut().for_each(|paper| numbers.all(&mut paper.sources)),
        Block::Contacts(contacts) => contacts.offices.iter_mut().for_each(|office| numbers.all(&mut office.sources)),
        Block::WhatElse(this) => {
            for step in this.changes.iter_mut().flat_map(|change| &mut change.moves) {
                numbers.figures(&mut step.cost);
                numbers.figures(&mut step.time);
            }
            let conditions = this.why_not.iter_mut().flat_map(|why| &mut why.conditions);
            conditions.for_each(|condition| numbers.all(&mut condition.basis));
        }
        Block::Opening(_)
        | Block::Introduction(_)
        | Block::Answers(_)
        | Block::Have(_)
        | Block::FindOut(_)
        | Block::SayIt(_)
        | Block::Words(_)
        | Block::Sources(_)
        | Block::Footer(_) => {}
    }
}

fn employer_marks(page: &mut EmployerPage, numbers: &mut Numbers) {
    if let Some(since) = &mut page.since {
        numbers.differences(&mut since.differences);
    }
    page.roles.iter_mut().for_each(|role| numbers.all(&mut role.basis));
    page.duties.iter_mut().chain(&mut page.recommended).for_each(|duty| numbers.all(&mut duty.sources));
    page.ask.iter_mut().for_each(|office| numbers.all(&mut office.sources));
}
