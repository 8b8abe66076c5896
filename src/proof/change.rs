//! What a change of the rules does to people: for how many answer sets the sheet changes, for whom, from what to what.
//!
//! Two versions are compared by meaning (`meaning`), over all answers people can give (`people`), and the result is
//! put in few conditions (`condition`). Exact: every answer set is in exactly one cell, none is sampled. A renamed id
//! is no change; a text that reads differently and says the same is listed apart.

mod condition;
mod meaning;
mod people;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use crate::format::{Day, Validity};
use crate::interview::{Answers, Finding, look};
use crate::language::{Lang, Text};
use crate::rulebook::{Decider, Derivation, Fact, Id, Node, OfficeRef, Outcome, Pathway, Rulebook, Source, ValueSet};
use crate::sheet::day;
use meaning::{Version, pair};
use people::{Cell, Census, Described, Domain, Feature};

/// Everything a change does.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Version of the rules before.
    pub before: String,
    /// Version of the rules after.
    pub after: String,
    /// The day looked at.
    pub date: Day,
    /// Answer sets whose sheet changes on that day through a pathway.
    pub people: Count,
    /// Pathways that say something else to somebody, on that day or later.
    pub pathways: Vec<PathwayChange>,
    /// Musterfälle whose outcomes change.
    pub cases: Vec<CaseFlip>,
    /// Questions, offices, papers, sources and order rules that changed beside the pathways.
    pub entries: Vec<EntryChange>,
    /// Texts that read differently.
    pub texts: Vec<TextChange>,
    /// Ids that only changed their name. Nobody sees that; old links may.
    pub renamed: Vec<Rename>,
}

/// So many of so many answer sets, and the questions they are counted over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Affected.
    #[serde(serialize_with = "decimal")]
    pub affected: u128,
    /// All.
    #[serde(serialize_with = "decimal")]
    pub all: u128,
    /// Ids of the questions whose answers are told apart; answers that behave alike count once.
    pub questions: Vec<String>,
}

/// What changes on one pathway.
#[derive(Clone, Debug, Serialize)]
pub struct PathwayChange {
    /// Id in the new rules, or in the old ones if it is gone.
    pub pathway: String,
    /// Title.
    pub title: String,
    /// `added`, `removed` or `changed`.
    pub kind: &'static str,
    /// The first day on which it is so; `None` from the day looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Answer sets, over the questions this pathway reads.
    pub people: Count,
    /// Groups of people to whom the same happens.
    pub groups: Vec<Group>,
}

/// People to whom the same happens.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// Who they are: all to whom one of these holds.
    pub who: Vec<Vec<Trait>>,
    /// How many.
    #[serde(serialize_with = "decimal")]
    pub affected: u128,
    /// What they were told; `None` if nothing.
    pub before: Option<Told>,
    /// What they are told now; `None` if nothing.
    pub after: Option<Told>,
    /// The differences one by one.
    pub differences: Vec<Difference>,
}

/// One thing people of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trait {
    /// Id of the question or derived fact.
    pub fact: String,
    /// Its short noun.
    pub label: String,
    /// The values, in words.
    pub values: Vec<String>,
    /// Whether they are the values that do not hold.
    pub not: bool,
}

/// What a pathway tells somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `pathway/outcome` in its own version.
    pub outcome: String,
    /// Headline.
    pub title: String,
    /// What is possible, in words.
    pub standing: String,
    /// Who decides.
    pub decides: String,
    /// How binding, in words.
    pub certainty: String,
    /// From when until when.
    pub valid: String,
    /// Steps in order.
    pub steps: Vec<String>,
    /// Offices.
    pub offices: Vec<String>,
    /// Sources.
    pub basis: Vec<String>,
    /// German level.
    pub german: String,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What differs: `outcome`, `standing`, `decides`, `certainty`, `valid`, `steps`, `offices`, `basis`, `german`, `order` or
    /// `step`.
    pub what: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A Musterfall whose outcomes change.
#[derive(Clone, Debug, Serialize)]
pub struct CaseFlip {
    /// Its id.
    pub case: String,
    /// About the person.
    pub title: String,
    /// Per pathway: title, before, after.
    pub changes: Vec<Difference>,
}

/// A change of something beside the pathways.
#[derive(Clone, Debug, Serialize)]
pub struct EntryChange {
    /// Kind of entry in German.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What about it.
    pub what: &'static str,
    /// Before; empty if it is new.
    pub before: String,
    /// After; empty if it is gone.
    pub after: String,
}

