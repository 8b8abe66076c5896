//! Editors learn which addresses in the rules lead nowhere, where they stand and what to do; and nobody who is asked is annoyed.

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustls::pki_types::PrivateKeyDer;
use serde_json::Value;

use crate::support::{complained, edit, lotse, printed, small};

/// A machine with pages of every kind.
struct Machine {
    address: SocketAddr,
    /// `HEAD /path`, in the order in which they came.
    asked: Arc<Mutex<Vec<String>>>,
    /// What those who asked called themselves.
    names: Arc<Mutex<Vec<String>>>,
    /// The most that asked at the same time.
    at_once: Arc<AtomicUsize>,
}

impl Machine {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let machine = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            names: Arc::default(),
            at_once: Arc::default(),
        };
        let (asked, names, at_once) = (machine.asked.clone(), machine.names.clone(), machine.at_once.clone());
        std::thread::spawn(move || {
            let now = Arc::new(AtomicUsize::new(0));
            for stream in listener.incoming().flatten() {
                let (asked, names, at_once, now) = (asked.clone(), names.clone(), at_once.clone(), now.clone());
                std::thread::spawn(move || {
                    at_once.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let mut reader = BufReader::new(stream.try_clone().unwrap());
                    let (mut head, mut line) = (String::new(), String::new());
                    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                        head.push_str(&std::mem::take(&mut line));
                    }
                    let mut words = head.split(' ');
                    let (method, path) = (words.next().unwrap(), words.next().unwrap());
                    asked.lock().unwrap().push(format!("{method} {path}"));
                    let name = head
                        .lines()
                        .find_map(|line| line.to_lowercase().strip_prefix("user-agent: ").map(str::to_owned));
                    names.lock().unwrap().extend(name);
                    // Counted only while unanswered, so that the next question never overlaps by chance.
                    now.fetch_sub(1, Ordering::SeqCst);
                    answer(method, path, stream);
                });
            }
        });
        machine
    }

    fn page(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(method: &str, path: &str, mut stream: std::net::TcpStream) {
    let led = |status: &str, to: &str| format!("HTTP/1.1 {status} x\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
    let plain = |status: &str| format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n");
    let said = match (method, path.split('?').next().unwrap()) {
        (_, "/moved") => led("301", "/fine"),
        (_, "/led-on") => led("302", "fine?from=here"),
        (_, "/only-the-start") => led("302", "/"),
        (_, "/circle") => led("302", "/circle"),
        (_, "/deeper") => {
            led("302", &format!("/deeper?{}", path.len().pow(2) + path.bytes().map(usize::from).sum::<usize>()))
        }
        (_, "/elsewhere") => led("301", "ftp://files.example/x"),
        (_, "/gone") => plain("410"),
        (_, "/not-there") => plain("404"),
        (_, "/moved-and-gone") => led("301", "/not-there"),
        (_, "/trouble") => plain("503"),
        (_, "/refused") => plain("403"),
        ("HEAD", "/no-head") => plain("405"),
        ("HEAD", "/head-hangs-up") => return,
        (_, "/garbled") => "I am no server of the web\r\n\r\n".to_owned(),
        (_, "/slow") => {
            // Until the other side goes away.
            let _ = stream.read(&mut [0]);
            return;
        }
        ("GET", "/endless") => {
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            let _ = stream.write_all(head.as_bytes());
            while stream.write_all(b"400\r\n").and_then(|()| stream.write_all(&[b'x'; 0x402])).is_ok() {}
            return;
        }
        ("HEAD", "/endless") => plain("501"),
        ("HEAD", "/endless-head") => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(&[b"x: ", &[b'x'; 1000][..], b"\r\n"].concat()).is_ok() {}
            return;
        }
        _ => plain("200"),
    };
    let _ = stream.write_all(said.as_bytes());
}

/// Small rules that name these addresses, each in a line of its own.
fn rules(addresses: &[String]) -> tempfile::TempDir {
    let dir = small();
    let first = addresses.first().map_or("unknown", String::as_str);
    edit(dir.path(), "sources.yaml", "url: https://example.org/act", &format!("url: {first}"));
    edit(dir.path(), "sources.yaml", "url: https://example.org/guide", "url: unknown");
    let mut offices = std::fs::read_to_string(dir.path().join("authorities.yaml")).unwrap();
    let note: String = addresses.iter().skip(1).map(|address| format!("      {address}\n")).collect();
    if !note.is_empty() {
        offices =
            offices.replacen("    phone: \"0000 1\"\n", &format!("    phone: \"0000 1\"\n    note: >-\n{note}"), 1);
    }
    std::fs::write(dir.path().join("authorities.yaml"), offices).unwrap();
    dir
}

fn ask(rules: &Path, words: &[&str]) -> Output {
    lotse(&[&["links", "--pause", "0", "--rules", rules.to_str().unwrap()], words].concat())
}

/// What came of each address, by its ending.
fn verdicts(output: &Output) -> Vec<(String, String)> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", complained(output)));
    let addresses = report["addresses"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    addresses.map(|address| (word(&address["url"]), word(&address["verdict"]))).collect()
}

#[test]
fn every_fault_of_an_address_is_told_apart() {
    let machine = Machine::start();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let expected = [
        ("/fine", "fine"),
        ("/no-head", "fine"),
        ("/head-hangs-up", "fine"),
        ("/endless", "fine"),
        ("/led-on", "led-on"),
        ("/moved", "moved"),
        ("/only-the-start", "first-page"),
        ("/gone", "gone"),
        ("/not-there", "gone"),
        ("/moved-and-gone", "gone"),
        ("/circle", "circle"),
        ("/deeper", "circle"),
        ("/elsewhere", "garbled"),
        ("/garbled", "garbled"),
        ("/trouble", "trouble"),
        ("/refused", "refused"),
        ("/slow", "slow"),
    ];
    let mut expected: Vec<(String, String)> =
        expected.iter().map(|(path, verdict)| (machine.page(path), (*verdict).to_owned())).collect();
    expected.push((format!("http://{nobody}/x"), "unreachable".to_owned()));
    // A name that no name server has to be asked for.
    expected.push(("http://-.-/x".to_owned(), "no-host".to_owned()));
    let rules = rules(&expected.iter().map(|(url, _)| url.clone()).collect::<Vec<_>>());
    let output = ask(rules.path(), &["--json", "--patience", "2"]);
    let mut told = verdicts(&output);
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(output.status.code(), Some(1), "some lead nowhere");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["mend"].as_u64(), report["look"].as_u64()), (Some(6), Some(8)));
}

