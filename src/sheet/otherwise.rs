//! What would open more, and what keeps ways closed.

use indexmap::IndexSet;

use super::composer::{Composer, marks};
use super::model::{ElseLine, ElseStep, ElseWay, FailedCondition, WhatElse, WhyNot};
use super::standings::outcome;
use crate::interview::{Else, what_else, why_not};
use crate::rulebook::{Fact, Id, Pathway, Question};
use crate::terms::Standing;

/// How many values of a list are written out.
const FEW: usize = 6;

impl Composer<'_> {
    /// What one step would open, what is free first; and why the ways that are closed, or that only such a step would bring,
    /// are not open.
    pub fn what_else(&self) -> Option<WhatElse> {
        let rulebook = self.rulebook();
        let mut found = what_else(rulebook, self.wording.answers, self.date, self.evaluation, 1);
        found.sort_by_key(|this| this.moves.iter().any(|this| self.costs_for(this.step).next().is_some()));
        let changes: Vec<ElseLine> = found.iter().map(|this| self.else_line(this)).collect();
        let mut closed: Vec<Id<Pathway>> = self
            .ways
            .iter()
            .filter(|finding| outcome(rulebook, finding).standing == Standing::NotThisWay)
            .map(|finding| finding.pathway)
            .collect();
        // A way that is on the sheet has its step above.
        let silent = found.iter().flat_map(|this| &this.opens).filter(|opened| opened.before.is_none());
        closed.extend(silent.map(|opened| opened.pathway));
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

    fn else_line(&self, found: &Else) -> ElseLine {
        let rulebook = self.rulebook();
        let mut moves = Vec::new();
        for this in &found.moves {
            let answer = |(question, value): &(Id<Question>, usize)| {
                let text = rulebook.value_text(Fact::Question(*question), *value);
                let label = self.wording.say(rulebook.questions[*question].label);
                self.wording.joins().label(label, self.wording.say(text))
            };
            moves.push(ElseStep {
                step: self.step_link(this.step),
                answers: this.answers.iter().map(answer).collect(),
                cost: self.costs_for(this.step).map(|cost| self.wording.cost(cost)).collect(),
                time: self.times_for(this.step).map(|time| self.wording.time(time)).collect(),
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

    fn why_not(&self, pathway: Id<Pathway>) -> WhyNot {
        let rulebook = self.rulebook();
        let mut conditions = Vec::new();
        for failed in why_not(rulebook, self.wording.answers, self.date, pathway) {
            let text = |value: usize| self.wording.owned(rulebook.value_text(failed.fact, value));
            // Only what a step can bring about is worth naming: nobody changes a country, and nobody wants a worse proof.
            let Fact::Question(question) = failed.fact else { continue };
            let Some(change) = &rulebook.questions[question].changeable else { continue };
            let wanted: Vec<usize> = change.to.iter().copied().filter(|value| failed.wanted.contains(*value)).collect();
            if wanted.is_empty() || failed.values.minus(&change.from) == failed.values {
                continue;
            }
            // Nobody is told as their own answer what they were never asked.
            let asked = self.wording.answers.get(question).is_some();
            let decided_by =
                failed.decided_by.iter().map(|id| self.wording.owned(rulebook.deciders[*id].name)).collect();
            conditions.push(FailedCondition {
                label: self.wording.owned(rulebook.fact_label(failed.fact)),
                values: failed.values.iter().filter(|_| asked).map(text).collect(),
                wanted: wanted.iter().take(FEW).map(|value| text(*value)).collect(),
                more: wanted.len().saturating_sub(FEW),
                decided_by,
                basis: marks(&failed.basis),
            });
        }
        WhyNot {
            pathway: rulebook.pathways.name(pathway).to_owned(),
            title: self.wording.owned(rulebook.pathways[pathway].title),
            conditions,
        }
    }
}
