//! The space of all complete answer sets: which answers behave alike, and how they are written in Boolean variables.
//!
//! Two options of a question behave alike if every condition, branch and table treats them the same; 254 countries are
//! some dozens of classes. A class stands for all its options, and every count multiplies by their number. A question
//! with several answers has one variable per option; where none is chosen, the answer is `unknown`.

use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;

use super::diagram::{Diagrams, Set};
use crate::interview::Answers;
use crate::rulebook::{Condition, Fact, ForWhom, Fork, Id, Node, Question, Rulebook, ValueSet};

/// All questions with their classes and variables.
pub struct Space {
    blocks: Vec<Block>,
    cells: Vec<Cell>,
    variables: u16,
}

struct Block {
    first: u16,
    bits: u16,
    kind: Kind,
    unknown: usize,
}

enum Kind {
    /// One answer: the options by class.
    One(Vec<ValueSet>),
    /// Several: the option behind each variable; none where only another rulebook has it.
    Several(Vec<Option<usize>>),
}

/// A question that two rulebooks share, or that one of them has.
#[derive(Clone, Debug)]
pub struct Common {
    /// The question in each.
    pub ids: [Option<Id<Question>>; 2],
    /// The options of both, each with its place in either; where a rulebook lacks it, it takes it for `unknown`.
    pub options: Vec<[Option<usize>; 2]>,
    /// The place of `unknown` among the options of both.
    pub unknown: usize,
}

/// A step of a walk over all answer sets: a question, or one option of a question with several answers.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The question.
    pub question: Id<Question>,
    /// Whether it is the last cell of its question.
    pub last: bool,
    /// Whether the question may have several answers.
    pub several: bool,
    first: u16,
    bits: u16,
    /// What can be chosen here.
    pub choices: Vec<Choice>,
}

/// What can be chosen in a cell.
#[derive(Clone, Debug)]
pub struct Choice {
    bits: u16,
    /// The options it stands for; for one of several: the option, or nothing if it is not chosen.
    pub options: ValueSet,
    /// For how many answers it stands.
    pub weight: u32,
    /// Whether "unknown" is among them, so that it costs no answer.
    pub silent: bool,
}

impl Space {
    /// The space of a rulebook.
    pub fn of(rulebook: &Rulebook) -> Self {
        let told_apart = told_apart(rulebook);
        let mut space = Self { blocks: Vec::new(), cells: Vec::new(), variables: 0 };
        for (id, _, question) in rulebook.questions.iter() {
            let block = if question.multi {
                let options: Vec<usize> = (0..question.options.len()).filter(|at| *at != question.unknown).collect();
                space.add_several(id, &options, question.unknown)
            } else {
                let sets = told_apart.get(&id).map(Vec::as_slice).unwrap_or_default();
                space.add_one(id, classes(question.options.len(), sets), question.unknown)
            };
            space.variables += block.bits;
            space.blocks.push(block);
        }
        space
    }

    fn add_one(&mut self, question: Id<Question>, classes: Vec<ValueSet>, unknown: usize) -> Block {
        let bits = u16::try_from(usize::BITS - (classes.len() - 1).leading_zeros()).unwrap_or(0);
        let first = self.variables;
        let choices = classes.iter().enumerate().map(|(at, options)| Choice {
            bits: u16::try_from(at).unwrap_or(u16::MAX),
            options: *options,
            weight: u32::try_from(options.len()).unwrap_or(u32::MAX),
            silent: options.contains(unknown),
        });
        self.cells.push(Cell { question, last: true, several: false, first, bits, choices: choices.collect() });
        Block { first, bits, kind: Kind::One(classes), unknown }
    }

    fn add_several(&mut self, question: Id<Question>, options: &[usize], unknown: usize) -> Block {
        let first = self.variables;
        let bits = u16::try_from(options.len()).unwrap_or(u16::MAX);
        for (at, option) in (first..).zip(options) {
            let no = Choice { bits: 0, options: ValueSet::default(), weight: 1, silent: true };
            let yes = Choice { bits: 1, options: ValueSet::only(*option), weight: 1, silent: false };
            let last = at + 1 == first + bits;
            self.cells.push(Cell { question, last, several: true, first: at, bits: 1, choices: vec![no, yes] });
        }
        Block { first, bits, kind: Kind::Several(options.iter().copied().map(Some).collect()), unknown }
    }

