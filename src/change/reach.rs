//! From what differs to what is told: each cause with the ways, the answer sets and the people by name that it touches.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use jiff::civil::Date;

use super::both::{Both, Day, Set, at_the_desk};
use super::entries::entries;
use super::flow::{Met, flow, roots};
use super::pairs::Pairs;
use super::texts::texts;
use super::told::{CaseChange, Cause, Change, Kind, Named, Omitted, Reach, Share, Trait, Way, What};
use super::who::{conditions, facts_below, facts_of, features};
use crate::rulebook::{Case, Id, OfficeRef, Rulebook, ValueSet};
use crate::terms;

/// Somebody who is looked at by name: a Musterfall, or a line of a file.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id of the Musterfall, or where the line stands.
    pub case: String,
    /// About the person.
    pub title: String,
    /// Ids of questions with the ids of the options chosen; what is left out is unknown.
    pub answers: Vec<(String, Vec<String>)>,
    /// The day they are looked at; otherwise that of the comparison.
    pub date: Option<Date>,
}

/// The Musterfälle of both versions.
pub fn cases(old: &Rulebook, new: &Rulebook) -> Vec<Person> {
    let of = |rulebook: &Rulebook| -> Vec<Person> {
        let person = |(_, name, case): (_, &str, &Case)| {
            let words = |(id, values): (&Id<_>, &ValueSet)| {
                let options = &rulebook.questions[*id].options;
                let chosen = values.iter().map(|at| options.name(Id::new(at)).to_owned()).collect();
                (rulebook.questions.name(*id).to_owned(), chosen)
            };
            Person {
                case: name.to_owned(),
                title: case.title.clone(),
                answers: case.answers.iter().map(words).collect(),
                date: case.date,
            }
        };
        rulebook.cases.iter().map(person).collect()
    };
    let mut people = of(new);
    people.extend(of(old).into_iter().filter(|person| new.cases.id(&person.case).is_none()));
    people
}

/// Compares two versions of the rules on a day and on every later day on which something begins or ends, and says whom of
/// some people by name it touches.
pub fn compare(old: &Rulebook, new: &Rulebook, date: Date, people: &[Person]) -> Change {
    let pairs = Pairs::of(old, new);
    let desk = [at_the_desk(old), at_the_desk(new)];
    let mut both = Both::of(&pairs, [&desk[0], &desk[1]]);
    let dates = both.days(date);
    let days = dates.iter().map(|date| both.read(*date)).collect();
    let mut comparison = Comparison { pairs, both, days, people: Vec::new(), omitted: BTreeSet::new() };
    comparison.people = people.iter().map(|person| comparison.person(person)).collect();
    comparison.change(people)
}

struct Comparison<'a> {
    pairs: Pairs<'a>,
    both: Both<'a>,
    days: Vec<Day<'a>>,
    /// The answer set of each person, and the position of their day.
    people: Vec<(Vec<bool>, usize)>,
    omitted: BTreeSet<Omitted>,
}

/// A cause while it is put together: sets by the position of the day.
struct Draft {
    what: What,
    sets: BTreeMap<usize, Vec<Set>>,
    ways: BTreeSet<(usize, usize)>,
    who: (Vec<Vec<Trait>>, bool),
    follows_from: Option<usize>,
}

impl<'a> Comparison<'a> {
    fn person(&self, person: &Person) -> (Vec<bool>, usize) {
        let mut answers: HashMap<usize, ValueSet> = HashMap::new();
        for (question, options) in &person.answers {
            for side in [1, 0] {
                let questions = &self.pairs.sides[side].questions;
                let Some(id) = questions.id(question) else { continue };
                let at = self.pairs.questions.at(side, id);
                let known = options.iter().filter_map(|option| questions[id].options.id(option));
                let chosen: ValueSet = known.map(|option| self.pairs.options[at].at(side, option)).collect();
                let all = answers.entry(at).or_default();
                *all = all.or(&chosen);
            }
        }
        answers.retain(|_, chosen| !chosen.is_empty());
        let day = person.date.and_then(|date| self.days.iter().rposition(|day| day.date <= date)).unwrap_or(0);
        (self.both.person(&answers), day)
    }

