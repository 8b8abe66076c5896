//! What a person said, what they bring along, and what is still to be found out.

use std::collections::BTreeSet;

use super::composer::Composer;
use super::model::{AnswerLine, AnswerLines, Have, Named, Task};
use crate::rulebook::{Id, Question, ValueSet};

impl Composer<'_> {
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

    pub fn answer(&self, id: Id<Question>) -> AnswerLine {
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

    /// Never left out: where little is known, the line to write on remains.
    pub fn have(&self) -> Have {
        let rulebook = self.rulebook();
        let mut lines = Vec::new();
        let mut given: Vec<(Id<Question>, ValueSet)> = self.wording.answers.iter().collect();
        given.sort_by_key(|(id, _)| !rulebook.questions[*id].strength);
        for (id, values) in given {
            let question = &rulebook.questions[id];
            if values.contains(question.unknown) {
                continue;
            }
            // The question's own sentence would speak the answer, and some name nothing.
            let own = question.have.filter(|_| self.wording.names(id));
            let said = values.iter().filter_map(|value| question.options[Id::new(value)].have).chain(own);
            lines.extend(said.map(|text| self.wording.about_answers(text)));
        }
        Have { heading: self.heading("have"), lines, more: self.wording.word("sheet.have.more") }
    }

    pub fn tasks(&self) -> Vec<Task> {
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
}
