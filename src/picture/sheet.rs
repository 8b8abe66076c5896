//! The sheet as plain text, for terminals and for pasting into a message.

use crate::language::{Lang, paragraph};
use crate::rulebook::Rulebook;
use crate::sheet::{
    Block, Difference, ElseLine, FailedCondition, Figure, FigureLine, Mark, Opening, Script, Scripts, Sheet, StepCard,
    Way,
};

const WIDTH: usize = 78;

/// The sheet as text of at most 78 columns: in full, or what is told at once with everything else a line each.
pub fn sheet_in_text(rulebook: &Rulebook, sheet: &Sheet, in_full: bool) -> String {
    let lang = Lang::new(&sheet.lang);
    let mut page = Page { text: String::new(), word: &|id| rulebook.word(&lang, id).to_owned(), in_full };
    page.line(0, &format!("{} · {}", sheet.title, sheet.date_text));
    page.line(
        0,
        &format!("{} {} · {} {}", sheet.rulebook, sheet.version, (page.word)("sheet.law-as-of"), sheet.knowledge_date),
    );
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
    page.text
}

struct Page<'w> {
    text: String,
    word: &'w dyn Fn(&str) -> String,
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
        self.line(indent, &format!("{label}: {says}"));
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
                    let unit = office.unit.as_ref().map(|unit| format!(", {unit}")).unwrap_or_default();
                    self.line(2, &format!("{}{unit}", office.name));
                    // Who decides gets letters.
                    let post = office.post.as_ref().filter(|_| office.because.is_some());
                    let reach = [post, office.phone.as_ref(), office.email.as_ref(), office.url.as_ref()];
                    let reach: Vec<&str> = reach.into_iter().flatten().map(String::as_str).collect();
                    if reach.is_empty() {
                        office.find.iter().for_each(|find| self.line(4, find));
                    } else {
                        self.line(4, &reach.join(" · "));
                    }
                }
            }
            Block::WhatElse(this) if !this.changes.is_empty() => {
                self.heading(&this.heading);
                for change in &this.changes {
                    let moves: Vec<String> = change.moves.iter().map(|this| this.answers.join("; ")).collect();
                    self.line(2, &format!("- {}", moves.join("; ")));
                    change.opens.iter().for_each(|way| self.line(4, &format!("{} — {}", way.title, way.standing_text)));
                }
            }
            Block::Sources(sources) => {
                self.heading(&sources.heading);
                for source in sources.sources.iter().filter(|source| source.foremost) {
                    let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
                    self.line(2, &format!("[{}] {}.{url}", source.number, source.title));
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
            script.phone.iter().for_each(|sentence| self.line(4, sentence));
            if let Some(email) = script.email.as_ref().filter(|_| self.in_full || script.phone.is_empty()) {
                self.labelled(4, "label.subject", &email.subject);
                self.line(4, &email.text);
            }
        }
        self.line(2, &scripts.rescue.join(" "));
    }

    fn opening(&mut self, opening: &Opening) {
        self.heading(&opening.heading);
        self.line(0, &opening.brings.join(" "));
        for line in &opening.lines {
            if !line.goals.is_empty() {
                self.line(0, &format!("{}:", line.goals.join("; ")));
            }
            line.instead_of.iter().for_each(|says| self.line(2, says));
            self.line(2, &format!("{} — {}", line.says, line.standing_text));
            line.decided_by.iter().for_each(|who| self.labelled(2, "label.decides", &who.text));
        }
        self.line(0, &format!("{}: {}", opening.tomorrow_heading, opening.tomorrow.join(" ")));
        if let Some(reach) = &opening.reach {
            let by = [&reach.phone, &reach.email, &reach.url].into_iter().flatten().next();
            self.line(2, &format!("{}: {}", reach.office.text, by.map_or("", String::as_str)));
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
                let stations = times.stations.iter().map(|station| format!("{station}: ________"));
                self.line(2, &stations.collect::<Vec<_>>().join("  "));
            }
            Block::Answers(answers) => {
                self.heading(&answers.heading);
                for line in &answers.lines {
                    let chosen: Vec<&str> = line.options.iter().map(|option| option.text.as_str()).collect();
                    let chosen = if line.unknown { "?".to_owned() } else { chosen.join(", ") };
                    self.line(2, &format!("{}: {chosen}", line.question.text));
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
                    let titles: Vec<&str> = since.reworded.iter().map(|named| named.text.as_str()).collect();
                    self.line(0, &format!("{} {}", since.reworded_says, titles.join(" · ")));
                }
            }
            Block::Ahead(ahead) => {
                self.heading(&ahead.heading);
                self.line(0, &ahead.says);
                for day in &ahead.days {
                    self.line(0, &format!("{}:", day.from));
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
            Block::Traps(traps) => {
                self.heading(&traps.heading);
                traps.traps.iter().for_each(|trap| self.line(2, &format!("! {}: {}", trap.way, trap.says)));
            }
            Block::FindOut(tasks) => {
                self.heading(&tasks.heading);
                for task in &tasks.tasks {
                    self.line(2, &format!("[ ] {} {}", task.says, task.find_out));
                }
            }
            Block::Papers(papers) => {
                self.heading(&papers.heading);
                self.line(0, &papers.says);
                for paper in &papers.papers {
                    self.line(
                        2,
                        &format!("[ ] {} – {}. {}.", paper.paper.text, paper.form.text, paper.translation.text),
                    );
                }
            }
            Block::German(german) => {
                self.heading(&german.heading);
                german
                    .lines
                    .iter()
                    .for_each(|line| self.line(2, &format!("{}: {}{}", line.way, line.says, mark(line.source))));
            }
            Block::Contacts(contacts) => {
                self.heading(&contacts.heading);
                self.line(0, &contacts.says);
                for office in &contacts.offices {
                    let unit = office.unit.as_ref().map(|unit| format!(", {unit}")).unwrap_or_default();
                    self.line(2, &format!("{}{unit}", office.name));
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
                words.terms.iter().for_each(|term| self.line(2, &format!("{}: {}", term.term, term.says)));
            }
            Block::Sources(sources) => {
                self.heading(&sources.heading);
                for source in &sources.sources {
                    let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
                    self.line(
                        2,
                        &format!("[{}] {}. {}. {}.{url}", source.number, source.title, source.publisher, source.state),
                    );
                }
            }
        }
    }

    fn figure(&mut self, line: &FigureLine) {
        let steps: Vec<&str> = line.steps.iter().map(|step| step.title.as_str()).collect();
        self.line(2, &format!("- {} ({})", figures(std::slice::from_ref(&line.figure)), steps.join(" / ")));
    }

    fn change(&mut self, change: &ElseLine) {
        for this in &change.moves {
            self.line(2, &format!("- {} ({})", this.step.title, this.answers.join("; ")));
            let cost = if this.cost.is_empty() { (self.word)("sheet.free") } else { figures(&this.cost) };
            self.labelled(4, "label.cost", &cost);
            self.labelled(4, "label.time", &figures(&this.time));
        }
        for way in &change.opens {
            let now = way
                .now
                .as_ref()
                .map(|now| format!(" ({}: {now})", (self.word)("sheet.what-else.now")))
                .unwrap_or_default();
            self.line(4, &format!("{} — {}{now}", way.title, way.standing_text));
        }
    }

    fn difference(&mut self, difference: &Difference) {
        self.line(2, &format!("- {}", difference.title));
        difference.parts.iter().for_each(|part| self.line(4, &part.says));
        let because = difference.because.join(" ");
        if !because.is_empty() {
            self.line(4, &format!("{} {because}", (self.word)("since.because")));
        }
        if !difference.sources.is_empty() {
            self.labelled(4, "label.sources", marks(&difference.sources).trim_start());
        }
    }

    fn failed(&mut self, condition: &FailedCondition) {
        let more = if condition.more > 0 { format!(" … (+{})", condition.more) } else { String::new() };
        self.line(
            4,
            &format!(
                "{}: {}. {}: {}{more}{}",
                condition.label,
                condition.values.join(", "),
                (self.word)("sheet.what-else.needed"),
                condition.wanted.join(", "),
                marks(&condition.basis)
            ),
        );
        self.labelled(6, "sheet.what-else.otherwise", &condition.decided_by.join("; "));
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
        self.labelled(4, "label.where", &places.join("; "));
        if !step.bring.is_empty() {
            let papers: Vec<&str> = step.bring.iter().map(|paper| paper.text.as_str()).collect();
            self.labelled(4, "label.bring", &papers.join("; "));
        }
        let cost = if step.cost.is_empty() { (self.word)("sheet.free") } else { figures(&step.cost) };
        self.labelled(4, "label.cost", &cost);
        self.labelled(4, "label.time", &figures(&step.time));
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
        if way.decided_by.id != "nobody" {
            self.labelled(2, "label.decides", &way.decided_by.text);
        }
        way.roles.iter().chain(&way.dates).for_each(|sentence| self.line(2, sentence));
        if !way.ask.is_empty() {
            let names: Vec<&str> = way.ask.iter().map(|office| office.text.as_str()).collect();
            self.labelled(2, "label.ask", &names.join("; "));
        }
        self.line(2, &format!("{}{}", way.certainty.text, marks(&way.basis)));
        self.text.push('\n');
    }
}

fn figures(figures: &[Figure]) -> String {
    let one = |figure: &Figure| {
        let year = figure.year.map(|year| format!(" ({year})")).unwrap_or_default();
        format!("{}: {}{year}{}", figure.kind.text, figure.says, mark(figure.source))
    };
    figures.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn mark(source: Option<Mark>) -> String {
    source.map(|mark| format!(" [{}]", mark.number)).unwrap_or_default()
}

fn marks(sources: &[Mark]) -> String {
    sources.iter().map(|mark| format!(" [{}]", mark.number)).collect()
}
