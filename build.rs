//! Packs the catalogues of other languages for the finished program, to a fifth of their size. While the program is being worked
//! on they are read from the disk like all rules, and nothing is packed: whoever translates need not compile.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

/// Where catalogues lie: today's, and what earlier states say beyond them.
const HOMES: [&str; 2] = ["lang", "released/lang"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(packed)");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut list = "&[\n".to_owned();
    if std::env::var("PROFILE")? == "release" {
        println!("cargo::rustc-cfg=packed");
        // A directory that is not there yet would count as changed on every build.
        println!("cargo::rerun-if-changed=rules/lang");
        println!("cargo::rerun-if-changed=rules/released");
        for home in HOMES {
            pack(home, &out, &mut list)?;
        }
    }
    list.push(']');
    Ok(fs::write(out.join("catalogues.rs"), list)?)
}

/// Packs what lies in a directory of the rules, and names it in the list.
fn pack(home: &str, out: &Path, list: &mut String) -> Result<(), Box<dyn Error>> {
    let dir = Path::new("rules").join(home);
    if !dir.exists() {
        return Ok(());
    }
    let mut names: Vec<String> = fs::read_dir(&dir)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_, std::io::Error>>()?;
    names.retain(|name| name.ends_with(".po"));
    names.sort();
    for name in names {
        let packed = out.join(format!("{home}/{name}.gz").replace('/', "."));
        // Without name and time: the same catalogues give the same bytes.
        let mut gzip = GzBuilder::new().write(File::create(&packed)?, Compression::best());
        gzip.write_all(&fs::read(dir.join(&name))?)?;
        gzip.finish()?;
        writeln!(list, "({:?}, include_bytes!({packed:?}).as_slice()),", format!("{home}/{name}"))?;
    }
    Ok(())
}
