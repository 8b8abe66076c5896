//! Nothing gets lost unnoticed: whatever entry somebody deletes from the shipped rules, loading them says so.
//!
//! Each branch, option, source, step and any other entry is deleted in turn from the text of its file. The inventory in
//! `rulebook.yaml` counts entries file by file and adds up; so a deletion is noticed if the count of its own file falls,
//! which is tried for every single one, and if loading compares the sum, which is tried for some of each kind.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use lotse::diagnostic::Severity;
use lotse::format::Counted;
use lotse::rulebook::{Rulebook, read_embedded};
use lotse::source::Files;

/// Of how many deletions of a kind one is loaded with all other files.
const ONE_IN: usize = 80;

type Counts = IndexMap<Counted, usize>;

/// Something to delete from a file.
#[derive(Clone, Debug)]
struct Deletion {
    kind: Counted,
    file: String,
    /// Its bytes; nothing if the whole file goes.
    place: Option<Range<usize>>,
}

impl Deletion {
    /// The file without it; nothing if the file itself is gone.
    fn left(&self, text: &str) -> Option<String> {
        let place = self.place.clone()?;
        Some(text[..place.start].to_owned() + &text[place.end..])
    }

    /// Whether another one of the same file goes along.
    fn takes_along(&self, other: &Self) -> bool {
        let within = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        self.kind == other.kind && self.place.iter().zip(&other.place).all(|(place, inner)| within(place, inner))
    }
}

/// Below which key of which files the entries of a kind are written, and with how many spaces before the key.
const HOMES: [(Counted, &str, &str, Option<usize>); 22] = [
    (Counted::Questions, "questions/", "questions", Some(0)),
    (Counted::Options, "questions/", "options", Some(4)),
    (Counted::Values, "facts/", "values", Some(0)),
    (Counted::Branches, "facts/", "branches", None),
    (Counted::Branches, "pathways/", "branches", None),
    (Counted::Outcomes, "pathways/", "outcomes", Some(0)),
    (Counted::Steps, "steps.yaml", "steps", Some(0)),
    (Counted::StepParts, "steps.yaml", "cost", Some(4)),
    (Counted::StepParts, "steps.yaml", "time", Some(4)),
    (Counted::StepParts, "steps.yaml", "phone", Some(6)),
    (Counted::OrderRules, "steps.yaml", "order", Some(0)),
    (Counted::Papers, "papers.yaml", "papers", Some(0)),
    (Counted::Offices, "authorities.yaml", "authorities", Some(0)),
    (Counted::Deciders, "deciders.yaml", "deciders", Some(0)),
    (Counted::Sources, "sources.yaml", "sources", Some(0)),
    (Counted::Terms, "glossary.yaml", "terms", Some(0)),
    (Counted::Duties, "employer.yaml", "duties", Some(0)),
    (Counted::TableRows, "tables/", "rows", Some(0)),
    (Counted::InterfaceTexts, "interface.yaml", "texts", Some(0)),
    (Counted::InterfaceTexts, "wording.yaml", "texts", Some(4)),
    (Counted::Changes, "changes.yaml", "changes", Some(0)),
    (Counted::ExclusiveGroups, "rulebook.yaml", "exclusive", Some(0)),
];

/// Entries that are files of their own.
const FILES: [(Counted, &str); 3] =
    [(Counted::Facts, "facts/"), (Counted::Pathways, "pathways/"), (Counted::Cases, "cases/")];

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn says_nothing(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The bytes of every entry below a key, whether it is written as a map or as a list.
fn entries(text: &str, key: &str, before_key: Option<usize>) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line.trim_end_matches('\n'))
        })
        .collect();
    let key = format!("{key}:");
    let mut found = Vec::new();
    for (number, (_, line)) in lines.iter().enumerate() {
        let opens = line.trim_start().trim_end() == key;
        if !opens || before_key.is_some_and(|spaces| spaces != indent(line)) {
            continue;
        }
        let outer = indent(line);
        let mut own: Vec<Range<usize>> = Vec::new();
        let mut level = None;
        for (start, line) in lines[number + 1..].iter().filter(|(_, line)| !says_nothing(line)) {
            let level = *level.get_or_insert(indent(line));
            if indent(line) < level || level <= outer {
                break;
            }
            let end = (start + line.len() + 1).min(text.len());
            match own.last_mut() {
                Some(last) if indent(line) > level => last.end = end,
                _ => own.push(*start..end),
            }
        }
        found.extend(own);
    }
    found
}

/// The bytes of every element of every list in `[ ]` that holds several ids, with the comma that goes with it.
fn elements(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices(": [").map(|(at, sign)| (at + sign.len(), sign)) {
        let Some(close) = text[open..].find(']').map(|length| open + length) else { continue };
        let commas: Vec<usize> = text[open..close].match_indices(',').map(|(at, _)| open + at).collect();
        let words = text[open..close].split(',').map(str::trim);
        let ids = words.clone().all(|word| {
            let word = word.trim_matches('"');
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c))
        });
        if !ids || commas.is_empty() {
            continue;
        }
        found.push(open..commas[0] + 1);
        let ends = commas.iter().skip(1).chain([&close]);
        found.extend(commas.iter().zip(ends).map(|(comma, end)| *comma..*end));
    }
    found
}

