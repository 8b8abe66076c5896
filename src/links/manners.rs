use std::time::Duration;

/// How others are asked: few at once, not too often, not for long, and saying who asks.
#[derive(Debug)]
pub struct Manners {
    /// Machines that are asked at the same time. One machine is never asked twice at once.
    pub at_once: usize,
    /// Rest between two questions to one machine.
    pub pause: Duration,
    /// How long an answer is waited for, all redirects included.
    pub patience: Duration,
    /// How long the whole round may take; what was not asked by then is said.
    pub within: Duration,
    /// How often an address may lead on.
    pub redirects: usize,
    /// Where somebody who minds being asked can say so.
    pub contact: Option<String>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            at_once: 4,
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(20),
            within: Duration::from_secs(60 * 60),
            redirects: 10,
            contact: None,
        }
    }
}

impl Manners {
    /// What Lotse calls itself when it asks.
    pub(super) fn name(&self) -> String {
        let contact = self.contact.as_ref().map(|contact| format!("; {contact}")).unwrap_or_default();
        let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        format!("Lotse/{} (looks whether links still work{contact})", env!("CARGO_PKG_VERSION"))
    }
}
