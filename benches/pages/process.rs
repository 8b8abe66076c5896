//! Programs that are measured, through what the operating system says of them under `/proc`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::twin;

/// A server in a process of its own; it ends with this value.
pub struct Server {
    child: Child,
    address: SocketAddr,
    _dir: Option<tempfile::TempDir>,
}

/// In megabytes.
pub struct Memory {
    pub now: f64,
    pub peak: f64,
}

impl Server {
    /// Lotse as it is shipped.
    pub fn lotse() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lotse"));
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        Self::start(command, None)
    }

    /// The twin, with the answers it gives.
    pub fn twin(answers: &[Vec<Vec<u8>>]) -> Self {
        let dir = tempfile::tempdir().expect("room for the twin's answers");
        twin::write(dir.path(), answers);
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.arg(twin::COMMAND).arg(dir.path());
        Self::start(command, Some(dir))
    }

    fn start(mut command: Command, dir: Option<tempfile::TempDir>) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a server");
        let mut said = String::new();
        BufReader::new(child.stdout.as_mut().expect("its words")).read_line(&mut said).expect("its address");
        let address = said.split("http://").nth(1).and_then(|rest| rest.trim().trim_end_matches('/').parse().ok());
        Self { child, address: address.expect("its address"), _dir: dir }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What all its threads have used.
    pub fn processor_time(&self) -> Duration {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("a process");
        let used = threads.flatten().filter_map(|thread| {
            let used = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            used.split(' ').next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(used.sum())
    }

    pub fn memory(&self) -> Memory {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a process");
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
            kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
        };
        Memory { now: megabytes("VmRSS:"), peak: megabytes("VmHWM:") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