/// Everything that can be deleted as one, kind by kind.
fn deletions(files: &Files) -> BTreeMap<&'static str, Vec<Deletion>> {
    let mut all: BTreeMap<&'static str, Vec<Deletion>> = BTreeMap::new();
    let mut add = |kind: Counted, file: &str, place| {
        all.entry(kind.id()).or_default().push(Deletion { kind, file: file.to_owned(), place });
    };
    // What was released is history: the present rules alone are counted.
    for (_, file) in files.iter().filter(|(_, file)| !file.name.starts_with("released/")) {
        for (kind, _, key, before_key) in HOMES.iter().filter(|(_, names, _, _)| file.name.starts_with(names)) {
            entries(&file.text, key, *before_key).into_iter().for_each(|place| add(*kind, &file.name, Some(place)));
        }
        for (kind, _) in FILES.iter().filter(|(_, names)| file.name.starts_with(names)) {
            add(*kind, &file.name, None);
        }
        if !["lint.yaml", "rulebook.yaml", "interface.yaml"].contains(&file.name.as_str()) {
            elements(&file.text).into_iter().for_each(|place| add(Counted::Mentions, &file.name, Some(place)));
        }
    }
    all
}

/// Does something for each of many, on all processors.
fn side_by_side<T: Sync>(all: &[T], act: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    act(one);
                }
            });
        }
    });
}

fn counts(name: &str, text: &str) -> Counts {
    let mut files = Files::default();
    files.add(name, text);
    Rulebook::inventory(&files)
}

/// What is deleted, for whoever reads why a test failed.
fn shown<'t>(deletion: &Deletion, texts: &'t BTreeMap<&str, &str>) -> &'t str {
    deletion.place.clone().map_or("the whole file", |place| &texts[deletion.file.as_str()][place])
}

/// Loads all rules without something, and wants to be told.
fn is_noticed(deletion: &Deletion, files: &Files) {
    let mut left = Files::default();
    for (_, file) in files.iter() {
        if file.name != deletion.file {
            left.add(file.name.clone(), file.text.clone());
        } else if let Some(text) = deletion.left(&file.text) {
            left.add(file.name.clone(), text);
        }
    }
    let loaded = Rulebook::load(left);
    let errors = loaded.diagnostics.iter().filter(|found| found.severity == Severity::Error).count();
    assert!(errors > 0 && loaded.rulebook.is_none(), "nobody notices that {deletion:?} is gone");
}

#[test]
fn the_inventory_counts_every_kind_of_entry() {
    let files = read_embedded();
    let (_, head) = files.iter().find(|(_, file)| file.name == "rulebook.yaml").unwrap();
    let (_, written) = head.text.split_once("\ninventory:\n").unwrap();
    let written: Vec<&str> = written.lines().map(str::trim).collect();
    let there: Vec<String> =
        Rulebook::inventory(&files).iter().map(|(kind, count)| format!("{}: {count}", kind.id())).collect();
    assert_eq!(written, there);
}

#[test]
fn every_entry_that_is_deleted_is_missing_in_the_count_of_its_file() {
    let files = read_embedded();
    let inventory = Rulebook::inventory(&files);
    let texts: BTreeMap<&str, &str> = files.iter().map(|(_, file)| (file.name.as_str(), file.text.as_str())).collect();
    let whole: BTreeMap<&str, Counts> = texts.iter().map(|(name, text)| (*name, counts(name, text))).collect();
    let all = deletions(&files);
    for (kind, count) in &inventory {
        let tried = all[kind.id()].len();
        if *kind == Counted::Mentions {
            // A mention that is alone with its key goes as a line of its own entry, not as an element of a list.
            assert!(tried > count / 3, "only {tried} of {count} mentions are tried");
        } else {
            assert_eq!(tried, *count, "not every entry of {} is tried", kind.id());
        }
    }
    let all: Vec<Deletion> = all.into_values().flatten().collect();
    let mut of_file: BTreeMap<&str, Vec<&Deletion>> = BTreeMap::new();
    all.iter().for_each(|deletion| of_file.entry(&deletion.file).or_default().push(deletion));
    side_by_side(&all, |deletion| {
        let before = &whole[deletion.file.as_str()];
        let Some(text) = deletion.left(texts[deletion.file.as_str()]) else {
            assert_eq!(before[&deletion.kind], 1, "{} holds one entry", deletion.file);
            return;
        };
        let after = counts(&deletion.file, &text);
        // A file in which nothing is left of a list that must not be empty is not read at all.
        if after.values().all(|count| *count == 0) {
            return;
        }
        let others = &of_file[deletion.file.as_str()];
        let gone = others.iter().filter(|other| deletion.takes_along(other)).count();
        assert_eq!(
            before[&deletion.kind] - after[&deletion.kind],
            gone,
            "{}: {}",
            deletion.file,
            shown(deletion, &texts)
        );
    });
}

#[test]
fn some_deletions_of_each_kind_are_noticed_when_all_rules_are_loaded() {
    let files = read_embedded();
    let some: Vec<Deletion> = deletions(&files).into_values().flat_map(|all| all.into_iter().step_by(ONE_IN)).collect();
    side_by_side(&some, |deletion| is_noticed(deletion, &files));
}
