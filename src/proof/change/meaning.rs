//! What an entry means, apart from what it is called: two versions of the rules are paired by content first and by id
//! only then, so that a renamed id is no change.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use crate::language::{Lang, Text, fill};
use crate::rulebook::{
    Also, Authority, Condition, Decider, DerivedFact, Fact, Fork, Ground, Id, Node, OfficeRef, Outcome, Paper, Pathway,
    Question, Registry, Rulebook, Source, Step, ValueSet,
};
use crate::terms::Validity;

/// Names that both versions share: entries that are the same entry have the same name, whatever their ids are.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub sources: Vec<String>,
    pub deciders: Vec<String>,
    pub papers: Vec<String>,
    pub authorities: Vec<String>,
    pub questions: Vec<String>,
    pub options: Vec<Vec<String>>,
    pub facts: Vec<String>,
    pub values: Vec<Vec<String>>,
    pub steps: Vec<String>,
    pub pathways: Vec<String>,
    pub outcomes: Vec<Vec<String>>,
}

/// One version of the rules with its shared names.
pub struct Version<'a> {
    pub rulebook: &'a Rulebook,
    pub names: Names,
    deep: RefCell<HashMap<Fact, u64>>,
}

/// An id that only changed its name: kind, before, after.
pub type Renamed = (&'static str, String, String);

/// Pairs two rulebooks, kind by kind, each kind after those it refers to.
pub fn pair<'a>(old: &'a Rulebook, new: &'a Rulebook) -> ([Version<'a>; 2], Vec<Renamed>) {
    let mut sides = [Version::new(old), Version::new(new)];
    let mut renamed = Vec::new();
    macro_rules! pair_all {
        ($kind:literal, $field:ident, $content:expr, $title:expr) => {{
            let list = |side: &Version<'a>| -> Vec<Entry> {
                side.rulebook
                    .$field
                    .iter()
                    .map(|(id, name, entry)| {
                        let content: Value = $content(side, id, entry);
                        let title: String = $title(side, entry);
                        Entry { name: name.to_owned(), content: content.to_string(), title }
                    })
                    .collect()
            };
            let (before, after) = (list(&sides[0]), list(&sides[1]));
            let [a, b] = shared(&before, &after);
            for (name, entry) in a.iter().zip(&before) {
                if *name != entry.name && !name.starts_with(GONE) {
                    renamed.push(($kind, entry.name.clone(), name.clone()));
                }
            }
            sides[0].names.$field = a;
            sides[1].names.$field = b;
        }};
    }
    pair_all!(
        "Quelle",
        sources,
        |v: &Version<'_>, _: Id<Source>, e: &Source| v.source(e),
        |v: &Version<'_>, e: &Source| v.say(e.title)
    );
    pair_all!(
        "Entscheidende Stelle",
        deciders,
        |v: &Version<'_>, _: Id<Decider>, e: &Decider| json!([v.say(e.name), v.say(e.explains)]),
        |v: &Version<'_>, e: &Decider| v.say(e.name)
    );
    pair_all!(
        "Unterlage",
        papers,
        |v: &Version<'_>, _: Id<Paper>, e: &Paper| v.paper(e),
        |v: &Version<'_>, e: &Paper| v.say(e.name)
    );
    pair_all!(
        "Stelle",
        authorities,
        |v: &Version<'_>, _: Id<Authority>, e: &Authority| v.authority(e),
        |v: &Version<'_>, e: &Authority| format!(
            "{} {}",
            v.say(e.name),
            e.unit.map(|unit| v.say(unit)).unwrap_or_default()
        )
    );
    pair_all!(
        "Frage",
        questions,
        |v: &Version<'_>, _: Id<Question>, e: &Question| v.question(e),
        |v: &Version<'_>, e: &Question| v.say(e.text)
    );
    let options = |side: &Version<'_>, question: Id<Question>| -> Vec<Entry> {
        let options = &side.rulebook.questions[question].options;
        options.iter().map(|(_, name, choice)| Entry::new(name, side.say(choice.text))).collect()
    };
    pair_values(&mut sides, |side| side.names.questions.clone(), options, |side, all| side.names.options = all);
    for id in old.questions.ids() {
        for (option, name) in sides[0].names.options[id.index()].iter().enumerate() {
            let own = old.questions[id].options.name(Id::new(option));
            if own != name && !name.starts_with(GONE) && !sides[0].names.questions[id.index()].starts_with(GONE) {
                let question = &sides[0].names.questions[id.index()];
                renamed.push(("Antwort", format!("{}={own}", old.questions.name(id)), format!("{question}={name}")));
            }
        }
    }
    pair_all!(
        "Merkmal",
        facts,
        |v: &Version<'_>, id: Id<DerivedFact>, _: &DerivedFact| json!(v.by_text(Fact::Derived(id))),
        |v: &Version<'_>, e: &DerivedFact| v.say(e.label)
    );
    let values = |side: &Version<'_>, fact: Id<DerivedFact>| -> Vec<Entry> {
        let values = &side.rulebook.facts[fact].values;
        values.iter().map(|(_, name, text)| Entry::new(name, side.say(*text))).collect()
    };
    pair_values(&mut sides, |side| side.names.facts.clone(), values, |side, all| side.names.values = all);
    pair_all!("Schritt", steps, |v: &Version<'_>, _: Id<Step>, e: &Step| v.step(e), |v: &Version<'_>, e: &Step| v
        .say(e.title));
    let names = |rulebook: &Rulebook| -> Vec<Vec<String>> {
        rulebook
            .pathways
            .iter()
            .map(|(_, _, p)| p.outcomes.iter().map(|(id, _, _)| format!("{}", id.index())).collect())
            .collect()
    };
    // Only now do steps have shared names; what was worked out without them is worked out again.
    sides.iter().for_each(|side| side.deep.borrow_mut().clear());
    // Outcomes have no shared names yet; for pairing pathways, an outcome is its content.
    for side in &mut sides {
        side.names.outcomes = names(side.rulebook);
    }
    pair_all!(
        "Weg",
        pathways,
        |v: &Version<'_>, _: Id<Pathway>, e: &Pathway| v.pathway(e),
        |v: &Version<'_>, e: &Pathway| v.say(e.title)
    );
    let outcomes = |side: &Version<'_>, pathway: Id<Pathway>| -> Vec<Entry> {
        let outcomes = &side.rulebook.pathways[pathway].outcomes;
        let entry = |(_, name, outcome): (Id<Outcome>, &str, &Outcome)| Entry {
            name: name.to_owned(),
            content: side.outcome(outcome).to_string(),
            title: side.say(outcome.title),
        };
        outcomes.iter().map(entry).collect()
    };
    let before = sides[0].names.pathways.clone();
    for (at, pathway) in before.iter().enumerate() {
        let Some(twin) = sides[1].names.pathways.iter().position(|name| name == pathway) else { continue };
        let lists = (outcomes(&sides[0], Id::new(at)), outcomes(&sides[1], Id::new(twin)));
        let [a, _] = shared(&lists.0, &lists.1);
        for (name, entry) in a.iter().zip(&lists.0) {
            if *name != entry.name && !name.starts_with(GONE) {
                renamed.push((
                    "Ergebnis",
                    format!("{}/{}", old.pathways.name(Id::new(at)), entry.name),
                    format!("{pathway}/{name}"),
                ));
            }
        }
    }
    pair_values(&mut sides, |side| side.names.pathways.clone(), outcomes, |side, all| side.names.outcomes = all);
    (sides, renamed)
}

