//! All people at once: the answers a person would give to every question, cut into cells within which two versions of
//! a pathway each come to one result. The cells are disjoint, leave nobody out, and can be counted.
//!
//! A question whose condition does not hold is not put, so its answer does not count: the same as in the interview.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::meaning::Version;
use crate::interview::{Answers, Finding, look};
use crate::rulebook::{Condition, Fact, Fork, Id, Node, OfficeRef, Pathway, Question, ValueSet, in_force};

/// The questions of both versions.
pub struct Domain {
    pub asked: Vec<Asked>,
}

/// A question that at least one version puts, with the options of both.
pub struct Asked {
    pub name: String,
    pub multi: bool,
    /// Shared names of the options.
    pub options: Vec<String>,
    /// Position of "I do not know".
    pub unknown: usize,
    /// In each version: the question, and what each option is there (`unknown` where it does not exist).
    sides: [Option<(Id<Question>, Vec<usize>)>; 2],
    /// For questions with several answers: groups of options that no rule tells apart.
    pub classes: Vec<ValueSet>,
}

/// What is settled about one question in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    /// One of these options.
    One(ValueSet),
    /// Classes of which an option was chosen, and classes of which none was.
    Many { yes: ValueSet, no: ValueSet },
}

/// A set of people: for each question that matters, which answers they would give.
#[derive(Clone, Debug, Default)]
pub struct Cell(BTreeMap<usize, Known>);

/// Where a cell must be cut to go on.
enum Cut {
    Options(usize, ValueSet),
    Class(usize, usize),
}

/// A fact in the words of which a cell is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// An answer to a question.
    Answer(usize),
    /// Whether some option of a class was chosen.
    Chosen(usize, usize),
    /// A derived fact of one version (0 old, 1 new) that means the same in both.
    Derived(usize, Id<crate::rulebook::DerivedFact>),
}

/// A cell in features; a feature that is not here may have any value.
pub type Described = BTreeMap<Feature, ValueSet>;

/// A cell with what both versions say there.
pub struct Result<'r> {
    pub cell: Cell,
    pub described: Described,
    pub found: [Option<Finding<'r>>; 2],
}