    fn change(mut self, people: &[Person]) -> Change {
        let mut drafts = self.flows();
        let mut known: Vec<(Named, bool)> = Vec::new();
        for draft in &drafts {
            match &draft.what {
                What::Step { step, added } => known.push((step.clone(), *added)),
                What::Basis { source, added } => known.push((source.clone(), *added)),
                What::Office { before, after } => {
                    known.extend(before.iter().map(|office| (office.clone(), false)));
                    known.extend(after.iter().map(|office| (office.clone(), true)));
                }
                _ => {}
            }
        }
        for what in entries(&self.pairs) {
            // An entry that came and stands on ways that were there is told as that.
            if matches!(&what, What::Entry { entry, added } if known.contains(&(entry.clone(), *added))) {
                continue;
            }
            drafts.push(self.standing(what));
        }
        let (weighing, reworded) = texts(&self.pairs)
            .into_iter()
            .partition::<Vec<_>, _>(|text| !text.weighs.is_empty() || text.before.is_none() || text.after.is_none());
        for text in weighing {
            drafts.push(self.standing(What::Text(text)));
        }
        let noticed =
            drafts.iter().filter(|draft| is_seen(&draft.what)).filter_map(|draft| draft.sets.get(&0)).flatten();
        let noticed: Vec<Set> = noticed.copied().collect();
        let affected = self.both.union(noticed).map(|set| self.both.share(set));
        if affected.is_none() {
            self.omitted.insert(Omitted::Affected);
        }
        let causes = self.causes(drafts);
        let touched = |at: usize| -> Vec<usize> {
            causes.iter().enumerate().filter(|(_, cause)| cause.reach.cases.contains(&at)).map(|(at, _)| at).collect()
        };
        let cases = people.iter().enumerate().map(|(at, person)| CaseChange {
            case: person.case.clone(),
            title: person.title.clone(),
            causes: touched(at),
        });
        let cases = cases.filter(|case| !case.causes.is_empty()).collect();
        let [old, new] = self.pairs.sides;
        Change {
            before: old.version.clone(),
            after: new.version.clone(),
            date: terms::Day(self.days.first().map(|day| day.date).unwrap_or_default()),
            affected,
            causes,
            reworded,
            cases,
            cases_in_all: people.len(),
            renamed: self.pairs.renamed(),
            nodes: self.both.nodes(),
            omitted: self.omitted.into_iter().collect(),
        }
    }

    /// What follows from answers: differences of ways, and what lies behind them.
    fn flows(&mut self) -> Vec<Draft> {
        let met = flow(&self.pairs, &mut self.both, &mut self.days);
        let mut drafts: Vec<Draft> = Vec::new();
        let first = roots(&self.pairs, &mut self.both, &mut self.days[0]);
        for (root, set) in &first {
            // That a fact follows differently is worth telling only for what follows from it.
            if !matches!(root, What::Fact { .. }) {
                self.place(&mut drafts, root, 0, *set);
            }
        }
        let mut behind: HashMap<usize, Vec<(What, Set)>> = HashMap::from([(0, first)]);
        for Met { what, days, ways } in met {
            let at = |date: Date| self.days.iter().position(|day| day.date == date).unwrap_or(0);
            let sets: BTreeMap<usize, Vec<Set>> = days.into_iter().map(|(date, here)| (at(date), here)).collect();
            let mut follows_from = None;
            if let Some((day, here)) = sets.iter().next()
                && !matches!(what, What::Pathway { .. } | What::Rows { .. })
            {
                let roots =
                    behind.entry(*day).or_insert_with(|| roots(&self.pairs, &mut self.both, &mut self.days[*day]));
                let behind_it = |(_, set): &&(What, Set)| here.iter().all(|here| self.both.within(*here, *set));
                if let Some((root, set)) = roots.iter().find(behind_it).cloned() {
                    follows_from = Some(self.place(&mut drafts, &root, *day, set));
                }
            }
            let who = self.who(&what, &sets, &ways);
            drafts.push(Draft { what, sets, ways, who, follows_from });
        }
        drafts
    }

