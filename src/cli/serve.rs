use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::renewal::{Renewal, mark_of};
use super::{Failure, RulesArg, complain, log, sound, today};
use crate::report;
use crate::rulebook::Rulebook;
use crate::source::Files;
use crate::web::{self, Limits, Operator, Origin, Site};
use crate::yaml;

/// Files that are open besides connections: rules, log, the runtime's own.
const OTHER_FILES: usize = 64;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    /// Address and port; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Address by which the world reaches the wizard, for links and QR codes on paper, as https://lotse.example; needed unless
    /// --listen names this machine alone
    #[arg(long, value_name = "URL")]
    public_address: Option<Origin>,
    /// File with the facts about who runs this site (Impressum, Datenschutz, Barrierefreiheit); see README
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// Read the rules again when a file changes (needs --rules); SIGHUP reads them again in any case
    #[arg(long, requires = "rules")]
    watch: bool,
    /// Connections at once; further ones wait
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections, value_parser = at_least_one)]
    connections: usize,
    /// How log lines on standard error look
    #[arg(long, value_enum, default_value_t)]
    log: log::Form,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=1_000_000).contains(n)).ok_or_else(|| "expected a number from 1".to_owned())
}

/// What was read before the first visitor comes.
struct Prepared {
    rulebook: Rulebook,
    /// Tells these files from later ones.
    mark: u64,
    operator: Operator,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        if self.public_address.is_none() && !self.listen.ip().is_loopback() {
            return Err(Failure::NoOrigin(self.listen));
        }
        log::start(self.log);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Failure::Listen { address: self.listen, cause })?;
        let outcome = runtime.block_on(self.serve());
        // A folder that hangs while it is read does not keep the program.
        runtime.shutdown_background();
        log::end();
        outcome
    }

    async fn serve(self) -> Result<ExitCode, Failure> {
        // Heard from the first moment on, however long the rules take to read.
        let mut told = told_to_stop();
        let asked = asked_to_read_again();
        let stopped = |times| move |told: &usize| *told >= times;
        let args = Arc::new(self);
        let preparing = spawn_blocking({
            let args = args.clone();
            move || args.prepare()
        });
        let prepared = tokio::select! {
            biased;
            _ = told.wait_for(stopped(1)) => return Ok(ExitCode::SUCCESS),
            prepared = preparing => prepared,
        };
        let prepared = prepared.unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))?;

        let failure = |cause| Failure::Listen { address: args.listen, cause };
        let listener = tokio::net::TcpListener::bind(args.listen).await.map_err(failure)?;
        let address = listener.local_addr().map_err(failure)?;
        // Without a name for the world, paper says where this machine itself finds the site.
        let origin = match &args.public_address {
            Some(origin) => origin.clone(),
            None => format!("http://{address}").parse().map_err(|_| Failure::NoOrigin(address))?,
        };
        let site = Arc::new(Site::new(prepared.rulebook, today).at(origin).run_by(prepared.operator));
        tokio::spawn(args.clone().renew(site.clone(), prepared.mark, asked));
        let limits = Limits { connections: possible(args.connections), ..Limits::default() };
        super::print(&format!("Lotse läuft: http://{address}/\nBeenden: Strg+C\n"));
        let mut first = told.clone();
        let serving = web::serve(listener, site, limits, async move {
            let _ = first.wait_for(stopped(1)).await;
        });
        tokio::select! {
            served = serving => served.map_err(failure).map(|()| ExitCode::SUCCESS),
            _ = told.wait_for(stopped(2)) => {
                tracing::warn!("told twice to stop: ending at once");
                Ok(ExitCode::FAILURE)
            }
        }
    }

    fn prepare(&self) -> Result<Prepared, Failure> {
        let loaded = self.rules.load()?;
        let mark = mark_of(&loaded.files);
        let rulebook = sound(loaded)?;
        let operator = self.operator.as_deref().map(read_operator).transpose()?.unwrap_or_default();
        if today() < rulebook.knowledge_date {
            tracing::warn!(
                "the clock says {}, which is before these rules were written ({}); is it set?",
                today(),
                rulebook.knowledge_date
            );
        }
        Ok(Prepared { rulebook, mark, operator })
    }

    /// Reads the rules again, when they change or when asked to.
    async fn renew(self: Arc<Self>, site: Arc<Site>, mark: u64, mut asked: watch::Receiver<usize>) {
        let Some(dir) = self.rules.rules.clone() else {
            while asked.changed().await.is_ok() {
                tracing::info!("asked to read the rules again: these are built in and stay as they are");
            }
            return;
        };
        Renewal { dir, site, watch: self.watch }.run(mark, asked).await;
    }
}

/// As many connections as asked for, or as the system has files for.
fn possible(asked: usize) -> usize {
    let files = (asked + OTHER_FILES) as u64;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < files) {
        let raised = limit.maximum.map_or(files, |most| most.min(files));
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(raised), ..limit });
    }
    let open = getrlimit(Resource::Nofile).current.and_then(|open| usize::try_from(open).ok());
    let possible = open.map_or(asked, |open| asked.min(open.saturating_sub(OTHER_FILES).max(1)));
    if possible < asked {
        tracing::warn!(
            "the system allows files for {possible} connections, not {asked}; raise LimitNOFILE or ulimit -n"
        );
    }
    possible
}

/// The operator's facts; a fault in the file is shown with its line.
fn read_operator(file: &Path) -> Result<Operator, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|cause| Failure::File { path: file.display().to_string(), cause })?;
    let mut files = Files::default();
    let id = files.add(file.display().to_string(), text);
    yaml::read(&files, id).map_err(|faults| {
        for found in &faults {
            complain(&report::full(&files, found, false));
        }
        Failure::Faulty(faults.len())
    })
}

/// Counts how often the program is told to stop, by the keyboard or by a service manager.
fn told_to_stop() -> watch::Receiver<usize> {
    use tokio::signal::unix::SignalKind;
    heard(&[SignalKind::interrupt(), SignalKind::terminate()])
}

/// Counts how often the program is asked to read the rules again.
fn asked_to_read_again() -> watch::Receiver<usize> {
    heard(&[tokio::signal::unix::SignalKind::hangup()])
}

/// Counts signals. Nobody's program ends because one of them cannot be heard.
fn heard(kinds: &[tokio::signal::unix::SignalKind]) -> watch::Receiver<usize> {
    let (told, times) = watch::channel(0);
    for kind in kinds {
        match tokio::signal::unix::signal(*kind) {
            Ok(mut signal) => {
                let told = told.clone();
                tokio::spawn(async move {
                    while signal.recv().await.is_some() {
                        told.send_modify(|times| *times += 1);
                    }
                });
            }
            Err(error) => tracing::warn!("a signal cannot be heard: {error}"),
        }
    }
    times
}
