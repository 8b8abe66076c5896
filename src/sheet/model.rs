//! The sheet as data: blocks in order, ids beside texts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::interview::Answers;
use crate::language::{Compared, Joins};
use crate::rulebook::{Id, Source as Cited};
use crate::terms::{Certainty, Concern, Day, Standing, Validity};

/// A source that a line of the sheet names. In JSON and in print it is the source's number on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(into = "usize")]
#[schemars(with = "usize")]
pub struct Mark {
    /// The source.
    pub source: Id<Cited>,
    /// Its number, from 1; 0 until the sheet is numbered, which is the last thing that is done to it.
    pub number: usize,
}

impl Mark {
    /// Names a source whose number is not known yet.
    pub fn of(source: Id<Cited>) -> Self {
        Self { source, number: 0 }
    }
}

impl From<Mark> for usize {
    fn from(mark: Mark) -> Self {
        mark.number
    }
}

/// A next-steps sheet for one set of answers on one day, in one language.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sheet {
    /// Language code of the texts.
    pub lang: String,
    /// Writing direction of the texts: `ltr` or `rtl`.
    pub direction: &'static str,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
    /// In another language than German: which text counts, and whether anybody has compared the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_translation: Option<InTranslation>,
    /// Title.
    pub title: String,
    /// The day it speaks of.
    pub date: Day,
    /// That day as people write it.
    pub date_text: String,
    /// Name of the rulebook.
    pub rulebook: String,
    /// Version of the rulebook.
    pub version: String,
    /// State of the law, as people write a day.
    pub knowledge_date: String,
    /// That day.
    pub knowledge_day: Day,
    /// The day on which the letter came that the answers are about, where the person named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterDay>,
    /// The blocks, in order. A block with nothing to say is not here.
    pub blocks: Vec<Block>,
    /// Which blocks stand together behind one heading that opens; the others stand before, open.
    pub groups: Vec<Group>,
    /// The page for the Träger, if some way rests on evidence that the Träger files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer_page: Option<EmployerPage>,
    /// Whether there is such a page, composed here or not.
    #[serde(skip)]
    pub has_employer_page: bool,
}

/// What whoever reads a translation must know of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InTranslation {
    /// In sentences, for people: the German text counts; whether somebody has compared the translation with it.
    pub says: String,
    /// How much of the translation somebody who speaks both languages well has compared with the German.
    pub compared: Compared,
}

/// When the letter came. It is for reminders and wording; no deadline follows from it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LetterDay {
    /// The day.
    pub came_on: Day,
    /// What to do about it, in one or two sentences.
    pub says: String,
}

/// Blocks that stand together behind one heading.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// Id.
    pub id: &'static str,
    /// Heading.
    pub heading: String,
    /// The kinds of its blocks.
    pub blocks: Vec<&'static str>,
}

/// A part of the sheet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// The answer first: what the person brings, what is possible with it, who decides, and what to do tomorrow morning.
    Opening(Opening),
    /// What the sheet is and who decides.
    Introduction(Note),
    /// What has changed since an earlier sheet.
    Since(Since),
    /// The first one to three steps, large.
    Now(Steps),
    /// Shortcuts that are easily missed.
    Shortcut(Shortcuts),
    /// What the person said.
    Answers(AnswerLines),
    /// What the person brings along.
    Have(Have),
    /// The ways, soonest first.
    Ways(Ways),
    /// What changes on a day that the rules know already.
    Ahead(Ahead),
    /// What can be done while waiting.
    Meanwhile(Ways),
    /// The steps after the first ones.
    Later(Steps),
    /// What is still to be found out.
    FindOut(Tasks),
    /// Papers.
    Papers(Papers),
    /// What the steps cost, by kind.
    Money(Money),
    /// How long it takes, by law and by experience.
    Time(Times),
    /// German levels per way.
    German(GermanLines),
    /// Advice, money, conditions.
    Support(Ways),
    /// What is not possible this way, and what is instead.
    Closed(Ways),
    /// What would open more, and what keeps ways closed.
    WhatElse(WhatElse),
    /// Residence: a pointer only.
    Stay(Ways),
    /// Offices and advice points.
    Contacts(Contacts),
    /// What to say on the phone and to write.
    SayIt(Scripts),
    /// What to do if something goes wrong.
    Trouble(Ways),
    /// German terms explained.
    Words(Words),
    /// Numbered sources.
    Sources(Sources),
    /// Closing line.
    Footer(Note),
}

