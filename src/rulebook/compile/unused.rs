//! Entries nobody uses. Looked at only when everything else is in order, since a typing error makes things look unused.

use std::collections::HashSet;

use super::written::{Kind, Written};
use crate::diagnostic::Diagnostic;
use crate::rulebook::fault;
use crate::rulebook::model::{Fact, ForWhom, Ground, Node, OfficeRef, Rulebook};
use crate::source::Located;
use crate::yaml::Map;

#[derive(Default)]
struct Used {
    sources: HashSet<usize>,
    steps: HashSet<usize>,
    papers: HashSet<usize>,
    offices: HashSet<usize>,
    deciders: HashSet<usize>,
    facts: HashSet<usize>,
    questions: HashSet<usize>,
}

/// Reports every entry that no other entry refers to.
pub fn report(rulebook: &Rulebook, written: &Written, faults: &mut Vec<Diagnostic>) {
    let mut used = Used::default();
    used.gather(rulebook);
    unused(Kind::Source, &written.sources, &used.sources, faults);
    unused(Kind::Step, &written.steps, &used.steps, faults);
    unused(Kind::Paper, &written.papers, &used.papers, faults);
    unused(Kind::Office, &written.authorities, &used.offices, faults);
    unused(Kind::Decider, &written.deciders, &used.deciders, faults);
    unused(Kind::Fact, &written.facts, &used.facts, faults);
    // A question only put at the advisor's desk may be noted for the talk without deciding anything.
    for (id, name, question) in rulebook.questions.iter().filter(|(_, _, question)| !question.only_at_desk) {
        if !used.questions.contains(&id.index()) {
            faults.push(fault::unused(Kind::Question.word(), &Located { value: name.to_owned(), span: question.span }));
        }
    }
}

fn unused<T>(kind: Kind, entries: &Map<T>, used: &HashSet<usize>, faults: &mut Vec<Diagnostic>) {
    for (at, id) in entries.keys().enumerate() {
        if !used.contains(&at) {
            faults.push(fault::unused(kind.word(), id));
        }
    }
}

impl Used {
    fn gather(&mut self, rulebook: &Rulebook) {
        for (_, _, question) in rulebook.questions.iter() {
            question.asked_if.iter().for_each(|condition| self.fact(condition.fact));
        }
        for (_, _, fact) in rulebook.facts.iter() {
            self.node(&fact.tree);
            for offices in fact.offices.iter().flat_map(|fact| &fact.offices) {
                self.offices.extend(offices.iter().map(|id| id.index()));
            }
        }
        for (_, _, pathway) in rulebook.pathways.iter() {
            pathway.when.iter().chain(&pathway.unless).for_each(|condition| self.fact(condition.fact));
            self.ground(&pathway.ground);
            self.node(&pathway.tree);
            pathway.also.iter().for_each(|also| self.node(&also.node));
            let shortcut = pathway.shortcut.iter().flat_map(|shortcut| &shortcut.basis);
            self.sources.extend(shortcut.map(|id| id.index()));
            for (_, _, outcome) in pathway.outcomes.iter() {
                self.ground(&outcome.ground);
                self.offices(&outcome.ask);
                let deciders = [
                    Some(outcome.decided_by),
                    outcome.applied_for_by,
                    outcome.agreed_by,
                    outcome.involves,
                    outcome.advised_by,
                ];
                self.deciders.extend(deciders.into_iter().flatten().map(|id| id.index()));
                if let Some(part) = &outcome.employer {
                    let papers = part.must.iter().chain(&part.one_of).chain(&part.recommended);
                    self.papers.extend(papers.map(|id| id.index()));
                }
                self.sources.extend(outcome.german.iter().filter_map(|german| german.source).map(|id| id.index()));
            }
        }
        for paper in rulebook.certificates.iter().flat_map(|all| all.by_country.values().flatten()) {
            self.sources.extend(paper.sources.iter().map(|id| id.index()));
        }
        self.offices.extend(rulebook.certificates.iter().map(|all| all.advice.index()));
        for (_, _, duty) in rulebook.employer.duties.iter() {
            self.sources.extend(duty.sources.iter().map(|id| id.index()));
            self.papers.extend(duty.with.iter().map(|id| id.index()));
        }
        let local =
            rulebook.local.places.values().flat_map(|place| place.offices.values().chain(place.others.values()));
        let cited = local.flat_map(|office| &office.sources).chain(&rulebook.local.overruled);
        self.sources.extend(cited.map(|id| id.index()));
        for change in &rulebook.changes {
            self.sources.extend(change.sources.iter().map(|id| id.index()));
        }
        self.offices(&rulebook.employer.ask);
        rulebook.deciders.iter().for_each(|(_, _, decider)| self.offices(&decider.office));
        for (_, _, step) in rulebook.steps.iter() {
            self.offices(&step.contact);
            step.unless.0.iter().for_each(|condition| self.fact(condition.fact));
            step.for_whom().for_each(|for_whom| self.for_whom(for_whom));
            self.steps.extend(step.otherwise.map(|id| id.index()));
            self.papers.extend(step.bring.iter().map(|id| id.index()));
            self.sources.extend(step.all_sources().map(|id| id.index()));
            self.sources.extend(step.cost.iter().filter_map(|cost| cost.source).map(|id| id.index()));
            self.sources.extend(step.time.iter().filter_map(|time| time.source).map(|id| id.index()));
        }
        for rule in &rulebook.order {
            self.sources.extend(rule.source.map(|id| id.index()));
            self.steps.extend(rule.brings.then_some(rule.first.index()));
        }
        self.sources.extend(rulebook.exclusive.iter().filter_map(|group| group.source).map(|id| id.index()));
        for (_, _, paper) in rulebook.papers.iter() {
            paper.unless.0.iter().for_each(|condition| self.fact(condition.fact));
            paper.for_whom().for_each(|for_whom| self.for_whom(for_whom));
            let at = paper.at.values().flat_map(|wants| &wants.sources);
            self.sources.extend(paper.all_sources().chain(at.copied()).map(|id| id.index()));
        }
        for (_, _, office) in rulebook.authorities.iter() {
            self.sources.extend(office.sources.iter().map(|id| id.index()));
        }
    }

    fn for_whom(&mut self, for_whom: &ForWhom) {
        for_whom.conditions().for_each(|condition| self.fact(condition.fact));
    }

    fn node<L>(&mut self, node: &Node<L>) {
        if let Some(fork) = node.fork() {
            fork.facts().into_iter().for_each(|fact| self.fact(fact));
            for (_, turn) in fork.turns() {
                self.ground(&turn.ground);
                self.node(&turn.node);
            }
        }
    }

    fn fact(&mut self, fact: Fact) {
        match fact {
            Fact::Question(id) => self.questions.insert(id.index()),
            Fact::Derived(id) => self.facts.insert(id.index()),
        };
    }

    fn ground(&mut self, ground: &Ground) {
        self.sources.extend(ground.basis.iter().map(|id| id.index()));
        self.steps.extend(ground.steps.iter().map(|id| id.index()));
    }

    fn offices(&mut self, offices: &[OfficeRef]) {
        for office in offices {
            match office {
                OfficeRef::Authority(id) => drop(self.offices.insert(id.index())),
                OfficeRef::Fact(id) => drop(self.facts.insert(id.index())),
            }
        }
    }
}
