use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Failure, RulesArg, today};
use crate::report;
use crate::rulebook::Rulebook;
use crate::source::Files;
use crate::web::Operator;
use crate::web::{self, Site};
use crate::yaml;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    /// Address and port; port 0 takes any free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Address by which the world reaches the wizard, for links and QR codes on paper, as https://lotse.example
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
    /// File with the facts about who runs this site (Impressum, Datenschutz, Barrierefreiheit); see README
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// Read the rules again when a file changes (needs --rules)
    #[arg(long, requires = "rules")]
    watch: bool,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        tracing_subscriber::fmt().with_target(false).with_writer(std::io::stderr).init();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|cause| Failure::Listen { address: self.listen, cause })?;
        let operator = self.operator.as_deref().map(read_operator).transpose()?.unwrap_or_default();
        runtime.block_on(self.serve(rulebook, operator))
    }

    async fn serve(self, rulebook: Rulebook, operator: Operator) -> Result<ExitCode, Failure> {
        let failure = |cause| Failure::Listen { address: self.listen, cause };
        let listener = tokio::net::TcpListener::bind(self.listen).await.map_err(failure)?;
        let address = listener.local_addr().map_err(failure)?;
        let site = Arc::new(Site::new(rulebook, today).at(self.public_address).run_by(operator));
        if let (true, Some(dir)) = (self.watch, self.rules.rules) {
            tokio::spawn(watch(dir, site.clone()));
        }
        super::print(&format!("Lotse läuft: http://{address}/\nBeenden: Strg+C\n"));
        web::serve(listener, site, stop()).await.map_err(failure)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The operator's facts; a fault in the file is shown with its line.
fn read_operator(file: &Path) -> Result<Operator, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|cause| Failure::File { path: file.display().to_string(), cause })?;
    let mut files = Files::default();
    let id = files.add(file.display().to_string(), text);
    yaml::read(&files, id).map_err(|faults| {
        for found in &faults {
            eprintln!("{}", report::full(&files, found, false));
        }
        Failure::Faulty(faults.len())
    })
}

/// Done when the program is told to stop, by the keyboard or by a service manager.
async fn stop() {
    let keyboard = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! { _ = keyboard => {}, _ = ended.recv() => {} }
            return;
        }
    }
    let _ = keyboard.await;
}

/// Looks once a second whether a file changed. Sound rules are put in place whole; faulty ones are reported, and the
/// old ones stay.
async fn watch(dir: PathBuf, site: Arc<Site>) {
    let mut seen = newest(&dir);
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = newest(&dir);
        if now == seen {
            continue;
        }
        seen = now;
        match Rulebook::from_dir(&dir) {
            Ok(loaded) => match loaded.rulebook {
                Some(rulebook) => {
                    site.replace(rulebook);
                    tracing::info!("the rules were read again");
                }
                None => {
                    for found in &loaded.diagnostics {
                        eprintln!("{}", report::full(&loaded.files, found, false));
                    }
                    tracing::warn!("the new rules are faulty; the old ones stay in place");
                }
            },
            Err(error) => tracing::warn!("{error}; the old rules stay in place"),
        }
    }
}

/// The latest change below a directory, and how many files there are.
fn newest(dir: &Path) -> (Option<SystemTime>, usize) {
    let Ok(entries) = std::fs::read_dir(dir) else { return (None, 0) };
    entries.flatten().fold((None, 0), |(latest, count), entry| {
        let (changed, inside) = match entry.file_type() {
            Ok(kind) if kind.is_dir() => newest(&entry.path()),
            _ => (entry.metadata().and_then(|data| data.modified()).ok(), 1),
        };
        (latest.max(changed), count + inside)
    })
}
