//! What pages and acts cost, as ratios that hold on any machine: `cargo bench --bench pages`.
//!
//! A page is measured against its twin: the same bytes, kept in memory and served by the same web library without anything
//! else. The cost is the processor time of the serving process, as the operating system counts it, per request. Both are
//! asked for the same addresses in turn, round by round, so that what disturbs the machine disturbs both; the first row
//! measures Lotse against itself and shows how far a ratio may be off by chance.
//!
//! With `--quick` there are fewer rounds; with `--rows WORD` only rows whose name holds the word are measured.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that stops says why it stopped")]

mod acts;
mod addresses;
mod client;
mod process;
mod twin;

use std::process::ExitCode;
use std::time::Instant;

use addresses::{Kind, Row};
use client::Client;
use process::Server;

/// Rounds in which every row has its turn.
const ROUNDS: usize = 15;
const QUICK_ROUNDS: usize = 3;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == twin::COMMAND) {
        return twin::serve(&words[1..]);
    }
    let quick = words.iter().any(|word| word == "--quick");
    let only = words.iter().position(|word| word == "--rows").and_then(|at| words.get(at + 1));
    let rounds = if quick { QUICK_ROUNDS } else { ROUNDS };
    let chosen = |name: &str| only.is_none_or(|word| name.contains(word.as_str()));
    let begun = Instant::now();
    pages(rounds, chosen);
    println!();
    acts::table(rounds, chosen);
    println!("\n{:.0} s in all", begun.elapsed().as_secs_f64());
    ExitCode::SUCCESS
}

fn pages(rounds: usize, chosen: impl Fn(&str) -> bool) {
    let rows: Vec<Row> = addresses::rows().into_iter().filter(|row| chosen(row.name)).collect();
    let lotse = Server::lotse();
    let idle = lotse.memory();
    let mut client = Client::new(lotse.address());
    // Each answer once: for the twin to give, and so that both have been asked before anything is counted.
    let answers: Vec<Vec<Vec<u8>>> =
        rows.iter().map(|row| row.requests.iter().map(|request| client.ask(request)).collect()).collect();
    let twin = Server::twin(&answers);
    let mut other = Client::new(twin.address());
    let mut ours: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    let mut theirs = ours.clone();
    for round in 0..rounds {
        for (at, row) in rows.iter().enumerate() {
            let mut measure_ours = || ours[at].push(cost(&lotse, &mut client, row.requests.iter()));
            let again: Vec<String> = (0..row.requests.len()).map(|nth| twin::request(at, nth)).collect();
            let mut measure_theirs = || match row.kind {
                Kind::Itself => theirs[at].push(cost(&lotse, &mut Client::new(lotse.address()), row.requests.iter())),
                Kind::Ready => {
                    let ready = vec![addresses::ready(); row.requests.len()];
                    theirs[at].push(cost(&lotse, &mut Client::new(lotse.address()), ready.iter()));
                }
                Kind::Twin => theirs[at].push(cost(&twin, &mut other, again.iter())),
            };
            // Who begins changes from round to round.
            if round % 2 == 0 {
                measure_ours();
                measure_theirs();
            } else {
                measure_theirs();
                measure_ours();
            }
        }
    }
    println!("{:<44} {:>9} {:>9} {:>9} {:>8}", "page", "µs", "twin µs", "twin/page", "bytes");
    for (at, row) in rows.iter().enumerate() {
        let bytes = answers[at].iter().map(Vec::len).sum::<usize>() / answers[at].len().max(1);
        let pairs = ours[at].iter().zip(&theirs[at]).map(|(ours, theirs)| theirs / ours);
        println!(
            "{:<44} {:>9.1} {:>9.1} {:>9.3} {:>8}",
            row.name,
            median(ours[at].iter().copied()),
            median(theirs[at].iter().copied()),
            median(pairs),
            bytes
        );
    }
    let memory = lotse.memory();
    println!(
        "\nmemory of the server: {:.1} MB idle, {:.1} MB after this, {:.1} MB at most",
        idle.now, memory.now, memory.peak
    );
}

/// Microseconds of processor time per request.
fn cost<'a>(server: &Server, client: &mut Client, requests: impl ExactSizeIterator<Item = &'a String>) -> f64 {
    let count = requests.len().max(1);
    let before = server.processor_time();
    for request in requests {
        client.ask(request);
    }
    (server.processor_time() - before).as_secs_f64() * 1e6 / count as f64
}

/// The middle one.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
