//! What is wrong with translations: catalogues that cannot be read, texts that do not say the same, words that promise, German
//! terms that got lost, languages that are offered and say too little.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::format::Lint;
use crate::language::catalogue::{Catalogue, Entry};
use crate::language::{Lang, Round, Text, Translations, numbers, places, round, without_places};
use crate::rulebook::released::remembered_name;
use crate::rulebook::{OFFERED, Rulebook, catalogue_name};
use crate::source::{FileId, Files, Span};
use crate::translation::{Coverage, ENOUGH, Sight, Weighs, coverage, weighs};

/// So many of several are named.
const NAMED: usize = 3;

/// Looks at the catalogues of all languages.
pub fn translations(rulebook: &Rulebook, files: &Files) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut sight = None;
    for lang in rulebook.languages.iter().filter(|lang| !lang.is_german()) {
        read(files, &remembered_name(lang), &mut found);
        let Some((file, catalogue)) = read(files, &catalogue_name(lang), &mut found) else { continue };
        let look = Look { rulebook, lang, file };
        for entry in &catalogue.entries {
            found.extend(look.review(entry));
            if entry.counts() {
                look.entry(entry, &mut found);
            }
        }
        found.extend(look.behind(&catalogue));
        // What people see costs a sheet for each Musterfall: only where a language says that it is offered and lacks something.
        if catalogue.headed(OFFERED) == Some("yes") && look.lacks(&catalogue) {
            let sight = sight.get_or_insert_with(|| Sight::of(rulebook));
            found.extend(look.offered(&coverage(rulebook, lang, sight)));
        }
    }
    found
}

/// Reads a catalogue, where there is one, and tells what of it cannot be read.
fn read(files: &Files, name: &str, found: &mut Vec<Diagnostic>) -> Option<(FileId, Catalogue)> {
    let (file, text) = files.iter().find(|(_, file)| file.name == name).map(|(id, file)| (id, &file.text))?;
    let (catalogue, broken) = Catalogue::read(text);
    found.extend(broken.into_iter().map(|broken| {
        let place = Span { file, start: broken.place.start, end: broken.place.end };
        let headline = format!("{name} ist hier nicht zu lesen: {}", broken.why);
        Diagnostic::new(Code::BrokenCatalogue, headline, place, "hier")
            .help("Berichtigen Sie die Zeile. Bis dahin steht an dieser Stelle Deutsch.")
    }));
    Some((file, catalogue))
}

/// A catalogue that is looked at.
struct Look<'c> {
    rulebook: &'c Rulebook,
    lang: &'c Lang,
    file: FileId,
}

