use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, MissedTickBehavior};

use super::renewal::{Renewal, mark_of};
use super::settings::{self, Settings};
use super::{Failure, log, sound, today};
use crate::rulebook::Rulebook;
use crate::web::{self, Limits, Site};

/// Files that are open besides connections: rules, log, the runtime's own.
const OTHER_FILES: usize = 64;
/// How often it is looked whether there is something new to prove; visitors who come with the start are served first.
const BETWEEN_PROOFS: Duration = Duration::from_secs(60);

#[derive(clap::Args)]
// Two structs of one name would be two groups of one name.
#[group(skip)]
pub struct Args {
    #[command(flatten)]
    settings: settings::Args,
}

/// What was read before the first visitor comes.
struct Prepared {
    rulebook: Rulebook,
    /// Tells these files from later ones.
    mark: u64,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.settings.settle()?;
        log::start(settings.log);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Failure::Listen { address: settings.listen, cause })?;
        let outcome = runtime.block_on(settings.serve());
        // A folder that hangs while it is read does not keep the program.
        runtime.shutdown_background();
        log::end();
        outcome
    }
}

impl Settings {
    async fn serve(self) -> Result<ExitCode, Failure> {
        // Heard from the first moment on, however long the rules take to read.
        let mut told = told_to_stop();
        let asked = asked_to_read_again();
        let stopped = |times| move |told: &usize| *told >= times;
        let settings = Arc::new(self);
        let preparing = spawn_blocking({
            let settings = settings.clone();
            move || settings.prepare()
        });
        let prepared = tokio::select! {
            biased;
            _ = told.wait_for(stopped(1)) => return Ok(ExitCode::SUCCESS),
            prepared = preparing => prepared,
        };
        let prepared = prepared.unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))?;

        let (listener, address) = listen(settings.listen).await?;
        // Without a name for the world, paper says where this machine itself finds the site.
        let origin = match &settings.public_address {
            Some(origin) => origin.clone(),
            None => format!("http://{address}").parse().map_err(|_| Failure::NoOrigin(address))?,
        };
        let site = Site::new(prepared.rulebook, today).at(origin).run_by(settings.operator.clone());
        let site = site.asked_from(settings.allow_origins.clone()).framed_by(settings.frame_ancestors.clone());
        let site = Arc::new(site.in_colours(settings.colours.clone()).counts(settings.count));
        tokio::spawn(settings.clone().renew(site.clone(), prepared.mark, asked));
        tokio::spawn(prove(site.clone()));
        let limits = Limits { connections: possible(settings.connections), ..Limits::default() };
        let figures = match settings.metrics {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let version = env!("CARGO_PKG_VERSION");
        tracing::info!(version, rules = site.rules_version(), %address, "serving");
        // Whoever collects lines for programs gets nothing else beside them.
        let tell = |says: String| (settings.log == log::Form::Text).then(|| super::print(&says));
        tell(format!("Lotse läuft: http://{address}/\nBeenden: Strg+C\n"));
        if let Some((listener, address)) = figures {
            tell(format!("Zahlen für den Betrieb: http://{address}/metrics\n"));
            let mut first = told.clone();
            tokio::spawn(web::serve_metrics(listener, site.clone(), log::lost, async move {
                let _ = first.wait_for(stopped(1)).await;
            }));
        }
        let mut first = told.clone();
        let serving = web::serve(listener, site, limits, async move {
            let _ = first.wait_for(stopped(1)).await;
        });
        tokio::select! {
            served = serving => {
                tracing::info!("stopped");
                served.map_err(|cause| Failure::Listen { address, cause }).map(|()| ExitCode::SUCCESS)
            }
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
        if today() < rulebook.knowledge_date {
            tracing::warn!(
                "the clock says {}, which is before these rules were written ({}); is it set?",
                today(),
                rulebook.knowledge_date
            );
        }
        Ok(Prepared { rulebook, mark })
    }

    /// Reads the rules again, when they change or when asked to.
    async fn renew(self: Arc<Self>, site: Arc<Site>, mark: u64, mut asked: watch::Receiver<usize>) {
        if self.rules.is_built_in() {
            while asked.changed().await.is_ok() {
                tracing::info!("asked to read the rules again: these are built in and stay as they are");
            }
            return;
        }
        Renewal { rules: self.rules.clone(), site, watch: self.watch }.run(mark, asked).await;
    }
}

/// Proves the rules in force before anybody asks for the page of the proof, again after new rules and each midnight.
async fn prove(site: Arc<Site>) {
    let mut looks = tokio::time::interval_at(Instant::now() + BETWEEN_PROOFS, BETWEEN_PROOFS);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let site = site.clone();
        if let Err(broken) = spawn_blocking(move || site.prove()).await {
            return tracing::error!("the proof broke: {broken}");
        }
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

/// A listener, and the address it got.
async fn listen(address: std::net::SocketAddr) -> Result<(TcpListener, std::net::SocketAddr), Failure> {
    let failure = |cause| Failure::Listen { address, cause };
    let listener = TcpListener::bind(address).await.map_err(failure)?;
    let got = listener.local_addr().map_err(failure)?;
    Ok((listener, got))
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
