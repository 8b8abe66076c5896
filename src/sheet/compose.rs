//! From an evaluation to the sheet.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

use super::model::{
    AnswerLine, AnswerLines, Block, Contacts, ElseLine, ElseStep, ElseWay, EmployerPage, FailedCondition, GermanLine,
    GermanLines, Letter, Named, Note, OfficeCard, PaperLine, Papers, Said, Script, Scripts, Sheet, Shortcut, Shortcuts,
    SourceLine, Sources, StepCard, StepLink, Steps, Task, Tasks, TermLine, Trap, Traps, Way, Ways, WhatElse, WhyNot,
    Words,
};
use super::wording::{Wording, day};
use crate::format::{Concern, Day, GermanKind, Standing};
use crate::interview::{Answers, Else, Evaluation, Finding, Office, Reason, arrange, offices, what_else, why_not};
use crate::language::Lang;
use crate::rulebook::{
    Authority, Fact, German, Id, OfficeRef, Outcome, Paper, Pathway, Question, Rulebook, Source, Step,
};

/// How many steps stand large at the top.
const FIRST_STEPS: usize = 3;

/// How many terms are explained.
const MOST_TERMS: usize = 12;

/// How many traps are named; more would not be read.
const MOST_TRAPS: usize = 2;

/// How many values of a list are written out.
const FEW: usize = 6;

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

/// Findings, what is possible soonest first; within a standing jobs before titles before the rest, then the editors' order.
fn by_standing<'e>(rulebook: &Rulebook, evaluation: &'e Evaluation) -> Vec<&'e Finding> {
    let mut ways: Vec<&Finding> = evaluation.findings.iter().collect();
    ways.sort_by_key(|finding| {
        (
            outcome(rulebook, finding).standing == Standing::NotThisWay,
            !concern(rulebook, finding).is_way(),
            outcome(rulebook, finding).standing,
            concern(rulebook, finding),
        )
    });
    ways
}

pub fn outcome<'r>(rulebook: &'r Rulebook, finding: &Finding) -> &'r Outcome {
    &rulebook.pathways[finding.pathway].outcomes[finding.outcome]
}