/// A text that reads differently.
#[derive(Clone, Debug, Serialize)]
pub struct TextChange {
    /// Where it stands: its id path in the new rules.
    pub text: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// An id that only changed its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rename {
    /// Kind of entry in German.
    pub kind: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

fn decimal<S: serde::Serializer>(number: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    match u64::try_from(*number) {
        Ok(small) => serializer.serialize_u64(small),
        Err(_) => serializer.collect_str(number),
    }
}

impl Change {
    /// Whether nothing changes for anybody and no text reads differently.
    pub fn is_nothing(&self) -> bool {
        self.pathways.is_empty() && self.cases.is_empty() && self.entries.is_empty() && self.texts.is_empty()
    }
}

/// Compares two versions of the rules on a day and on every later day on which a changed pathway begins or ends.
pub fn compare(old: &Rulebook, new: &Rulebook, date: Date) -> Change {
    let (sides, renamed) = pair(old, new);
    let comparison = Comparison { sides, date };
    let (people, pathways) = comparison.pathways();
    Change {
        before: old.version.clone(),
        after: new.version.clone(),
        date: Day(date),
        people,
        pathways,
        cases: comparison.cases(),
        entries: comparison.entries(),
        texts: comparison.texts(),
        renamed: renamed.into_iter().map(|(kind, before, after)| Rename { kind, before, after }).collect(),
    }
}

struct Comparison<'a> {
    sides: [Version<'a>; 2],
    date: Date,
}

/// What a version tells in a cell, in a form that can be compared across versions.
struct View {
    /// Shared name of the outcome.
    outcome: String,
    /// Everything but wording.
    substance: Value,
    /// Wording.
    wording: Value,
    told: Told,
    steps: Vec<(String, String, Value)>,
}

type Pair = [Option<Id<Pathway>>; 2];

impl Comparison<'_> {
    fn word(&self, side: usize, id: &str) -> String {
        self.sides[side].rulebook.word(&Lang::german(), id).to_owned()
    }

    fn say(&self, side: usize, text: Text) -> String {
        self.sides[side].rulebook.texts.say(&Lang::german(), text).to_owned()
    }

    /// Pathways that may differ, in the new order, those that are gone at the end.
    fn pairs(&self) -> Vec<Pair> {
        let [old, new] = &self.sides;
        let mut pairs: Vec<Pair> = Vec::new();
        for id in new.rulebook.pathways.ids() {
            let name = &new.names.pathways[id.index()];
            let twin = Version::find(&old.names.pathways, name, &old.rulebook.pathways);
            let same = twin.is_some_and(|twin| {
                old.pathway(&old.rulebook.pathways[twin]) == new.pathway(&new.rulebook.pathways[id])
            });
            if !same {
                pairs.push([twin, Some(id)]);
            }
        }
        for id in old.rulebook.pathways.ids() {
            if Version::find(&new.names.pathways, &old.names.pathways[id.index()], &new.rulebook.pathways).is_none() {
                pairs.push([Some(id), None]);
            }
        }
        pairs
    }

    fn pathways(&self) -> (Count, Vec<PathwayChange>) {
        let pairs = self.pairs();
        let mut domain = Domain::of(&self.sides);
        domain.classify(&self.sides, &pairs);
        let mut changes: Vec<PathwayChange> = Vec::new();
        let mut affected: Vec<Cell> = Vec::new();
        let mut all: Vec<Cell> = Vec::new();
        for pair in pairs {
            let mut last: Option<String> = None;
            for day in self.days(pair) {
                let results = domain.cells(&self.sides, pair, day);
                let (change, cells) = self.pathway(&domain, pair, results);
                if day == self.date {
                    affected.extend(cells.0);
                    all.extend(cells.1);
                }
                // A later day is told only if more or something else changes on it.
                let key = serde_json::to_string(&change.groups).unwrap_or_default();
                let known = last.as_ref().map_or(change.groups.is_empty(), |last| *last == key);
                last = Some(key);
                if !known {
                    changes.push(PathwayChange { from: (day != self.date).then_some(Day(day)), ..change });
                }
            }
        }
        let census = Census::of(&domain, all.iter());
        let cells: Vec<&Cell> = affected.iter().collect();
        let count =
            Count { affected: census.count_any(&cells), all: census.total(), questions: questions(&domain, &census) };
        (count, changes)
    }

    /// The day looked at, and the later days on which something in either version of a pathway begins or ends.
    fn days(&self, pair: Pair) -> Vec<Date> {
        let mut days = vec![self.date];
        let mut add = |valid: Validity| {
            days.extend(valid.from.map(|from| from.0));
            days.extend(valid.until.and_then(|until| until.0.tomorrow().ok()));
        };
        for (side, id) in pair.into_iter().enumerate() {
            let Some(id) = id else { continue };
            let rulebook = self.sides[side].rulebook;
            let pathway = &rulebook.pathways[id];
            pathway.outcomes.iter().for_each(|(_, _, outcome)| add(outcome.valid));
            tree_days(&pathway.tree, &mut add);
            for (_, _, fact) in rulebook.facts.iter() {
                if let Derivation::Tree(tree) = &fact.rule {
                    tree_days(tree, &mut add);
                }
            }
            for (_, _, outcome) in pathway.outcomes.iter() {
                outcome.ground.steps.iter().for_each(|step| add(rulebook.steps[*step].valid));
            }
        }
        days.retain(|day| *day >= self.date);
        days.sort();
        days.dedup();
        days
    }

