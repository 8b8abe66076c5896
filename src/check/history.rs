//! The history of the rules: released states that still load, and a change log that speaks of things that exist.

use std::collections::BTreeSet;

use super::entries::{Entries, Lost};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, listed};
use crate::rulebook::released::{histories, is_kept};
use crate::rulebook::{Change, Rulebook};
use crate::source::{Files, Located, Span};

/// How a change names what it touches.
const FORM: &str = "Schreiben Sie `weg`, `weg/ergebnis` oder `step:NAME`, `office:NAME`, `paper:NAME`, `question:NAME`, `fact:NAME`, `source:NAME`, `table:NAME`, `rulebook/SCHLÜSSEL`; `everything`, wenn eine Änderung durch alle Regeln geht.";

/// What every version changes.
const OTHER_EACH_TIME: [&str; 3] = ["rulebook/version", "rulebook/knowledge_date", "changes"];

/// What a change touches that goes through all the rules, as a new edition of their texts does.
const EVERYTHING: &str = "everything";

/// What is wrong with released states and with the change log. Loads every released state.
pub fn history(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let mut found = rulebook.released.faults();
    for version in rulebook.released.versions() {
        if version == rulebook.version {
            found.extend(differing(rulebook, files).map(|(file, place)| not_raised(version, file, place)));
        }
    }
    let mut before = rulebook.released.versions().rev().filter(|version| *version != rulebook.version);
    let then = before.find_map(|version| entries(rulebook, version));
    let present = Entries::of(&kept(files));
    let names = names(rulebook, then.iter().chain([&present]));
    let versions: BTreeSet<&str> = rulebook.released.versions().chain([rulebook.version.as_str()]).collect();
    for change in &rulebook.changes {
        let touched = change.touches.iter().filter(|id| id.value != EVERYTHING && !names.contains(id.as_str()));
        found.extend(touched.map(|id| unknown("Eintrag", id, &names, FORM)));
        if !versions.contains(change.version.as_str()) {
            let known = versions.iter().map(|version| (*version).to_owned()).collect();
            found.push(unknown("Stand", &change.version, &known, "Schreiben Sie den Stand aus rulebook.yaml."));
        }
    }
    found.extend(untold(rulebook, files));
    found.extend(rewritten(rulebook, files));
    if let Some(place) = head(files) {
        let unspoken = then.map(|then| Unspoken::between(rulebook, &then, &present)).unwrap_or_default();
        found.extend(unspoken.lost.iter().map(|lost| not_told(lost, rulebook, place)));
        found.extend(changes_not_told(&unspoken.changed, rulebook, place));
    }
    found.extend(unreadable_links(rulebook));
    found
}

/// Everything that a change can touch, today or ever. Most changes speak of what is there still; only for those that do not,
/// older states are looked through, the youngest first.
fn names<'e>(rulebook: &Rulebook, known: impl Iterator<Item = &'e Entries>) -> BTreeSet<String> {
    let of = |entries: &Entries| entries.names().map(str::to_owned).collect::<Vec<_>>();
    let mut names: BTreeSet<String> = known.flat_map(of).collect();
    let touched = || rulebook.changes.iter().flat_map(|change| &change.touches).filter(|id| id.value != EVERYTHING);
    for version in rulebook.released.versions().rev() {
        if touched().all(|id| names.contains(id.as_str())) {
            break;
        }
        names.extend(entries(rulebook, version).iter().flat_map(of));
    }
    names
}

/// The files of the present rules that a release keeps.
fn kept(files: &Files) -> Files {
    files.iter().filter(|(_, file)| is_kept(&file.name)).map(|(_, file)| file.clone()).collect()
}

/// What stands in a released state.
fn entries(rulebook: &Rulebook, version: &str) -> Option<Entries> {
    rulebook.released.in_todays_form(version).map(|files| Entries::of(&kept(files)))
}

/// What is other than in the last released state, and the change log of the present version does not speak of.
#[derive(Clone, Debug, Default)]
pub struct Unspoken {
    /// What stood there and stands nowhere now.
    pub lost: Vec<Lost>,
    /// Whose words are others, or who is new.
    pub changed: Vec<String>,
}

impl Unspoken {
    /// Compares the present rules with the last released state but their own.
    pub fn of(rulebook: &Rulebook, files: &Files) -> Self {
        let last = rulebook.released.versions().rfind(|version| *version != rulebook.version);
        let then = last.and_then(|version| entries(rulebook, version));
        then.map(|then| Self::between(rulebook, &then, &Entries::of(&kept(files)))).unwrap_or_default()
    }

