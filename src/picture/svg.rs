//! The outline as a drawing: layers from left to right, one column for each look at a fact, branches in the author's
//! order from top to bottom. Presentation attributes only, so that the strictest content policy shows it whole.

use std::fmt::Write as _;

use super::outline::{Node, Outline, OutlineBranch};
use crate::terms::Standing;

const BOX_WIDTH: f64 = 210.0;
const LABEL_WIDTH: f64 = 250.0;
const END_WIDTH: f64 = 270.0;
const LINE: f64 = 17.0;
const PAD: f64 = 10.0;
const GAP: f64 = 16.0;
const MARGIN: f64 = 24.0;
/// Average width of a letter at the size used; generous, so that no font overflows its box.
const LETTER: f64 = 7.4;

/// Draws a pathway. `says` is the sentence that tells a reader without sight where the same stands in words.
pub fn svg(outline: &Outline, says: &str) -> String {
    let head = wrap(&outline.title, 60);
    let top = MARGIN + head.len() as f64 * 24.0 + 12.0;
    let mut drawing = Drawing { shapes: String::new(), width: 0.0 };
    let height = drawing.node(&outline.tree, MARGIN, top);
    let width = (drawing.width + MARGIN).max(520.0);
    let height = top + height + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-labelledby=\"t d\" font-family=\"system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif\" font-size=\"13\" fill=\"#1a1a1a\">\n<title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escape(&outline.title),
        escape(says)
    );
    for (at, line) in head.iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{:.0}\" font-size=\"19\" font-weight=\"700\">{}</text>",
            MARGIN + 16.0 + at as f64 * 24.0,
            escape(line)
        );
    }
    svg + &drawing.shapes + "</svg>\n"
}

struct Drawing {
    shapes: String,
    width: f64,
}

impl Drawing {
    /// Draws a node with everything behind it; gives the height it took.
    fn node(&mut self, node: &Node, x: f64, y: f64) -> f64 {
        if let Some(end) = &node.end {
            let mut lines = wrap(&end.title, letters(END_WIDTH));
            if !end.standing_text.is_empty() {
                lines.insert(0, end.standing_text.clone());
            }
            let height = tall(&lines);
            let (fill, stroke, dash) = match end.standing {
                Some(Standing::OpenNow) => ("#e3f3e6", "#1d6b34", ""),
                Some(Standing::OpenAfterSteps) => ("#e5f0fb", "#1a5490", ""),
                Some(Standing::AskFirst) => ("#fff4d6", "#8a5a00", " stroke-dasharray=\"6 3\""),
                Some(Standing::NotThisWay) => ("#f3e9ea", "#7d2b33", " stroke-dasharray=\"2 3\""),
                None => ("#f4f4f4", "#6b6b6b", " stroke-dasharray=\"1 4\""),
            };
            self.rect(x, y, END_WIDTH, height, 8.0, fill, stroke, dash);
            self.text(x + PAD, y + PAD, &lines, end.standing.is_some());
            self.width = self.width.max(x + END_WIDTH);
            return height;
        }
        let lines = wrap(&node.label, letters(BOX_WIDTH));
        let own = tall(&lines);
        let label_x = x + BOX_WIDTH + 34.0;
        let mut below = y;
        let mut middles = Vec::new();
        for branch in &node.branches {
            let label = label(branch);
            let label_height = tall(&label);
            let behind = self.node(&branch.node, label_x + LABEL_WIDTH + 34.0, below);
            let height = behind.max(label_height);
            middles.push((below + height / 2.0, label, label_height, self.middle(behind, below)));
            below += height + GAP;
        }
        let height = (below - y - GAP).max(own);
        let middle = y + height / 2.0;
        let radius = if node.asked { 3.0 } else { own / 2.0 };
        for (at, label, label_height, target) in middles {
            self.edge(x + BOX_WIDTH, middle, label_x, at);
            self.rect(label_x, at - label_height / 2.0, LABEL_WIDTH, label_height, 3.0, "#ffffff", "#b5b5b5", "");
            self.text(label_x + PAD, at - label_height / 2.0 + PAD, &label, false);
            self.edge(label_x + LABEL_WIDTH, at, label_x + LABEL_WIDTH + 34.0, target);
        }
        self.rect(x, middle - own / 2.0, BOX_WIDTH, own, radius.min(18.0), "#eef0f4", "#333a4d", "");
        self.text(x + PAD, middle - own / 2.0 + PAD, &lines, true);
        self.width = self.width.max(x + BOX_WIDTH);
        height
    }

