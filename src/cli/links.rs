use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::RangedU64ValueParser;

use super::{Failure, RulesArg, complain, print, sound, today};
use crate::links::{Certificates, Manners, State, addresses, ask_all};
use crate::report::{self, Links};
use crate::terms::Day;

/// Exit code when no address leads nowhere, but a person should look at some.
const LOOK: u8 = 3;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    /// The report as JSON; a stable interface, see `lotse schema links`
    #[arg(long)]
    json: bool,
    /// Machines asked at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = RangedU64ValueParser::<usize>::new().range(1..=16))]
    at_once: usize,
    /// Seconds between two questions to one machine
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(0..=60))]
    pause: u64,
    /// Seconds to wait for a page, all redirects included
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=120))]
    patience: u64,
    /// Minutes that all of it may take
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1440))]
    within: u64,
    /// Mail or page of yours, told to the machines that are asked
    #[arg(long, value_name = "CONTACT")]
    contact: Option<String>,
    /// PEM file of the certificates to trust instead of those browsers know, for instance where a proxy reads along
    #[arg(long, value_name = "FILE")]
    certificates: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let certificates = self.certificates.as_ref().map(trusted).transpose()?.unwrap_or_default();
        let loaded = self.rules.load()?;
        let addresses = addresses(&loaded.files);
        let rulebook = sound(loaded)?;
        let manners = Manners {
            at_once: self.at_once,
            pause: Duration::from_secs(self.pause),
            patience: Duration::from_secs(self.patience),
            within: Duration::from_secs(self.within * 60),
            contact: self.contact,
            ..Manners::default()
        };
        let asked = ask_all(&addresses, &manners, &certificates);
        let links = Links::of(&rulebook.version, Day(today()), &asked);
        if self.json {
            print(&(serde_json::to_string_pretty(&links).unwrap_or_default() + "\n"));
        } else {
            print(&report::links(&links));
        }
        let silent = |state: &State| matches!(state, State::NoHost | State::Unreachable(_) | State::Slow);
        if !asked.is_empty() && asked.iter().all(|asked| silent(&asked.state)) {
            complain("lotse: nobody answered at all; is this machine on the internet? a proxy is named in HTTPS_PROXY");
            return Ok(ExitCode::from(2));
        }
        Ok(match (links.mend, links.look) {
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(LOOK),
            _ => ExitCode::FAILURE,
        })
    }
}

fn trusted(path: &PathBuf) -> Result<Certificates, Failure> {
    let failure = |cause| Failure::File { path: path.display().to_string(), cause };
    let pem = std::fs::read(path).map_err(failure)?;
    let none = || failure(std::io::Error::other("there is no certificate in it; a PEM file is wanted"));
    Certificates::of_pem(&pem).ok_or_else(none)
}
