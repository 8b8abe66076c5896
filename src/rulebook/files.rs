//! The files of a rulebook, from the program itself or from a directory.

use std::io;
use std::path::{Path, PathBuf};

use crate::source::Files;

/// The rules the program was built with.
#[derive(rust_embed::RustEmbed)]
#[folder = "rules/"]
#[include = "*.yaml"]
struct Shipped;

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
    /// Nothing that looks like a rulebook.
    #[error("there is no rulebook.yaml in {}; give a directory laid out like rules/ with --rules", dir.display())]
    NoRulebook {
        /// The directory.
        dir: PathBuf,
    },
}

/// The shipped rules.
pub fn read_embedded() -> Files {
    let mut files = Files::default();
    let mut names: Vec<_> = Shipped::iter().collect();
    names.sort();
    for name in names {
        if let Some(file) = Shipped::get(&name) {
            files.add_bytes(name.as_ref(), file.data.into_owned());
        }
    }
    files
}

/// All `.yaml` files below a directory, sorted by name. A `.yml` file comes along, so that somebody says it is misnamed.
///
/// # Errors
/// If the directory or a file cannot be read, or there is no `rulebook.yaml` in it.
pub fn read_dir(dir: &Path) -> Result<Files, LoadError> {
    let mut names = Vec::new();
    collect(dir, dir, &mut names)?;
    names.sort();
    let mut files = Files::default();
    for name in names {
        let path = dir.join(&name);
        let bytes = std::fs::read(&path).map_err(|cause| LoadError::Unreadable { dir: path.clone(), cause })?;
        files.add_bytes(name, bytes);
    }
    if !files.iter().any(|(_, file)| file.name == "rulebook.yaml") {
        return Err(LoadError::NoRulebook { dir: dir.to_owned() });
    }
    Ok(files)
}

fn collect(root: &Path, dir: &Path, names: &mut Vec<String>) -> Result<(), LoadError> {
    let unreadable = |cause| LoadError::Unreadable { dir: dir.to_owned(), cause };
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            collect(root, &path, names)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
            && let Ok(below) = path.strip_prefix(root)
        {
            names.push(below.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
