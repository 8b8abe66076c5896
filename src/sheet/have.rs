//! What a person brings along: said in positive words, from the answers.

use super::compose::Composer;
use super::model::Have;
use crate::rulebook::Id;

impl Composer<'_> {
    /// Never left out: where little is known, the line to write on remains.
    pub fn have(&self) -> Have {
        let rulebook = self.rulebook();
        let mut lines = Vec::new();
        for (id, values) in self.wording.answers.iter() {
            let question = &rulebook.questions[id];
            if values.contains(question.unknown) {
                continue;
            }
            let said = values.iter().filter_map(|value| question.options[Id::new(value)].have).chain(question.have);
            lines.extend(said.map(|text| self.wording.about_answers(text)));
        }
        Have { heading: self.heading("have"), lines, more: self.wording.word("sheet.have.more") }
    }
}
