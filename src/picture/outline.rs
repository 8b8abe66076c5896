//! A pathway in words: nodes, branches with their values and what they rest on, outcomes with who decides.

use serde::Serialize;

use crate::language::{Joins, Lang, Text};
use crate::rulebook::{self, DerivedFact, Fact, Ground, Id, OfficeRef, Outcome, Rulebook, Source, Step, ValueSet};
use crate::sheet::day;
use crate::terms::{Certainty, Standing, Validity};

/// A pathway in words.
#[derive(Clone, Debug, Serialize)]
pub struct Outline {
    /// Id of the pathway.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub concern: String,
    /// All must hold for the pathway to be looked at.
    pub when: Vec<Condition>,
    /// None may hold.
    pub unless: Vec<Condition>,
    /// What the pathway itself rests on.
    pub notes: Vec<String>,
    /// Its sources.
    pub sources: Vec<OutlineSource>,
    /// The tree.
    pub tree: Node,
    /// What is added beside it.
    pub also: Vec<OutlineAlso>,
    /// The outcomes, numbered from 1.
    pub outcomes: Vec<OutlineOutcome>,
}

/// A fact and values.
#[derive(Clone, Debug, Serialize)]
pub struct Condition {
    /// Short noun of the fact.
    pub label: String,
    /// Values in words.
    pub options: Vec<String>,
}

/// A node: what is looked at and what follows; or an end.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
    /// What is looked at: short noun of the question or derived fact. Empty at an end.
    pub label: String,
    /// The same one by one, with where each stands in a book.
    pub facts: Vec<LookedAt>,
    /// Whether a person is asked; otherwise it follows from other answers.
    pub asked: bool,
    /// What follows.
    pub branches: Vec<OutlineBranch>,
    /// Or: where it ends.
    pub end: Option<End>,
}

/// A question, or a fact that follows from answers.
#[derive(Clone, Debug, Serialize)]
pub struct LookedAt {
    /// With what its anchor in a book begins.
    pub kind: &'static str,
    /// Id.
    pub id: String,
    /// Short noun.
    pub label: String,
}

/// A fact that follows from answers, in words.
#[derive(Clone, Debug, Serialize)]
pub struct FactOutline {
    /// Id.
    pub id: String,
    /// Short noun.
    pub label: String,
    /// How it follows; nothing where it is looked up.
    pub tree: Option<Node>,
    /// Where it tells which office is responsible: why it is this one, and with which people confuse it. Places for answers name
    /// the question.
    pub offices: Vec<String>,
}

/// The end of a branch.
#[derive(Clone, Debug, Serialize)]
pub struct End {
    /// Number of the outcome; `None` where the pathway has nothing to say.
    pub number: Option<usize>,
    /// Headline of the outcome, or that there is nothing to say.
    pub title: String,
    /// Its standing.
    pub standing: Option<Standing>,
    /// Standing in words.
    pub standing_text: String,
}

/// A branch.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineBranch {
    /// Values in words; empty for "everything else".
    pub options: Vec<String>,
    /// Values in words, or "everything else".
    pub text: String,
    /// Certainty, dates, steps and rows, in words.
    pub notes: Vec<String>,
    /// Sources.
    pub sources: Vec<OutlineSource>,
    /// Where it leads.
    pub node: Node,
}

/// What is added beside the tree.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineAlso {
    /// Numbers of the outcomes to which it is added.
    pub to: Vec<usize>,
    /// When: one of these, in words.
    pub when: Vec<String>,
    /// Rows and steps, in words.
    pub notes: Vec<String>,
    /// Sources.
    pub sources: Vec<OutlineSource>,
}

/// A source as it is cited.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineSource {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
}

/// An outcome.
#[derive(Clone, Debug, Serialize)]
pub struct OutlineOutcome {
    /// Number, from 1.
    pub number: usize,
    /// Id.
    pub id: String,
    /// Headline.
    pub title: String,
    /// What it says; places for answers name the question.
    pub says: String,
    /// Standing.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// Who decides.
    pub decides: String,
    /// How binding.
    pub certainty: Certainty,
    /// In words.
    pub certainty_text: String,
    /// From when until when, and when editors look again.
    pub dates: Vec<String>,
    /// Steps in order.
    pub steps: Vec<String>,
    /// Whom to ask.
    pub ask: Vec<String>,
    /// Rows of the decision tables.
    pub rows: Vec<String>,
    /// Sources.
    pub sources: Vec<OutlineSource>,
}

/// Puts a pathway in words.
pub fn outline(rulebook: &Rulebook, lang: &Lang, id: Id<rulebook::Pathway>) -> Outline {
    let words = Words { rulebook, lang };
    let pathway = &rulebook.pathways[id];
    Outline {
        id: rulebook.pathways.name(id).to_owned(),
        title: words.say(pathway.title),
        concern: words.word(&format!("concern.{}", pathway.concerns.into_str())),
        when: pathway.when.iter().map(|condition| words.condition(condition.fact, &condition.values)).collect(),
        unless: pathway.unless.iter().map(|condition| words.condition(condition.fact, &condition.values)).collect(),
        notes: words.notes(&pathway.ground, Validity::default()),
        sources: words.sources(&pathway.ground.basis),
        tree: words.node(&pathway.tree, &|leaf| words.end(pathway, *leaf)),
        also: pathway.also.iter().filter_map(|also| words.also(also)).collect(),
        outcomes: pathway
            .outcomes
            .iter()
            .map(|(at, name, outcome)| words.outcome(at.index() + 1, name, outcome))
            .collect(),
    }
}