    fn pathway(
        &self,
        domain: &Domain,
        pair: Pair,
        results: Vec<people::Result>,
    ) -> (PathwayChange, (Vec<Cell>, Vec<Cell>)) {
        let (side, id) = match pair {
            [_, Some(id)] => (1, id),
            [Some(id), None] => (0, id),
            [None, None] => (1, Id::new(0)),
        };
        let census = Census::of(domain, results.iter().map(|result| &result.cell));
        // Cells by what happens in them; `None` where nothing happens.
        let mut kinds: Vec<Kind> = Vec::new();
        let mut by_finding: BTreeMap<String, usize> = BTreeMap::new();
        for (at, result) in results.iter().enumerate() {
            let views = [0, 1].map(|side| result.found[side].as_ref().map(|finding| self.view(side, finding)));
            let changed = differs(&views);
            let key = changed.then(|| {
                let part = |view: &Option<View>| view.as_ref().map(|view| json!([view.outcome, view.substance]));
                json!([part(&views[0]), part(&views[1])]).to_string()
            });
            let place = by_finding.entry(key.clone().unwrap_or_default()).or_insert_with(|| {
                kinds.push((key, views, Vec::new()));
                kinds.len() - 1
            });
            kinds[*place].2.push(at);
        }
        let mut groups = Vec::new();
        let mut affected = Vec::new();
        let values = |feature: Feature| match feature {
            Feature::Answer(var) => domain.asked[var].options.len(),
            Feature::Chosen(..) => 2,
            Feature::Derived(side, fact) => self.sides[side].rulebook.facts[fact].values.len(),
        };
        for (own, (_, views, cells)) in kinds.iter().enumerate().filter(|(_, kind)| kind.0.is_some()) {
            let inside = condition::distinct(cells.iter().map(|at| &results[*at].described));
            let others = kinds.iter().enumerate().filter(|(other, _)| *other != own).flat_map(|(_, kind)| &kind.2);
            let outside = condition::distinct(others.map(|at| &results[*at].described));
            let who = condition::conditions(&inside, &outside, &values);
            affected.extend(cells.iter().map(|at| results[*at].cell.clone()));
            groups.push(Group {
                who: who.iter().map(|described| self.traits(domain, described)).collect(),
                affected: cells.iter().fold(0, |sum: u128, at| sum.saturating_add(census.count(&results[*at].cell))),
                before: views[0].as_ref().map(|view| view.told.clone()),
                after: views[1].as_ref().map(|view| view.told.clone()),
                differences: differences(views),
            });
        }
        groups.sort_by_key(|group| std::cmp::Reverse(group.affected));
        let count = groups.iter().fold(0, |sum: u128, group| sum.saturating_add(group.affected));
        let entry = &self.sides[side].rulebook.pathways[id];
        let change = PathwayChange {
            pathway: self.sides[side].rulebook.pathways.name(id).to_owned(),
            title: self.say(side, entry.title),
            kind: match pair {
                [None, _] => "added",
                [_, None] => "removed",
                _ => "changed",
            },
            from: None,
            people: Count { affected: count, all: census.total(), questions: questions(domain, &census) },
            groups,
        };
        (change, (affected, results.into_iter().map(|result| result.cell).collect()))
    }

    /// A condition in words.
    fn traits(&self, domain: &Domain, described: &Described) -> Vec<Trait> {
        let mut traits: Vec<Trait> = Vec::new();
        let mut features: Vec<(&Feature, &ValueSet)> = described.iter().collect();
        // In the order in which a person is asked; what follows from answers comes last.
        features.sort_by_key(|(feature, _)| match feature {
            Feature::Answer(var) | Feature::Chosen(var, _) => (0, *var),
            Feature::Derived(_, fact) => (1, fact.index()),
        });
        for (feature, values) in features {
            match *feature {
                Feature::Answer(var) => {
                    let asked = &domain.asked[var];
                    let all = ValueSet::first(asked.options.len());
                    let rest = all.minus(values);
                    let not = rest.len() < values.len() && rest.len() <= 3;
                    let shown = if not { &rest } else { values };
                    traits.push(Trait {
                        fact: asked.name.clone(),
                        label: self.question_label(&asked.name),
                        values: shown.iter().map(|at| self.option_text(&asked.name, &asked.options[at])).collect(),
                        not,
                    });
                }
                Feature::Chosen(var, class) => {
                    let asked = &domain.asked[var];
                    traits.push(Trait {
                        fact: asked.name.clone(),
                        label: self.question_label(&asked.name),
                        values: asked.classes[class]
                            .iter()
                            .map(|at| self.option_text(&asked.name, &asked.options[at]))
                            .collect(),
                        not: !values.contains(1),
                    });
                }
                Feature::Derived(side, fact) => {
                    let rulebook = self.sides[side].rulebook;
                    let entry = &rulebook.facts[fact];
                    let rest = ValueSet::first(entry.values.len()).minus(values);
                    let not = rest.len() < values.len() && rest.len() <= 3;
                    let shown = if not { &rest } else { values };
                    traits.push(Trait {
                        fact: rulebook.facts.name(fact).to_owned(),
                        label: self.say(side, entry.label),
                        values: shown.iter().map(|at| self.say(side, entry.values[Id::new(at)])).collect(),
                        not,
                    });
                }
            }
        }
        traits
    }

