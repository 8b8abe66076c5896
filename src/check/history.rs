//! The history of the rules: released states that still load, and a change log that speaks of things that exist.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::rulebook::released::is_kept;
use crate::rulebook::{Change, Rulebook};
use crate::source::{Files, Located, Span};

/// How a change names what it touches.
const FORM: &str = "write `pathway`, `pathway/outcome`, `step:ID`, `office:ID` or `paper:ID`";

/// What is wrong with released states and with the change log. Loads every released state.
pub fn history(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let mut found = rulebook.released.faults();
    for version in rulebook.released.versions() {
        let Some(place) = rulebook.released.place(version) else { continue };
        let inside = rulebook.released.get(version).map(|released| released.version.as_str());
        found.extend(inside.filter(|inside| *inside != version).map(|inside| other_version(version, inside, place)));
        if version == rulebook.version {
            found.extend(differing(rulebook, files).map(|(file, place)| not_raised(version, file, place)));
        }
    }
    let names = names(rulebook);
    let versions: BTreeSet<&str> = rulebook.released.versions().chain([rulebook.version.as_str()]).collect();
    for change in &rulebook.changes {
        let touched = change.touches.iter().filter(|id| !names.contains(id.as_str()));
        found.extend(touched.map(|id| unknown("pathway, outcome, step, office or paper", id, &names, FORM)));
        if !versions.contains(change.version.as_str()) {
            let known = versions.iter().map(|version| (*version).to_owned()).collect();
            found.push(unknown("version", &change.version, &known, "write the version of rulebook.yaml"));
        }
    }
    found.extend(untold(rulebook, files));
    found
}

/// Every id a change may touch, of the present rules and of all released states.
fn names(rulebook: &Rulebook) -> BTreeSet<String> {
    let released = rulebook.released.versions().filter_map(|version| rulebook.released.get(version));
    let mut names = BTreeSet::new();
    for rulebook in released.map(AsRef::as_ref).chain([rulebook]) {
        for (_, pathway, entry) in rulebook.pathways.iter() {
            names.insert(pathway.to_owned());
            names.extend(entry.outcomes.names().map(|outcome| format!("{pathway}/{outcome}")));
        }
        names.extend(rulebook.steps.names().map(|id| format!("step:{id}")));
        names.extend(rulebook.authorities.names().map(|id| format!("office:{id}")));
        names.extend(rulebook.papers.names().map(|id| format!("paper:{id}")));
    }
    names
}

/// The first file in which the present rules are not what was released under their version, and where to point.
fn differing<'f>(rulebook: &Rulebook, files: &'f Files) -> Option<(&'f str, Span)> {
    let released = rulebook.released.files(&rulebook.version)?;
    let text = |name: &str| released.iter().find(|(_, file)| file.name == name).map(|(_, file)| file.text.as_str());
    let mut present = files.iter().filter(|(_, file)| is_kept(&file.name));
    let changed = present.find(|(_, file)| text(&file.name) != Some(file.text.as_str()));
    if let Some((id, file)) = changed {
        return Some((&file.name, Span::start_of(id)));
    }
    let present = files.iter().filter(|(_, file)| is_kept(&file.name)).count();
    let gone = released.iter().filter(|(_, file)| is_kept(&file.name)).count() > present;
    gone.then(|| ("a file", head(files))).and_then(|(file, place)| Some((file, place?)))
}

/// The beginning of `rulebook.yaml`.
fn head(files: &Files) -> Option<Span> {
    files.iter().find(|(_, file)| file.name == "rulebook.yaml").map(|(id, _)| Span::start_of(id))
}

/// Versions of which the change log says nothing. Without a released state there is no history to tell yet.
fn untold(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let told = |version: &str| rulebook.changes.iter().any(|change: &Change| change.version.value == version);
    let released = rulebook.released.versions().filter(|version| *version != rulebook.version);
    let mut places: Vec<(&str, Option<Span>)> =
        released.map(|version| (version, rulebook.released.place(version))).collect();
    if !rulebook.released.is_empty() {
        places.push((&rulebook.version, head(files)));
    }
    let untold = places.into_iter().filter(|(version, _)| !told(version));
    untold
        .filter_map(|(version, place)| {
            let headline = format!("changes.yaml says nothing about version {version}");
            let help = "write an entry: what is different for people, and why; `editorial: true` if only words changed";
            Some(Diagnostic::warning("W020", headline, place?, "this version").help(help))
        })
        .collect()
}

/// Rules that differ from what was released under the same version.
fn not_raised(version: &str, file: &str, place: Span) -> Diagnostic {
    Diagnostic::error(
        "E090",
        format!("these rules are not the released version {version}: {file} differs"),
        place,
        "not as it was released",
    )
    .help("raise `version:` in rulebook.yaml; a link made with the released version must keep its meaning")
}

/// A released state that lies under another version than its own.
fn other_version(directory: &str, inside: &str, place: Span) -> Diagnostic {
    Diagnostic::error(
        "E092",
        format!("released/{directory} holds version {inside}"),
        place,
        "another version than the directory",
    )
    .help("let `lotse release` write released states; do not copy or change them by hand")
}

/// A name in the change log that neither the present rules nor a released state know.
fn unknown(kind: &str, id: &Located<String>, known: &BTreeSet<String>, otherwise: &str) -> Diagnostic {
    let fault = Diagnostic::error("E010", format!("there is no {kind} `{id}`"), id.span, "not known, now or earlier");
    match did_you_mean(id, known.iter().map(String::as_str)) {
        Some(help) => fault.help(help),
        None => fault.help(otherwise),
    }
}
