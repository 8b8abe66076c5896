use std::process::ExitCode;

use super::{Failure, print};
use crate::check::codes;

#[derive(clap::Args)]
pub struct Args {
    /// The code, for instance E012; all codes if left out
    code: Option<String>,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let Some(code) = self.code else {
            for code in codes::all() {
                print(&format!("{}\n", codes::title(&code).unwrap_or(code)));
            }
            return Ok(ExitCode::SUCCESS);
        };
        match codes::page(&code) {
            Some(page) => {
                print(&page);
                Ok(ExitCode::SUCCESS)
            }
            None => Err(Failure::Code { meant: codes::meant(&code), code }),
        }
    }
}
