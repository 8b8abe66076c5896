//! On every day there is an answer, and it is the one that stands in the file: random rulebooks with dates are read from
//! the plan they were written from, branch by branch, and the walk and the proof must come to the same on the first and
//! last day of every stretch, and on the days before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use lotse::interview::{Answers, evaluate};
use lotse::proof::reach;
use lotse::rulebook::{Rulebook, ValueSet, stretches};
use lotse::source::Files;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);
const QUESTIONS: usize = 3;
/// Options of every question, and values of the derived fact; the last option of a question is `unknown`.
const VALUES: usize = 3;
const OUTCOMES: usize = 3;

/// From and until, in months after today.
type Dates = (Option<i32>, Option<i32>);

/// A tree as it is written; fact number [`QUESTIONS`] is the derived one.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize),
    Ask { fact: usize, dated: Vec<(Option<[bool; VALUES]>, Dates, Tree)>, closes: Closes },
}

/// What must hold, per question.
type When = BTreeMap<usize, [bool; VALUES]>;

/// When a row fits: all of the first, and one of the others if there are any.
#[derive(Clone, Debug)]
struct Fits {
    all: When,
    any: Vec<When>,
}

/// A fact or a pathway as it is written.
#[derive(Clone, Debug)]
enum Rule {
    Tree(Tree),
    Table { rows: Vec<(Fits, Option<Dates>, usize)>, closes: usize },
}

/// How a node is closed: each value named, or all below `named` and the rest by `else`.
#[derive(Clone, Debug)]
struct Closes {
    named: usize,
    trees: Vec<Tree>,
}

#[derive(Clone, Debug)]
struct Plan {
    fact: Rule,
    pathway: Rule,
    /// Rows beside the pathway, and the outcome they are added to; to all if none.
    also: Vec<(Fits, Option<usize>)>,
    outcomes: Vec<Option<Dates>>,
}

fn dates() -> impl Strategy<Value = Dates> {
    (0..3, 1..40i32, 1..40i32).prop_map(|(kind, first, second)| match kind {
        0 => (Some(first), None),
        1 => (None, Some(first)),
        _ => (Some(first.min(second)), Some(first.max(second))),
    })
}

fn tree(facts: usize) -> impl Strategy<Value = Tree> {
    let leaf = (0..VALUES).prop_map(Tree::Leaf);
    leaf.prop_recursive(3, 24, 4, move |inner| {
        let values = prop::option::weighted(0.7, prop::array::uniform3(prop::bool::ANY));
        let dated = prop::collection::vec((values, dates(), inner.clone()), 0..3);
        let closes =
            (0..=VALUES, prop::collection::vec(inner, VALUES + 1)).prop_map(|(named, trees)| Closes { named, trees });
        (0..facts, dated, closes).prop_map(|(fact, dated, closes)| Tree::Ask { fact, dated, closes })
    })
}

fn when(least: usize) -> impl Strategy<Value = When> {
    prop::collection::btree_map(0..QUESTIONS, prop::array::uniform3(prop::bool::ANY), least..3).prop_map(|mut when| {
        when.values_mut().filter(|values| **values == [false; VALUES]).for_each(|values| values[0] = true);
        when
    })
}

fn fits() -> impl Strategy<Value = Fits> {
    prop_oneof![
        when(1).prop_map(|all| Fits { all, any: Vec::new() }),
        (when(0), prop::collection::vec(when(1), 1..3)).prop_map(|(all, any)| Fits { all, any }),
    ]
}