impl Look<'_> {
    fn at(&self, entry: &Entry) -> Span {
        Span { file: self.file, start: entry.place.start, end: entry.place.end }
    }

    /// Whether a translation says the same as its German, as far as a program can tell.
    fn entry(&self, entry: &Entry, found: &mut Vec<Diagnostic>) {
        let (lang, id) = (self.lang, &entry.context);
        // A translation of German that nobody says any more is shown nowhere.
        let Some(text) = self.rulebook.texts.find(id).filter(|text| self.rulebook.texts.german(*text) == entry.german)
        else {
            return;
        };
        if let Some(before) = entry.spelled_before()
            && let Some(weighs) = weighs(self.rulebook, before, &entry.german)
        {
            found.push(more_than_spelling(self.rulebook, text, before, &weighs, self.at(entry)));
        }
        let (german, says) = (entry.german.as_str(), entry.says.as_str());
        let differs = [
            ("die Stellen in geschweiften Klammern", sorted(places(german)) != sorted(places(says))),
            ("die Ziffern", sorted(numbers(&plain_numbers(german))) != sorted(numbers(&plain_numbers(says)))),
            ("die Zahl der Zeichen §", german.matches('§').count() != says.matches('§').count()),
            ("eine Adresse", addresses(german).any(|address| !says.contains(address))),
        ];
        for (what, _) in differs.iter().filter(|(_, differs)| *differs) {
            found.push(
                Diagnostic::new(
                    Code::TranslationDiffers,
                    format!("`{id}` ({lang}): Anders als im Deutschen: {what}"),
                    self.at(entry),
                    format!("auf Deutsch: {german}"),
                )
                .help("Berichtigen Sie die Übersetzung. Zahlen, Paragrafen, Adressen und Stellen wie {district} bleiben, wie sie sind."),
            );
        }
        if let Some(sign) = self.strange_quote(says) {
            found.push(
                Diagnostic::new(
                    Code::TranslationDiffers,
                    format!("`{id}` ({lang}): Das Anführungszeichen {sign} gehört nicht zu dieser Sprache"),
                    self.at(entry),
                    format!("auf Deutsch: {german}"),
                )
                .help("Nehmen Sie die Zeichen, die in der Übersetzung von `interface.join.quote` stehen."),
            );
        }
        let Some(lint) = &self.rulebook.lint else { return };
        if let Some(word) = promised(lint, lang, says) {
            found.push(
                Diagnostic::new(
                    Code::TranslationPromises,
                    format!("`{id}` ({lang}) verspricht etwas: „{word}“"),
                    self.at(entry),
                    format!("auf Deutsch: {german}"),
                )
                .help("Sagen Sie nicht mehr als das Deutsche. Es entscheidet immer eine Stelle."),
            );
        }
        if let Some(term) = self.lost_term(text, says, lint) {
            found.push(
                Diagnostic::new(
                    Code::TermLost,
                    format!("In `{id}` ({lang}) fehlt das deutsche Wort „{term}“"),
                    self.at(entry),
                    format!("auf Deutsch: {german}"),
                )
                .help("Lassen Sie es deutsch stehen, zum Beispiel in Klammern: Briefe und Formulare sind deutsch. Ist es hier kein Fachwort, nennen Sie seinen Eintrag in lint.yaml unter `translations: loose`."),
            );
        }
    }

    /// Quotation marks of another language. German ones stand the wrong way round from right to left.
    fn strange_quote(&self, says: &str) -> Option<char> {
        let own = self.rulebook.texts.word("join.quote").map(|text| self.rulebook.texts.say(self.lang, text))?;
        says.chars().find(|sign| matches!(sign, '„' | '“' | '”' | '«' | '»') && !own.contains(*sign))
    }

    /// A note that somebody has compared the translation, from which nobody learns who or when.
    fn review(&self, entry: &Entry) -> Option<Diagnostic> {
        entry.half_a_review()?;
        let headline =
            format!("`{}` ({}): Der Prüfvermerk nennt nicht, wer geprüft hat und wann", entry.context, self.lang);
        let found = Diagnostic::new(Code::HalfAReview, headline, self.at(entry), "gilt so als nicht geprüft");
        Some(
            found.help(
                "Schreiben Sie eine Stelle oder Rolle und den Tag: `# reviewed: Beratungsstelle Köln 2026-11-27`.",
            ),
        )
    }

    /// A term that the German speaks and the translation does not.
    fn lost_term(&self, text: Text, says: &str, lint: &Lint) -> Option<&str> {
        // What a certificate of another country is called has nothing to do with what a German word means here.
        if round(self.rulebook.texts.id(text), self.rulebook.texts.german(text)) == Some(Round::Certificates) {
            return None;
        }
        let terms = &self.rulebook.terms;
        let loose = lint.translations.as_ref().map(|translations| &translations.loose);
        let mut spoken = self.rulebook.spoken.get(&text)?.iter();
        let lost = spoken.find(|id| {
            let is_loose = loose.is_some_and(|loose| loose.iter().any(|known| known.value == terms.name(**id)));
            !is_loose && !terms[**id].forms.iter().any(|form| says.contains(form.as_str()))
        });
        lost.map(|id| terms[*id].term.as_str())
    }

    /// Whether any text of today has no translation. Asked of the catalogue that is being looked at, which is not read again for it.
    fn lacks(&self, catalogue: &Catalogue) -> bool {
        let known = Translations::of(catalogue.entries.iter());
        let mut texts = self.rulebook.texts.iter().filter(|(id, german)| round(id, german).is_some());
        texts.any(|(id, german)| known.get(id, german).is_none())
    }

    /// A catalogue that does not know today's texts.
    fn behind(&self, catalogue: &Catalogue) -> Option<Diagnostic> {
        let known: HashMap<&str, &str> =
            catalogue.entries.iter().map(|entry| (entry.context.as_str(), entry.german.as_str())).collect();
        let texts = self.rulebook.texts.iter().filter(|(id, german)| round(id, german).is_some());
        let behind: Vec<&str> = texts.filter(|(id, german)| known.get(id) != Some(german)).map(|(id, _)| id).collect();
        let first = behind.first()?;
        let headline = match behind.len() {
            1 => format!("{}: Ein Text ist hier noch nicht oder anders: `{first}`", catalogue_name(self.lang)),
            count => format!(
                "{}: {count} Texte sind hier noch nicht oder anders, zuerst `{first}`",
                catalogue_name(self.lang)
            ),
        };
        Some(
            Diagnostic::new(
                Code::CatalogueBehind,
                headline,
                Span::start_of(self.file),
                "kennt nicht alle Texte von heute",
            )
            .help("Rufen Sie `lotse translate` auf. Was fehlt, steht bis zur Übersetzung deutsch da."),
        )
    }

    /// A language that is offered and says too little.
    fn offered(&self, covered: &Coverage) -> Option<Diagnostic> {
        if covered.is_enough() {
            return None;
        }
        let named: Vec<String> = covered.needed.iter().take(NAMED).map(|text| format!("`{}`", text.text)).collect();
        let needed = match covered.needed.len() {
            0 => String::new(),
            count => format!("; {count} Texte fehlen, die jeder braucht, zum Beispiel {}", named.join(", ")),
        };
        let headline = format!(
            "{} wird angeboten, aber nur {} % von dem, was Menschen lesen, ist übersetzt (nötig: {ENOUGH} %){needed}",
            self.lang, covered.words_seen
        );
        Some(
            Diagnostic::new(Code::OfferedTooEarly, headline, Span::start_of(self.file), "wird angeboten")
                .help("`lotse translate` nimmt das Angebot zurück; `lotse translate --report` nennt, was fehlt."),
        )
    }
}

