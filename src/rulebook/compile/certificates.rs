//! What papers are called in other countries, and which answer that is.

use std::collections::BTreeMap;

use super::compiler::Compiler;
use super::written::Kind;
use crate::format;
use crate::language::Lang;
use crate::rulebook::fault;
use crate::rulebook::model::{Certificate, Certificates, Fact};
use crate::rulebook::registry::ValueSet;
use crate::source::Located;
use crate::terms::Certainty;

impl Compiler<'_> {
    /// Without one of its questions the file helps nobody.
    pub fn certificates(&mut self, written: &format::Certificates) -> Option<Certificates> {
        let question = self.id(Kind::Question, &written.question);
        let country = self.id(Kind::Question, &written.country);
        let search = self.id(Kind::Question, &written.search);
        // Older states name no question for the subject, and no subjects; one that stood there all the same would be a fault.
        let wanted = written.subject.as_ref().unwrap_or(&written.question);
        let subject = self.id(Kind::Question, wanted);
        let advice = self.id(Kind::Office, &written.advice);
        let (question, country, search, subject, advice) = (question?, country?, search?, subject?, advice?);
        let mut by_country: BTreeMap<usize, Vec<Certificate>> = BTreeMap::new();
        for (code, papers) in &written.certificates {
            let Some(at) = self.value(&written.country, Fact::Question(country), code) else { continue };
            let papers = papers.iter().map(|(id, paper)| {
                let mut at = |question: &str, id, value| self.value(question, Fact::Question(id), value);
                let option = paper.option.as_ref().and_then(|option| at(&written.question, question, option));
                let subjects = paper.subjects.iter().filter_map(|value| at(wanted, subject, value)).collect();
                self.certificate(id, paper, option, subjects)
            });
            by_country.entry(at).or_default().extend(papers);
        }
        Some(Certificates { question, country, search, subject, advice, by_country })
    }

    fn certificate(
        &mut self,
        id: &Located<String>,
        paper: &format::Certificate,
        option: Option<usize>,
        subjects: ValueSet,
    ) -> Certificate {
        if paper.source.is_empty() {
            self.report(fault::no_source("Zeugnis", id));
        }
        let plain = |text: &Located<String>| text.value.clone();
        Certificate {
            id: id.value.clone(),
            name: plain(&paper.name),
            lang: Lang::new(&paper.lang),
            latin: paper.latin.as_ref().map(plain),
            gloss: self.text(format!("certificate.{id}"), &paper.gloss),
            // What is only our conclusion leads nobody to a choice.
            option: option.filter(|_| paper.option_certainty != Certainty::Open),
            note: self.text(format!("certificate.{id}.note"), &paper.note),
            subjects,
            search: paper.search,
            anabin: paper.anabin.as_ref().map(plain),
            sources: self.sources(&paper.source),
        }
    }
}
