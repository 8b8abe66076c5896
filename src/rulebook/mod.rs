//! The rules, known to be sound: read, checked, compiled, immutable.
//!
//! [`Rulebook::embedded`] and [`Rulebook::from_dir`] read all files, report every fault at once, and give a value in
//! which ids are small indices and nothing dangles. Behind this door nothing is checked twice.

mod compile;
mod fault;
mod files;
mod model;
mod registry;
pub mod released;
mod stretches;

pub use files::{CATALOGUES, LoadError, OFFERED, OWN_NAME, catalogue_name, read_dir, read_embedded, read_local};
pub use model::*;
pub use registry::{Id, Registry, ValueSet};
pub use released::Released;
pub use stretches::{Stretch, YEARS_AHEAD, stretches, turnings};

use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Files;

/// What loading gives: the rulebook if it is sound, and everything there is to say about it.
#[derive(Debug)]
pub struct Loaded {
    /// The rulebook, if no error was found.
    pub rulebook: Option<Rulebook>,
    /// Errors and warnings, in the order of files and lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The files, to show the lines the diagnostics speak of.
    pub files: Files,
}

impl Rulebook {
    /// The rulebook built into the program.
    pub fn embedded() -> Loaded {
        Self::load(read_embedded())
    }

    /// The rulebook in a directory laid out like `rules/`.
    ///
    /// # Errors
    /// If the directory cannot be read at all. Faults in the files are diagnostics, not errors.
    pub fn from_dir(dir: &Path) -> Result<Loaded, LoadError> {
        read_dir(dir).map(Self::load)
    }

    /// The same without `register.yaml`: before editors mend the register they want to see what a change does to people.
    pub fn load_unregistered(files: &Files) -> Loaded {
        Self::load(
            files.iter().filter(|(_, file)| file.name != released::REGISTER).map(|(_, file)| file.clone()).collect(),
        )
    }

    /// The same for an earlier state of the rules: it may hold words of the wizard that this program looks up no more, or lack
    /// some. They tell nobody what is possible, so it borrows those of `words` then, as released states do.
    pub fn load_earlier(files: &Files, words: &Files) -> Loaded {
        let loaded = Self::load_unregistered(files);
        if loaded.rulebook.is_some() {
            return loaded;
        }
        let own = files.iter().filter(|(_, file)| file.name != released::INTERFACE);
        let borrowed = words.iter().filter(|(_, file)| file.name == released::INTERFACE);
        Self::load_unregistered(&own.chain(borrowed).map(|(_, file)| file.clone()).collect())
    }

    /// Compiles files that were read.
    pub fn load(files: Files) -> Loaded {
        let (rulebook, mut diagnostics) = compile::compile(&files);
        diagnostics.sort_by_key(|found| (found.place.span, std::cmp::Reverse(found.severity()), found.code));
        let rulebook = rulebook.map(|rulebook| Rulebook { released: Released::of(&files), ..rulebook });
        let sound = diagnostics.iter().all(|found| found.severity() < Severity::Error);
        Loaded { rulebook: rulebook.filter(|_| sound), diagnostics, files }
    }
}
