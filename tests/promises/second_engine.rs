//! A second opinion: an engine that knows nothing of Lotse reads every pathway as `lotse export json-logic` writes it, with the
//! derived facts it looks at, and comes to the same outcome for every answer set.
//!
//! Not every answer set is put to both engines. The rulebook is cut down to one pathway, and its own interview asks for
//! one answer after the other; an interview stands for all answer sets that agree with it. To show that nothing else is
//! read, all other questions are answered in two ways, with `unknown` and with their last option, in turn from interview to
//! interview, and the other engine must say the same. Of options that no rule tells apart ([`lotse::proof::alike`]) one is tried per interview, in turn,
//! so that over all interviews many of them have their turn; both engines see options through sets of options only. Where a
//! pathway has more interviews than anybody waits for, people who answer at random walk as many of them.

use std::collections::BTreeMap;

use datalogic_rs::{Engine, Logic};
use jiff::civil::{Date, date};
use lotse::interview::{Answers, Silence, evaluate, next};
use lotse::opendata::{LogicRules, facts_of};
use lotse::proof::alike;
use lotse::rulebook::{Condition, DerivedFact, Fact, Id, Node, Pathway, Question, Registry, Rulebook, ValueSet};
use serde_json::{Map, Value, json};

const TODAY: Date = date(2026, 11, 22);

/// So many interviews of one pathway are tried at most.
const MOST: usize = 1500;

/// The rulebook with one pathway and nothing around it: every question may be asked, and no office is looked up.
fn alone(rulebook: &Rulebook, id: Id<Pathway>) -> Rulebook {
    let mut cut = rulebook.clone();
    let mut entry = rulebook.pathways[id].clone();
    let outcomes: Vec<_> = entry.outcomes.ids().collect();
    outcomes.into_iter().for_each(|outcome| entry.outcomes[outcome].ask.clear());
    cut.pathways = Registry::default();
    cut.pathways.insert(rulebook.pathways.name(id), entry);
    for question in rulebook.questions.ids() {
        cut.questions[question].asked_if.clear();
        cut.questions[question].only_at_desk = false;
    }
    for step in rulebook.steps.ids() {
        cut.steps[step].contact.clear();
    }
    // Facts the pathway does not look at tell no options apart.
    let looked_at = facts_of(rulebook, &rulebook.pathways[id]);
    for fact in rulebook.facts.ids().filter(|fact| !looked_at.contains(fact)) {
        cut.facts[fact].tree = Node::Leaf(0);
    }
    cut
}

struct Other<'r> {
    rulebook: &'r Rulebook,
    engine: &'r Engine,
    facts: Vec<(Id<DerivedFact>, &'r Logic)>,
    pathway: Logic,
}

impl Other<'_> {
    /// What the other engine says; questions without an answer are `unknown` or have their last option.
    fn says(&self, answers: &Answers, last: bool) -> String {
        let mut data = Map::new();
        for (id, name, question) in self.rulebook.questions.iter() {
            let left = if last { question.options.len() - 1 } else { question.unknown };
            let values = answers.get(id).unwrap_or(ValueSet::only(left));
            let mut words: Vec<Value> = values.iter().map(|at| json!(question.options.name(Id::new(at)))).collect();
            data.insert(name.to_owned(), if question.multi { json!(words) } else { words.remove(0) });
        }
        let mut data = Value::Object(data);
        let mut session = self.engine.session();
        for (fact, logic) in &self.facts {
            data[self.rulebook.facts.name(*fact)] = session.eval_into(logic, &data).unwrap();
        }
        session.eval_into(&self.pathway, &data).unwrap()
    }
}

/// What Lotse says about the only pathway of a rulebook.
fn lotse(rulebook: &Rulebook, answers: &Answers) -> String {
    let evaluation = evaluate(rulebook, answers, TODAY);
    match (evaluation.findings.first(), evaluation.silent.first()) {
        (Some(finding), _) => rulebook.pathways[finding.pathway].outcomes.name(finding.outcome).to_owned(),
        (_, Some(silent)) => match silent.why {
            Silence::DoesNotApply => "does-not-apply".to_owned(),
            Silence::NothingToSay => "nothing-to-say".to_owned(),
            Silence::NotInForce(_) => "not-in-force".to_owned(),
        },
        _ => unreachable!("a pathway is found or silent"),
    }
}

