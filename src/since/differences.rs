//! In what two sheets differ. Pure: two gists in, a list of differences out; who tells them and why is said elsewhere.
//!
//! Entries are matched by id. An entry whose id is gone is matched with a new one that reads the same, a way also with one
//! that rests on the same rows of the decision tables: giving something another name changes nothing for people.

use super::gist::Gist;
use crate::language::Joins;
use crate::sheet::{
    About, Aspect, EmployerRole, Figure, FiledPaper, Mark, Named, OfficeCard, PaperLine, StepCard, Way,
};

/// Something that differs.
pub struct Found {
    pub about: About,
    /// Ids before and after; one of them where it came or went.
    pub ids: Vec<String>,
    /// Title or name, after if there is one.
    pub title: String,
    pub parts: Vec<Part>,
    /// Ids of the sources it rests on, after if there are any.
    pub sources: Vec<String>,
}

impl Found {
    /// Whether people can do nothing differently because of it.
    pub fn only_words(&self) -> bool {
        self.parts.iter().all(|part| part.aspect == Aspect::Wording)
    }
}

/// In what it differs.
pub struct Part {
    pub aspect: Aspect,
    pub before: Option<String>,
    pub now: Option<String>,
}

/// Everything in which the later sheet differs from the earlier one: ways, steps, papers, offices, in its own order.
pub fn differences(before: &Gist<'_>, now: &Gist<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let joins = now.joins();
    let same_way = |old: &Way, new: &Way| {
        old.title == new.title || (!now.knows(&old.id) && !old.rows.is_empty() && old.rows == new.rows)
    };
    for pair in pairs(&before.ways, &now.ways, same_way) {
        let ids = ids(pair, |way| &way.id);
        let parts = match pair {
            (Some(old), Some(new)) => {
                let filed = |gist: &Gist<'_>, way: &Way| {
                    gist.roles.iter().find(|role| role.id == way.id).map(|role| evidence(role, joins))
                };
                let mut parts = way_parts(old, new, same_way(old, new), joins);
                parts.text(Aspect::Evidence, filed(before, old), filed(now, new));
                parts.or_words(way_words(old) != way_words(new))
            }
            (old, new) => Parts::new(joins)
                .came_or_went(old.map(|way| way.standing_text.clone()), new.map(|way| way.standing_text.clone())),
        };
        let sources = pair.1.map_or_else(
            || pair.0.map(|way| before.sources(&way.basis)).unwrap_or_default(),
            |way| now.sources(&way.basis),
        );
        // Where the outcome itself changed, the way goes by the name of its pathway; the outcomes stand in the parts.
        let other = parts.found.iter().any(|part| part.aspect == Aspect::Outcome);
        let title = title(pair, |way| if other { &way.pathway } else { &way.title });
        found.extend(parts.found(About::Way, ids, title, sources));
    }
    for pair in pairs(&before.steps, &now.steps, |old, new| old.title == new.title) {
        let ids = ids(pair, |step| &step.id);
        let parts = match pair {
            (Some(old), Some(new)) => step_parts(old, new, joins).or_words(step_words(old) != step_words(new)),
            (old, new) => {
                Parts::new(joins).came_or_went(old.map(|step| step.who.clone()), new.map(|step| step.who.clone()))
            }
        };
        let sources = pair.1.map_or_else(
            || pair.0.map(|step| before.sources(&step_sources(step))).unwrap_or_default(),
            |step| now.sources(&step_sources(step)),
        );
        found.extend(parts.found(About::Step, ids, title(pair, |step| &step.title), sources));
    }
    for pair in pairs(&before.papers, &now.papers, |old, new| old.paper.text == new.paper.text) {
        // A paper that comes or goes does so with its step.
        let (Some(old), Some(new)) = pair else { continue };
        let ids = ids(pair, |paper| &paper.paper.id);
        let parts = paper_parts(old, new, joins).or_words(paper_words(old) != paper_words(new));
        found.extend(parts.found(About::Paper, ids, new.paper.text.clone(), now.sources(&new.sources)));
    }
    for pair in pairs(&before.offices, &now.offices, |old, new| old.name == new.name && old.unit == new.unit) {
        // An office that comes or goes does so with its way or step.
        let (Some(old), Some(new)) = pair else { continue };
        let ids = ids(pair, |office| &office.id);
        let parts = office_parts(old, new, joins).or_words(office_words(old) != office_words(new));
        found.extend(parts.found(About::Office, ids, new.name.clone(), now.sources(&new.sources)));
    }
    found
}