    fn between(rulebook: &Rulebook, then: &Entries, now: &Entries) -> Self {
        let (told, mut lost) = (told(rulebook), then.lost(now));
        let gone: BTreeSet<String> = lost.iter().map(|lost| lost.of.clone()).collect();
        lost.retain(|lost| !is_told(&told, &lost.of));
        // What is released stays as it is; what it changed was told before.
        let released = rulebook.released.versions().any(|version| version == rulebook.version);
        if released || told.contains(EVERYTHING) {
            return Self { lost, changed: Vec::new() };
        }
        let speaks = |of: &&str| !OTHER_EACH_TIME.contains(of) && !gone.contains(*of) && !is_told(&told, of);
        Self { lost, changed: then.changed(now).filter(speaks).map(str::to_owned).collect() }
    }
}

/// What the change log of the present version says it touches.
fn told(rulebook: &Rulebook) -> BTreeSet<&str> {
    let present = rulebook.changes.iter().filter(|change| change.version.value == rulebook.version);
    present.flat_map(|change| change.touches.iter().map(|id| id.value.as_str())).collect()
}

/// Whether the change log speaks of it; who speaks of a pathway speaks of its outcomes.
fn is_told(told: &BTreeSet<&str>, of: &str) -> bool {
    told.contains(of) || of.split_once('/').is_some_and(|(pathway, _)| told.contains(pathway))
}

/// All that is other than in the last released state without a word about it, in one finding, ready to be copied.
fn changes_not_told(changed: &[String], rulebook: &Rulebook, place: Span) -> Option<Diagnostic> {
    let headline = format!("Anders als im letzten Stand, und niemand sagt es: {}", listed(changed, 5));
    let touches: Vec<String> = changed.iter().map(|of| format!("\"{of}\"")).collect();
    let help = format!(
        "Ist das alles so gewollt, schreiben Sie in changes.yaml zum Stand {} einen Eintrag mit `touches: [{}]`; sind es nur andere Wörter, mit `editorial: true`. Sonst stellen Sie den alten Wortlaut wieder her.",
        rulebook.version,
        touches.join(", ")
    );
    let found = Diagnostic::new(Code::ChangedUntold, headline, place, "seit dem letzten Stand geändert").help(help);
    (!changed.is_empty()).then_some(found)
}

/// Something lost of which the change log does not speak.
fn not_told(lost: &Lost, rulebook: &Rulebook, place: Span) -> Diagnostic {
    const SHOWN: usize = 3;
    let of = &lost.of;
    let what: Vec<&str> = lost.what.iter().map(String::as_str).filter(|what| !what.is_empty()).collect();
    let headline = match lost.whole {
        true => format!("`{of}` gab es im letzten Stand und gibt es nicht mehr"),
        false => {
            let more = what.len().saturating_sub(SHOWN);
            let more = if more > 0 { format!(" und {more} weitere Stellen") } else { String::new() };
            let what: Vec<String> = what.iter().take(SHOWN).map(|what| format!("„{what}“")).collect();
            format!("Bei `{of}` fehlt, was im letzten Stand da war: {}{more}", what.join(", "))
        }
    };
    Diagnostic::new(Code::Disappeared, headline, place, "seit dem letzten Stand verschwunden").help(format!(
        "Ist das so gewollt, schreiben Sie in changes.yaml zum Stand {} einen Eintrag mit `touches: [{of}]`. Sonst holen Sie es zurück.",
        rulebook.version
    ))
}

/// Questions and options of released states that the present rules cannot read: old links would silently lose answers.
fn unreadable_links(rulebook: &Rulebook) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for version in rulebook.released.versions().rev() {
        let (Some(then), Some(place)) = (rulebook.released.get(version), rulebook.released.place(version)) else {
            continue;
        };
        for (_, name, question) in then.questions.iter() {
            let Some(now) = rulebook.question_called(name) else {
                if !rulebook.retired.contains(name) && told.insert(name.to_owned()) {
                    found.push(gone_from_links("Frage", name, version, place));
                }
                continue;
            };
            for option in question.options.names() {
                let both = format!("{name}={option}");
                let readable =
                    rulebook.questions[now].option_called(option).is_some() || rulebook.retired.contains(&both);
                if !readable && told.insert(both.clone()) {
                    found.push(gone_from_links("Antwort", &both, version, place));
                }
            }
        }
    }
    found
}

/// A question or option that old links name and nobody knows any more.
fn gone_from_links(kind: &str, id: &str, version: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LinkLost,
        format!("Die {kind} `{id}` aus Stand {version} ist verschwunden; alte Links und Ausdrucke verlieren damit diese Antwort"),
        place,
        "hat sie noch",
    )
    .help(format!(
        "Heißt sie nur anders, schreiben Sie dort `formerly: [{}]`. Gibt es sie wirklich nicht mehr, dann in rulebook.yaml \
         unter `retired:` die Zeile `{id}: Grund`.",
        id.rsplit('=').next().unwrap_or(id)
    ))
}

