//! What the promises share: the rules, answers, a server on a free port, a plain HTTP client, the program itself.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::civil::Date;
use lotse::interview::{Answers, Evaluation, evaluate};
use lotse::language::Lang;
use lotse::rulebook::{Rulebook, ValueSet};
use lotse::sheet::{Block, Sheet, StepCard, compose};
use lotse::web::{Limits, Origin, Site};
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::sync::oneshot;

/// The rules the program ships with.
pub static RULES: LazyLock<Rulebook> =
    LazyLock::new(|| Rulebook::embedded().rulebook.expect("the shipped rules are sound"));

/// The day on which the tests live, so that they say the same next year.
pub const TODAY: Date = Date::constant(2026, 11, 22);

/// A social worker who found university and degree in anabin, as on the command line.
pub const SOCIAL_WORKER: &[&str] = &[
    "goal=kita",
    "qualification-kind=university-degree",
    "completed=yes",
    "study-field=social-work",
    "anabin-institution=h-plus",
    "anabin-degree=entspricht",
    "anabin-listed-there=yes",
    "anabin-subject-match=yes",
];

/// The addresses that carry answers, and one that leads nowhere.
pub const WITH_ANSWERS: [&str; 9] = [
    "/fragen",
    "/pruefen",
    "/blatt",
    "/arbeitgeber",
    "/beratung",
    "/blatt.txt",
    "/blatt.json",
    "/blatt.ics",
    "/nirgends",
];

/// What a site answers besides its pages.
pub const BESIDE_PAGES: [&str; 6] =
    ["/bereit", "/robots.txt", "/assets/lotse.css", "/assets/nichts", "/b/FALSCH", "/b/HALLO/qr.svg"];

/// Answers as they are written on the command line; a word without meaning fails the test.
pub fn answers(words: &[&str]) -> Answers {
    let pairs = words.iter().map(|word| word.split_once('=').expect("question=option"));
    let (answers, misfits) = Answers::read(&RULES, pairs);
    assert!(misfits.is_empty(), "{misfits:?}");
    answers
}

/// What holds for answers written as on the command line.
pub fn findings(words: &[&str]) -> Evaluation<'static> {
    evaluate(&RULES, &answers(words), TODAY)
}

/// The sheet for answers.
pub fn sheet(answers: &Answers, date: Date) -> Sheet {
    compose(&RULES, answers, &evaluate(&RULES, answers, date), date, &Lang::german())
}

/// The first steps of a sheet.
pub fn first_steps(sheet: &Sheet) -> &[StepCard] {
    let now = sheet.blocks.iter().find_map(|block| match block {
        Block::Now(steps) => Some(&steps.steps[..]),
        _ => None,
    });
    now.unwrap_or_default()
}

/// All steps of a sheet, in order.
pub fn all_steps(sheet: &Sheet) -> Vec<&StepCard> {
    let steps = sheet.blocks.iter().filter_map(|block| match block {
        Block::Now(steps) | Block::Later(steps) => Some(&steps.steps),
        _ => None,
    });
    steps.flatten().collect()
}

/// Every case of the rulebook: its name, its answers, its day.
pub fn cases() -> impl Iterator<Item = (&'static str, Answers, Date)> {
    RULES.cases.iter().map(|(_, name, case)| {
        let mut answers = Answers::default();
        case.answers.iter().for_each(|(question, values)| answers.set(*question, *values));
        (name, answers, case.date.unwrap_or(TODAY))
    })
}

/// A case of today as a visitor gets it.
pub struct Seen {
    pub case: &'static str,
    pub answers: Answers,
    /// Its answers and its day, as they stand in a link.
    pub query: String,
    pub page: String,
    pub plain: String,
}

