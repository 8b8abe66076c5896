//! What the program does beside serving: asking, evaluating, composing; checking and comparing rules; starting.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use allocation_counter::measure;
use lotse::interview::{Answers, evaluate, replay};
use lotse::language::Lang;
use lotse::rulebook::Rulebook;
use lotse::sheet::compose;

use crate::addresses::{People, ready};
use crate::client::Client;
use crate::median;
use crate::process::Server;

/// People whose answers are looked at in each round.
const PEOPLE: usize = 100;
/// Lines of the file that `explain --batch` reads.
const LINES: usize = 5_000;

/// Prints the table.
pub fn table(rounds: usize, chosen: impl Fn(&str) -> bool) {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let day = lotse::cli::today();
    let mut people = People { rulebook: &rulebook, day, random: fastrand::Rng::with_seed(2027) };
    let people: Vec<Answers> = (0..PEOPLE).map(|_| people.at_the_end()).collect();
    let questions: usize = people.iter().map(|answers| replay(&rulebook, answers, day).path.len()).sum();
    println!("{:<44} {:>12} {:>12}", "act", "", "allocations");
    let each = |name: &str, parts: usize, act: &dyn Fn(&Answers)| {
        if !chosen(name) {
            return;
        }
        let all = || people.iter().for_each(act);
        let allocations = measure(all).count_total as f64 / parts as f64;
        let times = (0..rounds).map(|_| timed(all).as_secs_f64() * 1e6 / parts as f64);
        println!("{name:<44} {:>9.2} µs {allocations:>12.1}", median(times));
    };
    each("interview, per question", questions, &|answers| drop(black_box(replay(&rulebook, answers, day))));
    each("all pathways, with reasons", PEOPLE, &|answers| drop(black_box(evaluate(&rulebook, answers, day))));
    each("sheet composed", PEOPLE, &|answers| {
        let evaluation = evaluate(&rulebook, answers, day);
        drop(black_box(compose(&rulebook, answers, &evaluation, day, &Lang::german())));
    });
    let rounds = rounds.min(5);
    let whole = |name: &str, act: &dyn Fn() -> Duration| {
        if chosen(name) {
            println!("{name:<44} {:>9.1} ms", median((0..rounds).map(|_| act().as_secs_f64() * 1e3)));
        }
    };
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    whole("check", &|| run(&["check"]));
    whole("diff of rules with one step renamed", &|| {
        let changed = tempfile::tempdir().expect("room");
        copy(&rules, changed.path());
        let steps = changed.path().join("steps.yaml");
        let text = fs::read_to_string(&steps).expect("the steps");
        fs::write(&steps, text.replacen("title: ", "title: Bald ", 1)).expect("room");
        run(&["diff", &rules.display().to_string(), &changed.path().display().to_string()])
    });
    whole("start to first answer", &|| {
        timed(|| {
            let server = Server::lotse();
            drop(Client::new(server.address()).ask(&ready()));
        })
    });
    if chosen("explain --batch") {
        let lines = people.iter().cycle().take(LINES).map(|answers| {
            let pairs = answers.pairs(&rulebook).into_iter();
            pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ") + "\n"
        });
        let file = tempfile::NamedTempFile::new().expect("room");
        fs::write(file.path(), lines.collect::<String>()).expect("room");
        let path = file.path().display().to_string();
        let rows = (0..rounds).map(|_| LINES as f64 / run(&["explain", "--batch", &path]).as_secs_f64());
        println!("{:<44} {:>9.0} rows/s", "explain --batch", median(rows));
    }
    let program = fs::metadata(env!("CARGO_BIN_EXE_lotse")).expect("the program");
    println!("{:<44} {:>9.1} MB", "the program", program.len() as f64 / 1e6);
}

fn timed(act: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    act();
    begun.elapsed()
}

/// Runs the program to its end; what it finds is its own affair.
fn run(words: &[&str]) -> Duration {
    timed(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lotse"));
        command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program runs");
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("room");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).expect("room")),
        }
    }
}
