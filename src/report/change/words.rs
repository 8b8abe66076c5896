//! Every sentence about a change, in German: for editors and lawyers who never saw the YAML.

use crate::change::{Aspect, Kind, Named, Omitted, Reach, Share, TextChange, Told, Trait, Value, What};
use crate::language::Lang;
use crate::rulebook::Rulebook;
use crate::sheet::day;
use crate::terms::{CostKind, Day, TimeKind, Validity};

pub const TITLE: &str = "Was sich durch die Änderung der Regeln ändert";
pub const NOTHING: &str = "Nichts. Jeder Mensch bekommt mit jeder Antwort dasselbe Blatt wie vorher.";
pub const NOBODY: &str = "An diesem Tag steht auf keinem Blatt etwas anderes.";
pub const SHARES: &str = "Prozente sind Anteile der möglichen Antwortkombinationen, nicht der Menschen.";
pub const FULL: &str = "`--full` zeigt alles: jeden Weg, jede Bedingung, jede Kennung.";
pub const THEREBY: &str = "Dadurch:";
pub const SAME_LATER: &str = "Wer gemeint ist, hängt von weiteren Antworten ab.";

/// The words of a change, with those of the rules for whatever they have words for.
pub struct Words<'r> {
    pub rulebook: &'r Rulebook,
    /// Whether ids are told too.
    pub ids: bool,
}

pub fn versions(old: &str, before: &str, new: &str, after: &str, date: Day) -> String {
    format!("vorher: {old} ({before}) · nachher: {new} ({after}) · betrachtet ab {}", day(date.0))
}

pub fn affected(share: Option<Share>, ways: usize, cases: usize, of_cases: usize) -> String {
    let part = match share {
        Some(part) => format!("bei {} der Antwortkombinationen", percent(part)),
        None => "(wie oft, wurde nicht gezählt)".to_owned(),
    };
    format!(
        "Das Blatt ändert sich {part}: auf {}, bei {cases} von {of_cases} Musterfällen.",
        count(ways, "Weg", "Wegen")
    )
}

pub fn people(affected: usize, of: usize) -> String {
    format!("Bei {affected} von {} ändert sich das Blatt.", count(of, "Zeile", "Zeilen"))
}

pub fn since(cause: &str) -> String {
    format!("weil: {cause}")
}

pub fn omitted(what: Omitted) -> &'static str {
    match what {
        Omitted::Affected => {
            "Weggelassen: Für wie viele Antwortkombinationen sich im Ganzen etwas ändert. Die Änderungen sind zu verschieden, um das in vertretbarer Zeit zu zählen; jede einzelne unten ist vollständig."
        }
        Omitted::SomeCauses => {
            "Weggelassen: Bei einigen Änderungen fehlt der Anteil der Antwortkombinationen. Ihn zu zählen hätte zu viel Speicher gebraucht; die Wege sind vollständig."
        }
    }
}

pub fn cases_heading(count: usize) -> String {
    format!("Musterfälle, deren Blatt sich ändert ({count})")
}

pub fn reworded_heading(count: usize) -> String {
    format!("Nur anders formuliert, mit denselben Zahlen, Verneinungen und Pflichten ({count})")
}

pub fn renamed_heading(count: usize) -> String {
    format!("Nur eine andere Kennung, ohne Wirkung auf Menschen ({count})")
}

pub fn more(count: usize) -> String {
    format!("… und {count} weitere")
}

pub fn checked_again(count: usize) -> String {
    format!("Neu geprüft, ohne Änderung auf einem Blatt: {}.", self::count(count, "Quelle", "Quellen"))
}

pub fn on_pages(count: usize) -> String {
    format!("Auf den Seiten um das Blatt herum: {} neu, anders oder weg.", self::count(count, "Text", "Texte"))
}

/// "3 Wege", "1 Weg".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

pub fn percent(share: Share) -> String {
    let percent = share.value() * 100.0;
    match percent {
        0.0 => "0 %".to_owned(),
        p if p < 0.01 => "weniger als 0,01 %".to_owned(),
        p if p < 1.0 => format!("{p:.2} %").replace('.', ","),
        p if p > 99.9 && p < 100.0 => "mehr als 99,9 %".to_owned(),
        p => format!("{p:.1} %").replace('.', ",").replace(",0 %", " %"),
    }
}

