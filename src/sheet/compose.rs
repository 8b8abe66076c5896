//! From an evaluation to the sheet.

use jiff::civil::Date;

use super::composer::Composer;
use super::model::{
    Block, Contacts, GermanLines, Group, Note, Papers, Scripts, Sheet, Shortcuts, Sources, Steps, Tasks, Way, Ways,
    Words,
};
use super::numbers::number;
use super::wording::{Wording, day};
use crate::interview::{Answers, Evaluation, Finding};
use crate::language::{Lang, RESCUE};
use crate::rulebook::Rulebook;
use crate::terms::{Concern, Day, Standing, Translation};

/// Composes the sheet in a language, and the page for the Träger with it.
pub fn compose(rulebook: &Rulebook, answers: &Answers, evaluation: &Evaluation<'_>, date: Date, lang: &Lang) -> Sheet {
    let composer = Composer::new(Wording { rulebook, lang, answers }, evaluation, date);
    let mut sheet = composer.sheet();
    sheet.employer_page = composer.employer_page();
    number(&mut sheet, composer.wording);
    sheet
}

/// The same without the page for the Träger, which is much work where nobody looks at it.
pub fn compose_for_person(
    rulebook: &Rulebook,
    answers: &Answers,
    evaluation: &Evaluation<'_>,
    date: Date,
    lang: &Lang,
) -> Sheet {
    let composer = Composer::new(Wording { rulebook, lang, answers }, evaluation, date);
    let mut sheet = composer.sheet();
    number(&mut sheet, composer.wording);
    sheet
}

