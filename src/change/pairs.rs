//! Which entry of the old rules is which of the new ones: by id; where an id is gone, by what the new rules say they
//! formerly called so, or by its title.

use super::told::{Kind, Rename};
use crate::language::{Lang, Text};
use crate::rulebook::{
    Authority, Choice, Decider, DerivedFact, Id, Outcome, Paper, Pathway, Question, Registry, Rulebook, Source, Step,
};

/// Entries of one kind of both versions under one numbering: the new ones in their order, then those that are gone.
#[derive(Clone, Debug)]
pub struct Twins<T> {
    list: Vec<[Option<Id<T>>; 2]>,
    of: [Vec<usize>; 2],
    /// Ids that changed: before and after.
    pub renamed: Vec<[String; 2]>,
}

impl<T> Twins<T> {
    fn of(sides: [&Registry<T>; 2], same: impl Fn(Id<T>, Id<T>) -> bool) -> Self {
        let [old, new] = sides;
        let mut renames = Vec::new();
        let mut list: Vec<[Option<Id<T>>; 2]> = new.ids().map(|id| [old.id(new.name(id)), Some(id)]).collect();
        for before in old.ids().filter(|id| new.id(old.name(*id)).is_none()) {
            let renamed = list.iter().position(|pair| matches!(pair, [None, Some(after)] if same(before, *after)));
            match renamed {
                Some(at) => {
                    list[at][0] = Some(before);
                    renames.extend(list[at][1].map(|after| [old.name(before), new.name(after)].map(str::to_owned)));
                }
                None => list.push([Some(before), None]),
            }
        }
        let mut of = sides.map(|side| vec![0; side.len()]);
        for (at, pair) in list.iter().enumerate() {
            for (side, id) in pair.iter().enumerate() {
                id.iter().for_each(|id| of[side][id.index()] = at);
            }
        }
        Self { list, of, renamed: renames }
    }

    /// The number of an entry.
    pub fn at(&self, side: usize, id: Id<T>) -> usize {
        self.of[side][id.index()]
    }

    /// The entry with a number, in each version that has it.
    pub fn pair(&self, at: usize) -> [Option<Id<T>>; 2] {
        self.list[at]
    }

    /// All pairs.
    pub fn iter(&self) -> impl Iterator<Item = (usize, [Option<Id<T>>; 2])> + '_ {
        self.list.iter().copied().enumerate()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The version to name an entry by, and its id there: the new one if it has it.
    pub fn named(&self, at: usize) -> Option<(usize, Id<T>)> {
        let [old, new] = self.list[at];
        new.map(|id| (1, id)).or(old.map(|id| (0, id)))
    }
}

/// All entries of two versions, paired.
pub struct Pairs<'r> {
    /// The old rules and the new ones.
    pub sides: [&'r Rulebook; 2],
    pub sources: Twins<Source>,
    pub deciders: Twins<Decider>,
    pub papers: Twins<Paper>,
    pub offices: Twins<Authority>,
    pub questions: Twins<Question>,
    /// Per question.
    pub options: Vec<Twins<Choice>>,
    pub facts: Twins<DerivedFact>,
    /// Per fact.
    pub values: Vec<Twins<Text>>,
    pub steps: Twins<Step>,
    pub pathways: Twins<Pathway>,
    /// Per pathway.
    pub outcomes: Vec<Twins<Outcome>>,
}

impl<'r> Pairs<'r> {
    pub fn of(old: &'r Rulebook, new: &'r Rulebook) -> Self {
        let sides = [old, new];
        let alike = |before: Text, after: Text| say(old, before) == say(new, after);
        macro_rules! pair {
            ($field:ident, $title:ident) => {
                Twins::of([&old.$field, &new.$field], |a, b| alike(old.$field[a].$title, new.$field[b].$title))
            };
        }
        macro_rules! parts {
            ($of:expr, $field:ident, $parts:ident, $same:expr) => {{
                let none = Registry::default();
                let list = |side: usize, id: Option<Id<_>>| id.map_or(&none, |id| &sides[side].$field[id].$parts);
                let twins = |[a, b]: [Option<Id<_>>; 2]| {
                    let (a, b) = (list(0, a), list(1, b));
                    Twins::of([a, b], |x, y| $same(&a[x], &b[y]))
                };
                $of.iter().map(|(_, pair)| twins(pair)).collect()
            }};
        }
        let questions = Twins::of([&old.questions, &new.questions], |a, b| {
            let after = &new.questions[b];
            after.formerly.iter().any(|id| id == old.questions.name(a)) || alike(old.questions[a].text, after.text)
        });
        let none = Registry::default();
        let options = |[a, b]: [Option<Id<Question>>; 2]| {
            let before = a.map_or(&none, |id| &old.questions[id].options);
            let (after, former) = match b.map(|id| &new.questions[id]) {
                Some(question) => (&question.options, Some(&question.former_options)),
                None => (&none, None),
            };
            Twins::of([before, after], |x, y| {
                former.is_some_and(|former| former.get(before.name(x)) == Some(&y))
                    || alike(before[x].text, after[y].text)
            })
        };
        let facts = pair!(facts, label);
        let pathways = pair!(pathways, title);
        Self {
            sides,
            sources: pair!(sources, title),
            deciders: pair!(deciders, name),
            papers: pair!(papers, name),
            offices: pair!(authorities, name),
            options: questions.iter().map(|(_, pair)| options(pair)).collect(),
            values: parts!(facts, facts, values, |a: &Text, b: &Text| alike(*a, *b)),
            outcomes: parts!(pathways, pathways, outcomes, |a: &Outcome, b: &Outcome| alike(a.title, b.title)),
            questions,
            facts,
            pathways,
            steps: pair!(steps, title),
        }
    }

    /// Entries that only have another id.
    pub fn renamed(&self) -> Vec<Rename> {
        let mut all = Vec::new();
        let mut add = |kind, renamed: &[[String; 2]]| {
            all.extend(renamed.iter().map(|[before, after]| Rename {
                kind,
                before: before.clone(),
                after: after.clone(),
            }));
        };
        add(Kind::Source, &self.sources.renamed);
        add(Kind::Decider, &self.deciders.renamed);
        add(Kind::Paper, &self.papers.renamed);
        add(Kind::Office, &self.offices.renamed);
        add(Kind::Step, &self.steps.renamed);
        add(Kind::Question, &self.questions.renamed);
        self.options.iter().for_each(|options| add(Kind::Option, &options.renamed));
        add(Kind::Fact, &self.facts.renamed);
        self.values.iter().for_each(|values| add(Kind::Value, &values.renamed));
        add(Kind::Pathway, &self.pathways.renamed);
        self.outcomes.iter().for_each(|outcomes| add(Kind::Outcome, &outcomes.renamed));
        all
    }
}

/// A text in the language it was written in.
pub fn say(rulebook: &Rulebook, text: Text) -> &str {
    rulebook.texts.say(&Lang::german(), text)
}
