use std::path::PathBuf;
use std::process::ExitCode;

use schemars::generate::{SchemaGenerator, SchemaSettings};

use super::{Failure, print};
use crate::change::Change;
use crate::diagnostic::nearest;
use crate::format;
use crate::interview::Explanation;
use crate::opendata::{LogicRules, WholeRulebook};
use crate::report::{Checked, Links};
use crate::sheet::{EmployerFile, Sheet};

#[derive(clap::Args)]
pub struct Args {
    /// `rules` for any file of a rulebook, one kind of file, or an output: explain, sheet, employer-page, rulebook-export,
    /// json-logic, change (of diff and affected), check, links
    #[arg(default_value = "rules")]
    what: String,
    /// Writes one file per kind into a directory instead, as in rules/schema
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// Draft 7 is what YAML language servers read.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft07().into_generator()
}

/// For what the program writes: a field it may leave out is not required.
fn of_output<T: schemars::JsonSchema>() -> schemars::Schema {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Every schema by name: the kinds of files, then the outputs that other programs may rely on.
fn all() -> Vec<(&'static str, schemars::Schema)> {
    let mut all: Vec<_> = format::kinds().into_iter().map(|kind| (kind.name, (kind.schema)(generator()))).collect();
    all.push(("explain", of_output::<Explanation>()));
    all.push(("sheet", of_output::<Sheet>()));
    all.push(("employer-page", of_output::<EmployerFile<'_>>()));
    all.push(("rulebook-export", of_output::<WholeRulebook>()));
    all.push(("json-logic", of_output::<LogicRules>()));
    all.push(("change", of_output::<Change>()));
    all.push(("check", of_output::<Checked<'_>>()));
    all.push(("links", of_output::<Links<'_>>()));
    all
}

fn pretty(schema: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        if let Some(dir) = &self.write {
            return write(dir);
        }
        if self.what == "rules" {
            print(&pretty(&format::any_kind(generator())));
            return Ok(ExitCode::SUCCESS);
        }
        let all = all();
        match all.iter().find(|(name, _)| *name == self.what) {
            Some((_, schema)) => {
                print(&pretty(schema));
                Ok(ExitCode::SUCCESS)
            }
            None => {
                let known = || std::iter::once("rules").chain(all.iter().map(|(name, _)| *name));
                let hint = nearest(&self.what, known())
                    .map_or_else(|| known().collect::<Vec<_>>().join(", "), |name| format!("did you mean `{name}`?"));
                Err(Failure::Answers(format!("there is no schema `{}`; {hint}", self.what)))
            }
        }
    }
}

fn write(dir: &std::path::Path) -> Result<ExitCode, Failure> {
    let failure = |path: &std::path::Path| {
        let path = path.display().to_string();
        move |cause| Failure::File { path, cause }
    };
    std::fs::create_dir_all(dir).map_err(failure(dir))?;
    for (name, schema) in all() {
        let file = dir.join(format!("{name}.json"));
        std::fs::write(&file, pretty(&schema)).map_err(failure(&file))?;
    }
    Ok(ExitCode::SUCCESS)
}
