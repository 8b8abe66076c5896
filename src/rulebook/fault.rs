//! What can be wrong with a rulebook in meaning: one function per fault, all sentences in one place.
//!
//! The sentences are for those who write rules, in German. Each says what is wrong, where, and what to do. Kinds of findings
//! are explained at length by `lotse explain-code`.

use crate::diagnostic::{Code, Diagnostic, did_you_mean, listed, nearest};
use crate::source::{Located, Span};

/// So many values are named.
const MOST_LISTED: usize = 8;

/// `basis: persvo-44` where no such source exists.
pub fn unknown_id<'a>(kind: &str, id: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::UnknownId,
        format!("`{id}` gibt es nicht ({kind})"),
        id.span,
        format!("{kind} mit diesem Namen fehlt"),
    );
    match did_you_mean(id, known) {
        Some(help) => fault.help(help),
        None => fault.help("Berichtigen Sie den Namen. Oder legen Sie den Eintrag an, wenn er noch fehlt."),
    }
}

/// An option or value that the fact does not have.
pub fn unknown_value<'a>(fact: &str, value: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::UnknownValue,
        format!("`{fact}` hat keinen Wert `{value}`"),
        value.span,
        "diesen Wert gibt es dort nicht",
    );
    match did_you_mean(value, known) {
        Some(help) => fault.help(help),
        None => fault.help(format!("Welche Werte möglich sind, steht bei `{fact}`.")),
    }
}

/// A node that forgets some of the values.
pub fn values_missed(fact: &str, missed: &[&str], ask: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ValuesMissed,
        format!("Zu `{fact}` fehlt ein Zweig für {}", listed(missed, MOST_LISTED)),
        ask,
        "hier gefragt, aber nicht für jede Antwort geregelt",
    )
    .help("Nennen Sie die Werte in einem Zweig, oder schließen Sie mit `- else: …`. Niemand darf durchfallen.")
}

/// Values that only an `else` with dates deals with.
pub fn dated_else(fact: &str, missed: &[&str], otherwise: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ValuesMissed,
        format!("Zu `{fact}` fehlt an manchen Tagen ein Zweig für {}", listed(missed, MOST_LISTED)),
        otherwise,
        "dieses `else` gilt nicht an jedem Tag; an den anderen ist nichts geregelt",
    )
    .help("Schreiben Sie darunter ein `- else: …` ohne Tage, für die Zeit, in der dieses nicht gilt.")
}

/// An option named in two branches of one node.
pub fn value_twice(fact: &str, value: &Located<String>, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ValueTwice,
        format!("`{value}` von `{fact}` steht in zwei Zweigen"),
        value.span,
        "hier noch einmal; dieser Zweig wird dafür nie genommen",
    )
    .also(first, "hier schon entschieden")
    .help("Lassen Sie den Wert nur in dem Zweig stehen, den die Norm meint.")
}

/// A branch below `else`.
pub fn after_else(branch: Span, otherwise: Span) -> Diagnostic {
    Diagnostic::new(
        Code::AfterElse,
        "Dieser Zweig steht unter `else` und wird nie erreicht",
        branch,
        "hierher kommt niemand",
    )
    .also(otherwise, "`else` nimmt alles, was übrig ist")
    .help("Stellen Sie `else` an das Ende.")
}

/// `else` although all values are named.
pub fn empty_else(fact: &str, otherwise: Span) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyElse,
        format!("Für `else` bleibt nichts übrig: Jeder Wert von `{fact}` ist schon genannt"),
        otherwise,
        "hierher kommt niemand",
    )
    .help("Nehmen Sie `else` heraus, oder nehmen Sie die Werte, die es meint, oben heraus.")
}

/// A branch with neither or both of `if` and `else`.
pub fn if_or_else(branch: Span) -> Diagnostic {
    Diagnostic::new(Code::IfOrElse, "Ein Zweig braucht `if:` oder `else:`", branch, "dieser Zweig")
        .help("Schreiben Sie `- if: [a, b]` für bestimmte Werte und `- else: …` für den Rest.")
}

/// A node that neither asks nor ends, or does both.
pub fn ask_or_end(node: Span, leaf: &str) -> Diagnostic {
    Diagnostic::new(
        Code::AskOrEnd,
        format!("Hier muss entweder gefragt werden (`ask:` mit `branches:`), oder es endet (`{leaf}:`)"),
        node,
        "hier steht beides oder keines von beiden",
    )
    .help(format!("Schreiben Sie `ask:` und `branches:`, oder nur `{leaf}:`. Prüfen Sie auch die Einrückung."))
}