    fn question_label(&self, name: &str) -> String {
        let found = [1, 0].into_iter().find_map(|side| {
            let version = &self.sides[side];
            let id = Version::find(&version.names.questions, name, &version.rulebook.questions)?;
            Some(self.say(side, version.rulebook.questions[id].label))
        });
        found.unwrap_or_else(|| name.to_owned())
    }

    fn option_text(&self, question: &str, option: &str) -> String {
        let found = [1, 0].into_iter().find_map(|side| {
            let version = &self.sides[side];
            let id = Version::find(&version.names.questions, question, &version.rulebook.questions)?;
            let at = version.names.options[id.index()].iter().position(|known| known == option)?;
            Some(self.say(side, version.rulebook.questions[id].options[Id::new(at)].text))
        });
        found.unwrap_or_else(|| option.to_owned())
    }

    /// What a finding tells, comparable and readable.
    fn view(&self, side: usize, finding: &Finding) -> View {
        let version = &self.sides[side];
        let rulebook = version.rulebook;
        let pathway = &rulebook.pathways[finding.pathway];
        let outcome = &pathway.outcomes[finding.outcome];
        let decider = |id: Id<Decider>| Version::name_of(&version.names.deciders, id);
        let deciders = [outcome.applied_for_by, outcome.agreed_by, outcome.advised_by].map(|id| id.map(decider));
        let steps: Vec<(String, String, Value)> = finding
            .steps
            .iter()
            .map(|id| {
                let step = &rulebook.steps[*id];
                (Version::name_of(&version.names.steps, *id), self.say(side, step.title), version.step_substance(step))
            })
            .collect();
        let offices = self.offices(side, finding, outcome);
        let valid = Validity { review: None, ..finding.valid };
        let basis: Vec<String> = Version::names_of(&version.names.sources, &finding.basis);
        let mut sorted = basis.clone();
        sorted.sort();
        let name_of = |id: Id<Source>| self.say(side, rulebook.sources[id].title);
        let told = Told {
            outcome: finding.id(rulebook),
            title: self.say(side, outcome.title),
            standing: self.word(side, &format!("standing.{}", outcome.standing.id())),
            decides: self.decides(side, outcome),
            certainty: self.word(side, &format!("certainty.{}", finding.certainty.id())),
            valid: period(valid),
            steps: steps.iter().map(|(_, title, _)| title.clone()).collect(),
            offices: offices.iter().map(|(_, name)| name.clone()).collect(),
            basis: finding.basis.iter().map(|id| name_of(*id)).collect(),
            german: self.german(side, outcome),
        };
        View {
            outcome: version.names.outcomes[finding.pathway.index()]
                .get(finding.outcome.index())
                .cloned()
                .unwrap_or_default(),
            substance: json!([
                outcome.standing,
                decider(outcome.decided_by),
                deciders,
                finding.certainty,
                valid,
                steps.iter().map(|(name, _, substance)| json!([name, substance])).collect::<Vec<_>>(),
                offices.iter().map(|(key, _)| key).collect::<Vec<_>>(),
                sorted,
                version.german(outcome),
                pathway.concerns,
            ]),
            wording: json!([
                version.say(outcome.title),
                version.say(outcome.says),
                outcome.watch_out.map(|text| version.say(text))
            ]),
            told,
            steps,
        }
    }

    fn decides(&self, side: usize, outcome: &Outcome) -> String {
        let rulebook = self.sides[side].rulebook;
        let name = |id: Id<Decider>| self.say(side, rulebook.deciders[id].name);
        let mut says = name(outcome.decided_by);
        for (word, id) in [
            ("role.applies", outcome.applied_for_by),
            ("role.agrees", outcome.agreed_by),
            ("role.advises", outcome.advised_by),
        ] {
            if let Some(id) = id {
                says += &format!(". {}", self.word(side, word).replace("{who}", &name(id)).trim_end_matches('.'));
            }
        }
        says
    }