    /// One space for the answers to two rulebooks: first the space itself, in which a question is known by its place in
    /// the list, then how either rulebook sees it. Both write an answer in the same variables, so that their sets can be
    /// compared.
    pub fn common(sides: [&Rulebook; 2], questions: &[Common]) -> (Self, [Self; 2]) {
        let apart = sides.map(told_apart);
        let empty = || Self { blocks: Vec::new(), cells: Vec::new(), variables: 0 };
        let mut whole = empty();
        let mut views = sides.map(|side| (empty(), side.questions.ids().map(|_| None).collect::<Vec<Option<Block>>>()));
        for (at, question) in questions.iter().enumerate() {
            let id = Id::new(at);
            let own = |side: usize, option: usize| {
                question.options[option][side].or(question.options[question.unknown][side])
            };
            let several = (0..2).any(|side| question.ids[side].is_some_and(|own| sides[side].questions[own].multi));
            let block = if several {
                let options: Vec<usize> = (0..question.options.len()).filter(|at| *at != question.unknown).collect();
                whole.add_several(id, &options, question.unknown)
            } else {
                let mut sets = vec![ValueSet::only(question.unknown)];
                for (side, asked) in question.ids.iter().enumerate() {
                    let told = asked.and_then(|asked| apart[side].get(&asked)).map(Vec::as_slice).unwrap_or_default();
                    let seen = |set: &ValueSet| -> ValueSet {
                        (0..question.options.len())
                            .filter(|at| own(side, *at).is_some_and(|own| set.contains(own)))
                            .collect()
                    };
                    sets.extend(told.iter().map(seen));
                }
                whole.add_one(id, classes(question.options.len(), &sets), question.unknown)
            };
            for (side, asked) in question.ids.iter().enumerate() {
                let Some(asked) = asked else { continue };
                let kind = match &block.kind {
                    Kind::One(classes) => {
                        let seen = |class: &ValueSet| class.iter().filter_map(|option| own(side, option)).collect();
                        Kind::One(classes.iter().map(seen).collect())
                    }
                    Kind::Several(options) => {
                        Kind::Several(options.iter().map(|at| at.and_then(|at| question.options[at][side])).collect())
                    }
                };
                let unknown = sides[side].questions[*asked].unknown;
                let seen = Block { first: block.first, bits: block.bits, kind, unknown };
                views[side].1[asked.index()] = Some(seen);
            }
            whole.variables += block.bits;
            whole.blocks.push(block);
        }
        let views = views.map(|(view, blocks)| Self {
            // A question that is in no pair is in no list of both; there is none.
            blocks: blocks.into_iter().flatten().collect(),
            variables: whole.variables,
            ..view
        });
        (whole, views)
    }

    /// The cells in the editors' order of questions.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Where the question's answer is, or includes, one of these options.
    pub fn answered(&self, diagrams: &mut Diagrams, question: Id<Question>, options: &ValueSet) -> Set {
        let block = &self.blocks[question.index()];
        match &block.kind {
            Kind::One(classes) => {
                let mut set = Set::NONE;
                for (code, _) in classes.iter().enumerate().filter(|(_, class)| !class.and(options).is_empty()) {
                    let class = self.class(diagrams, block, code, classes.len());
                    set = diagrams.or(set, class);
                }
                set
            }
            Kind::Several(known) => {
                let mut set = Set::NONE;
                let known = || (block.first..).zip(known).filter_map(|(variable, option)| Some((variable, (*option)?)));
                for (variable, _) in known().filter(|(_, option)| options.contains(*option)) {
                    let chosen = diagrams.literal(variable, true);
                    set = diagrams.or(set, chosen);
                }
                if options.contains(block.unknown) {
                    let mut none = Set::ALL;
                    for (variable, _) in known() {
                        let not = diagrams.literal(variable, false);
                        none = diagrams.and(none, not);
                    }
                    set = diagrams.or(set, none);
                }
                set
            }
        }
    }

    /// Where the answer is of this class. The last class takes the codes that are left over, so that every assignment
    /// of the variables is an answer set.
    fn class(&self, diagrams: &mut Diagrams, block: &Block, code: usize, classes: usize) -> Set {
        if code + 1 == classes {
            let mut others = Set::NONE;
            for other in 0..code {
                let other = self.class(diagrams, block, other, classes);
                others = diagrams.or(others, other);
            }
            return diagrams.not(others);
        }
        let mut set = Set::ALL;
        for at in (0..block.bits).rev() {
            let bit = diagrams.literal(block.first + at, code >> at & 1 == 1);
            set = diagrams.and(bit, set);
        }
        set
    }

    /// What remains of a set once a cell is chosen.
    pub fn choose(&self, diagrams: &mut Diagrams, set: Set, cell: &Cell, choice: &Choice) -> Set {
        diagrams.fix(set, cell.first, cell.bits, choice.bits)
    }