/// A table that leaves something open: it has no `else`, or only one with dates.
pub fn table_open(place: Span, dated: bool) -> Diagnostic {
    let seen = if dated {
        "dieses `else` gilt nicht an jedem Tag; an den anderen ist nichts geregelt"
    } else {
        "die letzte Zeile der Tabelle"
    };
    Diagnostic::new(Code::ValuesMissed, "Die Tabelle sagt nicht, was gilt, wenn keine Zeile passt", place, seen)
        .help("Schließen Sie die Tabelle mit `- else: …` ohne Tage. Niemand darf durchfallen.")
}

/// A table in which no row has a condition.
pub fn table_empty(place: Span) -> Diagnostic {
    let headline = "Eine Tabelle braucht mindestens eine Zeile mit `if:` oder `any:`";
    Diagnostic::new(Code::IfOrElse, headline, place, "hier steht keine")
        .help("Schreiben Sie `- { if: { frage: wert }, outcome: … }` und als letzte Zeile `- else: …`.")
}

/// A row of a table that does not end, or ends twice.
pub fn row_ends(row: Span, leaf: &str) -> Diagnostic {
    let headline = format!("Eine Zeile einer Tabelle endet mit genau einem `{leaf}:`");
    Diagnostic::new(Code::AskOrEnd, headline, row, "diese Zeile")
        .help(format!("Schreiben Sie `{leaf}:`. Wo erst noch gefragt werden muss, schreiben Sie einen Baum (`tree:`)."))
}

/// A pathway with neither or both of a tree and a table.
pub fn tree_or_table(pathway: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NotDerived,
        format!("Der Weg `{pathway}` braucht entweder `tree:` oder `table:`"),
        pathway.span,
        "hier steht beides oder keines von beiden",
    )
    .help("Nehmen Sie einen Baum, wo die Norm verzweigt, und eine Tabelle, wo sie aufzählt.")
}

/// Something added beside the norm without a condition.
pub fn also_always(also: Span) -> Diagnostic {
    Diagnostic::new(Code::IfOrElse, "Was unter `also:` dazukommt, braucht `if:` oder `any:`", also, "ohne Bedingung")
        .help("Was immer zu einem Ergebnis gehört, steht beim Ergebnis selbst.")
}

/// An entry of which nothing can be made, although no part of it was found fault with.
pub fn not_understood(entry: Span) -> Diagnostic {
    Diagnostic::new(Code::AskOrEnd, "Aus diesem Eintrag lässt sich nichts machen", entry, "er führt nirgends hin")
        .help("Suchen Sie nach einer leeren Liste, und vergleichen Sie ihn mit einem Eintrag in der Nähe.")
}

/// A tree that asks a question with several answers.
pub fn multi_in_tree(question: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::MultiInTree,
        format!("`{question}` kann mehrere Antworten haben; weder ein Baum noch ein Blick in eine Tabelle kann sich danach richten"),
        question.span,
        "hier gefragt",
    )
    .help("Nehmen Sie die Frage in `when:` oder `unless:`. Dort heißt sie: „ist darunter“.")
}

/// Facts, questions or steps that wait for each other, or ways on the cards of each other: what they do, and their names.
pub fn circle(what: &str, names: &[&str], place: Span) -> Diagnostic {
    Diagnostic::new(Code::Circle, format!("{what}: {}", names.join(" → ")), place, "ein Teil des Kreises")
        .help("Nehmen Sie eine der Verbindungen heraus. Eines muss zuerst kommen.")
}

/// A source without address.
pub fn source_without_url(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::SourceWithoutUrl,
        format!("Der Quelle `{id}` fehlt `url:`"),
        id.span,
        "niemand kann hier nachlesen",
    )
    .help("Tragen Sie die Adresse ein. Ist sie wirklich nicht bekannt, schreiben Sie `url: unknown`.")
}

/// A source without state.
pub fn source_without_state(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::SourceWithoutState,
        format!("Der Quelle `{id}` fehlt `state:`"),
        id.span,
        "niemand sieht, wie alt sie ist",
    )
    .help("Tragen Sie den Tag ein, den die Quelle selbst nennt. Nennt sie keinen, schreiben Sie `state: undated`.")
}

