//! From an evaluation to the sheet.

use indexmap::IndexSet;
use jiff::civil::Date;

use super::model::{
    Block, Contacts, EmployerPage, GermanLines, Note, Papers, Scripts, Sheet, Shortcuts, SourceLine, Sources, Steps,
    Tasks, TermLine, Traps, Ways, Words,
};
use super::ways::{by_standing, concern};
use super::wording::{Wording, day};
use crate::interview::{Answers, Evaluation, Finding, arrange};
use crate::language::Lang;
use crate::rulebook::{Id, Rulebook, Source, Step};
use crate::terms::{Concern, Day, Standing};

/// How many steps stand large at the top.
pub const FIRST_STEPS: usize = 3;

/// How many terms are explained.
const MOST_TERMS: usize = 12;

/// Composes the sheet in a language.
pub fn compose(rulebook: &Rulebook, answers: &Answers, evaluation: &Evaluation, date: Date, lang: &Lang) -> Sheet {
    let wording = Wording { rulebook, lang, answers };
    let blocks = Composer::new(wording, evaluation, date).blocks();
    Sheet {
        lang: lang.code().to_owned(),
        direction: lang.direction(),
        title: wording.word("sheet.title"),
        date: Day(date),
        date_text: day(date),
        rulebook: rulebook.name.clone(),
        version: rulebook.version.clone(),
        knowledge_date: day(rulebook.knowledge_date),
        blocks,
        employer_page: employer_page(rulebook, answers, evaluation, date, lang),
    }
}

/// The page for the Träger, if some way rests on evidence that the Träger files.
fn employer_page(
    rulebook: &Rulebook,
    answers: &Answers,
    evaluation: &Evaluation,
    date: Date,
    lang: &Lang,
) -> Option<EmployerPage> {
    let wording = Wording { rulebook, lang, answers };
    Composer { steps: Vec::new(), ..Composer::new(wording, evaluation, date) }.employer_page()
}

pub struct Composer<'a> {
    pub wording: Wording<'a>,
    pub evaluation: &'a Evaluation,
    /// Findings, what is possible soonest first.
    pub ways: Vec<&'a Finding>,
    /// Steps in the order of the sheet.
    pub steps: Vec<Id<Step>>,
    pub date: Date,
    /// Sources in the order in which the sheet first names them.
    pub sources: IndexSet<Id<Source>>,
    /// How many of them steps and ways rest on.
    pub foremost: usize,
}

impl<'a> Composer<'a> {
    pub fn new(wording: Wording<'a>, evaluation: &'a Evaluation, date: Date) -> Self {
        let rulebook = wording.rulebook;
        let ways = by_standing(rulebook, evaluation);
        let steps = arrange(
            rulebook,
            ways.iter()
                .filter(|finding| concern(rulebook, finding).gives_steps())
                .flat_map(|finding| finding.steps.iter().copied()),
            date,
        );
        Self { wording, evaluation, ways, steps, date, sources: IndexSet::new(), foremost: 0 }
    }

    pub fn rulebook(&self) -> &'a Rulebook {
        self.wording.rulebook
    }

    fn blocks(&mut self) -> Vec<Block> {
        let first = self.steps.len().min(FIRST_STEPS);
        let note = |wording: &Wording<'_>, id: &str| Note {
            heading: wording.word(&format!("sheet.{id}.heading")),
            says: wording.word(&format!("sheet.{id}.says")),
        };
        let open = |standing| standing != Standing::NotThisWay;
        let mut blocks = vec![Block::Introduction(note(&self.wording, "introduction"))];
        // What is printed first names its sources first, so that those come first in the list.
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
        blocks.extend(self.ahead().map(Block::Ahead));
        let money = self.money();
        let times = self.times();
        let german = self.german();
        let foremost = self.sources.len();
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
        self.foremost = foremost;
        let terms = self.terms(&blocks);
        blocks.extend(filled(terms, |terms| Block::Words(Words { heading: self.heading("words"), terms })));
        let oldest = self.sources.iter().map(|source| self.rulebook().sources[*source].checked_on).min();
        let oldest = oldest.map(day).unwrap_or_default();
        let checked_since = self.wording.word_with("sheet.checked-since", &[("day", &oldest)]);
        let sources = self.source_lines();
        blocks.extend(filled(sources, |sources| {
            Block::Sources(Sources { heading: self.heading("sources"), checked_since, sources })
        }));
        blocks.push(Block::Footer(note(&self.wording, "footer")));
        blocks
    }

    pub fn heading(&self, block: &str) -> String {
        self.wording.word(&format!("sheet.{block}.heading"))
    }

    /// The number of a source on this sheet.
    pub fn number(&mut self, source: Id<Source>) -> usize {
        self.sources.insert_full(source).0 + 1
    }

    pub fn numbers(&mut self, sources: &[Id<Source>]) -> Vec<usize> {
        sources.iter().map(|source| self.number(*source)).collect()
    }

    /// Terms of the glossary that occur in the steps and ways, as many as a reader takes in.
    fn terms(&self, blocks: &[Block]) -> Vec<TermLine> {
        let read = |block: &&Block| {
            matches!(block, Block::Now(_) | Block::Ways(_) | Block::Traps(_) | Block::Closed(_) | Block::Later(_))
        };
        let text: String = blocks.iter().filter(read).filter_map(|block| serde_json::to_string(block).ok()).collect();
        let occurs = |form: &str| {
            text.match_indices(form).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + form.len()..].chars().next();
                let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_');
                outside(before) && outside(after)
            })
        };
        self.rulebook()
            .terms
            .iter()
            .filter(|(_, _, term)| term.forms.iter().any(|form| occurs(form)))
            .take(MOST_TERMS)
            .map(|(_, id, term)| TermLine {
                id: id.to_owned(),
                term: term.term.clone(),
                says: self.wording.owned(term.says),
            })
            .collect()
    }

    pub fn source_lines(&self) -> Vec<SourceLine> {
        let line = |(at, id): (usize, &Id<Source>)| self.wording.source_line(*id, at + 1, at < self.foremost);
        self.sources.iter().enumerate().map(line).collect()
    }
}

fn filled<T>(list: Vec<T>, block: impl FnOnce(Vec<T>) -> Block) -> Option<Block> {
    (!list.is_empty()).then(|| block(list))
}