fn rule(facts: usize) -> impl Strategy<Value = Rule> {
    let row = (fits(), prop::option::weighted(0.4, dates()), 0..VALUES);
    prop_oneof![
        tree(facts).prop_map(Rule::Tree),
        (prop::collection::vec(row, 1..5), 0..VALUES).prop_map(|(rows, closes)| Rule::Table { rows, closes }),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let also = prop::collection::vec((fits(), prop::option::of(1..=OUTCOMES)), 0..3);
    (rule(QUESTIONS), rule(QUESTIONS + 1), also, prop::collection::vec(prop::option::of(dates()), OUTCOMES))
        .prop_map(|(fact, pathway, also, outcomes)| Plan { fact, pathway, also, outcomes })
}

impl Fits {
    fn holds(&self, options: [usize; QUESTIONS]) -> bool {
        let holds = |when: &When| when.iter().all(|(question, values)| values[options[*question]]);
        holds(&self.all) && (self.any.is_empty() || self.any.iter().any(holds))
    }

    fn written(&self) -> String {
        let condition = |(question, values): (&usize, &[bool; VALUES])| {
            let chosen = (0..VALUES).filter(|value| values[*value]).map(|value| value_name(*question, value));
            format!("{}: [{}]", fact_name(*question), chosen.collect::<Vec<_>>().join(", "))
        };
        let map = |when: &When| format!("{{ {} }}", when.iter().map(condition).collect::<Vec<_>>().join(", "));
        let all = (!self.all.is_empty()).then(|| format!("if: {}", map(&self.all)));
        let any = (!self.any.is_empty())
            .then(|| format!("any: [{}]", self.any.iter().map(map).collect::<Vec<_>>().join(", ")));
        all.into_iter().chain(any).collect::<Vec<_>>().join(", ")
    }
}

impl Rule {
    fn write(&self, values: &dyn Fn(usize) -> Vec<usize>, leaf: &dyn Fn(usize) -> String) -> String {
        let mut text = String::new();
        match self {
            Self::Tree(tree) => {
                text += "tree:\n";
                tree.write(2, values, leaf, &mut text);
            }
            Self::Table { rows, closes } => {
                text += "table:\n";
                for (fits, dates, at) in rows {
                    let dates = dates.map(|dates| format!(", valid: {}", written(dates))).unwrap_or_default();
                    let _ = writeln!(text, "  - {{ {}{dates}, {} }}", fits.written(), leaf(*at));
                }
                let _ = writeln!(text, "  - else:\n    {}", leaf(*closes));
            }
        }
        text
    }

    fn read(&self, options: [usize; QUESTIONS], facts: &dyn Fn(usize) -> usize, on: Date) -> usize {
        match self {
            Self::Tree(tree) => tree.read(facts, on),
            Self::Table { rows, closes } => {
                let fit = rows
                    .iter()
                    .find(|(fits, dates, _)| fits.holds(options) && dates.is_none_or(|dates| holds(dates, on)));
                fit.map_or(*closes, |(_, _, at)| *at)
            }
        }
    }
}

fn day(months: i32) -> Date {
    TODAY.checked_add(months.months()).unwrap()
}

fn holds((from, until): Dates, on: Date) -> bool {
    from.is_none_or(|from| day(from) <= on) && until.is_none_or(|until| on <= day(until))
}

fn written((from, until): Dates) -> String {
    let from = from.map(|from| format!("from: {}", day(from)));
    let until = until.map(|until| format!("until: {}", day(until)));
    format!("{{ {} }}", from.into_iter().chain(until).collect::<Vec<_>>().join(", "))
}

fn fact_name(fact: usize) -> String {
    if fact == QUESTIONS { "derived".to_owned() } else { format!("q{fact}") }
}

fn value_name(fact: usize, value: usize) -> String {
    match fact {
        QUESTIONS => format!("v{value}"),
        _ if value + 1 == VALUES => "unknown".to_owned(),
        _ => format!("o{value}"),
    }
}

impl Tree {
    /// The tree as YAML. `leaf` is the line for a leaf, `values` are those each fact can have.
    fn write(
        &self,
        indent: usize,
        values: &dyn Fn(usize) -> Vec<usize>,
        leaf: &dyn Fn(usize) -> String,
        text: &mut String,
    ) {
        let pad = " ".repeat(indent);
        match self {
            Self::Leaf(at) => text.push_str(&format!("{pad}{}\n", leaf(*at))),
            Self::Ask { fact, dated, closes } => {
                let _ = writeln!(text, "{pad}ask: {}\n{pad}branches:", fact_name(*fact));
                let known = values(*fact);
                let named = |list: Vec<usize>| {
                    let list: Vec<String> = list.into_iter().map(|value| value_name(*fact, value)).collect();
                    format!("{pad}  - if: [{}]", list.join(", "))
                };
                for (on, when, tree) in dated {
                    match on {
                        Some(on) => {
                            let list: Vec<usize> = known.iter().copied().filter(|value| on[*value]).collect();
                            if list.is_empty() {
                                continue;
                            }
                            let _ = writeln!(text, "{}", named(list));
                        }
                        None => {
                            let _ = writeln!(text, "{pad}  - else:");
                        }
                    }
                    let _ = writeln!(text, "{pad}    valid: {}", written(*when));
                    tree.write(indent + 4, values, leaf, text);
                }
                for value in known.iter().copied().filter(|value| *value < closes.named) {
                    let _ = writeln!(text, "{}", named(vec![value]));
                    closes.trees[value].write(indent + 4, values, leaf, text);
                }
                if known.iter().any(|value| *value >= closes.named) {
                    let _ = writeln!(text, "{pad}  - else:");
                    closes.trees[VALUES].write(indent + 4, values, leaf, text);
                }
            }
        }
    }

    /// The leaf for these values of the facts on a day, read from the top of the page to the bottom.
    fn read(&self, facts: &dyn Fn(usize) -> usize, on: Date) -> usize {
        match self {
            Self::Leaf(at) => *at,
            Self::Ask { fact, dated, closes } => {
                let value = facts(*fact);
                for (values, when, tree) in dated {
                    if values.is_none_or(|values| values[value]) && holds(*when, on) {
                        return tree.read(facts, on);
                    }
                }
                if value < closes.named {
                    closes.trees[value].read(facts, on)
                } else {
                    closes.trees[VALUES].read(facts, on)
                }
            }
        }
    }
}

impl Plan {
    fn files(&self) -> Files {
        let mut files = Files::default();
        let names: Vec<String> = (0..QUESTIONS).map(fact_name).collect();
        files.add(
            "rulebook.yaml",
            format!(
                "name: Zufall\nversion: \"1\"\nknowledge_date: 2026-11-21\nlanguages: [de]\nquestions: [{}]\npathways: [way]\n",
                names.join(", ")
            ),
        );
        let mut text = "questions:\n".to_owned();
        for name in &names {
            let _ = write!(text, "  {name}:\n    text: Frage\n    why: Grund\n    find_out: Suche\n    label: Wort\n");
            text += "    only_at_desk: true\n    options:\n      o0: { text: Wahl }\n      o1: { text: Wahl }\n";
        }
        files.add("questions/all.yaml", text);
        let every = |_: usize| (0..VALUES).collect::<Vec<_>>();
        let fact = self.fact.write(&every, &|at| format!("value: v{at}"));
        let used: Vec<usize> = (0..VALUES).filter(|at| fact.contains(&format!("value: v{at}"))).collect();
        let values = |fact: usize| if fact == QUESTIONS { used.clone() } else { every(fact) };
        let end = |at: usize| if at == 0 { "outcome: none".to_owned() } else { format!("outcome: x{at}") };
        let mut way = self.pathway.write(&values, &end);
        let mut outcomes = String::new();
        let ends: Vec<usize> = (1..=OUTCOMES).filter(|at| way.contains(&format!("outcome: x{at}"))).collect();
        for (at, (fits, to)) in
            self.also.iter().enumerate().filter(|(_, (_, to))| to.is_none_or(|to| ends.contains(&to)))
        {
            let to = to.map(|to| format!(", to: x{to}")).unwrap_or_default();
            let head = if way.contains("also:") { "" } else { "also:\n" };
            let _ = writeln!(way, "{head}  - {{ {}{to}, row: B-{at} }}", fits.written());
        }
        for at in &ends {
            let _ = write!(
                outcomes,
                "  x{at}:\n    standing: open-now\n    title: Ende\n    says: Ende\n    decided_by: somebody\n    certainty: rule\n    basis: law\n"
            );
            if let Some(dates) = self.outcomes[*at - 1] {
                let _ = writeln!(outcomes, "    valid: {}", written(dates));
            }
        }
        if way.contains("ask: derived\n") {
            let words: Vec<String> = used.iter().map(|at| format!("v{at}: Wert")).collect();
            let head = format!("fact: derived\nlabel: Wort\nvalues: {{ {} }}\n{fact}", words.join(", "));
            files.add("facts/derived.yaml", head);
        }
        let outcomes = if outcomes.is_empty() { " {}\n".to_owned() } else { format!("\n{outcomes}") };
        files.add("pathways/way.yaml", format!("pathway: way\ntitle: Weg\nconcerns: job\n{way}outcomes:{outcomes}"));
        files.add("deciders.yaml", "deciders:\n  somebody: { name: wer, explains: Wort. }\n");
        files.add(
            "sources.yaml",
            "sources:\n  law: { title: G, publisher: L, url: 'https://example.org', state: 2026-01-01, kind: statute, checked_on: 2026-01-01 }\n",
        );
        files
    }

    /// The outcome for these options on a day, if there is one, and the rows beside it.
    fn read(&self, options: [usize; QUESTIONS], on: Date) -> Option<(String, Vec<String>)> {
        let derived = self.fact.read(options, &|fact| options[fact], on);
        let facts = |fact| if fact == QUESTIONS { derived } else { options[fact] };
        let at = self.pathway.read(options, &facts, on);
        let open = at > 0 && self.outcomes[at - 1].is_none_or(|dates| holds(dates, on));
        let beside = self.also.iter().enumerate();
        let beside = beside.filter(|(_, (fits, to))| to.is_none_or(|to| to == at) && fits.holds(options));
        open.then(|| (format!("way/x{at}"), beside.map(|(at, _)| format!("B-{at}")).collect()))
    }
}

fn agrees(plan: &Plan) {
    let loaded = Rulebook::load(plan.files());
    // Whether anybody gets somewhere is not asked here.
    let grave: Vec<_> =
        loaded.diagnostics.iter().filter(|found| found.code != lotse::diagnostic::Code::Unused).collect();
    assert!(grave.is_empty(), "{grave:#?}");
    let Some(rulebook) = loaded.rulebook else { return };
    let edges = stretches(&rulebook, TODAY).into_iter().flat_map(|stretch| [stretch.from.0, stretch.until.0]);
    let days: BTreeSet<Date> =
        edges.flat_map(|edge| [edge.yesterday().unwrap(), edge, edge.tomorrow().unwrap()]).collect();
    for on in days {
        let mut reached: BTreeMap<String, u64> = BTreeMap::new();
        for number in 0..VALUES.pow(3) {
            let options = [number % VALUES, number / VALUES % VALUES, number / VALUES / VALUES];
            let mut answers = Answers::default();
            for (question, option) in rulebook.questions.ids().zip(options) {
                answers.set(question, ValueSet::only(option));
            }
            let evaluation = evaluate(&rulebook, &answers, on);
            let said = evaluation.findings.first().map(|finding| {
                (finding.id(&rulebook), finding.rows.iter().map(ToString::to_string).collect::<Vec<_>>())
            });
            assert_eq!(said, plan.read(options, on), "{options:?} on {on}");
            if let Some((said, _)) = said {
                *reached.entry(said).or_default() += 1;
            }
        }
        let proved = reach(&rulebook, on).into_iter();
        assert_eq!(
            proved.map(|(id, size, _)| (id, size.try_into().unwrap())).collect::<BTreeMap<String, u64>>(),
            reached
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn walk_and_proof_say_what_is_written_on_every_day(plan in plan()) {
        agrees(&plan);
    }
}