/// A file whose name and id differ.
pub fn name_and_id(id: &Located<String>, file: &str) -> Diagnostic {
    Diagnostic::new(Code::NameAndId, format!("`{id}` steht in der Datei {file}"), id.span, "die Datei heißt anders")
        .help(format!(
            "Nennen Sie die Datei {id}.yaml. Haben Sie eine Datei kopiert? Dann geben Sie hier den neuen Namen an."
        ))
}

/// A name given twice.
pub fn name_twice(kind: &str, id: &Located<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::NameTwice, format!("`{id}` gibt es zweimal ({kind})"), id.span, "der zweite Eintrag")
        .also(first, "der erste Eintrag")
        .help("Geben Sie einem der beiden einen anderen Namen, oder machen Sie einen Eintrag daraus.")
}

/// A question or pathway that `rulebook.yaml` does not list.
pub fn not_listed(kind: &str, list: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NotListed,
        format!("`{id}` steht nicht in rulebook.yaml ({kind})"),
        id.span,
        "hierher käme niemand",
    )
    .help(format!("Tragen Sie `{id}` in rulebook.yaml unter `{list}:` an der richtigen Stelle ein."))
}

/// An outcome that no branch leads to.
pub fn outcome_unused(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::OutcomeUnused,
        format!("Kein Zweig endet im Ergebnis `{id}`"),
        id.span,
        "hierher kommt niemand",
    )
    .help("Lassen Sie einen Zweig darin enden, oder nehmen Sie das Ergebnis heraus.")
}

/// An outcome that is open and names nobody.
pub fn nobody_to_ask(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NobodyToAsk,
        format!("Das Ergebnis `{id}` lässt etwas offen und nennt niemanden, den man fragen kann"),
        id.span,
        "wen soll man fragen?",
    )
    .help("Nennen Sie unter `ask:` die Stelle, die es beantworten kann.")
}

/// A statement without a source.
pub fn no_source(what: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoSource,
        format!("`{id}` stützt sich auf keine Quelle ({what})"),
        id.span,
        "hier fehlt die Quelle",
    )
    .help("Nennen Sie die Quelle. Ist es nicht sicher, schreiben Sie `certainty: open` und wen man fragt.")
}

/// From after until.
pub fn valid_backwards(place: Span) -> Diagnostic {
    Diagnostic::new(Code::ValidBackwards, "Diese Geltung endet, bevor sie beginnt", place, "`until` liegt vor `from`")
        .help("Tauschen Sie die beiden Tage, oder berichtigen Sie das Jahr.")
}

/// `{x}` in a text where x is no question.
pub fn unknown_place<'a>(name: &str, text: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::UnknownPlace,
        format!("`{{{name}}}` steht in diesem Text für nichts"),
        text,
        "in diesem Text",
    );
    match did_you_mean(name, known) {
        Some(help) => fault.help(help),
        None => fault.help("In geschweiften Klammern darf nur der Name einer Frage stehen."),
    }
}

/// A text with nothing in it.
pub fn empty_text(place: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyText, "Dieser Text ist leer", place, "hier steht nichts")
        .help("Schreiben Sie den Text, oder nehmen Sie den Schlüssel heraus.")
}

/// A step that does not say where.
pub fn no_place(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoPlace,
        format!("Der Schritt `{id}` sagt nicht, wo"),
        id.span,
        "weder `contact:` noch `where:`",
    )
    .help("Nennen Sie die Stelle unter `contact:`, oder sagen Sie unter `where:` in Worten, wo.")
}

/// A step that does not say how long.
pub fn no_time(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoTime,
        format!("Der Schritt `{id}` sagt nicht, wie lange er dauert"),
        id.span,
        "`time:` ist leer",
    )
    .help("Nennen Sie die Dauer mit ihrer Quelle, oder eine eigene Schätzung (`kind: estimate`), oder dass sie nicht bekannt ist.")
}

/// An amount, statutory or observed time without source.
pub fn figure_without_source(what: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::FigureWithoutSource, format!("{what} steht ohne Quelle da"), place, "wer sagt das?")
        .help("Fügen Sie `source:` hinzu. Eine Zahl ohne Beleg bleibt weg.")
}

/// A derived fact with neither or both of tree and lookup.
pub fn tree_or_lookup(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NotDerived,
        format!("Das Merkmal `{id}` braucht genau eine Herleitung: `tree:`, `table:` oder `lookup:`"),
        id.span,
        "hier steht keine oder mehr als eine",
    )
    .help("Leiten Sie es durch einen kleinen Baum her, oder schlagen Sie es in einer Tabelle nach.")
}

