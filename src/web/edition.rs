//! The rules on a day, and what depends on nothing else and is therefore worked out once.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::civil::Date;

use super::blank::Forms;
use super::stored::Shelf;
use crate::check::{self, CaseReport};
use crate::proof::{Certificate, certify};
use crate::rulebook::Rulebook;
use crate::translation::{Coverage, Sight, coverage};

/// Rules in force on a day. Swapped whole when the rules are read again or the day changes.
pub struct Edition {
    pub rulebook: Arc<Rulebook>,
    pub day: Date,
    /// Answers that nobody's answers change.
    pub shelf: Shelf,
    /// Question pages without what they owe to a visit.
    pub forms: Forms,
    proved: OnceLock<Proved>,
    covered: OnceLock<Vec<Coverage>>,
}

/// How long a visitor waits for what is worked out once before the page says that it is under way.
const PATIENCE: Duration = Duration::from_secs(4);

/// What is proved about all answers, and what the cases show.
pub struct Proved {
    pub certificate: Certificate,
    pub cases: CaseReport,
}

impl Edition {
    pub fn new(rulebook: Arc<Rulebook>, day: Date) -> Self {
        Self {
            rulebook,
            day,
            shelf: Shelf::default(),
            forms: Forms::default(),
            proved: OnceLock::new(),
            covered: OnceLock::new(),
        }
    }

    /// Works something out once, off the threads that answer. Whoever asks meanwhile does not wait long: it goes on, and is
    /// there the next time.
    pub async fn work_out(self: &Arc<Self>, what: fn(&Self)) {
        let edition = Arc::clone(self);
        let working = tokio::task::spawn_blocking(move || what(&edition));
        if let Ok(Err(error)) = tokio::time::timeout(PATIENCE, working).await {
            tracing::error!("what is worked out once broke: {error}");
        }
    }

    /// What is proved. The first time it keeps a processor busy for a while; call it where waiting is no harm.
    pub fn proved(&self) -> &Proved {
        self.proved.get_or_init(|| Proved {
            certificate: certify(&self.rulebook, self.day),
            cases: check::cases(&self.rulebook, self.day),
        })
    }

    /// The same, if it has been worked out.
    pub fn proved_already(&self) -> Option<&Proved> {
        self.proved.get()
    }

    /// What each language besides German says of what people see. The first time it composes a sheet for each Musterfall.
    pub fn covered(&self) -> &[Coverage] {
        self.covered.get_or_init(|| {
            let sight = Sight::of(&self.rulebook);
            let others = self.rulebook.languages.iter().filter(|lang| !lang.is_german());
            others.map(|lang| coverage(&self.rulebook, lang, &sight)).collect()
        })
    }

    /// The same, if it has been worked out.
    pub fn covered_already(&self) -> Option<&[Coverage]> {
        self.covered.get().map(Vec::as_slice)
    }
}
