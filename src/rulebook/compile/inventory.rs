//! The inventory: how many entries of each kind are written.
//!
//! A branch that is lost may leave sound rules behind, since an `else` further down takes its values; an option that no
//! rule names is missed by nobody. The editors' count is what notices. Everything is counted file by file and added up,
//! so an entry that is lost anywhere shows in the sum.

use indexmap::IndexMap;

use super::written::Written;
use crate::diagnostic::Diagnostic;
use crate::format::{self, Counted};
use crate::rulebook::fault;
use crate::source::Located;
use crate::yaml::{Ids, Map};

/// Reports every count of `rulebook.yaml` that is not that of the rules.
pub fn report(head: &format::Rulebook, written: &Written, faults: &mut Vec<Diagnostic>) {
    let found = count(written);
    for (kind, stated) in &head.inventory {
        let there = found.get(&kind.value).copied().unwrap_or(0);
        if stated.value != there {
            faults.push(fault::other_number(kind.id(), stated, there));
        }
    }
}

/// How many entries of each kind there are.
pub fn count(written: &Written) -> IndexMap<Counted, usize> {
    let mut tally = Tally::default();
    tally.head(written.head.as_ref());
    written.questions.values().for_each(|question| tally.question(question));
    written.facts.values().for_each(|fact| tally.fact(fact));
    written.pathways.values().for_each(|pathway| tally.pathway(pathway));
    written.steps.values().for_each(|step| tally.step(step));
    written.order.iter().for_each(|rule| tally.order_rule(rule));
    tally.employer(written.employer.as_ref());
    for sources in written.papers.values().map(|paper| &paper.sources) {
        tally.ids(sources);
    }
    for sources in written.authorities.values().map(|office| &office.sources) {
        tally.ids(sources);
    }
    written.terms.values().for_each(|term| tally.ids(&term.also));
    written.cases.values().for_each(|case| tally.case(case));
    for words in written.instead.values() {
        tally.conditions(&words.when);
        tally.words += words.texts.len();
    }
    for change in &written.changes {
        tally.ids(&change.source);
        tally.ids(&change.touches);
    }
    IndexMap::from([
        (Counted::Questions, written.questions.len()),
        (Counted::Options, tally.options),
        (Counted::Facts, written.facts.len()),
        (Counted::Values, tally.values),
        (Counted::Pathways, written.pathways.len()),
        (Counted::Outcomes, tally.outcomes),
        (Counted::Branches, tally.branches),
        (Counted::Steps, written.steps.len()),
        (Counted::StepParts, tally.step_parts),
        (Counted::OrderRules, written.order.len()),
        (Counted::Papers, written.papers.len()),
        (Counted::Offices, written.authorities.len()),
        (Counted::Deciders, written.deciders.len()),
        (Counted::Sources, written.sources.len()),
        (Counted::Terms, written.terms.len()),
        (Counted::Duties, tally.duties),
        (Counted::TableRows, written.tables.values().map(|table| table.rows.len()).sum()),
        (Counted::InterfaceTexts, written.interface.len() + tally.words),
        (Counted::Cases, written.cases.len()),
        (Counted::Changes, written.changes.len()),
        (Counted::ExclusiveGroups, tally.groups),
        (Counted::Mentions, tally.mentions),
    ])
}

/// What is written within entries.
#[derive(Default)]
struct Tally {
    options: usize,
    values: usize,
    outcomes: usize,
    branches: usize,
    step_parts: usize,
    duties: usize,
    groups: usize,
    words: usize,
    mentions: usize,
}

impl Tally {
    fn head(&mut self, head: Option<&format::Rulebook>) {
        for group in head.iter().flat_map(|head| &head.exclusive) {
            self.groups += 1;
            self.ids(&group.outcomes);
            self.ids(&group.never_with);
            self.one(&group.source);
        }
    }

