//! Money and time of all steps together: the same figure is named once, with every step it belongs to.

use super::composer::Composer;
use super::model::{Figure, FigureLine, Money, Times};
use crate::rulebook::{Cost, Id, Step, Time};

impl Composer<'_> {
    /// What the steps cost, in the order of kinds. Parts are never summed up, since some of them are not known.
    pub fn money(&self) -> Money {
        let mut costs: Vec<(&Cost, Id<Step>)> = Vec::new();
        for step in self.steps.iter().copied() {
            costs.extend(self.costs_for(step).map(|cost| (cost, step)));
        }
        costs.sort_by_key(|(cost, _)| cost.kind);
        let mut lines = Vec::new();
        for (cost, step) in costs {
            let figure = self.wording.cost(cost);
            self.add(&mut lines, figure, step);
        }
        let says = if lines.is_empty() { "sheet.money.free" } else { "sheet.money.says" };
        Money { heading: self.heading("money"), says: self.wording.word(says), lines }
    }

    /// How long it takes: what the law says before what people experienced.
    pub fn times(&self) -> Times {
        let mut times: Vec<(&Time, Id<Step>)> = Vec::new();
        for step in self.steps.iter().copied() {
            let known = self.times_for(step).filter(|time| time.kind.is_sourced());
            times.extend(known.map(|time| (time, step)));
        }
        times.sort_by_key(|(time, _)| time.kind);
        let mut lines = Vec::new();
        for (time, step) in times {
            let figure = self.wording.time(time);
            self.add(&mut lines, figure, step);
        }
        let stations = ["today", "papers", "application", "answer"];
        let stations = stations.map(|station| self.wording.word(&format!("sheet.time.{station}")));
        Times { heading: self.heading("time"), lines, stations: stations.into() }
    }

    fn add(&self, lines: &mut Vec<FigureLine>, figure: Figure, step: Id<Step>) {
        let step = self.step_link(step);
        match lines.iter_mut().find(|known| known.figure == figure) {
            Some(known) => known.steps.push(step),
            None => lines.push(FigureLine { figure, steps: vec![step] }),
        }
    }
}