/// All of them, asked for once.
pub static SEEN: LazyLock<Vec<Seen>> = LazyLock::new(|| {
    let server = Server::start();
    let of_today: Vec<_> = cases().filter(|(_, _, date)| *date == TODAY).collect();
    side_by_side(&of_today, |(case, answers, date)| {
        let pairs: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let query = format!("{}&datum={date}", pairs.join("&"));
        let page = server.get(&format!("/blatt?{query}")).body;
        let plain = server.get(&format!("/blatt.txt?{query}")).body;
        Seen { case, answers: answers.clone(), query, page, plain }
    })
});

/// Makes something of each of many, on all processors, in their order.
pub fn side_by_side<T: Sync, U: Send>(all: &[T], make: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(all.len()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(at) else { break };
                    let this = make(one);
                    made.lock().unwrap().push((at, this));
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap();
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, this)| this).collect()
}

/// Answers nobody thought of: any questions, any options, several where several may be chosen.
pub fn any_answers() -> impl Strategy<Value = Answers> {
    let count = RULES.questions.len();
    vec((0..count, any::<u16>(), any::<u16>()), 0..count).prop_map(|chosen| {
        let mut answers = Answers::default();
        let ids: Vec<_> = RULES.questions.ids().collect();
        for (at, one, other) in chosen {
            let question = &RULES.questions[ids[at]];
            let options = question.options.len();
            let mut values = ValueSet::only(usize::from(one) % options);
            if question.multi {
                values.insert(usize::from(other) % options);
            }
            answers.set(ids[at], values);
        }
        answers
    })
}

/// How often a property is tried, with the same examples on each run.
pub fn tries(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    }
}

/// The address that stands on paper in these tests.
fn here() -> Origin {
    "http://lotse.test".parse().unwrap()
}

/// A wizard on a free port, gone when dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// One for all promises that only look. It has proved its rules before: unoptimised, and with other tests beside it, that may
/// take longer than a page is waited for.
pub static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let site = Site::new(RULES.clone(), || TODAY).at(here());
    site.prove();
    Server::serving(Arc::new(site))
});

impl Server {
    /// Starts one that lives on this day.
    pub fn on(day: Date) -> Self {
        Self::with(RULES.clone(), day)
    }

    /// Starts one with other rules.
    pub fn with(rulebook: Rulebook, day: Date) -> Self {
        Self::serving(Arc::new(Site::new(rulebook, move || day).at(here())))
    }

    /// Starts one for a site.
    pub fn serving(site: Arc<Site>) -> Self {
        Self::within(site, Limits::default())
    }