/// The answer first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Opening {
    /// Heading.
    pub heading: String,
    /// What the person brings along, in positive words.
    pub brings: Vec<String>,
    /// What is possible, one line for each thing the person wants.
    pub lines: Vec<OpeningLine>,
    /// When it begins.
    pub begin: Begin,
    /// The same in words: heading of what to do first.
    pub tomorrow_heading: String,
    /// What to do first, in one to three short paragraphs.
    pub tomorrow: Vec<String>,
    /// Whom to turn to for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
}

/// When the first thing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Begin {
    /// Today: a letter sets a deadline.
    Today,
    /// Tomorrow morning.
    Tomorrow,
    /// On Monday, when somebody answers the telephone again.
    Monday,
}

impl Begin {
    /// The name of the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Today => "sheet.opening.today",
            Self::Tomorrow => "sheet.opening.tomorrow",
            Self::Monday => "sheet.opening.monday",
        }
    }
}

/// What is possible for something the person wants.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OpeningLine {
    /// What the person wants, in words; empty where that is open.
    pub goals: Vec<String>,
    /// `pathway/outcome` of the best way.
    pub way: String,
    /// The best way in one sentence.
    pub says: String,
    /// What is possible and when.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// Who decides, if somebody does already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Named>,
    /// How sure that is.
    pub certainty: Certainty,
    /// In words.
    pub certainty_text: String,
    /// Where this way is closed: that something else is possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
}

/// The shortest way to reach an office.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reach {
    /// The office.
    pub office: Named,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// By what an office is reached.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Its telephone number.
    Phone(&'a str),
    /// Its e-mail address.
    Email(&'a str),
    /// Its page.
    Page(&'a str),
}

impl Reach {
    /// How an office is reached that has this card.
    pub fn of(office: Named, card: &OfficeCard) -> Self {
        Self { office, phone: card.phone.clone(), email: card.email.clone(), url: card.url.clone() }
    }

    /// The shortest of the ways there are. An e-mail goes to somebody; a page is only looked up.
    pub fn shortest(&self) -> Option<By<'_>> {
        let phone = self.phone.as_deref().map(By::Phone);
        phone.or(self.email.as_deref().map(By::Email)).or(self.url.as_deref().map(By::Page))
    }
}

/// What has changed between an earlier sheet and this one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Since {
    /// Heading.
    pub heading: String,
    /// The day of the earlier sheet.
    pub day: Day,
    /// The version of the rules it was made with.
    pub version: String,
    /// Whether that version is kept; if not, nothing was compared.
    pub kept: bool,
    /// In one or two sentences: what was compared, and whether anything is different.
    pub says: String,
    /// What is different.
    pub differences: Vec<Difference>,
    /// What only reads differently, by id and title.
    pub reworded: Vec<Named>,
    /// A sentence on that; empty where there is none.
    pub reworded_says: String,
}

/// What changes on days that the rules know already.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ahead {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
    /// The days, the next one first.
    pub days: Vec<AheadDay>,
}

/// One such day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AheadDay {
    /// The first day on which it is different.
    pub day: Day,
    /// In words: "Ab 01.01.2031".
    pub from: String,
    /// What is different from then on.
    pub differences: Vec<Difference>,
}

/// A way, step, office or paper that differs between two sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// What kind of thing.
    pub about: About,
    /// Its id, on the later sheet if it is there.
    pub id: String,
    /// Its title or name.
    pub title: String,
    /// In what it differs.
    pub parts: Vec<DifferentPart>,
    /// The day from which on the rules themselves say so, where the difference comes from a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// Why, in sentences.
    pub because: Vec<String>,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A way.
    Way,
    /// A step.
    Step,
    /// A paper.
    Paper,
    /// An office.
    Office,
}

