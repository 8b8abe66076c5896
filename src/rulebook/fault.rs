//! What can be wrong with a rulebook in meaning: one function per fault, all sentences in one place.
//!
//! The sentences are for rule authors. Each says what is wrong, where, and what to do. Codes are explained at length
//! by `lotse explain-code`.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{Located, Span};

/// `basis: persvo-44` where no such source exists.
pub fn unknown_id<'a>(kind: &str, id: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::error("E010", format!("there is no {kind} `{id}`"), id.span, format!("no such {kind}"));
    match did_you_mean(id, known) {
        Some(help) => fault.help(help),
        None => fault.help(format!("write the {kind} first, or correct the name")),
    }
}

/// An option or value that the fact does not have.
pub fn unknown_value<'a>(fact: &str, value: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault =
        Diagnostic::error("E011", format!("`{fact}` has no value `{value}`"), value.span, "not one of its values");
    match did_you_mean(value, known) {
        Some(help) => fault.help(help),
        None => fault.help(format!("see the options of `{fact}`")),
    }
}

/// A node that forgets some of the values.
pub fn values_missed(fact: &str, missed: &[&str], ask: Span) -> Diagnostic {
    let list = missed.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if missed.len() > 8 { format!(" and {} more", missed.len() - 8) } else { String::new() };
    Diagnostic::error(
        "E012",
        format!("no branch for {list}{more} of `{fact}`"),
        ask,
        "asked here, but not every answer is dealt with",
    )
    .help("add the values to a branch, or close the list with `- else: …`; nobody may fall through")
}

/// Values that only an `else` with dates deals with.
pub fn dated_else(fact: &str, missed: &[&str], otherwise: Span) -> Diagnostic {
    let list = missed.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if missed.len() > 8 { format!(" and {} more", missed.len() - 8) } else { String::new() };
    Diagnostic::error(
        "E012",
        format!("on some days no branch for {list}{more} of `{fact}`"),
        otherwise,
        "this `else` has dates; outside of them nothing is said",
    )
    .help("put an `- else: …` without dates below it, for the days on which this one is not in force")
}

/// An option named in two branches of one node.
pub fn value_twice(fact: &str, value: &Located<String>, first: Span) -> Diagnostic {
    Diagnostic::error(
        "E013",
        format!("`{value}` of `{fact}` stands in two branches"),
        value.span,
        "here again; this branch would never be reached",
    )
    .also(first, "already decided here")
    .help("keep it in the branch that the norm means")
}

/// A branch below `else`.
pub fn after_else(branch: Span, otherwise: Span) -> Diagnostic {
    Diagnostic::error("E014", "this branch comes after `else` and can never be reached", branch, "never reached")
        .also(otherwise, "`else` takes everything that is left")
        .help("put `else` last")
}

/// `else` although all values are named.
pub fn empty_else(fact: &str, otherwise: Span) -> Diagnostic {
    Diagnostic::error(
        "E015",
        format!("`else` has nothing left: all values of `{fact}` are named above"),
        otherwise,
        "nothing arrives here",
    )
    .help("take it out, or take the values it is meant for out of the branches above")
}

/// A branch with neither or both of `if` and `else`.
pub fn if_or_else(branch: Span) -> Diagnostic {
    Diagnostic::error("E016", "a branch needs either `if:` or `else:`", branch, "this branch")
        .help("`- if: [a, b]` for named values, `- else: outcome` for the rest")
}

/// A node that neither asks nor ends, or does both.
pub fn ask_or_end(node: Span, leaf: &str) -> Diagnostic {
    Diagnostic::error(
        "E017",
        format!("a node must either ask (`ask:` with `branches:`) or end (`{leaf}:`)"),
        node,
        "this one does neither or both",
    )
    .help(format!("give it `ask:` and `branches:`, or `{leaf}:`"))
}

/// An entry of which nothing can be made, although no part of it was found fault with.
pub fn not_understood(entry: Span) -> Diagnostic {
    Diagnostic::error("E017", "nothing can be made of this entry".to_owned(), entry, "it leads nowhere")
        .help("look for an empty list, and compare it with a neighbouring entry")
}

