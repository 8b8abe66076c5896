//! Words of the glossary that the sheet speaks.

use std::collections::BTreeSet;

use super::composer::Composer;
use super::model::TermLine;
use super::standings::{concern, outcome};
use crate::interview::Finding;
use crate::language::Text;
use crate::rulebook::{Id, Step};

/// How many terms are explained.
const MOST_TERMS: usize = 12;

impl Composer<'_> {
    /// Terms that the steps and ways speak, as many as a reader takes in.
    pub fn terms(&self) -> Vec<TermLine> {
        let rulebook = self.rulebook();
        let ways = self.ways.iter().filter(|finding| concern(rulebook, finding).is_way());
        let texts = ways.flat_map(|finding| self.way_texts(finding));
        let texts = texts.chain(self.steps.iter().flat_map(|step| self.step_texts(*step))).chain(self.answer_texts());
        let terms: BTreeSet<_> = texts.filter_map(|text| rulebook.spoken.get(&text)).flatten().collect();
        let line = |id| {
            let term = &rulebook.terms[id];
            TermLine {
                id: rulebook.terms.name(id).to_owned(),
                term: self.wording.name(&term.term),
                says: self.wording.owned(term.says),
            }
        };
        terms.into_iter().take(MOST_TERMS).map(|id| line(*id)).collect()
    }

    fn way_texts(&self, finding: &Finding<'_>) -> Vec<Text> {
        let rulebook = self.rulebook();
        let outcome = outcome(rulebook, finding);
        let deciders = [Some(outcome.decided_by), outcome.applied_for_by, outcome.agreed_by, outcome.advised_by];
        let mut texts = vec![rulebook.pathways[finding.pathway].title, outcome.title, outcome.says];
        texts.extend(outcome.watch_out);
        texts.extend(deciders.into_iter().flatten().map(|id| rulebook.deciders[id].name));
        texts
    }

    fn step_texts(&self, id: Id<Step>) -> Vec<Text> {
        let rulebook = self.rulebook();
        let step = &rulebook.steps[id];
        let mut texts = vec![step.title, step.who];
        texts.extend(self.for_person(&step.says));
        texts.extend(step.place);
        texts.extend(self.costs_for(id).filter_map(|cost| cost.amount));
        texts.extend(self.times_for(id).map(|time| time.says));
        texts.extend(step.bring.iter().map(|paper| rulebook.papers[*paper].name));
        texts.extend(rulebook.order.iter().filter(|rule| rule.first == id).map(|rule| rule.says));
        texts
    }

    /// What the person said; ways and steps speak of it.
    fn answer_texts(&self) -> Vec<Text> {
        let rulebook = self.rulebook();
        let said = self.wording.answers.iter().flat_map(|(id, values)| {
            let question = &rulebook.questions[id];
            let known = values.iter().filter(|value| *value != question.unknown);
            known.map(|value| question.options[Id::new(value)].text).collect::<Vec<_>>()
        });
        said.collect()
    }
}