/// One thing in which two sheets differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DifferentPart {
    /// What differs.
    pub aspect: Aspect,
    /// In one sentence.
    pub says: String,
    /// What it was; `None` where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is; `None` where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// In what a way, step, office or paper can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// It was not there before.
    Came,
    /// It is not there any more.
    Went,
    /// What comes out on the way.
    Outcome,
    /// What is possible and when.
    Standing,
    /// Who decides.
    DecidedBy,
    /// Who files, agrees, advises.
    Roles,
    /// How binding.
    Certainty,
    /// Until when.
    Dates,
    /// Level of German.
    German,
    /// Whom to ask.
    Ask,
    /// What the Träger files.
    Evidence,
    /// What it costs.
    Cost,
    /// How long it takes.
    Time,
    /// Where.
    Where,
    /// What to bring.
    Bring,
    /// Original or copy.
    Form,
    /// Whether it is translated.
    Translation,
    /// Name of an office.
    Name,
    /// Postal address.
    Post,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Page.
    Url,
    /// Only the words.
    Wording,
}

/// What would open more, and what keeps ways closed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhatElse {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
    /// The smallest changes that a step can bring about.
    pub changes: Vec<ElseLine>,
    /// Heading of the ways not open.
    pub why_not_heading: String,
    /// Ways not open, each with everything that keeps it so.
    pub why_not: Vec<WhyNot>,
}

/// Something that would open more.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseLine {
    /// The steps, and the answers that would be others after them.
    pub moves: Vec<ElseStep>,
    /// What would be open then.
    pub opens: Vec<ElseWay>,
}

/// A step and the answers that would be others after it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseStep {
    /// The step, with its number where it stands on the sheet.
    pub step: StepLink,
    /// The answers after it: "Deutsch: B2".
    pub answers: Vec<String>,
    /// Cost in parts.
    pub cost: Vec<Figure>,
    /// Statements on time.
    pub time: Vec<Figure>,
}

/// A way that would be more open.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ElseWay {
    /// `pathway/outcome`.
    pub id: String,
    /// Headline.
    pub title: String,
    /// What would be possible and when.
    pub standing: Standing,
    /// In words.
    pub standing_text: String,
    /// What is possible on this way now, in words; `None` where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// A way that is not open, and everything that keeps it so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WhyNot {
    /// Pathway id.
    pub pathway: String,
    /// Title of the way.
    pub title: String,
    /// What keeps it closed.
    pub conditions: Vec<FailedCondition>,
}

/// A condition that failed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FailedCondition {
    /// Short noun of the question or fact.
    pub label: String,
    /// The values it has; none where the person was never asked.
    pub values: Vec<String>,
    /// The values it would need; at most a few, the rest is counted.
    pub wanted: Vec<String>,
    /// How many more values would do.
    pub more: usize,
    /// Who could decide otherwise.
    pub decided_by: Vec<String>,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
}

/// Shortcuts that are easily missed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shortcuts {
    /// Heading.
    pub heading: String,
    /// The shortcuts.
    pub shortcuts: Vec<Shortcut>,
}

/// One shortcut.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shortcut {
    /// Headline.
    pub title: String,
    /// How it goes, line by line.
    pub lines: Vec<String>,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
}

/// What the person brings along.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Have {
    /// Heading.
    pub heading: String,
    /// Sentences in positive words; may be empty where little is known.
    pub lines: Vec<String>,
    /// Asks for what was not asked, with room to write.
    pub more: String,
}

/// What the steps cost.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Money {
    /// Heading.
    pub heading: String,
    /// Ask who pays before paying; or that nothing here costs anything.
    pub says: String,
    /// The parts, by kind. Never summed up: some are not known.
    pub lines: Vec<FigureLine>,
}

/// How long it takes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Times {
    /// Heading.
    pub heading: String,
    /// Statutory before observed; our own estimates stand with the steps.
    pub lines: Vec<FigureLine>,
    /// Stations to write days beside: today, papers, application, answer.
    pub stations: Vec<String>,
}