/// When a change begins and ends, if not at once and for good.
pub fn period(from: Option<Day>, until: Option<Day>) -> Option<String> {
    match (from, until) {
        (None, None) => None,
        (Some(from), None) => Some(format!("Erst ab {}.", day(from.0))),
        (None, Some(until)) => Some(format!("Nur bis {}.", day(until.0))),
        (Some(from), Some(until)) => Some(format!("Nur von {} bis {}.", day(from.0), day(until.0))),
    }
}

impl Words<'_> {
    /// What changed, in one line.
    pub fn headline(&self, what: &What) -> String {
        match what {
            What::Pathway { pathway, added: true, .. } => format!("Neuer Weg: {}", self.name(pathway)),
            What::Pathway { pathway, added: false, .. } => format!("Weg entfällt: {}", self.name(pathway)),
            What::Outcome { pathway, before: Some(_), after: Some(_) } => {
                format!("Anderes Ergebnis auf dem Weg {}", self.name(pathway))
            }
            What::Outcome { pathway, after: Some(_), .. } => {
                format!("Der Weg {} gilt für mehr Menschen", self.name(pathway))
            }
            What::Outcome { pathway, .. } => format!("Der Weg {} gilt für weniger Menschen", self.name(pathway)),
            What::Step { step, added: true } => format!("Schritt kommt dazu: {}", self.name(step)),
            What::Step { step, added: false } => format!("Schritt fällt weg: {}", self.name(step)),
            What::Order { first, then } => {
                format!("Reihenfolge: {} steht jetzt vor {}", self.name(first), self.name(then))
            }
            What::Basis { source, added: true } => format!("Wege stützen sich neu auf {}", self.name(source)),
            What::Basis { source, added: false } => format!("Wege stützen sich nicht mehr auf {}", self.name(source)),
            What::Certainty { outcome, before, after } => format!(
                "Verbindlichkeit „{}“ → „{}“ bei Ergebnis {}",
                self.word("certainty", before.into_str()),
                self.word("certainty", after.into_str()),
                self.name(outcome)
            ),
            What::Office { before: Some(before), after: Some(after) } => {
                format!("Andere Stelle: {} → {}", self.name(before), self.name(after))
            }
            What::Office { after: Some(after), .. } => format!("Stelle kommt dazu: {}", self.name(after)),
            What::Office { before, .. } => {
                format!("Stelle fällt weg: {}", before.as_ref().map(|office| self.name(office)).unwrap_or_default())
            }
            What::Rows { outcome, gone, new } => {
                let list = |word: &str, rows: &[String]| {
                    if rows.is_empty() { String::new() } else { format!("; {word} {}", rows.join(", ")) }
                };
                format!("Zeilen hinter Ergebnis {}{}{}", self.name(outcome), list("weg", gone), list("neu", new))
            }
            What::Fact { fact } => format!("{} folgt jetzt anders aus den Antworten", self.name(fact)),
            What::Choice { question, option, added: true } => {
                format!("Frage {}: neue Antwort {}", self.name(question), self.name(option))
            }
            What::Choice { question, option, added: false } => {
                format!("Frage {}: Antwort {} entfällt", self.name(question), self.name(option))
            }
            What::Asked { question } => format!("Frage {} wird jetzt in anderen Fällen gestellt", self.name(question)),
            What::Entry { entry, added } => {
                let word = if *added { "neu" } else { "entfällt" };
                format!("{} {word}: {}", kind(entry.kind), self.name(entry))
            }
            What::Aspect { entry, aspect: name, before, after } => {
                format!("{} in {} {}", self.aspect(*name, before, after), kind(entry.kind), self.name(entry))
            }
            What::Text(text) => self.text_headline(text),
        }
    }

    fn text_headline(&self, text: &TextChange) -> String {
        let whose = format!("{} {}", kind(text.entry.kind), self.name(&text.entry));
        let which = part(&text.part);
        match (&text.before, &text.after) {
            (None, _) => format!("{which} neu bei {whose}"),
            (_, None) => format!("{which} entfällt bei {whose}"),
            _ => format!("{which} sagt etwas anderes bei {whose}"),
        }
    }

    /// Which words of a text weigh.
    pub fn weighs(&self, text: &TextChange) -> Option<String> {
        (!text.weighs.is_empty()).then(|| format!("Geändert ist, was zählt: {}", text.weighs.join(", ")))
    }

    /// What stands in full beside the headline.
    pub fn note(&self, what: &What) -> Option<&'static str> {
        match what {
            What::Choice { added: true, .. } => {
                Some("Verglichen wird mit dem, was vorher kam, wenn jemand hier „weiß ich nicht“ wählte.")
            }
            What::Choice { added: false, .. } => {
                Some("Wer sie gewählt hätte, wird jetzt gelesen wie jemand, der „weiß ich nicht“ wählt.")
            }
            _ => None,
        }
    }

    pub fn told(&self, told: Option<&Told>, silent: &str) -> String {
        told.map_or_else(
            || silent.to_owned(),
            |told| format!("{} – {}", self.name(&told.outcome), self.word("standing", told.standing.into_str())),
        )
    }

    /// Who decides, and what to do.
    pub fn told_in_full(&self, told: &Told) -> String {
        let steps: Vec<String> = told.steps.iter().map(|step| self.name(step)).collect();
        let steps = if steps.is_empty() { String::new() } else { format!(" Schritte: {}.", steps.join(" → ")) };
        format!("Es entscheidet: {}.{steps}", told.decides.name)
    }

    /// Where a change is noticed, in one sentence; nothing for what stands on no way by its nature.
    pub fn reach(&self, what: &What, reach: &Reach, of_cases: usize) -> Option<String> {
        let by_nature = match what {
            What::Entry { entry, .. } | What::Aspect { entry, .. } => stands_on_ways(entry.kind),
            What::Text(text) => stands_on_ways(text.entry.kind),
            What::Fact { .. } | What::Choice { .. } | What::Asked { .. } | What::Rows { .. } => false,
            _ => true,
        };
        if !by_nature {
            return None;
        }
        let ways = match reach.ways.as_slice() {
            [] => return Some("Steht auf keinem Weg.".to_owned()),
            [_] if matches!(what, What::Pathway { .. } | What::Outcome { .. }) => "Betrifft".to_owned(),
            [way] => format!("Steht auf dem Weg {}:", self.name(&way.pathway)),
            ways => format!("Steht auf {} Wegen:", ways.len()),
        };
        let share = match reach.answer_sets {
            Some(share) => format!("{} der Antwortkombinationen", percent(share)),
            None => "Anteil nicht gezählt".to_owned(),
        };
        Some(format!("{ways} {share}, {} von {of_cases} Musterfällen.", reach.cases.len()))
    }

    /// For whom: one line for each condition.
    pub fn who(&self, who: &[Trait]) -> String {
        if who.is_empty() {
            return "alle, gleich welche Antworten".to_owned();
        }
        let one = |this: &Trait| {
            // Many values are a list nobody reads; some are shown and the rest is counted.
            let shown = if self.ids || this.values.len() <= 6 { this.values.len() } else { 4 };
            let mut values: Vec<String> =
                this.values[..shown].iter().map(|value| format!("„{}“", value.name.trim_end_matches('.'))).collect();
            if this.values.len() > shown {
                values.push(format!("{} weitere", this.values.len() - shown));
            }
            let (last, others) =
                values.split_last().map(|(last, others)| (last.clone(), others.join(", "))).unwrap_or_default();
            let joined = if others.is_empty() { last } else { format!("{others} oder {last}") };
            format!("{}{} {joined}", this.fact.name, if this.not { ": nicht" } else { ":" })
        };
        who.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    pub fn name(&self, named: &Named) -> String {
        let quoted = format!("„{}“", named.name.trim_end_matches('.'));
        if self.ids { format!("{quoted} ({})", named.id) } else { quoted }
    }

    fn word(&self, family: &str, id: &str) -> String {
        self.rulebook.word(&Lang::german(), &format!("{family}.{id}")).to_owned()
    }

    /// "Gebühr 208 Euro → 238 Euro".
    fn aspect(&self, aspect: Aspect, before: &Value, after: &Value) -> String {
        let name = self.aspect_name(aspect);
        if let (Value::Entries(old), Value::Entries(new)) = (before, after) {
            let only = |own: &[Named], other: &[Named]| -> Vec<String> {
                own.iter().filter(|entry| !other.contains(entry)).map(|entry| self.name(entry)).collect()
            };
            let (gone, come) = (only(old, new), only(new, old));
            let mut parts = Vec::new();
            if !come.is_empty() {
                parts.push(format!("neu {}", come.join(", ")));
            }
            if !gone.is_empty() {
                parts.push(format!("ohne {}", gone.join(", ")));
            }
            if parts.is_empty() {
                parts.push("in anderer Reihenfolge".to_owned());
            }
            return format!("{name} {}", parts.join(" und "));
        }
        if let (Value::Figure { says: a, .. }, Value::Figure { says: b, .. }) = (before, after)
            && a == b
        {
            let says = a.clone().unwrap_or_else(|| "nicht bekannt".to_owned());
            return format!("{name} „{says}“ mit anderem Beleg ({} → {})", self.proof(before), self.proof(after));
        }
        match (before, after) {
            (Value::Nothing, after) => format!("{name} neu: {}", self.value(after)),
            (before, Value::Nothing) => format!("{name} entfällt: {}", self.value(before)),
            (before, after) => format!("{name} {} → {}", self.value(before), self.value(after)),
        }
    }

    fn proof(&self, figure: &Value) -> String {
        let Value::Figure { source, year, .. } = figure else { return String::new() };
        let source = source.as_ref().map_or_else(|| "ohne Quelle".to_owned(), |source| self.name(source));
        year.map_or_else(|| source.clone(), |year| format!("{source}, {year}"))
    }

    fn value(&self, value: &Value) -> String {
        let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "nicht bekannt".to_owned());
        match value {
            Value::Nothing => "nichts".to_owned(),
            Value::Words(words) => format!("„{words}“"),
            Value::Yes(yes) => if *yes { "ja" } else { "nein" }.to_owned(),
            Value::Day(date) => day(date.0),
            Value::Entry(entry) => self.name(entry),
            Value::Entries(entries) => entries.iter().map(|entry| self.name(entry)).collect::<Vec<_>>().join(", "),
            Value::Standing(standing) => format!("„{}“", self.word("standing", standing.into_str())),
            Value::Concern(concern) => format!("„{}“", self.word("concern", concern.into_str())),
            Value::Certainty(certainty) => format!("„{}“", self.word("certainty", certainty.into_str())),
            Value::Valid(valid) => validity(*valid),
            Value::German { level, kind, .. } => {
                let level = level.as_deref().unwrap_or_default().to_uppercase();
                self.word("german", kind.into_str()).replace("{level}", &level).trim_end_matches('.').to_owned()
            }
            Value::Figure { says, .. } => known(says),
            Value::Form(form) => format!("„{}“", self.word("paper-form", form.into_str())),
            Value::Reading(reading) => format!("„{}“", self.word("source-read", reading.into_str())),
            Value::Translation(translation) => format!("„{}“", self.word("translation", translation.into_str())),
            Value::Conditions(conditions) if conditions.is_empty() => "immer".to_owned(),
            Value::Conditions(conditions) => {
                let one = |(fact, values): &(Named, Vec<Named>)| {
                    let values: Vec<String> = values.iter().map(|value| format!("„{}“", value.name)).collect();
                    format!("{} {}", fact.name, values.join(" oder "))
                };
                format!("wenn {}", conditions.iter().map(one).collect::<Vec<_>>().join(" und "))
            }
        }
    }

    fn aspect_name(&self, aspect: Aspect) -> String {
        match aspect {
            Aspect::Cost(CostKind::Fee) => "Gebühr",
            Aspect::Cost(CostKind::Copies) => "Kosten für Kopien",
            Aspect::Cost(CostKind::Translation) => "Kosten der Übersetzung",
            Aspect::Cost(CostKind::Course) => "Kosten vom Kurs",
            Aspect::Cost(CostKind::Exam) => "Kosten der Prüfung",
            Aspect::Cost(CostKind::Travel) => "Fahrtkosten",
            Aspect::Time(TimeKind::Statutory) => "Frist im Gesetz",
            Aspect::Time(TimeKind::Stated) => "Zeit (Angabe vom Amt)",
            Aspect::Time(TimeKind::Observed) => "Dauer (Erfahrung)",
            Aspect::Time(TimeKind::Estimate) => "Dauer (geschätzt)",
            Aspect::Time(TimeKind::Unknown) => "Dauer (nicht bekannt)",
            Aspect::Standing => "Stand",
            Aspect::Concern => "Thema",
            Aspect::DecidedBy => "Es entscheidet",
            Aspect::AppliedForBy => "Den Antrag stellt",
            Aspect::AgreedBy => "Zustimmen muss",
            Aspect::AdvisedBy => "Es berät",
            Aspect::Certainty => "Verbindlichkeit",
            Aspect::Valid => "Geltung",
            Aspect::German => "Deutsch",
            Aspect::OnlyWith => "Nur bei diesen Nachweisen",
            Aspect::MustBeFiled => "Pflicht-Nachweise für den Träger",
            Aspect::OneIsEnough => "Nachweise, von denen einer reicht",
            Aspect::Recommended => "Empfohlene Nachweise",
            Aspect::AnabinOnPage => "anabin auf dem Arbeitgeberblatt",
            Aspect::Bring => "Unterlagen",
            Aspect::Unless => "Nicht nötig",
            Aspect::Leads => "geht allen Wegen vor",
            Aspect::Serves => "Dient dem Ziel",
            Aspect::Otherwise => "An seiner Stelle",
            Aspect::ByOthers => "macht jemand anderes",
            Aspect::Waits => "wartet auf etwas anderes",
            Aspect::AtOnce => "geht am selben Morgen",
            Aspect::Sources => "Quellen",
            Aspect::Form => "Form",
            Aspect::Translation => "Übersetzung",
            Aspect::Office => "Stelle",
            Aspect::Post => "Anschrift",
            Aspect::Phone => "Telefon",
            Aspect::Email => "E-Mail",
            Aspect::Url => "Internet",
            Aspect::Free => "kostenlos",
            Aspect::State => "Stand der Quelle",
            Aspect::Publisher => "Herausgeber",
            Aspect::CheckedOn => "geprüft am",
            Aspect::Read => "gelesen",
            Aspect::AskedIf => "gestellt",
            Aspect::OnlyAtDesk => "nur in der Beratung",
            Aspect::SeveralAnswers => "mehrere Antworten",
            Aspect::First => "zuerst",
            Aspect::Then => "danach",
            Aspect::Brings => "holt den ersten Schritt dazu",
            Aspect::Must => "Pflicht",
        }
        .to_owned()
    }
}

