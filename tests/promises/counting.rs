//! What is counted and proved on diagrams agrees with brute force: on random small rulebooks every answer set is walked
//! with the real interview, one by one, and every figure must be the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::{Date, date};
use lotse::diagnostic::Code;
use lotse::interview::{Answers, evaluate, next};
use lotse::proof::{alike, certify, interview_lengths, reach};
use lotse::rulebook::{Rulebook, ValueSet};
use lotse::source::Files;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);
const MOST_QUESTIONS: usize = 4;

/// A question of a random rulebook: how many options beside `unknown`, several or one, when it is put.
#[derive(Clone, Debug)]
struct Question {
    options: usize,
    multi: bool,
    desk: bool,
    asked_if: Option<(usize, Vec<usize>)>,
}

/// A random tree over question numbers; leaves are numbers of outcomes, the first of which is `none`.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize),
    Ask(usize, Vec<Tree>),
}

#[derive(Clone, Debug)]
struct Pathway {
    when: Option<(usize, Vec<usize>)>,
    unless: Option<(usize, Vec<usize>)>,
    tree: Tree,
    ended: Vec<bool>,
}

#[derive(Clone, Debug)]
struct Plan {
    questions: Vec<Question>,
    fact: Tree,
    pathways: Vec<Pathway>,
}

fn condition() -> impl Strategy<Value = Option<(usize, Vec<usize>)>> {
    prop::option::of((0..MOST_QUESTIONS, prop::collection::vec(0..4usize, 1..3)))
}

fn question() -> impl Strategy<Value = Question> {
    (1..4usize, prop::bool::weighted(0.3), prop::bool::weighted(0.2), condition())
        .prop_map(|(options, multi, desk, asked_if)| Question { options, multi, desk, asked_if })
}

fn tree(leaves: usize) -> impl Strategy<Value = Tree> {
    let leaf = (0..leaves).prop_map(Tree::Leaf);
    leaf.prop_recursive(3, 12, 3, |inner| {
        (0..=MOST_QUESTIONS, prop::collection::vec(inner, 2..4)).prop_map(|(fact, branches)| Tree::Ask(fact, branches))
    })
}

fn pathway() -> impl Strategy<Value = Pathway> {
    (condition(), condition(), tree(4), prop::collection::vec(prop::bool::weighted(0.2), 3))
        .prop_map(|(when, unless, tree, ended)| Pathway { when, unless, tree, ended })
}

fn plan() -> impl Strategy<Value = Plan> {
    (prop::collection::vec(question(), 1..=MOST_QUESTIONS), tree(3), prop::collection::vec(pathway(), 1..4))
        .prop_map(|(questions, fact, pathways)| Plan { questions, fact, pathways })
}