type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// Entries of the same id side by side, then those that are the same under another name, then what came and what went.
fn pairs<'a, T: Entry>(before: &'a [T], now: &'a [T], same: impl Fn(&T, &T) -> bool) -> Vec<Pair<'a, T>> {
    let mut left: Vec<&T> = before.iter().collect();
    let mut take = |fits: &dyn Fn(&T) -> bool| left.iter().position(|old| fits(old)).map(|at| left.remove(at));
    let mut matched: Vec<Option<&T>> = now.iter().map(|new| take(&|old| old.key() == new.key())).collect();
    for (new, old) in now.iter().zip(&mut matched) {
        *old = old.or_else(|| take(&|old| same(old, new)));
    }
    let kept = now.iter().zip(matched).map(|(new, old)| (old, Some(new)));
    kept.chain(left.into_iter().map(|old| (Some(old), None))).collect()
}

/// What has an id of its own on a sheet.
trait Entry {
    fn key(&self) -> &str;
}

impl Entry for Way {
    /// A pathway has one outcome at a time, so the pathway tells which way it is.
    fn key(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }
}

impl Entry for StepCard {
    fn key(&self) -> &str {
        &self.id
    }
}

impl Entry for PaperLine {
    fn key(&self) -> &str {
        &self.paper.id
    }
}

impl Entry for OfficeCard {
    fn key(&self) -> &str {
        &self.id
    }
}

fn ids<T>((old, new): Pair<'_, T>, id: impl Fn(&T) -> &String) -> Vec<String> {
    let mut ids: Vec<String> = [new, old].into_iter().flatten().map(|entry| id(entry).clone()).collect();
    ids.dedup();
    ids
}

fn title<T>((old, new): Pair<'_, T>, title: impl Fn(&T) -> &String) -> String {
    new.or(old).map(|entry| title(entry).clone()).unwrap_or_default()
}

/// The parts in which an entry differs, gathered one by one.
struct Parts<'a> {
    found: Vec<Part>,
    joins: Joins<'a>,
}

impl<'a> Parts<'a> {
    fn new(joins: Joins<'a>) -> Self {
        Self { found: Vec::new(), joins }
    }

    fn text(&mut self, aspect: Aspect, before: Option<String>, now: Option<String>) {
        if before != now {
            self.found.push(Part { aspect, before, now });
        }
    }

    /// Ids with their words: the same id, or the same words under another id, is no difference.
    fn named(&mut self, aspect: Aspect, before: &[Named], now: &[Named]) {
        let there = |one: &Named, all: &[Named]| all.iter().any(|other| other.id == one.id || other.text == one.text);
        let same = before.iter().all(|one| there(one, now)) && now.iter().all(|one| there(one, before));
        if !same {
            self.found.push(Part { aspect, before: self.listed(before), now: self.listed(now) });
        }
    }

    /// Sentences that may be none.
    fn sentences(&mut self, aspect: Aspect, before: &[String], now: &[String]) {
        let told = |all: &[String]| (!all.is_empty()).then(|| self.joins.sentences(all));
        let (before, now) = (told(before), told(now));
        self.text(aspect, before, now);
    }

    fn figures(&mut self, aspect: Aspect, before: &[Figure], now: &[Figure]) {
        let told = |all: &[Figure]| (!all.is_empty()).then(|| figures(all, self.joins));
        let (before, now) = (told(before), told(now));
        self.text(aspect, before, now);
    }

    fn listed(&self, names: &[Named]) -> Option<String> {
        (!names.is_empty()).then(|| self.joins.series(names.iter().map(|name| &name.text)))
    }

    fn came_or_went(mut self, before: Option<String>, now: Option<String>) -> Self {
        let aspect = if before.is_none() { Aspect::Came } else { Aspect::Went };
        self.found.push(Part { aspect, before, now });
        self
    }

    /// If nothing else differs, perhaps the words do.
    fn or_words(mut self, differ: bool) -> Self {
        if self.found.is_empty() && differ {
            self.found.push(Part { aspect: Aspect::Wording, before: None, now: None });
        }
        self
    }

    fn found(self, about: About, ids: Vec<String>, title: String, sources: Vec<String>) -> Option<Found> {
        (!self.found.is_empty()).then_some(Found { about, ids, title, parts: self.found, sources })
    }
}

