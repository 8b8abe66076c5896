//! Reads the rules again while the site runs: when a file's content changes, or when asked to (SIGHUP). Sound rules are
//! put in place whole; while new ones are faulty or cannot be read, the old ones stay.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::RulesArg;
use crate::report;
use crate::rulebook::{LoadError, Rulebook};
use crate::source::Files;
use crate::web::Site;

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_secs(1);

/// A folder that is read for longer than this hangs; that is said once, and then waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// So many faults are shown; `lotse check` shows all.
const MOST_SHOWN: usize = 20;

/// What lay in the folder at a look.
type Look = Result<Files, LoadError>;

/// Renews the rules of a site for as long as it runs.
pub struct Renewal {
    pub rules: RulesArg,
    pub site: Arc<Site>,
    /// Whether to look by oneself, or only when asked.
    pub watch: bool,
}

impl Renewal {
    /// Starts with what was read last, so that only what differs from it is news.
    pub async fn run(self, read_last: u64, mut asked: watch::Receiver<usize>) {
        // What was last put in place or refused, and what was seen a moment ago.
        let (mut known, mut before) = (read_last, read_last);
        loop {
            let at_once = tokio::select! {
                () = sleep(PAUSE), if self.watch => false,
                Ok(()) = asked.changed() => true,
                else => return,
            };
            let look = look(self.rules.clone()).await;
            let seen = mark(&look);
            // Files are often copied one after the other: only what has come to rest is read.
            let settled = seen == before;
            before = seen;
            if at_once || (settled && seen != known) {
                known = seen;
                self.renew(look).await;
            }
        }
    }

    async fn renew(&self, look: Look) {
        let files = match look {
            Ok(files) => files,
            Err(error) => {
                self.site.metrics().renewed(false);
                return tracing::warn!("{error}; the old rules stay in place");
            }
        };
        let Ok(loaded) = spawn_blocking(move || Rulebook::load(files)).await else {
            self.site.metrics().renewed(false);
            return tracing::error!("the new rules cannot be compiled; the old ones stay in place");
        };
        match loaded.rulebook {
            Some(rulebook) => {
                tracing::info!(version = rulebook.version, "the rules were read again");
                self.site.replace(rulebook);
                self.site.metrics().renewed(true);
            }
            None => {
                self.site.metrics().renewed(false);
                for found in loaded.diagnostics.iter().take(MOST_SHOWN) {
                    tracing::warn!("{}", report::full(&loaded.files, found, false));
                }
                let more = loaded.diagnostics.len().saturating_sub(MOST_SHOWN);
                let more = if more > 0 { format!(" (and {more} more findings)") } else { String::new() };
                tracing::warn!("the new rules are faulty{more}; the old ones stay in place");
            }
        }
    }
}

/// Tells what lies in a folder from what lay there before, by content: a time can be older or the same.
pub fn mark_of(files: &Files) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (_, file) in files.iter() {
        (&file.name, &file.text, file.not_text).hash(&mut hasher);
    }
    hasher.finish()
}

fn mark(look: &Look) -> u64 {
    match look {
        Ok(files) => mark_of(files),
        Err(error) => {
            let mut hasher = DefaultHasher::new();
            error.to_string().hash(&mut hasher);
            hasher.finish()
        }
    }
}

/// Reads the folder on a thread of its own kind: a share that hangs holds nobody up.
async fn look(rules: RulesArg) -> Look {
    let shown = rules.rules.clone().or(rules.local.clone()).unwrap_or_default();
    let mut reading = spawn_blocking(move || rules.files());
    let read = match timeout(PATIENCE, &mut reading).await {
        Ok(read) => read,
        Err(_) => {
            tracing::warn!("{} cannot be read in time; the old rules stay in place", shown.display());
            reading.await
        }
    };
    read.unwrap_or_else(|_| Err(unreadable(&shown)))
}

fn unreadable(dir: &Path) -> LoadError {
    LoadError::Unreadable { dir: dir.to_owned(), cause: std::io::Error::other("reading it broke") }
}
