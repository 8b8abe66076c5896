use std::process::ExitCode;

use super::{Failure, PersonArg, known_language, print, read_answers};
use crate::interview::{consistent, evaluate};
use crate::picture::in_json;
use crate::sheet::{EmployerFile, compose};
use crate::web::short_code;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: PersonArg,
    /// Language of the page
    #[arg(long, default_value = "de")]
    lang: String,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.person.rules.sound()?;
        let lang = known_language(&rulebook, &self.lang)?;
        let answers = consistent(&rulebook, &read_answers(&rulebook, &self.person.answers)?).0;
        let date = self.person.date.day();
        let evaluation = evaluate(&rulebook, &answers, date);
        let sheet = compose(&rulebook, &answers, &evaluation, date, &lang);
        let Some(page) = &sheet.employer_page else {
            return Err(Failure::Answers("for these answers no way goes through an employer's file".to_owned()));
        };
        let file = EmployerFile::of(&sheet, page, short_code(&rulebook, &page.answers, date, None));
        print(&(serde_json::to_string_pretty(&in_json(&file, &lang)).unwrap_or_default() + "\n"));
        Ok(ExitCode::SUCCESS)
    }
}
