use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use super::{DateArg, Failure, RulesArg, print};
use crate::check;
use crate::diagnostic::Severity;
use crate::proof;
use crate::report;
use crate::rulebook::released::is_released;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    date: DateArg,
    /// Findings as JSON; a stable interface, see `lotse schema check`
    #[arg(long)]
    json: bool,
    /// One line per finding
    #[arg(long, conflicts_with = "json")]
    concise: bool,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let started = Instant::now();
        let loaded = self.rules.load()?;
        let mut found = loaded.diagnostics;
        let (rulebook, files, day) = (loaded.rulebook.as_ref(), &loaded.files, self.date.day());
        // The proof takes longest, and everything else is done beside it.
        let (cases, certificate, findings) = thread::scope(|scope| {
            let proof = rulebook.map(|rulebook| scope.spawn(move || proof::certify(rulebook, day)));
            let cases = rulebook.map(|rulebook| check::cases(rulebook, day));
            let findings = rulebook.map(|rulebook| check::findings(rulebook, files, day));
            let proof = proof.map(|proof| proof.join().unwrap_or_else(|panic| resume_unwind(panic)));
            (cases, proof, findings)
        });
        let cases = cases.map(|mut cases| {
            found.append(&mut cases.diagnostics);
            cases
        });
        found.extend(certificate.iter().flat_map(|certificate| certificate.diagnostics(files)));
        found.extend(findings.into_iter().flatten());
        let errors = found.iter().filter(|found| found.severity() == Severity::Error).count();
        if self.json {
            let report = report::json(&loaded.files, &found);
            let report = report::Checked { report, certificate: certificate.as_ref() };
            print(&(serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"));
        } else {
            for found in &found {
                if self.concise {
                    print(&(report::concise(&loaded.files, found) + "\n"));
                } else {
                    print(&(report::full(&loaded.files, found, false) + "\n\n"));
                }
            }
        }
        if let (Some(rulebook), Some(cases), false) = (&loaded.rulebook, &cases, self.json) {
            let present = || loaded.files.iter().map(|(_, file)| file).filter(|file| !is_released(&file.name));
            let outcomes: usize = rulebook.pathways.iter().map(|(_, _, pathway)| pathway.outcomes.len()).sum();
            print(&format!(
                "{} {} · {} Dateien, {} kB\n",
                rulebook.name,
                rulebook.version,
                present().count(),
                present().map(|file| file.text.len()).sum::<usize>() / 1024
            ));
            print(&format!(
                "{} Fragen, {} Merkmale, {} Wege, {outcomes} Ergebnisse, {} Schritte, {} Stellen, {} Quellen\n",
                rulebook.questions.len(),
                rulebook.facts.len(),
                rulebook.pathways.len(),
                rulebook.steps.len(),
                rulebook.authorities.len(),
                rulebook.sources.len()
            ));
            print(&format!(
                "{} Musterfälle zeigen {} von {outcomes} Ergebnissen und {} Zeilen\n",
                cases.cases,
                cases.outcomes.len(),
                cases.rows.len()
            ));
        }
        if let (Some(certificate), false) = (&certificate, self.json) {
            print(&report::certificate(certificate));
        }
        if !self.json {
            let (errors, warnings) = (errors, found.len() - errors);
            print(&format!("Fehler: {errors}, Hinweise: {warnings} · {:.2} s\n", started.elapsed().as_secs_f64()));
        }
        Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
