//! How much harm `lotse check` lets pass: single faults as they slip in while somebody edits, put into the shipped rules at random
//! places, one at a time. It takes long, so it is started by hand:
//!
//! ```sh
//! cargo test --release --test promises random_faults -- --ignored --nocapture
//! ```
//!
//! `FAULTS` says how many are tried (1,400), `FAULTS_MINUTES` after how many minutes it stops (10), `LOTSE_PROGRAM` names another
//! program to ask than the one just built. The faults are the same on each run. A fault that is passed by without any finding
//! is printed, and a table of the kinds ends the run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::support::{copy, program};

/// A file of the rules, line by line.
struct File {
    name: PathBuf,
    lines: Vec<String>,
}

/// What can happen to a line, as long as it changes anything; the file gives words of the same kind.
type Fault = fn(&File, usize, &mut TestRng) -> Option<Vec<String>>;

const KINDS: [(&str, Fault); 8] = [
    ("a line is gone", line_gone),
    ("an entry of a list is gone", entry_gone),
    ("an id is another one of its file", other_id),
    ("a word of a short list is another one", other_word),
    ("a digit is another one", other_digit),
    ("a negation or a condition is gone", negation_gone),
    ("two lines change places", lines_swapped),
    ("a line stands twice", line_twice),
];

/// Rules that people edit: no released state, no translation.
fn files(rules: &Path) -> Vec<File> {
    let mut files = Vec::new();
    let mut pending = vec![rules.to_owned()];
    while let Some(dir) = pending.pop() {
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["released", "lang", "schema"].contains(&name.as_str()) {
                pending.push(path);
            } else if name.ends_with(".yaml") {
                let lines = std::fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
                files.push(File { name: path.strip_prefix(rules).unwrap().to_owned(), lines });
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

fn says_nothing(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn one_of<T: Clone>(all: &[T], rng: &mut TestRng) -> Option<T> {
    (!all.is_empty()).then(|| all[(rng.next_u64() % all.len() as u64) as usize].clone())
}

fn line_gone(_: &File, _: usize, _: &mut TestRng) -> Option<Vec<String>> {
    Some(Vec::new())
}

fn line_twice(file: &File, at: usize, _: &mut TestRng) -> Option<Vec<String>> {
    Some(vec![file.lines[at].clone(); 2])
}

fn lines_swapped(file: &File, at: usize, _: &mut TestRng) -> Option<Vec<String>> {
    let (line, next) = (&file.lines[at], file.lines.get(at + 1)?);
    let indent = |line: &str| line.len() - line.trim_start().len();
    // Keys of one entry may stand in any order; what is read top to bottom may not.
    let ordered = line.trim_start().starts_with("- ") && next.trim_start().starts_with("- ");
    (ordered && indent(line) == indent(next) && line != next).then(|| vec![next.clone(), line.clone()])
}

/// The entries of a list in one line: `key: [a, b]`.
fn list(line: &str) -> Option<(usize, usize, Vec<&str>)> {
    let (open, close) = (line.find('[')?, line.rfind(']')?);
    let entries: Vec<&str> = line.get(open + 1..close)?.split(", ").collect();
    (entries.len() > 1).then_some((open, close, entries))
}

fn entry_gone(file: &File, at: usize, rng: &mut TestRng) -> Option<Vec<String>> {
    let line = &file.lines[at];
    let (open, close, mut entries) = list(line)?;
    entries.remove((rng.next_u64() % entries.len() as u64) as usize);
    Some(vec![format!("{}[{}]{}", &line[..open], entries.join(", "), &line[close + 1..])])
}

/// `key: id`, or the entries of `key: [id, id]`.
fn key_and_ids(line: &str) -> Option<(&str, Vec<&str>)> {
    let (key, value) = line.split_once(": ")?;
    let key = key.trim_start().trim_start_matches("- ");
    let ids: Vec<&str> = value.trim_matches(['[', ']', ' ']).split(", ").collect();
    let is_id = |id: &&str| {
        !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/')
    };
    (key.chars().all(|c| c.is_ascii_lowercase() || c == '_') && ids.iter().all(is_id)).then_some((key, ids))
}

/// An id or a word of the line, and another that stands behind the same key somewhere in the file.
fn one_and_another<'f>(file: &'f File, at: usize, words: bool, rng: &mut TestRng) -> Option<(&'f str, &'f str)> {
    let (key, ids) = key_and_ids(&file.lines[at]).filter(|(key, _)| WORDS.contains(key) == words)?;
    let of_key = file.lines.iter().filter_map(|line| key_and_ids(line)).filter(|(other, _)| *other == key);
    let known: Vec<&str> = of_key.flat_map(|(_, ids)| ids).filter(|id| !ids.contains(id)).collect();
    Some((one_of(&ids, rng)?, one_of(&known, rng)?))
}

fn replaced(line: &str, old: &str, new: &str) -> Option<Vec<String>> {
    let (key, value) = line.split_at(line.find(": ")?);
    Some(vec![format!("{key}{}", value.replacen(old, new, 1))])
}

fn other_id(file: &File, at: usize, rng: &mut TestRng) -> Option<Vec<String>> {
    let (old, new) = one_and_another(file, at, false, rng)?;
    replaced(&file.lines[at], old, new)
}

fn other_word(file: &File, at: usize, rng: &mut TestRng) -> Option<Vec<String>> {
    let (old, new) = one_and_another(file, at, true, rng)?;
    replaced(&file.lines[at], old, new)
}

/// Keys with a word out of a short list.
const WORDS: [&str; 6] = ["standing", "certainty", "decided_by", "kind", "form", "concerns"];

fn other_digit(file: &File, at: usize, rng: &mut TestRng) -> Option<Vec<String>> {
    let line = &file.lines[at];
    let digits: Vec<usize> = line.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let place = one_of(&digits, rng)?;
    let digit = (line.as_bytes()[place] - b'0' + 1 + (rng.next_u64() % 9) as u8) % 10;
    Some(vec![format!("{}{digit}{}", &line[..place], &line[place + 1..])])
}

fn negation_gone(file: &File, at: usize, rng: &mut TestRng) -> Option<Vec<String>> {
    let line = &file.lines[at];
    let words: Vec<&str> = [" nicht", " kein", " nur", " erst", " vielleicht", " oft", " meist", "unless: ", "when: "]
        .into_iter()
        .filter(|word| line.contains(word))
        .collect();
    let word = one_of(&words, rng)?;
    let instead = match word {
        "unless: " => "when: ",
        "when: " => "unless: ",
        _ => "",
    };
    Some(vec![line.replacen(word, instead, 1)])
}

/// What the program finds: how many errors, how many findings in all.
fn checked(rules: &Path) -> (usize, usize) {
    let output = program().args(["check", "--concise", "--rules"]).arg(rules).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<usize> = said
        .lines()
        .last()
        .and_then(|line| line.strip_prefix("Fehler: "))
        .into_iter()
        .flat_map(|line| {
            line.split(['·', ',']).map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>())
        })
        .filter_map(|figure| figure.parse().ok())
        .collect();
    match figures[..] {
        [errors, hints, ..] => (errors, errors + hints),
        _ => panic!("no figures: {said}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[test]
#[ignore = "takes minutes; a measurement that is started by hand"]
fn how_many_single_faults_pass() {
    let setting =
        |name: &str, usual: u64| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual);
    let (wanted, minutes) = (setting("FAULTS", 1_400), setting("FAULTS_MINUTES", 10));
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), dir.path());
    let files = files(dir.path());
    let (errors, before) = checked(dir.path());
    assert_eq!(errors, 0, "the rules are not sound to begin with");
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let places: Vec<(usize, usize)> = files
        .iter()
        .enumerate()
        .flat_map(|(file, entry)| {
            (0..entry.lines.len()).filter(|at| !says_nothing(&entry.lines[*at])).map(move |at| (file, at))
        })
        .collect();
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let (started, mut tried) = (Instant::now(), 0);
    while tried < wanted && started.elapsed() < Duration::from_secs(60 * minutes) {
        let (kind, fault) = KINDS[(tried % KINDS.len() as u64) as usize];
        let (at_file, at) = one_of(&places, &mut rng).unwrap();
        let file = &files[at_file];
        let Some(changed) = fault(file, at, &mut rng) else { continue };
        let taken = if kind == "two lines change places" { 2 } else { 1 };
        let text = [&file.lines[..at], &changed[..], &file.lines[at + taken..]].concat().join("\n") + "\n";
        let path = dir.path().join(&file.name);
        std::fs::write(&path, text).unwrap();
        let (errors, found) = checked(dir.path());
        std::fs::write(&path, file.lines.join("\n") + "\n").unwrap();
        tried += 1;
        let count = kinds.entry(kind).or_default();
        count.0 += 1;
        count.1 += usize::from(errors == 0);
        // An error ends the search, so that fewer findings than before say nothing.
        let silent = errors == 0 && found <= before;
        count.2 += usize::from(silent);
        if silent {
            println!("{kind}: {}:{}: {}", file.name.display(), at + 1, file.lines[at].trim());
        }
    }
    println!("{:44} {:>6} {:>10} {:>10}", format!("{tried} single faults"), "tried", "no error", "no finding");
    for (kind, (all, passed, silent)) in &kinds {
        println!("{kind:44} {all:>6} {passed:>10} {silent:>10}");
    }
    let sum = |part: fn(&(usize, usize, usize)) -> usize| kinds.values().map(part).sum::<usize>();
    println!("{:44} {:>6} {:>10} {:>10}", "all", sum(|kind| kind.0), sum(|kind| kind.1), sum(|kind| kind.2));
}
