//! A sheet as a column of cells, so that two languages can stand side by side: the same composition done twice gives the same
//! cells in the same order, and a row is what stands at the same place in both.

use serde::Serialize;

use crate::language::{Joins, Lang, marked};
use crate::rulebook::{NOBODY, Rulebook};
use crate::sheet::{
    AnswerLine, Begin, Block, By, ElseWay, Figure, FigureLine, Named, OfficeCard, Opening, PaperLine, Reach, Script,
    Scripts, Sheet, StepCard, Way,
};

/// A part of the sheet in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The kind of its block.
    pub id: &'static str,
    /// Heading.
    pub heading: String,
    /// Whether it is printed; everything else is for the screen.
    pub on_paper: bool,
    /// What stands in it.
    pub cells: Vec<Cell>,
}

/// What stands in one row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The number of a step, as it stands before its title.
    pub number: Option<String>,
    /// What it is about; may be empty.
    pub title: String,
    /// What is possible and when, in brackets.
    pub standing: Option<String>,
    /// What is said of it.
    pub lines: Vec<Line>,
    /// Whether it is printed.
    pub on_paper: bool,
}

/// One thing that is said.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What kind of thing; empty for a sentence.
    pub label: String,
    /// In words.
    pub says: String,
    /// What to press: a number or an address, which is the same in every language.
    pub address: Option<Address>,
    /// Whether it is printed.
    pub on_paper: bool,
}

/// A telephone number or an address.
#[derive(Clone, Debug, Serialize)]
pub struct Address {
    /// Where it leads.
    pub href: String,
    /// As it is written.
    pub text: String,
}

/// How many words are printed for whoever interprets, on one page.
const WORDS_ON_PAPER: usize = 5;

/// How many telephone scripts are printed.
const SCRIPTS_ON_PAPER: usize = 1;

/// The sheet as cells.
pub fn in_columns(rulebook: &Rulebook, sheet: &Sheet) -> Vec<Part> {
    let lang = Lang::new(&sheet.lang);
    let writer = Writer { rulebook, lang: &lang, joins: rulebook.joins(&lang), sheet };
    sheet.blocks.iter().filter_map(|block| writer.part(block)).filter(|part| !part.cells.is_empty()).collect()
}

/// What somebody needs who interprets the first call for this sheet: whom, what for, what is said, which words, which numbers.
pub fn for_interpreter(rulebook: &Rulebook, sheet: &Sheet) -> Vec<Part> {
    let lang = Lang::new(&sheet.lang);
    let writer = Writer { rulebook, lang: &lang, joins: rulebook.joins(&lang), sheet };
    writer.interpreter().into_iter().filter(|part| !part.cells.is_empty()).collect()
}

struct Writer<'a> {
    rulebook: &'a Rulebook,
    lang: &'a Lang,
    joins: Joins<'a>,
    sheet: &'a Sheet,
}

fn line(label: String, says: &str) -> Line {
    Line { label, says: says.to_owned(), address: None, on_paper: true }
}

fn sentence(says: &str) -> Line {
    line(String::new(), says)
}

/// A sentence that is not printed.
fn aside(says: &str) -> Line {
    Line { on_paper: false, ..sentence(says) }
}

fn titled(title: &str, lines: Vec<Line>) -> Cell {
    Cell { title: title.to_owned(), lines, on_paper: true, ..Cell::default() }
}

fn telephone(number: &str) -> Address {
    Address { href: format!("tel:{}", number.replace(' ', "")), text: number.to_owned() }
}

fn mail(address: &str) -> Address {
    Address { href: format!("mailto:{address}"), text: address.to_owned() }
}

fn page(url: &str) -> Address {
    Address { href: url.to_owned(), text: url.trim_start_matches("https://").trim_end_matches('/').to_owned() }
}