/// A value of a derived fact that nothing leads to.
pub fn value_unused(fact: &str, value: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::ValueUnused,
        format!("Das Merkmal `{fact}` wird nie `{value}`"),
        value.span,
        "zu diesem Wert führt nichts",
    )
    .help("Lassen Sie einen Zweig damit enden, oder nehmen Sie den Wert heraus.")
}

/// A fact used as an office that is none.
pub fn no_office_fact(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoOfficeFact,
        format!("Das Merkmal `{id}` sagt nicht, welche Stelle es meint"),
        id.span,
        "steht hier als Stelle",
    )
    .help("Geben Sie dem Merkmal einen Abschnitt `offices:`, oder nennen Sie eine Stelle aus authorities.yaml.")
}

/// A value of an office fact that is neither an office nor dealt with.
pub fn office_missing(fact: &str, value: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::OfficeMissing,
        format!("`{fact}` kann `{value}` sein, und dann ist keine Stelle genannt"),
        value.span,
        "welche Stelle dann?",
    )
    .help(format!(
        "Fügen Sie unter `offices: instead:` hinzu: `{value}: [ … ]`. Eine leere Liste heißt: Es braucht keine Stelle."
    ))
}

/// A row of a table that lacks a column.
pub fn lookup_gap(used_by: &Located<String>, row: &Located<String>, column: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LookupGap,
        format!("Der Zeile `{row}` fehlt die Spalte `{column}`"),
        row.span,
        format!("kein `{column}:` in dieser Zeile"),
    )
    .also(used_by.span, "hierfür wird sie gebraucht")
    .help(format!("Fügen Sie der Zeile `{column}:` hinzu."))
}

/// An option that is no row of the table and has no value of its own.
pub fn lookup_without_row(fact: &Located<String>, option: &str, column: Span) -> Diagnostic {
    Diagnostic::new(
        Code::LookupGap,
        format!("`{fact}` hat keinen Wert für `{option}`; das ist keine Zeile der Tabelle"),
        column,
        "hier wird nachgeschlagen",
    )
    .help(format!("Fügen Sie unter `otherwise:` hinzu: `{option}: …`"))
}

/// A question without options.
pub fn no_options(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoOptions,
        format!("Die Frage `{id}` hat keine Antworten"),
        id.span,
        "hier gibt es nichts zu wählen",
    )
    .help("Schreiben Sie die Antworten unter `options:`, oder nennen Sie eine Tabelle unter `options_from:`.")
}

/// More values than a question or a derived fact may have.
pub fn too_many(id: &Located<String>, most: usize) -> Diagnostic {
    Diagnostic::new(Code::TooMany, format!("`{id}` hat mehr als {most} Werte"), id.span, "zu viele")
        .help("Teilen Sie die Tabelle oder das Merkmal.")
}

/// A file in a place where nothing looks for it.
pub fn stray_file(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::StrayFile, format!("{name} hat in einem Regelwerk keinen Platz"), place, "diese Datei").help(
        "Es gibt: rulebook.yaml, questions/, facts/, pathways/, steps.yaml, papers.yaml, authorities.yaml, deciders.yaml, \
         tables/, sources.yaml, glossary.yaml, interface.yaml, wording.yaml, employer.yaml, lint.yaml, cases/, changes.yaml, \
         register.yaml, released/VERSION/",
    )
}

/// A file with the wrong ending.
pub fn wrong_ending(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::StrayFile,
        format!("{name} wird nicht gelesen, weil der Name nicht auf .yaml endet"),
        place,
        "diese Datei",
    )
    .help(format!("Nennen Sie die Datei {}.", name.replace(".yml", ".yaml")))
}

/// A part that must exist.
pub fn missing_part(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MissingPart,
        format!("{name} fehlt oder hat keine Einträge"),
        place,
        "hierfür wird dort ein Eintrag gebraucht",
    )
    .help(format!("Legen Sie {name} an. Nehmen Sie die mitgelieferte Datei als Anfang."))
}

/// `when: { fact: … }` naming no value.
pub fn empty_condition(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyCondition,
        format!("`{id}` nennt hier keinen Wert"),
        id.span,
        "eine leere Liste trifft nie zu",
    )
    .help("Nennen Sie mindestens einen Wert.")
}