impl Domain {
    pub fn of(sides: &[Version<'_>; 2]) -> Self {
        let mut asked: Vec<Asked> = Vec::new();
        for (at, side) in sides.iter().enumerate().rev() {
            for (id, _, question) in side.rulebook.questions.iter() {
                let name = Version::name_of(&side.names.questions, id);
                let options = &side.names.options[id.index()];
                let entry = match asked.iter_mut().position(|known| known.name == name) {
                    Some(found) => &mut asked[found],
                    None => {
                        asked.push(Asked {
                            name,
                            multi: question.multi,
                            options: Vec::new(),
                            unknown: 0,
                            sides: [None, None],
                            classes: Vec::new(),
                        });
                        let last = asked.len() - 1;
                        &mut asked[last]
                    }
                };
                for option in options {
                    if !entry.options.contains(option) {
                        entry.options.push(option.clone());
                    }
                }
                let unknown = options.get(question.unknown).cloned().unwrap_or_default();
                entry.unknown = entry.options.iter().position(|option| *option == unknown).unwrap_or(0);
                entry.sides[at] = Some((id, Vec::new()));
            }
        }
        for entry in &mut asked {
            let options = entry.options.clone();
            for (at, side) in sides.iter().enumerate() {
                if let Some((id, map)) = &mut entry.sides[at] {
                    let own = &side.names.options[id.index()];
                    let unknown = side.rulebook.questions[*id].unknown;
                    *map = options
                        .iter()
                        .map(|option| own.iter().position(|known| known == option).unwrap_or(unknown))
                        .collect();
                }
            }
        }
        Self { asked }
    }

    fn var(&self, side: usize, question: Id<Question>) -> usize {
        let own = |asked: &Asked| asked.sides[side].as_ref().is_some_and(|(id, _)| *id == question);
        self.asked.iter().position(own).unwrap_or(0)
    }

    /// Values of a question in one version as options of both.
    fn shared(&self, side: usize, var: usize, values: &ValueSet) -> ValueSet {
        let Some((_, map)) = &self.asked[var].sides[side] else { return ValueSet::default() };
        map.iter().enumerate().filter(|(_, own)| values.contains(**own)).map(|(at, _)| at).collect()
    }

    /// Groups the options of questions with several answers by what the pathways test.
    pub fn classify(&mut self, sides: &[Version<'_>; 2], pathways: &[[Option<Id<Pathway>>; 2]]) {
        let mut tested: HashMap<usize, HashSet<ValueSet>> = HashMap::new();
        for pair in pathways {
            for (side, pathway) in pair.iter().enumerate() {
                if let Some(pathway) = pathway {
                    let mut seen = HashSet::new();
                    let entry = &sides[side].rulebook.pathways[*pathway];
                    entry
                        .when
                        .iter()
                        .chain(&entry.unless)
                        .for_each(|condition| self.tests(sides, side, condition, &mut seen, &mut tested));
                    self.tree_tests(sides, side, &entry.tree, &mut seen, &mut tested);
                    for also in &entry.also {
                        self.tree_tests(sides, side, &also.node, &mut seen, &mut tested);
                    }
                }
            }
        }
        for (var, sets) in tested {
            if self.asked[var].multi {
                let mut groups: BTreeMap<Vec<bool>, ValueSet> = BTreeMap::new();
                let sets: Vec<ValueSet> = sets.into_iter().collect();
                for option in (0..self.asked[var].options.len()).filter(|option| *option != self.asked[var].unknown) {
                    groups.entry(sets.iter().map(|set| set.contains(option)).collect()).or_default().insert(option);
                }
                let mut classes: Vec<ValueSet> = groups.into_values().collect();
                classes.sort_by_key(|class| class.iter().next());
                self.asked[var].classes = classes;
            }
        }
    }

    fn tests(
        &self,
        sides: &[Version<'_>; 2],
        side: usize,
        condition: &Condition,
        seen: &mut HashSet<(usize, Fact)>,
        tested: &mut HashMap<usize, HashSet<ValueSet>>,
    ) {
        if let Fact::Question(id) = condition.fact {
            let var = self.var(side, id);
            tested.entry(var).or_default().insert(self.shared(side, var, &condition.values));
        }
        self.fact_tests(sides, side, condition.fact, seen, tested);
    }

    fn fact_tests(
        &self,
        sides: &[Version<'_>; 2],
        side: usize,
        fact: Fact,
        seen: &mut HashSet<(usize, Fact)>,
        tested: &mut HashMap<usize, HashSet<ValueSet>>,
    ) {
        if !seen.insert((side, fact)) {
            return;
        }
        match fact {
            Fact::Question(id) => {
                sides[side].rulebook.questions[id]
                    .asked_if
                    .iter()
                    .for_each(|condition| self.tests(sides, side, condition, seen, tested));
            }
            Fact::Derived(id) => {
                let fact = &sides[side].rulebook.facts[id];
                match fact.tree.fork().filter(|_| fact.lookup) {
                    Some(look) => self.fact_tests(sides, side, look.fact, seen, tested),
                    None => self.tree_tests(sides, side, &fact.tree, seen, tested),
                }
            }
        }
    }

    fn tree_tests<L>(
        &self,
        sides: &[Version<'_>; 2],
        side: usize,
        node: &Node<L>,
        seen: &mut HashSet<(usize, Fact)>,
        tested: &mut HashMap<usize, HashSet<ValueSet>>,
    ) {
        for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
            turn.when.iter().for_each(|condition| self.tests(sides, side, condition, seen, tested));
            self.tree_tests(sides, side, &turn.node, seen, tested);
        }
    }

    /// Cuts all people into cells for one pathway that may exist in both versions.
    pub fn cells<'r>(
        &self,
        sides: &[Version<'r>; 2],
        pathway: [Option<Id<Pathway>>; 2],
        date: Date,
    ) -> Vec<Result<'r>> {
        let mut results = Vec::new();
        let mut waiting = vec![Cell::default()];
        while let Some(cell) = waiting.pop() {
            match self.look(sides, pathway, date, &cell) {
                Ok((described, found)) => results.push(Result { cell, described, found }),
                Err(cut) => waiting.extend(self.cut(&cell, &cut)),
            }
        }
        results
    }

    fn all(&self, var: usize) -> ValueSet {
        ValueSet::first(self.asked[var].options.len())
    }

    fn cut(&self, cell: &Cell, cut: &Cut) -> [Cell; 2] {
        let (mut inside, mut outside) = (cell.clone(), cell.clone());
        match cut {
            Cut::Options(var, set) => {
                let possible = match cell.0.get(var) {
                    Some(Known::One(possible)) => *possible,
                    _ => self.all(*var),
                };
                inside.0.insert(*var, Known::One(possible.and(set)));
                outside.0.insert(*var, Known::One(possible.minus(set)));
            }
            Cut::Class(var, class) => {
                let (yes, no) = match cell.0.get(var) {
                    Some(Known::Many { yes, no }) => (*yes, *no),
                    _ => Default::default(),
                };
                inside.0.insert(*var, Known::Many { yes: yes.or(&ValueSet::only(*class)), no });
                outside.0.insert(*var, Known::Many { yes, no: no.or(&ValueSet::only(*class)) });
            }
        }
        // The side with "yes" is looked at first, so that the cells come in the order of the rules.
        [outside, inside]
    }

    /// Whether the answer to a question is (for several answers: includes) one of these options.
    fn test(&self, cell: &Cell, var: usize, set: &ValueSet) -> std::result::Result<bool, Cut> {
        let asked = &self.asked[var];
        if !asked.multi {
            let possible = match cell.0.get(&var) {
                Some(Known::One(possible)) => *possible,
                _ => self.all(var),
            };
            return if possible.and(set).is_empty() {
                Ok(false)
            } else if possible.minus(set).is_empty() {
                Ok(true)
            } else {
                Err(Cut::Options(var, *set))
            };
        }
        let (yes, no) = match cell.0.get(&var) {
            Some(Known::Many { yes, no }) => (*yes, *no),
            _ => Default::default(),
        };
        let wanted =
            || asked.classes.iter().enumerate().filter(|(_, class)| !class.and(set).is_empty()).map(|(at, _)| at);
        if wanted().any(|class| yes.contains(class)) {
            return Ok(true);
        }
        if let Some(open) = wanted().find(|class| !no.contains(*class)) {
            return Err(Cut::Class(var, open));
        }
        if !set.contains(asked.unknown) || !yes.is_empty() {
            return Ok(false);
        }
        match (0..asked.classes.len()).find(|class| !no.contains(*class)) {
            Some(open) => Err(Cut::Class(var, open)),
            None => Ok(true),
        }
    }

    fn look<'r>(
        &self,
        sides: &[Version<'r>; 2],
        pathway: [Option<Id<Pathway>>; 2],
        date: Date,
        cell: &Cell,
    ) -> std::result::Result<(Described, [Option<Finding<'r>>; 2]), Cut> {
        let mut described = Described::new();
        let mut found = [None, None];
        for side in 0..2 {
            let Some(id) = pathway[side] else { continue };
            let mut walk = Walk {
                domain: self,
                sides,
                side,
                date,
                cell,
                derived: HashMap::new(),
                put: HashMap::new(),
                described: &mut described,
            };
            found[side] = walk.pathway(id)?;
        }
        Ok((described, found))
    }
}

struct Walk<'w, 'r> {
    domain: &'w Domain,
    sides: &'w [Version<'r>; 2],
    side: usize,
    date: Date,
    cell: &'w Cell,
    derived: HashMap<Id<crate::rulebook::DerivedFact>, usize>,
    /// Whether a question is put.
    put: HashMap<Id<Question>, bool>,
    described: &'w mut Described,
}

impl<'r> Walk<'_, 'r> {
    fn pathway(&mut self, id: Id<Pathway>) -> std::result::Result<Option<Finding<'r>>, Cut> {
        let version = &self.sides[self.side];
        let pathway = &version.rulebook.pathways[id];
        for (conditions, wanted) in [(&pathway.when, true), (&pathway.unless, false)] {
            for condition in conditions {
                if self.holds(condition.fact, &condition.values, true)? != wanted {
                    return Ok(None);
                }
            }
        }
        if let Some(outcome) = *self.descend(&pathway.tree, true)? {
            for also in pathway.also.iter().filter(|also| also.to.contains(&outcome)) {
                self.descend(&also.node, true)?;
            }
        }
        let Some(finding) = look(version.rulebook, &self.someone(), self.date, id) else { return Ok(None) };
        // Offices told by a fact that changed: whom it names in each version.
        let contacts = finding.steps.iter().flat_map(|step| &version.rulebook.steps[*step].contact);
        let asked = &pathway.outcomes[finding.outcome].ask;
        let facts = contacts.chain(asked).filter_map(|office| match office {
            OfficeRef::Fact(fact) => Some(*fact),
            OfficeRef::Authority(_) => None,
        });
        for fact in facts.collect::<BTreeSet<_>>() {
            if self.changed(Fact::Derived(fact)) {
                self.derived(fact, true)?;
            }
        }
        // The answers that decided the offices are settled only now.
        Ok(look(version.rulebook, &self.someone(), self.date, id))
    }

    /// Whether a fact is decided differently in the other version.
    fn changed(&self, fact: Fact) -> bool {
        let own = self.sides[self.side].deep(fact);
        let other = &self.sides[1 - self.side];
        let twin = match fact {
            Fact::Question(id) => {
                let name = Version::name_of(&self.sides[self.side].names.questions, id);
                Version::find(&other.names.questions, &name, &other.rulebook.questions).map(Fact::Question)
            }
            Fact::Derived(id) => {
                let name = Version::name_of(&self.sides[self.side].names.facts, id);
                Version::find(&other.names.facts, &name, &other.rulebook.facts).map(Fact::Derived)
            }
        };
        twin.is_some_and(|twin| other.deep(twin) != own)
    }

    fn note(&mut self, feature: Feature, values: ValueSet) {
        self.described.insert(feature, values);
    }

    /// A derived fact under one name for both versions.
    fn feature(&self, id: Id<crate::rulebook::DerivedFact>, value: usize) -> (Feature, usize) {
        let new = &self.sides[1];
        if self.side == 1 {
            return (Feature::Derived(1, id), value);
        }
        let names = &self.sides[0].names;
        let twin = Version::find(&new.names.facts, &names.facts[id.index()], &new.rulebook.facts);
        let Some(twin) = twin else { return (Feature::Derived(0, id), value) };
        let name = self.sides[0].value_name(Fact::Derived(id), value);
        let at = new.names.values[twin.index()].iter().position(|known| *known == name);
        (Feature::Derived(1, twin), at.unwrap_or(value))
    }

    /// Whether a fact has one of these values; noted as a feature if it is a fact the reader is told about.
    fn holds(&mut self, fact: Fact, values: &ValueSet, told: bool) -> std::result::Result<bool, Cut> {
        match fact {
            Fact::Derived(id) => Ok(values.contains(self.derived(id, told)?)),
            Fact::Question(id) => {
                let var = self.domain.var(self.side, id);
                let changed = self.changed(fact);
                let unknown = self.sides[self.side].rulebook.questions[id].unknown;
                let put = self.put(id, told && changed)?;
                if !put {
                    if told && !changed {
                        self.not_put(var);
                    }
                    return Ok(values.contains(unknown));
                }
                let set = self.domain.shared(self.side, var, values);
                let holds = self.domain.test(self.cell, var, &set)?;
                if told {
                    self.answered(var);
                }
                Ok(holds)
            }
        }
    }

    fn not_put(&mut self, var: usize) {
        let asked = &self.domain.asked[var];
        if asked.multi {
            for class in 0..asked.classes.len() {
                self.note(Feature::Chosen(var, class), ValueSet::only(0));
            }
        } else {
            self.note(Feature::Answer(var), ValueSet::only(asked.unknown));
        }
    }

    fn answered(&mut self, var: usize) {
        match self.cell.0.get(&var) {
            Some(Known::One(possible)) => self.note(Feature::Answer(var), *possible),
            Some(Known::Many { yes, no }) => {
                let (yes, no) = (*yes, *no);
                yes.iter().for_each(|class| self.note(Feature::Chosen(var, class), ValueSet::only(1)));
                no.iter().for_each(|class| self.note(Feature::Chosen(var, class), ValueSet::only(0)));
            }
            None => {}
        }
    }

    /// Whether the interview puts a question.
    fn put(&mut self, id: Id<Question>, told: bool) -> std::result::Result<bool, Cut> {
        if let Some(known) = self.put.get(&id)
            && !told
        {
            return Ok(*known);
        }
        let question = &self.sides[self.side].rulebook.questions[id];
        let mut put = true;
        for condition in question.asked_if.iter().filter(|_| !question.only_at_desk) {
            if !self.holds(condition.fact, &condition.values, told)? {
                put = false;
                break;
            }
        }
        self.put.insert(id, put);
        Ok(put)
    }

    fn derived(&mut self, id: Id<crate::rulebook::DerivedFact>, told: bool) -> std::result::Result<usize, Cut> {
        let inside = told && self.changed(Fact::Derived(id));
        let value = match self.derived.get(&id) {
            Some(value) if !inside => *value,
            _ => *self.descend(&self.sides[self.side].rulebook.facts[id].tree, inside)?,
        };
        self.derived.insert(id, value);
        if told && !inside {
            let (feature, value) = self.feature(id, value);
            self.note(feature, ValueSet::only(value));
        }
        Ok(value)
    }

    fn descend<'n, L>(&mut self, mut node: &'n Node<L>, told: bool) -> std::result::Result<&'n L, Cut> {
        loop {
            let fork = match node {
                Node::Leaf(leaf) => return Ok(leaf),
                Node::Fork(fork) => fork,
            };
            let mut taken = &*fork.otherwise;
            let date = self.date;
            'branches: for branch in fork.branches.iter().filter(|branch| in_force(branch.valid, date)) {
                for condition in &branch.turn.when {
                    if !self.holds(condition.fact, &condition.values, told)? {
                        continue 'branches;
                    }
                }
                taken = &branch.turn;
                break;
            }
            node = &taken.node;
        }
    }

    /// The answers of one person in this cell, as the interview would gather them.
    fn someone(&self) -> Answers {
        let mut answers = Answers::default();
        for (id, _) in self.put.iter().filter(|(_, put)| **put) {
            let var = self.domain.var(self.side, *id);
            let asked = &self.domain.asked[var];
            let Some((_, own)) = &asked.sides[self.side] else { continue };
            let unknown = self.sides[self.side].rulebook.questions[*id].unknown;
            let chosen: ValueSet = match self.cell.0.get(&var) {
                Some(Known::One(possible)) => {
                    possible.iter().take(1).filter_map(|option| own.get(option).copied()).collect()
                }
                Some(Known::Many { yes, .. }) => {
                    let options = yes.iter().filter_map(|class| asked.classes[class].iter().next());
                    options.filter_map(|option| own.get(option).copied()).collect()
                }
                None => ValueSet::default(),
            };
            answers.set(*id, if chosen.is_empty() { ValueSet::only(unknown) } else { chosen });
        }
        answers
    }
}