impl Writer<'_> {
    fn word(&self, id: &str) -> String {
        self.rulebook.word(self.lang, id).to_owned()
    }

    fn labelled(&self, label: &str, says: &str) -> Line {
        line(self.joins.head(&self.word(label)), says)
    }

    fn numbered(&self, number: usize) -> Option<String> {
        Some(self.joins.ended(&number.to_string()))
    }

    fn part(&self, block: &Block) -> Option<Part> {
        let part = |id, heading: &String, on_paper, cells| Some(Part { id, heading: heading.clone(), on_paper, cells });
        let note = |says: &str| vec![titled("", vec![sentence(says)])];
        let ways = |ways: &[Way]| ways.iter().map(|way| self.way(way)).collect::<Vec<Cell>>();
        match block {
            Block::Opening(this) => part("opening", &this.heading, true, self.opening(this)),
            Block::Now(this) => part("now", &this.heading, true, self.steps(&this.steps)),
            Block::Later(this) => part("later", &this.heading, false, self.steps(&this.steps)),
            Block::Ways(this) => part("ways", &this.heading, true, ways(&this.ways)),
            Block::Meanwhile(this) => part("meanwhile", &this.heading, false, ways(&this.ways)),
            Block::Support(this) => part("support", &this.heading, false, ways(&this.ways)),
            Block::Closed(this) => part("closed", &this.heading, false, ways(&this.ways)),
            Block::Stay(this) => part("stay", &this.heading, false, ways(&this.ways)),
            Block::Trouble(this) => part("trouble", &this.heading, false, ways(&this.ways)),
            Block::Papers(this) => {
                part("papers", &this.heading, true, this.papers.iter().map(|paper| self.paper(paper)).collect())
            }
            Block::SayIt(this) => part("say-it", &this.heading, true, self.scripts(this)),
            Block::Words(this) => {
                let cells = this.terms.iter().map(|term| titled(&term.term, vec![sentence(&term.says)]));
                part("words", &this.heading, true, cells.collect())
            }
            Block::Shortcut(this) => {
                let lines = |lines: &[String]| lines.iter().map(|says| sentence(says)).collect();
                let cells = this.shortcuts.iter().map(|shortcut| titled(&shortcut.title, lines(&shortcut.lines)));
                part("shortcut", &this.heading, false, cells.collect())
            }
            Block::Have(this) => {
                part("have", &this.heading, false, this.lines.iter().flat_map(|says| note(says)).collect())
            }
            Block::Answers(this) => {
                part("answers", &this.heading, false, this.lines.iter().map(|line| self.answer(line)).collect())
            }
            Block::FindOut(this) => {
                let cells = this.tasks.iter().map(|task| titled(&task.says, vec![sentence(&task.find_out)]));
                part("find-out", &this.heading, false, cells.collect())
            }
            Block::Money(this) => part("money", &this.heading, false, self.figure_lines(&this.lines)),
            Block::Time(this) => part("time", &this.heading, false, self.figure_lines(&this.lines)),
            Block::German(this) => {
                let cells = this.lines.iter().map(|line| titled(&line.way, vec![sentence(&line.says)]));
                part("german", &this.heading, false, cells.collect())
            }
            Block::Contacts(this) => {
                part("contacts", &this.heading, false, this.offices.iter().map(|office| self.office(office)).collect())
            }
            Block::Since(this) => {
                let told = |says: &[String]| says.iter().map(|says| sentence(says)).collect::<Vec<Line>>();
                let cells = this.differences.iter().map(|difference| {
                    let parts: Vec<String> = difference.parts.iter().map(|part| part.says.clone()).collect();
                    titled(&difference.title, [told(&parts), told(&difference.because)].concat())
                });
                part("since", &this.heading, false, note(&this.says).into_iter().chain(cells).collect())
            }
            Block::Ahead(this) => {
                let cells = this.days.iter().flat_map(|day| {
                    day.differences.iter().map(|difference| {
                        let lines = difference.parts.iter().map(|part| sentence(&part.says)).collect();
                        titled(&self.joins.label(&day.from, &difference.title), lines)
                    })
                });
                part("ahead", &this.heading, false, cells.collect())
            }
            Block::WhatElse(this) => {
                let cells = this.changes.iter().map(|change| {
                    let title = self.joins.series(change.moves.iter().flat_map(|step| &step.answers));
                    let opens = |way: &ElseWay| aside(&self.joins.more(&way.title, &way.standing_text));
                    titled(&title, change.opens.iter().map(opens).collect())
                });
                part("what-else", &this.heading, false, cells.collect())
            }
            Block::Introduction(this) => part("introduction", &this.heading, false, note(&this.says)),
            Block::Footer(this) => part("footer", &this.heading, false, note(&this.says)),
            // The sources are German in every language; they stand on the sheet in one language.
            Block::Sources(_) => None,
        }
    }

    fn opening(&self, opening: &Opening) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Vec::new();
        if !opening.brings.is_empty() {
            let brings = titled("", vec![sentence(&self.joins.sentences(&opening.brings))]);
            cells.push(Cell { on_paper: false, ..brings });
        }
        cells.extend(opening.lines.iter().map(|line| {
            let decides = line.decided_by.iter().map(|who| self.labelled("label.decides", &who.text));
            let standing = self.joins.aside(&line.standing_text);
            let goals = self.joins.series(&line.goals);
            let (standing, says) = match &line.instead_of {
                None => (Some(standing), vec![sentence(&line.says)]),
                // How open it is belongs to what is possible instead.
                Some(instead) => {
                    (None, vec![sentence(instead), sentence(&self.joins.sentences([&line.says, &standing]))])
                }
            };
            Cell { standing, ..titled(&goals, says.into_iter().chain(decides).collect()) }
        }));
        let mut lines = vec![sentence(&self.joins.sentences(&opening.tomorrow))];
        lines.extend(opening.reach.as_ref().and_then(|reach| self.reached(reach)));
        let tomorrow = titled(&opening.tomorrow_heading, lines);
        cells.insert(if opening.begin == Begin::Today { 0 } else { cells.len() }, tomorrow);
        cells
    }

    fn steps(&self, steps: &[StepCard]) -> Vec<Cell> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &StepCard) -> Cell {
        let mut lines = vec![sentence(&step.says)];
        lines.extend(step.order.iter().map(|rule| aside(rule)));
        lines.push(Line { on_paper: false, ..self.labelled("label.who", &step.who) });
        let (reached, named): (Vec<_>, Vec<_>) =
            step.offices.iter().map(|office| (office, self.reach_of(office))).partition(|(_, line)| line.is_some());
        let places: Vec<&str> =
            named.iter().map(|(office, _)| office.text.as_str()).chain(step.place.as_deref()).collect();
        if !places.is_empty() {
            lines.push(self.labelled("label.where", &self.joins.series(places)));
        }
        lines.extend(reached.into_iter().filter_map(|(_, line)| line));
        if !step.bring.is_empty() {
            let papers = step.bring.iter().map(|paper| &paper.text);
            lines.push(self.labelled("label.bring", &self.joins.series(papers)));
        }
        lines.push(self.labelled("label.cost", &self.figures(&step.cost)));
        lines.push(self.labelled("label.time", &self.figures(&step.time)));
        lines.push(Line { on_paper: false, ..self.labelled("label.certainty", &step.certainty.text) });
        Cell { number: self.numbered(step.number), ..titled(&step.title, lines) }
    }

    /// An office with its number or address.
    fn reached(&self, reach: &Reach) -> Option<Line> {
        let address = match reach.shortest()? {
            By::Phone(number) => telephone(number),
            By::Email(address) => mail(address),
            By::Page(url) => page(url),
        };
        Some(Line { address: Some(address), ..line(self.joins.head(&reach.office.text), "") })
    }

    /// The telephone number of an office on this sheet.
    fn number_of(&self, id: &str) -> Option<Line> {
        let office = self.office_of(id)?;
        let phone = office.phone.as_ref()?;
        Some(Line { address: Some(telephone(phone)), ..self.labelled("label.phone", "") })
    }

    /// An office of a step with the shortest way to reach it: its telephone number, or else an address.
    fn reach_of(&self, office: &Named) -> Option<Line> {
        self.reached(&Reach::of(office.clone(), self.office_of(&office.id)?))
    }

    fn office_of(&self, id: &str) -> Option<&OfficeCard> {
        self.sheet.blocks.iter().find_map(|block| match block {
            Block::Contacts(contacts) => contacts.offices.iter().find(|office| office.id == id),
            _ => None,
        })
    }

    fn figures(&self, figures: &[Figure]) -> String {
        match figures.is_empty() {
            true => self.word("sheet.free"),
            false => self.joins.series(figures.iter().map(|figure| figure.beside_label(self.joins))),
        }
    }

    fn figure_lines(&self, lines: &[FigureLine]) -> Vec<Cell> {
        let cell = |line: &FigureLine| {
            let steps = line.steps.iter().map(|step| sentence(&step.title)).collect();
            titled(&line.figure.told(self.joins), steps)
        };
        lines.iter().map(cell).collect()
    }

    fn way(&self, way: &Way) -> Cell {
        let mut lines = vec![aside(&way.says)];
        lines.extend(way.watch_out.iter().map(|says| sentence(says)));
        if !way.also.is_empty() {
            lines.push(self.labelled("label.also", &self.joins.series(way.also.iter().map(|way| &way.text))));
        }
        lines.push(match way.decided_by.id.as_str() {
            NOBODY => sentence(&self.word("label.nobody-decides")),
            _ => self.labelled("label.decides", &way.decided_by.text),
        });
        lines.extend(way.roles.iter().chain(&way.dates).chain(&way.german).map(|says| aside(says)));
        if !way.ask.is_empty() {
            let asked = self.joins.series(way.ask.iter().map(|office| &office.text));
            lines.push(Line { on_paper: false, ..self.labelled("label.ask", &asked) });
        }
        lines.push(Line { on_paper: false, ..self.labelled("label.certainty", &way.certainty.text) });
        let standing = way.concerns.has_standing().then(|| self.joins.aside(&way.standing_text));
        Cell { standing, on_paper: way.foremost, ..titled(&way.title, lines) }
    }

    fn paper(&self, paper: &PaperLine) -> Cell {
        let how = self.joins.series([&paper.form.text, &paper.translation.text]);
        let mut lines = vec![sentence(&how)];
        lines.extend(paper.form_says.iter().map(|says| aside(says)));
        for (label, says) in [("label.issued-by", &paper.issued_by), ("label.if-missing", &paper.if_missing)] {
            lines.extend(says.iter().map(|says| Line { on_paper: false, ..self.labelled(label, says) }));
        }
        titled(&paper.paper.text, lines)
    }

    fn office(&self, office: &OfficeCard) -> Cell {
        let says = [Some(&office.role), office.because.as_ref(), office.not_this.as_ref(), office.note.as_ref()];
        let mut lines: Vec<Line> = says.into_iter().flatten().map(|says| sentence(says)).collect();
        lines.extend(office.find.iter().map(|find| self.labelled("label.find", find)));
        let addresses = [
            ("label.phone", office.phone.as_deref().map(telephone)),
            ("label.email", office.email.as_deref().map(mail)),
            ("label.page", office.url.as_deref().map(page)),
        ];
        for (label, address) in addresses {
            lines.extend(address.map(|address| Line { address: Some(address), ..self.labelled(label, "") }));
        }
        titled(&office.full_name, lines)
    }

    fn answer(&self, answer: &AnswerLine) -> Cell {
        let said = match answer.unknown {
            true => self.word("option.unknown"),
            false => self.joins.series(answer.options.iter().map(|option| &option.text)),
        };
        titled(&answer.question.text, vec![sentence(&said)])
    }

    fn scripts(&self, scripts: &Scripts) -> Vec<Cell> {
        let cells = scripts.scripts.iter().filter(|script| !script.phone.is_empty()).enumerate();
        cells.map(|(at, script)| Cell { on_paper: at < SCRIPTS_ON_PAPER, ..self.script(script) }).collect()
    }

    /// What is said at the telephone: in German, and beside it what that means.
    fn script(&self, script: &Script) -> Cell {
        // A sentence whose meaning the language lacks stands in German there, too.
        let help = |(at, says): (usize, &String)| match script.phone_help.get(at).filter(|help| !help.is_empty()) {
            Some(help) => help.clone(),
            None if self.lang.is_german() => says.clone(),
            None => marked::german(says).into(),
        };
        let spoken = script.phone.iter().enumerate().map(help);
        titled(&script.step.title, spoken.map(|says| sentence(&self.joins.quote(&says))).collect())
    }

    fn interpreter(&self) -> Vec<Part> {
        let part = |id: &'static str, cells: Vec<Cell>| {
            let heading = self.word(&format!("interpreter.{id}"));
            Part { id, heading, on_paper: true, cells }
        };
        let steps: Vec<&StepCard> = self.sheet.blocks.iter().find_map(now).into_iter().flatten().collect();
        // The call is the first step that leads to somebody who answers the telephone.
        let called = steps.iter().find_map(|step| {
            let office = |office: &Named| self.office_of(&office.id).filter(|card| card.phone.is_some());
            Some((*step, step.offices.iter().find_map(office)?))
        });
        let step = called.map_or_else(|| steps.first().copied(), |(step, _)| Some(step));
        let call = called.map(|(_, office)| {
            let mut cell = self.office(office);
            cell.lines.retain(|line| line.address.is_some() || line.says == office.role);
            cell
        });
        let aim = step.map(|step| {
            let bring = step.bring.iter().map(|paper| &paper.text);
            let bring = (!step.bring.is_empty()).then(|| self.labelled("label.bring", &self.joins.series(bring)));
            titled(&step.title, [sentence(&step.says)].into_iter().chain(bring).collect())
        });
        let scripts = self.sheet.blocks.iter().find_map(|block| match block {
            Block::SayIt(scripts) => Some(scripts),
            _ => None,
        });
        let spoken = scripts.into_iter().flat_map(|all| {
            let script = all.scripts.iter().find(|script| step.is_some_and(|step| step.id == script.step.id));
            script.or(all.scripts.iter().find(|script| !script.phone.is_empty()))
        });
        let words = self.sheet.blocks.iter().find_map(|block| self.part(block).filter(|part| part.id == "words"));
        vec![
            part("call", call.into_iter().collect()),
            part("aim", aim.into_iter().collect()),
            // The title of the step stands above already.
            part("sentences", spoken.map(|script| Cell { title: String::new(), ..self.script(script) }).collect()),
            part("numbers", self.numbers(&steps)),
            part("words", words.map(|part| few(part.cells)).unwrap_or_default()),
        ]
    }

    /// The numbers that may be said in the call: days, money, times, the numbers of offices.
    fn numbers(&self, steps: &[&StepCard]) -> Vec<Cell> {
        let mut cells = Vec::new();
        if let Some(letter) = &self.sheet.letter {
            cells.push(titled("", vec![sentence(&letter.says)]));
        }
        for step in steps {
            let mut lines = vec![
                self.labelled("label.cost", &self.figures(&step.cost)),
                self.labelled("label.time", &self.figures(&step.time)),
            ];
            lines.extend(step.offices.iter().filter_map(|office| self.number_of(&office.id)));
            cells.push(Cell { number: self.numbered(step.number), ..titled(&step.title, lines) });
        }
        cells
    }
}

/// The first of some cells; the others are for the screen.
fn few(cells: Vec<Cell>) -> Vec<Cell> {
    cells.into_iter().enumerate().map(|(at, cell)| Cell { on_paper: at < WORDS_ON_PAPER, ..cell }).collect()
}

fn now(block: &Block) -> Option<&Vec<StepCard>> {
    match block {
        Block::Now(steps) => Some(&steps.steps),
        _ => None,
    }
}
