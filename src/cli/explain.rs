use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Failure, PersonArg, print, read_answers};
use crate::interview::{Explanation, FailedLine, TraceLine, WhySilent, consistent, evaluate};
use crate::rulebook::Rulebook;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: PersonArg,
    /// As JSON; a stable interface, see `lotse schema explain`
    #[arg(long)]
    json: bool,
    /// Many sets of answers: a file with one set per line, explained as one JSON object per line
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    batch: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.person.rules.sound()?;
        if let Some(file) = &self.batch {
            return self.many(&rulebook, file);
        }
        let answers = consistent(&rulebook, &read_answers(&rulebook, &self.person.answers)?).0;
        let date = self.person.date.day();
        let explanation = Explanation::in_detail(&rulebook, &answers, date, &evaluate(&rulebook, &answers, date));
        if self.json {
            print(&(serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n"));
        } else {
            print(&in_words(&explanation));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn explain<'r>(&self, rulebook: &'r Rulebook, words: &[String]) -> Result<Explanation<'r>, Failure> {
        let answers = consistent(rulebook, &read_answers(rulebook, words)?).0;
        let date = self.person.date.day();
        Ok(Explanation::of(rulebook, &answers, date, &evaluate(rulebook, &answers, date)))
    }

    fn many(&self, rulebook: &Rulebook, file: &PathBuf) -> Result<ExitCode, Failure> {
        let failure = |cause| Failure::File { path: file.display().to_string(), cause };
        let lines = std::fs::read_to_string(file).map_err(failure)?;
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for line in lines.lines() {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let explanation = self.explain(rulebook, &words)?;
            writeln!(out, "{}", serde_json::to_string(&explanation).unwrap_or_default()).map_err(failure)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn in_words(explanation: &Explanation<'_>) -> String {
    let mut text = format!("{} · {}\n", explanation.date.0, explanation.rulebook);
    if !explanation.unanswered.is_empty() {
        text += &format!("left out, so unknown: {}\n", explanation.unanswered.join(", "));
    }
    for outcome in &explanation.outcomes {
        text += &format!(
            "\n{}\n  {} · decided by {} · {}",
            outcome.id,
            outcome.standing.into_str(),
            outcome.decided_by,
            outcome.certainty.into_str()
        );
        if !outcome.rows.is_empty() {
            text += &format!(" · rows {}", outcome.rows.join(", "));
        }
        text += &format!("\n  basis: {}\n  steps: {}\n", outcome.basis.join(", "), outcome.steps.join(" → "));
        if !outcome.offices.is_empty() {
            text += &format!("  offices: {}\n", outcome.offices.join(", "));
        }
        text += "  because\n";
        lines(&outcome.trace, 2, &mut text);
        if !outcome.failed.is_empty() {
            text += "  not more open, since\n";
            failed(&outcome.failed, &mut text);
        }
    }
    let away: Vec<_> = explanation.silent.iter().filter(|silent| silent.why != WhySilent::NothingToSay).collect();
    if !away.is_empty() {
        text += "\nnot shown\n";
        for silent in away {
            text += &format!("  {} · {}\n", silent.pathway, <&str>::from(silent.why));
            failed(&silent.failed, &mut text);
        }
    }
    if !explanation.what_else.is_empty() {
        text += "\nwhat else would open more\n";
        for found in &explanation.what_else {
            for this in &found.moves {
                let answers: Vec<String> =
                    this.answers.iter().map(|(question, option)| format!("{question}={option}")).collect();
                let cost = if this.cost.is_empty() { "free".to_owned() } else { this.cost.join("; ") };
                text += &format!(
                    "  {} ({}) · cost: {cost} · time: {}\n",
                    this.step,
                    answers.join(" "),
                    this.time.join("; ")
                );
            }
            for opens in &found.opens {
                let before = opens.before.as_deref().unwrap_or("nothing");
                text += &format!("    opens {} · {} · now: {before}\n", opens.id, opens.standing.into_str());
            }
        }
    }
    text
}

fn failed(failed: &[FailedLine<'_>], text: &mut String) {
    for line in failed {
        // Long lists of values are cut; the whole list is in the JSON.
        let some = |values: &[&str]| {
            let shown = values.len().min(6);
            let rest = if shown < values.len() { format!(" and {} more", values.len() - shown) } else { String::new() };
            values[..shown].join(",") + &rest
        };
        *text += &format!(
            "    {} {} is {}, not {} · basis: {} · decided by: {}\n",
            <&str>::from(line.kind),
            line.fact,
            some(&line.values),
            some(&line.wanted),
            line.basis.join(", "),
            line.decided_by.join(", ")
        );
    }
}

fn lines(trace: &[TraceLine<'_>], depth: usize, text: &mut String) {
    for line in trace {
        let rows = if line.rows.is_empty() { String::new() } else { format!(" [{}]", line.rows.join(", ")) };
        *text += &format!(
            "{}{} {} = {}{rows}\n",
            "  ".repeat(depth),
            <&str>::from(line.kind),
            line.fact,
            line.values.join(",")
        );
        lines(&line.because, depth + 1, text);
    }
}
