use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Files, Span, floor_boundary};

/// One finding with the line it speaks of, its other places and the advice.
pub fn full(files: &Files, found: &Diagnostic, colour: bool) -> String {
    let level = match found.severity() {
        Severity::Error => Level::ERROR.with_name("Fehler"),
        Severity::Warning => Level::WARNING.with_name("Hinweis"),
    };
    let mut group = Group::with_title(level.primary_title(found.headline.as_str()).id(found.code.number()));
    group = group.element(snippet(files, &found.place, AnnotationKind::Primary));
    for label in &found.others {
        group = group.element(snippet(files, label, AnnotationKind::Context));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.with_name("Was tun").message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

fn snippet<'f>(
    files: &'f Files,
    label: &'f Label,
    kind: AnnotationKind,
) -> Snippet<'f, annotate_snippets::Annotation<'f>> {
    let file = &files[label.span.file];
    let range = visible(&file.text, label.span);
    Snippet::source(&*file.text).path(file.name.as_str()).annotation(kind.span(range).label(label.remark.as_str()))
}

/// The span within its first line, so that a whole block does not flood the page. Of a block only the first byte is
/// known; the word or bracket that begins there is marked.
fn visible(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor_boundary(text, span.start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = floor_boundary(text, span.end).min(line_end).max(start);
    if end > start + 1 {
        return start..end;
    }
    let rest = &text[start..line_end];
    let first = rest.chars().next().unwrap_or(' ');
    let length = match first {
        '{' => rest.rfind('}').map_or(1, |at| at + 1),
        _ if first.is_alphanumeric() => rest.find([' ', ',', ']', '}']).unwrap_or(rest.len()),
        _ => end - start,
    };
    start..start + length
}
