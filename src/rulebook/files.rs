//! The files of a rulebook, from the program itself or from a directory.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::language::Lang;
use crate::source::{self, Bundle, Content, Files, Packed};

/// Many times what rules need, and little for the machine: a folder given by mistake is refused before it fills memory.
const MOST_FILES: usize = 10_000;
const LONGEST_FILE: u64 = 4 * 1024 * 1024;
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const DEEPEST: usize = 16;

/// The rules the program was built with, while it is being worked on: read from the disk, so that who changes them need not
/// compile.
#[derive(rust_embed::RustEmbed)]
#[folder = "rules/"]
#[cfg_attr(packed, exclude = "*")]
#[cfg_attr(not(packed), include = "*.yaml", include = "*.po")]
struct Shipped;

// The rules of the finished program, as `build.rs` packs them; none while everything is read from the disk.
include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// A packed file: its name; its bundle, and from where to where its text stands there.
type PackedFile = (&'static str, usize, [usize; 2]);

/// Where the catalogues of other languages lie.
pub const CATALOGUES: &str = "lang/";

/// The line of a catalogue's header that says whether its language is offered to visitors.
pub const OFFERED: &str = "X-Lotse-Offered";

/// The line of a catalogue's header with the name of the language in the language itself.
pub const OWN_NAME: &str = "X-Lotse-Own-Name";

/// The catalogue of a language.
pub fn catalogue_name(lang: &Lang) -> String {
    format!("{CATALOGUES}{}.po", lang.code())
}

/// Why a directory of rules could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No such directory, or not readable.
    #[error("cannot read the rules in {}: {cause}; give a directory laid out like rules/ with --rules", dir.display())]
    Unreadable {
        /// The path that could not be read.
        dir: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The operator's file of places, not there or not readable.
    #[error("cannot read {}: {cause}; --local takes a file like those in rules/local/", path.display())]
    Local {
        /// The path that could not be read.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Something that no rules would be.
    #[error("{path} is not read: {why}")]
    Refused {
        /// What is not read, without control characters.
        path: String,
        /// What is odd about it.
        why: &'static str,
    },
    /// Nothing that looks like a rulebook.
    #[error("there is no rulebook.yaml in {}; give a directory laid out like rules/ with --rules", dir.display())]
    NoRulebook {
        /// The directory.
        dir: PathBuf,
    },
}

/// The shipped rules.
pub fn read_embedded() -> Files {
    embedded(|_| true)
}

/// Those of the shipped rules whose names are wanted.
pub fn embedded(wanted: impl Fn(&str) -> bool) -> Files {
    let mut files: Files = PACKED.iter().filter(|(name, ..)| wanted(name)).map(packed).collect();
    let shipped = Shipped::iter().filter(|name| wanted(name));
    let (mut rules, mut catalogues): (Vec<_>, Vec<_>) = shipped.partition(|name| name.ends_with(".yaml"));
    rules.sort();
    catalogues.sort();
    for name in rules.into_iter().chain(catalogues) {
        if let Some(file) = Shipped::get(&name) {
            files.add_bytes(name.as_ref(), file.data.into_owned());
        }
    }
    files
}

fn packed((name, bundle, [start, end]): &PackedFile) -> source::File {
    let text = Content::Packed(Packed { bundle: &BUNDLES[*bundle], start: *start, end: *end });
    source::File { name: (*name).to_owned(), text, not_text: None }
}

/// All `.yaml` files and the catalogues below a directory, sorted by name. A `.yml` file comes along, so that somebody says it is misnamed.
/// Names with a dot in front are left alone: they belong to whoever put the files there. Links may lead anywhere within
/// the directory, never out of it.
///
/// # Errors
/// If the directory or a file cannot be read or holds too much, or there is no `rulebook.yaml` in it.
pub fn read_dir(dir: &Path) -> Result<Files, LoadError> {
    let root = dir.canonicalize().map_err(|cause| LoadError::Unreadable { dir: dir.to_owned(), cause })?;
    let mut walk = Walk { root: root.clone(), around: vec![root], names: Vec::new() };
    walk.collect(dir, "")?;
    walk.names.sort();
    let mut files = Files::default();
    let mut bytes_left = MOST_BYTES;
    for name in walk.names {
        let path = dir.join(&name);
        let unreadable = |cause| LoadError::Unreadable { dir: path.clone(), cause };
        let longest = LONGEST_FILE.min(bytes_left);
        let mut bytes = Vec::new();
        File::open(&path).map_err(unreadable)?.take(longest + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        let length = bytes.len() as u64;
        if length > longest {
            return Err(refused(&path, "it is longer than rules are"));
        }
        bytes_left -= length;
        files.add_bytes(name, bytes);
    }
    if !files.iter().any(|(_, file)| file.name == "rulebook.yaml") {
        return Err(LoadError::NoRulebook { dir: dir.to_owned() });
    }
    Ok(files)
}

/// An operator's own file of places, behind all others, so that what it says of a place counts.
///
/// # Errors
/// If it cannot be read or is longer than any such file.
pub fn read_local(files: &mut Files, path: &Path) -> Result<(), LoadError> {
    let unreadable = |cause| LoadError::Local { path: path.to_owned(), cause };
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(LONGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LONGEST_FILE {
        return Err(refused(path, "it is longer than a file of places is"));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    files.add_bytes(format!("local/{name}"), bytes);
    Ok(())
}

/// One way through a directory.
struct Walk {
    /// Where it began, with all links followed.
    root: PathBuf,
    /// The directories it stands in, from the root down: a link back to one of them would never end.
    around: Vec<PathBuf>,
    names: Vec<String>,
}

impl Walk {
    fn collect(&mut self, dir: &Path, below: &str) -> Result<(), LoadError> {
        let unreadable = |cause| LoadError::Unreadable { dir: dir.to_owned(), cause };
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.starts_with('.') {
                continue;
            }
            let ours = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml" || ending == "po");
            let real = match path.canonicalize() {
                Ok(real) => real,
                Err(cause) if ours => return Err(LoadError::Unreadable { dir: path, cause }),
                Err(_) => continue,
            };
            let is_dir = real.is_dir();
            if !is_dir && !ours {
                continue;
            }
            if !real.starts_with(&self.root) {
                return Err(refused(&path, "it is a link that leads out of the directory"));
            }
            if name.chars().any(char::is_control) {
                return Err(refused(&path, "its name holds a control character"));
            }
            let below = if below.is_empty() { name } else { format!("{below}/{name}") };
            if is_dir {
                if self.around.len() > DEEPEST {
                    return Err(refused(&path, "it lies deeper than rules do"));
                }
                if !self.around.contains(&real) {
                    self.around.push(real);
                    self.collect(&path, &below)?;
                    self.around.pop();
                }
            } else if !real.is_file() {
                return Err(refused(&path, "it is no regular file"));
            } else if self.names.len() == MOST_FILES {
                return Err(refused(&self.root, "it holds more files than rules have"));
            } else {
                self.names.push(below);
            }
        }
        Ok(())
    }
}

fn refused(path: &Path, why: &'static str) -> LoadError {
    LoadError::Refused { path: path.to_string_lossy().replace(char::is_control, "\u{fffd}"), why }
}