/// Languages that do not begin with German.
pub fn not_german(place: Span) -> Diagnostic {
    Diagnostic::new(Code::NotGerman, "Die erste Sprache muss `de` sein", place, "die Texte in den Regeln sind deutsch")
        .help("Schreiben Sie `languages: [de, …]`.")
}

/// Two options of a question whose number ranges overlap.
pub fn range_overlap(question: &str, option: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::RangeOverlap,
        format!("Zwei Antworten von `{question}` stehen für dieselbe Zahl"),
        option.span,
        "überschneidet sich mit einer Antwort davor",
    )
    .help("Jede Zahl darf nur zu einer Antwort gehören.")
}

/// An outcome written as something else than `pathway/outcome`.
pub fn outcome_path(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::OutcomePath,
        format!("`{id}` ist kein Ergebnis"),
        id.span,
        "hier steht ein Ergebnis als `weg/ergebnis`",
    )
    .help("Zum Beispiel: kita-degree/specialist-now")
}

/// An entry nobody uses.
pub fn unused(kind: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::Unused,
        format!("`{id}` wird nirgends genutzt ({kind})"),
        id.span,
        "das bekommt nie jemand zu sehen",
    )
    .help("Nutzen Sie den Eintrag, oder nehmen Sie ihn heraus. Was niemand sieht, veraltet unbemerkt.")
}

/// A change of the rules that nothing supports.
pub fn change_without_source(version: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoSource,
        format!("Diese Änderung der Version {version} hat keine Quelle"),
        version.span,
        "hier fehlt die Quelle",
    )
    .help("Fügen Sie `source:` hinzu. Haben sich nur Wörter oder die Reihenfolge geändert: `editorial: true`.")
}

/// A change that stands below an older one.
pub fn change_out_of_order(version: &Located<String>, before: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ChangeOrder,
        format!("Diese Änderung der Version {version} ist neuer als die darüber"),
        version.span,
        "neuer als der Eintrag darüber",
    )
    .also(before, "älter, steht aber darüber")
    .help("Die neueste Änderung steht oben. Stellen Sie den Eintrag nach oben, oder berichtigen Sie den Tag.")
}

/// A kind of source without a review interval.
pub fn no_review_days<'a>(kind: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::NoReviewDays,
        format!("In rulebook.yaml steht nicht, wie oft Quellen der Art `{kind}` angesehen werden"),
        kind.span,
        "für diese Art gibt es keine Frist",
    );
    match did_you_mean(kind, known) {
        Some(help) => fault.help(help),
        None => fault.help(format!("Fügen Sie unter `review_days:` zum Beispiel `{kind}: 365` hinzu.")),
    }
}

/// A list of a released state that names another version than its file.
pub fn state_of_another_version(file: &str, inside: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::OtherVersion,
        format!("released/{file}.yaml hält den Stand {inside} fest"),
        place,
        "ein anderer Stand als der Name der Datei",
    )
    .help("Lassen Sie aufbewahrte Stände von `lotse release` schreiben. Ändern Sie sie nie von Hand.")
}

/// A released state in a form that this program does not know yet.
pub fn newer_format(format: u32, known: u32, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NewerFormat,
        format!("Dieser Stand ist in Form {format} geschrieben, bekannt ist Form {known}"),
        place,
        "eine neuere Form",
    )
    .help("Lesen Sie diese Regeln mit einem neueren Programm.")
}

/// A file that a released state names and that is not there.
pub fn released_file_missing(name: &str, file: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::KeptFileMissing,
        format!("Zu {name} fehlt die aufbewahrte Datei {file}"),
        place,
        "hier genannt",
    )
    .help("Holen Sie die Datei aus der Versionsverwaltung zurück. Alte Links brauchen sie.")
}

/// A file of a released state whose text is not what was sealed.
pub fn seal_broken(name: &str, version: &str, place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SealBroken,
        format!("{name} ist nicht mehr der Text, der mit Stand {version} aufbewahrt wurde"),
        place,
        "verändert",
    )
    .help(
        "Holen Sie den alten Text aus der Versionsverwaltung zurück. Ändern Sie die Regeln nur in der Datei von heute.",
    )
}

/// A file under `released/files/` that no state names.
pub fn file_of_no_state(place: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::FileOfNoState,
        format!("{name} gehört zu keinem aufbewahrten Stand"),
        place,
        "von keiner Liste genannt",
    )
    .help("Löschen Sie die Datei, oder holen Sie die Liste zurück, die sie nennt.")
}