    fn question(&mut self, question: &format::Question) {
        self.options += question.options.len();
        self.conditions(&question.asked_if);
        self.ids(&question.often);
        self.one(&question.options_from);
        if let Some(change) = &question.changeable {
            self.mentions += 1;
            self.ids(&change.from);
            self.ids(&change.to);
        }
    }

    fn fact(&mut self, fact: &format::DerivedFact) {
        self.values += fact.values.len();
        if let Some(tree) = &fact.tree {
            self.tree(tree);
        }
        self.mentions += fact.lookup.iter().map(|lookup| lookup.otherwise.len()).sum::<usize>();
        for offices in fact.offices.iter().flat_map(|offices| offices.instead.values()) {
            // An empty list says something too: no office is needed.
            self.mentions += 1;
            self.ids(offices);
        }
    }

    fn pathway(&mut self, pathway: &format::Pathway) {
        self.conditions(&pathway.when);
        self.conditions(&pathway.unless);
        self.tree(&pathway.tree);
        self.outcomes += pathway.outcomes.len();
        if let Some(shortcut) = &pathway.shortcut {
            self.ids(&shortcut.outcomes);
            self.ids(&shortcut.basis);
        }
        for outcome in pathway.outcomes.values() {
            [&outcome.basis, &outcome.steps, &outcome.ask].into_iter().for_each(|ids| self.ids(ids));
            self.maybe_ids(&outcome.row);
            [&outcome.applied_for_by, &outcome.agreed_by, &outcome.involves, &outcome.advised_by]
                .into_iter()
                .for_each(|decider| self.one(decider));
            outcome.german.iter().for_each(|german| self.one(&german.source));
            if let Some(part) = &outcome.employer {
                [&part.must, &part.one_of, &part.recommended].into_iter().for_each(|papers| self.ids(papers));
            }
        }
    }

    fn tree(&mut self, tree: &format::Tree) {
        [&tree.row, &tree.basis, &tree.steps].into_iter().for_each(|ids| self.maybe_ids(ids));
        self.branches(&tree.branches);
    }

    fn branches(&mut self, branches: &[Located<format::Branch>]) {
        for branch in branches {
            self.branches += 1;
            [&branch.values, &branch.row, &branch.basis, &branch.steps].into_iter().for_each(|ids| self.maybe_ids(ids));
            self.branches(&branch.branches);
        }
    }

    fn step(&mut self, step: &format::Step) {
        let phone = step.say_it.as_ref().map_or(0, |said| said.phone.len());
        self.step_parts += step.cost.len() + step.time.len() + phone;
        [&step.contact, &step.bring, &step.sources].into_iter().for_each(|ids| self.ids(ids));
        step.cost.iter().for_each(|cost| self.one(&cost.source));
        step.time.iter().for_each(|time| self.one(&time.source));
    }

    fn order_rule(&mut self, rule: &format::OrderRule) {
        self.ids(&rule.then);
        self.maybe_ids(&rule.row);
        self.one(&rule.source);
    }

    fn employer(&mut self, employer: Option<&format::Employer>) {
        let Some(employer) = employer else { return };
        self.ids(&employer.ask);
        self.duties += employer.duties.len();
        employer.duties.values().for_each(|duty| self.ids(&duty.sources));
    }

    fn case(&mut self, case: &format::Case) {
        self.conditions(&case.answers);
        let expect = &case.expect;
        [&expect.outcomes, &expect.not, &expect.rows, &expect.steps, &expect.offices]
            .into_iter()
            .for_each(|ids| self.ids(ids));
    }

    // Mentions.

    fn ids(&mut self, ids: &Ids) {
        self.mentions += ids.0.len();
    }

    fn maybe_ids(&mut self, ids: &Option<Ids>) {
        ids.iter().for_each(|ids| self.ids(ids));
    }

    fn one(&mut self, id: &Option<Located<String>>) {
        self.mentions += usize::from(id.is_some());
    }

    fn conditions(&mut self, conditions: &Map<Ids>) {
        conditions.values().for_each(|values| self.ids(values));
    }
}
