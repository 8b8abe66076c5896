//! The answer first: what is possible, who decides, what to do tomorrow morning.

use indexmap::IndexMap;

use super::composer::Composer;
use super::model::{Named, OfficeCard, Opening, OpeningLine, Reach};
use super::standings::{concern, outcome};
use crate::interview::Finding;
use crate::rulebook::{Condition, Fact, Id, NOBODY, Step};
use crate::terms::Standing;

/// How many ways are told at once.
const FOREMOST_WAYS: usize = 3;

/// How much of what a person brings is said in the opening.
const MOST_BROUGHT: usize = 3;

impl Composer<'_> {
    pub fn opening(&self) -> Opening {
        let mut brings = self.have().lines;
        brings.truncate(MOST_BROUGHT);
        let (tomorrow, reach) = self.tomorrow();
        Opening {
            heading: self.heading("opening"),
            brings,
            lines: self.best_ways().into_iter().map(|(finding, goals)| self.opening_line(finding, goals)).collect(),
            tomorrow_heading: self.wording.word(self.when_to_begin()),
            tomorrow,
            reach,
        }
    }

    /// The few ways that are told at once: the best for each thing the person wants, then the next best.
    pub fn foremost_ways(&self) -> Vec<&Finding<'_>> {
        let mut foremost: Vec<&Finding<'_>> =
            self.best_ways().into_iter().map(|(finding, _)| self.open_or_instead(finding)).collect();
        let open = self.cards().filter(|finding| self.is_open(finding));
        foremost.extend(open);
        let mut seen = Vec::new();
        foremost.retain(|finding| {
            let new = self.is_open(finding) && !seen.contains(&finding.pathway);
            seen.push(finding.pathway);
            new
        });
        foremost.truncate(FOREMOST_WAYS);
        foremost
    }

    pub fn is_open(&self, finding: &Finding<'_>) -> bool {
        let rulebook = self.rulebook();
        concern(rulebook, finding).is_way() && outcome(rulebook, finding).standing != Standing::NotThisWay
    }

    /// The way itself, or if it is closed the best that is open; what goes before all others is said even where it closes.
    fn open_or_instead<'f>(&'f self, finding: &'f Finding<'f>) -> &'f Finding<'f> {
        let open = self.cards().find(|other| self.is_open(other));
        let stays = self.is_open(finding) || self.rulebook().pathways[finding.pathway].leads;
        if stays { finding } else { open.unwrap_or(finding) }
    }

    /// The best way for each thing the person wants, with the words for what is wanted; the best of all where that is open.
    fn best_ways(&self) -> Vec<(&Finding<'_>, Vec<String>)> {
        let rulebook = self.rulebook();
        let ways = || self.cards().filter(|finding| concern(rulebook, finding).is_way());
        let mut best: IndexMap<usize, (&Finding<'_>, Vec<String>)> = IndexMap::new();
        let leading = ways().find(|finding| rulebook.pathways[finding.pathway].leads);
        best.extend(leading.map(|finding| (finding.pathway.index(), (finding, Vec::new()))));
        let wanted = rulebook.goals.and_then(|question| Some((question, self.wording.answers.get(question)?)));
        for (question, goal) in
            wanted.iter().flat_map(|(question, goals)| goals.iter().map(move |goal| (*question, goal)))
        {
            let serves = |finding: &&Finding<'_>| {
                let pathway = &rulebook.pathways[finding.pathway];
                let asks = |condition: &Condition| {
                    condition.fact == Fact::Question(question) && condition.values.contains(goal)
                };
                pathway.when.iter().any(asks)
                    || pathway.serves.iter().any(|(asked, goals)| *asked == question && goals.contains(goal))
            };
            let Some(finding) = ways().find(serves) else { continue };
            let text = self.wording.owned(rulebook.questions[question].options[Id::new(goal)].text);
            best.entry(finding.pathway.index()).or_insert((finding, Vec::new())).1.push(text);
        }
        if best.is_empty() {
            best.extend(ways().next().map(|finding| (finding.pathway.index(), (finding, Vec::new()))));
        }
        best.into_values().collect()
    }

    fn opening_line(&self, wanted: &Finding<'_>, goals: Vec<String>) -> OpeningLine {
        let rulebook = self.rulebook();
        let finding = self.open_or_instead(wanted);
        let outcome = outcome(rulebook, finding);
        let decider = rulebook.deciders.name(outcome.decided_by);
        OpeningLine {
            goals,
            way: finding.id(rulebook),
            says: self.wording.about_answers(outcome.opening.unwrap_or(outcome.title)),
            standing: outcome.standing,
            standing_text: self.wording.standing(outcome.standing),
            decided_by: (decider != NOBODY).then(|| Named {
                id: decider.to_owned(),
                text: self.wording.owned(rulebook.deciders[outcome.decided_by].name),
            }),
            certainty: finding.certainty,
            certainty_text: self.wording.certainty(finding.certainty).text,
            instead_of: (finding.pathway != wanted.pathway).then(|| self.wording.word("sheet.opening.instead")),
        }
    }

    /// A letter with a deadline is read today.
    fn when_to_begin(&self) -> &'static str {
        let steps = &self.rulebook().steps;
        let today = self.steps[..self.first].iter().any(|step| steps[*step].at_once && steps[*step].has_deadline());
        if today { "sheet.opening.today" } else { "sheet.opening.tomorrow" }
    }

    /// The first steps up to the one that leads to somebody, and to whom.
    fn tomorrow(&self) -> (Vec<String>, Option<Reach>) {
        let rulebook = self.rulebook();
        let mut says = Vec::new();
        for id in &self.steps[..self.first] {
            let step = &rulebook.steps[*id];
            let tomorrow = self.paragraph(&step.tomorrow);
            says.push(tomorrow.unwrap_or_else(|| self.wording.owned(step.title)));
            if let Some(reach) = self.reach(*id) {
                return (says, Some(reach));
            }
        }
        says.truncate(1);
        (says, None)
    }

    /// How to reach somebody for a step: by telephone, or else by an address that can be opened.
    fn reach(&self, step: Id<Step>) -> Option<Reach> {
        let rulebook = self.rulebook();
        let found = self.facts.offices(self.rulebook(), &rulebook.steps[step].contact);
        let by_phone = found.iter().find(|office| rulebook.authorities[office.authority].phone.is_some());
        let by_address = || {
            found.iter().find(|office| {
                let entry = &rulebook.authorities[office.authority];
                entry.url.is_some() || entry.email.is_some()
            })
        };
        let office = *by_phone.or_else(by_address)?;
        let OfficeCard { phone, email, url, .. } = self.office_card(office);
        Some(Reach { office: self.office_named(office), phone, email, url })
    }
}