    fn german(&self, side: usize, outcome: &Outcome) -> String {
        let Some(german) = &outcome.german else { return String::new() };
        let kind = serde_json::to_value(german.kind)
            .ok()
            .and_then(|kind| kind.as_str().map(str::to_owned))
            .unwrap_or_default();
        let level = german.level.as_deref().unwrap_or_default().to_uppercase();
        self.word(side, &format!("german.{kind}")).replace("{level}", &level)
    }

    /// Offices by what decides them; an office that depends on a fact decided alike in both versions is that fact.
    fn offices(&self, side: usize, finding: &Finding, outcome: &Outcome) -> Vec<(String, String)> {
        let version = &self.sides[side];
        let rulebook = version.rulebook;
        let other = &self.sides[1 - side];
        let mut offices: Vec<(String, String)> = Vec::new();
        let refs =
            finding.steps.iter().flat_map(|step| rulebook.steps[*step].contact.clone()).chain(outcome.ask.clone());
        for office in refs {
            match office {
                OfficeRef::Authority(id) => {
                    offices.push((version.office(office), self.say(side, rulebook.authorities[id].name)))
                }
                OfficeRef::Fact(id) => {
                    let deep = version.deep(Fact::Derived(id));
                    let alike = other.rulebook.facts.ids().any(|fact| other.deep(Fact::Derived(fact)) == deep);
                    if alike {
                        offices.push((version.office(office), self.say(side, rulebook.facts[id].label)));
                        continue;
                    }
                    for found in finding.offices.iter().filter(|found| found.because == Some(id)) {
                        let name = self.say(side, rulebook.authorities[found.authority].name);
                        offices.push((Version::name_of(&version.names.authorities, found.authority), name));
                    }
                }
            }
        }
        let mut seen = std::collections::HashSet::new();
        offices.retain(|(key, _)| seen.insert(key.clone()));
        offices
    }

    fn cases(&self) -> Vec<CaseFlip> {
        let mut flips = Vec::new();
        let mut names: Vec<&str> = self.sides[1].rulebook.cases.names().collect();
        names.extend(
            self.sides[0].rulebook.cases.names().filter(|name| self.sides[1].rulebook.cases.id(name).is_none()),
        );
        for name in names {
            let Some((own, case)) = [1, 0].into_iter().find_map(|side| {
                let cases = &self.sides[side].rulebook.cases;
                cases.id(name).map(|id| (side, &cases[id]))
            }) else {
                continue;
            };
            let mut answers = [Answers::default(), Answers::default()];
            for (question, values) in &case.answers {
                answers[own].set(*question, *values);
                let version = &self.sides[own];
                let twin = &self.sides[1 - own];
                let shared = Version::name_of(&version.names.questions, *question);
                let Some(id) = Version::find(&twin.names.questions, &shared, &twin.rulebook.questions) else {
                    continue;
                };
                let options = &twin.names.options[id.index()];
                let unknown = twin.rulebook.questions[id].unknown;
                let option = |value: usize| {
                    let name = &version.names.options[question.index()][value];
                    options.iter().position(|known| known == name).unwrap_or(unknown)
                };
                answers[1 - own].set(id, values.iter().map(option).collect());
            }
            let date = case.date.unwrap_or(self.date);
            let changes = self.case(&answers, date);
            if !changes.is_empty() {
                flips.push(CaseFlip { case: name.to_owned(), title: case.title.clone(), changes });
            }
        }
        flips
    }

    fn case(&self, answers: &[Answers; 2], date: Date) -> Vec<Difference> {
        let [old, new] = &self.sides;
        let told = |view: &Option<View>| {
            view.as_ref().map_or_else(String::new, |view| format!("{} ({})", view.told.title, view.told.standing))
        };
        let mut changes = Vec::new();
        let twins = new.rulebook.pathways.ids().map(|id| {
            [Version::find(&old.names.pathways, &new.names.pathways[id.index()], &old.rulebook.pathways), Some(id)]
        });
        let gone =
            old.rulebook.pathways.ids().filter(|id| !new.names.pathways.contains(&old.names.pathways[id.index()]));
        for pair in twins.chain(gone.map(|id| [Some(id), None])) {
            let views = [0, 1].map(|side| {
                let finding = look(self.sides[side].rulebook, &answers[side], date, pair[side]?)?;
                Some(self.view(side, &finding))
            });
            if differs(&views) {
                let (before, after) = (told(&views[0]), told(&views[1]));
                if before == after {
                    changes.extend(differences(&views));
                } else {
                    changes.push(Difference { what: "outcome", before, after });
                }
            }
        }
        changes
    }

