//! An operator sets the server up by flags, by the environment or by one file, and hears of every slip.

use std::process::Stdio;

use crate::support::{Running, complained, get, lotse, printed, program};

/// The address that stands on a sheet.
fn printed_address(running: &Running) -> String {
    let page = get(running.address, "/blatt?goal=kita").body.replace("&#x2f;", "/");
    let origin =
        page.split("https://").skip(1).find_map(|rest| rest.split_once("/b/").filter(|(host, _)| !host.contains('<')));
    format!("https://{}", origin.expect("a short address").0)
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("lotse.yaml");
    std::fs::write(
        &file,
        "listen: 127.0.0.1:0\npublic_address: https://file.example\ncount: true\noperator:\n  name: Amt am Ort\n",
    )
    .unwrap();
    let started = |environment: Option<&str>, flag: Option<&str>| {
        let mut command = program();
        command.arg("serve").env("LOTSE_CONFIG", &file).stderr(Stdio::null());
        command.envs(environment.map(|value| ("LOTSE_PUBLIC_ADDRESS", value)));
        command.args(flag.map(|value| ["--public-address", value]).iter().flatten());
        Running::started(command)
    };
    let by_file = started(None, None);
    assert_eq!(printed_address(&by_file), "https://file.example");
    assert!(get(by_file.address, "/impressum").body.contains("Amt am Ort"));
    assert_eq!(get(by_file.address, "/zahlen").status, 200);
    assert_eq!(printed_address(&started(Some("https://environment.example"), None)), "https://environment.example");
    let by_flag = started(Some("https://environment.example"), Some("https://flag.example"));
    assert_eq!(printed_address(&by_flag), "https://flag.example");
}

#[test]
fn the_shipped_example_names_every_setting_and_is_understood() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/lotse.yaml");
    let running = Running::with(&["--config", example]);
    assert_eq!(printed_address(&running), "https://lotse.example");
    let text = std::fs::read_to_string(example).unwrap();
    let help = printed(&lotse(&["serve", "--help"]));
    let flags = help.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
    let mut count = 0;
    for flag in flags.filter_map(|flag| flag.split([' ', '=', '[', '.']).next()).filter(|flag| *flag != "config") {
        count += 1;
        assert!(text.contains(&format!("{}:", flag.replace('-', "_"))), "{flag} is not in the example");
    }
    assert!(count >= 8, "{help}");
    // What is commented out is understood as well.
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("lotse.yaml");
    let setting = |line: &str| {
        line.trim_start().strip_prefix("# ").is_some_and(|rest| {
            rest.split(' ').next().is_some_and(|word| word.ends_with(':') && word == word.to_lowercase())
        })
    };
    let uncommented: Vec<String> =
        text.lines().map(|line| if setting(line) { line.replacen("# ", "", 1) } else { line.to_owned() }).collect();
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let local = dir.path().join("local.yaml");
    std::fs::write(&local, "of: district\nplaces: {}\n").unwrap();
    let here = uncommented
        .join("\n")
        .replace("/srv/lotse/rules", rules)
        .replace("/srv/lotse/local.yaml", local.to_str().unwrap())
        .replace("127.0.0.1:9090", "127.0.0.1:0");
    std::fs::write(&whole, here).unwrap();
    let running = Running::with(&["--config", whole.to_str().unwrap()]);
    assert!(get(running.address, "/.well-known/security.txt").body.contains("Expires: 2027-06-30"));
    let page = get(running.address, "/impressum").body.replace("&#x2f;", "/");
    let colours =
        page.split('"').find(|part| part.starts_with("/assets/colours.css?")).expect("the operator's colours");
    let colours = get(running.address, colours);
    assert!(colours.body.contains("--lead: #0d4a59") && colours.body.contains("--lead: #86d0de"), "{}", colours.body);
    assert!(colours.header("cache-control").is_some_and(|keeping| keeping.contains("immutable")));
}

#[test]
fn a_slip_in_the_settings_is_shown_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("lotse.yaml");
    for (written, says) in [
        ("listen: 127.0.0.1:0\npublik_address: https://a.example\n", "publik_address"),
        ("public_address: javascript:alert(1)\n", "https://lotse.example"),
        ("listen: somewhere\n", "lotse.yaml:1"),
        ("operator:\n  nmae: x\n", "nmae"),
        ("accent: red\n", "#0d4a59"),
        ("accent: \"#ffcc00\"\n", "at least 3 to 1"),
        ("accent: \"#9a1b1b\"\naccent_text: \"#d08080\"\n", "at least 4.5 to 1"),
    ] {
        std::fs::write(&file, written).unwrap();
        let output = lotse(&["serve", "--config", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{written}");
        assert!(complained(&output).contains(says), "{written}: {}", complained(&output));
    }
    let output = program().arg("serve").env("LOTSE_LISTEN", "somewhere").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("LOTSE_LISTEN"), "{}", complained(&output));
    let output = lotse(&["serve", "--watch"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("--rules"), "{}", complained(&output));
}