fn validity(valid: Validity) -> String {
    match (valid.from, valid.until) {
        (None, None) => "ohne Ende".to_owned(),
        (Some(from), None) => format!("ab {}", day(from.0)),
        (None, Some(until)) => format!("bis {}", day(until.0)),
        (Some(from), Some(until)) => format!("{} bis {}", day(from.0), day(until.0)),
    }
}

fn stands_on_ways(kind: Kind) -> bool {
    use Kind::{Decider, Office, Outcome, Paper, Pathway, Source, Step};
    matches!(kind, Pathway | Outcome | Step | Paper | Office | Decider | Source)
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pathway => "Weg",
        Kind::Outcome => "Ergebnis",
        Kind::Step => "Schritt",
        Kind::Paper => "Unterlage",
        Kind::Office => "Stelle",
        Kind::Decider => "entscheidender Stelle",
        Kind::Source => "Quelle",
        Kind::Question => "Frage",
        Kind::Option => "Antwort",
        Kind::Fact => "Merkmal",
        Kind::Value => "Wert eines Merkmals",
        Kind::Order => "Reihenfolge",
        Kind::Duty => "Pflicht der Träger",
        Kind::Term => "Begriff",
        Kind::Interface => "Seite",
    }
}

/// Which text of an entry, by the last parts of its path.
fn part(path: &str) -> String {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    match first {
        "title" | "name" => "Überschrift",
        "label" => "Kurzname",
        "" | "says" | "text" => "Text",
        "who" => "Wer es tut",
        "where" => "Ort",
        "phone" => "Satz am Telefon",
        "email" => "E-Mail",
        "watch_out" => "Warnung",
        "opening" => "Satz am Anfang vom Blatt",
        "tomorrow" => "Satz für den nächsten Morgen",
        "help" => "Hilfe",
        "why" => "Warum gefragt wird",
        "find_out" => "Wo die Antwort steht",
        "task" => "Aufgabe",
        "have" => "Was Sie mitbringen",
        "because" => "Begründung der Stelle",
        "not_this" => "Verwechslung der Stelle",
        "unit" => "Abteilung",
        "role" => "Aufgabe der Stelle",
        "note" => "Anmerkung",
        "find" => "So finden Sie die Stelle",
        "form_says" => "Text zur Form",
        "issued_by" => "Wer sie ausstellt",
        "if_missing" => "Wenn sie fehlt",
        "explains" => "Erklärung",
        "shortcut" => "Abkürzung",
        "employer" if rest == "under" => "Stelle im Recht auf dem Arbeitgeberblatt",
        "employer" if rest == "provision" => "Satz zur Vorschrift",
        "employer" => "Funktion auf dem Arbeitgeberblatt",
        other => other,
    }
    .to_owned()
}