    /// What changed beside the pathways.
    fn entries(&self) -> Vec<EntryChange> {
        let mut entries = Entries { comparison: self, list: Vec::new() };
        entries.all();
        entries.list
    }

    /// Texts of entries that both versions have. Texts under an id path that was renamed are found by their new path.
    fn texts(&self) -> Vec<TextChange> {
        let [old, new] = &self.sides;
        let mut texts = Vec::new();
        let before: BTreeMap<String, String> = texts_of(old).collect();
        for (path, after) in texts_of(new) {
            if let Some(said) = before.get(&path).filter(|said| **said != after) {
                texts.push(TextChange { text: path, before: said.clone(), after });
            }
        }
        texts
    }
}

/// All texts by paths of shared names; amounts and times are no mere texts and are left out.
fn texts_of(version: &Version<'_>) -> impl Iterator<Item = (String, String)> {
    let rulebook = version.rulebook;
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    let mut add =
        |kind: &str, own: &str, name: &str| drop(shared.insert(format!("{kind}.{own}."), format!("{kind}.{name}.")));
    rulebook.sources.iter().for_each(|(id, own, _)| add("source", own, &version.names.sources[id.index()]));
    rulebook.deciders.iter().for_each(|(id, own, _)| add("decider", own, &version.names.deciders[id.index()]));
    rulebook.papers.iter().for_each(|(id, own, _)| add("paper", own, &version.names.papers[id.index()]));
    rulebook.authorities.iter().for_each(|(id, own, _)| add("office", own, &version.names.authorities[id.index()]));
    rulebook.steps.iter().for_each(|(id, own, _)| add("step", own, &version.names.steps[id.index()]));
    for (id, own, question) in rulebook.questions.iter() {
        let name = &version.names.questions[id.index()];
        for (option, own_option, _) in question.options.iter() {
            let option = &version.names.options[id.index()][option.index()];
            add("question", &format!("{own}.{own_option}"), &format!("{name}.{option}"));
        }
        add("question", own, name);
    }
    for (id, own, fact) in rulebook.facts.iter() {
        let name = &version.names.facts[id.index()];
        for (value, own_value, _) in fact.values.iter() {
            add(
                "fact",
                &format!("{own}.{own_value}"),
                &format!("{name}.{}", version.names.values[id.index()][value.index()]),
            );
        }
        add("fact", own, name);
    }
    for (id, own, pathway) in rulebook.pathways.iter() {
        let name = &version.names.pathways[id.index()];
        for (outcome, own_outcome, _) in pathway.outcomes.iter() {
            let outcome = &version.names.outcomes[id.index()][outcome.index()];
            add("pathway", &format!("{own}.{own_outcome}"), &format!("{name}.{outcome}"));
        }
        add("pathway", own, name);
    }
    let figure = |path: &str| path.starts_with("step.") && (path.contains(".cost.") || path.contains(".time."));
    rulebook.texts.iter().filter(move |(path, _)| !figure(path)).map(move |(path, _)| {
        let said = rulebook.texts.find(path).map(|text| version.say(text)).unwrap_or_default();
        let whole = format!("{path}.");
        // The longest known beginning of the path is the most exact one.
        let known =
            whole.match_indices('.').rev().find_map(|(at, _)| shared.get(&whole[..=at]).map(|name| (at + 1, name)));
        let path = known.map_or_else(
            || path.to_owned(),
            |(at, name)| format!("{name}{}", &whole[at..]).trim_end_matches('.').to_owned(),
        );
        (path, said)
    })
}

struct Entries<'c> {
    comparison: &'c Comparison<'c>,
    list: Vec<EntryChange>,
}

