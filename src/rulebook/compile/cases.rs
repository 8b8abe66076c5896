//! Musterfälle.

use std::collections::HashMap;

use super::compiler::Compiler;
use super::written::{Kind, not_as_its_file, read};
use crate::format;
use crate::rulebook::fault;
use crate::rulebook::model::{Case, Fact, Pathway, Question};
use crate::rulebook::registry::{Registry, ValueSet};
use crate::source::Located;

impl Compiler<'_> {
    /// Reads and compiles one after the other.
    pub fn cases(&mut self, pathways: &Registry<Pathway>) -> Registry<Case> {
        let mut cases: Registry<Case> = Registry::default();
        for file in &self.written.cases {
            let Some(case) = read::<format::Case>(self.files, *file, &mut self.faults) else { continue };
            let id = &case.case;
            self.faults.extend(not_as_its_file(self.files, *file, id));
            match cases.id(id) {
                Some(first) => self.report(fault::name_twice("Musterfall", id, cases[first].span)),
                None => {
                    let compiled = self.case(id, &case, pathways);
                    cases.insert(id, compiled);
                }
            }
        }
        cases
    }

    fn case(&mut self, id: &Located<String>, case: &format::Case, pathways: &Registry<Pathway>) -> Case {
        let mut answers = HashMap::new();
        for (name, values) in &case.answers {
            let Some(question) = self.id::<Question>(Kind::Question, name) else { continue };
            let fact = Fact::Question(question);
            let values: ValueSet = values.iter().filter_map(|value| self.value(name, fact, value)).collect();
            answers.insert(question, values);
        }
        let expect = &case.expect;
        Case {
            title: case.title.value.clone(),
            answers,
            date: case.date.map(|day| day.0),
            outcomes: self.outcome_ids(&expect.outcomes, pathways),
            not: self.outcome_ids(&expect.not, pathways),
            rows: expect.rows.iter().map(|row| row.value.clone()).collect(),
            steps: self.steps(&expect.steps),
            offices: self.ids(Kind::Office, &expect.offices),
            span: id.span,
        }
    }
}