    /// Where the box of what was just drawn from `y` on has its middle.
    fn middle(&self, height: f64, y: f64) -> f64 {
        y + height / 2.0
    }

    #[allow(clippy::too_many_arguments, reason = "a rectangle has that many sides to it")]
    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, radius: f64, fill: &str, stroke: &str, more: &str) {
        let _ = writeln!(
            self.shapes,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"{more}/>"
        );
    }

    fn edge(&mut self, x: f64, y: f64, to_x: f64, to_y: f64) {
        let bend = (to_x - x) / 2.0;
        let _ = writeln!(
            self.shapes,
            "<path d=\"M{x:.1} {y:.1}C{:.1} {y:.1} {:.1} {to_y:.1} {to_x:.1} {to_y:.1}\" fill=\"none\" stroke=\"#6b7080\" stroke-width=\"1.5\"/>",
            x + bend,
            to_x - bend
        );
    }

    /// Lines of text; the first one bold if it is the name of the box.
    fn text(&mut self, x: f64, y: f64, lines: &[String], named: bool) {
        let _ = write!(self.shapes, "<text x=\"{x:.1}\" y=\"{:.1}\">", y + 12.0);
        for (at, line) in lines.iter().enumerate() {
            let weight = if named && at == 0 { " font-weight=\"700\"" } else { "" };
            let down = if at == 0 { 0.0 } else { LINE };
            let _ = write!(self.shapes, "<tspan x=\"{x:.1}\" dy=\"{down}\"{weight}>{}</tspan>", escape(line));
        }
        self.shapes.push_str("</text>\n");
    }
}

/// What stands on a branch: its values, then sources and rows.
fn label(branch: &OutlineBranch) -> Vec<String> {
    const MOST: usize = 8;
    let width = letters(LABEL_WIDTH);
    let mut lines = Vec::new();
    if branch.options.is_empty() {
        lines.extend(wrap(&branch.text, width));
    }
    for option in branch.options.iter().take(MOST) {
        let mut wrapped = wrap(option, width - 2).into_iter();
        lines.extend(wrapped.next().map(|first| format!("• {first}")));
        lines.extend(wrapped.map(|line| format!("  {line}")));
    }
    if branch.options.len() > MOST {
        lines.push(format!("… +{}", branch.options.len() - MOST));
    }
    for line in branch.sources.iter().map(|source| &source.title).chain(&branch.notes) {
        let mut wrapped = wrap(line, width - 2).into_iter();
        lines.extend(wrapped.next().map(|first| format!("– {first}")));
        lines.extend(wrapped);
    }
    lines
}

fn letters(width: f64) -> usize {
    ((width - 2.0 * PAD) / LETTER) as usize
}

fn tall(lines: &[String]) -> f64 {
    lines.len().max(1) as f64 * LINE + 2.0 * PAD - 3.0
}

/// Breaks a text into lines of so many letters; a longer word is broken with a hyphen.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(4);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let length = word.chars().count();
            if let Some(line) = lines.last_mut()
                && line.chars().count() + 1 + length <= width
            {
                line.push(' ');
                line.push_str(&word);
                break;
            }
            if length <= width {
                lines.push(word);
                break;
            }
            let head: String = word.chars().take(width - 1).collect();
            word = word.chars().skip(width - 1).collect();
            lines.push(head + "-");
        }
    }
    lines
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
