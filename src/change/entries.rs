//! What changed in entries themselves: their figures, forms, dates and addresses. Texts are looked at apart.

use indexmap::IndexMap;

use crate::language::Lang;
use crate::rulebook::{
    Authority, Condition, Cost, Decider, Fact, German, Id, OfficeRef, OrderRule, Outcome, Paper, Question, Ruling,
    Source, Step, Time, ValueSet,
};
use crate::terms::{Day, Validity};

use super::pairs::{Pairs, say};
use super::told::{Aspect, Kind, Named, Value, What};

type Aspects = Vec<(Aspect, Value)>;

/// Everything that changed in entries that both versions have, and every entry that only one has. That pathways and
/// outcomes come and go is told by who reaches them.
pub fn entries(pairs: &Pairs<'_>) -> Vec<What> {
    let mut all = Vec::new();
    let on_ways = |entry: &Named| matches!(entry.kind, Kind::Pathway | Kind::Outcome);
    let mut before: IndexMap<Named, Aspects> = pairs.entries(0).into_iter().collect();
    for (entry, after) in pairs.entries(1) {
        match before.shift_remove(&entry) {
            Some(before) => all.extend(differences(&entry, before, after)),
            None if on_ways(&entry) => {}
            None => all.push(What::Entry { entry, added: true }),
        }
    }
    let gone = before.into_keys().filter(|entry| !on_ways(entry));
    all.extend(gone.map(|entry| What::Entry { entry, added: false }));
    all
}

/// What differs between the aspects of an entry; several of one aspect are compared in their order.
fn differences(entry: &Named, mut before: Aspects, after: Aspects) -> Vec<What> {
    let mut all = Vec::new();
    let mut push = |aspect, before: Value, after: Value| {
        if before != after {
            all.push(What::Aspect { entry: entry.clone(), aspect, before, after });
        }
    };
    for (aspect, now) in after {
        match before.iter().position(|(known, _)| *known == aspect) {
            Some(at) => push(aspect, before.remove(at).1, now),
            None => push(aspect, Value::Nothing, now),
        }
    }
    before.into_iter().for_each(|(aspect, gone)| push(aspect, gone, Value::Nothing));
    all
}

fn words(text: Option<&String>) -> Value {
    text.map_or(Value::Nothing, |text| Value::Words(text.clone()))
}

/// Looking at something again is the editors' affair and changes nothing.
fn valid(valid: Validity) -> Value {
    Value::Valid(Validity { review: None, ..valid })
}

fn source_aspects(source: &Source) -> Aspects {
    vec![
        (Aspect::State, source.state.map_or(Value::Nothing, |day| Value::Day(Day(day)))),
        (Aspect::Url, words(source.url.as_ref())),
        (Aspect::Publisher, words(Some(&source.publisher))),
        (Aspect::CheckedOn, Value::Day(Day(source.checked_on))),
        (Aspect::Read, source.read.map_or(Value::Nothing, Value::Reading)),
    ]
}

