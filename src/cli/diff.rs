use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use super::{DateArg, Failure, print};
use crate::change::{cases, compare};
use crate::report;
use crate::rulebook::{Loaded, Rulebook, read_dir, read_embedded};
use crate::source::Files;

/// What a change of the rules does to people.
#[derive(clap::Args)]
pub struct Args {
    /// The rules before: a directory, a git revision such as HEAD~3 or v1:rules, or a version that the new rules keep
    old: String,
    /// The rules after: a directory or a git revision
    new: String,
    #[command(flatten)]
    date: DateArg,
    /// Everything, with ids, every way and every condition
    #[arg(long, conflicts_with = "json")]
    full: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (old, new) = both(&self.old, &self.new)?;
        let change = compare(&old, &new, self.date.day(), &cases(&old, &new));
        print(&if self.json {
            serde_json::to_string_pretty(&change).unwrap_or_default() + "\n"
        } else {
            report::change(&self.old, &self.new, &change, &new, self.full)
        });
        Ok(ExitCode::SUCCESS)
    }
}

/// The rules before and after; their faults are shown if they have any. A register that lags behind is none here, nor are
/// words of the wizard that earlier rules lack or have more.
pub fn both(old: &str, new: &str) -> Result<(Arc<Rulebook>, Rulebook), Failure> {
    let new = sound(new, Rulebook::load_unregistered(&read(new)?))?;
    if let Some(kept) = new.released.get(old).filter(|_| !Path::new(old).is_dir()) {
        return Ok((kept.clone(), new));
    }
    let files = read(old).map_err(|failure| match failure {
        Failure::Version { place, says } => {
            let kept: Vec<&str> = new.released.versions().collect();
            let kept = if kept.is_empty() { "none".to_owned() } else { kept.join(", ") };
            Failure::Version { place, says: format!("{says}, nor a version that the new rules keep ({kept})") }
        }
        failure => failure,
    })?;
    Ok((Arc::new(sound(old, Rulebook::load_earlier(&files, &read_embedded()))?), new))
}

fn sound(place: &str, loaded: Loaded) -> Result<Rulebook, Failure> {
    loaded.rulebook.ok_or_else(|| {
        for found in &loaded.diagnostics {
            eprintln!("{}", report::full(&loaded.files, found, false));
        }
        Failure::Version {
            place: place.to_owned(),
            says: format!("these rules have {} fault(s), see above", loaded.diagnostics.len()),
        }
    })
}

/// The files in a directory, or as they were in a git revision.
fn read(place: &str) -> Result<Files, Failure> {
    let dir = Path::new(place);
    if dir.is_dir() {
        let inside = dir.join("rules");
        let dir = if !dir.join("rulebook.yaml").is_file() && inside.join("rulebook.yaml").is_file() {
            inside.as_path()
        } else {
            dir
        };
        return Ok(read_dir(dir)?);
    }
    let failure = |says: String| Failure::Version { place: place.to_owned(), says };
    let listing = git(&["ls-tree", "-r", "-z", "--full-tree", place], &[]).map_err(failure)?;
    let listing = String::from_utf8_lossy(&listing);
    // Each entry: mode, kind, object, tab, path.
    let entries: Vec<(&str, &str)> = listing
        .split('\0')
        .filter_map(|entry| entry.split_once('\t'))
        .filter_map(|(head, path)| Some((head.rsplit(' ').next()?, path)))
        .collect();
    let root = if entries.iter().any(|(_, path)| *path == "rulebook.yaml") { "" } else { "rules/" };
    let wanted: Vec<(&str, &str)> = entries
        .into_iter()
        .filter_map(|(object, path)| Some((object, path.strip_prefix(root)?)))
        .filter(|(_, path)| path.ends_with(".yaml"))
        .collect();
    if !wanted.iter().any(|(_, path)| *path == "rulebook.yaml") {
        return Err(failure(
            "there is no rulebook.yaml in this revision; name the directory too, as in v1:rules".to_owned(),
        ));
    }
    let objects: String = wanted.iter().map(|(object, _)| format!("{object}\n")).collect();
    let contents = git(&["cat-file", "--batch"], objects.as_bytes()).map_err(failure)?;
    let mut files = Files::default();
    let mut rest = contents.as_slice();
    let mut wanted = wanted;
    let mut texts = Vec::with_capacity(wanted.len());
    for (_, path) in &wanted {
        // A line "object blob size", the content, a line break.
        let broken = || failure(format!("git gave no content for {path}"));
        let line = rest.iter().position(|byte| *byte == b'\n').ok_or_else(broken)?;
        let size =
            String::from_utf8_lossy(&rest[..line]).rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let end =
            size.and_then(|size| (line + 1).checked_add(size)).filter(|end| *end < rest.len()).ok_or_else(broken)?;
        texts.push(
            String::from_utf8(rest[line + 1..end].to_vec())
                .map_err(|_| failure(format!("{path} is not UTF-8 text")))?,
        );
        rest = &rest[end + 1..];
    }
    let mut all: Vec<(&str, String)> = wanted.drain(..).map(|(_, path)| path).zip(texts).collect();
    all.sort();
    all.into_iter().for_each(|(path, text)| {
        files.add(path, text);
    });
    Ok(files)
}

/// Runs git and gives what it prints, or in words what went wrong.
fn git(args: &[&str], input: &[u8]) -> Result<Vec<u8>, String> {
    let started =
        Command::new("git").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut process = match started {
        Ok(process) => process,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            return Err(
                "there is no such directory, and the program git, which knows revisions, is not installed".to_owned()
            );
        }
        Err(cause) => return Err(format!("git cannot be started: {cause}")),
    };
    let stdin = process.stdin.take();
    let input = input.to_vec();
    // Fed from a thread of its own, since git answers while it still reads.
    let feed = std::thread::spawn(move || {
        if let Some(mut stdin) = stdin {
            let _ = stdin.write_all(&input);
        }
    });
    let output = process.wait_with_output().map_err(|cause| format!("git broke off: {cause}"))?;
    let _ = feed.join();
    if output.status.success() {
        return Ok(output.stdout);
    }
    let says = String::from_utf8_lossy(&output.stderr);
    let says = says.lines().next().unwrap_or("no reason given").trim_start_matches("fatal: ").to_owned();
    Err(format!("this is neither a directory nor a revision git knows ({says})"))
}
