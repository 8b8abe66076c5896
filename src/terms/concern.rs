use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

/// What a pathway is about. Title, job and stay are three answers that are never mixed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema, IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Concern {
    /// Work: who may be hired for what.
    Job,
    /// The protected professional title.
    Title,
    /// Training in Germany.
    Training,
    /// What can be done while waiting.
    Meanwhile,
    /// Residence and work permission; a pointer only.
    Stay,
    /// Advice, money, papers, language, conditions.
    Support,
    /// What to do if something goes wrong on the way.
    Trouble,
}

impl Concern {
    /// A way into work, to a title or into training; all else stands beside the ways.
    pub fn is_way(self) -> bool {
        matches!(self, Self::Job | Self::Title | Self::Training)
    }

    /// Whether people are told how far it is open. Advice, pointers and help are no ways: they have no standing.
    pub fn has_standing(self) -> bool {
        !matches!(self, Self::Support | Self::Stay | Self::Trouble)
    }

    /// Whether its steps are to be done now; the others are offers, or for the case that something goes wrong.
    pub fn gives_steps(self) -> bool {
        !matches!(self, Self::Meanwhile | Self::Trouble)
    }
}