fn concern(rulebook: &Rulebook, finding: &Finding) -> Concern {
    rulebook.pathways[finding.pathway].concerns
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

    pub fn office_names(&self, references: &[OfficeRef]) -> Vec<Named> {
        let found = offices(self.rulebook(), self.wording.answers, self.date, references);
        let named = |office: Office| Named {
            id: self.rulebook().authorities.name(office.authority).to_owned(),
            text: self.office_name(office),
        };
        found.into_iter().map(named).collect()
    }

    fn office_name(&self, office: Office) -> String {
        let entry = &self.rulebook().authorities[office.authority];
        match entry.unit {
            Some(unit) => format!("{}, {}", self.wording.say(entry.name), self.wording.say(unit)),
            None => self.wording.owned(entry.name),
        }
    }

    /// The cards of some steps, by their places in the order.
    pub fn step_cards(&mut self, from: usize, until: usize) -> Vec<StepCard> {
        (from..until.min(self.steps.len())).map(|at| self.step_card(at)).collect()
    }

    fn step_card(&mut self, at: usize) -> StepCard {
        let rulebook = self.rulebook();
        let id = self.steps[at];
        let step = &rulebook.steps[id];
        let later: BTreeSet<Id<Step>> = self.steps[at..].iter().copied().collect();
        let order =
            rulebook.order.iter().filter(|rule| rule.first == id && rule.then.iter().any(|step| later.contains(step)));
        let order: IndexSet<String> = order.map(|rule| self.wording.owned(rule.says)).collect();
        let mut figures = Vec::new();
        for cost in &step.cost {
            let source = cost.source.map(|source| self.number(source));
            figures.push(self.wording.cost(cost, source));
        }
        let mut times = Vec::new();
        for time in &step.time {
            let source = time.source.map(|source| self.number(source));
            times.push(self.wording.time(time, source));
        }
        StepCard {
            id: rulebook.steps.name(id).to_owned(),
            number: at + 1,
            title: self.wording.owned(step.title),
            says: self.wording.about_answers(step.says),
            who: self.wording.owned(step.who),
            place: self.wording.maybe(step.place),
            offices: self.office_names(&step.contact),
            bring: step.bring.iter().map(|paper| self.paper_name(*paper)).collect(),
            cost: figures,
            time: times,
            certainty: self.wording.certainty(step.certainty),
            sources: self.numbers(&step.sources),
            order: order.into_iter().collect(),
        }
    }

    pub fn paper_name(&self, paper: Id<Paper>) -> Named {
        let rulebook = self.rulebook();
        Named { id: rulebook.papers.name(paper).to_owned(), text: self.wording.owned(rulebook.papers[paper].name) }
    }

    pub fn answers(&self) -> AnswerLines {
        let rulebook = self.rulebook();
        let unanswered = self.evaluation.unanswered.iter().filter(|id| !rulebook.questions[**id].only_at_desk);
        let questions: BTreeSet<Id<Question>> =
            self.wording.answers.iter().map(|(id, _)| id).chain(unanswered.copied()).collect();
        AnswerLines {
            heading: self.heading("answers"),
            lines: questions.into_iter().map(|question| self.answer(question)).collect(),
        }
    }

    fn answer(&self, id: Id<Question>) -> AnswerLine {
        let rulebook = self.rulebook();
        let question = &rulebook.questions[id];
        let values = self.wording.answers.get(id).unwrap_or_default();
        let unknown = values.is_empty() || values.contains(question.unknown);
        let options = values.iter().filter(|value| !unknown && *value != question.unknown).map(|value| Named {
            id: question.options.name(Id::new(value)).to_owned(),
            text: self.wording.owned(question.options[Id::new(value)].text),
        });
        AnswerLine { question: self.question_name(id), options: options.collect(), unknown }
    }

    fn question_name(&self, id: Id<Question>) -> Named {
        let rulebook = self.rulebook();
        Named { id: rulebook.questions.name(id).to_owned(), text: self.wording.owned(rulebook.questions[id].label) }
    }

    fn ways(&mut self, wanted: impl Fn(Concern, Standing) -> bool) -> Vec<Way> {
        let rulebook = self.rulebook();
        let chosen: Vec<&Finding> = self
            .ways
            .iter()
            .copied()
            .filter(|finding| wanted(concern(rulebook, finding), outcome(rulebook, finding).standing))
            .collect();
        chosen.into_iter().map(|finding| self.way(finding)).collect()
    }

    pub fn way(&mut self, finding: &Finding) -> Way {
        let rulebook = self.rulebook();
        let pathway = &rulebook.pathways[finding.pathway];
        let outcome = &pathway.outcomes[finding.outcome];
        let decider = |id| rulebook.deciders[id].name;
        let role = |word: &str, id: Option<_>| {
            id.map(|id| self.wording.word_with(word, &[("who", self.wording.say(decider(id)))]))
        };
        let roles = [
            role("role.applies", outcome.applied_for_by),
            role("role.agrees", outcome.agreed_by),
            role("role.advises", outcome.advised_by),
        ];
        let mut dates = Vec::new();
        if let Some(until) = finding.valid.until {
            dates.push(self.wording.word_with("sheet.valid-until", &[("day", &day(until.0))]));
        }
        let traps = self.traps();
        let mut because = IndexSet::new();
        self.because(&finding.reasons, &mut because);
        Way {
            id: finding.id(rulebook),
            rows: finding.rows.clone(),
            concerns: pathway.concerns,
            concerns_text: self.wording.concern(pathway.concerns),
            pathway: self.wording.owned(pathway.title),
            title: self.wording.about_answers(outcome.title),
            says: self.wording.about_answers(outcome.says),
            standing: outcome.standing,
            standing_text: self.wording.standing(outcome.standing),
            decided_by: Named {
                id: rulebook.deciders.name(outcome.decided_by).to_owned(),
                text: self.wording.owned(decider(outcome.decided_by)),
            },
            roles: roles.into_iter().flatten().collect(),
            certainty: self.wording.certainty(finding.certainty),
            dates,
            valid: finding.valid,
            because: because.into_iter().collect(),
            steps: finding.steps.iter().map(|step| self.step_link(*step)).collect(),
            ask: self.office_names(&outcome.ask),
            german: outcome.german.as_ref().map(|german| self.wording.german(german)),
            watch_out: outcome
                .watch_out
                .map(|text| self.wording.about_answers(text))
                .filter(|text| traps.iter().all(|trap| trap.says != *text)),
            basis: self.numbers(&finding.basis),
        }
    }

    pub fn step_link(&self, step: Id<Step>) -> StepLink {
        let rulebook = self.rulebook();
        StepLink {
            id: rulebook.steps.name(step).to_owned(),
            title: self.wording.owned(rulebook.steps[step].title),
            number: self.steps.iter().position(|known| *known == step).map(|at| at + 1),
        }
    }

    /// The known answers a finding rests on, each once.
    fn because(&self, reasons: &[Reason], lines: &mut IndexSet<Said>) {
        for reason in reasons {
            self.because(&reason.because, lines);
            let Fact::Question(id) = reason.fact else { continue };
            let question = &self.rulebook().questions[id];
            if self.wording.answers.get(id).is_some_and(|values| !values.contains(question.unknown)) {
                let answer = self.wording.chosen(id).join(", ").trim_end_matches('.').to_owned();
                lines.insert(Said { label: self.wording.owned(question.label), answer });
            }
        }
    }

    /// What one step would open, and why the ways that are closed, or that only such a step would bring, are not open.
    fn what_else(&mut self) -> Option<WhatElse> {
        let rulebook = self.rulebook();
        let found = what_else(rulebook, self.wording.answers, self.date, self.evaluation, 1);
        let changes: Vec<ElseLine> = found.iter().map(|this| self.else_line(this)).collect();
        let mut closed: Vec<Id<Pathway>> = self
            .ways
            .iter()
            .filter(|finding| outcome(rulebook, finding).standing == Standing::NotThisWay)
            .map(|finding| finding.pathway)
            .collect();
        closed.extend(found.iter().flat_map(|this| &this.opens).map(|opened| opened.pathway));
        let closed: IndexSet<Id<Pathway>> = closed.into_iter().collect();
        let why_not: Vec<WhyNot> =
            closed.into_iter().map(|pathway| self.why_not(pathway)).filter(|why| !why.conditions.is_empty()).collect();
        (!changes.is_empty() || !why_not.is_empty()).then(|| WhatElse {
            heading: self.heading("what-else"),
            says: self.wording.word("sheet.what-else.says"),
            changes,
            why_not_heading: self.wording.word("sheet.what-else.why-not"),
            why_not,
        })
    }

    fn else_line(&mut self, found: &Else) -> ElseLine {
        let rulebook = self.rulebook();
        let mut moves = Vec::new();
        for this in &found.moves {
            let step = &rulebook.steps[this.step];
            let mut cost = Vec::new();
            for part in &step.cost {
                let source = part.source.map(|source| self.number(source));
                cost.push(self.wording.cost(part, source));
            }
            let mut time = Vec::new();
            for part in &step.time {
                let source = part.source.map(|source| self.number(source));
                time.push(self.wording.time(part, source));
            }
            let answer = |(question, value): &(Id<Question>, usize)| {
                let text = rulebook.value_text(Fact::Question(*question), *value);
                format!(
                    "{}: {}",
                    self.wording.say(rulebook.questions[*question].label),
                    self.wording.say(text).trim_end_matches('.')
                )
            };
            moves.push(ElseStep {
                step: self.step_link(this.step),
                answers: this.answers.iter().map(answer).collect(),
                cost,
                time,
            });
        }
        let opens = found.opens.iter().map(|opened| {
            let pathway = &rulebook.pathways[opened.pathway];
            let after = &pathway.outcomes[opened.after];
            ElseWay {
                id: format!("{}/{}", rulebook.pathways.name(opened.pathway), pathway.outcomes.name(opened.after)),
                title: self.wording.about_answers(after.title),
                standing: after.standing,
                standing_text: self.wording.standing(after.standing),
                now: opened.before.map(|before| self.wording.standing(pathway.outcomes[before].standing)),
            }
        });
        ElseLine { opens: opens.collect(), moves }
    }

    fn why_not(&mut self, pathway: Id<Pathway>) -> WhyNot {
        let rulebook = self.rulebook();
        let mut conditions = Vec::new();
        for failed in why_not(rulebook, self.wording.answers, self.date, pathway) {
            let text = |value: usize| {
                self.wording.owned(rulebook.value_text(failed.fact, value)).trim_end_matches('.').to_owned()
            };
            let wanted: Vec<usize> = failed.wanted.iter().collect();
            let decided_by =
                failed.decided_by.iter().map(|id| self.wording.owned(rulebook.deciders[*id].name)).collect();
            conditions.push(FailedCondition {
                label: self.wording.owned(rulebook.fact_label(failed.fact)),
                values: failed.values.iter().map(text).collect(),
                wanted: wanted.iter().take(FEW).map(|value| text(*value)).collect(),
                more: wanted.len().saturating_sub(FEW),
                decided_by,
                basis: self.numbers(&failed.basis),
            });
        }
        WhyNot {
            pathway: rulebook.pathways.name(pathway).to_owned(),
            title: self.wording.owned(rulebook.pathways[pathway].title),
            conditions,
        }
    }

    /// At most two traps, those of the foremost ways. What closes a way goes before what lies on an open one.
    fn traps(&self) -> Vec<Trap> {
        let closed = |finding: &&&Finding| outcome(self.rulebook(), finding).standing == Standing::NotThisWay;
        let (closed, open): (Vec<&&Finding>, Vec<&&Finding>) = self.ways.iter().partition(closed);
        let foremost = closed.into_iter().chain(open).map(|finding| (outcome(self.rulebook(), finding), finding));
        let traps: IndexMap<String, String> = foremost
            .filter(|(_, finding)| concern(self.rulebook(), finding).is_way())
            .filter_map(|(outcome, _)| {
                Some((self.wording.about_answers(outcome.watch_out?), self.wording.about_answers(outcome.title)))
            })
            .rev()
            .collect();
        traps.into_iter().rev().take(MOST_TRAPS).map(|(says, way)| Trap { way, says }).collect()
    }

    fn tasks(&self) -> Vec<Task> {
        let rulebook = self.rulebook();
        let unknown = self.evaluation.consulted.iter().filter(|id| {
            let question = &rulebook.questions[**id];
            match self.wording.answers.get(**id) {
                Some(values) => values.contains(question.unknown),
                None => !question.only_at_desk && self.evaluation.unanswered.contains(id),
            }
        });
        unknown
            .filter_map(|id| {
                let question = &rulebook.questions[*id];
                Some(Task {
                    question: self.question_name(*id),
                    says: self.wording.owned(question.task?),
                    find_out: self.wording.owned(question.find_out),
                })
            })
            .collect()
    }

    pub fn papers(&mut self) -> Vec<PaperLine> {
        let rulebook = self.rulebook();
        let papers: IndexSet<Id<Paper>> =
            self.steps.iter().flat_map(|step| rulebook.steps[*step].bring.iter().copied()).collect();
        papers.into_iter().map(|id| self.paper_line(id)).collect()
    }

    fn paper_line(&mut self, id: Id<Paper>) -> PaperLine {
        let paper = &self.rulebook().papers[id];
        PaperLine {
            paper: self.paper_name(id),
            form: self.wording.form(paper.form),
            form_says: self.wording.maybe(paper.form_says),
            translation: self.wording.translation(paper.translation),
            issued_by: self.wording.maybe(paper.issued_by),
            if_missing: self.wording.maybe(paper.if_missing),
            sources: self.numbers(&paper.sources),
        }
    }

    fn german(&mut self) -> Vec<GermanLine> {
        let rulebook = self.rulebook();
        let mut lines = Vec::new();
        for finding in self.ways.clone() {
            let outcome = outcome(rulebook, finding);
            let shown = outcome.standing != Standing::NotThisWay && concern(rulebook, finding).is_way();
            let known = |german: &&German| german.kind != GermanKind::Unknown;
            let Some(german) = outcome.german.as_ref().filter(known).filter(|_| shown) else { continue };
            lines.push(GermanLine {
                way: self.wording.about_answers(outcome.title),
                says: self.wording.german(german),
                source: german.source.map(|source| self.number(source)),
            });
        }
        lines
    }

    /// The shortcuts of the ways that are shown.
    fn shortcuts(&mut self) -> Vec<Shortcut> {
        let rulebook = self.rulebook();
        let mut shortcuts = Vec::new();
        for finding in self.ways.clone() {
            let shortcut = rulebook.pathways[finding.pathway].shortcut.as_ref();
            let Some(shortcut) = shortcut.filter(|shortcut| shortcut.outcomes.contains(&finding.outcome)) else {
                continue;
            };
            shortcuts.push(Shortcut {
                title: self.wording.owned(shortcut.title),
                lines: shortcut.lines.iter().map(|line| self.wording.owned(*line)).collect(),
                basis: self.numbers(&shortcut.basis),
            });
        }
        shortcuts
    }

    /// The offices that steps and ways name. Foremost are the first that each way names and the free advice, unless a
    /// first step says already how to reach them.
    pub fn contacts(&mut self) -> Vec<OfficeCard> {
        let (rulebook, answers, date) = (self.rulebook(), self.wording.answers, self.date);
        let steps = self.steps.iter().take(FIRST_STEPS);
        let first: Vec<Office> =
            steps.flat_map(|step| offices(rulebook, answers, date, &rulebook.steps[*step].contact)).collect();
        let said = |id: Id<Authority>| first.iter().any(|office| office.authority == id);
        let mut foremost: IndexSet<Id<Authority>> = IndexSet::new();
        for finding in self.ways.iter().filter(|finding| concern(rulebook, finding).is_way()) {
            let ask = offices(rulebook, answers, date, &outcome(rulebook, finding).ask);
            foremost.extend(ask.first().map(|office| office.authority));
        }
        let mut offices: Vec<Office> = Vec::new();
        for office in self.ways.iter().flat_map(|finding| &finding.offices) {
            match offices.iter_mut().find(|known| known.authority == office.authority) {
                Some(known) => known.because = known.because.or(office.because),
                None => offices.push(*office),
            }
        }
        // Advice that costs nothing is always within reach.
        let free = |office: &&Office| rulebook.authorities[office.authority].free;
        foremost.extend(offices.iter().find(free).map(|office| office.authority));
        let card = |office: Office| OfficeCard {
            foremost: foremost.contains(&office.authority) && !said(office.authority),
            ..self.office_card(office)
        };
        offices.into_iter().map(card).collect()
    }

    pub fn office_card(&mut self, office: Office) -> OfficeCard {
        let rulebook = self.rulebook();
        let entry = &rulebook.authorities[office.authority];
        let fact = office.because.and_then(|fact| rulebook.facts[fact].offices.as_ref());
        OfficeCard {
            id: rulebook.authorities.name(office.authority).to_owned(),
            name: self.wording.owned(entry.name),
            unit: self.wording.maybe(entry.unit),
            role: self.wording.owned(entry.role),
            because: fact.map(|fact| self.wording.about_answers(fact.because)),
            not_this: fact.and_then(|fact| self.wording.maybe(fact.not_this)),
            post: entry.post.clone(),
            phone: entry.phone.clone(),
            email: entry.email.clone(),
            url: entry.url.clone(),
            note: self.wording.maybe(entry.note),
            find: self.wording.maybe(entry.find),
            free: entry.free,
            foremost: true,
            sources: self.numbers(&entry.sources),
        }
    }

    fn scripts(&self) -> Vec<Script> {
        let rulebook = self.rulebook();
        let spoken = self
            .steps
            .iter()
            .filter(|id| !rulebook.steps[**id].phone.is_empty() || rulebook.steps[**id].email.is_some());
        let script = |id: &Id<Step>| {
            let step = &rulebook.steps[*id];
            Script {
                step: self.step_link(*id),
                offices: self.office_names(&step.contact),
                phone: step.phone.iter().map(|text| self.wording.with_blanks(*text)).collect(),
                email: step.email.map(|(subject, text)| Letter {
                    subject: self.wording.with_blanks(subject),
                    text: self.wording.with_blanks(text),
                }),
            }
        };
        spoken.map(script).collect()
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
