use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Failure, print, today};
use crate::check;
use crate::diagnostic::Severity;
use crate::report;
use crate::rulebook::Rulebook;
use crate::rulebook::released::{is_kept, is_plain};

/// Keeps the present rules under `released/VERSION`.
#[derive(clap::Args)]
pub struct Args {
    /// Directory with the rules, laid out like rules/
    #[arg(long, value_name = "DIR", default_value = "rules")]
    rules: PathBuf,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let loaded = Rulebook::from_dir(&self.rules)?;
        let mut found = loaded.diagnostics;
        if let Some(rulebook) = &loaded.rulebook {
            found.extend(check::cases(rulebook, today()).diagnostics);
            found.extend(check::findings(rulebook, &loaded.files, today()));
        }
        found.retain(|found| found.severity == Severity::Error);
        let Some(rulebook) = loaded.rulebook.filter(|_| found.is_empty()) else {
            for found in &found {
                eprintln!("{}", report::full(&loaded.files, found, false));
            }
            return Err(Failure::Faulty(found.len()));
        };
        let version = &rulebook.version;
        let state = self.rules.join("released").join(version);
        if !is_plain(version) {
            return Err(Failure::Release(format!(
                "`{version}` cannot name a directory; write letters, digits, `.`, `-` and `_` in rulebook.yaml, for instance 2026.12"
            )));
        }
        if state.exists() {
            return Err(Failure::Release(format!(
                "version {version} is released already and stays as it is; raise `version:` in rulebook.yaml"
            )));
        }
        let mut count = 0;
        for (_, file) in loaded.files.iter().filter(|(_, file)| is_kept(&file.name)) {
            write(&state.join(&file.name), &file.text)?;
            count += 1;
        }
        print(&format!(
            "Version {version} is kept in {}: {count} files.\nNow raise `version:` in rulebook.yaml and tell people in changes.yaml what the next version changes.\n",
            state.display()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let dir = path.parent().unwrap_or(path);
    let failure = |cause| Failure::File { path: path.display().to_string(), cause };
    std::fs::create_dir_all(dir).map_err(failure)?;
    std::fs::write(path, text).map_err(failure)
}
