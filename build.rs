//! Packs the rules for the finished program, to an eighth of their size. While the program is being worked on they are read from
//! the disk, and nothing is packed: whoever writes or translates rules need not compile.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(packed)");
    let mut packed = Packed { out: PathBuf::from(std::env::var("OUT_DIR")?), ..Packed::default() };
    if std::env::var("PROFILE")? == "release" {
        println!("cargo::rustc-cfg=packed");
        println!("cargo::rerun-if-changed=rules");
        packed.pack()?;
    }
    packed.write()
}

/// What was packed so far.
#[derive(Default)]
struct Packed {
    out: PathBuf,
    bundles: String,
    files: String,
    count: usize,
}

impl Packed {
    fn pack(&mut self) -> Result<(), Box<dyn Error>> {
        let mut names = Vec::new();
        collect(Path::new("rules"), "", &mut names)?;
        names.sort();
        let (rules, catalogues): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| name.ends_with(".yaml"));
        // Earlier states are read when somebody asks for one, all of them together; a language when somebody reads it.
        let (released, today): (Vec<String>, Vec<String>) =
            rules.into_iter().partition(|name| name.starts_with("released/"));
        let mut bundled = Vec::new();
        for bundle in [released, today].into_iter().chain(catalogues.iter().map(|name| vec![name.clone()])) {
            bundled.extend(self.bundle(&bundle)?);
        }
        // All files in one order, whichever bundle they are in.
        bundled.sort_by_key(|(name, _)| (name.ends_with(".po"), name.clone()));
        bundled.iter().try_for_each(|(name, place)| writeln!(self.files, "({name:?}, {place}),"))?;
        Ok(())
    }

    /// Packs files together; gives each with its place.
    fn bundle(&mut self, names: &[String]) -> Result<Vec<(String, String)>, Box<dyn Error>> {
        let mut whole = String::new();
        let mut places = Vec::new();
        for name in names {
            let text = fs::read_to_string(Path::new("rules").join(name))?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let start = whole.len();
            whole.push_str(text);
            let place = format!("{}, [{start}, {}]", self.count, whole.len());
            places.push((name.clone(), place));
        }
        let packed = self.out.join(format!("{}.gz", self.count));
        // Without name and time: the same rules give the same bytes.
        let mut gzip = GzBuilder::new().write(File::create(&packed)?, Compression::best());
        gzip.write_all(whole.as_bytes())?;
        gzip.finish()?;
        writeln!(self.bundles, "Bundle::new(include_bytes!({packed:?})),")?;
        self.count += 1;
        Ok(places)
    }

    fn write(self) -> Result<(), Box<dyn Error>> {
        let Self { out, bundles, files, count } = self;
        let list = format!(
            "static BUNDLES: [Bundle; {count}] = [\n{bundles}];\n\
             const PACKED: &[PackedFile] = &[\n{files}];\n"
        );
        Ok(fs::write(out.join("rules.rs"), list)?)
    }
}

/// The names of all rules and catalogues below a directory.
fn collect(dir: &Path, below: &str, names: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if name.ends_with(".yaml") || name.ends_with(".po") {
            names.push(name);
        }
    }
    Ok(())
}
