//! A change of the rules on a page of text: short, by what weighs most, or in full.

mod words;

use std::collections::{BTreeSet, HashSet};

use crate::change::{Cause, Change, Kind, TextChange, What};
use crate::rulebook::Rulebook;
use words::Words;

const WIDTH: usize = 100;

/// How much of each list the short form shows.
const FEW_CAUSES: usize = 20;
const FEW: usize = 5;

/// What a change of the rules does to people, in German, for readers who never saw the YAML. `rulebook` is the new one: it
/// has the words for what the rules have words for.
pub fn change(old: &str, new: &str, change: &Change, rulebook: &Rulebook, full: bool) -> String {
    let mut page = Page { text: String::new(), words: Words { rulebook, ids: full }, full, cases: change.cases_in_all };
    page.line(0, words::TITLE);
    page.line(0, &words::versions(old, &change.before, new, &change.after, change.date));
    page.gap();
    if change.is_nothing() {
        page.line(0, words::NOTHING);
    } else {
        page.summary(change);
        page.causes(change);
    }
    if !change.cases.is_empty() {
        page.heading(&words::cases_heading(change.cases.len()));
        page.list(&change.cases, |page, case| {
            let id = if page.full { format!(" ({})", case.case) } else { String::new() };
            page.line(2, &format!("{}{id}", case.title));
            let full = page.full;
            for cause in case.causes.iter().filter(|_| full) {
                page.line(4, &page.words.headline(&change.causes[*cause].what));
            }
        });
    }
    if !change.reworded.is_empty() {
        page.heading(&words::reworded_heading(change.reworded.len()));
        page.list(&change.reworded, |page, text| {
            page.line(2, &format!("{} {}", words::kind(text.entry.kind), page.words.name(&text.entry)));
            page.texts(4, text);
        });
    }
    if !change.renamed.is_empty() {
        page.heading(&words::renamed_heading(change.renamed.len()));
        page.list(&change.renamed, |page, rename| {
            page.line(2, &format!("{} {} → {}", words::kind(rename.kind), rename.before, rename.after));
        });
    }
    if !full && !change.is_nothing() {
        page.gap();
        page.line(0, words::FULL);
    }
    page.text
}

/// The people by name whose sheet changes, each with what changes for them.
pub fn affected(change: &Change, rulebook: &Rulebook) -> String {
    let words = Words { rulebook, ids: false };
    let mut page = Page { text: String::new(), words, full: true, cases: change.cases_in_all };
    page.line(0, &words::people(change.cases.len(), change.cases_in_all));
    for case in &change.cases {
        page.gap();
        page.line(0, &case.title);
        for cause in case.causes.iter().map(|at| &change.causes[*at]) {
            page.what("– ", 2, cause);
            for root in cause.follows_from.iter().map(|at| &change.causes[*at]) {
                page.line(5, &words::since(&page.words.headline(&root.what)));
            }
        }
    }
    page.text
}

struct Page<'r> {
    text: String,
    words: Words<'r>,
    full: bool,
    /// How many people were looked at by name.
    cases: usize,
}

