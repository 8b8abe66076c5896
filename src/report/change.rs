use crate::proof::change::{Change, Count, Difference, Group, PathwayChange, Told, Trait};
use crate::sheet::day;

const WIDTH: usize = 96;

/// What a change of the rules does to people, in German, for readers who never saw the YAML.
pub fn change(old: &str, new: &str, change: &Change) -> String {
    let mut page = Page(String::new());
    page.line(0, "Was sich für Menschen ändert");
    page.line(
        0,
        &format!(
            "vorher: {old} ({}) · nachher: {new} ({}) · betrachtet am {}",
            change.before,
            change.after,
            day(change.date.0)
        ),
    );
    page.gap();
    if change.is_nothing() {
        page.line(0, "Nichts. Jeder Mensch bekommt mit jeder Antwort dasselbe Blatt wie vorher.");
        renames(&mut page, change);
        return page.0;
    }
    summary(&mut page, change);
    for pathway in &change.pathways {
        one_pathway(&mut page, pathway);
    }
    if !change.cases.is_empty() {
        page.heading(&format!("Musterfälle, deren Blatt sich ändert ({})", change.cases.len()));
        for case in &change.cases {
            page.line(2, &format!("{} ({})", case.title, case.case));
            for line in &case.changes {
                page.change(4, "", &line.before, &line.after);
            }
        }
    }
    if !change.entries.is_empty() {
        page.heading(&format!("Außerhalb der Wege geändert ({})", change.entries.len()));
        for entry in &change.entries {
            match (entry.before.is_empty(), entry.after.is_empty()) {
                (true, false) if entry.what == "neu" => page.line(2, &format!("{} neu: {}", entry.kind, entry.name)),
                (false, true) if entry.what == "entfällt" => {
                    page.line(2, &format!("{} entfällt: {}", entry.kind, entry.name))
                }
                _ => {
                    page.line(2, &format!("{} „{}“, {}", entry.kind, entry.name, entry.what));
                    page.change(4, "", &entry.before, &entry.after);
                }
            }
        }
    }
    if !change.texts.is_empty() {
        page.heading(&format!("Nur anders formuliert ({})", change.texts.len()));
        for text in &change.texts {
            page.line(2, &text.text);
            page.line(4, &format!("vorher:  {}", text.before));
            page.line(4, &format!("nachher: {}", text.after));
        }
    }
    renames(&mut page, change);
    page.0
}

