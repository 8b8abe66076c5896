//! A reader of the code may trust its map: each room uses only the rooms above it, and within a room nothing goes in circles.

use std::collections::{BTreeMap, BTreeSet};
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
    &["translation"],
    &["check", "links", "proof"],
    &["change"],
    &["report", "picture", "opendata"],
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

/// A file of the program by its place in it: `["walk", "person"]`.
type Module = Vec<String>;

/// The code of each module, without comments, texts and its own tests.
fn modules() -> BTreeMap<Module, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let module = |file: PathBuf| {
        let below = file.strip_prefix(&src).unwrap().with_extension("");
        let mut place: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if place.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            place.pop();
        }
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code = text.lines().map(|line| {
            let without_texts = line.split('"').step_by(2).collect::<String>();
            without_texts.split("//").next().unwrap_or_default().to_owned() + "\n"
        });
        (place, code.collect())
    };
    // `main.rs` says nothing that `lib.rs` does not.
    all.into_iter().filter(|file| !file.ends_with("src/main.rs")).map(module).collect()
}

/// The paths that a `use` declaration names, one for each of its leaves.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let head: Vec<String> =
        head.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    for (at, sign) in inside.char_indices().chain([(inside.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inside[from..at].trim();
                let below = if part.is_empty() { Vec::new() } else { leaves(part) };
                found.extend(below.into_iter().map(|path| [head.clone(), path].concat()));
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// All paths a module names: those of its `use` declarations, and those written out in its code.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (number, part) in code.split("use ").enumerate() {
        let (used, rest) = if number == 0 { ("", part) } else { part.split_once(';').unwrap_or(("", part)) };
        found.extend(leaves(used));
        let words = rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        let path = |word: &str| ["crate::", "super::", "self::"].iter().any(|start| word.starts_with(start));
        found.extend(words.filter(|word| path(word)).map(|word| word.split("::").map(str::to_owned).collect()));
    }
    found
}

/// Names that a module hands on from its children → the child each is from.
fn handed_on(place: &Module, all: &BTreeMap<Module, String>) -> BTreeMap<String, Module> {
    let mut names = BTreeMap::new();
    for path in paths(&all[place]) {
        let [child, .., name] = path.as_slice() else { continue };
        let child = [&place[..], std::slice::from_ref(child)].concat();
        match all.get(&child) {
            Some(code) if name == "*" => {
                let words: Vec<&str> = code.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
                let kinds = ["struct", "enum", "fn", "const", "static", "trait", "type"];
                let items = words.windows(3).filter(|words| words[0] == "pub" && kinds.contains(&words[1]));
                names.extend(items.map(|words| (words[2].to_owned(), child.clone())));
            }
            Some(_) => drop(names.insert(name.clone(), child)),
            None => {}
        }
    }
    names
}

/// The module a path leads to, seen from another.
fn led_to(
    from: &Module,
    path: &[String],
    all: &BTreeMap<Module, String>,
    handed: &BTreeMap<Module, BTreeMap<String, Module>>,
) -> Option<Module> {
    let mut path = path;
    let mut at = match path.first()?.as_str() {
        "crate" => Module::new(),
        "super" => from[..from.len().checked_sub(1)?].to_vec(),
        "self" => from.clone(),
        child if all.contains_key(&[&from[..], &[child.to_owned()]].concat()) => {
            return led_to(from, &[&["self".to_owned()], path].concat(), all, handed);
        }
        _ => return None,
    };
    path = &path[1..];
    while let Some(next) = path.first() {
        let below = [&at[..], std::slice::from_ref(next)].concat();
        if next == "super" {
            at.pop()?;
            path = &path[1..];
        } else if all.contains_key(&below) {
            at = below;
            path = &path[1..];
        } else if let Some(child) = handed[&at].get(next) {
            at.clone_from(child);
        } else {
            break;
        }
    }
    Some(at)
}

/// Neighbours that may use each other, and why.
const IN_CIRCLES: &[(&str, &str)] =
    &[("rulebook: model, released", "a rulebook keeps its earlier states, and each of them is a rulebook")];

#[test]
fn within_a_room_nothing_goes_in_circles() {
    let all = modules();
    let handed: BTreeMap<Module, _> = all.keys().map(|place| (place.clone(), handed_on(place, &all))).collect();
    // For each folder: which of its parts uses which other.
    let mut uses: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let mut looked_at = 0;
    for (from, code) in &all {
        for to in paths(code).iter().filter_map(|path| led_to(from, path, &all, &handed)) {
            let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(own), Some(other)) = (from.get(same), to.get(same)) {
                let folder = uses.entry(from[..same].to_vec()).or_default();
                folder.entry(own.clone()).or_default().insert(other.clone());
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 800, "only {looked_at} uses were found");
    let mut circles = Vec::new();
    for (folder, mut uses) in uses {
        // Whoever uses nobody that is left, or is used by nobody, is in no circle.
        loop {
            let left: BTreeSet<String> = uses.keys().cloned().collect();
            let used: BTreeSet<String> = uses.values().flatten().cloned().collect();
            uses.retain(|own, others| {
                others.retain(|other| left.contains(other));
                used.contains(own) && !others.is_empty()
            });
            if uses.len() == left.len() {
                break;
            }
        }
        if !uses.is_empty() {
            circles.push(format!("{}: {}", folder.join("/"), uses.into_keys().collect::<Vec<_>>().join(", ")));
        }
    }
    assert_eq!(circles, IN_CIRCLES.iter().map(|(circle, _)| *circle).collect::<Vec<_>>());
    assert!(IN_CIRCLES.iter().all(|(_, why)| why.len() > 20));
}
