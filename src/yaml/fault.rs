//! What can be wrong with a file before anybody asks what it means: one function per fault, all sentences in one place.

use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::source::Span;

/// What a reader is told where the rest of a file cannot be read.
const LATER: &str = "Der Rest der Datei wird gelesen, sobald das behoben ist.";

/// The YAML parser gave up.
pub fn syntax(said: &str, span: Span) -> Diagnostic {
    if said.contains("mapping values") {
        return Diagnostic::new(
            Code::Unreadable,
            "In dieser Zeile steht ein zweiter Doppelpunkt",
            span,
            "dieser Doppelpunkt",
        )
        .help(format!("Setzen Sie einen Text, in dem `: ` vorkommt, in Anführungszeichen. {LATER}"));
    }
    if said.contains("simple key") || said.contains("':'") {
        return Diagnostic::new(
            Code::Unreadable,
            "Diese Zeile ist weder ein Schlüssel noch ein Teil des Textes darüber",
            span,
            "hinter einen Schlüssel gehört ein Doppelpunkt",
        )
        .help(format!(
            "Schreiben Sie `schlüssel: wert`. Geht hier der Text von oben weiter, schreiben Sie oben `>-` hinter den \
             Doppelpunkt und rücken alle Zeilen des Textes darunter ein. {LATER}"
        ));
    }
    if ["indent", "block mapping", "block collection", "block end", "block entry"]
        .iter()
        .any(|word| said.contains(word))
    {
        return indentation(span);
    }
    Diagnostic::new(Code::Unreadable, "Diese Stelle lässt sich nicht lesen", span, "etwa hier")
        .help(format!("Prüfen Sie hier Einrückung, Doppelpunkte und Anführungszeichen. {LATER}"))
}

/// A text that goes on in the next line although nothing says so.
pub fn text_over_lines(key: &str, opened: Span, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        format!("Der Text von `{key}:` geht über mehrere Zeilen, ohne dass `>-` davor steht"),
        span,
        "hier geht der Text weiter",
    )
    .also(opened, "hier beginnt er")
    .help(format!("Schreiben Sie `{key}: >-` und rücken Sie alle Zeilen des Textes darunter ein. {LATER}"))
}

/// A line that begins in the wrong column.
pub fn indentation(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        "Diese Zeile ist anders eingerückt als ihre Nachbarn",
        span,
        "beginnt in einer anderen Spalte",
    )
    .help(format!(
        "Alle Schlüssel eines Eintrags beginnen in derselben Spalte, jede Ebene zwei Leerzeichen weiter. {LATER}"
    ))
}

/// `"` without its partner.
pub fn open_quotation(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        "Ein Anführungszeichen ist geöffnet und nicht geschlossen",
        span,
        "zu diesem fehlt in der Zeile das zweite",
    )
    .help(format!(
        "Schließen Sie es. Kommen im Text selbst Anführungszeichen vor, schreiben Sie ihn unter `>-`. {LATER}"
    ))
}

/// `[` or `{` without its partner.
pub fn open_bracket(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Unreadable,
        "Eine Klammer ist geöffnet und nicht geschlossen",
        span,
        "zu dieser fehlt die zweite",
    )
    .help(format!("Schließen Sie die Klammer, wo die Liste endet. {LATER}"))
}

/// A key that the entry does not have.
pub fn unknown_key(key: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::UnknownKey,
        format!("Den Schlüssel `{key}` gibt es hier nicht"),
        span,
        "kein Schlüssel dieses Eintrags",
    );
    if key.contains(' ') && nearest(key, known.iter().copied()).is_none() {
        return fault.help(
            "Ist das ein Teil eines Textes? Zwischen `{` und `}` beginnt hinter einem Komma ein neuer Schlüssel. Setzen Sie \
             einen Text mit Komma in Anführungszeichen.",
        );
    }
    match did_you_mean(key, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("Möglich ist hier: {}", known.join(", "))),
    }
}

/// A key written twice.
pub fn duplicate_key(key: &str, first: Option<Span>, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::DuplicateKey,
        format!("`{key}` steht in diesem Eintrag zweimal"),
        span,
        "zum zweiten Mal",
    )
    .help("Lassen Sie eines von beiden stehen, oder geben Sie einem einen anderen Namen.");
    match first {
        Some(first) => fault.also(first, "zum ersten Mal"),
        None => fault,
    }
}

/// A key every entry of the kind needs.
pub fn missing_key(key: &str, entry: Option<&str>, span: Span) -> Diagnostic {
    let headline = match entry {
        Some(entry) => format!("In `{entry}` fehlt `{key}:`"),
        None => format!("Hier fehlt `{key}:`"),
    };
    Diagnostic::new(Code::MissingKey, headline, span, format!("kein `{key}:` in diesem Eintrag"))
        .help(format!("Fügen Sie `{key}:` hinzu. Jeder Eintrag dieser Art braucht es."))
}

/// A key that stands there, but so far in that it became part of the text above.
pub fn key_in_text(key: &str, text_of: &str, opened: Span, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MissingKey,
        format!("`{key}:` ist zu weit eingerückt und gehört so zum Text von `{text_of}:`"),
        span,
        "wird als Text gelesen",
    )
    .also(opened, "hier beginnt der Text")
    .help(format!("Rücken Sie `{key}:` so weit ein wie `{text_of}:`."))
}

/// A word outside a short list of words.
pub fn unknown_word(word: &str, known: &[&str], span: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::UnknownWord, format!("`{word}` ist hier nicht vorgesehen"), span, "dieses Wort");
    match did_you_mean(word, known.iter().copied()) {
        Some(help) => fault.help(help),
        None => fault.help(format!("Möglich ist hier: {}", known.join(", "))),
    }
}

