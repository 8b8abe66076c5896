//! The outline as indented text. Each line begins with its number, so that a listener knows where in the tree she is.

use super::outline::{Condition, Node, Outline, OutlineSource};
use crate::language::{Joins, Lang, paragraph};
use crate::rulebook::Rulebook;

const WIDTH: usize = 96;

/// A pathway as indented text.
pub fn in_text(rulebook: &Rulebook, lang: &Lang, outline: &Outline) -> String {
    let mut page =
        Page { text: String::new(), word: &|id| rulebook.word(lang, id).to_owned(), joins: rulebook.joins(lang) };
    page.line(0, &page.joins.row([&format!("{} [{}]", outline.title, outline.id), &outline.concern]));
    page.text.push_str(&"═".repeat(outline.title.chars().count().min(WIDTH)));
    page.text.push('\n');
    page.conditions("rules.when", &outline.when);
    page.conditions("rules.unless", &outline.unless);
    page.grounds(0, &outline.notes, &outline.sources);
    page.text.push('\n');
    page.node(&outline.tree, "", 0);
    page.text.push('\n');
    for also in &outline.also {
        let to: Vec<String> = also.to.iter().map(|number| format!("({number})")).collect();
        let to = format!("{} {}", (page.word)("rules.also"), to.join(" "));
        page.line(0, &page.joins.label(&to, &page.joins.all("or", &also.when)));
        page.grounds(4, &also.notes, &also.sources);
    }
    if !outline.also.is_empty() {
        page.text.push('\n');
    }
    let heading = (page.word)("rules.outcomes");
    page.line(0, &heading);
    page.text.push_str(&"─".repeat(heading.chars().count()));
    page.text.push('\n');
    for outcome in &outline.outcomes {
        page.line(0, &format!("({}) {} – {} [{}]", outcome.number, outcome.title, outcome.standing_text, outcome.id));
        page.line(4, &outcome.says);
        page.labelled("label.decides", &outcome.decides);
        page.labelled("label.certainty", &outcome.certainty_text);
        outcome.dates.iter().for_each(|line| page.line(4, line));
        for (label, list) in
            [("label.steps", &outcome.steps), ("label.ask", &outcome.ask), ("rules.rows-label", &outcome.rows)]
        {
            if !list.is_empty() {
                page.labelled(label, &page.joins.series(list));
            }
        }
        page.grounds(4, &[], &outcome.sources);
        page.text.push('\n');
    }
    page.text
}

struct Page<'w> {
    text: String,
    word: &'w dyn Fn(&str) -> String,
    joins: Joins<'w>,
}

impl Page<'_> {
    fn conditions(&mut self, word: &str, conditions: &[Condition]) {
        if conditions.is_empty() {
            return;
        }
        self.line(0, &(self.word)(word));
        for condition in conditions {
            let says = self.joins.label(&condition.label, &self.joins.all("or", &condition.options));
            self.line(2, &format!("– {says}"));
        }
    }

    fn grounds(&mut self, indent: usize, notes: &[String], sources: &[OutlineSource]) {
        notes.iter().for_each(|note| self.line(indent, note));
        if !sources.is_empty() {
            let titles = self.joins.series(sources.iter().map(|source| &source.title));
            self.line(indent, &self.joins.label(&(self.word)("rules.cited"), &titles));
        }
    }

    fn labelled(&mut self, label: &str, says: &str) {
        let label = (self.word)(label);
        self.line(4, &self.joins.label(&label, says));
    }

    fn node(&mut self, node: &Node, number: &str, indent: usize) {
        if let Some(end) = &node.end {
            let standing =
                if end.standing_text.is_empty() { String::new() } else { format!(" – {}", end.standing_text) };
            let mark = end.number.map(|number| format!("({number}) ")).unwrap_or_default();
            self.line(indent, &format!("→ {mark}{}{standing}", end.title));
            return;
        }
        let kind = (self.word)(if node.asked { "rules.asked" } else { "rules.derived" });
        self.line(indent, &self.joins.label(&kind, &node.label));
        for (at, branch) in node.branches.iter().enumerate() {
            let number = format!("{number}{}.", at + 1);
            self.line(indent + 2, &format!("{number} {}", branch.text));
            self.grounds(indent + 6, &branch.notes, &branch.sources);
            self.node(&branch.node, &number, indent + 6);
        }
    }

    /// A paragraph with the lines after the first a little further in. Deep branches keep a readable width.
    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&paragraph(text, WIDTH.max(indent + 48), indent, 2));
    }
}
