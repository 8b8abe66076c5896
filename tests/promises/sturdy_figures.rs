//! What is counted reveals nobody: only if the operator wants it, rounded, a day late; and the figures about the program know
//! no answers.

use std::io::BufRead as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI8, Ordering};

use jiff::civil::date;
use lotse::web::{Limits, Site};

use crate::support::{RULES, Running, SOCIAL_WORKER, Server, get};

#[test]
fn nothing_is_counted_unless_the_operator_wants_it() {
    let server = Server::start();
    for path in ["/zahlen", "/zahlen.csv", "/metrics"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert!(!server.get("/datenschutz").body.contains("gezählt"));
}

#[test]
fn figures_are_rounded_and_a_day_late() {
    let day = Arc::new(AtomicI8::new(22));
    let today = day.clone();
    let site = Site::new(RULES.clone(), move || date(2026, 11, today.load(Ordering::SeqCst)));
    let server = Server::within(site.counts(true), Limits::default());
    let often = format!("/blatt?{}&german-level=unknown", SOCIAL_WORKER.join("&"));
    for _ in 0..25 {
        assert_eq!(server.get(&often).status, 200);
    }
    for _ in 0..3 {
        server.get("/blatt?goal=protected-title&qualification-kind=none");
        // Old sheets, other forms and other pages are no new sheets.
        server.get(&format!("{often}&datum=2026-11-01&stand={}", RULES.version));
        server.get(&often.replace("/blatt", "/blatt.json"));
        server.get(&often.replace("/blatt", "/fragen"));
    }
    for _ in 0..10 {
        server.get("/blatt?goal=kita&qualification-kind=none&lang=ar&neben=de");
    }
    let table = |server: &Server| {
        let answer = server.get("/zahlen.csv");
        assert_eq!(answer.status, 200);
        answer.body
    };
    assert_eq!(table(&server), "kind,id,at_least\n", "of today nothing is told");
    day.store(23, Ordering::SeqCst);
    let told = table(&server);
    for line in [
        "outcome,kita-degree/specialist-now,20",
        "unknown,german-level,20",
        "language,de,20",
        "language,de+ar,10",
        "day,2026-11-22,30",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} is not in\n{told}");
    }
    let figures = told.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse::<u64>().unwrap());
    assert!(figures.clone().all(|figure| figure % 10 == 0), "{told}");
    assert!(figures.clone().any(|figure| figure == 0), "fewer than ten are told as none: {told}");
    // What comes in today changes nothing of what is told today.
    for _ in 0..20 {
        server.get(&often);
    }
    assert_eq!(table(&server), told);
    let page = server.get("/zahlen").body;
    assert!(page.contains("20–29") && page.contains("0–9"), "{page}");
    assert!(page.contains("Deutsch, العربية"), "{page}");
    for exact in [">25<", ">28<", ">3<"] {
        assert!(!page.contains(exact), "{exact} is told exactly");
    }
    assert!(server.get("/datenschutz").body.contains("gezählt"), "the privacy page says so by itself");
}

#[test]
fn an_operator_sees_how_the_program_fares_and_no_answers() {
    let mut running = Running::with(&["--metrics", "127.0.0.1:0"]);
    let mut line = String::new();
    while !line.contains("/metrics") {
        line.clear();
        assert!(running.says.read_line(&mut line).unwrap() > 0, "the address of the figures is said");
    }
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
    for _ in 0..3 {
        get(running.address, "/blatt?goal=kita");
    }
    get(running.address, "/xenon-secret?goal=kita");
    let figures = get(address, "/metrics");
    assert_eq!(figures.status, 200);
    for line in [
        "lotse_requests_total{page=\"/blatt\",status=\"200\"} 3",
        "lotse_requests_total{page=\"-\",status=\"404\"} 1",
        "lotse_request_seconds_count 4",
        "lotse_shed_requests_total 0",
        "lotse_lost_log_lines_total 0",
        "# EOF",
    ] {
        assert!(figures.body.lines().any(|told| told == line), "{line} is not in\n{}", figures.body);
    }
    assert!(!figures.body.contains("goal") && !figures.body.contains("xenon-secret"), "{}", figures.body);
    assert_eq!(get(running.address, "/metrics").status, 404, "the world does not see them");
}