    /// The place of what lies behind others, which is told for whom it holds.
    fn place(&mut self, drafts: &mut Vec<Draft>, root: &What, day: usize, set: Set) -> usize {
        if let Some(known) = drafts.iter().position(|draft| draft.what == *root) {
            return known;
        }
        let pairs = &self.pairs;
        let (side, facts) = match root {
            What::Fact { fact } => {
                pairs.facts.named(fact.key.0).map(|(side, id)| (side, facts_below(pairs.sides[side], id)))
            }
            What::Asked { question } => pairs.questions.named(question.key.0).map(|(side, id)| {
                (side, pairs.sides[side].questions[id].asked_if.iter().map(|condition| condition.fact).collect())
            }),
            _ => None,
        }
        .unwrap_or_default();
        let mut who = Default::default();
        if !facts.is_empty() {
            let features = features(pairs, &mut self.both, &mut self.days[day], side, facts);
            who = conditions(&mut self.both, &features, set, Set::ALL);
        }
        let sets = BTreeMap::from([(day, vec![set])]);
        drafts.push(Draft { what: root.clone(), sets, ways: BTreeSet::new(), who, follows_from: None });
        drafts.len() - 1
    }

    /// For whom, where that is one pathway's or one office's affair.
    fn who(
        &mut self,
        what: &What,
        sets: &BTreeMap<usize, Vec<Set>>,
        ways: &BTreeSet<(usize, usize)>,
    ) -> (Vec<Vec<Trait>>, bool) {
        let Some((day, here)) = sets.iter().next() else { return Default::default() };
        let Some(set) = self.both.union(here.iter().copied()) else { return (Vec::new(), true) };
        let pathways: BTreeSet<usize> = ways.iter().map(|(pathway, _)| *pathway).collect();
        let (pairs, both, day) = (&self.pairs, &mut self.both, &mut self.days[*day]);
        let mut among = Set::ALL;
        let (side, facts) = match what {
            What::Rows { .. } => return Default::default(),
            What::Office { before, after } => {
                // The ways are told apart from this; here only which of the people on them are meant.
                let mut on_them = Vec::new();
                for (id, read) in pairs.sides[1].pathways.ids().zip(&day.ways[1]) {
                    let at = pairs.pathways.at(1, id);
                    let own =
                        read.iter().filter(|way| ways.contains(&(at, pairs.outcome_at(1, id, way.brings.outcome))));
                    on_them.extend(own.map(|way| way.set));
                }
                among = both.union(on_them).unwrap_or(Set::ALL);
                (1, pairs.facts_that_name([before, after]))
            }
            _ => match pathways.first().filter(|_| pathways.len() == 1).and_then(|at| pairs.pathways.named(*at)) {
                Some((side, id)) => (side, facts_of(pairs.sides[side], id)),
                None => return Default::default(),
            },
        };
        let features = features(pairs, both, day, side, facts);
        conditions(both, &features, set, among)
    }

