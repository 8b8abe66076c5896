//! What it costs to ask and to evaluate, without pages: `cargo bench --bench engine`.
//!
//! People who answer at random, the same on each run, have their turn round by round, so that what disturbs the machine
//! disturbs all rows alike. Each row is told in microseconds for one person, in requests for memory, and against the first
//! row; the second row is the first once more and shows how far a ratio may be off by chance.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that stops says why it stopped")]

use std::hint::black_box;
use std::time::Instant;

use allocation_counter::measure;
use jiff::civil::Date;
use lotse::interview::{Answers, Interview, evaluate, horizon, outcomes};
use lotse::rulebook::{Rulebook, ValueSet};
use lotse::walk::Memory;

/// People who have their turn in each round.
const PEOPLE: usize = 200;
/// Rounds in which every row has its turn.
const ROUNDS: usize = 101;

/// Something to measure: for one of the people.
struct Row<'a> {
    name: &'a str,
    act: Box<dyn FnMut(&Answers) + 'a>,
}

fn main() {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let day = lotse::cli::today();
    let people = people(&rulebook, day);
    let nobody = Answers::default();
    let all = || {
        let mut memory = Memory::new(&rulebook);
        let rulebook = &rulebook;
        Box::new(move |answers: &Answers| {
            black_box(outcomes(rulebook, answers, day, &mut memory).fold(0, |count, _| count + 1));
        })
    };
    let mut interview = Interview::new(&rulebook, &nobody, day);
    let mut rows = [
        Row { name: "all pathways", act: all() },
        Row { name: "all pathways, once more", act: all() },
        Row {
            name: "all pathways, with reasons",
            act: Box::new(|answers| drop(black_box(evaluate(&rulebook, answers, day)))),
        },
        Row {
            name: "interview, question by question",
            act: Box::new(|answers| {
                interview.begin(&nobody);
                while let Some(question) = interview.next() {
                    interview.answer(answers.get(question).unwrap_or_default());
                }
            }),
        },
        Row {
            name: "what may still be asked",
            act: Box::new(|answers| drop(black_box(horizon(&rulebook, answers, day)))),
        },
    ];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); rows.len()];
    for _ in 0..ROUNDS {
        for (row, times) in rows.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            people.iter().for_each(&mut row.act);
            times.push(begun.elapsed().as_secs_f64() * 1e6 / PEOPLE as f64);
        }
    }
    println!("{:<34} {:>9} {:>12} {:>8}", "act", "µs", "allocations", "ratio");
    for (row, own) in rows.iter_mut().zip(&times) {
        let allocations = measure(|| people.iter().for_each(&mut row.act)).count_total as f64 / PEOPLE as f64;
        let ratio = own.iter().zip(&times[0]).map(|(own, first)| own / first);
        let (own, ratio) = (median(own.iter().copied()), median(ratio));
        println!("{:<34} {own:>9.2} {allocations:>12.1} {ratio:>8.2}", row.name);
    }
}

/// People who have answered everything.
fn people(rulebook: &Rulebook, day: Date) -> Vec<Answers> {
    let mut random = fastrand::Rng::with_seed(2026);
    let mut person = || {
        let mut interview = Interview::new(rulebook, &Answers::default(), day);
        while let Some(question) = interview.next() {
            let options = rulebook.questions[question].options.len();
            interview.answer(ValueSet::only(random.usize(0..options)));
        }
        interview.answers().clone()
    };
    (0..PEOPLE).map(|_| person()).collect()
}

/// The middle one.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