/// A tree that asks a question with several answers.
pub fn multi_in_tree(question: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E018",
        format!("`{question}` may have several answers, so neither a tree nor a look into a table can go by it"),
        question.span,
        "asked here",
    )
    .help("use it in `when:` or `unless:`, where it means \"includes\"")
}

/// Facts, questions or steps that wait for each other.
pub fn circle(kind: &str, names: &[&str], place: Span) -> Diagnostic {
    Diagnostic::error(
        "E019",
        format!("these {kind} wait for each other: {}", names.join(" → ")),
        place,
        "part of the circle",
    )
    .help("take one of the links out; something must come first")
}

/// A source without address.
pub fn source_without_url(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E020", format!("source `{id}` has no `url`"), id.span, "nobody can look this up")
        .help("give the address, or write `url: unknown` if it really is not known")
}

/// A source without state.
pub fn source_without_state(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E021", format!("source `{id}` has no `state`"), id.span, "nobody can see how old it is")
        .help("give the day the source itself names, or write `state: undated` if it names none")
}

/// A file whose name and id differ.
pub fn name_and_id(id: &Located<String>, file: &str) -> Diagnostic {
    Diagnostic::error("E022", format!("`{id}` stands in the file {file}"), id.span, "another name than the file")
        .help(format!("name the file {id}.yaml, so that everybody finds it"))
}

/// A name given twice.
pub fn name_twice(kind: &str, id: &Located<String>, first: Span) -> Diagnostic {
    Diagnostic::error("E023", format!("there are two {kind}s called `{id}`"), id.span, "the second one")
        .also(first, "the first one")
        .help("give one of them another name, or merge them")
}

/// A question or pathway that `rulebook.yaml` does not list.
pub fn not_listed(kind: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E024",
        format!("{kind} `{id}` is not listed in rulebook.yaml"),
        id.span,
        "nobody would ever get here",
    )
    .help(format!("add `{id}` to `{kind}s:` in rulebook.yaml, where it shall stand"))
}

/// An outcome that no branch leads to.
pub fn outcome_unused(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E025", format!("no branch ends in outcome `{id}`"), id.span, "nobody can reach this")
        .help("let a branch end in it, or take it out")
}

/// An outcome that is open and names nobody.
pub fn nobody_to_ask(id: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E026",
        format!("outcome `{id}` leaves something open, but names nobody to ask"),
        id.span,
        "whom should the person ask?",
    )
    .help("add `ask:` with the office that can answer it")
}

/// A statement without a source.
pub fn no_source(what: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E027", format!("{what} `{id}` says something that nothing supports"), id.span, "no source")
        .help("add the source, or mark it `certainty: open` and say whom to ask")
}

/// From after until.
pub fn valid_backwards(place: Span) -> Diagnostic {
    Diagnostic::error("E028", "this validity ends before it begins", place, "`until` lies before `from`")
        .help("swap the two days, or correct the year")
}

/// `{x}` in a text where x is no question.
pub fn unknown_place<'a>(name: &str, text: Span, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault =
        Diagnostic::error("E029", format!("`{{{name}}}` in this text stands for nothing"), text, "in this text");
    match did_you_mean(name, known) {
        Some(help) => fault.help(help),
        None => fault.help("only ids of questions may stand in braces"),
    }
}

/// A text with nothing in it.
pub fn empty_text(place: Span) -> Diagnostic {
    Diagnostic::error("E030", "this text is empty", place, "nothing to read here").help("write it, or take the key out")
}

/// A step that does not say where.
pub fn no_place(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E031", format!("step `{id}` does not say where"), id.span, "neither `contact:` nor `where:`")
        .help("name the office under `contact:`, or say in words where under `where:`")
}

/// A step that does not say how long.
pub fn no_time(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E032", format!("step `{id}` does not say how long it takes"), id.span, "`time:` is empty")
        .help("name the time with its source, or an own estimate (`kind: estimate`), or say that it is not known")
}

/// An amount, statutory or observed time without source.
pub fn figure_without_source(what: &str, place: Span) -> Diagnostic {
    Diagnostic::error("E033", format!("{what} is given without a source"), place, "who says so?")
        .help("add `source:`; a figure nobody vouches for is left out")
}