/// A figure and the steps it belongs to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureLine {
    /// The figure.
    pub figure: Figure,
    /// The steps.
    pub steps: Vec<StepLink>,
}

/// A heading and a paragraph.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Note {
    /// Heading.
    pub heading: String,
    /// Paragraph.
    pub says: String,
}

/// A coded word and how it reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Text.
    pub text: String,
}

/// The person's answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerLines {
    /// Heading.
    pub heading: String,
    /// One line per question.
    pub lines: Vec<AnswerLine>,
}

/// One answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AnswerLine {
    /// Question id and short noun.
    pub question: Named,
    /// Options chosen.
    pub options: Vec<Named>,
    /// Whether it is not known.
    pub unknown: bool,
}

/// Steps.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Steps {
    /// Heading.
    pub heading: String,
    /// The steps, numbered through the sheet.
    pub steps: Vec<StepCard>,
}

/// One step with everything needed to do it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepCard {
    /// Step id.
    pub id: String,
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// One sentence, verb first.
    pub title: String,
    /// How.
    pub says: String,
    /// The address of our page with drawings that shows how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guide: Option<&'static str>,
    /// Who does it.
    pub who: String,
    /// Where, if it is no office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Offices, by id and name; the details stand under contacts.
    pub offices: Vec<Named>,
    /// Papers to bring.
    pub bring: Vec<Named>,
    /// What it costs, in parts; empty means nothing.
    pub cost: Vec<Figure>,
    /// How long it takes.
    pub time: Vec<Figure>,
    /// How binding it is.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
    /// Order rules it stands under, in one sentence each.
    pub order: Vec<String>,
}

/// A figure with its source and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// What it is: `fee`, `statutory` …
    pub kind: Named,
    /// The figure in words, or that it is not known.
    pub says: String,
    /// Whether it is known.
    pub known: bool,
    /// The year it is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Number of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Mark>,
}

impl Figure {
    /// In words: "Gebühr: 200 bis 600 Euro (2026)".
    pub fn told(&self, joins: Joins<'_>) -> String {
        let figure = joins.label(&self.kind.text, &self.says);
        match self.year {
            Some(year) => format!("{figure} {}", joins.aside(&year.to_string())),
            None => figure,
        }
    }

    /// The same behind a label: "Kosten: 200 bis 600 Euro (Gebühr, 2026)".
    pub fn beside_label(&self, joins: Joins<'_>) -> String {
        let year = self.year.map(|year| year.to_string());
        let kind = joins.list([Some(&self.kind.text), year.as_ref()].into_iter().flatten());
        format!("{} {}", self.says, joins.aside(&kind))
    }
}

/// How binding something is, with its label on the sheet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CertaintyMark {
    /// Id.
    pub id: Certainty,
    /// Label: "Regel", "üblich", "bitte fragen".
    pub text: String,
}

/// Ways.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ways {
    /// Heading.
    pub heading: String,
    /// The ways.
    pub ways: Vec<Way>,
}

/// One way with its outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Way {
    /// `pathway/outcome`.
    pub id: String,
    /// Whether it is one of the few that are told at once; the others are a line each.
    pub foremost: bool,
    /// Rows of the decision tables.
    pub rows: Vec<String>,
    /// What it is about.
    pub concerns: Concern,
    /// That in words.
    pub concerns_text: String,
    /// Title of the pathway.
    pub pathway: String,
    /// Headline of the outcome.
    pub title: String,
    /// What, on what condition.
    pub says: String,
    /// Standing id.
    pub standing: Standing,
    /// Standing in words.
    pub standing_text: String,
    /// Who decides.
    pub decided_by: Named,
    /// Who files, agrees, advises: whole sentences.
    pub roles: Vec<String>,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
    /// Sentences on dates: in force since, until.
    pub dates: Vec<String>,
    /// The same as data, with the day by which editors look again.
    pub valid: Validity,
    /// The answers that led here.
    pub because: Vec<Said>,
    /// Its steps with their numbers on the sheet (none for steps that are only options).
    pub steps: Vec<StepLink>,
    /// Ways so near that they stand on this card: `pathway/outcome` and headline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Named>,
    /// Whom to ask.
    pub ask: Vec<Named>,
    /// German level in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german: Option<String>,
    /// What to mind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_out: Option<String>,
}