fn way_parts<'a>(old: &Way, new: &Way, same: bool, joins: Joins<'a>) -> Parts<'a> {
    let mut parts = Parts::new(joins);
    let other = old.id != new.id && !same;
    if other {
        parts.text(Aspect::Outcome, Some(old.title.clone()), Some(new.title.clone()));
    }
    if old.standing != new.standing && new.concerns.has_standing() {
        parts.text(Aspect::Standing, Some(old.standing_text.clone()), Some(new.standing_text.clone()));
    }
    parts.named(Aspect::DecidedBy, std::slice::from_ref(&old.decided_by), std::slice::from_ref(&new.decided_by));
    parts.sentences(Aspect::Roles, &old.roles, &new.roles);
    if old.certainty.id != new.certainty.id {
        parts.text(Aspect::Certainty, Some(old.certainty.text.clone()), Some(new.certainty.text.clone()));
    }
    // Another outcome has dates of its own.
    if !other {
        parts.sentences(Aspect::Dates, &old.dates, &new.dates);
    }
    parts.text(Aspect::German, old.german.clone(), new.german.clone());
    parts.named(Aspect::Ask, &old.ask, &new.ask);
    parts
}

fn way_words(way: &Way) -> (&str, &str, Option<&str>) {
    (&way.title, &way.says, way.watch_out.as_deref())
}

/// The papers a Träger files, in words.
fn evidence(role: &EmployerRole, joins: Joins<'_>) -> String {
    let filed = |papers: &[FiledPaper]| joins.list(papers.iter().map(|filed| &filed.paper.text));
    let lists = [&role.must, &role.one_of, &role.recommended].map(|papers| filed(papers));
    joins.series(lists.iter().filter(|list| !list.is_empty()))
}

fn step_parts<'a>(old: &StepCard, new: &StepCard, joins: Joins<'a>) -> Parts<'a> {
    let mut parts = Parts::new(joins);
    parts.figures(Aspect::Cost, &old.cost, &new.cost);
    parts.figures(Aspect::Time, &old.time, &new.time);
    parts.named(Aspect::Where, &old.offices, &new.offices);
    if old.offices.is_empty() && new.offices.is_empty() {
        parts.text(Aspect::Where, old.place.clone(), new.place.clone());
    }
    parts.named(Aspect::Bring, &old.bring, &new.bring);
    if old.certainty.id != new.certainty.id {
        parts.text(Aspect::Certainty, Some(old.certainty.text.clone()), Some(new.certainty.text.clone()));
    }
    parts
}

fn step_words(step: &StepCard) -> (&str, &str, &str, Option<&str>, &[String]) {
    (&step.title, &step.says, &step.who, step.place.as_deref(), &step.order)
}

/// A step rests on its sources and on those of its figures.
fn step_sources(step: &StepCard) -> Vec<Mark> {
    let mut marks = step.sources.clone();
    for mark in step.cost.iter().chain(&step.time).filter_map(|figure| figure.source) {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

fn figures(figures: &[Figure], joins: Joins<'_>) -> String {
    joins.series(figures.iter().map(|figure| figure.told(joins)))
}

fn paper_parts<'a>(old: &PaperLine, new: &PaperLine, joins: Joins<'a>) -> Parts<'a> {
    let mut parts = Parts::new(joins);
    parts.named(Aspect::Form, std::slice::from_ref(&old.form), std::slice::from_ref(&new.form));
    parts.named(Aspect::Translation, std::slice::from_ref(&old.translation), std::slice::from_ref(&new.translation));
    parts
}

fn paper_words(paper: &PaperLine) -> [Option<&str>; 4] {
    let PaperLine { paper, form_says, issued_by, if_missing, .. } = paper;
    [Some(&paper.text), form_says.as_deref(), issued_by.as_deref(), if_missing.as_deref()]
}

fn office_parts<'a>(old: &OfficeCard, new: &OfficeCard, joins: Joins<'a>) -> Parts<'a> {
    let mut parts = Parts::new(joins);
    let name = |office: &OfficeCard| Some(office.full_name.clone());
    parts.text(Aspect::Name, name(old), name(new));
    parts.text(Aspect::Post, old.post.clone(), new.post.clone());
    parts.text(Aspect::Phone, old.phone.clone(), new.phone.clone());
    parts.text(Aspect::Email, old.email.clone(), new.email.clone());
    parts.text(Aspect::Url, old.url.clone(), new.url.clone());
    parts
}

fn office_words(office: &OfficeCard) -> (&str, Option<&str>, Option<&str>) {
    (&office.role, office.note.as_deref(), office.find.as_deref())
}
