use std::process::ExitCode;

use clap::ValueEnum;

use super::{DateArg, Failure, RulesArg, known_language, print};
use crate::opendata::{Catalogue, LogicRules};
use crate::picture::in_json;

#[derive(clap::Args)]
pub struct Args {
    /// What to write
    #[arg(value_enum, default_value_t = What::Rulebook)]
    what: What,
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    date: DateArg,
    /// Language of the texts
    #[arg(long, default_value = "de")]
    lang: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// The whole rulebook as JSON; a stable interface, see `lotse schema rulebook-export`
    Rulebook,
    /// The rules of the day as JSON Logic, for any engine that knows it; see `lotse schema json-logic`
    JsonLogic,
    /// Offices as CSV
    Offices,
    /// Countries of training and what is looked up by them, as CSV
    Countries,
    /// Districts and what is looked up by them, as CSV
    Districts,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        let lang = known_language(&rulebook, &self.lang)?;
        let date = self.date.day();
        let catalogue = Catalogue::of(&rulebook, date, &lang);
        print(&match self.what {
            What::Rulebook => {
                serde_json::to_string_pretty(&in_json(&catalogue.whole(), &lang)).unwrap_or_default() + "\n"
            }
            What::JsonLogic => {
                serde_json::to_string_pretty(&LogicRules::of(&rulebook, date)).unwrap_or_default() + "\n"
            }
            What::Offices => catalogue.offices_table(),
            What::Countries => catalogue.countries_table(),
            What::Districts => catalogue.districts_table(),
        });
        Ok(ExitCode::SUCCESS)
    }
}
