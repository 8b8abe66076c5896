use std::process::ExitCode;

use super::{DateArg, Failure, RulesArg, known_language, print};
use crate::language::Lang;
use crate::web::render_book;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    date: DateArg,
    /// Language of the book
    #[arg(long, default_value = "de")]
    lang: String,
    /// Language to stand beside it: de, the one that counts
    #[arg(long, value_name = "LANG", value_parser = ["de"])]
    beside: Option<String>,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        let lang = known_language(&rulebook, &self.lang)?;
        if self.beside.is_some() && lang.is_german() {
            let other = rulebook.languages.iter().find(|lang| !lang.is_german()).map_or("uk", Lang::code);
            return Err(Failure::Answers(format!(
                "German does not stand beside itself; name the other language too: --lang {other} --beside de"
            )));
        }
        print(&render_book(rulebook, self.date.day(), &lang, self.beside.is_some()));
        Ok(ExitCode::SUCCESS)
    }
}
