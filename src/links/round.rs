use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use indexmap::IndexMap;

use super::ask::{Asker, Certificates, host};
use super::{Address, Asked, Manners, State};

/// Asks every address once, machine by machine; gives what came of it in the order of the addresses.
pub fn ask_all(addresses: &[Address], manners: &Manners, certificates: &Certificates) -> Vec<Asked> {
    let until = Instant::now() + manners.within;
    let mut hosts: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (nth, address) in addresses.iter().enumerate() {
        hosts.entry(host(&address.url)).or_default().push(nth);
    }
    // Who has most to tell begins, so that nobody is waited for at the end.
    let mut hosts: Vec<Vec<usize>> = hosts.into_values().collect();
    hosts.sort_by_key(Vec::len);
    let hands = manners.at_once.clamp(1, hosts.len().max(1));
    let (hosts, asked) = (Mutex::new(hosts), Mutex::new(Vec::with_capacity(addresses.len())));
    let asker = Asker::new(manners, certificates);
    thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| {
                while let Some(of_one_host) = taken(&hosts).pop() {
                    for nth in of_one_host {
                        let address = addresses[nth].clone();
                        let answer = match Instant::now() < until {
                            true => asker.ask(address),
                            false => Asked { address, hops: Vec::new(), state: State::NotAsked },
                        };
                        let rest = answer.state != State::NotAsked;
                        taken(&asked).push((nth, answer));
                        if rest {
                            thread::sleep(manners.pause.min(until.saturating_duration_since(Instant::now())));
                        }
                    }
                }
            });
        }
    });
    let mut asked = asked.into_inner().unwrap_or_else(|broken| broken.into_inner());
    asked.sort_by_key(|(nth, _)| *nth);
    asked.into_iter().map(|(_, asked)| asked).collect()
}

/// A list that several hands share. A hand that broke while it held the list left it whole.
fn taken<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(|broken| broken.into_inner())
}
