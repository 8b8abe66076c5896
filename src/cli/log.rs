//! The log of the server. A line waits a moment in a short queue; one that finds no room there is
//! lost and counted. So a full disk, a closed pipe or a reader who does not read never costs a visitor an answer.

use std::io::{self, IsTerminal as _, Write};
use std::panic::PanicHookInfo;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use clap::ValueEnum;
use serde::Deserialize;

/// Lines that may wait.
const QUEUE: usize = 1024;

/// Longer lines are cut.
const LONGEST_LINE: usize = 32 * 1024;

/// How long a line may wait for others.
const GATHERING: Duration = Duration::from_millis(20);

/// How long the end of the program waits for the last lines.
const LAST_LINES: Duration = Duration::from_millis(500);

static LINES: OnceLock<SyncSender<Entry>> = OnceLock::new();
static LOST: AtomicU64 = AtomicU64::new(0);

/// How a line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// For people
    #[default]
    Text,
    /// One JSON object in each line, for programs
    Json,
}

enum Entry {
    Line(Vec<u8>),
    /// Told when everything before it is written.
    Written(SyncSender<()>),
}

/// Sets the log up, and lets a page that breaks say where it broke, not with which answers.
pub fn start(form: Form) {
    let (lines, queue) = sync_channel(QUEUE);
    if LINES.set(lines).is_err() || std::thread::Builder::new().name("log".to_owned()).spawn(|| write(queue)).is_err() {
        return;
    }
    // Colours are for eyes; a file or a pipe gets none.
    let colours = form == Form::Text && io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_target(false).with_ansi(colours).with_writer(|| Line);
    match form {
        Form::Text => log.init(),
        Form::Json => log.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(broke));
}

/// How many lines were lost so far.
pub fn lost() -> u64 {
    LOST.load(Ordering::Relaxed)
}

/// Waits a moment for the last lines.
pub fn end() {
    let Some(lines) = LINES.get() else { return };
    let (written, done) = sync_channel(1);
    if lines.try_send(Entry::Written(written)).is_ok() {
        let _ = done.recv_timeout(LAST_LINES);
    }
}

/// One line on its way to the queue.
struct Line;

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let length = line.len();
        let mut kept = line[..length.min(LONGEST_LINE)].to_vec();
        if kept.len() < length {
            kept.extend_from_slice(" …\n".as_bytes());
        }
        if LINES.get().is_none_or(|lines| lines.try_send(Entry::Line(kept)).is_err()) {
            LOST.fetch_add(1, Ordering::Relaxed);
        }
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what waits; may wait itself, for nobody waits for it. To wake it and to write costs as much for many lines as for
/// one, so that it lets some gather.
fn write(queue: Receiver<Entry>) {
    let mut out = io::stderr();
    let mut told = 0;
    while let Ok(first) = queue.recv() {
        std::thread::sleep(GATHERING);
        let (mut lines, mut count, mut waiting) = (Vec::new(), 0, Vec::new());
        for entry in std::iter::once(first).chain(queue.try_iter()).take(QUEUE) {
            match entry {
                Entry::Line(line) => {
                    lines.extend(line);
                    count += 1;
                }
                Entry::Written(written) => waiting.push(written),
            }
        }
        if out.write_all(&lines).is_err() {
            LOST.fetch_add(count, Ordering::Relaxed);
        } else if lost() > told {
            let lost = lost();
            if writeln!(out, "{} log lines were lost", lost - told).is_ok() {
                told = lost;
            }
        }
        waiting.iter().for_each(|written| _ = written.try_send(()));
    }
}

fn broke(info: &PanicHookInfo<'_>) {
    tracing::error!("{}", told(info));
}

/// What a break says may hold answers, so only its place is told.
fn told(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
    format!("the program broke at {place}; please report it with the steps that lead there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_is_told_by_its_place_and_without_what_it_says() {
        let (heard, breaks) = sync_channel(100);
        std::panic::set_hook(Box::new(move |info| drop(heard.try_send(told(info)))));
        let broken = std::panic::catch_unwind(|| panic!("goal=secret-answer"));
        drop(std::panic::take_hook());
        assert!(broken.is_err());
        let breaks: Vec<String> = breaks.try_iter().collect();
        assert!(breaks.iter().any(|told| told.contains("src/cli/log.rs:")), "{breaks:?}");
        assert!(breaks.iter().all(|told| !told.contains("secret-answer")), "{breaks:?}");
    }
}
