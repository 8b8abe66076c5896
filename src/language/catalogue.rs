//! A catalogue: the translations of one language as a gettext PO file, read and written. The one door to that format.
//!
//! Written by hand, since a file that editors and translators touch must never bring the program down and must be told about
//! line by line: of the crates that read PO, one panics on a stray quotation mark and forgets what the German was before, the
//! other keeps the header in no order and takes a text that names a file for the file. What Lotse uses of the format is small:
//! no plurals, no obsolete entries, no domains. Strings are written on one line each, so that a change is one line.

use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::Date;

/// The translations of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Comments above the header.
    pub notes: Vec<String>,
    /// `Language: uk` and the like, in their order.
    pub header: Vec<(String, String)>,
    /// The texts, in the order of the file.
    pub entries: Vec<Entry>,
}

/// A text of the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What translators and reviewers wrote: `# …`.
    pub notes: Vec<String>,
    /// Where the text is shown and which terms stand in it: `#. …`, written by the program.
    pub shown: Vec<String>,
    /// Further flags: `#, …`.
    pub flags: Vec<String>,
    /// Whether the German was changed since it was translated.
    pub fuzzy: bool,
    /// The German that was translated, where today's is another: `#| msgid "…"`.
    pub before: Option<String>,
    /// The id path of the text.
    pub context: String,
    /// The German.
    pub german: String,
    /// The translation; nothing where there is none yet.
    pub says: String,
    /// Its lines in the file, in bytes.
    pub place: Range<usize>,
}

/// How a note says that somebody who speaks the language well compared the text with the German.
const REVIEWED: &str = "reviewed:";

/// The flag of an entry whose German was only spelled better since it was translated.
const SPELLING: &str = "spelling";

/// Somebody who speaks both languages well has compared a translation with its German.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review<'e> {
    /// Who; a role is enough.
    pub who: &'e str,
    /// When.
    pub on: Date,
    /// A short mark of the translation that was compared, as `lotse translate` notes it.
    of: Option<&'e str>,
}

impl Entry {
    /// Who has compared the translation with the German, and when; nothing where the translation was changed since.
    pub fn review(&self) -> Option<Review<'_>> {
        let review = self.notes.iter().find_map(|note| review(note)).flatten()?;
        review.of.is_none_or(|of| of == self.mark()).then_some(review)
    }

    /// Notes of which translation a comparison speaks, and forgets one of a translation that was changed since.
    pub fn seal_review(&mut self) {
        if !self.reviewed() {
            // A note that lacks who or when is told to whoever wrote it.
            return self.notes.retain(|note| !matches!(review(note), Some(Some(_))));
        }
        let mark = self.mark();
        for note in &mut self.notes {
            if review(note).flatten().is_some_and(|review| review.of.is_none()) {
                note.push(' ');
                note.push_str(&mark);
            }
        }
    }

    /// A short mark of the translation.
    fn mark(&self) -> String {
        format!("{:08x}", crc32fast::hash(self.says.as_bytes()))
    }

    /// Whether somebody has compared the translation with the German, and says who and when.
    pub fn reviewed(&self) -> bool {
        self.review().is_some()
    }

    /// The note that means to tell of a comparison and lacks who or when.
    pub fn half_a_review(&self) -> Option<&str> {
        self.notes.iter().find(|note| review(note) == Some(None)).map(String::as_str)
    }

    /// Forgets that somebody has compared it: the German is another now.
    pub fn forget_review(&mut self) {
        self.notes.retain(|note| review(note).is_none());
    }

    /// What it was translated from, if that is declared to be today's German spelled otherwise.
    pub fn spelled_before(&self) -> Option<&str> {
        self.before.as_deref().filter(|_| self.flags.iter().any(|flag| flag == SPELLING))
    }

    /// Declares that its German is what it was translated from, only spelled better; or takes that back.
    pub fn spelled(&mut self, before: Option<&str>) {
        self.flags.retain(|flag| flag != SPELLING);
        self.flags.extend(before.map(|_| SPELLING.to_owned()));
        self.before = before.map(str::to_owned);
    }

    /// Whether it gives a translation that may be shown.
    pub fn counts(&self) -> bool {
        !self.fuzzy && !self.says.is_empty()
    }
}