    /// What remains of a set once a question is answered with "unknown".
    pub fn unknown(&self, diagrams: &mut Diagrams, set: Set, question: Id<Question>) -> Set {
        let block = &self.blocks[question.index()];
        let code = match &block.kind {
            Kind::One(classes) => classes.iter().position(|class| class.contains(block.unknown)).unwrap_or(0),
            Kind::Several(_) => 0,
        };
        diagrams.fix(set, block.first, block.bits, u16::try_from(code).unwrap_or(u16::MAX))
    }

    /// Where some answer to the question leads into the set.
    pub fn any_answer(&self, diagrams: &mut Diagrams, set: Set, question: Id<Question>) -> Set {
        let block = &self.blocks[question.index()];
        diagrams.free(set, block.first, block.bits)
    }

    /// Where some answers to these questions, given in their order, lead into the set. Those that follow each other are dealt with
    /// at once, the last ones first.
    pub fn any_answers(&self, diagrams: &mut Diagrams, set: Set, questions: &[Id<Question>]) -> Set {
        let mut stretches: Vec<(u16, u16)> = Vec::new();
        for question in questions {
            let block = &self.blocks[question.index()];
            match stretches.last_mut() {
                Some((first, bits)) if *first + *bits == block.first => *bits += block.bits,
                _ => stretches.push((block.first, block.bits)),
            }
        }
        stretches.into_iter().rev().fold(set, |set, (first, bits)| diagrams.free(set, first, bits))
    }

    /// Whether one of these variables belongs to the question.
    pub fn asks(&self, variables: &[u16], question: Id<Question>) -> bool {
        let block = &self.blocks[question.index()];
        variables.iter().any(|variable| (block.first..block.first + block.bits).contains(variable))
    }

    /// Where some answers to all later questions lead into the set.
    pub fn any_later_answers(&self, diagrams: &mut Diagrams, set: Set, question: Id<Question>) -> Set {
        let block = &self.blocks[question.index()];
        diagrams.free_from(set, block.first + block.bits)
    }

    /// Where, with the answers to all earlier questions known, some answers to later ones make it hang on the answer to this one.
    pub fn hangs_on(&self, diagrams: &mut Diagrams, set: Set, question: Id<Question>) -> Set {
        let block = &self.blocks[question.index()];
        diagrams.hangs_on(set, block.first, block.bits)
    }

    /// One answer set as values of the variables. Where nothing is chosen, the answer is `unknown`.
    pub fn point(&self, chosen: impl Fn(Id<Question>) -> ValueSet) -> Vec<bool> {
        let mut point = vec![false; usize::from(self.variables)];
        for (at, block) in self.blocks.iter().enumerate() {
            let options = chosen(Id::new(at));
            let own = &mut point[usize::from(block.first)..usize::from(block.first + block.bits)];
            match &block.kind {
                Kind::One(classes) => {
                    let among = |options: &ValueSet| classes.iter().position(|class| !class.and(options).is_empty());
                    let code = among(&options).or_else(|| among(&ValueSet::only(block.unknown))).unwrap_or(0);
                    own.iter_mut().enumerate().for_each(|(bit, value)| *value = code >> bit & 1 == 1);
                }
                Kind::Several(known) => {
                    let holds = |option: &Option<usize>| option.is_some_and(|option| options.contains(option));
                    own.iter_mut().zip(known).for_each(|(value, option)| *value = holds(option));
                }
            }
        }
        point
    }

    /// The options of a question in classes; for one with several answers, each option.
    pub fn alike(&self, question: Id<Question>) -> Vec<ValueSet> {
        match &self.blocks[question.index()] {
            Block { kind: Kind::One(classes), .. } => classes.clone(),
            Block { kind: Kind::Several(options), unknown, .. } => {
                options.iter().flatten().chain([unknown]).map(|option| ValueSet::only(*option)).collect()
            }
        }
    }

    /// How many complete answer sets a set holds.
    pub fn size(&self, diagrams: &mut Diagrams, set: Set) -> BigUint {
        self.size_from(diagrams, set, 0, &mut HashMap::new())
    }

    fn size_from(
        &self,
        diagrams: &mut Diagrams,
        set: Set,
        at: usize,
        known: &mut HashMap<(Set, usize), BigUint>,
    ) -> BigUint {
        if set == Set::NONE {
            return BigUint::ZERO;
        }
        let Some(cell) = self.cells.get(at) else { return BigUint::from(1u32) };
        if let Some(size) = known.get(&(set, at)) {
            return size.clone();
        }
        let mut size = BigUint::ZERO;
        for choice in &cell.choices {
            let rest = self.choose(diagrams, set, cell, choice);
            size += self.size_from(diagrams, rest, at + 1, known) * choice.weight;
        }
        known.insert((set, at), size.clone());
        size
    }