impl Plan {
    /// The rulebook as files; conditions that cannot be written for these questions are left out.
    fn files(&self) -> Files {
        let mut files = Files::default();
        let names: Vec<String> = (0..self.questions.len()).map(|at| format!("q{at}")).collect();
        let ways: Vec<String> = (0..self.pathways.len()).map(|at| format!("p{at}")).collect();
        files.add(
            "rulebook.yaml",
            format!(
                "name: Zufall\nversion: \"1\"\nknowledge_date: 2026-11-21\nlanguages: [de]\nquestions: [{}]\npathways: [{}]\n",
                names.join(", "),
                ways.join(", ")
            ),
        );
        let mut text = "questions:\n".to_owned();
        for (at, question) in self.questions.iter().enumerate() {
            let _ = write!(text, "  q{at}:\n    text: Frage\n    why: Grund\n    find_out: Suche\n    label: Wort\n");
            let _ = writeln!(text, "    multi: {}\n    only_at_desk: {}", question.multi, question.desk);
            // A question may only depend on earlier ones, or the rules would go in a circle.
            if let Some(condition) = self.written(&question.asked_if, at) {
                let _ = writeln!(text, "    asked_if: {{ {condition} }}");
            }
            text += "    options:\n";
            for option in 0..question.options {
                let _ = writeln!(text, "      o{option}: {{ text: Wahl }}");
            }
        }
        files.add("questions/all.yaml", text);
        let mut fact = String::new();
        self.node(&self.fact, 2, None, &mut fact);
        let values: Vec<String> =
            (0..3).map(|at| format!("v{at}")).filter(|value| fact.contains(&format!("value: {value}\n"))).collect();
        let words: Vec<String> = values.iter().map(|value| format!("{value}: Wert")).collect();
        let mut derived = false;
        for (at, pathway) in self.pathways.iter().enumerate() {
            let mut text = format!("pathway: p{at}\ntitle: Weg\nconcerns: job\n");
            for (word, condition) in [("when", &pathway.when), ("unless", &pathway.unless)] {
                if let Some(condition) = self.written(condition, usize::MAX) {
                    let _ = writeln!(text, "{word}: {{ {condition} }}");
                }
            }
            text += "tree:\n";
            self.node(&pathway.tree, 2, Some(&values), &mut text);
            derived |= text.contains("ask: derived\n");
            text += "outcomes:\n";
            // Outcomes that no branch ends in would be a fault of their own.
            let tree = text.clone();
            for (outcome, ended) in
                (1..4).zip(&pathway.ended).filter(|(at, _)| tree.contains(&format!("outcome: x{at}\n")))
            {
                let _ = write!(
                    text,
                    "  x{outcome}:\n    standing: open-now\n    title: Ende\n    says: Ende\n    decided_by: somebody\n    certainty: rule\n    basis: law\n"
                );
                if *ended {
                    text += "    valid: { until: 2026-01-01 }\n";
                }
            }
            files.add(
                format!("pathways/p{at}.yaml"),
                if text.ends_with("outcomes:\n") { text.trim_end().to_owned() + " {}\n" } else { text },
            );
        }
        if derived {
            files.add(
                "facts/derived.yaml",
                format!("fact: derived\nlabel: Wort\nvalues: {{ {} }}\ntree:\n{fact}", words.join(", ")),
            );
        }
        files.add("deciders.yaml", "deciders:\n  somebody: { name: wer, explains: Wort. }\n");
        files.add(
            "sources.yaml",
            "sources:\n  law: { title: G, publisher: L, url: 'https://example.org', state: 2026-01-01, kind: statute, checked_on: 2026-01-01 }\n",
        );
        files
    }

    fn written(&self, condition: &Option<(usize, Vec<usize>)>, before: usize) -> Option<String> {
        let (question, options) = condition.as_ref()?;
        let options: Vec<String> = self
            .options(*question, before)?
            .into_iter()
            .enumerate()
            .filter(|(at, _)| options.contains(at))
            .map(|(_, o)| o)
            .collect();
        (!options.is_empty()).then(|| format!("q{question}: [{}]", options.join(", ")))
    }

    fn options(&self, question: usize, before: usize) -> Option<Vec<String>> {
        let entry = self.questions.get(question).filter(|_| question < before)?;
        Some((0..entry.options).map(|at| format!("o{at}")).chain(["unknown".to_owned()]).collect())
    }

    /// A tree in YAML: of the derived fact, or of a pathway that may ask the derived fact for these values. A number that is
    /// no question to branch on stands for the derived fact.
    fn node(&self, tree: &Tree, indent: usize, derived: Option<&[String]>, text: &mut String) {
        let pad = " ".repeat(indent);
        let (fact, branches) = match tree {
            Tree::Leaf(leaf) if derived.is_none() => return writeln!(text, "{pad}value: v{leaf}").unwrap_or_default(),
            Tree::Leaf(0) => return writeln!(text, "{pad}outcome: none").unwrap_or_default(),
            Tree::Leaf(leaf) => return writeln!(text, "{pad}outcome: x{leaf}").unwrap_or_default(),
            Tree::Ask(fact, branches) => (*fact, branches),
        };
        let question = self.questions.get(fact).filter(|question| !question.multi);
        let values = match (question, derived) {
            (Some(_), _) => self.options(fact, usize::MAX).unwrap_or_default(),
            (None, None) => return self.node(&branches[0], indent, derived, text),
            (None, Some(values)) => values.to_vec(),
        };
        let name = if question.is_some() { format!("q{fact}") } else { "derived".to_owned() };
        let _ = writeln!(text, "{pad}ask: {name}\n{pad}branches:");
        for (at, value) in values.iter().enumerate() {
            let _ = writeln!(text, "{pad}  - if: [{value}]");
            self.node(&branches[at % branches.len()], indent + 4, derived, text);
        }
    }
}