/// What a note says of a comparison; nothing where it says something else, and nothing within where it lacks who or when.
fn review(note: &str) -> Option<Option<Review<'_>>> {
    let said = note.trim().strip_prefix(REVIEWED)?.trim();
    let is_mark = |word: &str| word.len() == 8 && word.chars().all(|sign| sign.is_ascii_hexdigit());
    let marked = said.rsplit_once(char::is_whitespace).filter(|(_, last)| is_mark(last));
    let (said, of) = marked.map_or((said, None), |(said, of)| (said, Some(of)));
    let whole = said.trim().rsplit_once(char::is_whitespace).and_then(|(who, on)| {
        let (who, on) = (who.trim().trim_end_matches(','), on.parse().ok()?);
        (!who.is_empty()).then_some(Review { who, on, of })
    });
    Some(whole)
}

/// Something in a catalogue that cannot be read. The entry is left out; all others stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line, in bytes.
    pub place: Range<usize>,
    /// What is wrong with it.
    pub why: &'static str,
}

/// What a string that follows without a keyword goes on with.
#[derive(Clone, Copy)]
enum Part {
    Context,
    German,
    Says,
    Before,
    Ignored,
}

/// An entry while it is read.
#[derive(Default)]
struct Reading {
    entry: Entry,
    part: Option<Part>,
    context: Option<String>,
    german: Option<String>,
    says: Option<String>,
    before: Option<String>,
    broken: Option<Broken>,
    begun: bool,
}

impl Catalogue {
    /// Reads a file. What cannot be read is left out and told.
    pub fn read(text: &str) -> (Self, Vec<Broken>) {
        let mut catalogue = Self::default();
        let mut broken = Vec::new();
        let mut reading = Reading::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let place = at..at + line.trim_end().len();
            at += line.len();
            match line.trim() {
                "" => catalogue.take(std::mem::take(&mut reading), &mut broken),
                line => {
                    // Without an empty line between them, the next entry begins with its comment or its context.
                    if reading.says.is_some() && !line.starts_with('"') && !line.starts_with("#~") {
                        catalogue.take(std::mem::take(&mut reading), &mut broken);
                    }
                    reading.line(line, place);
                }
            }
        }
        catalogue.take(reading, &mut broken);
        (catalogue, broken)
    }

    fn take(&mut self, reading: Reading, broken: &mut Vec<Broken>) {
        if !reading.begun {
            return;
        }
        if reading.broken.is_some() {
            broken.extend(reading.broken);
            return;
        }
        let (Some(german), Some(says)) = (reading.german, reading.says) else {
            // Comments alone, as gettext keeps them for what is gone.
            if reading.part.is_some() {
                broken.push(Broken { place: reading.entry.place, why: "hier fehlt `msgid` oder `msgstr`" });
            }
            return;
        };
        if german.is_empty() && reading.context.is_none() {
            let line = |line: &str| {
                line.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            };
            self.header = says.lines().filter_map(line).collect();
            self.notes = reading.entry.notes;
            return;
        }
        let Some(context) = reading.context else {
            broken.push(Broken { place: reading.entry.place, why: "hier fehlt `msgctxt`, der Name des Textes" });
            return;
        };
        self.entries.push(Entry { context, german, says, before: reading.before, ..reading.entry });
    }

    /// The file in its one form.
    pub fn write(&self) -> String {
        let mut text = String::new();
        lines(&mut text, "#", &self.notes);
        let header: String = self.header.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        // Writing into a string cannot fail.
        let _ = writeln!(text, "msgid \"\"\nmsgstr \"\"");
        for line in header.split_inclusive('\n') {
            let _ = writeln!(text, "{}", quoted(line));
        }
        for entry in &self.entries {
            text.push('\n');
            lines(&mut text, "#", &entry.notes);
            lines(&mut text, "#.", &entry.shown);
            let flags: Vec<&str> =
                entry.fuzzy.then_some("fuzzy").into_iter().chain(entry.flags.iter().map(String::as_str)).collect();
            if !flags.is_empty() {
                let _ = writeln!(text, "#, {}", flags.join(", "));
            }
            if let Some(before) = &entry.before {
                let _ = writeln!(text, "#| msgid {}", quoted(before));
            }
            let _ = writeln!(text, "msgctxt {}", quoted(&entry.context));
            let _ = writeln!(text, "msgid {}", quoted(&entry.german));
            let _ = writeln!(text, "msgstr {}", quoted(&entry.says));
        }
        text
    }

    /// A line of the header.
    pub fn headed(&self, name: &str) -> Option<&str> {
        self.header.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Sets a line of the header.
    pub fn head(&mut self, name: &str, value: &str) {
        match self.header.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.header.push((name.to_owned(), value.to_owned())),
        }
    }
}

