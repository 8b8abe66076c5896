//! From an evaluation to the sheet.

use jiff::civil::Date;

use super::composer::{Composer, FIRST_STEPS};
use super::model::{
    Block, Contacts, GermanLines, Note, Papers, Scripts, Sheet, Shortcuts, Sources, Steps, Tasks, Traps, Ways, Words,
};
use super::numbers::number;
use super::wording::{Wording, day};
use crate::interview::{Answers, Evaluation};
use crate::language::Lang;
use crate::rulebook::Rulebook;
use crate::terms::{Concern, Day, Standing};

/// Composes the sheet in a language.
pub fn compose(rulebook: &Rulebook, answers: &Answers, evaluation: &Evaluation<'_>, date: Date, lang: &Lang) -> Sheet {
    let wording = Wording { rulebook, lang, answers };
    let composer = Composer::new(wording, evaluation, date);
    let mut sheet = Sheet {
        lang: lang.code().to_owned(),
        direction: lang.direction(),
        title: wording.word("sheet.title"),
        date: Day(date),
        date_text: day(date),
        rulebook: rulebook.name.clone(),
        version: rulebook.version.clone(),
        knowledge_date: day(rulebook.knowledge_date),
        blocks: composer.blocks(),
        employer_page: composer.employer_page(),
    };
    number(&mut sheet, wording);
    sheet
}

impl Composer<'_> {
    fn blocks(&self) -> Vec<Block> {
        let first = self.steps.len().min(FIRST_STEPS);
        let note = |wording: &Wording<'_>, id: &str| Note {
            heading: wording.word(&format!("sheet.{id}.heading")),
            says: wording.word(&format!("sheet.{id}.says")),
        };
        let open = |standing| standing != Standing::NotThisWay;
        let mut blocks = vec![Block::Introduction(note(&self.wording, "introduction"))];
        let now = self.step_cards(0, first);
        blocks.extend(filled(now, |steps| Block::Now(Steps { heading: self.heading("now"), steps })));
        let shortcuts = self.shortcuts();
        blocks.extend(filled(shortcuts, |shortcuts| {
            Block::Shortcut(Shortcuts { heading: self.heading("shortcut"), shortcuts })
        }));
        let traps = self.traps();
        blocks.extend(filled(traps, |traps| Block::Traps(Traps { heading: self.heading("traps"), traps })));
        blocks.push(Block::Answers(self.answers()));
        blocks.push(Block::Have(self.have()));
        let ways = self.ways(|concern, standing| concern.is_way() && open(standing));
        blocks.extend(filled(ways, |ways| Block::Ways(Ways { heading: self.heading("ways"), ways })));
        let money = self.money();
        let times = self.times();
        let german = self.german();
        let meanwhile = self.ways(|concern, _| concern == Concern::Meanwhile);
        blocks.extend(filled(meanwhile, |ways| Block::Meanwhile(Ways { heading: self.heading("meanwhile"), ways })));
        let later = self.step_cards(first, self.steps.len());
        blocks.extend(filled(later, |steps| Block::Later(Steps { heading: self.heading("later"), steps })));
        let tasks = self.tasks();
        blocks.extend(filled(tasks, |tasks| Block::FindOut(Tasks { heading: self.heading("find-out"), tasks })));
        let papers = self.papers();
        let before_papers = self.wording.word("sheet.papers.says");
        blocks.extend(filled(papers, |papers| {
            Block::Papers(Papers { heading: self.heading("papers"), says: before_papers, papers })
        }));
        blocks.push(Block::Money(money));
        blocks.push(Block::Time(times));
        blocks.extend(filled(german, |lines| Block::German(GermanLines { heading: self.heading("german"), lines })));
        let support = self.ways(|concern, _| concern == Concern::Support);
        blocks.extend(filled(support, |ways| Block::Support(Ways { heading: self.heading("support"), ways })));
        let closed = self.ways(|concern, standing| concern.is_way() && !open(standing));
        blocks.extend(filled(closed, |ways| Block::Closed(Ways { heading: self.heading("closed"), ways })));
        blocks.extend(self.what_else().map(Block::WhatElse));
        let stay = self.ways(|concern, _| concern == Concern::Stay);
        blocks.extend(filled(stay, |ways| Block::Stay(Ways { heading: self.heading("stay"), ways })));
        let offices = self.contacts();
        let before_contacts = self.wording.word("sheet.contacts.says");
        blocks.extend(filled(offices, |offices| {
            Block::Contacts(Contacts { heading: self.heading("contacts"), says: before_contacts, offices })
        }));
        let scripts = self.scripts();
        blocks.extend(filled(scripts, |scripts| {
            let rescue = ["slowly", "by-mail", "repeat", "name"].map(|id| self.wording.word(&format!("say-it.{id}")));
            let says = self.wording.word("sheet.say-it.says");
            Block::SayIt(Scripts { heading: self.heading("say-it"), says, rescue: rescue.into(), scripts })
        }));
        let trouble = self.ways(|concern, _| concern == Concern::Trouble);
        blocks.extend(filled(trouble, |ways| Block::Trouble(Ways { heading: self.heading("trouble"), ways })));
        let terms = self.terms();
        blocks.extend(filled(terms, |terms| Block::Words(Words { heading: self.heading("words"), terms })));
        let heading = self.heading("sources");
        blocks.push(Block::Sources(Sources { heading, checked_since: String::new(), sources: Vec::new() }));
        blocks.push(Block::Footer(note(&self.wording, "footer")));
        blocks
    }
}

fn filled<T>(list: Vec<T>, block: impl FnOnce(Vec<T>) -> Block) -> Option<Block> {
    (!list.is_empty()).then(|| block(list))
}
