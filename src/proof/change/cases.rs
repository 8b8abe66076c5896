//! Musterfälle whose sheet changes.

use jiff::civil::Date;

use super::Comparison;
use super::meaning::Version;
use super::told::{CaseFlip, Difference};
use super::view::{View, differs};
use super::words::differences;
use crate::interview::{Answers, look};

impl Comparison<'_> {
    pub fn cases(&self) -> Vec<CaseFlip> {
        let mut flips = Vec::new();
        let mut names: Vec<&str> = self.sides[1].rulebook.cases.names().collect();
        names.extend(
            self.sides[0].rulebook.cases.names().filter(|name| self.sides[1].rulebook.cases.id(name).is_none()),
        );
        for name in names {
            let Some((own, case)) = [1, 0].into_iter().find_map(|side| {
                let cases = &self.sides[side].rulebook.cases;
                cases.id(name).map(|id| (side, &cases[id]))
            }) else {
                continue;
            };
            let mut answers = [Answers::default(), Answers::default()];
            for (question, values) in &case.answers {
                answers[own].set(*question, *values);
                let version = &self.sides[own];
                let twin = &self.sides[1 - own];
                let shared = Version::name_of(&version.names.questions, *question);
                let Some(id) = Version::find(&twin.names.questions, &shared, &twin.rulebook.questions) else {
                    continue;
                };
                let options = &twin.names.options[id.index()];
                let unknown = twin.rulebook.questions[id].unknown;
                let option = |value: usize| {
                    let name = &version.names.options[question.index()][value];
                    options.iter().position(|known| known == name).unwrap_or(unknown)
                };
                answers[1 - own].set(id, values.iter().map(option).collect());
            }
            let date = case.date.unwrap_or(self.date);
            let changes = self.case(&answers, date);
            if !changes.is_empty() {
                flips.push(CaseFlip { case: name.to_owned(), title: case.title.clone(), changes });
            }
        }
        flips
    }

    fn case(&self, answers: &[Answers; 2], date: Date) -> Vec<Difference> {
        let [old, new] = &self.sides;
        let told = |view: &Option<View>| {
            view.as_ref().map_or_else(String::new, |view| format!("{} ({})", view.told.title, view.told.standing))
        };
        let mut changes = Vec::new();
        let twins = new.rulebook.pathways.ids().map(|id| {
            [Version::find(&old.names.pathways, &new.names.pathways[id.index()], &old.rulebook.pathways), Some(id)]
        });
        let gone =
            old.rulebook.pathways.ids().filter(|id| !new.names.pathways.contains(&old.names.pathways[id.index()]));
        for pair in twins.chain(gone.map(|id| [Some(id), None])) {
            let views = [0, 1].map(|side| {
                let finding = look(self.sides[side].rulebook, &answers[side], date, pair[side]?)?;
                Some(self.view(side, &finding))
            });
            if differs(&views) {
                let (before, after) = (told(&views[0]), told(&views[1]));
                if before == after {
                    changes.extend(differences(&views));
                } else {
                    changes.push(Difference { what: "outcome", before, after });
                }
            }
        }
        changes
    }
}
