//! Steps, and which must come before which.

use super::compiler::Compiler;
use super::written::Kind;
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::{Cost, Email, OrderRule, Ruling, Step, Time};
use crate::source::Located;
use crate::terms::Certainty;
use crate::yaml::Ids;

impl Compiler<'_> {
    pub fn step(&mut self, id: &Located<String>, step: &format::Step) -> Step {
        if step.contact.is_empty() && step.place.is_none() {
            self.report(fault::no_place(id));
        }
        if step.time.is_empty() {
            self.report(fault::no_time(id));
        }
        if step.sources.is_empty() && !step.says.cites() && step.certainty != Certainty::Open {
            self.report(fault::no_source("Schritt", id));
        }
        let mut cost = Vec::new();
        for (at, part) in step.cost.iter().enumerate() {
            if let (Some(amount), None) = (&part.amount, &part.source) {
                self.report(fault::figure_without_source("Ein Betrag", amount.span));
            }
            cost.push(Cost {
                kind: part.kind,
                amount: self.maybe_text(format!("step.{id}.cost.{at}"), &part.amount),
                source: self.maybe_id(Kind::Source, &part.source),
                year: part.year,
                for_whom: self.for_whom(&part.when, &part.unless),
            });
        }
        let mut time = Vec::new();
        for (at, part) in step.time.iter().enumerate() {
            if part.kind.is_sourced() && part.source.is_none() {
                self.report(fault::figure_without_source("Eine Frist oder beobachtete Dauer", part.says.span));
            }
            time.push(Time {
                kind: part.kind,
                says: self.text(format!("step.{id}.time.{at}"), &part.says),
                source: self.maybe_id(Kind::Source, &part.source),
                year: part.year,
                for_whom: self.for_whom(&part.when, &part.unless),
            });
        }
        let said = step.say_it.as_ref();
        let phone = self.paragraph(&format!("step.{id}.phone"), said.map(|said| &said.phone));
        let email = said.and_then(|said| said.email.as_ref()).map(|email| Email {
            subject: self.text_with_places(format!("step.{id}.email.subject"), &email.subject),
            text: self.paragraph(&format!("step.{id}.email.text"), Some(&email.text)),
        });
        Step {
            phone,
            email,
            title: self.text(format!("step.{id}.title"), &step.title),
            says: self.paragraph(&format!("step.{id}.says"), Some(&step.says)),
            guide: step.guide,
            after: Vec::new(),
            brings: Vec::new(),
            who: self.text(format!("step.{id}.who"), &step.who),
            by_others: step.by_others,
            waits: step.waits,
            at_once: step.at_once,
            any_day: step.any_day,
            unless: Ruling(self.conditions(&step.unless)),
            otherwise: self.maybe_id(Kind::Step, &step.otherwise),
            tomorrow: self.paragraph(&format!("step.{id}.tomorrow"), step.tomorrow.as_ref()),
            contact: self.offices(&step.contact),
            place: self.maybe_text(format!("step.{id}.where"), &step.place),
            bring: self.ids(Kind::Paper, &step.bring),
            cost,
            time,
            sources: self.sources(&step.sources),
            certainty: step.certainty,
            valid: self.validity(step.valid.as_ref()),
            span: id.span,
        }
    }

    pub fn order_rule(&mut self, rule: &Located<format::OrderRule>) -> Option<OrderRule> {
        Some(OrderRule {
            id: rule.rule.value.clone(),
            says: self.text(format!("order.{}", rule.rule), &rule.says),
            then: self.steps(&rule.then),
            source: self.maybe_id(Kind::Source, &rule.source),
            first: self.id(Kind::Step, &rule.first)?,
            brings: rule.brings,
            certainty: rule.certainty,
            rows: rule.row.iter().flat_map(Ids::iter).map(|row| row.value.clone()).collect(),
            span: rule.rule.span,
        })
    }
}