impl Entries<'_> {
    fn all(&mut self) {
        let [old, new] = &self.comparison.sides;
        macro_rules! kind {
            ($kind:literal, $field:ident, $title:ident, $parts:expr) => {{
                for (id, name, entry) in new.rulebook.$field.iter() {
                    let title = self.comparison.say(1, entry.$title);
                    let shared = &new.names.$field[id.index()];
                    match Version::find(&old.names.$field, shared, &old.rulebook.$field) {
                        None => self.push($kind, name, &title, "neu", String::new(), title.clone()),
                        Some(twin) => {
                            let before = $parts(0, &old.rulebook.$field[twin]);
                            let after = $parts(1, entry);
                            for ((what, before), (_, after)) in before.into_iter().zip(after) {
                                if before != after {
                                    self.push($kind, name, &title, what, before, after);
                                }
                            }
                        }
                    }
                }
                for (id, name, entry) in old.rulebook.$field.iter() {
                    if !new.names.$field.contains(&old.names.$field[id.index()]) {
                        let title = self.comparison.say(0, entry.$title);
                        self.push($kind, name, &title, "entfällt", title.clone(), String::new());
                    }
                }
            }};
        }
        let comparison = self.comparison;
        let dated = |day: Option<Date>| day.map(day_text).unwrap_or_default();
        kind!("Quelle", sources, title, |_: usize, e: &Source| vec![
            ("Adresse", e.url.clone().unwrap_or_default()),
            ("Stand", dated(e.state)),
            ("geprüft am", day_text(e.checked_on)),
            ("Herausgeber", e.publisher.clone()),
        ]);
        kind!("Stelle", authorities, name, |side: usize, e: &crate::rulebook::Authority| vec![
            ("Post", e.post.clone().unwrap_or_default()),
            ("Telefon", e.phone.clone().unwrap_or_default()),
            ("E-Mail", e.email.clone().unwrap_or_default()),
            ("Internet", e.url.clone().unwrap_or_default()),
            ("kostenlos", if e.free { "ja".to_owned() } else { "nein".to_owned() }),
            ("Verbindlichkeit", comparison.word(side, &format!("certainty.{}", e.certainty.id()))),
        ]);
        kind!("Unterlage", papers, name, |side: usize, e: &crate::rulebook::Paper| {
            let coded = |value: Value, family: &str| {
                comparison.word(side, &format!("{family}.{}", value.as_str().unwrap_or_default()))
            };
            vec![
                ("Form", coded(json!(e.form), "paper-form")),
                ("Übersetzung", coded(json!(e.translation), "translation")),
                ("Verbindlichkeit", comparison.word(side, &format!("certainty.{}", e.certainty.id()))),
            ]
        });
        kind!("Frage", questions, text, |side: usize, e: &crate::rulebook::Question| {
            let version = &comparison.sides[side];
            let id =
                version.rulebook.questions.iter().find(|(_, _, known)| std::ptr::eq(*known, e)).map(|(id, _, _)| id);
            let names = id.and_then(|id| version.names.options.get(id.index()).cloned()).unwrap_or_default();
            // Options by their shared names, so that another wording is no other option.
            let options: Vec<String> = names.iter().map(|name| name.trim_start_matches('\u{1}').to_owned()).collect();
            let asked_if: Vec<String> =
                e.asked_if.iter().map(|condition| comparison.condition(side, condition)).collect();
            vec![
                ("Antworten", options.join(", ")),
                ("wird gestellt, wenn", asked_if.join(" und ")),
                ("nur in der Beratung", if e.only_at_desk { "ja".to_owned() } else { "nein".to_owned() }),
            ]
        });
        let rules = |side: usize| -> BTreeMap<String, (String, String)> {
            let version = &comparison.sides[side];
            let rule = |rule: &crate::rulebook::OrderRule| {
                let mut then: Vec<String> = Version::names_of(&version.names.steps, &rule.then);
                then.sort();
                let key = json!([Version::name_of(&version.names.steps, rule.first), then, rule.brings]).to_string();
                (key, (rule.id.clone(), comparison.say(side, rule.says)))
            };
            version.rulebook.order.iter().map(rule).collect()
        };
        let (before, after) = (rules(0), rules(1));
        for (key, (id, says)) in &after {
            if !before.contains_key(key) {
                self.push("Reihenfolge", id, says, "neu", String::new(), says.clone());
            }
        }
        for (key, (id, says)) in &before {
            if !after.contains_key(key) {
                self.push("Reihenfolge", id, says, "entfällt", says.clone(), String::new());
            }
        }
    }

    fn push(&mut self, kind: &'static str, id: &str, name: &str, what: &'static str, before: String, after: String) {
        self.list.push(EntryChange { kind, id: id.to_owned(), name: name.to_owned(), what, before, after });
    }
}

impl Comparison<'_> {
    fn condition(&self, side: usize, condition: &crate::rulebook::Condition) -> String {
        let rulebook = self.sides[side].rulebook;
        let values: Vec<String> =
            condition.values.iter().map(|value| self.say(side, rulebook.value_text(condition.fact, value))).collect();
        format!("{}: {}", self.say(side, rulebook.fact_label(condition.fact)), values.join(" oder "))
    }
}

fn differs(views: &[Option<View>; 2]) -> bool {
    match views {
        [None, None] => false,
        [Some(before), Some(after)] => {
            // Another outcome with the same words and substance is the same to people.
            before.substance != after.substance || (before.outcome != after.outcome && before.wording != after.wording)
        }
        _ => true,
    }
}

