//! The ways, soonest first, with what is said of them apart: German, shortcuts.

use indexmap::IndexSet;

use super::composer::{Composer, marks};
use super::model::{GermanLine, Mark, Named, Said, Shortcut, Way};
use super::standings::{concern, outcome};
use super::wording::day;
use crate::interview::{Finding, Reason};
use crate::rulebook::{Fact, German, Id, NOBODY, Question};
use crate::terms::{Concern, GermanKind, Standing};

impl Composer<'_> {
    pub fn ways(&self, wanted: impl Fn(Concern, Standing) -> bool) -> Vec<Way> {
        let rulebook = self.rulebook();
        let chosen: Vec<&Finding<'_>> = self
            .cards()
            .filter(|finding| wanted(concern(rulebook, finding), outcome(rulebook, finding).standing))
            .collect();
        chosen.into_iter().map(|finding| self.way(finding)).collect()
    }

    pub fn way(&self, finding: &Finding<'_>) -> Way {
        let rulebook = self.rulebook();
        let pathway = &rulebook.pathways[finding.pathway];
        let outcome = &pathway.outcomes[finding.outcome];
        let decider = |id| rulebook.deciders[id].name;
        let role = |word: &str, id: Option<_>| {
            id.map(|id| self.wording.word_with(word, &[("who", self.wording.say(decider(id)))]))
        };
        let roles = [
            role("role.applies", outcome.applied_for_by),
            role("role.agrees", outcome.agreed_by),
            role("role.involved", outcome.involves),
            role("role.advises", outcome.advised_by),
        ];
        let mut dates = Vec::new();
        if let Some(until) = finding.valid.until {
            dates.push(self.wording.word_with("sheet.valid-until", &[("day", &day(until.0))]));
        }
        let mut grounds = IndexSet::new();
        self.grounds(&finding.reasons, &mut grounds);
        Way {
            id: finding.id(rulebook),
            foremost: false,
            rows: std::iter::once(finding)
                .chain(self.guests(finding))
                .flat_map(|finding| &finding.rows)
                .map(|row| (*row).to_owned())
                .collect(),
            concerns: pathway.concerns,
            concerns_text: self.wording.concern(pathway.concerns),
            pathway: self.wording.owned(pathway.title),
            title: self.wording.about_answers(outcome.title),
            says: self.wording.about_answers(outcome.says),
            standing: outcome.standing,
            standing_text: self.wording.standing(outcome.standing),
            decided_by: self.decider(outcome.decided_by),
            roles: roles.into_iter().flatten().collect(),
            certainty: self.wording.certainty(finding.certainty),
            dates,
            valid: finding.valid,
            because: grounds.into_iter().map(|question| self.said(question)).collect(),
            steps: finding
                .steps
                .iter()
                .filter_map(|step| self.step_for_person(*step))
                .filter(|step| self.steps.contains(step) || !pathway.concerns.gives_steps())
                .collect::<IndexSet<_>>()
                .into_iter()
                .map(|step| self.step_link(step))
                .collect(),
            also: self.on_the_card(finding),
            ask: self.office_names(&outcome.ask),
            german: outcome.german.as_ref().map(|german| self.wording.german(german)),
            watch_out: outcome.watch_out.map(|text| self.wording.about_answers(text)),
            basis: marks(&finding.basis),
        }
    }

    /// The ways on the card of another, with who decides about them where that is somebody else: once for all that follow one
    /// another.
    fn on_the_card(&self, finding: &Finding<'_>) -> Vec<Named> {
        let rulebook = self.rulebook();
        let decides = |finding: &Finding<'_>| outcome(rulebook, finding).decided_by;
        let guests: Vec<&Finding<'_>> = self.guests(finding).collect();
        let named = guests.iter().enumerate().map(|(at, guest)| {
            let title = self.title_of_guest(guest, finding);
            let own = decides(guest);
            let told = own == decides(finding) || guests.get(at + 1).is_some_and(|next| decides(next) == own);
            let text = if told || rulebook.deciders.name(own) == NOBODY {
                title
            } else {
                let joins = self.wording.joins();
                let name = self.decider(own).text;
                format!("{title} {}", joins.aside(&joins.label(&self.wording.word("label.decides"), &name)))
            };
            Named { id: guest.id(rulebook), text }
        });
        named.collect()
    }

    /// The headline of a way on the card of another one; how open it is stands beside it where that differs.
    fn title_of_guest(&self, guest: &Finding<'_>, host: &Finding<'_>) -> String {
        let rulebook = self.rulebook();
        let title = self.wording.about_answers(outcome(rulebook, guest).title);
        let standing = outcome(rulebook, guest).standing;
        if standing == outcome(rulebook, host).standing {
            return title;
        }
        self.wording.joins().more(&title, &self.wording.standing(standing))
    }

    /// The questions with known answers that a finding rests on, each once.
    fn grounds(&self, reasons: &[Reason<'_>], questions: &mut IndexSet<Id<Question>>) {
        for reason in reasons {
            self.grounds(&reason.because, questions);
            let Fact::Question(id) = reason.fact else { continue };
            let unknown = self.rulebook().questions[id].unknown;
            if self.wording.answers.get(id).is_some_and(|values| !values.contains(unknown)) {
                questions.insert(id);
            }
        }
    }

    fn said(&self, question: Id<Question>) -> Said {
        let answer = self.wording.joins().list(self.wording.chosen(question));
        Said { label: self.wording.owned(self.rulebook().questions[question].label), answer }
    }

    pub fn german(&self) -> Vec<GermanLine> {
        let rulebook = self.rulebook();
        let mut lines = Vec::new();
        for finding in self.cards() {
            let outcome = outcome(rulebook, finding);
            let shown = outcome.standing != Standing::NotThisWay && concern(rulebook, finding).is_way();
            let known = |german: &&German| german.kind != GermanKind::Unknown;
            let Some(german) = outcome.german.as_ref().filter(known).filter(|_| shown) else { continue };
            lines.push(GermanLine {
                way: self.wording.owned(rulebook.pathways[finding.pathway].title),
                says: self.wording.german(german),
                source: german.source.map(Mark::of),
            });
        }
        lines
    }

    /// The shortcuts of the ways that are shown.
    pub fn shortcuts(&self) -> Vec<Shortcut> {
        let rulebook = self.rulebook();
        let mut shortcuts = Vec::new();
        for finding in &self.ways {
            let shortcut = rulebook.pathways[finding.pathway].shortcut.as_ref();
            let Some(shortcut) = shortcut.filter(|shortcut| shortcut.outcomes.contains(&finding.outcome)) else {
                continue;
            };
            shortcuts.push(Shortcut {
                title: self.wording.owned(shortcut.title),
                lines: shortcut.lines.iter().map(|line| self.wording.owned(*line)).collect(),
                basis: marks(&shortcut.basis),
            });
        }
        shortcuts
    }
}