/// A derived fact with neither or both of tree and lookup.
pub fn tree_or_lookup(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E034", format!("`{id}` needs either a `tree:` or a `lookup:`"), id.span, "has neither or both")
        .help("derive it by a small tree, or look it up in a table")
}

/// A value of a derived fact that nothing leads to.
pub fn value_unused(fact: &str, value: &Located<String>) -> Diagnostic {
    Diagnostic::error("E035", format!("`{fact}` can never be `{value}`"), value.span, "nothing leads to this value")
        .help("let a branch end in it, or take it out")
}

/// A fact used as an office that is none.
pub fn no_office_fact(id: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E036",
        format!("fact `{id}` does not say which office it means"),
        id.span,
        "used as an office here",
    )
    .help("give the fact an `offices:` section, or name an office of authorities.yaml")
}

/// A value of an office fact that is neither an office nor dealt with.
pub fn office_missing(fact: &str, value: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E037",
        format!("`{fact}` may be `{value}`, but then no office is named"),
        value.span,
        "which office then?",
    )
    .help(format!("add `{value}: [ … ]` under `offices: instead:`; an empty list says that no office is needed"))
}

/// A row of a table that lacks a column.
pub fn lookup_gap(used_by: &Located<String>, row: &Located<String>, column: &str) -> Diagnostic {
    Diagnostic::error(
        "E038",
        format!("row `{row}` has no column `{column}`"),
        row.span,
        format!("no `{column}:` in this row"),
    )
    .also(used_by.span, "looked up for this")
    .help(format!("add `{column}:` to the row"))
}

/// An option that is no row of the table and has no value of its own.
pub fn lookup_without_row(fact: &Located<String>, option: &str, column: Span) -> Diagnostic {
    Diagnostic::error(
        "E038",
        format!("`{fact}` has no value for `{option}`, which is no row of the table"),
        column,
        "this lookup",
    )
    .help(format!("add `{option}: …` under `otherwise:`"))
}

/// A question without options.
pub fn no_options(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E039", format!("question `{id}` has no options"), id.span, "nothing to choose")
        .help("list `options:` or name a table under `options_from:`")
}

/// More options than a question may have.
pub fn too_many(id: &Located<String>, most: usize) -> Diagnostic {
    Diagnostic::error("E040", format!("`{id}` has more than {most} values"), id.span, "too many")
        .help("split the table")
}

/// A file in a place where nothing looks for it.
pub fn stray_file(place: Span, name: &str) -> Diagnostic {
    Diagnostic::error("E041", format!("{name} has no place in a rulebook"), place, "this file")
        .help("known: rulebook.yaml, questions/, facts/, pathways/, steps.yaml, papers.yaml, authorities.yaml, deciders.yaml, tables/, sources.yaml, glossary.yaml, interface.yaml, wording.yaml, employer.yaml, lint.yaml, cases/, changes.yaml, released/VERSION/")
}

/// A file with the wrong ending.
pub fn wrong_ending(place: Span, name: &str) -> Diagnostic {
    Diagnostic::error("E041", format!("{name} is not read, since its name does not end in .yaml"), place, "this file")
        .help(format!("name it {}", name.replace(".yml", ".yaml")))
}

/// A part that must exist.
pub fn missing_part(place: Span, name: &str) -> Diagnostic {
    Diagnostic::error("E042", format!("{name} is missing or holds no entry"), place, "needs an entry there")
        .help(format!("write {name}; copy the shipped one as a start"))
}

/// `when: { fact: … }` naming no value.
pub fn empty_condition(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E043", format!("`{id}` names no value here"), id.span, "an empty list can never hold")
        .help("name at least one value")
}

/// Languages that do not begin with German.
pub fn not_german(place: Span) -> Diagnostic {
    Diagnostic::error("E044", "the first language must be `de`", place, "the texts in the YAML are German")
        .help("write `languages: [de, …]`")
}

/// Two options of a question whose number ranges overlap.
pub fn range_overlap(question: &str, option: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E045",
        format!("two options of `{question}` cover the same number"),
        option.span,
        "overlaps with an earlier option",
    )
    .help("let each number belong to one option only")
}