/// Every answer to a question.
fn answers_to(rulebook: &Rulebook, question: lotse::rulebook::Id<lotse::rulebook::Question>) -> Vec<ValueSet> {
    let entry = &rulebook.questions[question];
    let known: Vec<usize> = (0..entry.options.len()).filter(|at| *at != entry.unknown).collect();
    let mut answers = vec![ValueSet::only(entry.unknown)];
    if entry.multi {
        answers.extend((1..1usize << known.len()).map(|bits| {
            known.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, o)| *o).collect::<ValueSet>()
        }));
    } else {
        answers.extend(known.into_iter().map(ValueSet::only));
    }
    answers
}

fn every_answer_set(rulebook: &Rulebook) -> Vec<Answers> {
    let mut all = vec![Answers::default()];
    for question in rulebook.questions.ids() {
        let answers = answers_to(rulebook, question);
        all = all
            .iter()
            .flat_map(|so_far| {
                answers.iter().map(|values| {
                    let mut more = so_far.clone();
                    more.set(question, *values);
                    more
                })
            })
            .collect();
    }
    all
}

/// How many interviews of each length there are, walked one by one.
fn walk(rulebook: &Rulebook, answers: &Answers, length: usize, lengths: &mut Vec<u64>) {
    let Some(question) = next(rulebook, answers, TODAY) else {
        lengths.resize(lengths.len().max(length + 1), 0);
        lengths[length] += 1;
        return;
    };
    for values in answers_to(rulebook, question) {
        let mut more = answers.clone();
        more.set(question, values);
        walk(rulebook, &more, length + 1, lengths);
    }
}

fn trimmed(mut counts: Vec<String>) -> Vec<String> {
    while counts.last().is_some_and(|count| count == "0") {
        counts.pop();
    }
    counts
}

/// The rulebook of a plan. A question that no rule looks at is left to the desk, where that is allowed; a plan without
/// any outcome is no rulebook.
fn rulebook(plan: &Plan) -> Option<Rulebook> {
    let mut plan = plan.clone();
    let mut loaded = Rulebook::load(plan.files());
    for at in 0..plan.questions.len() {
        let idle = format!("question `q{at}` is not used anywhere");
        plan.questions[at].desk |= loaded.diagnostics.iter().any(|found| found.headline == idle);
    }
    loaded = Rulebook::load(plan.files());
    let grave: Vec<_> = loaded.diagnostics.iter().filter(|found| found.code != Code::Unused).collect();
    assert!(grave.is_empty(), "{grave:#?}");
    loaded.rulebook
}

fn agrees(plan: &Plan) {
    let Some(rulebook) = rulebook(plan) else { return };
    let all = every_answer_set(&rulebook);
    let certificate = certify(&rulebook, TODAY);
    assert_eq!(certificate.figures.answer_sets, all.len().to_string());

    let mut lengths = Vec::new();
    walk(&rulebook, &Answers::default(), 0, &mut lengths);
    let (counted, weighed) = interview_lengths(&rulebook, TODAY).unwrap();
    assert_eq!(
        trimmed(counted.iter().map(ToString::to_string).collect()),
        trimmed(lengths.iter().map(ToString::to_string).collect())
    );
    let total: u64 = rulebook
        .questions
        .iter()
        .filter(|(_, _, q)| !q.only_at_desk)
        .map(|(id, _, _)| answers_to(&rulebook, id).len() as u64)
        .product();
    assert_eq!(weighed.iter().sum::<num_bigint::BigUint>().to_string(), total.to_string());

    let mut reached: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    for answers in &all {
        let known =
            answers.iter().filter(|(question, values)| !values.contains(rulebook.questions[*question].unknown)).count();
        for finding in evaluate(&rulebook, answers, TODAY).findings {
            let entry = reached.entry(finding.id(&rulebook)).or_insert((0, usize::MAX));
            *entry = (entry.0 + 1, entry.1.min(known));
        }
    }
    let proved: BTreeMap<String, (u64, usize)> = reach(&rulebook, TODAY)
        .into_iter()
        .map(|(id, size, shortest)| (id, (size.try_into().unwrap(), shortest.len())))
        .collect();
    assert_eq!(proved, reached);

    for (question, classes) in rulebook.questions.ids().zip(alike(&rulebook)) {
        assert_eq!(classes.iter().map(ValueSet::len).sum::<usize>(), rulebook.questions[question].options.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn diagrams_count_what_brute_force_counts(plan in plan()) {
        agrees(&plan);
    }
}
