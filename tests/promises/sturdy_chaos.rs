//! Tried to death: whatever arrives, the answer is a page or a polite refusal; and while everything goes wrong at once,
//! every answer is the one of a calm day.
//!
//! `LOTSE_CHAOS=200000` asks for that many answers in the storm; without it there are fewer, so that the test stays short. A
//! storm that long wants the finished program: `LOTSE_PROGRAM=target/release/lotse`.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use crate::support::{Answer, Running, Server, cases, copy, edit, get, tries};

/// Anything that may come through a socket: noise, and requests with noise in them.
fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    let before = prop::sample::select(vec![
        "",
        "GET /",
        "GET /blatt?",
        "GET /blatt?goal=",
        "GET /b/",
        "GET /regeln/",
        "GET /assets/",
        "HEAD /",
        "POST /blatt",
        "GET / HTTP/1.1\r\nhost: ",
        "GET / HTTP/1.1\r\ncookie: ",
        "GET / HTTP/1.1\r\naccept-encoding: ",
        "GET / HTTP/1.1\r\nif-none-match: ",
        "POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\n",
        "GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]);
    let after = prop::sample::select(vec![
        "",
        "\r\n\r\n",
        " HTTP/1.1\r\n\r\n",
        " HTTP/1.1\r\nhost: a\r\n\r\n",
        " HTTP/1.0\r\n\r\n",
        " HTTP/9.9\r\n\r\n",
    ]);
    (before, noise, after).prop_map(|(before, noise, after)| [before.as_bytes(), &noise, after.as_bytes()].concat())
}

proptest! {
    #![proptest_config(tries(400))]

    #[test]
    fn any_bytes_give_a_page_or_a_polite_refusal(bytes in any_bytes()) {
        static SERVER: std::sync::LazyLock<Server> = std::sync::LazyLock::new(Server::start);
        let mut stream = TcpStream::connect(SERVER.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut said = Vec::new();
        let read = stream.read_to_end(&mut said);
        let said = String::from_utf8_lossy(&said);
        let reset = read.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset);
        // Who greets in HTTP/2 is not answered in HTTP/1: the connection is closed.
        let whole = bytes.windows(4).any(|part| part == b"\r\n\r\n") && !bytes.starts_with(b"PRI * HTTP/2.0");
        prop_assert!(reset || !whole || said.starts_with("HTTP/1."), "no answer to {:?}: {}", String::from_utf8_lossy(&bytes), said);
        for line in said.lines().filter(|line| line.starts_with("HTTP/1.")) {
            let status: u16 = line.split(' ').nth(1).unwrap().parse().unwrap();
            prop_assert!(status < 500, "{} for {:?}", line, String::from_utf8_lossy(&bytes));
        }
        prop_assert_eq!(SERVER.get("/bereit").status, 200);
    }
}

#[test]
fn in_the_storm_every_answer_is_the_one_of_a_calm_day() {
    let wanted: usize = std::env::var("LOTSE_CHAOS").ok().and_then(|n| n.parse().ok()).unwrap_or(800);
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), dir.path());
    let rules = dir.path().to_str().unwrap();
    // The log goes where nobody reads it, so that it is full soon.
    let running = Running::unheard(&["--rules", rules, "--watch"]);
    let addresses: Vec<String> = cases()
        .step_by(7)
        .flat_map(|(_, answers, day)| {
            let query: Vec<String> = answers
                .pairs(&crate::support::RULES)
                .into_iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect();
            ["/blatt", "/blatt.json", "/fragen", "/arbeitgeber"]
                .map(|path| format!("{path}?{}&datum={day}", query.join("&")))
        })
        .collect();
    let calm: Vec<Answer> = addresses.iter().map(|path| get(running.address, path)).collect();
    assert!(calm.len() > 20 && calm.iter().all(|answer| answer.status < 500));

    let (over, answered, turned_away) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let address = running.address;
    std::thread::scope(|storm| {
        let visitors: Vec<_> = (0..4)
            .map(|start| {
                let (addresses, calm, answered, turned_away) = (&addresses, &calm, &answered, &turned_away);
                storm.spawn(move || {
                    let mut at = start * 5;
                    while answered.load(Ordering::Relaxed) < wanted {
                        at = (at + 1) % addresses.len();
                        let answer = get(address, &addresses[at]);
                        if answer.status == 503 && answer.header("retry-after").is_some() {
                            turned_away.fetch_add(1, Ordering::Relaxed);
                            std::thread::sleep(Duration::from_millis(50));
                            continue;
                        }
                        assert_eq!(answer, calm[at], "{}", addresses[at]);
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        // Half requests that are held, and connections that come and go.
        storm.spawn(|| {
            let mut held = Vec::new();
            while !over.load(Ordering::Relaxed) {
                if let Ok(mut half) = TcpStream::connect(address) {
                    let _ = half.write_all(b"GET /blatt?goal=kita HTTP/1.1\r\nhost: ");
                    held.push(half);
                }
                if held.len() > 200 {
                    held.drain(..100);
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        // Links without sense, long addresses, odd methods.
        storm.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for path in [
                    format!("/blatt?{}", "kiat=x&".repeat(900)),
                    format!("/blatt?{}", "k".repeat(9_000)),
                    "/nirgends".to_owned(),
                ] {
                    let status = get(address, &path).status;
                    assert!(status < 500 || status == 503, "{status}");
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        // The rules are read again and again, and break in between.
        storm.spawn(|| {
            let file = "pathways/kita/kita-good-conduct.yaml";
            while !over.load(Ordering::Relaxed) {
                edit(dir.path(), file, "standing:", "stnding:");
                running.signal("-HUP");
                std::thread::sleep(Duration::from_millis(1_500));
                edit(dir.path(), file, "stnding:", "standing:");
                running.signal("-HUP");
                std::thread::sleep(Duration::from_millis(1_500));
            }
        });
        let results: Vec<_> = visitors.into_iter().map(|visitor| visitor.join()).collect();
        over.store(true, Ordering::Relaxed);
        for result in results {
            if let Err(wrong) = result {
                std::panic::resume_unwind(wrong);
            }
        }
    });
    println!("{} answers as on a calm day, {} turned away", answered.into_inner(), turned_away.into_inner());
    for (path, calm) in addresses.iter().zip(&calm) {
        assert_eq!(get(address, path), *calm, "after the storm: {path}");
    }
}
