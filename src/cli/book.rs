use std::process::ExitCode;

use super::{DateArg, Failure, RulesArg, known_language, print};
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
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        let lang = known_language(&rulebook, &self.lang)?;
        print(&render_book(rulebook, self.date.day(), &lang));
        Ok(ExitCode::SUCCESS)
    }
}