/// The first file in which the present rules are not what was released under their version, and where to point.
fn differing<'f>(rulebook: &Rulebook, files: &'f Files) -> Option<(&'f str, Span)> {
    let released = rulebook.released.files(&rulebook.version)?;
    let text = |name: &str| released.iter().find(|file| file.name == name).map(|file| &*file.text);
    let mut present = files.iter().filter(|(_, file)| is_kept(&file.name));
    let changed = present.find(|(_, file)| text(&file.name) != Some(&*file.text));
    if let Some((id, file)) = changed {
        return Some((&file.name, Span::start_of(id)));
    }
    let present = files.iter().filter(|(_, file)| is_kept(&file.name)).count();
    let gone = released.iter().filter(|file| is_kept(&file.name)).count() > present;
    gone.then(|| ("eine Datei", head(files))).and_then(|(file, place)| Some((file, place?)))
}

/// Where `rulebook.yaml` names the version.
fn head(files: &Files) -> Option<Span> {
    let (id, _) = files.iter().find(|(_, file)| file.name == "rulebook.yaml")?;
    Some(version_line(files, Span::start_of(id)))
}

/// The line that names the version in the file of a place; the place itself if there is none.
fn version_line(files: &Files, place: Span) -> Span {
    let text = &files[place.file].text;
    let at = if text.starts_with("version:") { Some(0) } else { text.find("\nversion:").map(|at| at + 1) };
    let line = |at: usize| text[at..].lines().next().map_or(0, |line| line.trim_end().len());
    at.map_or(place, |start| Span { start, end: start + line(start), ..place })
}

/// Versions of which the change log says nothing. Without a released state there is no history to tell yet.
fn untold(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let told = |version: &str| rulebook.changes.iter().any(|change: &Change| change.version.value == version);
    let released = rulebook.released.versions().filter(|version| *version != rulebook.version);
    let mut places: Vec<(&str, Option<Span>)> = released
        .map(|version| (version, rulebook.released.place(version).map(|place| version_line(files, place))))
        .collect();
    if !rulebook.released.is_empty() {
        places.push((&rulebook.version, head(files)));
    }
    let untold = places.into_iter().filter(|(version, _)| !told(version));
    untold
        .filter_map(|(version, place)| {
            let headline = format!("changes.yaml sagt nichts über die Version {version}");
            let help = "Schreiben Sie dort einen Eintrag: was für Menschen anders ist, und warum. Nur andere Wörter: `editorial: true`.";
            Some(Diagnostic::new(Code::Untold, headline, place?, "diese Version").help(help))
        })
        .collect()
}

/// Versions of which the change log says something else than when they were released: people have read it.
fn rewritten(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let (mut found, histories) = (Vec::new(), histories(files));
    for version in rulebook.released.versions() {
        let (Some(then), Some(place)) = (rulebook.released.history(version), rulebook.released.place(version)) else {
            continue;
        };
        let now = histories.get(version);
        if now.map(String::as_str) == Some(then) {
            continue;
        }
        let headline = format!("changes.yaml sagt über die Version {version} etwas anderes als bei ihrem Aufbewahren");
        let place = rulebook
            .changes
            .iter()
            .find(|change| change.version.value == version)
            .map_or(place, |change| change.version.span);
        let correction = match now {
            Some(seal) => format!("schreiben Sie in released/{version}.yaml `history: \"{seal}\"`"),
            None => format!("nehmen Sie in released/{version}.yaml die Zeile `history:` heraus"),
        };
        let help = format!("Stellen Sie den alten Wortlaut wieder her. Ist es nur eine Berichtigung, {correction}.");
        found.push(Diagnostic::new(Code::Rewritten, headline, place, "diese Version").help(help));
    }
    found
}

/// Rules that differ from what was released under the same version.
fn not_raised(version: &str, file: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::VersionNotRaised,
        format!("Diese Regeln sind nicht die aufbewahrte Version {version}: {file} ist anders"),
        place,
        "nicht wie aufbewahrt",
    )
    .help("Erhöhen Sie `version:` in rulebook.yaml. Ein Link mit der alten Version muss seinen Sinn behalten.")
}

/// A name in the change log that neither the present rules nor a released state know.
fn unknown(kind: &str, id: &Located<String>, known: &BTreeSet<String>, otherwise: &str) -> Diagnostic {
    let fault =
        Diagnostic::new(Code::UnknownId, format!("`{id}` gibt es nicht ({kind})"), id.span, "weder heute noch früher");
    match did_you_mean(id, known.iter().map(String::as_str)) {
        Some(help) => fault.help(help),
        None => fault.help(otherwise),
    }
}
