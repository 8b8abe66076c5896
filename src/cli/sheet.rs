use std::process::ExitCode;

use clap::ValueEnum;

use super::{Failure, PersonArg, known_language, print, read_answers};
use crate::interview::{consistent, evaluate};
use crate::picture::{in_json, sheet_in_calendar, sheet_in_text};
use crate::sheet::compose;
use crate::since::tell_ahead;
use crate::web::render_sheet;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: PersonArg,
    /// Language of the sheet
    #[arg(long, default_value = "de")]
    lang: String,
    /// Form of the sheet; json is a stable interface, see `lotse schema sheet`
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Everything in full, in text and html; json always holds all of it
    #[arg(long)]
    full: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Ics,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.person.rules.sound()?;
        let lang = known_language(&rulebook, &self.lang)?;
        let answers = consistent(&rulebook, &read_answers(&rulebook, &self.person.answers)?).0;
        let date = self.person.date.day();
        let evaluation = evaluate(&rulebook, &answers, date);
        let mut sheet = compose(&rulebook, &answers, &evaluation, date, &lang);
        tell_ahead(&mut sheet, &rulebook, &answers, &evaluation, &lang);
        print(&match self.format {
            Format::Text => sheet_in_text(&rulebook, &sheet, self.full),
            Format::Json => serde_json::to_string_pretty(&in_json(&sheet, &lang)).unwrap_or_default() + "\n",
            Format::Ics => sheet_in_calendar(&rulebook, &sheet, None),
            Format::Html => render_sheet(rulebook, &sheet, &lang, self.full),
        });
        Ok(ExitCode::SUCCESS)
    }
}
