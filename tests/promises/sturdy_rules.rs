//! Rules are renewed while the site runs, and whatever lies in their folder, the site goes on with what it has.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::{Running, complained, edit, get, lotse, printed, small};

impl Running {
    fn on(dir: &Path, more: &[&str]) -> Self {
        Self::with(&[&["--rules", dir.to_str().unwrap()], more].concat())
    }

    fn version(&self) -> String {
        let answer = get(self.address, "/blatt.json");
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        json["version"].as_str().unwrap().to_owned()
    }
}

fn version(dir: &Path) -> String {
    let head = fs::read_to_string(dir.join("rulebook.yaml")).unwrap();
    let line = head.lines().find_map(|line| line.strip_prefix("version:")).unwrap();
    line.trim().trim_matches('"').to_owned()
}

#[test]
fn a_file_replaced_by_one_with_an_older_time_is_noticed() {
    let dir = small();
    let old = version(dir.path());
    let head = dir.path().join("rulebook.yaml");
    let running = Running::on(dir.path(), &["--watch"]);
    assert_eq!(running.version(), old);
    let before = fs::metadata(&head).unwrap().modified().unwrap();
    edit(dir.path(), "rulebook.yaml", &old, "9999.1");
    fs::File::options().write(true).open(&head).unwrap().set_modified(before - Duration::from_secs(3_600)).unwrap();
    running.until("the new version", |running| running.version() == "9999.1");
}

#[test]
fn asked_to_the_rules_are_read_again_without_watching() {
    let dir = small();
    let old = version(dir.path());
    let running = Running::on(dir.path(), &[]);
    edit(dir.path(), "rulebook.yaml", &old, "9999.1");
    assert_eq!(running.version(), old);
    running.signal("-HUP");
    running.until("the new version", |running| running.version() == "9999.1");
}

#[test]
fn rules_that_are_faulty_stay_out_and_the_old_ones_stay_in() {
    let dir = small();
    let old = version(dir.path());
    let running = Running::on(dir.path(), &["--watch"]);
    edit(dir.path(), "pathways/kita.yaml", "standing:", "stnding:");
    running.says("the old ones stay in place");
    assert!(running.log().contains("stnding"), "the fault is named: {}", running.log());
    assert_eq!(running.version(), old);
    edit(dir.path(), "pathways/kita.yaml", "stnding:", "standing:");
    edit(dir.path(), "rulebook.yaml", &old, "9999.1");
    running.until("the mended version", |running| running.version() == "9999.1");
}

#[test]
fn whatever_is_put_among_the_rules_the_site_goes_on() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "root:x:secret-of-the-machine\n").unwrap();
    type Put = Box<dyn Fn(&Path)>;
    let odd: [(&str, Put); 6] = [
        (
            "no regular file",
            Box::new(|dir| {
                assert!(Command::new("mkfifo").arg(dir.join("pathways/pipe.yaml")).status().unwrap().success());
            }),
        ),
        ("leads out", Box::new(|dir| symlink("/dev/zero", dir.join("pathways/zero.yaml")).unwrap())),
        (
            "leads out",
            Box::new({
                let secret = outside.path().join("secret");
                move |dir| symlink(&secret, dir.join("pathways/secret.yaml")).unwrap()
            }),
        ),
        (
            "leads out",
            Box::new({
                let folder = outside.path().to_owned();
                move |dir| symlink(&folder, dir.join("pathways/folder")).unwrap()
            }),
        ),
        (
            "longer than rules are",
            Box::new(|dir| {
                fs::File::create(dir.join("pathways/endless.yaml")).unwrap().set_len(1 << 40).unwrap();
            }),
        ),
        ("control character", Box::new(|dir| fs::write(dir.join("pathways/a\u{1b}[31m\nb.yaml"), "a: b\n").unwrap())),
    ];
    for (says, put) in odd {
        let dir = small();
        let old = version(dir.path());
        let running = Running::on(dir.path(), &["--watch"]);
        put(dir.path());
        running.says(says);
        assert_eq!(running.version(), old);
        assert_eq!(get(running.address, "/").status, 200);
        assert!(!running.log().contains("secret-of-the-machine"), "{}", running.log());
        assert!(!running.log().contains('\u{1b}'), "{}", running.log());
        let checked = lotse(&["check", "--rules", dir.path().to_str().unwrap()]);
        let said = printed(&checked) + &complained(&checked);
        assert_eq!(checked.status.code(), Some(2), "{said}");
        assert!(said.contains(says) && !said.contains("secret-of-the-machine"), "{said}");
    }
}

#[test]
fn the_folder_as_a_cluster_mounts_it_is_read_once() {
    // rules/ ─ ..data → ..2026, rulebook.yaml → ..data/rulebook.yaml, pathways → ..data/pathways, …
    let (flat, dir) = (small(), tempfile::tempdir().unwrap());
    let state = dir.path().join("..2026_11_22");
    crate::support::copy(flat.path(), &state);
    symlink("..2026_11_22", dir.path().join("..data")).unwrap();
    for entry in fs::read_dir(&state).unwrap() {
        let name = entry.unwrap().file_name();
        symlink(Path::new("..data").join(&name), dir.path().join(&name)).unwrap();
    }
    // An editor's leftovers and a link in a circle are no rules either.
    fs::write(dir.path().join(".rulebook.yaml.swp.yaml"), "nonsense: [").unwrap();
    symlink(dir.path(), state.join("pathways/up")).unwrap();
    let old = version(dir.path());
    let running = Running::on(dir.path(), &["--watch"]);
    assert_eq!(running.version(), old);
    // The cluster renews all at once, by turning one link.
    let next = dir.path().join("..2026_11_23");
    crate::support::copy(flat.path(), &next);
    edit(&next, "rulebook.yaml", &old, "9999.1");
    symlink("..2026_11_23", dir.path().join("..new")).unwrap();
    fs::rename(dir.path().join("..new"), dir.path().join("..data")).unwrap();
    running.until("the new version", |running| running.version() == "9999.1");
}

#[test]
fn built_in_rules_are_not_ended_by_being_asked_for_again() {
    let mut running = Running::with(&[]);
    for _ in 0..3 {
        running.signal("-HUP");
        assert_eq!(get(running.address, "/bereit").status, 200);
    }
    running.says("built in");
    assert!(running.program.try_wait().unwrap().is_none());
}
