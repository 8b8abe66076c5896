use schemars::JsonSchema;
use serde::Serialize;

use super::Address;

/// What came of asking an address.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The address.
    pub address: Address,
    /// Where it led on to, in order.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub state: State,
}

/// A redirect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hop {
    /// The status it came with.
    pub status: u16,
    /// Where it led.
    pub to: String,
}

/// How asking ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A page came.
    Page,
    /// An answer with another status than that of a page.
    Status(u16),
    /// It led on too often, or back to where it had been.
    Circle,
    /// The name of the machine is not known.
    NoHost,
    /// Nobody takes the call there, or hangs up.
    Unreachable(String),
    /// No answer in time.
    Slow,
    /// The machine cannot show who it is.
    Certificate(String),
    /// What came is no answer of the web, or it led to what is none.
    Garbled(String),
    /// There was no time left to ask.
    NotAsked,
}

/// What that means for the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// There is no such page any more.
    Gone,
    /// There is no machine of that name any more.
    NoHost,
    /// It leads on without end.
    Circle,
    /// A browser warns before it shows the page.
    Certificate,
    /// The page stands somewhere else for good.
    Moved,
    /// Only the first page of the site, or of another, is left.
    FirstPage,
    /// Nobody answers there.
    Unreachable,
    /// It answers too late.
    Slow,
    /// The machine has a fault of its own.
    Trouble,
    /// It does not answer programs.
    Refused,
    /// What came cannot be read.
    Garbled,
    /// There was no time left to ask.
    NotAsked,
    /// The page came, by way of another address that may change.
    LedOn,
    /// The page came.
    Fine,
}

/// What an editor has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Leads nowhere: visitors are sent into the void.
    Mend,
    /// A person should look.
    Look,
    /// Nothing to do.
    Nothing,
}

impl Verdict {
    /// How much it matters.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Gone | Self::NoHost | Self::Circle | Self::Certificate => Urgency::Mend,
            Self::LedOn | Self::Fine => Urgency::Nothing,
            _ => Urgency::Look,
        }
    }
}

impl Asked {
    /// What it means.
    pub fn verdict(&self) -> Verdict {
        match &self.state {
            State::Page => self.of_a_page(),
            State::Status(404 | 410) => Verdict::Gone,
            State::Status(500..) => Verdict::Trouble,
            State::Status(_) => Verdict::Refused,
            State::Circle => Verdict::Circle,
            State::NoHost => Verdict::NoHost,
            State::Unreachable(_) => Verdict::Unreachable,
            State::Slow => Verdict::Slow,
            State::Certificate(_) => Verdict::Certificate,
            State::Garbled(_) => Verdict::Garbled,
            State::NotAsked => Verdict::NotAsked,
        }
    }

    /// Whether it may have been a bad moment: worth asking once more.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self.verdict(), Verdict::Unreachable | Verdict::Slow | Verdict::Trouble)
    }

    fn of_a_page(&self) -> Verdict {
        let Some(last) = self.hops.last() else { return Verdict::Fine };
        if path(&self.address.url).len() > 1 && path(&last.to).len() <= 1 {
            return Verdict::FirstPage;
        }
        if self.hops.iter().any(|hop| matches!(hop.status, 301 | 308)) { Verdict::Moved } else { Verdict::LedOn }
    }
}

/// What follows the name of the machine.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find(['/', '?']).map_or("", |at| &rest[at..])
}
