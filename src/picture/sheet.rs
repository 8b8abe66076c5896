//! The sheet as plain text, for terminals and for pasting into a message.

use crate::language::{Joins, Lang, fill, marked, paragraph};
use crate::rulebook::{NOBODY, Rulebook};
use crate::sheet::{
    Begin, Block, By, Difference, ElseLine, FailedCondition, Figure, FigureLine, Mark, Opening, Script, Scripts, Sheet,
    SourceLine, StepCard, StepLink, Way,
};

const WIDTH: usize = 78;

/// The sheet as text of at most 78 columns: in full, or what is told at once with everything else a line each.
pub fn sheet_in_text(rulebook: &Rulebook, sheet: &Sheet, in_full: bool) -> String {
    let lang = Lang::new(&sheet.lang);
    let joins = rulebook.joins(&lang);
    let mut page = Page { text: String::new(), word: &|id| rulebook.word(&lang, id).to_owned(), joins, in_full };
    page.line(0, &joins.row([&sheet.title, &sheet.date_text]));
    let rules = format!("{} {}", sheet.rulebook, sheet.version);
    page.line(0, &joins.row([rules, joins.label(&(page.word)("sheet.law-as-of"), &sheet.knowledge_date)]));
    if let Some(translation) = &sheet.in_translation {
        page.line(0, &translation.says);
    }
    if let Some(letter) = &sheet.letter {
        page.line(0, &letter.says);
    }
    let first = sheet.blocks.iter().find_map(|block| match block {
        Block::Now(steps) => Some(steps.steps.len()),
        _ => None,
    });
    for block in &sheet.blocks {
        match block {
            block if in_full => page.block(block),
            Block::SayIt(scripts) => page.scripts(scripts, first),
            block => page.brief(block),
        }
    }
    if !in_full {
        page.text.push('\n');
        page.line(0, &(page.word)("sheet.in-text.more"));
    }
    marked::plain(page.text, &lang)
}

struct Page<'w> {
    text: String,
    word: &'w dyn Fn(&str) -> String,
    joins: Joins<'w>,
    in_full: bool,
}