/// Answers that no rule at hand tells apart, merged: what one answer set is when people are counted.
pub struct Census {
    /// For each question read: its groups of options. Questions with several answers count their classes instead.
    groups: BTreeMap<usize, Vec<ValueSet>>,
    several: BTreeMap<usize, usize>,
}

impl Census {
    /// Groups what these cells tell apart.
    pub fn of<'c>(domain: &Domain, cells: impl Iterator<Item = &'c Cell>) -> Self {
        let mut seen: BTreeMap<usize, BTreeSet<Vec<usize>>> = BTreeMap::new();
        let mut several = BTreeMap::new();
        for cell in cells {
            for (var, known) in &cell.0 {
                match known {
                    Known::One(possible) => drop(seen.entry(*var).or_default().insert(possible.iter().collect())),
                    Known::Many { .. } => drop(several.insert(*var, domain.asked[*var].classes.len())),
                }
            }
        }
        let groups = seen.into_iter().map(|(var, sets)| {
            let mut groups: BTreeMap<Vec<bool>, ValueSet> = BTreeMap::new();
            for option in 0..domain.asked[var].options.len() {
                groups
                    .entry(sets.iter().map(|set| set.binary_search(&option).is_ok()).collect())
                    .or_default()
                    .insert(option);
            }
            (var, groups.into_values().collect())
        });
        Self { groups: groups.collect(), several }
    }

    /// The questions read.
    pub fn questions(&self) -> BTreeSet<usize> {
        self.groups.keys().chain(self.several.keys()).copied().collect()
    }

    /// All answer sets. Saturates at the largest number there is room for.
    pub fn total(&self) -> u128 {
        self.count(&Cell::default())
    }

    /// The answer sets in a cell.
    pub fn count(&self, cell: &Cell) -> u128 {
        let mut count: u128 = 1;
        for (var, groups) in &self.groups {
            let fits = match cell.0.get(var) {
                Some(Known::One(possible)) => groups.iter().filter(|group| !group.and(possible).is_empty()).count(),
                _ => groups.len(),
            };
            count = count.saturating_mul(fits as u128);
        }
        for (var, classes) in &self.several {
            let settled = match cell.0.get(var) {
                Some(Known::Many { yes, no }) => yes.len() + no.len(),
                _ => 0,
            };
            let free = u32::try_from(classes.saturating_sub(settled)).unwrap_or(u32::MAX);
            count = count.saturating_mul(2u128.checked_pow(free).unwrap_or(u128::MAX));
        }
        count
    }

    /// The answer sets in any of some cells, which may overlap.
    pub fn count_any(&self, cells: &[&Cell]) -> u128 {
        let vars: Vec<(usize, Option<usize>)> = self
            .groups
            .keys()
            .map(|var| (*var, None))
            .chain(self.several.iter().flat_map(|(var, classes)| (0..*classes).map(|class| (*var, Some(class)))))
            .collect();
        let mut memo = HashMap::new();
        self.sweep(cells, &vars, 0, &(0..cells.len()).collect::<Vec<_>>(), &mut memo)
    }

    /// Question by question: which cells are still possible after each answer; equal remainders are counted once.
    fn sweep(
        &self,
        cells: &[&Cell],
        vars: &[(usize, Option<usize>)],
        at: usize,
        alive: &[usize],
        memo: &mut HashMap<(usize, Vec<usize>), u128>,
    ) -> u128 {
        if alive.is_empty() {
            return 0;
        }
        let Some((var, class)) = vars.get(at) else { return 1 };
        if let Some(known) = memo.get(&(at, alive.to_vec())) {
            return *known;
        }
        let mut next: BTreeMap<Vec<usize>, u128> = BTreeMap::new();
        let mut add = |keep: &dyn Fn(&Cell) -> bool| {
            *next.entry(alive.iter().copied().filter(|cell| keep(cells[*cell])).collect()).or_default() += 1;
        };
        match class {
            None => {
                for group in &self.groups[var] {
                    add(&|cell| match cell.0.get(var) {
                        Some(Known::One(possible)) => !group.and(possible).is_empty(),
                        _ => true,
                    });
                }
            }
            Some(class) => {
                for chosen in [true, false] {
                    add(&|cell| match cell.0.get(var) {
                        Some(Known::Many { yes, no }) => !(if chosen { no } else { yes }).contains(*class),
                        _ => true,
                    });
                }
            }
        }
        let count = next.into_iter().fold(0u128, |sum, (alive, times)| {
            sum.saturating_add(times.saturating_mul(self.sweep(cells, vars, at + 1, &alive, memo)))
        });
        memo.insert((at, alive.to_vec()), count);
        count
    }
}