fn summary(page: &mut Page, change: &Change) {
    let number =
        |kind: &str| change.pathways.iter().filter(|pathway| pathway.kind == kind && pathway.from.is_none()).count();
    let parts = [(number("changed"), "geändert"), (number("added"), "neu"), (number("removed"), "entfallen")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let later = change.pathways.iter().filter(|pathway| pathway.from.is_some()).count();
    if parts.is_empty() {
        page.line(0, "An diesem Tag sagt kein Weg jemandem etwas anderes.");
    } else {
        page.line(0, &format!("Wege: {}.", parts.join(", ")));
        page.line(0, &format!("Das Blatt ändert sich für {}.", share(&change.people)));
    }
    if later > 0 {
        page.line(0, &format!("Später kommt etwas dazu: {later} Änderung(en) ab einem späteren Tag, siehe unten."));
    }
}

fn one_pathway(page: &mut Page, pathway: &PathwayChange) {
    let from = pathway.from.map(|from| format!(", ab {}", day(from.0))).unwrap_or_default();
    let kind = match pathway.kind {
        "added" => "neuer Weg",
        "removed" => "Weg entfällt",
        _ => "Weg",
    };
    page.heading(&format!("{kind}: {} [{}]{from}", pathway.title, pathway.pathway));
    if pathway.groups.is_empty() {
        page.line(2, "Von diesem Tag an sagt der Weg wieder allen dasselbe wie vorher.");
        return;
    }
    page.line(2, &format!("Betroffen: {}.", share(&pathway.people)));
    for (at, group) in pathway.groups.iter().enumerate() {
        one_group(page, at + 1, group);
    }
}

fn one_group(page: &mut Page, number: usize, group: &Group) {
    page.gap();
    let sets =
        format!("{} {}", number_text(group.affected), if group.affected == 1 { "Antwortsatz" } else { "Antwortsätze" });
    for (at, who) in group.who.iter().enumerate() {
        let start = if at == 0 { format!("{number}. Alle") } else { "   oder alle".to_owned() };
        page.line(2, &format!("{start} {}", traits(who)));
    }
    page.line(5, &format!("({sets})"));
    match (&group.before, &group.after) {
        (Some(before), None) => {
            page.line(5, &format!("vorher:  {}", told(before)));
            page.line(5, "nachher: Dieser Weg sagt nichts mehr.");
        }
        (None, Some(after)) => {
            page.line(5, "vorher:  Dieser Weg sagte nichts.");
            page.line(5, &format!("nachher: {}", told(after)));
            page.line(5, &format!("Es entscheidet: {}. {}. Geltung: {}.", after.decides, after.certainty, after.valid));
            if !after.steps.is_empty() {
                page.line(5, &format!("Schritte: {}", after.steps.join(" → ")));
            }
        }
        (Some(before), Some(after)) => {
            page.line(5, &format!("vorher:  {}", told(before)));
            page.line(5, &format!("nachher: {}", told(after)));
            for line in group.differences.iter().filter(|line| !matches!(line.what, "outcome" | "standing")) {
                difference(page, line);
            }
        }
        (None, None) => {}
    }
}

fn told(told: &Told) -> String {
    format!("„{}“ – {}", told.title, told.standing)
}

fn difference(page: &mut Page, line: &Difference) {
    let label = match line.what {
        "decides" => "Es entscheidet",
        "certainty" => "Verbindlichkeit",
        "valid" => "Geltung",
        "german" => "Deutsch",
        "steps" => "Schritte",
        "order" => "Reihenfolge",
        "step" => "Schritt",
        "offices" => "Stellen",
        "basis" => "Quellen",
        _ => "Ergebnis",
    };
    match (line.before.is_empty(), line.after.is_empty()) {
        (true, _) => page.line(5, &format!("{label}: neu {}", line.after)),
        (_, true) => page.line(5, &format!("{label}: entfällt {}", line.before)),
        _ if matches!(line.what, "steps" | "offices" | "basis") => {
            page.line(5, &format!("{label}: entfällt {}; neu {}", line.before, line.after));
        }
        _ => page.change(5, &format!("{label}: "), &line.before, &line.after),
    }
}

/// "mit Fach: Soziale Arbeit und ohne …".
fn traits(who: &[Trait]) -> String {
    if who.is_empty() {
        return "Menschen, ganz gleich, was sie antworten".to_owned();
    }
    let one = |this: &Trait| {
        // Many values are a list nobody reads; some are shown and the rest is counted.
        let shown = if this.values.len() > 8 { 6 } else { this.values.len() };
        let quoted = |value: &String| format!("„{}“", value.trim_end_matches('.'));
        let mut values = this.values[..shown].iter().map(quoted).collect::<Vec<_>>().join(if this.not {
            " und nicht "
        } else {
            " oder "
        });
        if this.values.len() > shown {
            values += &format!(" und {} weitere", this.values.len() - shown);
        }
        format!("{} {}{values}", this.label, if this.not { "nicht " } else { "" })
    };
    format!("mit {}", who.iter().map(one).collect::<Vec<_>>().join(" und "))
}

fn share(count: &Count) -> String {
    let percent = if count.all == 0 { 0.0 } else { count.affected as f64 * 100.0 / count.all as f64 };
    let percent =
        if percent >= 0.05 || count.affected == 0 { format!("{percent:.1} %") } else { "unter 0,1 %".to_owned() };
    format!(
        "{} von {} Antwortsätzen ({}), gezählt über die Antworten auf {} Frage(n); Antworten mit gleicher Wirkung zählen einmal",
        number_text(count.affected),
        number_text(count.all),
        percent.replace('.', ","),
        count.questions.len()
    )
}

/// 1234567 as 1.234.567.
fn number_text(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

fn renames(page: &mut Page, change: &Change) {
    if !change.renamed.is_empty() {
        page.heading(&format!("Nur umbenannt, ohne Wirkung auf Menschen ({})", change.renamed.len()));
        for rename in &change.renamed {
            page.line(2, &format!("{} {} → {}", rename.kind, rename.before, rename.after));
        }
    }
}

struct Page(String);

impl Page {
    fn gap(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        self.0.push_str(text);
        self.0.push('\n');
        self.0.push_str(&"─".repeat(text.chars().count().min(WIDTH)));
        self.0.push('\n');
    }

    fn change(&mut self, indent: usize, label: &str, before: &str, after: &str) {
        let nothing = |text: &str| if text.is_empty() { "nichts".to_owned() } else { text.to_owned() };
        let (before, after) = (nothing(before), nothing(after));
        if before.chars().count() + after.chars().count() < 70 {
            return self.line(indent, &format!("{label}{before} → {after}"));
        }
        if !label.is_empty() {
            self.line(indent, label.trim_end());
        }
        let indent = if label.is_empty() { indent } else { indent + 2 };
        self.line(indent, &format!("vorher:  {before}"));
        self.line(indent, &format!("nachher: {after}"));
    }

    /// A paragraph, wrapped, with the lines after the first a little further in.
    fn line(&mut self, indent: usize, text: &str) {
        let mut column = 0;
        for (at, word) in text.split(' ').enumerate() {
            let length = word.chars().count();
            if at == 0 {
                self.0.push_str(&" ".repeat(indent));
                column = indent;
            } else if column + 1 + length > WIDTH {
                self.0.push('\n');
                self.0.push_str(&" ".repeat(indent + 2));
                column = indent + 2;
            } else {
                self.0.push(' ');
                column += 1;
            }
            self.0.push_str(word);
            column += length;
        }
        self.0.push('\n');
    }
}