/// An outcome written as something else than `pathway/outcome`.
pub fn outcome_path(id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E046", format!("`{id}` is not an outcome"), id.span, "expected `pathway/outcome`")
        .help("for instance kita-degree/specialist-now")
}

/// An entry nobody uses.
pub fn unused(kind: &str, id: &Located<String>) -> Diagnostic {
    Diagnostic::error("E047", format!("{kind} `{id}` is not used anywhere"), id.span, "nobody will ever see this")
        .help("use it or take it out; unused rules grow stale unseen")
}

/// A change of the rules that nothing supports.
pub fn change_without_source(version: &Located<String>) -> Diagnostic {
    Diagnostic::error("E027", format!("this change of version {version} has no source"), version.span, "no source")
        .help("add `source:`, or write `editorial: true` if only words or order changed")
}

/// A change that stands below an older one.
pub fn change_out_of_order(version: &Located<String>, before: Span) -> Diagnostic {
    Diagnostic::error(
        "E091",
        format!("this change of version {version} is newer than the one above it"),
        version.span,
        "newer than the one above",
    )
    .also(before, "older, but stands above")
    .help("the newest change stands first; move it up, or correct the day")
}

/// A kind of source without a review interval.
pub fn no_review_days<'a>(kind: &Located<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let fault = Diagnostic::error(
        "E054",
        format!("rulebook.yaml does not say how often sources of kind `{kind}` are looked at"),
        kind.span,
        "no interval for this kind",
    );
    match did_you_mean(kind, known) {
        Some(help) => fault.help(help),
        None => fault.help(format!("add `{kind}: 365` or the like under `review_days:`")),
    }
}

/// A list of a released state that names another version than its file.
pub fn state_of_another_version(file: &str, inside: &str, place: Span) -> Diagnostic {
    Diagnostic::error(
        "E092",
        format!("released/{file}.yaml hält den Stand {inside} fest"),
        place,
        "ein anderer Stand als der Name der Datei",
    )
    .help("lassen Sie aufgehobene Stände von `lotse release` schreiben; ändern Sie sie nie von Hand")
}

/// A released state in a form that this program does not know yet.
pub fn newer_format(format: u32, known: u32, place: Span) -> Diagnostic {
    Diagnostic::error(
        "E093",
        format!("dieser Stand ist in Form {format} geschrieben, bekannt ist Form {known}"),
        place,
        "eine neuere Form",
    )
    .help("lesen Sie diese Regeln mit einem neueren Programm")
}

/// A file that a released state names and that is not there.
pub fn released_file_missing(name: &str, file: &str, place: Span) -> Diagnostic {
    Diagnostic::error("E094", format!("zu {name} fehlt die aufgehobene Datei {file}"), place, "hier genannt")
        .help("holen Sie die Datei aus der Versionsverwaltung zurück; alte Links brauchen sie")
}

/// A file of a released state whose text is not what was sealed.
pub fn seal_broken(name: &str, version: &str, place: Span) -> Diagnostic {
    Diagnostic::error(
        "E095",
        format!("{name} ist nicht mehr der Text, der mit Stand {version} aufgehoben wurde"),
        place,
        "verändert",
    )
    .help(
        "holen Sie den alten Text aus der Versionsverwaltung zurück; ändern Sie die Regeln nur in der Datei von heute",
    )
}

/// A file under `released/files/` that no state names.
pub fn file_of_no_state(place: Span, name: &str) -> Diagnostic {
    Diagnostic::error("E096", format!("{name} gehört zu keinem aufgehobenen Stand"), place, "von keiner Liste genannt")
        .help("löschen Sie die Datei, oder holen Sie die Liste zurück, die sie nennt")
}

/// `formerly:` with an id that something else has today.
pub fn former_id_in_use(old: &Located<String>) -> Diagnostic {
    Diagnostic::error(
        "E098",
        format!("`{old}` ist kein früherer Name: so heißt heute etwas"),
        old.span,
        "heute vergeben",
    )
    .help("ein alter Link darf nur eines bedeuten; nennen Sie hier nur Namen, die niemand mehr trägt")
}