impl Reading {
    fn line(&mut self, line: &str, place: Range<usize>) {
        if !self.begun {
            self.entry.place = place.clone();
            self.begun = true;
        }
        self.entry.place.end = place.end;
        if let Err(why) = self.read(line) {
            self.broken.get_or_insert(Broken { place, why });
        }
    }

    fn read(&mut self, line: &str) -> Result<(), &'static str> {
        if let Some(comment) = line.strip_prefix('#') {
            return self.comment(comment);
        }
        if line.starts_with('"') {
            let more = unquoted(line)?;
            let part = match self.part {
                Some(Part::Context) => &mut self.context,
                Some(Part::German) => &mut self.german,
                Some(Part::Says) => &mut self.says,
                Some(Part::Before) => &mut self.before,
                Some(Part::Ignored) => return Ok(()),
                None => return Err("vor diesem Text steht kein `msgid` oder `msgstr`"),
            };
            part.get_or_insert_default().push_str(&more);
            return Ok(());
        }
        let (word, text) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (part, known) = match word {
            "msgctxt" => (&mut self.context, Part::Context),
            "msgid" => (&mut self.german, Part::German),
            "msgstr" => (&mut self.says, Part::Says),
            "msgid_plural" | "msgstr[0]" => return Err("Formen für mehrere gibt es hier nicht; jeder Text hat eine"),
            _ => return Err("diese Zeile gehört nicht in einen Katalog"),
        };
        if part.is_some() {
            return Err("das steht in diesem Eintrag schon; zwischen zwei Einträge gehört eine leere Zeile");
        }
        *part = Some(unquoted(text.trim())?);
        self.part = Some(known);
        Ok(())
    }

    fn comment(&mut self, comment: &str) -> Result<(), &'static str> {
        let said = |rest: &str| rest.strip_prefix(' ').unwrap_or(rest).trim_end().to_owned();
        match comment.chars().next() {
            Some('.') => self.entry.shown.push(said(&comment[1..])),
            Some(',') => {
                let flags = comment[1..].split(',').map(str::trim).filter(|flag| !flag.is_empty());
                for flag in flags {
                    match flag {
                        "fuzzy" => self.entry.fuzzy = true,
                        other => self.entry.flags.push(other.to_owned()),
                    }
                }
            }
            Some('|') => {
                let line = comment[1..].trim();
                if line.starts_with('"') {
                    if let Some(Part::Before) = self.part {
                        self.before.get_or_insert_default().push_str(&unquoted(line)?);
                    }
                } else {
                    self.part = Some(Part::Ignored);
                    if let Some(text) = line.strip_prefix("msgid ") {
                        self.before = Some(unquoted(text.trim())?);
                        self.part = Some(Part::Before);
                    }
                }
            }
            // Places in files, which Lotse has not; and what gettext keeps of entries that are gone.
            Some(':' | '~') => {}
            _ => self.entry.notes.push(said(comment)),
        }
        Ok(())
    }
}

