use std::process::ExitCode;

use super::{Failure, print};
use crate::diagnostic::Code;

#[derive(clap::Args)]
pub struct Args {
    /// The code, for instance E012; all codes if left out
    code: Option<String>,
}

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let Some(written) = self.code else {
            for code in Code::ALL {
                print(&format!("{}\n", code.title()));
            }
            return Ok(ExitCode::SUCCESS);
        };
        match Code::of(&written) {
            Some(code) => {
                print(code.page());
                Ok(ExitCode::SUCCESS)
            }
            None => Err(Failure::Code { meant: Code::meant(&written).map(|code| code.to_string()), code: written }),
        }
    }
}