fn differences(views: &[Option<View>; 2]) -> Vec<Difference> {
    let [Some(before), Some(after)] = views else { return Vec::new() };
    let mut list = Vec::new();
    let mut compare = |what: &'static str, before: &str, after: &str| {
        if before != after {
            list.push(Difference { what, before: before.to_owned(), after: after.to_owned() });
        }
    };
    let (old, new) = (&before.told, &after.told);
    if before.outcome != after.outcome {
        compare("outcome", &old.title, &new.title);
    }
    compare("standing", &old.standing, &new.standing);
    compare("decides", &old.decides, &new.decides);
    compare("certainty", &old.certainty, &new.certainty);
    compare("valid", &old.valid, &new.valid);
    compare("german", &old.german, &new.german);
    let titles = |view: &View, other: &View| -> String {
        let gone = view.steps.iter().filter(|(name, _, _)| !other.steps.iter().any(|(known, _, _)| known == name));
        gone.map(|(_, title, _)| title.clone()).collect::<Vec<_>>().join("; ")
    };
    compare("steps", &titles(before, after), &titles(after, before));
    let order = |view: &View, other: &View| -> Vec<String> {
        let kept = view.steps.iter().filter(|(name, _, _)| other.steps.iter().any(|(known, _, _)| known == name));
        kept.map(|(name, _, _)| name.clone()).collect()
    };
    if order(before, after) != order(after, before) {
        compare("order", &old.steps.join(" → "), &new.steps.join(" → "));
    }
    for (name, title, substance) in &after.steps {
        if let Some((_, _, known)) =
            before.steps.iter().find(|(known, _, _)| known == name).filter(|(_, _, known)| known != substance)
        {
            let (a, b) = step_difference(known, substance);
            compare("step", &format!("{title}: {a}"), &format!("{title}: {b}"));
        }
    }
    let only = |own: &[String], other: &[String]| {
        own.iter().filter(|name| !other.contains(name)).cloned().collect::<Vec<_>>().join("; ")
    };
    compare("offices", &only(&old.offices, &new.offices), &only(&new.offices, &old.offices));
    compare("basis", &only(&old.basis, &new.basis), &only(&new.basis, &old.basis));
    list
}

/// The parts of a step that differ, as they are written.
fn step_difference(before: &Value, after: &Value) -> (String, String) {
    const PARTS: [&str; 7] = ["Kosten", "Dauer", "Stellen", "Unterlagen", "Quellen", "Verbindlichkeit", "Geltung"];
    let mut sides = (Vec::new(), Vec::new());
    for (at, part) in PARTS.iter().enumerate() {
        let (a, b) = (&before[at], &after[at]);
        if a != b {
            sides.0.push(format!("{part} {}", plain(a)));
            sides.1.push(format!("{part} {}", plain(b)));
        }
    }
    (sides.0.join("; "), sides.1.join("; "))
}

/// A coded value without brackets and quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        // An office told by a fact that is decided differently now has no name of its own.
        Value::String(text) if text.starts_with('#') => "je nach Antworten".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "keine".to_owned(),
        Value::Array(list) => list.iter().map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn tree_days<L>(node: &Node<L>, add: &mut impl FnMut(Validity)) {
    if let Node::Ask { branches, .. } = node {
        for branch in branches {
            add(branch.valid);
            tree_days(&branch.node, add);
        }
    }
}

fn questions(domain: &Domain, census: &Census) -> Vec<String> {
    census.questions().into_iter().map(|var| domain.asked[var].name.trim_start_matches('\u{1}').to_owned()).collect()
}

fn day_text(date: Date) -> String {
    day(date)
}

fn period(valid: Validity) -> String {
    match (valid.from, valid.until) {
        (None, None) => "ohne Ende".to_owned(),
        (Some(from), None) => format!("ab {}", day(from.0)),
        (None, Some(until)) => format!("bis {}", day(until.0)),
        (Some(from), Some(until)) => format!("{} bis {}", day(from.0), day(until.0)),
    }
}

/// The outcome a change is about, what stands on either side, and the cells in which it happens.
type Kind = (Option<String>, [Option<View>; 2], Vec<usize>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_set_is_in_exactly_one_cell() {
        let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
        let (sides, _) = pair(&rulebook, &rulebook);
        let pairs: Vec<Pair> = rulebook.pathways.ids().map(|id| [Some(id), Some(id)]).collect();
        let mut domain = Domain::of(&sides);
        for pair in pairs {
            domain.classify(&sides, &[pair]);
            let results = domain.cells(&sides, pair, jiff::civil::date(2026, 11, 22));
            let census = Census::of(&domain, results.iter().map(|result| &result.cell));
            let sum: u128 = results.iter().map(|result| census.count(&result.cell)).sum();
            let name = pair[0].map(|id| rulebook.pathways.name(id)).unwrap_or_default();
            assert_eq!(sum, census.total(), "the cells of {name} overlap or leave somebody out");
            let all: Vec<&Cell> = results.iter().map(|result| &result.cell).collect();
            assert_eq!(census.count_any(&all), census.total(), "the union of the cells of {name}");
        }
    }
}