    /// Starts one with limits of its own.
    pub fn within(site: impl Into<Arc<Site>>, limits: Limits) -> Self {
        let site = site.into();
        let (stop, stopped) = oneshot::channel();
        let (ready, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                lotse::web::serve(listener, site, limits, async { drop(stopped.await) }).await.unwrap();
            });
            runtime.shutdown_timeout(Duration::from_secs(1));
        });
        Self { address: address.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    /// Starts one.
    pub fn start() -> Self {
        Self::on(TODAY)
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        get(self.address, path)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A day that is only told when somebody lets it, the first time after the site is made. Gives what tells that it is asked,
/// and what lets it be told when dropped.
pub fn held_day() -> (impl Fn() -> Date + Send + Sync + 'static, Receiver<()>, Sender<()>) {
    let ((come, came), (go, may_go)) = (channel(), channel::<()>());
    let (come, may_go, asked) = (Mutex::new(come), Mutex::new(may_go), AtomicUsize::new(0));
    let day = move || {
        if asked.fetch_add(1, Ordering::SeqCst) == 1 {
            let _ = come.lock().unwrap().send(());
            // Whoever is asked on a worker of the server hands the others over, as they would not be looked after.
            let _ = tokio::task::block_in_place(|| may_go.lock().unwrap().recv());
        }
        TODAY
    };
    (day, came, go)
}

/// The program, serving on a free port; gone when dropped.
pub struct Running {
    pub program: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// What it goes on to say.
    pub says: BufReader<ChildStdout>,
    log: Arc<Mutex<String>>,
}

impl Running {
    /// Starts it with these settings.
    pub fn with(settings: &[&str]) -> Self {
        let mut running = Self::unheard(settings);
        let lines = BufReader::new(running.program.stderr.take().unwrap());
        let log = running.log.clone();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut log = log.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        running
    }

    /// Starts it with a log that nobody reads.
    pub fn unheard(settings: &[&str]) -> Self {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(settings).stderr(Stdio::piped());
        Self::started(command)
    }

    /// Starts a command that serves.
    pub fn started(mut command: Command) -> Self {
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut says = BufReader::new(program.stdout.take().unwrap());
        let mut line = String::new();
        says.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.trim().trim_end_matches('/').parse().ok());
        let Some(address) = address else {
            let mut fault = String::new();
            let _ = program.stderr.take().map(|mut says| says.read_to_string(&mut fault));
            panic!("it does not start: {fault}");
        };
        Self { program, address, says, log: Arc::default() }
    }

    /// Its log so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until something holds; fails if it never does.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..600 {
            if holds(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("never: {what}; the log says\n{}", self.log());
    }

    /// Waits until its log says so.
    pub fn says(&self, words: &str) {
        self.until(words, |running| running.log().contains(words));
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.program.id().to_string()]).status().unwrap().success());
    }

    /// How it ended; fails if it does not end.
    pub fn ended(&mut self) -> ExitStatus {
        for _ in 0..600 {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the program does not end");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// What a server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// A header, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One plain request, sent as it stands: nothing encodes, follows or remembers.
pub fn get(address: SocketAddr, path: &str) -> Answer {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: lotse.test\r\nconnection: close\r\n\r\n"))
}

/// Sends a request and reads the answer to its end.
pub fn exchange(address: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // A server that refuses early may close while we still write; what it said is read all the same.
    let _ = stream.write_all(request.as_bytes());
    let mut stream = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap_or_else(|error| panic!("no answer to {request:.80}: {error}"));
        line.trim_end().to_owned()
    };
    let status = line()
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| panic!("no answer to {request:.80}"));
    let mut headers = Vec::new();
    while let Some((name, value)) = line().split_once(':') {
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    headers.retain(|(name, _)| name != "date");
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = Vec::new();
    let _ = stream.take(length.unwrap_or(u64::MAX)).read_to_end(&mut body);
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// Characters of an address that must not stand as they are, as `%xx`.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~=&%+,".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The program: the one just built, or for long measurements the one that `LOTSE_PROGRAM` names, such as a finished one.
pub fn program() -> Command {
    Command::new(std::env::var_os("LOTSE_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_lotse").into()))
}

/// The program, run to its end.
pub fn lotse(words: &[&str]) -> Output {
    program().args(words).output().unwrap()
}

/// What it printed.
pub fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it complained about.
pub fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Copies a directory with everything in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(std::fs::copy(&path, &target).unwrap()),
        }
    }
}

/// The small rulebook of the fault promises, in a directory of its own.
pub fn small() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/base"), dir.path());
    dir
}

/// Changes a file of it; the old words must be there.
pub fn edit(dir: &Path, file: &str, old: &str, new: &str) {
    let text = std::fs::read_to_string(dir.join(file)).unwrap();
    assert!(text.contains(old), "{file} does not hold {old}");
    std::fs::write(dir.join(file), text.replacen(old, new, 1)).unwrap();
}

/// Writes a change log that speaks of one version.
pub fn tell(dir: &Path, version: &str, touches: &str) {
    let text = format!(
        "changes:\n  - version: \"{version}\"\n    day: 2026-11-22\n    says: Die Stelle berät nicht mehr.\n    because: Sie ist geschlossen.\n    \
         editorial: true\n    touches: [{touches}]\n"
    );
    std::fs::write(dir.join("changes.yaml"), text).unwrap();
}
