//! Nobody can hold the door: half a request, an idle visitor, or one who does not read is let go after a while; when the
//! program is told to stop, it stops, and what was being answered is answered.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use lotse::web::{Limits, Site};

use crate::support::{RULES, Running, Server, TODAY, get, held_day};

/// Much less patience than in real life.
const IMPATIENT: Limits = Limits {
    connections: 2,
    head: Duration::from_millis(300),
    write: Duration::from_millis(300),
    age: Duration::from_secs(600),
    farewell: Duration::from_secs(10),
};

fn impatient() -> Server {
    Server::within(Site::new(RULES.clone(), || TODAY), IMPATIENT)
}

fn visitor(address: SocketAddr, says: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(says.as_bytes()).unwrap();
    stream
}

/// Reads until the server closes; fails if it never does.
fn until_closed(mut stream: TcpStream) -> String {
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Err(error) if error.kind() != std::io::ErrorKind::ConnectionReset => panic!("never closed: {error}"),
        _ => String::from_utf8_lossy(&said).into_owned(),
    }
}

#[test]
fn half_a_request_is_not_waited_for() {
    let server = impatient();
    for half in ["", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nhost: lotse.test\r\naccept: text/"] {
        let said = until_closed(visitor(server.address, half));
        assert!(!said.contains("200 OK"), "{half:?}: {said}");
    }
    assert_eq!(server.get("/bereit").status, 200);
}

#[test]
fn an_idle_visitor_is_let_go() {
    let server = impatient();
    let said = until_closed(visitor(server.address, "GET /bereit HTTP/1.1\r\nhost: lotse.test\r\n\r\n"));
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("bereit\n"), "{said}");
}

#[test]
fn who_does_not_read_and_who_says_nothing_leave_room_for_others() {
    let server = impatient();
    // More than the system keeps for a reader.
    let mut hog = visitor(server.address, "");
    hog.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
    for _ in 0..2_000 {
        if hog.write_all(b"GET /aenderungen HTTP/1.1\r\nhost: lotse.test\r\n\r\n").is_err() {
            break;
        }
    }
    let silent = visitor(server.address, "");
    assert_eq!(server.get("/bereit").status, 200, "both places were taken, and are free again");
    drop((hog, silent));
}

#[test]
fn what_is_being_answered_when_the_program_stops_is_answered() {
    let (day, came, go) = held_day();
    let site = Site::new(RULES.clone(), day);
    let server = Server::within(site, Limits::default());
    let address = server.address;
    let visitor = std::thread::spawn(move || get(address, "/fragen"));
    came.recv().unwrap();
    let stopping = std::thread::spawn(move || drop(server));
    // The door is shut while somebody is still inside.
    while TcpStream::connect(address).is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
    drop(go);
    let answer = visitor.join().unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("</html>"), "the whole page");
    stopping.join().unwrap();
}

#[test]
fn half_a_request_does_not_keep_the_program_from_ending() {
    let mut running = Running::with(&[]);
    let address = running.address;
    let half = visitor(address, "GET / HTTP/1.1\r\nhost: lot");
    assert_eq!(get(address, "/bereit").status, 200);
    running.signal("-TERM");
    assert!(running.ended().success());
    drop(half);
}

#[test]
fn told_twice_the_program_ends_at_once() {
    let mut running = Running::with(&[]);
    let address = running.address;
    let half = visitor(address, "GET / HTTP/1.1\r\nhost: lot");
    assert_eq!(get(address, "/bereit").status, 200);
    running.signal("-TERM");
    // The first is heard when the door is shut.
    while TcpStream::connect(address).is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
    running.signal("-TERM");
    assert_eq!(running.ended().code(), Some(1), "cut short, and says so by its exit code");
    drop(half);
}

#[test]
fn a_full_house_is_told_to_the_operator() {
    let running = Running::with(&["--connections", "1"]);
    let only = visitor(running.address, "GET /bereit HTTP/1.1\r\n");
    running.says("all 1 connections are in use");
    drop(only);
}

#[test]
fn a_limit_that_nobody_may_set_is_refused_with_words() {
    for wrong in ["0", "-1", "many"] {
        let output = crate::support::lotse(&["serve", &format!("--connections={wrong}")]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(crate::support::complained(&output).contains("from 1"), "{wrong}");
    }
}

fn answers_though_the_log_is_lost(mut running: Running) {
    let address = running.address;
    // Some hundred kilobytes of log, more than a pipe holds.
    let mut stream = visitor(address, "");
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    for _ in 0..40 {
        stream.write_all("GET /bereit HTTP/1.1\r\nhost: lotse.test\r\n\r\n".repeat(100).as_bytes()).unwrap();
        let mut answered = 0;
        let mut line = String::new();
        while answered < 100 {
            line.clear();
            assert!(reader.read_line(&mut line).expect("an answer") > 0, "the connection was closed");
            answered += usize::from(line == "bereit\n");
        }
    }
    assert_eq!(get(address, "/").status, 200);
    running.signal("-TERM");
    assert!(running.ended().success());
}

#[test]
fn a_log_that_nobody_reads_costs_no_answer() {
    answers_though_the_log_is_lost(Running::unheard(&[]));
}

#[test]
fn a_log_that_was_closed_costs_no_answer() {
    let mut running = Running::unheard(&[]);
    drop(running.program.stderr.take());
    answers_though_the_log_is_lost(running);
}

#[test]
fn a_page_that_breaks_leaves_the_others_whole() {
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = broken.clone();
    let site = Site::new(RULES.clone(), move || {
        assert!(!seen.load(std::sync::atomic::Ordering::SeqCst), "goal=secret-answer");
        TODAY
    });
    let server = Server::within(site, Limits::default());
    broken.store(true, std::sync::atomic::Ordering::SeqCst);
    let answer = server.get("/blatt?goal=kita");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("Entschuldigung") && !answer.body.contains("secret-answer"), "{}", answer.body);
    assert!(answer.header("content-security-policy").is_some(), "a broken page keeps its headers");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    broken.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(server.get("/blatt?goal=kita").status, 200);
}
