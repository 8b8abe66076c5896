//! The checker of the HTML standard's own people, which knows far more rules than a parser, finds no fault.

use std::process::Command;

use crate::browser::{checker, missing, program};
use crate::html::pages;

#[test]
fn the_nu_checker_finds_no_error_on_any_page() {
    let (Some(java), jar) = (program(&["java"]), checker("vnu-jar/build/dist/vnu.jar")) else {
        return missing("Java").unwrap_or_default();
    };
    if !jar.is_file() {
        return missing("vnu-jar").unwrap_or_default();
    }
    let dir = tempfile::tempdir().unwrap();
    for (kind, _, answer) in pages() {
        let file = dir.path().join(kind.replace(' ', "-")).with_extension("html");
        std::fs::write(file, &answer.body).unwrap();
    }
    let output = Command::new(java)
        .arg("-jar")
        .arg(jar)
        .args(["--errors-only", "--skip-non-html"])
        .arg(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).replace(&*dir.path().to_string_lossy(), "");
    assert!(output.status.success(), "{said}");
}