/// An answer in words: "Fach", "Soziale Arbeit".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct Said {
    /// Short noun of the question.
    pub label: String,
    /// The answer.
    pub answer: String,
}

/// A step named on a way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepLink {
    /// Step id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Number on the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
}

/// Things to find out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tasks {
    /// Heading.
    pub heading: String,
    /// Tasks.
    pub tasks: Vec<Task>,
}

/// One thing to find out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Task {
    /// Question id and short noun.
    pub question: Named,
    /// What to do.
    pub says: String,
    /// How to find it out.
    pub find_out: String,
}

/// Papers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Papers {
    /// Heading.
    pub heading: String,
    /// What to know before: translate last, never send originals.
    pub says: String,
    /// The papers.
    pub papers: Vec<PaperLine>,
}

/// One paper.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaperLine {
    /// Id and name.
    pub paper: Named,
    /// Original, copy …
    pub form: Named,
    /// Differences by office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_says: Option<String>,
    /// Whether it must be translated.
    pub translation: Named,
    /// Who issues it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<String>,
    /// What if it cannot be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_missing: Option<String>,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}

/// German levels.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GermanLines {
    /// Heading.
    pub heading: String,
    /// One line per way that says something about German.
    pub lines: Vec<GermanLine>,
}

/// German level of a way.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GermanLine {
    /// Headline of the way.
    pub way: String,
    /// Level and how it is meant.
    pub says: String,
    /// Number of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Mark>,
}

/// Contacts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contacts {
    /// Heading.
    pub heading: String,
    /// What to know before: advice is free, no agency needed.
    pub says: String,
    /// Offices.
    pub offices: Vec<OfficeCard>,
}

/// One office.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct OfficeCard {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Name and department as one.
    pub full_name: String,
    /// What it does.
    pub role: String,
    /// Why this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Which one it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_this: Option<String>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the remark says more than of when an entry of the place is: then it stands wherever the office stands.
    pub limited: bool,
    /// When it is open, where an entry of the place says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The day that an entry of the place itself is from, if it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_day: Option<Day>,
    /// The day on which somebody last looked at an entry of the place itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_day: Option<Day>,
    /// How to find one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub find: Option<String>,
    /// Whether its advice costs nothing.
    pub free: bool,
    /// Whether a first step or a way leads here, or it is the free advice to begin with; the rest only on a long print.
    pub foremost: bool,
    /// Whether it is advice or a course that is only where the person lives.
    pub only_here: bool,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}

/// Glossary.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Words {
    /// Heading.
    pub heading: String,
    /// Terms that occur on the sheet.
    pub terms: Vec<TermLine>,
}

/// One term.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermLine {
    /// Id.
    pub id: String,
    /// The German term.
    pub term: String,
    /// What it means.
    pub says: String,
}

/// Sources.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sources {
    /// Heading.
    pub heading: String,
    /// That an editor has looked at all of them since a day; stands for the single days where there is little room.
    pub checked_since: String,
    /// That day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_since_day: Option<Day>,
    /// The sources by number.
    pub sources: Vec<SourceLine>,
}

/// One source.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceLine {
    /// Number on the sheet.
    pub number: usize,
    /// Whether a step or a way rests on it, not only a paper or an office.
    pub foremost: bool,
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// State, or that the page names none.
    pub state: String,
    /// The day of that state, if the page names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_day: Option<Day>,
    /// Day an editor last looked at it, as people write a day.
    pub checked_on: String,
    /// That day.
    pub checked_day: Day,
    /// Address, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The page for the Träger: what the person states, the provision, the evidence to file, the duties before the first day.
