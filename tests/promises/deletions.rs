//! Nothing gets lost unnoticed: whatever somebody deletes from the rules since the last released state is named, and a
//! release waits until the change log speaks of it.
//!
//! Every branch, option, source, step, row and mention of the shipped rules is deleted in turn from the text of its file;
//! what stands there by name must then lack something.

use std::collections::BTreeMap;
use std::ops::Range;

use lotse::check::Entries;
use lotse::rulebook::read_embedded;
use lotse::rulebook::released::is_kept;
use lotse::source::Files;

use crate::support::{complained, edit, lotse, printed, side_by_side, small, tell};

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn says_nothing(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The bytes of every entry of every map and list that stands below a key in lines of its own.
fn entries(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line.trim_end_matches('\n'))
        })
        .collect();
    let mut found = Vec::new();
    for (number, (_, line)) in lines.iter().enumerate() {
        if says_nothing(line) || !line.trim_end().ends_with(':') {
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

/// Where a line begins that holds this place, or one before it that satisfies something.
fn line_before(text: &str, place: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    let mut at = text[..place].rfind('\n').map_or(0, |end| end + 1);
    loop {
        let line = text[at..].lines().next().unwrap_or_default();
        if is(line) {
            return Some(at);
        }
        at = text[..at.checked_sub(1)?].rfind('\n').map_or(0, |end| end + 1);
    }
}

/// What tells of a deletion as well as the whole file does and is read in no time: the entry it lies in, below its key.
fn near(text: &str, place: &Range<usize>) -> Option<(String, Range<usize>)> {
    let from = line_before(text, place.start, |line| !says_nothing(line) && indent(line) <= 2)?;
    let top = line_before(text, from, |line| !says_nothing(line) && indent(line) == 0)?;
    let mut until = from;
    for line in text[from..].split_inclusive('\n') {
        if until > from && !says_nothing(line) && indent(line) <= 2 {
            break;
        }
        until += line.len();
    }
    let key = text[top..].split_inclusive('\n').next()?;
    if top == from || place.start == from || place.end > until || !key.trim_end().ends_with(':') {
        return None;
    }
    Some((format!("{key}{}", &text[from..until]), key.len() + place.start - from..key.len() + place.end - from))
}

fn standing_in(name: &str, text: &str) -> Entries {
    let mut files = Files::default();
    files.add(name, text);
    Entries::of(&files)
}

#[test]
fn a_deletion_anywhere_is_named() {
    let files = read_embedded();
    // What is told apart by the same few lines is read with them once.
    let mut deletions: BTreeMap<(&str, String), Vec<Range<usize>>> = BTreeMap::new();
    for (_, file) in files.iter().filter(|(_, file)| is_kept(&file.name)) {
        for place in entries(&file.text).into_iter().chain(elements(&file.text)) {
            let (text, place) = near(&file.text, &place).unwrap_or_else(|| (file.text.to_string(), place));
            deletions.entry((&file.name, text)).or_default().push(place);
        }
    }
    let count: usize = deletions.values().map(Vec::len).sum();
    assert!(count > 3_000, "only {count} deletions are possible");
    let deletions: Vec<_> = deletions.into_iter().collect();
    side_by_side(&deletions, |((name, text), places)| {
        let before = standing_in(name, text);
        for place in places {
            let left = text[..place.start].to_owned() + &text[place.end..];
            let lost = before.lost(&standing_in(name, &left));
            assert!(!lost.is_empty(), "nobody notices that {name} lacks {}", &text[place.clone()]);
        }
    });
}

#[test]
fn what_came_in_or_reads_otherwise_is_no_loss() {
    let before = standing_in("steps.yaml", "steps:\n  go:\n    title: Gehen Sie hin\n    contact: office\n");
    let after =
        "steps:\n  go:\n    title: Gehen Sie heute hin\n    contact: [office, other]\n  come: { title: Kommen Sie }\n";
    assert_eq!(before.lost(&standing_in("steps.yaml", after)), []);
}

#[test]
fn a_release_waits_until_the_change_log_speaks_of_what_disappeared() {
    let dir = small();
    let rules = dir.path().to_str().unwrap();
    let release = || lotse(&["release", "--rules", rules]);
    assert!(release().status.success());
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "steps.yaml", "bring: [certificate]", "bring: []");
    tell(dir.path(), "2", "paper:certificate");
    let told = printed(&lotse(&["check", "--rules", rules, "--concise"]));
    assert!(told.contains("W021") && told.contains("bring › certificate"), "{told}");
    let refused = release();
    assert_eq!(refused.status.code(), Some(2));
    assert!(complained(&refused).contains("step:"), "{}", complained(&refused));
    let step = told.split("`step:").nth(1).and_then(|rest| rest.split('`').next()).unwrap();
    tell(dir.path(), "2", &format!("step:{step}"));
    let released = release();
    assert!(released.status.success(), "{}", complained(&released));
    assert!(!printed(&lotse(&["check", "--rules", rules, "--concise"])).contains("W021"));
}

#[test]
fn a_slip_in_a_line_nobody_speaks_of_is_named_and_a_release_waits_for_it() {
    let dir = small();
    let rules = dir.path().to_str().unwrap();
    let release = || lotse(&["release", "--rules", rules]);
    let check = || printed(&lotse(&["check", "--rules", rules, "--concise"]));
    assert!(release().status.success());
    edit(dir.path(), "rulebook.yaml", "version: \"1\"", "version: \"2\"");
    edit(dir.path(), "steps.yaml", "bring: [certificate]", "bring: [certificate, certificate]");
    tell(dir.path(), "2", "paper:certificate");
    let told = check();
    assert!(told.contains("W022") && told.contains("`step:"), "{told}");
    assert!(!told.contains("W021"), "nothing disappeared: {told}");
    let refused = release();
    assert_eq!(refused.status.code(), Some(2));
    assert!(complained(&refused).contains("step:"), "{}", complained(&refused));
    // Whoever goes through all of it says so once.
    tell(dir.path(), "2", "everything");
    assert!(!check().contains("W022"));
    assert!(release().status.success());
}