    /// An answer set of the set with as few answers as possible; what is left out is unknown.
    pub fn shortest(&self, diagrams: &mut Diagrams, set: Set) -> Option<Answers> {
        let mut known = HashMap::new();
        self.fewest(diagrams, set, 0, false, &mut known)?;
        let mut answers: BTreeMap<Id<Question>, ValueSet> = BTreeMap::new();
        let (mut rest, mut spoken) = (set, false);
        for (at, cell) in self.cells.iter().enumerate() {
            let (_, choice) = *known.get(&(rest, at, spoken))?.as_ref()?;
            let choice = &cell.choices[choice];
            if !choice.silent {
                let option = ValueSet::only(choice.options.iter().next()?);
                let answer = answers.entry(cell.question).or_default();
                *answer = answer.or(&option);
            }
            spoken = !cell.last && (spoken || !choice.silent);
            rest = self.choose(diagrams, rest, cell, choice);
        }
        let mut shortest = Answers::default();
        answers.into_iter().for_each(|(question, values)| shortest.set(question, values));
        Some(shortest)
    }

    /// The cost of the cheapest way from a cell on: questions answered, then options named; and the choice to take.
    fn fewest(
        &self,
        diagrams: &mut Diagrams,
        set: Set,
        at: usize,
        spoken: bool,
        known: &mut Fewest,
    ) -> Option<(u32, u32)> {
        if set == Set::NONE {
            return None;
        }
        let Some(cell) = self.cells.get(at) else { return Some((0, 0)) };
        if let Some(found) = known.get(&(set, at, spoken)) {
            return found.map(|(cost, _)| cost);
        }
        let mut best: Option<((u32, u32), usize)> = None;
        for (number, choice) in cell.choices.iter().enumerate() {
            let rest = self.choose(diagrams, set, cell, choice);
            let now = spoken || !choice.silent;
            let Some((questions, options)) = self.fewest(diagrams, rest, at + 1, now && !cell.last, known) else {
                continue;
            };
            let cost = (questions + u32::from(now && cell.last), options + u32::from(!choice.silent));
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, number));
            }
        }
        known.insert((set, at, spoken), best);
        best.map(|(cost, _)| cost)
    }
}

type Fewest = HashMap<(Set, usize, bool), Option<((u32, u32), usize)>>;

/// Per question, every set of options that some rule looks for.
fn told_apart(rulebook: &Rulebook) -> HashMap<Id<Question>, Vec<ValueSet>> {
    let mut sets: HashMap<Id<Question>, Vec<ValueSet>> = HashMap::new();
    let mut conditions: Vec<&Condition> = Vec::new();
    for (_, _, question) in rulebook.questions.iter() {
        conditions.extend(&question.asked_if);
    }
    for (_, _, pathway) in rulebook.pathways.iter() {
        conditions.extend(pathway.when.iter().chain(&pathway.unless));
        branches(&pathway.tree, &mut sets);
        pathway.also.iter().for_each(|also| branches(&also.node, &mut sets));
    }
    for (_, _, step) in rulebook.steps.iter() {
        conditions.extend(&step.unless.0);
        conditions.extend(step.for_whom().flat_map(ForWhom::conditions));
    }
    for (_, _, paper) in rulebook.papers.iter() {
        conditions.extend(&paper.unless.0);
        conditions.extend(paper.for_whom().flat_map(ForWhom::conditions));
    }
    for condition in conditions {
        if let Fact::Question(id) = condition.fact {
            sets.entry(id).or_default().push(condition.values);
        }
    }
    for (_, _, fact) in rulebook.facts.iter() {
        branches(&fact.tree, &mut sets);
    }
    for (id, _, question) in rulebook.questions.iter() {
        sets.entry(id).or_default().push(ValueSet::only(question.unknown));
    }
    sets
}

fn branches<L>(node: &Node<L>, sets: &mut HashMap<Id<Question>, Vec<ValueSet>>) {
    for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        for condition in &turn.when {
            if let Fact::Question(id) = condition.fact {
                sets.entry(id).or_default().push(condition.values);
            }
        }
        branches(&turn.node, sets);
    }
}

/// The options in classes that no set tells apart, in the order of their first options.
fn classes(options: usize, sets: &[ValueSet]) -> Vec<ValueSet> {
    let mut classes = vec![ValueSet::first(options)];
    for set in sets {
        classes = classes
            .iter()
            .flat_map(|class| [class.and(set), class.minus(set)])
            .filter(|class| !class.is_empty())
            .collect();
    }
    classes.sort_by_key(|class| class.iter().next());
    classes
}
