//! The answer first: what is possible, who decides, what to do tomorrow morning.

use indexmap::IndexMap;
use jiff::ToSpan as _;

use super::composer::Composer;
use super::model::{Begin, Opening, OpeningLine, Reach};
use super::standings::{concern, outcome};
use crate::interview::{Finding, Office};
use crate::rulebook::{Condition, Fact, Id, NOBODY, Step};
use crate::terms::{Day, Standing};

/// How many ways are told at once.
const FOREMOST_WAYS: usize = 3;

/// How much of what a person brings is said in the opening.
const MOST_BROUGHT: usize = 3;

impl Composer<'_> {
    pub fn opening(&self) -> Opening {
        let mut brings = self.have().lines;
        brings.truncate(MOST_BROUGHT);
        let (tomorrow, reach) = self.tomorrow();
        let begin = self.when_to_begin();
        Opening {
            heading: self.heading("opening"),
            brings,
            lines: self.opening_lines(),
            begin,
            tomorrow_heading: self.wording.word(begin.word()),
            tomorrow,
            reach,
        }
    }

    /// The few ways that are told at once: the best for each thing the person wants, then the next best.
    pub fn foremost_ways(&self) -> Vec<&Finding<'_>> {
        let mut foremost: Vec<&Finding<'_>> =
            self.best_ways().into_iter().map(|(finding, _)| self.open_or_instead(finding)).collect();
        let open = self.cards().filter(|finding| self.is_open(finding));
        foremost.extend(open);
        let mut seen = Vec::new();
        foremost.retain(|finding| {
            let new = self.is_open(finding) && !seen.contains(&finding.pathway);
            seen.push(finding.pathway);
            new
        });
        foremost.truncate(FOREMOST_WAYS);
        foremost
    }

    pub fn is_open(&self, finding: &Finding<'_>) -> bool {
        let rulebook = self.rulebook();
        concern(rulebook, finding).is_way() && outcome(rulebook, finding).standing != Standing::NotThisWay
    }

    /// The way itself, or if it is closed the best that is open; what goes before all others is said even where it closes.
    fn open_or_instead<'f>(&'f self, finding: &'f Finding<'f>) -> &'f Finding<'f> {
        let open = self.cards().find(|other| self.is_open(other));
        let stays = self.is_open(finding) || self.rulebook().pathways[finding.pathway].leads;
        if stays { finding } else { open.unwrap_or(finding) }
    }

    /// The best way for each thing the person wants, with the words for what is wanted; the best of all where that is open.
    fn best_ways(&self) -> Vec<(&Finding<'_>, Vec<String>)> {
        let rulebook = self.rulebook();
        let ways = || self.cards().filter(|finding| concern(rulebook, finding).is_way());
        let mut best: IndexMap<usize, (&Finding<'_>, Vec<String>)> = IndexMap::new();
        let leading = ways().find(|finding| rulebook.pathways[finding.pathway].leads);
        best.extend(leading.map(|finding| (finding.pathway.index(), (finding, Vec::new()))));
        let wanted = rulebook.goals.and_then(|question| Some((question, self.wording.answers.get(question)?)));
        for (question, goal) in
            wanted.iter().flat_map(|(question, goals)| goals.iter().map(move |goal| (*question, goal)))
        {
            let serves = |finding: &&Finding<'_>| {
                let pathway = &rulebook.pathways[finding.pathway];
                let asks = |condition: &Condition| {
                    condition.fact == Fact::Question(question) && condition.values.contains(goal)
                };
                match pathway.serves.is_empty() {
                    true => pathway.when.iter().any(asks),
                    false => pathway.serves.iter().any(|(asked, goals)| *asked == question && goals.contains(goal)),
                }
            };
            let Some(finding) = ways().find(serves) else { continue };
            let text = self.wording.owned(rulebook.questions[question].options[Id::new(goal)].text);
            best.entry(finding.pathway.index()).or_insert((finding, Vec::new())).1.push(text);
        }
        if best.is_empty() {
            best.extend(ways().next().map(|finding| (finding.pathway.index(), (finding, Vec::new()))));
        }
        best.into_values().collect()
    }

    fn opening_lines(&self) -> Vec<OpeningLine> {
        let best = self.best_ways();
        // What is said for another thing the person wants is not said again: then the closed way tells what else there is.
        let line = |(wanted, goals): &(&Finding<'_>, Vec<String>)| {
            let instead = self.open_or_instead(wanted);
            let is_told = best.iter().any(|(other, _)| other.pathway == instead.pathway);
            self.opening_line(wanted, if is_told { wanted } else { instead }, goals.clone())
        };
        best.iter().map(line).collect()
    }

    fn opening_line(&self, wanted: &Finding<'_>, finding: &Finding<'_>, goals: Vec<String>) -> OpeningLine {
        let rulebook = self.rulebook();
        let outcome = outcome(rulebook, finding);
        OpeningLine {
            goals,
            way: finding.id(rulebook),
            says: self.wording.about_answers(outcome.opening.unwrap_or(outcome.title)),
            standing: outcome.standing,
            standing_text: self.wording.standing(outcome.standing),
            decided_by: (rulebook.deciders.name(outcome.decided_by) != NOBODY)
                .then(|| self.decider(outcome.decided_by)),
            certainty: finding.certainty,
            certainty_text: self.wording.certainty(finding.certainty).text,
            instead_of: (finding.pathway != wanted.pathway).then(|| self.wording.word("sheet.opening.instead")),
        }
    }

    /// A letter with a deadline is read today; at the weekend there is nobody to talk to.
    fn when_to_begin(&self) -> Begin {
        let steps = &self.rulebook().steps;
        let first = &self.steps[..self.first];
        let tomorrow = Day(self.date.saturating_add(1.day()));
        if first.iter().any(|step| steps[*step].at_once && steps[*step].has_deadline()) {
            Begin::Today
        } else if tomorrow.or_monday() != tomorrow && first.first().is_some_and(|step| !steps[*step].any_day) {
            Begin::Monday
        } else {
            Begin::Tomorrow
        }
    }

    /// The first step, with whom to turn to for it; where nobody is to look up for it, whoever helps with it free of charge.
    /// A letter with a deadline is read at once, and talked about as soon as somebody is there.
    fn tomorrow(&self) -> (Vec<String>, Option<Reach>) {
        let first = &self.steps[..self.first];
        let Some((step, next)) = first.split_first() else { return (Vec::new(), None) };
        let mut says = vec![self.says_of_tomorrow(*step)];
        if let Some(reach) = self.reach(*step) {
            return (says, Some(reach));
        }
        if self.rulebook().steps[*step].has_deadline()
            && let Some((step, reach)) = next.iter().find_map(|step| Some((*step, self.reach(*step)?)))
        {
            says.push(self.says_of_tomorrow(step));
            return (says, Some(reach));
        }
        let help = self.free_help();
        says.extend(help.as_ref().map(|_| self.wording.word("sheet.opening.help")));
        (says, help)
    }

    fn says_of_tomorrow(&self, step: Id<Step>) -> String {
        let step = &self.rulebook().steps[step];
        self.paragraph(&step.tomorrow).unwrap_or_else(|| self.wording.owned(step.title))
    }

    /// How to reach somebody for a step, in the order in which it names them: by telephone or e-mail, or else by an address
    /// that can be opened.
    fn reach(&self, step: Id<Step>) -> Option<Reach> {
        self.reach_of(&self.facts.offices(self.rulebook(), &self.rulebook().steps[step].contact))
    }

    /// The free advice that a step of the sheet leads to.
    fn free_help(&self) -> Option<Reach> {
        let rulebook = self.rulebook();
        let offices = self.steps.iter().map(|step| self.facts.offices(rulebook, &rulebook.steps[*step].contact));
        let free = |offices: Vec<Office>| {
            offices.into_iter().filter(|office| rulebook.authorities[office.authority].free).collect::<Vec<_>>()
        };
        offices.map(free).find_map(|offices| self.reach_of(&offices))
    }

    fn reach_of(&self, offices: &[Office]) -> Option<Reach> {
        Reach::among(offices.iter().map(|office| Reach::of(self.office_named(*office), &self.office_card(*office))))
    }
}