/// A change of the German that is declared to be one of spelling and is more.
pub fn more_than_spelling(rulebook: &Rulebook, text: Text, before: &str, weighs: &Weighs, place: Span) -> Diagnostic {
    let headline = format!("`{}` ist nicht nur anders geschrieben. {weighs}", rulebook.texts.id(text));
    Diagnostic::new(Code::MoreThanSpelling, headline, place, format!("vorher: {before}"))
        .help("Rufen Sie `lotse translate` ohne `--spelling` auf. Der Text wird dann neu übersetzt und steht bis dahin deutsch da.")
}

fn sorted<T: Ord>(parts: impl Iterator<Item = T>) -> Vec<T> {
    let mut parts: Vec<T> = parts.collect();
    parts.sort();
    parts
}

/// Sites and e-mail addresses that stand in a text.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | '„' | '“' | ','));
    words.map(|word| word.trim_end_matches(['.', ':', ';', '?', '!'])).filter(|word| {
        let ends = ["de", "org", "nrw", "eu", "com"];
        let host = word.split('/').next().unwrap_or_default();
        host.rsplit_once('.').is_some_and(|(before, end)| !before.is_empty() && ends.contains(&end))
    })
}

/// The word of a translation that promises something.
fn promised<'l>(lint: &'l Lint, lang: &Lang, says: &str) -> Option<&'l str> {
    let words = lint.translations.as_ref()?.promises.get(lang.code())?;
    let says = says.to_lowercase();
    words.iter().map(|word| word.value.as_str()).find(|word| says.contains(&word.to_lowercase()))
}

/// A text without its places and without the marks between thousands, of which each language has its own: 3.000 is 3,000 and 3000.
fn plain_numbers(text: &str) -> String {
    let text: Vec<char> = without_places(text).chars().collect();
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let between_thousands = |at: usize| {
        let mark = matches!(text[at], '.' | ',' | '\u{a0}' | '\u{202f}');
        mark && at > 0 && is_digit(at - 1) && (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4)
    };
    (0..text.len()).filter(|at| !between_thousands(*at)).map(|at| text[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_people_write_them() {
        let text = "Fragen Sie auf anabin.kmk.org. Oder: kita@lvr.de, www.lwl.org/kita (z.B. heute).";
        assert_eq!(addresses(text).collect::<Vec<_>>(), ["anabin.kmk.org", "kita@lvr.de", "www.lwl.org/kita"]);
        assert_eq!(numbers("§ 24, 31.12.2028").collect::<Vec<_>>(), ["24", "31", "12", "2028"]);
    }

    #[test]
    fn a_number_is_the_same_with_the_marks_of_its_language() {
        for written in ["bis 3.000 Euro", "up to 3,000 Euro", "до 3000 Euro", "до 3\u{a0}000 Euro"] {
            assert_eq!(numbers(&plain_numbers(written)).collect::<Vec<_>>(), ["3000"], "{written}");
        }
        assert_eq!(
            numbers(&plain_numbers("31.12.2028: 2,32 Euro")).collect::<Vec<_>>(),
            ["31", "12", "2028", "2", "32"]
        );
    }
}
