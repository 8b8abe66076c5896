//! Entries by their names for people, numbered so that both versions can be compared.

use super::pairs::{Pairs, say};
use super::told::{Kind, Named, Told, What};
use crate::rulebook::{
    Authority, Decider, DerivedFact, Fact, Id, Outcome, Paper, Pathway, Question, Rulebook, Source, Step,
};

macro_rules! entries {
    ($($name:ident: $type:ty, $kind:ident, $twins:ident, $field:ident, $title:expr;)*) => {
        impl Pairs<'_> {
            $(
                /// The entry with this number.
                pub fn $name(&self, at: usize) -> Named {
                    let Some((side, id)) = self.$twins.named(at) else { return Named::nobody(Kind::$kind) };
                    let rulebook: &Rulebook = self.sides[side];
                    let entries = &rulebook.$field;
                    Named {
                        kind: Kind::$kind,
                        id: entries.name(id).to_owned(),
                        name: $title(rulebook, &entries[id]),
                        key: (at, 0),
                    }
                }
            )*
        }

        $(
            impl Entry for $type {
                fn named(pairs: &Pairs<'_>, side: usize, id: Id<Self>) -> Named {
                    pairs.$name(pairs.$twins.at(side, id))
                }
            }
        )*
    };
}

/// An entry that has a number of its own.
pub trait Entry: Sized {
    /// The entry with this id in one version.
    fn named(pairs: &Pairs<'_>, side: usize, id: Id<Self>) -> Named;
}

entries! {
    source: Source, Source, sources, sources, |rules, entry: &Source| say(rules, entry.title).to_owned();
    decider: Decider, Decider, deciders, deciders, |rules, entry: &Decider| say(rules, entry.name).to_owned();
    paper: Paper, Paper, papers, papers, |rules, entry: &Paper| say(rules, entry.name).to_owned();
    office: Authority, Office, offices, authorities, |rules, office: &Authority| {
        // Departments of one house bear its name.
        let unit = office.unit.map(|unit| format!(", {}", say(rules, unit))).unwrap_or_default();
        format!("{}{unit}", say(rules, office.name))
    };
    question: Question, Question, questions, questions, |rules, entry: &Question| say(rules, entry.label).to_owned();
    fact: DerivedFact, Fact, facts, facts, |rules, entry: &DerivedFact| say(rules, entry.label).to_owned();
    step: Step, Step, steps, steps, |rules, entry: &Step| say(rules, entry.title).to_owned();
    pathway: Pathway, Pathway, pathways, pathways, |rules, entry: &Pathway| say(rules, entry.title).to_owned();
}

impl Named {
    fn nobody(kind: Kind) -> Self {
        Self::by_id(kind, "", "")
    }

    /// Something that has no number: known by its id.
    pub(super) fn by_id(kind: Kind, id: &str, name: &str) -> Self {
        Self { kind, id: id.to_owned(), name: name.to_owned(), key: (usize::MAX, 0) }
    }
}

impl Pairs<'_> {
    /// An entry of one version.
    pub fn named<T: Entry>(&self, side: usize, id: Id<T>) -> Named {
        T::named(self, side, id)
    }

    /// Several.
    pub fn all<T: Entry>(&self, side: usize, ids: &[Id<T>]) -> Vec<Named> {
        ids.iter().map(|id| self.named(side, *id)).collect()
    }

    /// An outcome by the numbers of pathway and outcome.
    pub fn outcome(&self, pathway: usize, at: usize) -> Named {
        let found = self.outcomes[pathway]
            .named(at)
            .and_then(|(side, id)| Some((side, self.pathways.pair(pathway)[side]?, id)));
        let Some((side, of, id)) = found else { return Named::nobody(Kind::Outcome) };
        let rulebook = self.sides[side];
        let outcomes = &rulebook.pathways[of].outcomes;
        Named {
            kind: Kind::Outcome,
            id: format!("{}/{}", rulebook.pathways.name(of), outcomes.name(id)),
            name: say(rulebook, outcomes[id].title).to_owned(),
            key: (pathway, at),
        }
    }

    /// The number of an outcome.
    pub fn outcome_at(&self, side: usize, pathway: Id<Pathway>, outcome: Id<Outcome>) -> usize {
        self.outcomes[self.pathways.at(side, pathway)].at(side, outcome)
    }

    /// An option by the numbers of question and option.
    pub fn option(&self, question: usize, at: usize) -> Named {
        let found = self.options[question]
            .named(at)
            .and_then(|(side, id)| Some((side, self.questions.pair(question)[side]?, id)));
        let Some((side, of, id)) = found else { return Named::nobody(Kind::Option) };
        let rulebook = self.sides[side];
        let options = &rulebook.questions[of].options;
        Named {
            kind: Kind::Option,
            id: format!("{}={}", rulebook.questions.name(of), options.name(id)),
            name: say(rulebook, options[id].text).to_owned(),
            key: (question, at),
        }
    }

    /// A value by the numbers of derived fact and value.
    pub fn value(&self, fact: usize, at: usize) -> Named {
        let found = self.values[fact].named(at).and_then(|(side, id)| Some((side, self.facts.pair(fact)[side]?, id)));
        let Some((side, of, id)) = found else { return Named::nobody(Kind::Value) };
        let rulebook = self.sides[side];
        let values = &rulebook.facts[of].values;
        Named {
            kind: Kind::Value,
            id: format!("{}={}", rulebook.facts.name(of), values.name(id)),
            name: say(rulebook, values[id]).to_owned(),
            key: (fact, at),
        }
    }

    /// A question or derived fact of one version, and one of its values.
    pub fn value_of(&self, side: usize, fact: Fact, value: usize) -> (Named, Named) {
        match fact {
            Fact::Question(id) => {
                let at = self.questions.at(side, id);
                (self.question(at), self.option(at, self.options[at].at(side, Id::new(value))))
            }
            Fact::Derived(id) => {
                let at = self.facts.at(side, id);
                (self.fact(at), self.value(at, self.values[at].at(side, Id::new(value))))
            }
        }
    }

    /// A pathway that came or went, with the outcomes it has or had.
    pub fn pathway_change(&self, at: usize) -> What {
        let added = self.pathways.pair(at)[1].is_some();
        let told = |outcome| self.told(usize::from(added), at, outcome);
        What::Pathway {
            pathway: self.pathway(at),
            added,
            outcomes: (0..self.outcomes[at].len()).filter_map(told).collect(),
        }
    }

    /// Another outcome on a pathway.
    pub fn outcome_change(&self, pathway: usize, before: Option<usize>, after: Option<usize>) -> What {
        What::Outcome {
            pathway: self.pathway(pathway),
            before: before.and_then(|outcome| self.told(0, pathway, outcome)),
            after: after.and_then(|outcome| self.told(1, pathway, outcome)),
        }
    }

    /// What an outcome told in one version, in short.
    fn told(&self, side: usize, pathway: usize, outcome: usize) -> Option<Told> {
        let id = self.pathways.pair(pathway)[side]?;
        let entry = &self.sides[side].pathways[id].outcomes[self.outcomes[pathway].pair(outcome)[side]?];
        let name = say(self.sides[side], entry.title).to_owned();
        Some(Told {
            outcome: Named { name, ..self.outcome(pathway, outcome) },
            standing: entry.standing,
            decides: self.named(side, entry.decided_by),
            steps: self.all(side, &entry.ground.steps),
        })
    }
}
