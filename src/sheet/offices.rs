//! Offices and advice points: which of them, why, and how to reach them.

use indexmap::IndexSet;

use super::composer::{Composer, FIRST_STEPS, marks};
use super::model::{Named, OfficeCard};
use super::standings::{concern, outcome};
use crate::interview::{Office, offices};
use crate::rulebook::{Authority, Id, OfficeRef};

impl Composer<'_> {
    pub fn office_names(&self, references: &[OfficeRef]) -> Vec<Named> {
        let found = offices(self.rulebook(), self.wording.answers, self.date, references);
        let named = |office: Office| Named {
            id: self.rulebook().authorities.name(office.authority).to_owned(),
            text: self.office_name(office),
        };
        found.into_iter().map(named).collect()
    }

    fn office_name(&self, office: Office) -> String {
        let entry = &self.rulebook().authorities[office.authority];
        match entry.unit {
            Some(unit) => format!("{}, {}", self.wording.say(entry.name), self.wording.say(unit)),
            None => self.wording.owned(entry.name),
        }
    }

    /// The offices that steps and ways name. Foremost are the first that each way names and the free advice, unless a
    /// first step says already how to reach them.
    pub fn contacts(&self) -> Vec<OfficeCard> {
        let (rulebook, answers, date) = (self.rulebook(), self.wording.answers, self.date);
        let steps = self.steps.iter().take(FIRST_STEPS);
        let first: Vec<Office> =
            steps.flat_map(|step| offices(rulebook, answers, date, &rulebook.steps[*step].contact)).collect();
        let said = |id: Id<Authority>| first.iter().any(|office| office.authority == id);
        let mut foremost: IndexSet<Id<Authority>> = IndexSet::new();
        for finding in self.ways.iter().filter(|finding| concern(rulebook, finding).is_way()) {
            let ask = offices(rulebook, answers, date, &outcome(rulebook, finding).ask);
            foremost.extend(ask.first().map(|office| office.authority));
        }
        let mut offices: Vec<Office> = Vec::new();
        for office in self.ways.iter().flat_map(|finding| &finding.offices) {
            match offices.iter_mut().find(|known| known.authority == office.authority) {
                Some(known) => known.because = known.because.or(office.because),
                None => offices.push(*office),
            }
        }
        // Advice that costs nothing is always within reach.
        let free = |office: &&Office| rulebook.authorities[office.authority].free;
        foremost.extend(offices.iter().find(free).map(|office| office.authority));
        let card = |office: Office| OfficeCard {
            foremost: foremost.contains(&office.authority) && !said(office.authority),
            ..self.office_card(office)
        };
        offices.into_iter().map(card).collect()
    }

    pub fn office_card(&self, office: Office) -> OfficeCard {
        let rulebook = self.rulebook();
        let entry = &rulebook.authorities[office.authority];
        let fact = office.because.and_then(|fact| rulebook.facts[fact].offices.as_ref());
        OfficeCard {
            id: rulebook.authorities.name(office.authority).to_owned(),
            name: self.wording.owned(entry.name),
            unit: self.wording.maybe(entry.unit),
            role: self.wording.owned(entry.role),
            because: fact.map(|fact| self.wording.about_answers(fact.because)),
            not_this: fact.and_then(|fact| self.wording.maybe(fact.not_this)),
            post: entry.post.clone(),
            phone: entry.phone.clone(),
            email: entry.email.clone(),
            url: entry.url.clone(),
            note: self.wording.maybe(entry.note),
            find: self.wording.maybe(entry.find),
            free: entry.free,
            foremost: true,
            sources: marks(&entry.sources),
        }
    }
}