fn lines(text: &mut String, sign: &str, lines: &[String]) {
    for line in lines {
        let _ = writeln!(text, "{}", format!("{sign} {line}").trim_end());
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

fn unquoted(text: &str) -> Result<String, &'static str> {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.ok_or("ein Text steht zwischen zwei Anführungszeichen")?;
    let mut read = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => return Err("vor ein Anführungszeichen im Text gehört ein `\\`"),
            '\\' => read.push(match signs.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(sign @ ('"' | '\\')) => sign,
                _ => return Err("nach `\\` steht nur `n`, `t`, `r`, `\"` oder `\\`"),
            }),
            sign => read.push(sign),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> impl Strategy<Value = Entry> {
        let line = "[a-zäöü:. ]{0,20}[a-zäöü]";
        let text = "[\\PC\n\t\"\\\\]{1,40}";
        let parts = (prop::collection::vec(line, 0..3), prop::collection::vec(line, 0..3), any::<bool>());
        (parts, prop::option::of(text), "[a-z.]{1,12}", text, "[\\PC\n\t\"\\\\]{0,40}").prop_map(
            |((notes, shown, fuzzy), before, context, german, says)| Entry {
                notes: notes.into_iter().map(|note: String| note.trim().to_owned() + "x").collect(),
                shown: shown.into_iter().map(|note: String| note.trim().to_owned()).collect(),
                flags: Vec::new(),
                fuzzy,
                before,
                context,
                german,
                says,
                place: 0..0,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(entries in prop::collection::vec(entry(), 0..6)) {
            let mut catalogue = Catalogue { entries, ..Catalogue::default() };
            catalogue.head("Language", "uk");
            let (mut read, broken) = Catalogue::read(&catalogue.write());
            read.entries.iter_mut().for_each(|entry| entry.place = 0..0);
            // A note that begins like another kind of comment is none; those are tried by hand.
            prop_assert_eq!(broken, vec![]);
            prop_assert_eq!(read, catalogue);
        }

        #[test]
        fn no_file_breaks_it(text in "(msgid|msgstr|msgctxt|#|#\\||#~|\"|\\\\|\n| |a|ä|: ){0,60}") {
            let (_, broken) = Catalogue::read(&text);
            for broken in broken {
                prop_assert!(text.get(broken.place).is_some());
            }
        }
    }

    #[test]
    fn a_comparison_counts_only_with_who_and_when() {
        let noted = |note: &str| Entry { notes: vec![note.to_owned()], ..Entry::default() };
        for half in ["reviewed:", "reviewed: 2026-11-27", "reviewed: Beratung Köln", "reviewed: Beratung 27.11.2026"] {
            assert!(!noted(half).reviewed() && noted(half).half_a_review() == Some(half), "{half}");
        }
        let mut whole = noted("reviewed: Beratung Köln, 2026-11-27");
        assert_eq!(whole.review().map(|review| review.who), Some("Beratung Köln"));
        assert_eq!((whole.half_a_review(), noted("kurz halten").half_a_review()), (None, None));
        whole.seal_review();
        let sealed = whole.notes.clone();
        whole.seal_review();
        assert!(
            whole.reviewed() && whole.notes == sealed && sealed[0].len() > "reviewed: Beratung Köln, 2026-11-27".len()
        );
        whole.says = "anders".to_owned();
        assert!(!whole.reviewed());
        whole.seal_review();
        assert_eq!(whole.notes, Vec::<String>::new());
    }

    #[test]
    fn a_broken_entry_is_told_with_its_line_and_the_others_stand() {
        let text = "msgid \"\"\nmsgstr \"\"\n\"Language: uk\\n\"\n\nmsgctxt \"a\"\nmsgid \"A\nmsgstr \"x\"\n\n\
                    # reviewed: Beratung 2026-11-27\n#, fuzzy\n#| msgid \"alt\"\nmsgctxt \"b\"\nmsgid \"\"\n\"B \"\n\"C\"\nmsgstr \"y\"\n";
        let (read, broken) = Catalogue::read(text);
        assert_eq!(broken.iter().map(|broken| &text[broken.place.clone()]).collect::<Vec<_>>(), ["msgid \"A"]);
        assert_eq!(read.headed("Language"), Some("uk"));
        let [entry] = &read.entries[..] else { panic!("one entry stands") };
        assert_eq!((entry.german.as_str(), entry.says.as_str(), entry.before.as_deref()), ("B C", "y", Some("alt")));
        assert!(entry.fuzzy && !entry.counts());
        let review = entry.review().expect("it says who and when");
        assert_eq!((review.who, review.on), ("Beratung", jiff::civil::date(2026, 11, 27)));
    }
}