/// `formerly:` with an id that something else has today.
pub fn former_id_in_use(old: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::FormerIdInUse,
        format!("`{old}` ist kein früherer Name: So heißt heute etwas"),
        old.span,
        "heute vergeben",
    )
    .help("Ein alter Link darf nur eines bedeuten. Nennen Sie hier nur Namen, die niemand mehr trägt.")
}

/// An address that leads to no page.
pub fn no_page(url: &Located<String>) -> Diagnostic {
    Diagnostic::new(Code::NoPage, format!("`{url}` ist keine Adresse einer Seite"), url.span, "dort kommt niemand an")
        .help("Schreiben Sie die ganze Adresse mit https:// (oder http://). Ist sie nicht bekannt, schreiben Sie `unknown`.")
}

/// Two rows of a table that people cannot tell apart.
pub fn two_of_one_name(name: &Located<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::TwoOfOneName, format!("Zwei Zeilen heißen `{name}`"), name.span, "die zweite")
        .also(first, "die erste")
        .help("Niemand kann zwischen ihnen wählen. Geben Sie einer einen anderen Namen, oder nehmen Sie sie heraus.")
}

/// A telephone number that cannot be dialled.
pub fn no_telephone(phone: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NoTelephone,
        format!("`{phone}` ist keine Telefonnummer"),
        phone.span,
        "lässt sich nicht wählen",
    )
    .help("Erlaubt sind Ziffern, Leerzeichen und die Zeichen + - / ( ). Ein Hinweis gehört unter `note:`.")
}

/// A local entry nobody can use.
pub fn unreachable_here(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::UnreachableHere,
        format!("`{id}` sagt nicht, was es dort gibt oder wie man hinkommt"),
        id.span,
        "hier fehlt `role:` oder ein Weg dorthin",
    )
    .help("Schreiben Sie `role:` und eines von `phone:`, `email:`, `url:`, `post:`.")
}

/// A day far from the rulebook's own time.
pub fn far_day(place: Span, day: &str) -> Diagnostic {
    Diagnostic::new(Code::FarDay, format!("{day} liegt weit weg von der Zeit dieser Regeln"), place, "hier geschrieben")
        .help("Sehen Sie noch einmal auf das Jahr. Erwartet sind Tage von 1949 bis zwölf Jahre nach `knowledge_date:`.")
}

/// A word of the interface that the program never looks up.
pub fn word_nobody_looks_up<'a>(id: &Located<String>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::WordNobodyLooksUp,
        format!("Das Programm hat keinen Platz für das Wort `{id}`"),
        id.span,
        "steht nirgends auf einer Seite",
    );
    match nearest(id, known) {
        Some(other) => {
            found.help(format!("Ist `{other}` gemeint? Ein umbenanntes Wort fehlt dort, wo die Seite es sucht."))
        }
        None => found.help("Nehmen Sie es heraus."),
    }
}

/// Words that pages look up and the interface does not have.
pub fn words_missing(last: &Located<String>, missing: &[&str]) -> Diagnostic {
    Diagnostic::new(
        Code::WordMissing,
        format!("Seiten suchen Wörter, die es nicht gibt: {}", listed(missing, 5)),
        last.span,
        "das letzte Wort",
    )
    .help("Holen Sie sie zurück. Sonst steht auf der Seite, wie das Wort heißt, statt was es sagt.")
}

/// An outcome that says something else of itself than the register does.
pub fn not_as_registered(place: Span, outcome: &str, registered: &Located<String>, line: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotAsRegistered,
        format!("{outcome} ist anders als im Register"),
        place,
        format!("hier: {line}"),
    )
    .also(registered.span, "das Register")
    .help("Ist die Änderung gewollt? Dann ändern Sie auch register.yaml, und nennen Sie Grund und Quelle in changes.yaml.")
}

/// An outcome the register does not hold.
pub fn not_registered(place: Span, outcome: &str, line: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAsRegistered, format!("{outcome} fehlt im Register"), place, "hier neu")
        .help(format!("Schreiben Sie in register.yaml: `{outcome}: {line}`"))
}

/// A line of the register without its outcome.
pub fn registered_in_vain(id: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::NotAsRegistered,
        format!("Das Register nennt {id}, aber kein Weg hat es"),
        id.span,
        "gibt es nicht",
    )
    .help("Nehmen Sie die Zeile heraus, oder holen Sie das Ergebnis zurück.")
}
