//! What to do: the steps in order, the papers they need, and what to say.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::composer::Composer;
use super::model::{Letter, Mark, Named, OfficeCard, PaperLine, Reach, Script, StepCard, StepLink};
use crate::interview::Office;
use crate::language::Text;
use crate::rulebook::{AtOffice, Email, Id, Paper, Source, Step};
use crate::terms::{Guide, Translation};

impl Composer<'_> {
    /// The cards of some steps, by their places in the order.
    pub fn step_cards(&self, from: usize, until: usize) -> Vec<StepCard> {
        (from..until.min(self.steps.len())).map(|at| self.step_card(at)).collect()
    }

    fn step_card(&self, at: usize) -> StepCard {
        let rulebook = self.rulebook();
        let id = self.steps[at];
        let step = &rulebook.steps[id];
        let later: BTreeSet<Id<Step>> = self.steps[at..].iter().copied().collect();
        let order =
            rulebook.order.iter().filter(|rule| rule.first == id && rule.then.iter().any(|step| later.contains(step)));
        let order: IndexSet<String> = order.map(|rule| self.wording.owned(rule.says)).collect();
        StepCard {
            id: rulebook.steps.name(id).to_owned(),
            number: at + 1,
            title: self.wording.owned(step.title),
            says: self.paragraph(&step.says).unwrap_or_default(),
            guide: step.guide.map(Guide::address),
            who: self.wording.owned(step.who),
            place: self.wording.maybe(step.place),
            offices: self.office_names(&step.contact),
            bring: self.papers_for(id).map(|paper| self.paper_name(paper)).collect(),
            cost: self.costs_for(id).map(|cost| self.wording.cost(cost)).collect(),
            time: self.times_for(id).map(|time| self.wording.time(time)).collect(),
            certainty: self.wording.certainty(step.certainty),
            sources: once(self.sources_for(&step.sources, step.sentences())),
            order: order.into_iter().collect(),
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

    pub fn papers(&self) -> Vec<PaperLine> {
        let papers: IndexSet<Id<Paper>> = self.steps.iter().flat_map(|step| self.papers_for(*step)).collect();
        papers.into_iter().map(|id| self.paper_line(id)).collect()
    }

    /// A paper in the form in which it is wanted: where an office that the steps lead to says so, that is what it says; of
    /// several the strictest, for it will do for the others.
    fn paper_line(&self, id: Id<Paper>) -> PaperLine {
        let paper = &self.rulebook().papers[id];
        let wants = self.wants_of_offices(id);
        let form = wants.iter().filter_map(|(_, wants)| wants.form).min();
        let wanted = wants.iter().filter_map(|(_, wants)| wants.translation).min().unwrap_or(paper.translation);
        let translation = if self.in_german(paper) { Translation::NotNeeded } else { wanted };
        let says = wants.iter().map(|(office, wants)| self.office_wants(*office, paper, wants));
        // What is usual elsewhere says nothing to whoever knows what is wanted here.
        let usual = if form.is_none() { self.paragraph(&paper.form_says) } else { None };
        let form_says: Vec<String> = says.chain(usual).collect();
        let of_offices = wants.iter().flat_map(|(_, wants)| &wants.sources);
        let sources = self.sources_for(&paper.sources, paper.sentences()).chain(of_offices.copied());
        PaperLine {
            paper: self.paper_name(id),
            form: self.wording.form(form.unwrap_or(paper.form)),
            form_says: (!form_says.is_empty()).then(|| self.wording.joins().sentences(form_says)),
            translation: self.wording.translation(translation),
            issued_by: self.paragraph(&paper.issued_by),
            if_missing: self.paragraph(&paper.if_missing),
            sources: once(sources),
        }
    }

    /// Whether there is nothing to translate, whatever an office wants of papers from elsewhere.
    fn in_german(&self, paper: &Paper) -> bool {
        paper.in_german.holds(|fact| self.facts.get(fact))
    }

    /// What an office wants of a paper, in a sentence that names it.
    fn office_wants(&self, office: Office, paper: &Paper, wants: &AtOffice) -> String {
        let mut parts: Vec<String> = wants.form.map(|form| self.wording.form(form).text).into_iter().collect();
        let translation = wants.translation.filter(|_| !self.in_german(paper));
        parts.extend(translation.map(|translation| self.wording.translation(translation).text));
        let wanted = (!parts.is_empty()).then(|| {
            let office = self.office_named(office).text;
            let label = self.wording.joins().label(&office, &self.wording.joins().series(parts));
            self.wording.joins().ended(&label)
        });
        let says = wants.says.map(|says| self.wording.owned(says));
        self.wording.joins().sentences(wanted.into_iter().chain(says))
    }

    pub fn paper_name(&self, paper: Id<Paper>) -> Named {
        let rulebook = self.rulebook();
        Named { id: rulebook.papers.name(paper).to_owned(), text: self.wording.owned(rulebook.papers[paper].name) }
    }

    /// What some German sentences say, in the reader's language, sentence by sentence; nothing for a reader of German.
    pub fn reading_helps(&self, texts: impl Iterator<Item = Text>) -> Vec<String> {
        match self.wording.lang.is_german() {
            true => Vec::new(),
            false => texts.map(|text| self.wording.reading_help(text).unwrap_or_default()).collect(),
        }
    }

    /// What to say for each step that has words for it. The call that comes first is that of the first step; where nothing is
    /// said in it, the one with `first`, who is turned to first. `cards` are those of all offices of the sheet.
    pub fn scripts(&self, first: Option<&Reach>, cards: &[OfficeCard]) -> Vec<Script> {
        let rulebook = self.rulebook();
        let is_spoken = |id: &&Id<Step>| !rulebook.steps[**id].phone.is_empty() || rulebook.steps[**id].email.is_some();
        let mut scripts: Vec<Script> = self.steps.iter().filter(is_spoken).map(|id| self.script(*id, cards)).collect();
        let begun = self.steps[..self.first].first().map(|id| rulebook.steps.name(*id));
        let called = first.filter(|reach| reach.phone.is_some()).map(|reach| &reach.office.id);
        let said = |script: &Script| !script.phone.is_empty();
        let begins = scripts.iter().position(|script| said(script) && Some(script.step.id.as_str()) == begun);
        let leads_there = |script: &Script| script.offices.iter().any(|office| Some(&office.id) == called);
        let first_call = begins.or_else(|| scripts.iter().position(|script| said(script) && leads_there(script)));
        if let Some(script) = first_call.and_then(|at| scripts.get_mut(at)) {
            script.first_call = true;
        }
        scripts
    }

    fn script(&self, id: Id<Step>, cards: &[OfficeCard]) -> Script {
        let step = &self.rulebook().steps[id];
        let offices = self.office_names(&step.contact);
        let card_of = |office: &Named| cards.iter().find(|card| card.id == office.id);
        let reached = offices.iter().filter_map(|office| Some(Reach::of(office.clone(), card_of(office)?)));
        Script {
            step: self.step_link(id),
            // What somebody else does is asked of them, not of the office they turn to.
            reach: if step.by_others { None } else { Reach::among(reached) },
            offices,
            first_call: false,
            phone: self.for_person(&step.phone).map(|text| self.wording.spoken(text)).collect(),
            phone_help: self.reading_helps(self.for_person(&step.phone)),
            email: step.email.as_ref().map(|email| self.letter(email)),
        }
    }

    /// The e-mail as this person writes it; what it says in another language only where all of it is translated.
    fn letter(&self, email: &Email) -> Letter {
        let spoken = self.for_person(&email.text).map(|text| self.wording.spoken(text));
        let helps: Option<Vec<String>> =
            self.for_person(&email.text).map(|text| self.wording.reading_help(text)).collect();
        Letter {
            subject: self.wording.spoken(email.subject),
            subject_help: self.wording.reading_help(email.subject),
            text: self.wording.joins().in_german().sentences(spoken),
            text_help: helps.map(|helps| self.wording.joins().sentences(helps)),
        }
    }
}

/// Each source once, in the order in which they are named.
fn once(sources: impl Iterator<Item = Id<Source>>) -> Vec<Mark> {
    sources.collect::<IndexSet<_>>().into_iter().map(Mark::of).collect()
}