/// Puts a fact that follows from answers in words.
pub fn fact_outline(rulebook: &Rulebook, lang: &Lang, id: Id<DerivedFact>) -> FactOutline {
    let words = Words { rulebook, lang };
    let fact = &rulebook.facts[id];
    let end = |value: &usize| End {
        number: None,
        title: words.say(rulebook.value_text(Fact::Derived(id), *value)),
        standing: None,
        standing_text: String::new(),
    };
    FactOutline {
        id: rulebook.facts.name(id).to_owned(),
        label: words.say(fact.label),
        tree: (!fact.lookup).then(|| words.node(&fact.tree, &end)),
        offices: fact
            .offices
            .iter()
            .flat_map(|told| [Some(told.because), told.not_this])
            .flatten()
            .map(|text| words.say(text))
            .collect(),
    }
}

struct Words<'a> {
    rulebook: &'a Rulebook,
    lang: &'a Lang,
}

impl Words<'_> {
    fn word(&self, id: &str) -> String {
        self.rulebook.word(self.lang, id).to_owned()
    }

    fn joins(&self) -> Joins<'_> {
        self.rulebook.joins(self.lang)
    }

    /// Conditions side by side: each of them, or one of them.
    fn all<T: AsRef<str>>(&self, join: &str, conditions: impl IntoIterator<Item = T>) -> String {
        self.joins().all(join, conditions)
    }

    fn with(&self, id: &str, name: &str, value: &str) -> String {
        self.word(id).replace(&format!("{{{name}}}"), value)
    }

    /// A text; where an answer would stand, the question's short noun in brackets.
    fn say(&self, text: Text) -> String {
        crate::language::fill(self.rulebook.texts.say(self.lang, text), |name| {
            let id = self.rulebook.questions.id(name)?;
            Some(format!("[{}]", self.rulebook.texts.say(self.lang, self.rulebook.questions[id].label)).into())
        })
    }

    fn values(&self, fact: Fact, values: &ValueSet) -> Vec<String> {
        values.iter().map(|value| self.say(self.rulebook.value_text(fact, value))).collect()
    }

    fn also(&self, also: &rulebook::Also) -> Option<OutlineAlso> {
        let fork = also.node.fork()?;
        let ground = &fork.branches.first()?.turn.ground;
        Some(OutlineAlso {
            to: also.to.iter().map(|outcome| outcome.index() + 1).collect(),
            when: fork.branches.iter().map(|branch| self.all("and", self.options(true, &branch.turn.when))).collect(),
            notes: self.notes(ground, Validity::default()),
            sources: self.sources(&ground.basis),
        })
    }

    /// What a turn is taken for: in a tree the values of the fact that is asked, in a table what each of its facts must be.
    fn options(&self, table: bool, when: &[rulebook::Condition]) -> Vec<String> {
        let named = |condition: &rulebook::Condition| {
            let values = self.values(condition.fact, &condition.values);
            if !table {
                return values;
            }
            let label = self.say(self.rulebook.fact_label(condition.fact));
            vec![self.joins().label(&label, &self.all("or", values))]
        };
        when.iter().flat_map(named).collect()
    }

    /// Of a row that would fit together with rows above it which lead elsewhere: that these come first.
    fn order_note<L: PartialEq>(&self, fork: &rulebook::Fork<L>, at: usize) -> Option<String> {
        let row = &fork.branches.get(at).filter(|_| fork.table)?.turn;
        let elsewhere = |other: &rulebook::Turn<L>| !matches!((&other.node, &row.node), (rulebook::Node::Leaf(one), rulebook::Node::Leaf(two)) if one == two);
        let first: Vec<String> = fork.branches[..at]
            .iter()
            .enumerate()
            .filter(|(_, above)| elsewhere(&above.turn) && self.may_both_hold(&above.turn.when, &row.when))
            .map(|(at, _)| (at + 1).to_string())
            .collect();
        (!first.is_empty()).then(|| self.with("rules.rows-first", "rows", &self.joins().list(first)))
    }

    /// Whether no fact is asked to be two things at once.
    fn may_both_hold(&self, one: &[rulebook::Condition], two: &[rulebook::Condition]) -> bool {
        let several = |fact| matches!(fact, Fact::Question(id) if self.rulebook.questions[id].multi);
        one.iter().all(|a| {
            let mut same = two.iter().filter(|b| a.fact == b.fact && !several(a.fact));
            same.all(|b| !a.values.and(&b.values).is_empty())
        })
    }

    fn condition(&self, fact: Fact, values: &ValueSet) -> Condition {
        Condition { label: self.say(self.rulebook.fact_label(fact)), options: self.values(fact, values) }
    }

    fn sources(&self, ids: &[Id<Source>]) -> Vec<OutlineSource> {
        let source = |id: &Id<Source>| OutlineSource {
            id: self.rulebook.sources.name(*id).to_owned(),
            title: self.say(self.rulebook.sources[*id].title),
        };
        ids.iter().map(source).collect()
    }

    fn dates(&self, valid: Validity) -> Vec<String> {
        let parts = [("rules.from", valid.from), ("rules.until", valid.until), ("rules.review", valid.review)];
        parts.into_iter().filter_map(|(word, on)| on.map(|on| self.with(word, "day", &day(on.0)))).collect()
    }

    fn steps(&self, ids: &[Id<Step>]) -> Vec<String> {
        ids.iter().map(|id| self.say(self.rulebook.steps[*id].title)).collect()
    }

    fn notes(&self, ground: &Ground, valid: Validity) -> Vec<String> {
        let mut notes = Vec::new();
        if !ground.rows.is_empty() {
            notes.push(self.with("rules.rows", "rows", &self.joins().list(&ground.rows)));
        }
        if let Some(certainty) = ground.certainty {
            notes.push(self.with(
                "rules.certainty",
                "certainty",
                &self.word(&format!("certainty.{}", certainty.into_str())),
            ));
        }
        notes.extend(self.dates(valid));
        if !ground.steps.is_empty() {
            notes.push(self.with("rules.adds-steps", "steps", &self.joins().sentences(self.steps(&ground.steps))));
        }
        notes
    }

    /// Where a pathway ends.
    fn end(&self, pathway: &rulebook::Pathway, leaf: Option<Id<Outcome>>) -> End {
        match leaf {
            Some(id) => {
                let outcome = &pathway.outcomes[id];
                End {
                    number: Some(id.index() + 1),
                    title: self.say(outcome.title),
                    standing: Some(outcome.standing),
                    standing_text: self.word(&format!("standing.{}", outcome.standing.into_str())),
                }
            }
            None => {
                End { number: None, title: self.word("rules.nothing"), standing: None, standing_text: String::new() }
            }
        }
    }

    fn looked_at(&self, fact: Fact) -> LookedAt {
        LookedAt {
            kind: match fact {
                Fact::Question(_) => "frage",
                Fact::Derived(_) => "merkmal",
            },
            id: self.rulebook.fact_name(fact).to_owned(),
            label: self.say(self.rulebook.fact_label(fact)),
        }
    }

    /// A tree whose ends are put in words by `end`.
    fn node<L: PartialEq>(&self, node: &rulebook::Node<L>, end: &dyn Fn(&L) -> End) -> Node {
        match node {
            rulebook::Node::Leaf(leaf) => Node {
                label: String::new(),
                facts: Vec::new(),
                asked: false,
                branches: Vec::new(),
                end: Some(end(leaf)),
            },
            rulebook::Node::Fork(fork) => {
                let branch = |at: usize, valid: Validity, turn: &rulebook::Turn<L>| {
                    let options = if turn.otherwise { Vec::new() } else { self.options(fork.table, &turn.when) };
                    let text = if turn.otherwise {
                        self.word("rules.otherwise")
                    } else {
                        self.all(if fork.table { "and" } else { "or" }, &options)
                    };
                    OutlineBranch {
                        options,
                        text,
                        notes: self.order_note(fork, at).into_iter().chain(self.notes(&turn.ground, valid)).collect(),
                        sources: self.sources(&turn.ground.basis),
                        node: self.node(&turn.node, end),
                    }
                };
                let facts = fork.facts();
                let all: Vec<LookedAt> = facts.iter().map(|fact| self.looked_at(*fact)).collect();
                Node {
                    label: self.joins().list(all.iter().map(|fact| &fact.label)),
                    facts: all,
                    asked: facts.iter().any(|fact| matches!(fact, Fact::Question(_))),
                    branches: fork.turns().enumerate().map(|(at, (valid, turn))| branch(at, valid, turn)).collect(),
                    end: None,
                }
            }
        }
    }

    fn outcome(&self, number: usize, id: &str, outcome: &Outcome) -> OutlineOutcome {
        let office = |office: &OfficeRef| match office {
            OfficeRef::Authority(id) => self.say(self.rulebook.authorities[*id].name),
            OfficeRef::Fact(id) => self.say(self.rulebook.facts[*id].label),
        };
        OutlineOutcome {
            number,
            id: id.to_owned(),
            title: self.say(outcome.title),
            says: self.say(outcome.says),
            standing: outcome.standing,
            standing_text: self.word(&format!("standing.{}", outcome.standing.into_str())),
            decides: self.say(self.rulebook.deciders[outcome.decided_by].name),
            certainty: outcome.certainty,
            certainty_text: self.word(&format!("certainty.{}", outcome.certainty.into_str())),
            dates: self.dates(outcome.valid),
            steps: self.steps(&outcome.ground.steps),
            ask: outcome.ask.iter().map(office).collect(),
            rows: outcome.ground.rows.clone(),
            sources: self.sources(&outcome.ground.basis),
        }
    }
}