/// The options of each question in classes that nothing in this pathway and its facts tells apart. Where several options
/// may be chosen only the pathway's own conditions look at them.
fn classes(cut: &Rulebook, pathway: &Pathway) -> Vec<Vec<ValueSet>> {
    let mut all = alike(cut);
    for (id, _, question) in cut.questions.iter().filter(|(_, _, question)| question.multi) {
        let conditions: Vec<&Condition> = pathway
            .when
            .iter()
            .chain(&pathway.unless)
            .filter(|condition| condition.fact == Fact::Question(id))
            .collect();
        let mut classes: BTreeMap<(bool, Vec<bool>), ValueSet> = BTreeMap::new();
        for option in 0..question.options.len() {
            let seen = conditions.iter().map(|condition| condition.values.contains(option)).collect();
            classes.entry((option == question.unknown, seen)).or_default().insert(option);
        }
        all[id.index()] = classes.into_values().collect();
    }
    all
}

/// The interviews of a rulebook with one pathway: all, or [`MOST`] of them.
struct Interviews<'r> {
    rulebook: &'r Rulebook,
    classes: &'r [Vec<ValueSet>],
    turn: usize,
    walked: Vec<Answers>,
}

impl Interviews<'_> {
    fn all(&mut self) {
        self.walk(&Answers::default());
        if self.walked.len() > MOST {
            let mut person = fastrand::Rng::with_seed(7);
            self.walked = (0..MOST).map(|_| self.at_random(&mut person)).collect();
        }
    }

    /// One interview of somebody who does not care what they answer.
    fn at_random(&mut self, person: &mut fastrand::Rng) -> Answers {
        let mut answers = Answers::default();
        while let Some(question) = next(self.rulebook, &answers, TODAY) {
            let all = self.answers_to(question);
            answers.set(question, all[person.usize(..all.len())]);
        }
        answers
    }

    fn walk(&mut self, answers: &Answers) {
        if self.walked.len() > MOST {
            return;
        }
        let Some(question) = next(self.rulebook, answers, TODAY) else {
            self.walked.push(answers.clone());
            return;
        };
        for values in self.answers_to(question) {
            let mut more = answers.clone();
            more.set(question, values);
            self.walk(&more);
        }
    }

    /// One answer of each class. Where several may be given, conditions look for one that is among them: each alone, and
    /// each together with each other one.
    fn answers_to(&mut self, question: Id<Question>) -> Vec<ValueSet> {
        self.turn += 1;
        let classes = &self.classes[question.index()];
        let one = |class: &ValueSet| ValueSet::only(class.iter().cycle_at(self.turn));
        let mut answers: Vec<ValueSet> = classes.iter().map(one).collect();
        let entry = &self.rulebook.questions[question];
        if entry.multi {
            let known: Vec<ValueSet> =
                answers.iter().copied().filter(|values| !values.contains(entry.unknown)).collect();
            for (at, first) in known.iter().enumerate() {
                answers.extend(known[at + 1..].iter().map(|second| first.or(second)));
            }
        }
        answers
    }
}

trait Turn {
    fn cycle_at(self, turn: usize) -> usize;
}

impl<I: Iterator<Item = usize>> Turn for I {
    fn cycle_at(self, turn: usize) -> usize {
        let all: Vec<usize> = self.collect();
        all[turn % all.len()]
    }
}

#[test]
fn another_engine_comes_to_the_same_outcomes() {
    let rulebook = Rulebook::embedded().rulebook.unwrap();
    let engine = Engine::new();
    let compile = |rule: &Value| engine.compile(rule).unwrap();
    let rules = LogicRules::of(&rulebook, TODAY);
    let facts: Vec<Logic> = rulebook.facts.names().map(|name| compile(&rules.facts[name])).collect();
    let mut walked = 0;
    for (id, name, entry) in rulebook.pathways.iter() {
        let cut = alone(&rulebook, id);
        let classes = classes(&cut, entry);
        let facts = facts_of(&rulebook, entry).into_iter().map(|id| (id, &facts[id.index()])).collect();
        let other = Other { rulebook: &rulebook, engine: &engine, facts, pathway: compile(&rules.pathways[name]) };
        let mut interviews = Interviews { rulebook: &cut, classes: &classes, turn: 0, walked: Vec::new() };
        interviews.all();
        for (answers, last) in interviews.walked.iter().zip([false, true].into_iter().cycle()) {
            let said = other.says(answers, last);
            assert_eq!(said, lotse(&cut, answers), "{name} with {:?}", answers.pairs(&rulebook));
        }
        walked += interviews.walked.len();
    }
    assert!(walked > 1000, "only {walked} interviews were walked");
}
