//! How a sheet on paper is found again: by its short address, typed or photographed.

use serde::Serialize;

use crate::interview::Answers;
use crate::web::short;
use crate::web::visit::Visit;

/// How a sheet on paper is found again.
#[derive(Default, Serialize)]
pub struct FoundAgain {
    /// Its short address.
    here: String,
    /// Address of the QR code, unless the visitor wants none.
    pub qr: Option<String>,
}

impl FoundAgain {
    /// What is kept on paper is the sheet that is shown: today's, unless somebody looks at an old one.
    pub fn of(visit: &Visit, answers: &Answers) -> Self {
        let short =
            short::path(&visit.link.lang, &short::write(&visit.rulebook, answers, visit.date, visit.came_on(answers)));
        Self {
            here: format!("{}{short}", visit.site.origin()),
            qr: (!visit.link.without_qr).then(|| format!("{short}/qr.svg")),
        }
    }
}