impl Composer<'_> {
    /// The sheet, its sources not numbered yet.
    fn sheet(&self) -> Sheet {
        let Wording { rulebook, lang, .. } = self.wording;
        Sheet {
            lang: lang.code().to_owned(),
            direction: lang.direction(),
            fallen_back: Vec::new(),
            in_translation: self.wording.in_translation(),
            title: self.wording.word("sheet.title"),
            date: Day(self.date),
            date_text: day(self.date),
            rulebook: self.wording.name(&rulebook.name),
            version: rulebook.version.clone(),
            knowledge_date: day(rulebook.knowledge_date),
            knowledge_day: Day(rulebook.knowledge_date),
            letter: None,
            blocks: self.blocks(),
            groups: self.groups(),
            employer_page: None,
            has_employer_page: self.has_employer_page(),
        }
    }

    /// The answer first; then what to look up, in the order of the groups.
    fn blocks(&self) -> Vec<Block> {
        let note = |id: &str| Note { heading: self.heading(id), says: self.wording.word(&format!("sheet.{id}.says")) };
        let open = |standing| standing != Standing::NotThisWay;
        let ways = |id: &str, wanted: &dyn Fn(Concern, Standing) -> bool, block: fn(Ways) -> Block| {
            filled(self.ways(wanted), |ways| block(Ways { heading: self.heading(id), ways }))
        };
        let opening = self.opening();
        let offices = self.contacts();
        let scripts = self.scripts(opening.reach.as_ref(), &offices);
        let mut blocks = vec![Block::Opening(opening)];
        let now = self.step_cards(0, self.first);
        blocks.extend(filled(now, |steps| Block::Now(Steps { heading: self.heading("now"), steps })));
        blocks.extend(filled(self.open_ways(), |ways| Block::Ways(Ways { heading: self.heading("ways"), ways })));
        let shortcuts = self.shortcuts();
        blocks.extend(filled(shortcuts, |shortcuts| {
            Block::Shortcut(Shortcuts { heading: self.heading("shortcut"), shortcuts })
        }));

        let papers = self.papers();
        blocks.extend(filled(papers, |papers| {
            let in_german = papers.iter().all(|paper| paper.translation.id == <&str>::from(Translation::NotNeeded));
            let says = if in_german { "sheet.papers.in-german" } else { "sheet.papers.says" };
            Block::Papers(Papers { heading: self.heading("papers"), says: self.wording.word(says), papers })
        }));

        blocks.push(Block::Money(self.money()));
        blocks.push(Block::Time(self.times()));
        let german = self.german();
        blocks.extend(filled(german, |lines| Block::German(GermanLines { heading: self.heading("german"), lines })));
        blocks.extend(ways("support", &|concern, _| concern == Concern::Support, Block::Support));

        blocks.extend(filled(offices, |offices| {
            let says = self.wording.word("sheet.contacts.says");
            Block::Contacts(Contacts { heading: self.heading("contacts"), says, offices })
        }));
        blocks.extend(filled(scripts, |scripts| {
            let rescue = RESCUE.map(|id| self.wording.rulebook.texts.word(&format!("say-it.{id}")));
            let rescue = || rescue.into_iter().flatten();
            Block::SayIt(Scripts {
                heading: self.heading("say-it"),
                says: self.wording.word("sheet.say-it.says"),
                rescue: rescue().map(|text| self.wording.spoken(text)).collect(),
                rescue_help: self.reading_helps(rescue()),
                scripts,
            })
        }));

        blocks.push(Block::Have(self.have()));
        blocks.push(Block::Answers(self.answers()));
        let tasks = self.tasks();
        blocks.extend(filled(tasks, |tasks| Block::FindOut(Tasks { heading: self.heading("find-out"), tasks })));
        let later = self.step_cards(self.first, self.steps.len());
        blocks.extend(filled(later, |steps| Block::Later(Steps { heading: self.heading("later"), steps })));
        blocks.extend(ways("meanwhile", &|concern, _| concern == Concern::Meanwhile, Block::Meanwhile));
        blocks.extend(ways("closed", &|concern, standing| concern.is_way() && !open(standing), Block::Closed));
        blocks.extend(self.what_else().map(Block::WhatElse));
        blocks.extend(ways("stay", &|concern, _| concern == Concern::Stay, Block::Stay));
        blocks.extend(ways("trouble", &|concern, _| concern == Concern::Trouble, Block::Trouble));
        blocks.extend(filled(self.terms(), |terms| Block::Words(Words { heading: self.heading("words"), terms })));
        let heading = self.heading("sources");
        blocks.push(Block::Sources(Sources {
            heading,
            checked_since: String::new(),
            checked_since_day: None,
            sources: Vec::new(),
        }));
        blocks.push(Block::Introduction(note("introduction")));
        blocks.push(Block::Footer(note("footer")));
        blocks
    }

    /// The open ways: the few that are told at once, then the others.
    fn open_ways(&self) -> Vec<Way> {
        let foremost = self.foremost_ways();
        let told = |finding: &Finding<'_>| foremost.iter().any(|known| known.pathway == finding.pathway);
        let mut ways: Vec<Way> = foremost.iter().map(|finding| Way { foremost: true, ..self.way(finding) }).collect();
        let others = self.cards().filter(|finding| self.is_open(finding) && !told(finding));
        ways.extend(others.map(|finding| self.way(finding)));
        ways
    }

    fn groups(&self) -> Vec<Group> {
        let group = |(id, blocks): (&'static str, &[&'static str])| Group {
            id,
            heading: self.wording.word(&format!("sheet.group.{id}")),
            blocks: blocks.to_vec(),
        };
        GROUPS.iter().copied().map(group).collect()
    }
}

/// The groups that open, each with its blocks.
const GROUPS: [(&str, &[&str]); 4] = [
    ("papers", &["papers"]),
    ("money", &["money", "time", "german", "support"]),
    ("offices", &["contacts", "say-it"]),
    (
        "more",
        &[
            "have",
            "answers",
            "find-out",
            "later",
            "meanwhile",
            "ahead",
            "closed",
            "what-else",
            "stay",
            "trouble",
            "words",
            "sources",
            "introduction",
            "footer",
        ],
    ),
];

fn filled<T>(list: Vec<T>, block: impl FnOnce(Vec<T>) -> Block) -> Option<Block> {
    (!list.is_empty()).then(|| block(list))
}