#[test]
fn the_report_says_where_an_address_stands_what_was_found_and_what_to_do() {
    let machine = Machine::start();
    let rules = rules(&[machine.page("/not-there"), machine.page("/moved"), machine.page("/led-on")]);
    let report = printed(&ask(rules.path(), &[]));
    let place = |line: &str| report.lines().any(|told| told == line);
    assert!(place("sources.yaml:5 (act)"), "{report}");
    assert!(place("authorities.yaml:7 (north)"), "{report}");
    for part in [
        "3 Adressen: 1 in Ordnung, 1 bitte ansehen, 1 führen ins Leere",
        "Diese Seite gibt es nicht mehr (404).",
        "Ist die Aussage noch belegt?",
        &format!("Sie steht jetzt unter {}", machine.page("/fine")),
        "Steht dort noch, was die Regel sagt?",
    ] {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
    assert!(!report.contains("/led-on"), "what is in order takes nobody's time:\n{report}");
    let nowhere = report.find("/not-there").unwrap();
    assert!(nowhere < report.find("/moved").unwrap(), "the worst comes first:\n{report}");
}

#[test]
fn the_exit_code_says_how_bad_it_is() {
    let machine = Machine::start();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (addresses, code) in [
        (vec![machine.page("/fine"), machine.page("/led-on")], 0),
        (vec![machine.page("/fine"), machine.page("/moved")], 3),
        (vec![machine.page("/moved"), machine.page("/gone")], 1),
        (vec![format!("http://{nobody}/"), format!("http://{nobody}/x")], 2),
    ] {
        let output = ask(rules(&addresses).path(), &[]);
        assert_eq!(output.status.code(), Some(code), "{addresses:?}\n{}", printed(&output));
    }
    let output = ask(Path::new("/nowhere"), &[]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_machine_is_asked_politely() {
    let machine = Machine::start();
    let addresses: Vec<String> = (0..12).map(|nth| machine.page(&format!("/page-{nth}"))).collect();
    let addresses = [addresses, vec![machine.page("/no-head"), machine.page("/page-0#part")]].concat();
    let output = ask(rules(&addresses).path(), &["--at-once", "8", "--contact", "redaktion@lotse.example"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let asked = machine.asked();
    let pages = (1..12).map(|nth| format!("HEAD /page-{nth}"));
    let last = ["HEAD /no-head", "GET /no-head", "HEAD /page-0"].map(str::to_owned);
    let expected: Vec<String> = pages.chain(last).collect();
    assert_eq!(asked, expected, "each once, in the order of the files, the head alone where that is enough");
    assert_eq!(machine.at_once.load(Ordering::SeqCst), 1, "by one hand only");
    let names = machine.names.lock().unwrap();
    assert!(
        names.iter().all(|name| name.starts_with("lotse/") && name.contains("redaktion@lotse.example")),
        "{names:?}"
    );
}

#[test]
fn who_never_stops_talking_is_not_listened_to() {
    let machine = Machine::start();
    let output =
        ask(rules(&[machine.page("/endless-head"), machine.page("/fine")]).path(), &["--json", "--patience", "5"]);
    assert!(verdicts(&output).contains(&(machine.page("/fine"), "fine".to_owned())));
    assert!(machine.asked().contains(&"HEAD /endless-head".to_owned()));
}

/// A machine that shows this certificate and gives a page to everybody who believes it.
fn secured(certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> SocketAddr {
    let key = PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream);
            let mut head = [0; 1024];
            if stream.read(&mut head).is_ok_and(|read| read > 0) {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            }
        }
    });
    address
}

fn certificate(name: &str, until: i32) -> rcgen::CertifiedKey<rcgen::KeyPair> {
    let signing_key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(until, 1, 1);
    let cert = params.self_signed(&signing_key).unwrap();
    rcgen::CertifiedKey { cert, signing_key }
}

#[test]
fn a_certificate_that_browsers_warn_of_is_a_fault() {
    let good = certificate("127.0.0.1", 2090);
    let others = [certificate("127.0.0.1", 2021), certificate("lotse.example", 2090), certificate("127.0.0.1", 2090)];
    let mut machines = vec![secured(&good)];
    machines.extend(others.iter().map(secured));
    let addresses: Vec<String> = machines.iter().map(|address| format!("https://{address}/x")).collect();
    let rules = rules(&addresses);
    let trusted = rules.path().join("trusted.pem");
    let known: String = [&good, &others[0], &others[1]].iter().map(|each| each.cert.pem()).collect();
    std::fs::write(&trusted, known).unwrap();
    let output = ask(rules.path(), &["--json", "--certificates", trusted.to_str().unwrap()]);
    let told = verdicts(&output);
    for (address, (what, verdict)) in addresses.iter().zip([
        ("good", "fine"),
        ("too old", "certificate"),
        ("of another name", "certificate"),
        ("known to nobody", "certificate"),
    ]) {
        assert!(told.contains(&(address.clone(), verdict.to_owned())), "{what}: {told:?}");
    }
    assert_eq!(output.status.code(), Some(1));
    let without = verdicts(&ask(rules.path(), &["--json"]));
    assert!(without.iter().all(|(_, verdict)| verdict == "certificate"), "{without:?}");
    std::fs::write(&trusted, "nothing").unwrap();
    let output = ask(rules.path(), &["--certificates", trusted.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("PEM"), "{}", complained(&output));
}

#[test]
fn every_address_of_the_shipped_rules_would_be_asked() {
    let files = lotse::rulebook::read_embedded();
    let all: Vec<String> = lotse::links::addresses(&files).into_iter().map(|address| address.url).collect();
    let rules = &crate::support::RULES;
    let sources = rules.sources.iter().filter_map(|(_, _, source)| source.url.as_deref());
    let offices = rules.authorities.iter().filter_map(|(_, _, office)| office.url.as_deref());
    for url in sources.chain(offices) {
        let sent = url.split('#').next().unwrap();
        assert!(all.iter().any(|known| known == sent), "{url} is forgotten");
    }
}