    /// A change of an entry itself: where the entry stands, on the first day on which it does, and for those who are
    /// looked at on another day.
    fn standing(&mut self, what: What) -> Draft {
        let mut draft =
            Draft { what, sets: BTreeMap::new(), ways: BTreeSet::new(), who: Default::default(), follows_from: None };
        let (entry, side) = match &draft.what {
            What::Entry { entry, added } => (entry.clone(), usize::from(*added)),
            What::Aspect { entry, .. } => (entry.clone(), 1),
            What::Text(text) => (text.entry.clone(), usize::from(text.after.is_some())),
            _ => return draft,
        };
        let other_days: BTreeSet<usize> = self.people.iter().map(|(_, day)| *day).collect();
        for day in 0..self.days.len() {
            if draft.sets.is_empty() || other_days.contains(&day) {
                let (sets, ways) = self.stands_on(&entry, side, day);
                if !sets.is_empty() {
                    draft.sets.insert(day, sets);
                    draft.ways.extend(ways);
                }
            }
        }
        draft
    }

    /// The ways of one version on which an entry stands.
    fn stands_on(&mut self, entry: &Named, side: usize, day: usize) -> (Vec<Set>, BTreeSet<(usize, usize)>) {
        let (pairs, both, day) = (&self.pairs, &mut self.both, &mut self.days[day]);
        let rulebook = pairs.sides[side];
        let (mut sets, mut found) = (Vec::new(), BTreeSet::new());
        let mut shown: HashMap<Vec<OfficeRef>, Set> = HashMap::new();
        for (id, _, pathway) in rulebook.pathways.iter() {
            let at = pairs.pathways.at(side, id);
            for way in Rc::clone(&day.ways[side][id.index()]).iter() {
                let brings = &way.brings;
                let outcome = &pathway.outcomes[brings.outcome];
                let steps = || brings.steps.iter().map(|step| &rulebook.steps[*step]);
                let here = match entry.kind {
                    Kind::Pathway => entry.key.0 == at,
                    Kind::Outcome => entry.key == (at, pairs.outcome_at(side, id, brings.outcome)),
                    Kind::Step => brings.steps.iter().any(|step| pairs.steps.at(side, *step) == entry.key.0),
                    Kind::Paper => {
                        let page = outcome.employer.iter();
                        let page = page.flat_map(|part| part.must.iter().chain(&part.one_of).chain(&part.recommended));
                        let all = steps().flat_map(|step| &step.bring).chain(page);
                        all.into_iter().any(|paper| pairs.papers.at(side, *paper) == entry.key.0)
                    }
                    Kind::Source => {
                        let all = steps().flat_map(|step| &step.sources).chain(&brings.basis);
                        all.into_iter().any(|source| pairs.sources.at(side, *source) == entry.key.0)
                    }
                    Kind::Decider => {
                        let named =
                            [Some(outcome.decided_by), outcome.applied_for_by, outcome.agreed_by, outcome.advised_by];
                        named.into_iter().flatten().any(|decider| pairs.deciders.at(side, decider) == entry.key.0)
                    }
                    Kind::Office => pairs.offices.pair(entry.key.0)[side].is_some(),
                    _ => false,
                };
                if !here {
                    continue;
                }
                let mut set = way.set;
                if entry.kind == Kind::Office
                    && let Some(office) = pairs.offices.pair(entry.key.0)[side]
                {
                    let there = match shown.get(&brings.offices) {
                        Some(known) => *known,
                        None => {
                            let there = both.shown(day, side, office, &brings.offices);
                            shown.insert(brings.offices.clone(), there);
                            there
                        }
                    };
                    set = both.and(set, there);
                }
                if set != Set::NONE {
                    sets.push(set);
                    found.insert((at, pairs.outcome_at(side, id, brings.outcome)));
                }
            }
        }
        (sets, found)
    }

