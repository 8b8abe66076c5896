//! What a sheet says of ways, steps, papers and offices, without how it is laid out: what two sheets are compared by.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::interview::{Answers, Evaluation, Finding, findings};
use crate::language::{Joins, Lang};
use crate::rulebook::Rulebook;
use crate::sheet::{Composer, EmployerRole, Mark, OfficeCard, PaperLine, StepCard, Way, Wording};

/// A day, and what holds on it.
pub type Known<'e, 'r> = (Date, Cow<'e, Evaluation<'r>>);

/// What a sheet says, in data.
pub struct Gist<'r> {
    rulebook: &'r Rulebook,
    lang: &'r Lang,
    pub ways: Vec<Way>,
    pub steps: Vec<StepCard>,
    pub papers: Vec<PaperLine>,
    pub offices: Vec<OfficeCard>,
    /// What the Träger files for a way.
    pub roles: Vec<EmployerRole>,
}

impl<'r> Gist<'r> {
    /// What the sheet for these answers says on a day.
    pub fn of(rulebook: &'r Rulebook, answers: &Answers, date: Date, lang: &'r Lang) -> Self {
        let evaluation = findings(rulebook, answers, date);
        Self::whole(rulebook, lang, &Composer::new(Wording { rulebook, lang, answers }, &evaluation, date))
    }

    /// All that a sheet says.
    fn whole(rulebook: &'r Rulebook, lang: &'r Lang, composer: &Composer<'_>) -> Self {
        Self {
            rulebook,
            lang,
            ways: composer.ways.iter().map(|finding| composer.way(finding)).collect(),
            steps: composer.step_cards(0, usize::MAX),
            papers: composer.papers(),
            offices: composer.contacts(),
            roles: composer.employer_roles(),
        }
    }

    /// In what the sheets for these answers may differ on two days under the same rules. Where nothing that is known of the
    /// person changes, the same finding makes the same way, a step says what it said, and so does an office; papers are
    /// those of the steps. That is left out, wordings aside, for most of a sheet never changes.
    pub fn of_two_days(wording: Wording<'r>, days: [&Known<'_, '_>; 2]) -> [Self; 2] {
        let Wording { rulebook, lang, .. } = wording;
        let [old, new] = days.map(|(day, found)| Composer::new(wording, found, *day));
        let same_page = old.has_employer_page() == new.has_employer_page();
        if old.facts != new.facts || !same_page {
            return [old, new].map(|composer| Self::whole(rulebook, lang, &composer));
        }
        let same_steps = old.steps == new.steps;
        [(&old, &new), (&new, &old)].map(|(here, there)| {
            let ways = here.ways.iter().filter(|way| !there.ways.iter().any(|other| same(other, way)));
            let ways: Vec<Way> = ways.map(|finding| here.way(finding)).collect();
            let steps = (0..here.steps.len()).filter(|at| !there.steps.contains(&here.steps[*at]));
            Self {
                rulebook,
                lang,
                roles: if ways.is_empty() { Vec::new() } else { here.employer_roles() },
                ways,
                steps: steps.flat_map(|at| here.step_cards(at, at + 1)).collect(),
                papers: if same_steps { Vec::new() } else { here.papers() },
                offices: Vec::new(),
            }
        })
    }

    /// Whether these rules know an outcome, written `pathway/outcome`, said or not.
    pub fn knows(&self, outcome: &str) -> bool {
        let rulebook = self.rulebook;
        outcome.split_once('/').is_some_and(|(pathway, outcome)| {
            rulebook.pathways.id(pathway).is_some_and(|id| rulebook.pathways[id].outcomes.id(outcome).is_some())
        })
    }

    /// How the words of the sheet are put side by side.
    pub fn joins(&self) -> Joins<'r> {
        self.rulebook.joins(self.lang)
    }

    /// The ids of sources.
    pub fn sources(&self, marks: &[Mark]) -> Vec<String> {
        marks.iter().map(|mark| self.rulebook.sources.name(mark.source).to_owned()).collect()
    }
}

/// Whether two findings say the same, whatever led to them.
pub fn same(old: &Finding<'_>, new: &Finding<'_>) -> bool {
    (old.pathway, old.outcome, old.certainty, old.valid) == (new.pathway, new.outcome, new.certainty, new.valid)
        && (&old.rows, &old.basis, &old.steps, &old.offices) == (&new.rows, &new.basis, &new.steps, &new.offices)
}