/// Anchors, aliases, merge keys.
pub fn anchor(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Anchor,
        "Anker (`&name`) und Verweise darauf (`*name`) gibt es in den Regeln nicht",
        span,
        "hier",
    )
    .help("Schreiben Sie den Text aus. Beginnt ein Text nur zufällig mit `&` oder `*`, setzen Sie ihn in Anführungszeichen.")
}

/// Bytes that are no UTF-8.
pub fn not_utf8(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotUtf8,
        "Diese Datei ist nicht als UTF-8 gespeichert",
        span,
        "das erste Zeichen, das sich nicht lesen lässt",
    )
    .help("Speichern Sie die Datei mit der Kodierung UTF-8. Wahrscheinlich war es Windows-1252 oder Latin-1.")
}

/// Nothing but blanks and comments.
pub fn empty_file(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::EmptyFile, format!("{name} ist leer"), span, "hier steht nichts")
        .help("Füllen Sie die Datei, oder löschen Sie sie.")
}

/// A list where a text belongs, and the like.
pub fn wrong_shape(expected: &str, seen: Option<&str>, span: Span) -> Diagnostic {
    let headline = match seen {
        Some(seen) => format!("Hier gehört {expected} hin, es steht aber {seen} da"),
        None => format!("Hier gehört {expected} hin"),
    };
    Diagnostic::new(Code::WrongShape, headline, span, "von anderer Art")
        .help("Vergleichen Sie mit einem Eintrag in der Nähe.")
}

/// A list whose entries have no dashes.
pub fn list_without_dashes(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::WrongShape,
        format!("Unter `{key}:` steht eine Liste; vor ihren Einträgen fehlt der Strich"),
        span,
        "hier beginnt die Liste",
    )
    .help("Beginnen Sie jeden Eintrag mit `- `, und rücken Sie seine weiteren Zeilen zwei Leerzeichen weiter ein.")
}

/// `key:` with nothing behind it.
pub fn nothing_written(span: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyText, "Hinter diesem Schlüssel steht nichts", span, "hier fehlt etwas")
        .help("Schreiben Sie es hin, oder nehmen Sie den Schlüssel heraus.")
}

/// A tab in the indentation.
pub fn tab(more: usize, span: Span) -> Diagnostic {
    let headline = match more {
        0 => "Diese Zeile ist mit einem Tabulator eingerückt".to_owned(),
        1 => "Diese Zeile und eine weitere sind mit Tabulatoren eingerückt".to_owned(),
        more => format!("Diese Zeile und {more} weitere sind mit Tabulatoren eingerückt"),
    };
    Diagnostic::new(Code::Tab, headline, span, "ein Tabulator").help(format!(
        "Rücken Sie mit Leerzeichen ein, zwei je Ebene. Viele Editoren können Tabulatoren umwandeln. {LATER}"
    ))
}

/// A no-break space in the indentation or around a key.
pub fn no_break_space(more: usize, span: Span) -> Diagnostic {
    let headline = match more {
        0 => "Hier steht ein geschütztes Leerzeichen".to_owned(),
        1 => "Hier und an einer weiteren Stelle steht ein geschütztes Leerzeichen".to_owned(),
        more => format!("Hier und an {more} weiteren Stellen stehen geschützte Leerzeichen"),
    };
    Diagnostic::new(Code::NoBreakSpace, headline, span, "sieht aus wie ein Leerzeichen, ist aber keines").help(format!(
        "Löschen Sie es, und tippen Sie ein einfaches Leerzeichen. Es kommt oft beim Einfügen aus Word mit. {LATER}"
    ))
}

/// `yes`, `no`, `NO`, `05314` … without quotation marks.
pub fn bare_word(word: &str, span: Span) -> Diagnostic {
    let remark = if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-')) {
        "wird als Zahl gelesen; eine Null vorn geht dabei verloren"
    } else {
        "viele Programme lesen das als ja oder nein"
    };
    Diagnostic::new(Code::BareWord, format!("`{word}` steht hier ohne Anführungszeichen"), span, remark)
        .help(format!("Schreiben Sie \"{word}\" mit Anführungszeichen."))
}

/// Brackets in brackets in brackets, or a file of a size no author writes.
pub fn beyond_limits(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::BeyondLimits,
        "Diese Datei ist zu tief verschachtelt oder zu groß",
        span,
        "hier ist die Grenze überschritten",
    )
    .help("Keine Regel braucht mehr als 40 Ebenen. Suchen Sie nach Klammern, die immer wieder geöffnet werden.")
}

/// `---` in the middle of a file.
pub fn second_document(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SecondDocument,
        "In dieser Datei beginnt ein zweites Dokument (`---`)",
        span,
        "nur das erste würde gelesen",
    )
    .help("Nehmen Sie die Zeile `---` heraus, oder machen Sie zwei Dateien daraus.")
}

/// A value that its type refuses with words of its own, for instance a day.
pub fn refused(said: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Refused, said, span, "nicht verstanden")
        .help("Schreiben Sie es wie bei den Einträgen in der Nähe. Den Tag muss es geben.")
}

/// A text of which YAML takes the end for a comment.
pub fn cut_by_comment(lost: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CutByComment,
        format!("Der Text endet vor `{lost}`"),
        span,
        "ab hier liest YAML einen Kommentar",
    )
    .help("Gehört es zum Text, setzen Sie den ganzen Text in Anführungszeichen. Ein Kommentar steht in einer eigenen Zeile.")
}