impl Page<'_> {
    fn summary(&mut self, change: &Change) {
        let seen = change.causes.iter().filter(|cause| !is_quiet(&cause.what)).flat_map(|cause| &cause.reach.ways);
        let seen = seen.map(|way| &way.pathway.id);
        let ways = seen.collect::<BTreeSet<_>>().len();
        if ways == 0 {
            self.line(0, words::NOBODY);
        } else {
            self.line(0, &words::affected(change.affected, ways, change.cases.len(), change.cases_in_all));
            self.line(0, words::SHARES);
        }
        for what in &change.omitted {
            self.line(0, words::omitted(*what));
        }
    }

    fn causes(&mut self, change: &Change) {
        let full = self.full;
        let quiet = |cause: &&Cause| !full && is_quiet(&cause.what);
        let on_pages = |cause: &&Cause| matches!(&cause.what, What::Text(text) if text.entry.kind == Kind::Interface);
        let checked = change.causes.iter().filter(quiet).filter_map(|cause| match &cause.what {
            What::Aspect { entry, .. } => Some(entry),
            _ => None,
        });
        let checked = checked.collect::<HashSet<_>>().len();
        let pages = change.causes.iter().filter(quiet).filter(on_pages).count();
        let tops: Vec<(usize, &Cause)> = change
            .causes
            .iter()
            .enumerate()
            .filter(|(_, cause)| cause.follows_from.is_none() && !quiet(cause))
            .collect();
        let shown = if self.full { tops.len() } else { FEW_CAUSES };
        for (number, (at, cause)) in tops.iter().take(shown).enumerate() {
            self.gap();
            self.cause(&format!("{}. ", number + 1), 0, cause);
            let follows: Vec<&Cause> =
                change.causes.iter().filter(|other| other.follows_from == Some(*at) && !quiet(other)).collect();
            if !follows.is_empty() {
                self.line(3, words::THEREBY);
                self.list(&follows, |page, cause| page.cause("– ", 3, cause));
            }
        }
        if tops.len() > shown {
            self.gap();
            self.line(0, &words::more(tops.len() - shown));
        }
        self.gap();
        if pages > 0 {
            self.line(0, &words::on_pages(pages));
        }
        if checked > 0 {
            self.line(0, &words::checked_again(checked));
        }
    }

    /// What changed, without where it is noticed.
    fn what(&mut self, mark: &str, indent: usize, cause: &Cause) {
        let full = self.full;
        self.line(indent, &format!("{mark}{}", self.words.headline(&cause.what)));
        let indent = indent + 3;
        match &cause.what {
            What::Outcome { before, after, .. } => {
                self.line(
                    indent,
                    &format!("vorher:  {}", self.words.told(before.as_ref(), "Dieser Weg sagte nichts.")),
                );
                self.line(
                    indent,
                    &format!("nachher: {}", self.words.told(after.as_ref(), "Dieser Weg sagt nichts mehr.")),
                );
                for told in after.iter().filter(|_| full) {
                    self.line(indent, &self.words.told_in_full(told));
                }
            }
            What::Pathway { outcomes, .. } => {
                self.list(outcomes, |page, told| {
                    page.line(indent, &page.words.told(Some(told), ""));
                    if page.full {
                        page.line(indent + 2, &page.words.told_in_full(told));
                    }
                });
            }
            What::Text(text) => {
                if let Some(weighs) = self.words.weighs(text) {
                    self.line(indent, &weighs);
                }
                self.texts(indent, text);
            }
            _ => {}
        }
        if let Some(note) = self.words.note(&cause.what) {
            self.line(indent, note);
        }
    }

    fn cause(&mut self, mark: &str, indent: usize, cause: &Cause) {
        self.what(mark, indent, cause);
        let (full, indent) = (self.full, indent + 3);
        let reach = &cause.reach;
        let conditions = if self.full { reach.who.len() } else { 3 };
        for (at, who) in reach.who.iter().take(conditions).enumerate() {
            self.line(indent, &format!("{} {}", if at == 0 { "Für" } else { "oder für" }, self.words.who(who)));
        }
        if reach.who.len() > conditions {
            self.line(indent, &words::more(reach.who.len() - conditions));
        }
        if reach.and_others {
            self.line(indent, words::SAME_LATER);
        }
        let period = words::period(reach.from, reach.until);
        let sentences: Vec<String> =
            period.into_iter().chain(self.words.reach(&cause.what, reach, self.cases)).collect();
        if !sentences.is_empty() {
            self.line(indent, &sentences.join(" "));
        }
        for way in reach.ways.iter().filter(|_| full) {
            let outcomes: Vec<String> = way.outcomes.iter().map(|outcome| self.words.name(outcome)).collect();
            self.line(indent + 2, &format!("{}: {}", self.words.name(&way.pathway), outcomes.join(", ")));
        }
    }

    /// Both readings of a text; in short, only what differs and a little around it.
    fn texts(&mut self, indent: usize, text: &TextChange) {
        let (before, after) = (text.before.as_deref().unwrap_or(""), text.after.as_deref().unwrap_or(""));
        let (before, after) = if self.full || before.is_empty() || after.is_empty() {
            (before.to_owned(), after.to_owned())
        } else {
            excerpts(before, after)
        };
        if !before.is_empty() {
            self.line(indent, &format!("vorher:  {before}"));
        }
        if !after.is_empty() {
            self.line(indent, &format!("nachher: {after}"));
        }
    }

    /// All of a list, or its beginning and how much more there is.
    fn list<T>(&mut self, list: &[T], mut one: impl FnMut(&mut Self, &T)) {
        let shown = if self.full || list.len() <= FEW + 1 { list.len() } else { FEW };
        list[..shown].iter().for_each(|entry| one(self, entry));
        if list.len() > shown {
            self.line(4, &words::more(list.len() - shown));
        }
    }

    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        self.line(0, text);
        self.line(0, &"─".repeat(text.chars().count().min(WIDTH)));
    }

    /// A paragraph, wrapped, with the lines after the first a little further in.
    fn line(&mut self, indent: usize, text: &str) {
        let (first, later) = (" ".repeat(indent), " ".repeat(indent + 2));
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(&first)
            .subsequent_indent(&later)
            .break_words(false)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.text.push_str(&textwrap::fill(text, options));
        self.text.push('\n');
    }
}

/// Whether it stands on no sheet: that a source was looked at again, which row lies behind an outcome, the words of the
/// pages around.
fn is_quiet(what: &What) -> bool {
    match what {
        What::Rows { .. } => true,
        What::Aspect { aspect, .. } => aspect.is_how_it_is_known(),
        What::Text(text) => text.entry.kind == Kind::Interface,
        _ => false,
    }
}

/// What differs between two texts, with three words on either side.
fn excerpts(before: &str, after: &str) -> (String, String) {
    const AROUND: usize = 3;
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split_whitespace().collect(), after.split_whitespace().collect());
    let same = |a: &mut dyn Iterator<Item = (&&str, &&str)>| a.take_while(|(a, b)| a == b).count();
    let head = same(&mut old.iter().zip(&new));
    let most = old.len().min(new.len()) - head;
    let tail = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
    let cut = |words: &[&str]| {
        let (from, until) = (head.saturating_sub(AROUND), (words.len() - tail + AROUND).min(words.len()));
        let start = if from > 0 { "… " } else { "" };
        let end = if until < words.len() { " …" } else { "" };
        format!("{start}{}{end}", words[from..until].join(" "))
    };
    (cut(&old), cut(&new))
}
