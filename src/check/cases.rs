//! The Musterfälle: does each show what it promises, and does some case reach every outcome and every table row?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::interview::{Answers, arrange, evaluate};
use crate::rulebook::{Case, Fork, Ground, Node, Rulebook};
use crate::source::Span;

/// What the cases show.
#[derive(Debug, Default)]
pub struct CaseReport {
    /// How many were looked at.
    pub cases: usize,
    /// Outcomes reached by some case, as `pathway/outcome`.
    pub outcomes: BTreeSet<String>,
    /// Table rows reached by some case.
    pub rows: BTreeSet<String>,
    /// Promises broken, outcomes and rows nobody reaches.
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs all cases. `today` stands in where a case names no day.
pub fn cases(rulebook: &Rulebook, today: Date) -> CaseReport {
    let mut report = CaseReport { cases: rulebook.cases.len(), ..CaseReport::default() };
    for (_, name, case) in rulebook.cases.iter() {
        run(rulebook, name, case, today, &mut report);
    }
    for (_, pathway, entry) in rulebook.pathways.iter() {
        for (_, outcome, ends) in entry.outcomes.iter() {
            let id = format!("{pathway}/{outcome}");
            if !report.outcomes.contains(&id) {
                report.diagnostics.push(
                    Diagnostic::new(
                        Code::OutcomeWithoutCase,
                        format!("Kein Musterfall zeigt das Ergebnis {id}"),
                        ends.span,
                        "nie ausprobiert",
                    )
                    .help("Legen Sie unter cases/ einen Musterfall an, der es erwartet."),
                );
            }
        }
    }
    for (row, place) in rows(rulebook) {
        if !report.rows.contains(row) {
            report.diagnostics.push(
                Diagnostic::new(
                    Code::RowWithoutCase,
                    format!("Kein Musterfall erreicht die Zeile {row}"),
                    place,
                    "hier steht die Zeile",
                )
                .help("Legen Sie unter cases/ einen Musterfall an, dessen Antworten zu dieser Zeile führen."),
            );
        }
    }
    report
}

fn run(rulebook: &Rulebook, name: &str, case: &Case, today: Date, report: &mut CaseReport) {
    let mut answers = Answers::default();
    for (question, values) in &case.answers {
        answers.set(*question, *values);
    }
    let date = case.date.unwrap_or(today);
    let evaluation = evaluate(rulebook, &answers, date);
    let shown: BTreeSet<String> = evaluation.findings.iter().map(|finding| finding.id(rulebook)).collect();
    let rows: BTreeSet<String> =
        evaluation.findings.iter().flat_map(|finding| &finding.rows).map(|row| (*row).to_owned()).collect();
    let steps = arrange(rulebook, evaluation.findings.iter().flat_map(|finding| finding.steps.clone()), date);
    let offices: Vec<_> =
        evaluation.findings.iter().flat_map(|finding| &finding.offices).map(|office| office.authority).collect();

    let mut broken = Vec::new();
    let outcome_id = |(pathway, outcome): &(_, _)| {
        format!("{}/{}", rulebook.pathways.name(*pathway), rulebook.pathways[*pathway].outcomes.name(*outcome))
    };
    broken
        .extend(case.outcomes.iter().map(outcome_id).filter(|id| !shown.contains(id)).map(|id| format!("{id} fehlt")));
    broken.extend(case.not.iter().map(outcome_id).filter(|id| shown.contains(id)).map(|id| format!("{id} erscheint")));
    broken.extend(
        case.rows.iter().filter(|row| !rows.contains(*row)).map(|row| format!("die Zeile {row} wird nicht erreicht")),
    );
    broken.extend(
        case.offices
            .iter()
            .filter(|office| !offices.contains(office))
            .map(|office| format!("die Stelle {} fehlt", rulebook.authorities.name(*office))),
    );
    let places: Vec<Option<usize>> =
        case.steps.iter().map(|step| steps.iter().position(|known| known == step)).collect();
    for (step, place) in case.steps.iter().zip(&places) {
        if place.is_none() {
            broken.push(format!("der Schritt {} fehlt", rulebook.steps.name(*step)));
        }
    }
    if places.iter().all(Option::is_some) && !places.is_sorted() {
        let order: Vec<&str> = steps.iter().map(|step| rulebook.steps.name(*step)).collect();
        broken.push(format!("die Schritte stehen in anderer Reihenfolge: {}", order.join(", ")));
    }
    if !broken.is_empty() {
        let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
        report.diagnostics.push(
            Diagnostic::new(
                Code::BrokenCase,
                format!("Der Musterfall {name} geht anders aus: {}", broken.join("; ")),
                case.span,
                "dieser Musterfall",
            )
            .help(format!("Ist die Regel falsch oder der Musterfall veraltet? Das Blatt zeigt: {}", shown.join(", "))),
        );
    }
    report.outcomes.extend(shown);
    report.rows.extend(rows);
}

/// All table rows named in pathways and facts, each with the first branch or outcome that names it.
fn rows(rulebook: &Rulebook) -> BTreeMap<&str, Span> {
    let mut rows = BTreeMap::new();
    for (_, _, pathway) in rulebook.pathways.iter() {
        name_rows(&pathway.ground, pathway.span, &mut rows);
        branch_rows(&pathway.tree, &mut rows);
        pathway.also.iter().for_each(|also| branch_rows(&also.node, &mut rows));
        for (_, _, outcome) in pathway.outcomes.iter() {
            name_rows(&outcome.ground, outcome.span, &mut rows);
        }
    }
    for (_, _, fact) in rulebook.facts.iter() {
        branch_rows(&fact.tree, &mut rows);
    }
    rows
}

fn branch_rows<'r, L>(node: &'r Node<L>, rows: &mut BTreeMap<&'r str, Span>) {
    for (_, turn) in node.fork().into_iter().flat_map(Fork::turns) {
        name_rows(&turn.ground, turn.span, rows);
        branch_rows(&turn.node, rows);
    }
}

fn name_rows<'r>(ground: &'r Ground, place: Span, rows: &mut BTreeMap<&'r str, Span>) {
    for row in &ground.rows {
        rows.entry(row).or_insert(place);
    }
}
