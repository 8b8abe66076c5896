//! Offices and advice points: which of them, why, and how to reach them.

use indexmap::IndexSet;

use super::composer::{Composer, marks};
use super::model::{Named, OfficeCard};
use super::standings::outcome;
use super::wording::day;
use crate::interview::{Finding, Office};
use crate::language::marked;
use crate::rulebook::{Authority, Decider, Id, LocalOffice, OfficeRef, Place, Step};
use crate::terms::Day;

/// How many offices a reader takes in.
const MOST_OFFICES: usize = 8;

/// How many of them may be only where the person lives; whatever else there is stands on a long print.
const MOST_ONLY_HERE: usize = 3;

/// How many of one step.
const OF_ONE_STEP: usize = 2;

impl Composer<'_> {
    pub fn office_names(&self, references: &[OfficeRef]) -> Vec<Named> {
        self.facts.offices(self.rulebook(), references).into_iter().map(|office| self.office_named(office)).collect()
    }

    pub fn office_named(&self, office: Office) -> Named {
        Named { id: self.rulebook().authorities.name(office.authority).to_owned(), text: self.office_name(office) }
    }

    /// Who decides: by the office's own name where it is known which one, or else in general.
    pub fn decider(&self, id: Id<Decider>) -> Named {
        let rulebook = self.rulebook();
        let text = match self.facts.offices(rulebook, &rulebook.deciders[id].office)[..] {
            [office] => self.office_name(office),
            _ => self.wording.owned(rulebook.deciders[id].name),
        };
        Named { id: rulebook.deciders.name(id).to_owned(), text }
    }

    fn office_name(&self, office: Office) -> String {
        if let Some(here) = self.known_here(office.authority) {
            return self.wording.name(&here.name);
        }
        self.full_name(&self.rulebook().authorities[office.authority])
    }

    /// Name and department, in this order in every language.
    fn full_name(&self, office: &Authority) -> String {
        // Only an office that is one of many has a name in the reader's language, and none of these has departments.
        let Some(unit) = office.unit else { return self.wording.owned(office.name) };
        marked::as_one(self.wording.joins().in_german().list([office.name, unit].map(|text| self.wording.say(text))))
    }

    /// The offices that steps and ways name; foremost are the few that this person turns to.
    pub fn contacts(&self) -> Vec<OfficeCard> {
        let mut offices: Vec<Office> = Vec::new();
        for office in self.references().flat_map(|references| self.facts.offices(self.rulebook(), references)) {
            match offices.iter_mut().find(|known| known.authority == office.authority) {
                Some(known) => known.because = known.because.or(office.because),
                None => offices.push(office),
            }
        }
        // Whoever may ask for free advice may ask for it around the corner.
        let free = |office: &Office| self.rulebook().authorities[office.authority].free;
        let only_here = if offices.iter().any(free) { self.only_here() } else { Vec::new() };
        let told_here = only_here.iter().filter(|card| card.foremost).count();
        let foremost = self.foremost_offices(&offices, MOST_OFFICES - told_here);
        let card =
            |office: Office| OfficeCard { foremost: foremost.contains(&office.authority), ..self.office_card(office) };
        offices.into_iter().map(card).chain(only_here).collect()
    }

    /// Whom the ways and their steps name, and last the steps that stand in the place of others. A step that an answer rules
    /// out is not on the sheet, and nor is its office.
    fn references(&self) -> impl Iterator<Item = &[OfficeRef]> {
        let rulebook = self.rulebook();
        let contact = |step: &Id<Step>| rulebook.steps[*step].contact.as_slice();
        let of_way = move |finding: &&Finding<'_>| {
            let steps = finding.steps.iter().filter(|step| self.steps.contains(step)).map(contact);
            steps.chain([outcome(rulebook, finding).ask.as_slice()]).collect::<Vec<_>>()
        };
        self.ways.iter().flat_map(of_way).chain(self.steps.iter().map(contact))
    }

    /// Those of the first steps, those that decide for this person, those of the place, those whom the foremost ways name, and
    /// free advice.
    fn foremost_offices(&self, all: &[Office], most: usize) -> IndexSet<Id<Authority>> {
        let rulebook = self.rulebook();
        let some = |references: &[OfficeRef], most: usize| -> Vec<Id<Authority>> {
            let mut found = self.facts.offices(self.rulebook(), references);
            found.sort_by_key(|office| rulebook.authorities[office.authority].phone.is_none());
            found.into_iter().take(most).map(|office| office.authority).collect()
        };
        let mut foremost: IndexSet<Id<Authority>> = IndexSet::new();
        for step in &self.steps[..self.first] {
            foremost.extend(some(&rulebook.steps[*step].contact, OF_ONE_STEP));
        }
        // An office that was looked up for this person is one that decides, unless it advises or the place has one of its own.
        let advises = |office: &&Office| rulebook.authorities[office.authority].free;
        let because = || all.iter().filter(|office| office.because.is_some());
        let here = |office: &&Office| self.known_here(office.authority);
        let decides = because().filter(|office| here(office).is_none() && !advises(office));
        foremost.extend(decides.map(|office| office.authority));
        // Whoever writes down when an office of the place is open means people to go there.
        let open_here = |office: &&Office| here(office).is_some_and(|here| here.hours.is_some());
        foremost.extend(all.iter().filter(open_here).map(|office| office.authority));
        let needed = foremost.len();
        foremost.extend(because().filter(|office| here(office).is_some()).map(|office| office.authority));
        for finding in self.foremost_ways() {
            foremost.extend(some(&outcome(rulebook, finding).ask, 1));
        }
        foremost.extend(all.iter().map(|office| office.authority).find(|id| rulebook.authorities[*id].free));
        // Advice around the corner takes nobody's place who decides.
        foremost.truncate(most.max(needed.min(MOST_OFFICES)));
        foremost
    }

    /// What there is where the person lives, as far as that is said.
    fn here(&self) -> Option<&Place> {
        let places = &self.rulebook().local.places;
        let answers = self.wording.answers;
        answers.iter().find_map(|(question, values)| places.get(&(question, values.iter().next()?)))
    }

    /// What is known of an office where the person lives.
    fn known_here(&self, office: Id<Authority>) -> Option<&LocalOffice> {
        self.here()?.offices.get(&office)
    }

    /// An office as it is where the person lives.
    pub fn office_card(&self, office: Office) -> OfficeCard {
        let card = self.general_card(office);
        match self.known_here(office.authority) {
            Some(here) => self.local_card(card, here),
            None => card,
        }
    }

    /// Advice and courses that are only where the person lives.
    fn only_here(&self) -> Vec<OfficeCard> {
        let others = self.here().into_iter().flat_map(|place| &place.others);
        let card = |(at, (id, here)): (usize, (&String, &LocalOffice))| {
            let card = OfficeCard {
                id: id.clone(),
                foremost: at < MOST_ONLY_HERE,
                only_here: true,
                role: self.wording.maybe(here.role).unwrap_or_default(),
                ..OfficeCard::default()
            };
            self.local_card(card, here)
        };
        others.enumerate().map(card).collect()
    }

    /// What is known of the place, in front of what is true everywhere. Of when that is stands beside it.
    fn local_card(&self, general: OfficeCard, here: &LocalOffice) -> OfficeCard {
        let checked = day(here.checked_on);
        let dated = match here.state {
            Some(state) => self.wording.word_with("sheet.here.dated", &[("state", &day(state)), ("day", &checked)]),
            None => self.wording.word_with("sheet.here.undated", &[("day", &checked)]),
        };
        let hours = self.wording.maybe(here.hours);
        let limited = hours.is_some() || general.note.is_some();
        let says = hours.clone().into_iter().chain(general.note).chain([dated]);
        let mut sources = general.sources;
        sources.extend(marks(&here.sources).into_iter().filter(|mark| !sources.contains(mark)).collect::<Vec<_>>());
        let reached = here.phone.is_some() || here.url.is_some();
        OfficeCard {
            name: self.wording.name(&here.name),
            unit: None,
            full_name: self.wording.name(&here.name),
            role: self.wording.maybe(here.role).unwrap_or(general.role),
            post: here.post.as_deref().map(|post| self.wording.name(post)).or(general.post),
            phone: here.phone.clone().or(general.phone),
            email: here.email.clone().or(general.email),
            url: here.url.clone().or(general.url),
            note: Some(self.wording.joins().sentences(says)),
            limited,
            hours,
            state_day: here.state.map(Day),
            checked_day: Some(Day(here.checked_on)),
            find: general.find.filter(|_| !reached),
            sources,
            ..general
        }
    }

    fn general_card(&self, office: Office) -> OfficeCard {
        let rulebook = self.rulebook();
        let entry = &rulebook.authorities[office.authority];
        let fact = office.because.and_then(|fact| rulebook.facts[fact].offices.as_ref());
        OfficeCard {
            id: rulebook.authorities.name(office.authority).to_owned(),
            name: self.wording.owned(entry.name),
            unit: self.wording.maybe(entry.unit),
            full_name: self.full_name(entry),
            role: self.wording.owned(entry.role),
            because: fact.map(|fact| self.wording.about_answers(fact.because)),
            not_this: fact.and_then(|fact| self.wording.maybe(fact.not_this)),
            post: entry.post.as_deref().map(|post| self.wording.name(post)),
            phone: entry.phone.clone(),
            email: entry.email.clone(),
            url: entry.url.clone(),
            note: self.wording.maybe(entry.note),
            limited: entry.note.is_some(),
            hours: None,
            state_day: None,
            checked_day: None,
            find: self.wording.maybe(entry.find),
            free: entry.free,
            foremost: true,
            only_here: false,
            sources: marks(&entry.sources),
        }
    }
}
