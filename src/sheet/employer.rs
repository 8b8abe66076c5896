//! The employer page: what the Träger files to show why a person may be hired for a role.

use std::collections::BTreeSet;

use super::composer::{Composer, marks};
use super::model::{
    AnswerLine, DutyLine, EmployerFile, EmployerPage, EmployerRole, FiledPaper, OfficeCard, Sheet, Way,
};
use super::standings::outcome;
use super::wording::Wording;
use crate::interview::{Answers, Evaluation, Finding, carrying, look};
use crate::language::places;
use crate::rulebook::{EmployerPart, Fact, Id, Outcome, Paper, Question, ValueSet};
use crate::terms::PaperForm;

impl Composer<'_> {
    /// The page, or nothing if no way of these answers goes through the Träger's file. It is composed of the answers that
    /// carry its roles, as if the person had said nothing else.
    pub fn employer_page(&self) -> Option<EmployerPage> {
        let filed = |finding: &&Finding<'_>| self.filed_for(finding).is_some();
        let mut findings: Vec<Finding<'_>> = self.evaluation.findings.iter().filter(filed).cloned().collect();
        if findings.is_empty() {
            return None;
        }
        // What mattered only beside an answer that is gone now goes as well.
        let mut answers = self.wording.answers.clone();
        loop {
            let fewer = self.carrying(&answers, &findings);
            if fewer == answers {
                break;
            }
            answers = fewer;
            let again = findings.iter().filter_map(|it| look(self.rulebook(), &answers, self.date, it.pathway));
            findings = again.collect();
        }
        let evaluation = Evaluation::of(findings);
        let wording = Wording { answers: &answers, ..self.wording };
        let page = Composer::new(wording, &evaluation, self.date).page();
        Some(EmployerPage { answers, ..page })
    }

    /// Whether some way goes through the Träger's file.
    pub fn has_employer_page(&self) -> bool {
        self.evaluation.findings.iter().any(|finding| self.filed_for(finding).is_some())
    }

    fn filed_for(&self, finding: &Finding<'_>) -> Option<&EmployerPart> {
        outcome(self.rulebook(), finding).employer.as_ref()
    }

    /// Those of some answers that carry these ways. What the sentence for the file names stays, whether the way needs it or not.
    fn carrying(&self, answers: &Answers, filed: &[Finding<'_>]) -> Answers {
        let rulebook = self.rulebook();
        let named = |part: &EmployerPart| {
            let says = self.wording.say(part.provision);
            places(says).filter_map(|name| rulebook.questions.id(name)).collect::<Vec<Id<Question>>>()
        };
        let named: Vec<Id<Question>> =
            filed.iter().filter_map(|finding| self.filed_for(finding)).flat_map(named).collect();
        let has_page = |outcome: &Outcome| outcome.employer.is_some();
        carrying(rulebook, answers, self.date, filed, has_page, |question| named.contains(&question))
    }

    /// The page for answers that all belong on it.
    fn page(&self) -> EmployerPage {
        let rulebook = self.rulebook();
        let papers: BTreeSet<usize> = self
            .ways
            .iter()
            .filter_map(|finding| self.filed_for(finding))
            .flat_map(|part| part.must.iter().chain(&part.one_of).chain(&part.recommended))
            .map(|paper| paper.index())
            .collect();
        let mut duties = Vec::new();
        let mut recommended = Vec::new();
        for (_, id, duty) in rulebook.employer.duties.iter() {
            if !duty.with.is_empty() && duty.with.iter().all(|paper| !papers.contains(&paper.index())) {
                continue;
            }
            let line = DutyLine {
                id: id.to_owned(),
                says: self.wording.owned(duty.says),
                certainty: self.wording.certainty(duty.certainty),
                sources: marks(&duty.sources),
            };
            if duty.must { duties.push(line) } else { recommended.push(line) }
        }
        // What an office's card says to the person is nothing for the Träger.
        let card = |office| OfficeCard { because: None, not_this: None, note: None, ..self.office_card(office) };
        let ask = self.facts.offices(rulebook, &rulebook.employer.ask);
        EmployerPage {
            answers: Answers::default(),
            since: None,
            states: self.states(),
            roles: self.employer_roles(),
            duties,
            recommended,
            ask: ask.into_iter().map(card).collect(),
            sources: Vec::new(),
        }
    }

    /// The roles that go through the Träger's file.
    pub fn employer_roles(&self) -> Vec<EmployerRole> {
        self.ways.iter().filter_map(|finding| Some(self.role(finding, self.filed_for(finding)?))).collect()
    }

    /// What the person states. What they want is a wish, and shows nothing.
    fn states(&self) -> Vec<AnswerLine> {
        let stated = self.wording.answers.iter().map(|(question, _)| question);
        stated
            .filter(|question| self.rulebook().goals != Some(*question))
            .map(|question| self.answer(question))
            .collect()
    }

    fn role(&self, finding: &Finding<'_>, part: &EmployerPart) -> EmployerRole {
        let rulebook = self.rulebook();
        let Way { id, standing_text, decided_by, roles, certainty, basis, german, .. } = self.way(finding);
        let agreed_by = outcome(rulebook, finding).agreed_by.map(|decider| self.decider(decider));
        let mut must = self.filed(&part.must);
        let mut one_of = self.filed(&part.one_of);
        // Where one alone can be had, there is nothing to choose.
        if one_of.len() == 1 {
            must.splice(..0, one_of.drain(..));
        }
        EmployerRole {
            id,
            role: self.wording.owned(part.role),
            under: self.wording.maybe(part.under),
            provision: self.wording.about_answers(part.provision),
            standing_text,
            decided_by,
            agreed_by,
            roles,
            certainty,
            basis,
            german,
            must,
            one_of,
            recommended: self.filed(&part.recommended),
            anabin: part.anabin && part.one_of.iter().any(|paper| self.is_looked_up(*paper)),
        }
    }

    /// Whether it is a print that nothing rules out yet: with a statement of the ZAB there is nothing to look up.
    fn is_looked_up(&self, paper: Id<Paper>) -> bool {
        let paper = &self.rulebook().papers[paper];
        paper.form == PaperForm::Print && !paper.unless.holds(|fact| self.facts.get(fact))
    }

    /// Whether nothing rules the paper out that stays as it is, such as what somebody learned.
    fn can_come_to_have(&self, paper: Id<Paper>) -> bool {
        let rulebook = self.rulebook();
        let changes = |fact| matches!(fact, Fact::Question(id) if rulebook.questions[id].changeable.is_some());
        !rulebook.papers[paper]
            .unless
            .holds(|fact| if changes(fact) { ValueSet::default() } else { self.facts.get(fact) })
    }

    /// The papers for the file that the person has or that a step can bring.
    fn filed(&self, papers: &[Id<Paper>]) -> Vec<FiledPaper> {
        let form = |paper: Id<Paper>| self.wording.form(self.rulebook().papers[paper].form);
        let papers = papers.iter().filter(|paper| self.can_come_to_have(**paper));
        papers.map(|paper| FiledPaper { paper: self.paper_name(*paper), form: form(*paper) }).collect()
    }
}

impl<'a> EmployerFile<'a> {
    /// The page of a sheet as a document of its own, with the code that leads to it again.
    pub fn of(sheet: &'a Sheet, page: &'a EmployerPage, code: String) -> Self {
        Self {
            lang: &sheet.lang,
            fallen_back: Vec::new(),
            date: sheet.date,
            rulebook: &sheet.rulebook,
            version: &sheet.version,
            knowledge_date: &sheet.knowledge_date,
            knowledge_day: sheet.knowledge_day,
            code,
            page,
        }
    }
}
