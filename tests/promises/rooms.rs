//! A reader of the code may trust its map: each room uses only the rooms above it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Rooms on one line stand side by side and may not use each other.
const ROOMS: &[&[&str]] = &[
    &["source"],
    &["diagnostic"],
    &["yaml"],
    &["language"],
    &["terms"],
    &["format"],
    &["rulebook"],
    &["walk"],
    &["interview"],
    &["sheet"],
    &["since"],
    &["check", "proof"],
    &["change"],
    &["report", "picture"],
    &["web"],
    &["cli"],
];

fn level(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "rs") => found.push(path),
            false => {}
        }
    }
}

/// The rooms named by `crate::…` in a line of code.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = Vec::new();
    for (at, marker) in code.match_indices("crate::") {
        let rest = &code[at + marker.len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                rooms.extend(group.split('}').next().unwrap_or_default().split(',').map(|part| word(part.trim())))
            }
            None => rooms.push(word(rest)),
        }
    }
    rooms
}

#[test]
fn each_room_uses_only_rooms_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for file in all {
        let below = file.strip_prefix(&src).unwrap();
        let room = below.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(own) = level(&room) else {
            faults.push(format!("src/{room} stands on no floor of the map"));
            continue;
        };
        looked_at += 1;
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            for used in named(line).into_iter().filter(|used| *used != room) {
                if level(&used).is_none_or(|used| used >= own) {
                    faults.push(format!("src/{}:{}: {room} uses {used}", below.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(looked_at > 30, "only {looked_at} files were found");
}

#[test]
fn only_those_who_make_the_rulebook_and_its_checks_see_the_files_as_written() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let users: BTreeSet<String> = all
        .iter()
        .filter(|file| fs::read_to_string(file).unwrap().lines().any(|line| named(line).contains(&"format".to_owned())))
        .map(|file| file.strip_prefix(&src).unwrap().display().to_string())
        .filter(|file| !["format/", "rulebook/", "check/"].iter().any(|room| file.starts_with(room)))
        .collect();
    assert_eq!(users, BTreeSet::from(["cli/schema.rs".to_owned()]), "`lotse schema` prints their schemas");
}

#[test]
fn the_map_in_the_crate_documentation_names_every_room_in_order() {
    let lib = include_str!("../../src/lib.rs");
    let named = |line: &'static str| line.strip_prefix("//! - [`")?.split('`').next();
    let map: Vec<&str> = lib.lines().filter_map(named).collect();
    let mut modules: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    modules.sort_by_key(|room| map.iter().position(|known| known == room));
    assert_eq!(map, modules, "one line for each room");
    assert!(map.iter().map(|room| level(room)).is_sorted(), "from the ground up: {map:?}");
}