impl Pairs<'_> {
    /// All entries of one version that have aspects.
    fn entries(&self, side: usize) -> Vec<(Named, Aspects)> {
        let rulebook = self.sides[side];
        let mut all = Vec::new();
        all.extend(rulebook.steps.iter().map(|(id, _, step)| (self.named(side, id), self.step_aspects(side, step))));
        all.extend(
            rulebook.papers.iter().map(|(id, _, paper)| (self.named(side, id), self.paper_aspects(side, paper))),
        );
        let office = |(id, _, office)| (self.named(side, id), self.office_aspects(side, office));
        all.extend(rulebook.authorities.iter().map(office));
        all.extend(rulebook.sources.iter().map(|(id, _, source)| (self.named(side, id), source_aspects(source))));
        let decider = |(id, _, decider): (_, _, &Decider)| (self.named(side, id), self.decider_aspects(side, decider));
        all.extend(rulebook.deciders.iter().map(decider));
        let question = |(id, _, question)| (self.named(side, id), self.question_aspects(side, question));
        all.extend(rulebook.questions.iter().map(question));
        for (id, _, pathway) in rulebook.pathways.iter() {
            all.push((
                self.named(side, id),
                vec![
                    (Aspect::Concern, Value::Concern(pathway.concerns)),
                    (Aspect::Leads, Value::Yes(pathway.leads)),
                    (Aspect::Serves, self.given(side, &pathway.serves)),
                ],
            ));
            let at = self.pathways.at(side, id);
            for (outcome, _, ends) in pathway.outcomes.iter() {
                let named = self.outcome(at, self.outcomes[at].at(side, outcome));
                all.push((named, self.outcome_aspects(side, ends)));
            }
        }
        let order = |rule: &OrderRule| {
            let named = Named::by_id(Kind::Order, &rule.id, say(rulebook, rule.says));
            (named, self.order_aspects(side, rule))
        };
        all.extend(rulebook.order.iter().map(order));
        for (_, id, duty) in rulebook.employer.duties.iter() {
            let aspects = vec![
                (Aspect::Must, Value::Yes(duty.must)),
                (Aspect::OnlyWith, Value::Entries(self.all(side, &duty.with))),
                (Aspect::Sources, Value::Entries(self.all(side, &duty.sources))),
                (Aspect::Certainty, Value::Certainty(duty.certainty)),
            ];
            all.push((Named::by_id(Kind::Duty, id, say(rulebook, duty.says)), aspects));
        }
        all
    }

    fn decider_aspects(&self, side: usize, decider: &Decider) -> Aspects {
        let office = |office: &OfficeRef| match *office {
            OfficeRef::Authority(id) => self.named(side, id),
            OfficeRef::Fact(id) => self.named(side, id),
        };
        vec![(Aspect::Office, Value::Entries(decider.office.iter().map(office).collect()))]
    }

    fn order_aspects(&self, side: usize, rule: &OrderRule) -> Aspects {
        vec![
            (Aspect::First, Value::Entry(self.named(side, rule.first))),
            (Aspect::Then, Value::Entries(self.all(side, &rule.then))),
            (Aspect::Brings, Value::Yes(rule.brings)),
            (Aspect::Certainty, Value::Certainty(rule.certainty)),
            (Aspect::Sources, self.source_of(side, rule.source).map_or(Value::Nothing, Value::Entry)),
        ]
    }

    fn source_of(&self, side: usize, source: Option<Id<Source>>) -> Option<Named> {
        source.map(|id| self.named(side, id))
    }

    fn step_aspects(&self, side: usize, step: &Step) -> Aspects {
        let figure = |says: Option<crate::language::Text>, source, year| Value::Figure {
            says: says.map(|says| say(self.sides[side], says).to_owned()),
            source: self.source_of(side, source),
            year,
        };
        let cost = |cost: &Cost| (Aspect::Cost(cost.kind), figure(cost.amount, cost.source, cost.year));
        let time = |time: &Time| (Aspect::Time(time.kind), figure(Some(time.says), time.source, time.year));
        let mut all: Aspects = step.cost.iter().map(cost).chain(step.time.iter().map(time)).collect();
        all.extend([
            (Aspect::Bring, Value::Entries(self.all(side, &step.bring))),
            (Aspect::Unless, self.ruling(side, &step.unless)),
            (Aspect::Otherwise, step.otherwise.map_or(Value::Nothing, |other| Value::Entry(self.named(side, other)))),
            (Aspect::ByOthers, Value::Yes(step.by_others)),
            (Aspect::Waits, Value::Yes(step.waits)),
            (Aspect::AtOnce, Value::Yes(step.at_once)),
            (Aspect::Sources, Value::Entries(self.all(side, &step.sources))),
            (Aspect::Certainty, Value::Certainty(step.certainty)),
            (Aspect::Valid, valid(step.valid)),
        ]);
        all
    }

    fn paper_aspects(&self, side: usize, paper: &Paper) -> Aspects {
        let rulebook = self.sides[side];
        let mut all = vec![
            (Aspect::Form, Value::Form(paper.form)),
            (Aspect::Translation, Value::Translation(paper.translation)),
            (Aspect::Unless, self.ruling(side, &paper.unless)),
            (Aspect::Sources, Value::Entries(self.all(side, &paper.sources))),
            (Aspect::Certainty, Value::Certainty(paper.certainty)),
        ];
        for (office, wants) in &paper.at {
            let at = |word: String| {
                let german = Lang::german();
                let office = say(rulebook, rulebook.authorities[*office].name);
                Value::Words(rulebook.joins(&german).label(office, rulebook.word(&german, &word)))
            };
            let form = wants.form.map(|form| format!("paper-form.{}", form.into_str()));
            all.extend(form.map(|word| (Aspect::Form, at(word))));
            let translation = wants.translation.map(|needed| format!("translation.{}", needed.into_str()));
            all.extend(translation.map(|word| (Aspect::Translation, at(word))));
            all.push((Aspect::Sources, Value::Entries(self.all(side, &wants.sources))));
        }
        all
    }

    fn office_aspects(&self, side: usize, office: &Authority) -> Aspects {
        vec![
            (Aspect::Post, words(office.post.as_ref())),
            (Aspect::Phone, words(office.phone.as_ref())),
            (Aspect::Email, words(office.email.as_ref())),
            (Aspect::Url, words(office.url.as_ref())),
            (Aspect::Free, Value::Yes(office.free)),
            (Aspect::Sources, Value::Entries(self.all(side, &office.sources))),
            (Aspect::Certainty, Value::Certainty(office.certainty)),
        ]
    }

    fn question_aspects(&self, side: usize, question: &Question) -> Aspects {
        let asked_if: Vec<(Named, Vec<Named>)> =
            question.asked_if.iter().filter_map(|it| self.condition(side, it.fact, &it.values)).collect();
        vec![
            (Aspect::AskedIf, Value::Conditions(asked_if)),
            (Aspect::OnlyAtDesk, Value::Yes(question.only_at_desk)),
            (Aspect::SeveralAnswers, Value::Yes(question.multi)),
        ]
    }

    fn condition(&self, side: usize, fact: Fact, values: &ValueSet) -> Option<(Named, Vec<Named>)> {
        let pairs: Vec<(Named, Named)> = values.iter().map(|value| self.value_of(side, fact, value)).collect();
        let fact = pairs.first()?.0.clone();
        Some((fact, pairs.into_iter().map(|(_, value)| value).collect()))
    }

    fn ruling(&self, side: usize, ruling: &Ruling) -> Value {
        let one = |it: &Condition| self.condition(side, it.fact, &it.values);
        if ruling.0.is_empty() { Value::Nothing } else { Value::Conditions(ruling.0.iter().filter_map(one).collect()) }
    }

    fn given(&self, side: usize, answers: &[(Id<Question>, ValueSet)]) -> Value {
        let one =
            |(question, values): &(Id<Question>, ValueSet)| self.condition(side, Fact::Question(*question), values);
        if answers.is_empty() { Value::Nothing } else { Value::Conditions(answers.iter().filter_map(one).collect()) }
    }

    /// An outcome by what does not depend on the way to it.
    pub fn outcome_aspects(&self, side: usize, outcome: &Outcome) -> Aspects {
        let maybe = |id: Option<_>| id.map_or(Value::Nothing, |id| Value::Entry(self.named(side, id)));
        let german = |german: &German| Value::German {
            level: german.level.clone(),
            kind: german.kind,
            source: self.source_of(side, german.source),
        };
        let mut all = vec![
            (Aspect::Standing, Value::Standing(outcome.standing)),
            (Aspect::DecidedBy, maybe(Some(outcome.decided_by))),
            (Aspect::AppliedForBy, maybe(outcome.applied_for_by)),
            (Aspect::AgreedBy, maybe(outcome.agreed_by)),
            (Aspect::AdvisedBy, maybe(outcome.advised_by)),
            (Aspect::Valid, valid(outcome.valid)),
            (Aspect::German, outcome.german.as_ref().map_or(Value::Nothing, german)),
        ];
        if let Some(part) = &outcome.employer {
            all.extend([
                (Aspect::MustBeFiled, Value::Entries(self.all(side, &part.must))),
                (Aspect::OneIsEnough, Value::Entries(self.all(side, &part.one_of))),
                (Aspect::Recommended, Value::Entries(self.all(side, &part.recommended))),
                (Aspect::AnabinOnPage, Value::Yes(part.anabin)),
            ]);
        }
        all
    }
}
