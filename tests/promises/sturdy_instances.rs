//! Two instances behind a real nginx, set up as `deploy/nginx.conf` says: both give the same bytes, one may die in the middle
//! of the day, and the proxy keeps the promise that no answer is written down.
//!
//! This test needs nginx; where it is missing it says so and passes, unless `LOTSE_BROWSER=required` is set.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::browser::{missing, program};
use crate::support::{Answer, Running, SOCIAL_WORKER, get};

/// A process that ends with the test.
struct Proxy(Child);

impl Drop for Proxy {
    fn drop(&mut self) {
        // Its workers end with it only when asked politely.
        let _ = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// The shipped configuration with this test's addresses and without encryption.
fn configured(dir: &Path, address: SocketAddr, instances: &[SocketAddr; 2]) -> String {
    let shipped = include_str!("../../deploy/nginx.conf");
    let place = |path: &str| shipped.contains(path).then(|| dir.join(path.rsplit('/').next().unwrap()));
    let log = place("/var/log/nginx/lotse.log").unwrap().display().to_string();
    let errors = place("/var/log/nginx/lotse-error.log").unwrap().display().to_string();
    let mut kept = String::new();
    for line in shipped.lines().filter(|line| !line.trim().starts_with("ssl_")) {
        let line = line
            .replace("127.0.0.1:8081", &instances[0].to_string())
            .replace("127.0.0.1:8082", &instances[1].to_string())
            .replace("listen 443 ssl http2", &format!("listen {address}"))
            .replace("listen 80", &format!("listen {}", free_address()))
            .replace("/var/log/nginx/lotse.log", &log)
            .replace("/var/log/nginx/lotse-error.log", &errors);
        kept.push_str(&line);
        kept.push('\n');
    }
    let dir = dir.display();
    format!(
        "user root root;\ndaemon off;\nworker_processes 2;\npid {dir}/pid;\nerror_log {dir}/start.log;\nevents {{ worker_connections 256; }}\n\
         http {{\naccess_log off;\nclient_body_temp_path {dir}/body;\nproxy_temp_path {dir}/proxy;\nfastcgi_temp_path {dir}/f;\n\
         uwsgi_temp_path {dir}/u;\nscgi_temp_path {dir}/s;\n{kept}\n}}\n"
    )
}

/// A proxy that runs, in front of two instances.
fn proxy(dir: &Path, nginx: &Path, instances: &[SocketAddr; 2]) -> (Proxy, SocketAddr) {
    let address = free_address();
    let file = dir.join("nginx.conf");
    std::fs::write(&file, configured(dir, address, instances)).unwrap();
    let mut started = Command::new(nginx);
    started.arg("-c").arg(&file).arg("-p").arg(dir).arg("-e").arg(dir.join("start.log"));
    let mut proxy = Proxy(started.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    while TcpStream::connect(address).is_err() {
        if let Some(status) = proxy.0.try_wait().unwrap() {
            panic!("nginx ended with {status}: {}", std::fs::read_to_string(dir.join("start.log")).unwrap_or_default());
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    (proxy, address)
}

/// What a visitor gets, however many hops it took.
fn seen(answer: &Answer) -> (u16, &str, Option<&str>) {
    (answer.status, &answer.body, answer.header("content-security-policy"))
}

/// What stands behind `--flag` in the unit, for the instance of a port.
fn in_the_unit(flag: &str, port: &str) -> String {
    let unit = include_str!("../../deploy/lotse@.service");
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    start.split(&format!("{flag} ")).nth(1).unwrap().split(' ').next().unwrap().replace("%i", port)
}

/// Whoever follows the README starts what the proxies look for, and watches what the instances show.
#[test]
fn the_instances_that_the_readme_starts_are_those_that_proxies_and_monitoring_ask() {
    let readme = include_str!("../../deploy/README.md");
    let started = readme.lines().find(|line| line.contains("enable --now")).unwrap();
    let ports: Vec<&str> = started.split("lotse@").skip(1).map(|rest| &rest[..4]).collect();
    assert_eq!(ports.len(), 2, "{started}");
    for port in ports {
        let (address, metrics) = (in_the_unit("--listen", port), in_the_unit("--metrics", port));
        for asked in [&address, &metrics] {
            assert!(asked.parse::<SocketAddr>().is_ok(), "{asked}");
        }
        assert!(include_str!("../../deploy/nginx.conf").contains(&format!("server {address} ")), "{address}");
        assert!(include_str!("../../deploy/Caddyfile").contains(&address), "{address}");
        assert!(readme.contains(&metrics) && readme.contains(&format!("http://{address}/bereit")), "{metrics}");
    }
}

#[test]
fn one_of_two_instances_may_die_without_anybody_noticing() {
    let Some(nginx) = program(&["nginx", "/usr/sbin/nginx"]) else { return missing("nginx").unwrap_or_default() };
    let dir = tempfile::tempdir().unwrap();
    let public = ["--public-address", "https://lotse.example"];
    let (first, second) = (Running::with(&public), Running::with(&public));
    let (_proxy, address) = proxy(dir.path(), Path::new(&nginx), &[first.address, second.address]);

    let answers = SOCIAL_WORKER.join("&");
    let day = "datum=2026-11-22";
    let addresses: Vec<String> = ["/blatt", "/blatt.txt", "/blatt.json", "/blatt.ics", "/beratung", "/arbeitgeber"]
        .iter()
        .map(|path| format!("{path}?{answers}&{day}"))
        .chain(["/", "/regeln", "/b/HALLO/qr.svg"].map(str::to_owned))
        .collect();
    let calm: Vec<Answer> = addresses.iter().map(|path| get(first.address, path)).collect();
    for (path, calm) in addresses.iter().zip(&calm) {
        assert_eq!(calm.status, 200, "{path}");
        assert_eq!(*calm, get(second.address, path), "the same from both: {path}");
        assert_eq!(seen(calm), seen(&get(address, path)), "and through the proxy: {path}");
    }

    // One dies at once, without a farewell, while everybody asks.
    let mut dies = Some(first);
    std::thread::scope(|visitors| {
        let visits: Vec<_> = (0..4)
            .map(|start| {
                let (addresses, calm) = (&addresses, &calm);
                visitors.spawn(move || {
                    for turn in 0..100 {
                        let at = (start + turn) % addresses.len();
                        let answer = get(address, &addresses[at]);
                        assert_eq!(seen(&answer), seen(&calm[at]), "{}", addresses[at]);
                    }
                })
            })
            .collect();
        while visits.iter().any(|visit| !visit.is_finished()) {
            std::thread::sleep(std::time::Duration::from_millis(100));
            drop(dies.take());
        }
    });
    assert!(dies.is_none(), "one died while everybody asked");

    // What the proxy has written down.
    let short = calm[0].body.replace("&#x2f;", "/");
    let short = short.split("https://lotse.example/b/").nth(1).unwrap().split(['<', '"']).next().unwrap().to_owned();
    assert_eq!(get(address, &format!("/b/{short}")).status, 303);
    // As mail programs and people mangle addresses on the way.
    let (capitals, encoded) = (short.to_uppercase(), format!("%2Fb%2F{short}"));
    for mangled in [
        "/blatt%3Fgoal=kita&district=05515".to_owned(),
        format!("/B/{capitals}"),
        encoded,
        format!("//b/{short}"),
        format!("/b%5C{short}"),
    ] {
        get(address, &mangled);
    }
    get(address, "/quellen");
    let written = || {
        let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap_or_default();
        read("lotse.log") + &read("lotse-error.log")
    };
    let mut log = written();
    while !(log.contains(" /b/ 303") && log.contains(" /quellen ")) {
        std::thread::sleep(std::time::Duration::from_millis(50));
        log = written();
    }
    assert!(log.contains(" /blatt 200"), "the kind of page is written: {log:.500}");
    for secret in ["goal=", "social-work", "127.0.0.1", "05515", &short, &capitals, "HALLO"] {
        assert!(!log.contains(secret), "{secret} is written down: {log:.500}");
    }
}
