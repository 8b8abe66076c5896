//! Differences in words: of the past or of the future.

use indexmap::IndexSet;
use jiff::civil::Date;

use super::differences::{Found, Part};
use crate::sheet::{About, Aspect, Difference, DifferentPart, Mark, Wording};
use crate::terms::Day;

/// Puts differences into words: of the past (`since`) or of the future (`ahead`).
pub struct Teller<'a> {
    pub wording: Wording<'a>,
    pub family: &'static str,
}

impl Teller<'_> {
    /// The sources among these that today's rules still know, each once.
    pub fn marks(&self, ids: &[String]) -> Vec<Mark> {
        let known: IndexSet<_> = ids.iter().filter_map(|id| self.wording.rulebook.sources.id(id)).collect();
        known.into_iter().map(Mark::of).collect()
    }

    pub fn tell(&self, found: &Found, day: Option<Date>, because: Vec<String>, sources: Vec<Mark>) -> Difference {
        let parts = found.parts.iter().map(|part| self.part(found.about, part)).collect();
        Difference {
            about: found.about,
            id: found.ids.first().cloned().unwrap_or_default(),
            title: found.title.clone(),
            parts,
            day: day.map(Day),
            because,
            sources,
        }
    }

    fn part(&self, about: About, part: &Part) -> DifferentPart {
        let word = |id: &str, values: &[(&str, &str)]| {
            self.wording.word_with(&format!("{}.{id}", self.family), values).trim().to_owned()
        };
        let nothing = || match part.aspect {
            Aspect::Cost => self.wording.word("sheet.free"),
            _ => self.wording.word("since.nothing"),
        };
        // What can be dialled, written to or opened is the same in every language.
        let shown = |value: &String| match part.aspect {
            Aspect::Phone | Aspect::Email | Aspect::Url => self.wording.name(value),
            _ => value.clone(),
        };
        let before = part.before.as_ref().map_or_else(nothing, shown);
        let now = part.now.as_ref().map_or_else(nothing, shown);
        let kind = if about == About::Step { "step" } else { "way" };
        let says = match part.aspect {
            Aspect::Came => word(&format!("came-{kind}"), &[("now", &now)]),
            Aspect::Went => word(&format!("went-{kind}"), &[]),
            aspect => word("change", &[("what", &self.label(aspect)), ("before", &before), ("now", &now)]),
        };
        DifferentPart { aspect: part.aspect, says, before: part.before.clone(), now: part.now.clone() }
    }

    fn label(&self, aspect: Aspect) -> String {
        self.wording.word(match aspect {
            Aspect::Came | Aspect::Went | Aspect::Outcome | Aspect::Wording => "aspect.outcome",
            Aspect::Standing => "aspect.standing",
            Aspect::DecidedBy => "label.decides",
            Aspect::Roles => "aspect.roles",
            Aspect::Certainty => "label.certainty",
            Aspect::Dates => "aspect.dates",
            Aspect::German => "aspect.german",
            Aspect::Ask => "label.ask",
            Aspect::Evidence => "aspect.evidence",
            Aspect::Cost => "label.cost",
            Aspect::Time => "label.time",
            Aspect::Where => "label.where",
            Aspect::Bring => "label.bring",
            Aspect::Form => "aspect.form",
            Aspect::Translation => "aspect.translation",
            Aspect::Name => "aspect.name",
            Aspect::Post => "label.post",
            Aspect::Phone => "label.phone",
            Aspect::Email => "label.email",
            Aspect::Url => "label.page",
        })
    }
}
