use std::process::ExitCode;

use clap::ValueEnum;

use super::{Failure, RulesArg, print};
use crate::diagnostic::nearest;
use crate::language::Lang;
use crate::picture::{in_text, outline, svg};
use crate::rulebook::{Id, Pathway, Rulebook};

/// A pathway as a drawing or as an outline.
#[derive(clap::Args)]
pub struct Args {
    /// The pathway; all of them if left out (outlines only)
    pathway: Option<String>,
    #[command(flatten)]
    rules: RulesArg,
    /// A drawing, or an outline to read and to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Svg,
    Text,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        let lang = Lang::german();
        let pathways: Vec<Id<Pathway>> = match &self.pathway {
            Some(name) => vec![find(&rulebook, name)?],
            None if matches!(self.format, Format::Svg) => {
                return Err(Failure::Answers(
                    "a drawing shows one pathway; name it, as in `lotse graph kita-degree --format svg`".to_owned(),
                ));
            }
            None => rulebook.pathways.ids().collect(),
        };
        for pathway in pathways {
            let outline = outline(&rulebook, &lang, pathway);
            print(&match self.format {
                Format::Svg => svg(&outline, rulebook.word(&lang, "rules.picture-desc")),
                Format::Text => in_text(&rulebook, &lang, &outline) + "\n",
            });
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn find(rulebook: &Rulebook, name: &str) -> Result<Id<Pathway>, Failure> {
    rulebook.pathways.id(name).ok_or_else(|| {
        let hint = nearest(name, rulebook.pathways.names())
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        Failure::Answers(format!("there is no pathway `{name}`{hint}"))
    })
}
