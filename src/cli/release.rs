use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Failure, print, today};
use crate::check::{self, Unspoken};
use crate::diagnostic::Severity;
use crate::report;
use crate::rulebook::Rulebook;
use crate::rulebook::released::{self, is_kept, is_plain};

/// Keeps the present rules under `released/`.
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
        found.retain(|found| found.severity() == Severity::Error);
        let Some(rulebook) = loaded.rulebook.filter(|_| found.is_empty()) else {
            for found in &found {
                eprintln!("{}", report::full(&loaded.files, found, false));
            }
            return Err(Failure::Faulty(found.len()));
        };
        let version = &rulebook.version;
        if !is_plain(version) {
            return Err(Failure::Release(format!(
                "`{version}` cannot name a file; write letters, digits, `.`, `-` and `_` in rulebook.yaml, for instance 2026.12"
            )));
        }
        let list = self.rules.join(released::list_name(version));
        if list.exists() {
            return Err(Failure::Release(format!(
                "version {version} is released already and stays as it is; raise `version:` in rulebook.yaml"
            )));
        }
        let unspoken = Unspoken::of(&rulebook, &loaded.files);
        if !unspoken.lost.is_empty() {
            let owners: Vec<&str> = unspoken.lost.iter().map(|lost| lost.of.as_str()).collect();
            return Err(Failure::Release(format!(
                "changes.yaml does not speak of what disappeared since the last released state: {}; `lotse check` says what it was",
                owners.join(", ")
            )));
        }
        if !unspoken.changed.is_empty() {
            return Err(Failure::Release(format!(
                "changes.yaml does not speak of what is other than in the last released state: {}; `lotse check` says what to write",
                unspoken.changed.join(", ")
            )));
        }
        let kept = || loaded.files.iter().map(|(_, file)| file).filter(|file| is_kept(&file.name));
        let mut new = 0;
        for file in kept() {
            let path = self.rules.join(released::file_name(&file.name, &released::seal(&file.text)));
            if !path.exists() {
                write(&path, &file.text)?;
                new += 1;
            }
        }
        // The list comes last: without it, half a state is none.
        write(&list, &released::list(version, &loaded.files))?;
        print(&format!(
            "Version {version} is kept in {}: {} files, {new} of them new.\nNow raise `version:` in rulebook.yaml and tell people in changes.yaml what the next version changes.\n",
            list.display(),
            kept().count()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes a file of the rules, and its directory where there is none yet.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let dir = path.parent().unwrap_or(path);
    let failure = |cause| Failure::File { path: path.display().to_string(), cause };
    std::fs::create_dir_all(dir).map_err(failure)?;
    std::fs::write(path, text).map_err(failure)
}