///
/// All of it follows from the answers that carry its roles. Nothing else that the person said can stand on it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerPage {
    /// The answers that carry the roles, with what the person wants.
    #[serde(skip)]
    pub answers: Answers,
    /// What has changed for these roles since an earlier sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
    /// What the person states of themselves, as far as the roles rest on it.
    pub states: Vec<AnswerLine>,
    /// The roles in question, each with its provision and evidence.
    pub roles: Vec<EmployerRole>,
    /// What must be done before the first day.
    pub duties: Vec<DutyLine>,
    /// What is recommended besides.
    pub recommended: Vec<DutyLine>,
    /// Whom to ask in doubt, before counting the person.
    pub ask: Vec<OfficeCard>,
    /// Sources, numbered for this page.
    pub sources: Vec<SourceLine>,
}

/// One role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerRole {
    /// `pathway/outcome`.
    pub id: String,
    /// The role as it would stand in the file.
    pub role: String,
    /// Where the norm names it; left to the Träger where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The sentence that maps the person's facts to the provision.
    pub provision: String,
    /// Standing in words.
    pub standing_text: String,
    /// Who decides.
    pub decided_by: Named,
    /// Who must agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_by: Option<Named>,
    /// Who files, agrees, advises: whole sentences.
    pub roles: Vec<String>,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub basis: Vec<Mark>,
    /// German level in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub german: Option<String>,
    /// Evidence that must be filed.
    pub must: Vec<FiledPaper>,
    /// Evidence of which one is enough.
    pub one_of: Vec<FiledPaper>,
    /// Evidence that is recommended.
    pub recommended: Vec<FiledPaper>,
    /// Whether the fields for the two anabin searches belong here.
    pub anabin: bool,
}

/// The page for the Träger as a document of its own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EmployerFile<'a> {
    /// Language code of the texts.
    pub lang: &'a str,
    /// In another language than German: the texts that are German because it lacks them, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallen_back: Vec<String>,
    /// The day it speaks of.
    pub date: Day,
    /// Name of the rulebook.
    pub rulebook: &'a str,
    /// Version of the rulebook.
    pub version: &'a str,
    /// State of the law, as people write a day.
    pub knowledge_date: &'a str,
    /// That day.
    pub knowledge_day: Day,
    /// What stands behind `/a/` to see the page again: its answers, its day and its rules, nothing else.
    pub code: String,
    /// The page.
    #[serde(flatten)]
    pub page: &'a EmployerPage,
}

/// A paper for the file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FiledPaper {
    /// Id and name.
    pub paper: Named,
    /// Original, copy …
    pub form: Named,
}

/// One duty of a Träger.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DutyLine {
    /// Id.
    pub id: String,
    /// What to do.
    pub says: String,
    /// How binding.
    pub certainty: CertaintyMark,
    /// Numbers of its sources.
    pub sources: Vec<Mark>,
}

/// What to say on the phone and to write; German, to be read out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scripts {
    /// Heading.
    pub heading: String,
    /// What to know before: nothing private needs to be said.
    pub says: String,
    /// Sentences that help in every call.
    pub rescue: Vec<String>,
    /// In another language: what each of them says; empty where the language lacks it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rescue_help: Vec<String>,
    /// One script per step that has one.
    pub scripts: Vec<Script>,
}

/// Words for one step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Script {
    /// The step.
    pub step: StepLink,
    /// Whom to call or to write to.
    pub offices: Vec<Named>,
    /// How to reach the first of them who answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
    /// Whether it is the call that comes first: what is said in it stands on paper, too.
    pub first_call: bool,
    /// Sentences for the telephone, in German.
    pub phone: Vec<String>,
    /// In another language: what each of them says; empty where the language lacks it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phone_help: Vec<String>,
    /// An e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Letter>,
}

/// An e-mail to copy.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Letter {
    /// Subject, in German.
    pub subject: String,
    /// What it says, in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_help: Option<String>,
    /// Text, in German.
    pub text: String,
    /// What it says, in another language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_help: Option<String>,
}
