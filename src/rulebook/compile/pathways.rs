//! Pathways with their outcomes, and the outcomes that cases and groups speak of.

use std::collections::HashSet;

use super::compiler::Compiler;
use super::tree::{Leaves, NONE};
use super::written::Kind;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::{
    Also, Branch, EmployerPart, Excluded, Exclusive, Fork, German, Ground, Member, Node, Outcome, Pathway, Shortcut,
    Turn,
};
use crate::rulebook::registry::{Id, Registry};
use crate::source::Located;
use crate::terms::{Certainty, Standing, Validity};
use crate::yaml::Ids;

impl<'a> Compiler<'a> {
    pub fn pathway(&mut self, id: &Located<String>, pathway: &'a format::Pathway) -> Option<Pathway> {
        let outcomes = self.sound(&pathway.outcomes, |compiler, name, outcome| compiler.outcome(id, name, outcome));
        let mut reached = HashSet::new();
        let mut resolve = |compiler: &mut Compiler<'_>, name: &Located<String>| {
            if name.value == NONE {
                return Some(None);
            }
            let found = outcomes.id(name);
            match found {
                Some(at) => drop(reached.insert(at)),
                // What is wrong with an outcome that is written is said there.
                None if pathway.outcomes.contains_key(name) => {}
                None => compiler.report(fault::unknown_id("Ergebnis", name, outcomes.names().chain([NONE]))),
            }
            found.map(Some)
        };
        let before = self.fault_count();
        if pathway.tree.is_some() != pathway.table.is_empty() {
            self.report(fault::tree_or_table(id));
        }
        let mut leaves = Leaves { key: "outcome", resolve: &mut resolve };
        let (ground, tree) = self.tree_or_table(pathway.tree.as_ref(), &pathway.table, &mut leaves);
        let sound = self.fault_count() == before;
        for name in pathway.outcomes.keys().filter(|_| sound) {
            if outcomes.id(name).is_some_and(|at| !reached.contains(&at)) {
                self.report(fault::outcome_unused(name));
            }
        }
        let also = pathway.also.iter().filter_map(|also| self.also(also, pathway, &outcomes)).collect();
        let shortcut = pathway.shortcut.as_ref().map(|shortcut| self.shortcut(id, pathway, shortcut, &outcomes));
        Some(Pathway {
            title: self.text(format!("pathway.{id}.title"), &pathway.title),
            concerns: pathway.concerns,
            leads: pathway.leads,
            joins: self.ids(Kind::Pathway, &pathway.joins),
            serves: self.given(&pathway.serves),
            when: self.conditions(&pathway.when),
            unless: self.conditions(&pathway.unless),
            ground,
            also,
            outcomes,
            shortcut,
            span: id.span,
            tree: tree?,
        })
    }

    /// What is added beside the norm, as a fork whose branches all lead on to the same.
    fn also(
        &mut self,
        also: &Located<format::Also>,
        pathway: &format::Pathway,
        outcomes: &Registry<Outcome>,
    ) -> Option<Also> {
        let mut to = Vec::new();
        for name in also.to.iter().flat_map(Ids::iter) {
            match outcomes.id(name) {
                Some(outcome) => to.push(outcome),
                None if pathway.outcomes.contains_key(name) => {}
                None => self.report(fault::unknown_id("Ergebnis", name, outcomes.names())),
            }
        }
        if also.to.is_none() {
            to = outcomes.ids().collect();
        }
        let ground = self.ground(&also.row, &also.basis, None, &also.steps);
        let ways = self.ways(&also.when, &also.any, also.span);
        let Some(fact) = ways.iter().flat_map(|(when, _)| when).next().map(|condition| condition.fact) else {
            self.report(fault::also_always(also.span));
            return None;
        };
        let turn = |(when, span)| Turn { when, otherwise: false, ground: ground.clone(), node: Node::Leaf(()), span };
        let branches = ways.into_iter().map(|way| Branch { valid: Validity::default(), turn: turn(way) }).collect();
        let otherwise = Turn {
            when: Vec::new(),
            otherwise: true,
            ground: Ground::default(),
            node: Node::Leaf(()),
            span: also.span,
        };
        let fork = Fork { fact, table: true, branches, otherwise: Box::new(otherwise), span: also.span };
        Some(Also { to, node: Node::Fork(fork) })
    }

    fn shortcut(
        &mut self,
        id: &str,
        pathway: &format::Pathway,
        shortcut: &format::Shortcut,
        outcomes: &Registry<Outcome>,
    ) -> Shortcut {
        let path = format!("pathway.{id}.shortcut");
        let mut shown = Vec::new();
        for name in shortcut.outcomes.iter() {
            match outcomes.id(name) {
                Some(outcome) => shown.push(outcome),
                None if pathway.outcomes.contains_key(name) => {}
                None => self.report(fault::unknown_id("Ergebnis", name, outcomes.names())),
            }
        }
        let lines = shortcut.lines.iter().enumerate();
        Shortcut {
            outcomes: shown,
            title: self.text(format!("{path}.title"), &shortcut.title),
            lines: lines.map(|(at, line)| self.text(format!("{path}.{}", at + 1), line)).collect(),
            basis: self.sources(&shortcut.basis),
        }
    }

    fn outcome(&mut self, pathway: &str, id: &Located<String>, outcome: &format::Outcome) -> Option<Outcome> {
        let open = outcome.certainty == Certainty::Open || outcome.standing == Standing::AskFirst;
        if open && outcome.ask.is_empty() {
            self.report(fault::nobody_to_ask(id));
        }
        if outcome.basis.is_empty() && outcome.certainty != Certainty::Open {
            self.report(fault::no_source("Ergebnis", id));
        }
        let path = format!("pathway.{pathway}.{id}");
        let decided_by = self.id(Kind::Decider, &outcome.decided_by);
        let ground = Ground {
            certainty: Some(outcome.certainty),
            ..self.ground(&outcome.row, &Some(outcome.basis.clone()), None, &Some(outcome.steps.clone()))
        };
        Some(Outcome {
            standing: outcome.standing,
            title: self.text_with_places(format!("{path}.title"), &outcome.title),
            opening: outcome.opening.as_ref().map(|text| self.text_with_places(format!("{path}.opening"), text)),
            says: self.text_with_places(format!("{path}.says"), &outcome.says),
            applied_for_by: self.maybe_id(Kind::Decider, &outcome.applied_for_by),
            agreed_by: self.maybe_id(Kind::Decider, &outcome.agreed_by),
            involves: self.maybe_id(Kind::Decider, &outcome.involves),
            advised_by: self.maybe_id(Kind::Decider, &outcome.advised_by),
            certainty: outcome.certainty,
            ground,
            valid: self.validity(outcome.valid.as_ref()),
            ask: self.offices(&outcome.ask),
            german: outcome.german.as_ref().map(|german| German {
                level: german.level.as_ref().map(|level| level.value.clone()),
                kind: german.kind,
                source: self.maybe_id(Kind::Source, &german.source),
            }),
            watch_out: outcome.watch_out.as_ref().map(|text| self.text_with_places(format!("{path}.watch_out"), text)),
            employer: outcome.employer.as_ref().map(|part| self.employer_part(&path, part)),
            span: id.span,
            decided_by: decided_by?,
        })
    }

    fn employer_part(&mut self, path: &str, part: &format::EmployerPart) -> EmployerPart {
        EmployerPart {
            role: self.text(format!("{path}.employer.role"), &part.role),
            under: self.maybe_text(format!("{path}.employer.under"), &part.under),
            provision: self.text_with_places(format!("{path}.employer.provision"), &part.provision),
            must: self.ids(Kind::Paper, &part.must),
            one_of: self.ids(Kind::Paper, &part.one_of),
            recommended: self.ids(Kind::Paper, &part.recommended),
            anabin: part.anabin,
        }
    }

    pub fn exclusive(&mut self, group: &format::Exclusive, pathways: &Registry<Pathway>) -> Exclusive {
        Exclusive {
            outcomes: self.members(&group.outcomes, pathways),
            never_with: self.members(&group.never_with, pathways),
            because: group.because.value.clone(),
            source: self.maybe_id(Kind::Source, &group.source),
        }
    }

    fn members(&mut self, ids: &Ids, pathways: &Registry<Pathway>) -> Vec<Member> {
        let mut members = Vec::new();
        for id in ids.iter() {
            let member = |what| Member { what, span: id.span };
            if let Some(step) = id.strip_prefix("step:") {
                members.extend(self.id(Kind::Step, &id.at(step.to_owned())).map(|step| member(Excluded::Step(step))));
            } else if id.contains('/') {
                let found = self.outcome_ids(&Ids(vec![id.clone()]), pathways);
                let outcome = |(pathway, outcome)| member(Excluded::Outcome(pathway, Some(outcome)));
                members.extend(found.into_iter().map(outcome));
            } else if let Some(pathway) = self.id(Kind::Pathway, id) {
                members.push(member(Excluded::Outcome(pathway, None)));
            }
        }
        members
    }

    pub fn outcome_ids(&mut self, ids: &Ids, pathways: &Registry<Pathway>) -> Vec<(Id<Pathway>, Id<Outcome>)> {
        let mut found = Vec::new();
        for id in ids.iter() {
            let Some((pathway, outcome)) = id.split_once('/') else {
                self.report(fault::outcome_path(id));
                continue;
            };
            let known = self.id::<Pathway>(Kind::Pathway, &id.at(pathway.to_owned()));
            // Of a pathway that is not sound, all there is to say is said there.
            let Some(at) = known.and_then(|_| pathways.id(pathway)) else { continue };
            let outcomes = &pathways[at].outcomes;
            match outcomes.id(outcome) {
                Some(outcome) => found.push((at, outcome)),
                None if self
                    .written
                    .pathways
                    .get(pathway)
                    .is_some_and(|known| known.outcomes.contains_key(outcome)) => {}
                None => self.report(fault::unknown_id("Ergebnis", &id.at(outcome.to_owned()), outcomes.names())),
            }
        }
        found
    }
}