impl Page<'_> {
    /// A paragraph, indented by so many columns.
    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&paragraph(text, WIDTH, indent, 0));
    }

    fn heading(&mut self, heading: &str) {
        self.text.push('\n');
        self.line(0, heading);
        self.text.push_str(&"─".repeat(heading.chars().count().min(WIDTH)));
        self.text.push('\n');
    }

    fn labelled(&mut self, indent: usize, label: &str, says: &str) {
        let label = (self.word)(label);
        self.line(indent, &self.joins.label(&label, says));
    }

    /// A block of the short sheet: a line for everything that is not told at once.
    fn brief(&mut self, block: &Block) {
        match block {
            Block::Later(steps) => {
                self.heading(&steps.heading);
                steps.steps.iter().for_each(|step| self.line(2, &format!("[ ] {}. {}", step.number, step.title)));
            }
            Block::Ways(ways) => {
                self.heading(&ways.heading);
                let (told, named): (Vec<&Way>, Vec<&Way>) = ways.ways.iter().partition(|way| way.foremost);
                told.into_iter().for_each(|way| self.way(way));
                named.into_iter().for_each(|way| self.named(way));
            }
            Block::Meanwhile(ways)
            | Block::Support(ways)
            | Block::Closed(ways)
            | Block::Stay(ways)
            | Block::Trouble(ways) => {
                self.heading(&ways.heading);
                ways.ways.iter().for_each(|way| self.named(way));
            }
            Block::Contacts(contacts) => {
                self.heading(&contacts.heading);
                self.line(0, &contacts.says);
                for office in contacts.offices.iter().filter(|office| office.foremost) {
                    self.line(2, &office.full_name);
                    if office.only_here {
                        self.line(4, &office.role);
                    }
                    // Who decides gets letters.
                    let post = office.post.as_ref().filter(|_| office.because.is_some());
                    let reach = [post, office.phone.as_ref(), office.email.as_ref(), office.url.as_ref()];
                    let reach: Vec<&String> = reach.into_iter().flatten().collect();
                    if reach.is_empty() {
                        office.find.iter().for_each(|find| self.line(4, find));
                    } else {
                        self.line(4, &self.joins.row(reach));
                    }
                    // What to doubt about it, when it is open, and of when that is.
                    office.note.iter().for_each(|note| self.line(4, note));
                }
            }
            Block::WhatElse(this) if !this.changes.is_empty() => {
                self.heading(&this.heading);
                for change in &this.changes {
                    let moves = self.joins.series(change.moves.iter().flat_map(|this| &this.answers));
                    self.line(2, &format!("- {moves}"));
                    change.opens.iter().for_each(|way| self.line(4, &format!("{} — {}", way.title, way.standing_text)));
                }
            }
            Block::Sources(sources) => {
                self.heading(&sources.heading);
                for source in sources.sources.iter().filter(|source| source.foremost) {
                    let title = self.joins.ended(&source.title);
                    self.line(2, &format!("[{}] {title}{}", source.number, address(source)));
                }
            }
            Block::FindOut(tasks) => {
                self.heading(&tasks.heading);
                tasks.tasks.iter().for_each(|task| self.line(2, &format!("[ ] {}", task.says)));
            }
            Block::Have(_) | Block::WhatElse(_) | Block::Words(_) => {}
            block => self.block(block),
        }
    }

    /// A way that is only named.
    fn named(&mut self, way: &Way) {
        let standing = if way.concerns.has_standing() { format!(" — {}", way.standing_text) } else { String::new() };
        self.line(2, &format!("- {}{standing}", way.title));
        way.watch_out.iter().for_each(|says| self.line(4, &format!("! {says}")));
    }

    fn scripts(&mut self, scripts: &Scripts, first: Option<usize>) {
        self.heading(&scripts.heading);
        self.line(0, &scripts.says);
        let shown = |script: &&Script| self.in_full || script.step.number <= first;
        for script in scripts.scripts.iter().filter(shown).collect::<Vec<_>>() {
            self.line(2, &script.step.title);
            for (at, sentence) in script.phone.iter().enumerate() {
                self.line(4, sentence);
                self.help(script.phone_help.get(at));
            }
            if let Some(email) = script.email.as_ref().filter(|_| self.in_full || script.phone.is_empty()) {
                self.labelled(4, "label.subject", &email.subject);
                self.help(email.subject_help.as_ref());
                self.line(4, &email.text);
                self.help(email.text_help.as_ref());
            }
        }
        self.line(2, &self.joins.sentences(&scripts.rescue));
        scripts.rescue_help.iter().for_each(|help| self.help(Some(help)));
    }

    /// What a German sentence says, below it.
    fn help(&mut self, help: Option<&String>) {
        if let Some(help) = help.filter(|help| !help.is_empty()) {
            self.line(6, &format!("({help})"));
        }
    }

    fn opening(&mut self, opening: &Opening) {
        self.heading(&opening.heading);
        if opening.begin == Begin::Today {
            self.tomorrow(opening);
        }
        self.line(0, &self.joins.sentences(&opening.brings));
        for line in &opening.lines {
            if !line.goals.is_empty() {
                self.line(0, &self.joins.head(&self.joins.series(&line.goals)));
            }
            line.instead_of.iter().for_each(|says| self.line(2, says));
            self.line(2, &format!("{} — {}", line.says, line.standing_text));
            line.decided_by.iter().for_each(|who| self.labelled(2, "label.decides", &who.text));
        }
        if opening.begin != Begin::Today {
            self.tomorrow(opening);
        }
    }

    /// What to do first, and whom to turn to for it.
    fn tomorrow(&mut self, opening: &Opening) {
        self.line(0, &self.joins.label(&opening.tomorrow_heading, &self.joins.sentences(&opening.tomorrow)));
        if let Some(reach) = &opening.reach {
            let office = &reach.office.text;
            let says = match reach.shortest() {
                Some(By::Phone(by) | By::Email(by) | By::Page(by)) => self.joins.label(office, by),
                None => office.clone(),
            };
            self.line(2, &says);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Opening(opening) => self.opening(opening),
            Block::Introduction(note) | Block::Footer(note) => {
                self.heading(&note.heading);
                self.line(0, &note.says);
            }
            Block::Now(steps) | Block::Later(steps) => {
                self.heading(&steps.heading);
                steps.steps.iter().for_each(|step| self.step(step));
            }
            Block::Shortcut(shortcuts) => {
                self.heading(&shortcuts.heading);
                for shortcut in &shortcuts.shortcuts {
                    self.line(0, &format!("{}{}", shortcut.title, marks(&shortcut.basis)));
                    shortcut.lines.iter().for_each(|line| self.line(2, &format!("- {line}")));
                }
            }
            Block::Have(have) => {
                self.heading(&have.heading);
                have.lines.iter().for_each(|line| self.line(2, line));
                self.line(2, &format!("{} ________", have.more));
            }
            Block::Money(money) => {
                self.heading(&money.heading);
                self.line(0, &money.says);
                money.lines.iter().for_each(|line| self.figure(line));
            }
            Block::Time(times) => {
                self.heading(&times.heading);
                times.lines.iter().for_each(|line| self.figure(line));
                let stations = times.stations.iter().map(|station| self.joins.label(station, "________"));
                self.line(2, &stations.collect::<Vec<_>>().join("  "));
            }
            Block::Answers(answers) => {
                self.heading(&answers.heading);
                for line in &answers.lines {
                    let chosen = self.joins.list(line.options.iter().map(|option| &option.text));
                    let chosen = if line.unknown { (self.word)("option.unknown-mark") } else { chosen };
                    self.line(2, &self.joins.label(&line.question.text, &chosen));
                }
            }
            Block::Ways(ways)
            | Block::Meanwhile(ways)
            | Block::Support(ways)
            | Block::Closed(ways)
            | Block::Stay(ways)
            | Block::Trouble(ways) => {
                self.heading(&ways.heading);
                ways.ways.iter().for_each(|way| self.way(way));
            }
            Block::Since(since) => {
                self.heading(&since.heading);
                self.line(0, &since.says);
                since.differences.iter().for_each(|difference| self.difference(difference));
                if !since.reworded.is_empty() {
                    let titles = self.joins.row(since.reworded.iter().map(|named| &named.text));
                    self.line(0, &self.joins.sentences([&since.reworded_says, &titles]));
                }
            }
            Block::Ahead(ahead) => {
                self.heading(&ahead.heading);
                self.line(0, &ahead.says);
                for day in &ahead.days {
                    self.line(0, &self.joins.head(&day.from));
                    day.differences.iter().for_each(|difference| self.difference(difference));
                }
            }
            Block::WhatElse(this) => {
                self.heading(&this.heading);
                self.line(0, &this.says);
                this.changes.iter().for_each(|change| self.change(change));
                if !this.why_not.is_empty() {
                    self.line(0, &this.why_not_heading);
                }
                for why in &this.why_not {
                    self.line(2, &why.title);
                    why.conditions.iter().for_each(|condition| self.failed(condition));
                }
            }
            Block::FindOut(tasks) => {
                self.heading(&tasks.heading);
                for task in &tasks.tasks {
                    self.line(2, &format!("[ ] {}", self.joins.sentences([&task.says, &task.find_out])));
                }
            }
            Block::Papers(papers) => {
                self.heading(&papers.heading);
                self.line(0, &papers.says);
                for paper in &papers.papers {
                    let [form, translation] = [&paper.form, &paper.translation].map(|it| self.joins.ended(&it.text));
                    let how = self.joins.sentences([form, translation]);
                    let sources = if self.in_full { marks(&paper.sources) } else { String::new() };
                    self.line(2, &format!("[ ] {}{sources}", self.joins.more(&paper.paper.text, &how)));
                    if self.in_full {
                        paper.form_says.iter().for_each(|says| self.line(6, says));
                        paper.issued_by.iter().for_each(|says| self.labelled(6, "label.issued-by", says));
                        paper.if_missing.iter().for_each(|says| self.labelled(6, "label.if-missing", says));
                    }
                }
            }
            Block::German(german) => {
                self.heading(&german.heading);
                for line in &german.lines {
                    let says = self.joins.label(&line.way, &line.says);
                    self.line(2, &format!("{says}{}", mark(line.source)));
                }
            }
            Block::Contacts(contacts) => {
                self.heading(&contacts.heading);
                self.line(0, &contacts.says);
                for office in &contacts.offices {
                    self.line(2, &office.full_name);
                    self.line(4, &format!("{}{}", office.role, marks(&office.sources)));
                    let details = [
                        &office.because,
                        &office.not_this,
                        &office.post,
                        &office.phone,
                        &office.email,
                        &office.url,
                        &office.find,
                        &office.note,
                    ];
                    details.into_iter().flatten().for_each(|detail| self.line(4, detail));
                }
            }
            Block::SayIt(scripts) => self.scripts(scripts, None),
            Block::Words(words) => {
                self.heading(&words.heading);
                for term in &words.terms {
                    self.line(2, &self.joins.label(&term.term, &term.says));
                }
            }
            Block::Sources(sources) => {
                self.heading(&sources.heading);
                for source in &sources.sources {
                    let says = [&source.title, &source.publisher, &source.state].map(|says| self.joins.ended(says));
                    let says = self.joins.sentences(says);
                    self.line(2, &format!("[{}] {says}{}", source.number, address(source)));
                }
            }
        }
    }

    fn figure(&mut self, line: &FigureLine) {
        let steps = self.joins.aside(&self.joins.series(line.steps.iter().map(|step| self.step_name(step))));
        let source = if self.in_full { mark(line.figure.source) } else { String::new() };
        self.line(2, &format!("- {} {steps}{source}", self.figures(std::slice::from_ref(&line.figure))));
    }

    /// A step by its number, where it has one.
    fn step_name(&self, step: &StepLink) -> String {
        match step.number {
            Some(number) => {
                fill(&(self.word)("label.step"), |name| (name == "number").then(|| number.to_string().into()))
            }
            None => step.title.clone(),
        }
    }

    fn change(&mut self, change: &ElseLine) {
        for this in &change.moves {
            let answers = self.joins.aside(&self.joins.series(&this.answers));
            self.line(2, &format!("- {} {answers}", this.step.title));
            self.cost_and_time(&this.cost, &this.time);
        }
        for way in &change.opens {
            let mut says = format!("{} — {}", way.title, way.standing_text);
            if let Some(now) = &way.now {
                let now = self.joins.label(&(self.word)("sheet.what-else.now"), now);
                says = format!("{says} {}", self.joins.aside(&now));
            }
            self.line(4, &says);
        }
    }

    fn difference(&mut self, difference: &Difference) {
        self.line(2, &format!("- {}", difference.title));
        difference.parts.iter().for_each(|part| self.line(4, &part.says));
        if !difference.because.is_empty() {
            let because = self.joins.sentences(&difference.because);
            self.line(4, &self.joins.sentences([(self.word)("since.because"), because]));
        }
        if !difference.sources.is_empty() {
            self.labelled(4, "label.sources", marks(&difference.sources).trim_start());
        }
    }

    fn failed(&mut self, condition: &FailedCondition) {
        let is = match condition.values.as_slice() {
            [] => self.joins.ended(&condition.label),
            values => self.joins.ended(&self.joins.label(&condition.label, &self.joins.list(values))),
        };
        let needed = self.joins.label(&(self.word)("sheet.what-else.needed"), &self.joins.list(&condition.wanted));
        let more = if condition.more > 0 { format!(" … (+{})", condition.more) } else { String::new() };
        self.line(4, &format!("{}{more}{}", self.joins.sentences([is, needed]), marks(&condition.basis)));
        self.labelled(6, "sheet.what-else.otherwise", &self.joins.series(&condition.decided_by));
    }

    fn step(&mut self, step: &StepCard) {
        self.line(0, &format!("[ ] {}. {}", step.number, step.title));
        self.line(4, &step.says);
        if self.in_full {
            step.order.iter().for_each(|rule| self.line(4, rule));
            self.labelled(4, "label.who", &step.who);
        }
        let mut places: Vec<&str> = step.offices.iter().map(|office| office.text.as_str()).collect();
        places.extend(step.place.as_deref());
        self.labelled(4, "label.where", &self.joins.series(places));
        if !step.bring.is_empty() {
            self.labelled(4, "label.bring", &self.joins.series(step.bring.iter().map(|paper| &paper.text)));
        }
        self.cost_and_time(&step.cost, &step.time);
        self.line(4, &format!("{}{}", step.certainty.text, marks(&step.sources)));
    }

    fn way(&mut self, way: &Way) {
        if way.concerns.has_standing() {
            self.line(0, &format!("{} — {}", way.title, way.standing_text));
        } else {
            self.line(0, &way.title);
        }
        self.line(2, &way.says);
        way.watch_out.iter().for_each(|says| self.line(2, &format!("! {says}")));
        if !way.also.is_empty() {
            self.labelled(2, "label.also", &self.joins.series(way.also.iter().map(|way| &way.text)));
        }
        if way.decided_by.id != NOBODY {
            self.labelled(2, "label.decides", &way.decided_by.text);
        }
        way.roles.iter().chain(&way.dates).for_each(|sentence| self.line(2, sentence));
        if !way.ask.is_empty() {
            self.labelled(2, "label.ask", &self.joins.series(way.ask.iter().map(|office| &office.text)));
        }
        if self.in_full && !way.steps.is_empty() {
            self.labelled(2, "label.steps", &self.joins.series(way.steps.iter().map(|step| &step.title)));
        }
        self.line(2, &format!("{}{}", way.certainty.text, marks(&way.basis)));
        self.text.push('\n');
    }

    fn cost_and_time(&mut self, cost: &[Figure], time: &[Figure]) {
        let cost = if cost.is_empty() { (self.word)("sheet.free") } else { self.figures(cost) };
        self.labelled(4, "label.cost", &cost);
        self.labelled(4, "label.time", &self.figures(time));
    }

    fn figures(&self, figures: &[Figure]) -> String {
        let one = |figure: &Figure| format!("{}{}", figure.told(self.joins), mark(figure.source));
        self.joins.series(figures.iter().map(one))
    }
}

fn address(source: &SourceLine) -> String {
    source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default()
}

fn mark(source: Option<Mark>) -> String {
    source.map(|mark| format!(" [{}]", mark.number)).unwrap_or_default()
}

fn marks(sources: &[Mark]) -> String {
    sources.iter().map(|mark| format!(" [{}]", mark.number)).collect()
}
