//! The employer page: what the Träger files to show why a person may be hired for a role.

use super::composer::{Composer, marks};
use super::model::{DutyLine, EmployerPage, EmployerRole, FiledPaper, Way};
use super::standings::outcome;
use crate::interview::Finding;
use crate::rulebook::{EmployerPart, Id, Paper};

impl Composer<'_> {
    /// The page, or nothing if no way of these answers goes through the Träger's file.
    pub fn employer_page(&self) -> Option<EmployerPage> {
        let rulebook = self.rulebook();
        let filed: Vec<(&Finding<'_>, &EmployerPart)> = self
            .ways
            .iter()
            .filter_map(|finding| Some((*finding, outcome(rulebook, finding).employer.as_ref()?)))
            .collect();
        if filed.is_empty() {
            return None;
        }
        let roles = filed.into_iter().map(|(finding, part)| self.role(finding, part)).collect();
        let mut duties = Vec::new();
        let mut recommended = Vec::new();
        for (_, id, duty) in rulebook.employer.duties.iter() {
            let line = DutyLine {
                id: id.to_owned(),
                says: self.wording.owned(duty.says),
                certainty: self.wording.certainty(duty.certainty),
                sources: marks(&duty.sources),
            };
            if duty.must { duties.push(line) } else { recommended.push(line) }
        }
        let ask = self.facts.offices(self.rulebook(), &rulebook.employer.ask);
        let ask = ask.into_iter().map(|office| self.office_card(office)).collect();
        Some(EmployerPage { since: None, states: self.answers(), roles, duties, recommended, ask, sources: Vec::new() })
    }

    fn role(&self, finding: &Finding<'_>, part: &EmployerPart) -> EmployerRole {
        let Way { id, standing_text, decided_by, roles, certainty, basis, german, .. } = self.way(finding);
        EmployerRole {
            id,
            role: self.wording.owned(part.role),
            provision: self.wording.about_answers(part.provision),
            standing_text,
            decided_by,
            roles,
            certainty,
            basis,
            german,
            must: self.filed(&part.must),
            one_of: self.filed(&part.one_of),
            recommended: self.filed(&part.recommended),
            anabin: part.anabin,
        }
    }

    fn filed(&self, papers: &[Id<Paper>]) -> Vec<FiledPaper> {
        let form = |paper: Id<Paper>| self.wording.form(self.rulebook().papers[paper].form);
        papers.iter().map(|paper| FiledPaper { paper: self.paper_name(*paper), form: form(*paper) }).collect()
    }
}