/// Marks the shared name of an entry that only the old version has.
const GONE: &str = "\u{1}";

struct Entry {
    name: String,
    content: String,
    title: String,
}

impl Entry {
    fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), content: text.clone(), title: text }
    }
}

/// Shared names for two lists: same id and content, then same content, then same id, then same title.
fn shared(before: &[Entry], after: &[Entry]) -> [Vec<String>; 2] {
    let mut twin: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken: HashSet<usize> = HashSet::new();
    let rounds: [fn(&Entry, &Entry) -> bool; 4] = [
        |a, b| a.name == b.name && a.content == b.content,
        |a, b| a.content == b.content,
        |a, b| a.name == b.name,
        |a, b| a.title == b.title,
    ];
    for same in rounds {
        for (at, entry) in before.iter().enumerate().filter(|(at, _)| twin[*at].is_none()).collect::<Vec<_>>() {
            let found =
                after.iter().enumerate().find(|(other, candidate)| !taken.contains(other) && same(entry, candidate));
            if let Some((other, _)) = found {
                twin[at] = Some(other);
                taken.insert(other);
            }
        }
    }
    let names = before.iter().zip(&twin).map(|(entry, twin)| match twin {
        Some(other) => after[*other].name.clone(),
        None => format!("{GONE}{}", entry.name),
    });
    [names.collect(), after.iter().map(|entry| entry.name.clone()).collect()]
}

