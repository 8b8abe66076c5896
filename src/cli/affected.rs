use std::path::PathBuf;
use std::process::ExitCode;

use super::{DateArg, Failure, diff, misfit_line, print};
use crate::change::{Person, compare};
use crate::interview::{Answers, MOST_TOLD};
use crate::report;
use crate::rulebook::Rulebook;

/// More lines than this are not looked at in one go.
const MOST_LINES: usize = 20_000;

/// Which of some people a change of the rules concerns.
#[derive(clap::Args)]
pub struct Args {
    /// The rules before: a directory, a git revision such as HEAD~3 or v1:rules, or a version that the new rules keep
    old: String,
    /// The rules after: a directory or a git revision
    new: String,
    /// Answer sets, one a line: `question=option …`, as on the command line. No names; the file stays on this machine
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    #[command(flatten)]
    date: DateArg,
    /// As JSON: everything that `diff --json` gives, about these people
    #[arg(long)]
    json: bool,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let (old, new) = diff::both(&self.old, &self.new)?;
        let path = self.cases.display().to_string();
        let text = std::fs::read_to_string(&self.cases).map_err(|cause| Failure::File { path: path.clone(), cause })?;
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
        let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
        if lines.len() > MOST_LINES {
            let says = format!("{path}: {} lines are too many; split the file into parts of {MOST_LINES}", lines.len());
            return Err(Failure::Answers(says));
        }
        let (mut people, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
        for (at, line) in lines {
            match person(&old, &new, at, line) {
                Ok(person) => people.push(person),
                Err(says) => faults.push(format!("{path}: {says}")),
            }
        }
        if !faults.is_empty() {
            let more = faults.len().saturating_sub(MOST_TOLD);
            faults.truncate(MOST_TOLD);
            faults.extend((more > 0).then(|| format!("{path}: {more} more lines cannot be read")));
            return Err(Failure::Answers(faults.join("\n")));
        }
        let change = compare(&old, &new, self.date.day(), &people);
        print(&if self.json {
            serde_json::to_string_pretty(&change).unwrap_or_default() + "\n"
        } else {
            report::affected(&change, &new)
        });
        Ok(ExitCode::SUCCESS)
    }
}

/// A line in the words of the rules that know it, the new ones first.
fn person(old: &Rulebook, new: &Rulebook, at: usize, line: &str) -> Result<Person, String> {
    let mut answers = Vec::new();
    for word in line.split(|c: char| c.is_whitespace() || c == '&').filter(|word| !word.is_empty()) {
        let Some(pair) = word.split_once('=') else {
            return Err(format!("line {at}: `{word}` is no answer; write question=option, for instance goal=kita"));
        };
        let read = |rulebook| Answers::read(rulebook, [pair]);
        let (rulebook, (read, misfits)) = match (read(new), read(old)) {
            ((_, misfits), known) if !misfits.is_empty() && known.1.is_empty() => (old, known),
            (known, _) => (new, known),
        };
        if let Some(misfit) = misfits.first() {
            return Err(format!("line {at}: {}", misfit_line(rulebook, misfit)));
        }
        let words = |(question, _)| {
            let options = read.words(rulebook, question).into_iter().map(str::to_owned).collect();
            (rulebook.questions.name(question).to_owned(), options)
        };
        answers.extend(read.iter().map(words));
    }
    Ok(Person { case: at.to_string(), title: format!("Zeile {at}: {line}"), answers, date: None })
}