    /// Drafts in the order of what weighs most, each followed by what follows from it.
    fn causes(&mut self, drafts: Vec<Draft>) -> Vec<Cause> {
        let reaches: Vec<Reach> = drafts.iter().map(|draft| self.reach(draft)).collect();
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        let weight = |at: &usize| {
            let share = reaches[*at].answer_sets.map_or(0.0, Share::value);
            (rank(&drafts[*at].what), (share * -1e12) as i64)
        };
        order.sort_by_key(weight);
        let tops: Vec<usize> = order.iter().copied().filter(|at| drafts[*at].follows_from.is_none()).collect();
        let mut sorted: Vec<usize> = Vec::new();
        for top in tops {
            sorted.push(top);
            sorted.extend(order.iter().copied().filter(|at| drafts[*at].follows_from == Some(top)));
        }
        let place: HashMap<usize, usize> = sorted.iter().enumerate().map(|(to, from)| (*from, to)).collect();
        let mut all: Vec<Option<(Draft, Reach)>> = drafts.into_iter().zip(reaches).map(Some).collect();
        let cause = |at: usize| {
            let (draft, reach) = all[at].take()?;
            let follows_from = draft.follows_from.and_then(|root| place.get(&root).copied());
            Some(Cause { what: draft.what, follows_from, reach })
        };
        sorted.into_iter().filter_map(cause).collect()
    }

    fn reach(&mut self, draft: &Draft) -> Reach {
        let (first, last) = (draft.sets.keys().next().copied(), draft.sets.keys().next_back().copied());
        let lasting = matches!(draft.what, What::Entry { .. } | What::Aspect { .. } | What::Text(_))
            || matches!(draft.what, What::Fact { .. } | What::Choice { .. } | What::Asked { .. });
        let over = last.filter(|_| !lasting).and_then(|last| self.days.get(last + 1)).map(|day| day.date);
        let here = first.map(|first| draft.sets[&first].clone()).unwrap_or_default();
        let union = self.both.union(here);
        if union.is_none() {
            self.omitted.insert(Omitted::SomeCauses);
        }
        let answer_sets = union.filter(|set| *set != Set::NONE).map(|set| self.both.share(set));
        let mut ways: Vec<Way> = Vec::new();
        for (pathway, outcome) in &draft.ways {
            let (pathway, outcome) = (self.pairs.pathway(*pathway), self.pairs.outcome(*pathway, *outcome));
            match ways.last_mut().filter(|way| way.pathway == pathway) {
                Some(way) => way.outcomes.push(outcome),
                None => ways.push(Way { pathway, outcomes: vec![outcome] }),
            }
        }
        let cases = (0..self.people.len()).filter(|at| is_seen(&draft.what) && self.touches(draft, *at)).collect();
        Reach {
            from: first.filter(|first| *first > 0).map(|first| terms::Day(self.days[first].date)),
            until: over.and_then(|day| day.yesterday().ok()).map(terms::Day),
            answer_sets,
            ways,
            cases,
            who: draft.who.0.clone(),
            and_others: draft.who.1,
        }
    }

    fn touches(&self, draft: &Draft, person: usize) -> bool {
        let (person, day) = &self.people[person];
        draft.sets.get(day).is_some_and(|sets| sets.iter().any(|set| self.both.has(*set, person)))
    }
}

/// Whether people can see it on their sheet. What lies behind differences is seen by what follows from it.
fn is_seen(what: &What) -> bool {
    match what {
        What::Aspect { aspect, .. } => !aspect.is_how_it_is_known(),
        What::Rows { .. } | What::Fact { .. } | What::Choice { .. } | What::Asked { .. } => false,
        _ => true,
    }
}

/// What is told first.
fn rank(what: &What) -> u8 {
    match what {
        What::Pathway { .. } => 0,
        What::Choice { .. } | What::Asked { .. } | What::Fact { .. } => 1,
        What::Outcome { .. } => 2,
        What::Aspect { entry, .. } if matches!(entry.kind, Kind::Outcome | Kind::Pathway) => 3,
        What::Certainty { .. } => 4,
        What::Office { .. } => 5,
        What::Step { .. } | What::Order { .. } => 6,
        What::Aspect { entry, .. } if entry.kind == Kind::Step => 7,
        What::Text(_) => 8,
        What::Basis { .. } => 9,
        What::Entry { .. } => 10,
        What::Aspect { .. } => 11,
        What::Rows { .. } => 12,
    }
}