/// Pairs the parts (options, values, outcomes) of entries that were paired.
fn pair_values<T>(
    sides: &mut [Version<'_>; 2],
    names: impl Fn(&Version<'_>) -> Vec<String>,
    list: impl Fn(&Version<'_>, Id<T>) -> Vec<Entry>,
    put: impl Fn(&mut Version<'_>, Vec<Vec<String>>),
) {
    let (before, after) = (names(&sides[0]), names(&sides[1]));
    let mut lists: [Vec<Vec<String>>; 2] = [Vec::new(), Vec::new()];
    for at in 0..after.len() {
        lists[1].push(list(&sides[1], Id::new(at)).into_iter().map(|entry| entry.name).collect());
    }
    for (at, name) in before.iter().enumerate() {
        let own = list(&sides[0], Id::new(at));
        let twin = after.iter().position(|other| other == name);
        let other = twin.map(|twin| list(&sides[1], Id::new(twin))).unwrap_or_default();
        let [own, _] = shared(&own, &other);
        lists[0].push(own);
    }
    let [old, new] = lists;
    put(&mut sides[0], old);
    put(&mut sides[1], new);
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl<'a> Version<'a> {
    fn new(rulebook: &'a Rulebook) -> Self {
        Self { rulebook, names: Names::default(), deep: RefCell::new(HashMap::new()) }
    }

    /// A text, in which places for questions carry the questions' shared names.
    pub fn say(&self, text: Text) -> String {
        let said = self.rulebook.texts.say(&Lang::german(), text);
        if !said.contains('{') || self.names.questions.is_empty() {
            return said.to_owned();
        }
        fill(said, |name| {
            let id = self.rulebook.questions.id(name)?;
            self.names.questions.get(id.index()).map(|name| format!("{{{name}}}").into())
        })
    }

    fn maybe(&self, text: Option<Text>) -> Option<String> {
        text.map(|text| self.say(text))
    }

    pub fn names_of<T>(list: &[String], ids: &[Id<T>]) -> Vec<String> {
        ids.iter().filter_map(|id| list.get(id.index()).cloned()).collect()
    }

    pub fn name_of<T>(list: &[String], id: Id<T>) -> String {
        list.get(id.index()).cloned().unwrap_or_default()
    }

    /// The shared name of a value of a fact.
    pub fn value_name(&self, fact: Fact, value: usize) -> String {
        let list = match fact {
            Fact::Question(id) => self.names.options.get(id.index()),
            Fact::Derived(id) => self.names.values.get(id.index()),
        };
        list.and_then(|list| list.get(value))
            .cloned()
            .unwrap_or_else(|| self.rulebook.value_name(fact, value).to_owned())
    }

    fn value_names(&self, fact: Fact, values: &ValueSet) -> Vec<String> {
        let mut names: Vec<String> = values.iter().map(|value| self.value_name(fact, value)).collect();
        names.sort();
        names
    }

    fn source(&self, source: &Source) -> Value {
        json!([
            self.say(source.title),
            source.publisher,
            source.url,
            source.state.map(|day| day.to_string()),
            source.kind
        ])
    }

    fn paper(&self, paper: &Paper) -> Value {
        let sources = Self::names_of(&self.names.sources, &paper.sources);
        json!([
            self.say(paper.name),
            format!("{:?} {:?}", paper.form, paper.translation),
            self.maybe(paper.form_says),
            self.maybe(paper.issued_by),
            self.maybe(paper.if_missing),
            sources,
            paper.certainty
        ])
    }

    fn authority(&self, office: &Authority) -> Value {
        json!([
            self.say(office.name),
            self.maybe(office.unit),
            self.say(office.role),
            [&office.post, &office.phone, &office.email, &office.url],
            self.maybe(office.note),
            self.maybe(office.find),
            office.free,
            office.certainty
        ])
    }

    fn question(&self, question: &Question) -> Value {
        let options: Vec<String> = question.options.iter().map(|(_, _, choice)| self.say(choice.text)).collect();
        json!([self.say(question.text), self.say(question.label), options, question.multi, question.only_at_desk])
    }

    /// A derived fact by its words alone, before its values have shared names.
    fn by_text(&self, fact: Fact) -> Value {
        match fact {
            Fact::Question(id) => json!(Self::name_of(&self.names.questions, id)),
            Fact::Derived(id) => {
                let entry = &self.rulebook.facts[id];
                let values: Vec<String> = entry.values.iter().map(|(_, _, text)| self.say(*text)).collect();
                let rule = self.tree(
                    &entry.tree,
                    &|fact| self.by_text(fact),
                    &|fact, values| match fact {
                        Fact::Question(_) => json!(self.value_names(fact, values)),
                        Fact::Derived(id) => {
                            let texts = &self.rulebook.facts[id].values;
                            json!(values.iter().map(|value| self.say(texts[Id::new(value)])).collect::<Vec<_>>())
                        }
                    },
                    &|leaf: &usize| json!(values.get(*leaf)),
                );
                json!([self.say(entry.label), values, rule])
            }
        }
    }

    /// A fact by all that decides its value, as a number: equal in both versions if it always comes to the same.
    pub fn deep(&self, fact: Fact) -> u64 {
        if let Some(known) = self.deep.borrow().get(&fact) {
            return *known;
        }
        // Loading makes sure there is no circle; this only keeps a wrong guess from going round for ever.
        self.deep.borrow_mut().insert(fact, 0);
        let content = match fact {
            Fact::Question(id) => {
                let question = &self.rulebook.questions[id];
                let mut options = self.names.options.get(id.index()).cloned().unwrap_or_default();
                options.sort();
                json!([
                    Self::name_of(&self.names.questions, id),
                    options,
                    question.multi,
                    question.only_at_desk,
                    self.conditions(&question.asked_if)
                ])
            }
            Fact::Derived(id) => {
                let entry = &self.rulebook.facts[id];
                match entry.tree.fork().filter(|_| entry.lookup) {
                    Some(look) => {
                        let mut rows = Vec::new();
                        for (_, turn) in look.turns() {
                            let Node::Leaf(value) = &turn.node else { continue };
                            let options = turn.when.iter().flat_map(|condition| condition.values.iter());
                            rows.extend(
                                options
                                    .map(|option| [self.value_name(look.fact, option), self.value_name(fact, *value)]),
                            );
                        }
                        rows.sort();
                        json!(["lookup", self.deep(look.fact), rows])
                    }
                    None => {
                        let leaf = |leaf: &usize| json!(self.value_name(fact, *leaf));
                        json!(["tree", self.deep_tree(&entry.tree, &leaf)])
                    }
                }
            }
        };
        let offices = match fact {
            Fact::Derived(id) => self.rulebook.facts[id].offices.as_ref().map(|offices| {
                let named = offices.offices.iter().enumerate().map(|(value, offices)| {
                    json!([self.value_name(fact, value), Self::names_of(&self.names.authorities, offices)])
                });
                named.collect::<Vec<_>>()
            }),
            Fact::Question(_) => None,
        };
        let number = hash(&json!([content, offices]).to_string());
        self.deep.borrow_mut().insert(fact, number);
        number
    }

    fn conditions(&self, conditions: &[Condition]) -> Value {
        let mut all: Vec<String> = conditions
            .iter()
            .map(|condition| {
                json!([self.deep(condition.fact), self.value_names(condition.fact, &condition.values)]).to_string()
            })
            .collect();
        all.sort();
        json!(all)
    }

    fn deep_tree<L>(&self, tree: &Node<L>, leaf: &dyn Fn(&L) -> Value) -> Value {
        self.tree(tree, &|fact| json!(self.deep(fact)), &|fact, values| json!(self.value_names(fact, values)), leaf)
    }

    fn tree<L>(
        &self,
        node: &Node<L>,
        fact_says: &dyn Fn(Fact) -> Value,
        values_say: &dyn Fn(Fact, &ValueSet) -> Value,
        leaf: &dyn Fn(&L) -> Value,
    ) -> Value {
        match node {
            Node::Leaf(end) => leaf(end),
            Node::Fork(fork) => {
                let says = |condition: &Condition| {
                    json!([fact_says(condition.fact), values_say(condition.fact, &condition.values)])
                };
                let turns = fork.turns().map(|(valid, turn)| {
                    json!([
                        turn.when.iter().map(says).collect::<Vec<_>>(),
                        self.ground(&turn.ground),
                        valid,
                        self.tree(&turn.node, fact_says, values_say, leaf)
                    ])
                });
                json!(turns.collect::<Vec<_>>())
            }
        }
    }

    fn ground(&self, ground: &Ground) -> Value {
        json!([
            Self::names_of(&self.names.sources, &ground.basis),
            ground.certainty,
            Self::names_of(&self.names.steps, &ground.steps)
        ])
    }

    /// An office, or the fact that tells which, by what decides it.
    pub fn office(&self, office: OfficeRef) -> String {
        match office {
            OfficeRef::Authority(id) => Self::name_of(&self.names.authorities, id),
            OfficeRef::Fact(id) => format!("#{}", self.deep(Fact::Derived(id))),
        }
    }

    fn offices(&self, offices: &[OfficeRef]) -> Vec<String> {
        offices.iter().map(|office| self.office(*office)).collect()
    }

    /// A step by what it costs, how long it takes, where and with what it is done, how sure that is and when it holds.
    pub fn step_substance(&self, step: &Step) -> Value {
        let source = |id: Option<Id<Source>>| id.map(|id| Self::name_of(&self.names.sources, id));
        let cost: Vec<Value> = step
            .cost
            .iter()
            .map(|cost| json!([format!("{:?}", cost.kind), self.maybe(cost.amount), source(cost.source), cost.year]))
            .collect();
        let time: Vec<Value> = step
            .time
            .iter()
            .map(|time| json!([format!("{:?}", time.kind), self.say(time.says), source(time.source), time.year]))
            .collect();
        json!([
            cost,
            time,
            self.offices(&step.contact),
            Self::names_of(&self.names.papers, &step.bring),
            Self::names_of(&self.names.sources, &step.sources),
            step.certainty,
            Validity { review: None, ..step.valid }
        ])
    }

    fn step(&self, step: &Step) -> Value {
        json!([
            self.say(step.title),
            self.say(step.says),
            self.say(step.who),
            self.maybe(step.place),
            self.step_substance(step)
        ])
    }

    fn outcome(&self, outcome: &Outcome) -> Value {
        let decider = |id: Option<Id<Decider>>| id.map(|id| Self::name_of(&self.names.deciders, id));
        let steps: Vec<Value> = outcome
            .ground
            .steps
            .iter()
            .map(|id| json!([Self::name_of(&self.names.steps, *id), self.step_substance(&self.rulebook.steps[*id])]))
            .collect();
        json!([
            outcome.standing,
            self.say(outcome.title),
            self.say(outcome.says),
            [
                decider(Some(outcome.decided_by)),
                decider(outcome.applied_for_by),
                decider(outcome.agreed_by),
                decider(outcome.involves),
                decider(outcome.advised_by)
            ],
            outcome.certainty,
            self.ground(&outcome.ground),
            steps,
            Validity { review: None, ..outcome.valid },
            self.offices(&outcome.ask),
            self.german(outcome),
            self.maybe(outcome.watch_out)
        ])
    }

    pub fn german(&self, outcome: &Outcome) -> Value {
        let german = outcome.german.as_ref().map(|german| {
            json!([
                german.level,
                format!("{:?}", german.kind),
                german.source.map(|id| Self::name_of(&self.names.sources, id))
            ])
        });
        json!(german)
    }

    /// A pathway by everything that can reach a sheet. Equal in both versions: nobody's sheet changes through it.
    pub fn pathway(&self, pathway: &Pathway) -> Value {
        let leaf = |leaf: &Option<Id<Outcome>>| json!(leaf.map(|id| self.outcome(&pathway.outcomes[id])));
        json!([
            self.say(pathway.title),
            pathway.concerns,
            self.conditions(&pathway.when),
            self.conditions(&pathway.unless),
            self.ground(&pathway.ground),
            self.deep_tree(&pathway.tree, &leaf),
            pathway.also.iter().map(|also| self.also(pathway, also)).collect::<Vec<_>>(),
            self.branch_steps(pathway)
        ])
    }

    fn also(&self, pathway: &Pathway, also: &Also) -> Value {
        let to: Vec<Value> = also.to.iter().map(|id| self.outcome(&pathway.outcomes[*id])).collect();
        json!([to, self.deep_tree(&also.node, &|()| json!(null))])
    }

    /// What the steps on branches are, since the branches name them only.
    fn branch_steps(&self, pathway: &Pathway) -> Value {
        fn gather<L>(node: &Node<L>, steps: &mut Vec<Id<Step>>, facts: &mut Vec<Fact>) {
            facts.extend(node.fork().into_iter().flat_map(Fork::facts));
            for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
                steps.extend(&turn.ground.steps);
                gather(&turn.node, steps, facts);
            }
        }
        let (mut steps, mut facts) = (pathway.ground.steps.clone(), Vec::new());
        gather(&pathway.tree, &mut steps, &mut facts);
        pathway.also.iter().for_each(|also| gather(&also.node, &mut steps, &mut facts));
        steps.extend(pathway.outcomes.iter().flat_map(|(_, _, outcome)| outcome.ground.steps.clone()));
        let mut seen: HashSet<Fact> = HashSet::new();
        while let Some(fact) = facts.pop() {
            if let Fact::Derived(id) = fact
                && seen.insert(fact)
            {
                gather(&self.rulebook.facts[id].tree, &mut steps, &mut facts);
            }
        }
        let mut at = 0;
        while let Some(step) = steps.get(at).copied() {
            for rule in self.rulebook.order.iter().filter(|rule| rule.brings && rule.then.contains(&step)) {
                if !steps.contains(&rule.first) {
                    steps.push(rule.first);
                }
            }
            at += 1;
        }
        let order: Vec<String> = self
            .rulebook
            .order
            .iter()
            .filter(|rule| steps.contains(&rule.first) && rule.then.iter().any(|then| steps.contains(then)))
            .map(|rule| {
                let mut then: Vec<String> = rule
                    .then
                    .iter()
                    .filter(|then| steps.contains(then))
                    .map(|then| Self::name_of(&self.names.steps, *then))
                    .collect();
                then.sort();
                json!([Self::name_of(&self.names.steps, rule.first), then, rule.brings]).to_string()
            })
            .collect();
        let mut all: Vec<String> = steps
            .iter()
            .map(|id| {
                json!([Self::name_of(&self.names.steps, *id), self.step_substance(&self.rulebook.steps[*id])])
                    .to_string()
            })
            .collect();
        all.sort();
        all.dedup();
        json!([all, order])
    }

    /// The entry of this version with a shared name.
    pub fn find<T>(list: &[String], name: &str, registry: &Registry<T>) -> Option<Id<T>> {
        list.iter().position(|known| known == name).filter(|at| *at < registry.len()).map(Id::new)
    }
}
