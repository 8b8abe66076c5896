//! What a sound rulebook consists of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::registry::{Id, Registry, ValueSet};
use super::released::Released;
use crate::format::Lint;
use crate::language::{Joins, Lang, Text, Texts};
use crate::source::{Located, Span};
use crate::terms::{
    Certainty, Concern, CostKind, GermanKind, Guide, PaperForm, Reading, Search, Standing, TimeKind, Translation,
    Validity,
};

/// All rules. Immutable once loaded; shared behind an `Arc`.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Name.
    pub name: String,
    /// Version, printed on every sheet.
    pub version: String,
    /// The day up to which the editors know the law.
    pub knowledge_date: Date,
    /// Languages on offer; the first is that of the source texts.
    pub languages: Vec<Lang>,
    /// Those that visitors are offered, each by its own name: those whose catalogue says enough.
    pub offered: Vec<(Lang, String)>,
    /// Every text for people.
    pub texts: Texts,
    /// Questions, in the order in which they are put.
    pub questions: Registry<Question>,
    /// What they are about, by file.
    pub topics: Registry<Topic>,
    /// The question that asks what a person wants.
    pub goals: Option<Id<Question>>,
    /// Derived facts.
    pub facts: Registry<DerivedFact>,
    /// Pathways, in the order of the sheet.
    pub pathways: Registry<Pathway>,
    /// Steps.
    pub steps: Registry<Step>,
    /// What must come before what.
    pub order: Vec<OrderRule>,
    /// Papers.
    pub papers: Registry<Paper>,
    /// Offices and advice points.
    pub authorities: Registry<Authority>,
    /// Who of them is where.
    pub local: Local,
    /// Those who decide.
    pub deciders: Registry<Decider>,
    /// Sources.
    pub sources: Registry<Source>,
    /// What papers are called in other countries.
    pub certificates: Option<Certificates>,
    /// What every Träger does before the first day.
    pub employer: Employer,
    /// Glossary.
    pub terms: Registry<Term>,
    /// The terms that each text speaks.
    pub spoken: HashMap<Text, Vec<Id<Term>>, RandomState>,
    /// Other interface texts for people of whom some answers are true.
    pub instead: Instead,
    /// Musterfälle.
    pub cases: Registry<Case>,
    /// The one whose sheet the start page shows.
    pub example: Option<Id<Case>>,
    /// Days after which an editor must look at a source of this kind again.
    pub review_days: IndexMap<String, u32>,
    /// Questions in the longest interview, as the editors say; the proof holds it to be exact.
    pub longest_interview: Option<Located<usize>>,
    /// Outcomes and steps that must never stand on one sheet.
    pub exclusive: Vec<Exclusive>,
    /// How the texts must speak, if that is written down.
    pub lint: Option<Arc<Lint>>,
    /// What changed in the rules, newest first.
    pub changes: Vec<Change>,
    /// Questions (`question`) and options (`question=option`) of released states that went without a successor.
    pub retired: BTreeSet<String>,
    /// The days on which something begins or has ended, in order.
    pub turnings: Vec<Turning>,
    /// Earlier states of the rules.
    pub released: Released,
    /// Where each text is written.
    pub places: HashMap<Text, Span>,
}

/// What rules something out for some people.
#[derive(Clone, Debug, Default)]
pub struct Ruling(pub Vec<Condition>);

impl Ruling {
    /// Whether one of the facts rules it out. Of several answers to one question all must do so.
    pub fn holds(&self, known: impl Fn(Fact) -> ValueSet) -> bool {
        self.0.iter().any(|condition| {
            let known = known(condition.fact);
            !known.is_empty() && known.minus(&condition.values).is_empty()
        })
    }
}

/// Whom something is for: everybody, where nothing is named.
#[derive(Clone, Debug, Default)]
pub struct ForWhom {
    /// All must hold.
    pub when: Vec<Condition>,
    /// What rules it out.
    pub unless: Ruling,
}

impl ForWhom {
    /// Whether it is for somebody of whom this is known.
    pub fn includes(&self, known: impl Fn(Fact) -> ValueSet) -> bool {
        let met = |condition: &Condition| known(condition.fact).iter().any(|value| condition.values.contains(value));
        self.when.iter().all(met) && !self.unless.holds(known)
    }

    /// Everything it asks.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.when.iter().chain(&self.unless.0)
    }
}

/// A sentence and the people it is for.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The sentence.
    pub says: Text,
    /// The people.
    pub for_whom: ForWhom,
    /// Where this is said, beyond what the whole rests on.
    pub sources: Vec<Id<Source>>,
}

/// Sentences in order, each for those whom it concerns.
pub type Paragraph = Vec<Sentence>;

/// An e-mail to copy.
#[derive(Clone, Debug)]
pub struct Email {
    /// Subject line.
    pub subject: Text,
    /// Text, without signature.
    pub text: Paragraph,
}

/// Other interface texts for some people.
#[derive(Clone, Debug, Default)]
pub struct Instead {
    /// For whom each wording is: the answers of which one must hold, per question.
    pub wordings: Vec<Vec<(Id<Question>, ValueSet)>>,
    /// By the id of the text they stand for: in which wording, and what it says there. The first that fits counts.
    pub texts: HashMap<String, Vec<(usize, Text)>, RandomState>,
}

/// A day on which something begins or has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turning {
    /// The day.
    pub day: Date,
    /// The pathways that may say something else from then on; if none is named, any of them.
    pub pathways: Option<Vec<Id<Pathway>>>,
}

/// A change of the rules, for the people it concerns.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version that brought it.
    pub version: Located<String>,
    /// The day of that version.
    pub day: Date,
    /// What is different.
    pub says: Text,
    /// Why.
    pub because: Text,
    /// What it rests on.
    pub sources: Vec<Id<Source>>,
    /// Whether only the wording changed.
    pub editorial: bool,
    /// What it touches, as written: `pathway`, `pathway/outcome`, `step:ID`, `office:ID`, `paper:ID`.
    pub touches: Vec<Located<String>>,
}

/// A question with its options; the last option is always `unknown` unless the author put it elsewhere.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it is about.
    pub topic: Option<Id<Topic>>,
    /// The question itself.
    pub text: Text,
    /// Help.
    pub help: Option<Text>,
    /// Why it is asked.
    pub why: Text,
    /// How to find the answer out.
    pub find_out: Text,
    /// Task on the sheet while unknown.
    pub task: Option<Text>,
    /// Short noun.
    pub label: Text,
    /// What a person who knows the answer brings along.
    pub have: Option<Text>,
    /// Facts that must hold for it to be put.
    pub asked_if: Vec<Condition>,
    /// Never put by the wizard.
    pub only_at_desk: bool,
    /// Several options may be chosen.
    pub multi: bool,
    /// Shown as a list to choose from, since there are many options.
    pub long_list: bool,
    /// Of a long list: the options most people look for.
    pub often: Vec<usize>,
    /// Options in the order of the page.
    pub options: Registry<Choice>,
    /// Ids it had in released states.
    pub formerly: Vec<String>,
    /// Ids its options had in released states.
    pub former_options: HashMap<String, Id<Choice>>,
    /// Position of `unknown` among them.
    pub unknown: usize,
    /// The page with drawings that helps.
    pub guide: Option<Guide>,
    /// The field for a day beside it.
    pub came_on: Option<CameOn>,
    /// The step that can change the answer.
    pub changeable: Option<Changeable>,
    /// Whether what it tells of the person is named before other strengths.
    pub strength: bool,
    /// Where it is written.
    pub span: Span,
}

impl Question {
    /// The option of this id, or the one that once had it.
    pub fn option_called(&self, id: &str) -> Option<Id<Choice>> {
        self.options.id(id).or_else(|| self.former_options.get(id).copied())
    }
}

/// What some questions are about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Heading.
    pub heading: Text,
    /// Whether somebody with two qualifications may answer differently for each.
    pub per_qualification: bool,
    /// Whether it is kept from the Träger wherever the page for the file says the same without it.
    pub discreet: bool,
}

/// Whom people find where they live.
#[derive(Clone, Debug, Default)]
pub struct Local {
    /// Option of a question → what is there.
    pub places: HashMap<(Id<Question>, usize), Place>,
    /// Sources of entries that an operator has overruled.
    pub overruled: Vec<Id<Source>>,
}

/// What people find at one place.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The office of this place.
    pub offices: HashMap<Id<Authority>, LocalOffice>,
    /// Advice and courses that are only here, by id.
    pub others: IndexMap<String, LocalOffice>,
}

/// An office, advice point or course at one place.
#[derive(Clone, Debug)]
pub struct LocalOffice {
    /// Its name.
    pub name: String,
    /// What it does.
    pub role: Option<Text>,
    /// When it is open.
    pub hours: Option<Text>,
    /// Postal address.
    pub post: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Page.
    pub url: Option<String>,
    /// The day the entry is from, if it names one.
    pub state: Option<Date>,
    /// The day somebody last looked.
    pub checked_on: Date,
    /// How binding.
    pub certainty: Certainty,
    /// Where it is said.
    pub sources: Vec<Id<Source>>,
    /// Where it is written.
    pub span: Span,
}

/// A field for the day on which the letter came that a question is about.
#[derive(Clone, Debug)]
pub struct CameOn {
    /// What is asked for.
    pub text: Text,
    /// What the day is for.
    pub help: Text,
    /// Short noun.
    pub label: Text,
    /// Answers after which no letter has come yet.
    pub unless: Ruling,
}

/// What papers are called, by country.
#[derive(Clone, Debug)]
pub struct Certificates {
    /// The question they help to answer.
    pub question: Id<Question>,
    /// The question whose answer names the country.
    pub country: Id<Question>,
    /// The question that wants a name to search for.
    pub search: Id<Question>,
    /// The question whose answer is the subject.
    pub subject: Id<Question>,
    /// Who helps where a paper is not clear.
    pub advice: Id<Authority>,
    /// The papers by the answer to `country`, in the editors' order.
    pub by_country: BTreeMap<usize, Vec<Certificate>>,
}

/// A paper of some country. It is never said that it is recognised.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// Its id.
    pub id: String,
    /// What stands on it.
    pub name: String,
    /// In which language.
    pub lang: Lang,
    /// The name in Latin letters, if it is written in others.
    pub latin: Option<String>,
    /// What it means in plain German.
    pub gloss: Text,
    /// The option of the question that fits; `None` where that is not known for sure, so that nobody is led to a choice.
    pub option: Option<usize>,
    /// What tells it apart, or misleads.
    pub note: Text,
    /// The subjects it is for; none where it is for many.
    pub subjects: ValueSet,
    /// Which search of anabin to try.
    pub search: Search,
    /// The name it has in anabin, if somebody read it there.
    pub anabin: Option<String>,
    /// Where this is said.
    pub sources: Vec<Id<Source>>,
}

/// A step that can change an answer.
#[derive(Clone, Debug)]
pub struct Changeable {
    /// The step.
    pub step: Id<Step>,
    /// The answers it starts from.
    pub from: ValueSet,
    /// The answers it may lead to, the easiest first.
    pub to: Vec<usize>,
}

/// An option.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What stands beside the button.
    pub text: Text,
    /// A line below it.
    pub help: Option<Text>,
    /// What somebody with this answer brings along.
    pub have: Option<Text>,
    /// Whether it names a group and nothing in it: words to say leave a blank for the name.
    pub unnamed: bool,
    /// The numbers it stands for, both ends included.
    pub range: Option<(u32, u32)>,
    /// Whether it is a row of a table.
    pub from_table: bool,
}

/// A question's answer or a derived value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// Asked.
    Question(Id<Question>),
    /// Derived.
    Derived(Id<DerivedFact>),
}

/// A fact must have one of these values (a multi question: include one of them).
#[derive(Clone, Debug)]
pub struct Condition {
    /// The fact.
    pub fact: Fact,
    /// The values.
    pub values: ValueSet,
    /// Where it is written.
    pub span: Span,
}

/// A derived fact.
#[derive(Clone, Debug)]
pub struct DerivedFact {
    /// Short noun.
    pub label: Text,
    /// Values with their words.
    pub values: Registry<Text>,
    /// How it follows; a leaf is a position in the list of values.
    pub tree: Node<usize>,
    /// Whether it is looked up in a table by the answer to one question, and not written as a tree.
    pub lookup: bool,
    /// If its values are offices.
    pub offices: Option<OfficeFact>,
    /// Where it is written.
    pub span: Span,
}

/// How a fact whose values are offices appears on the sheet.
#[derive(Clone, Debug)]
pub struct OfficeFact {
    /// Why it is this office.
    pub because: Text,
    /// The office people confuse it with.
    pub not_this: Option<Text>,
    /// Offices per value, by position.
    pub offices: Vec<Vec<Id<Authority>>>,
}

/// An office, or the fact that tells which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OfficeRef {
    /// Always this one.
    Authority(Id<Authority>),
    /// Depends on answers.
    Fact(Id<DerivedFact>),
}

impl OfficeRef {
    /// The fact that tells which, if it depends on answers.
    pub fn fact(&self) -> Option<Id<DerivedFact>> {
        match self {
            Self::Authority(_) => None,
            Self::Fact(fact) => Some(*fact),
        }
    }
}

/// A node with leaves of type `L`: of a tree, or a table as a whole.
#[derive(Clone, Debug)]
pub enum Node<L> {
    /// Goes on by what some facts are.
    Fork(Fork<L>),
    /// Ends.
    Leaf(L),
}

/// Where one of several turns is taken: the first in force of which all conditions hold, otherwise the one that is
/// always there. So a fork leads somewhere on every day and for every value.
#[derive(Clone, Debug)]
pub struct Fork<L> {
    /// The fact looked at first: in a tree the only one.
    pub fact: Fact,
    /// Whether it is written as a table, in which each row names its own facts.
    pub table: bool,
    /// The branches, top to bottom.
    pub branches: Vec<Branch<L>>,
    /// Taken where no branch is; it has no dates.
    pub otherwise: Box<Turn<L>>,
    /// Where it is written.
    pub span: Span,
}

/// A turn that may be passed by: on days on which it is not in force, and where its conditions do not hold.
#[derive(Clone, Debug)]
pub struct Branch<L> {
    /// When it is in force.
    pub valid: Validity,
    /// What it is.
    pub turn: Turn<L>,
}

/// One way on from a fork.
#[derive(Clone, Debug)]
pub struct Turn<L> {
    /// What must hold, all of it. For the turn that closes a fork these are the values left to it; nothing in a table.
    pub when: Vec<Condition>,
    /// Whether it was written as `else`.
    pub otherwise: bool,
    /// What it rests on.
    pub ground: Ground,
    /// The node it leads to.
    pub node: Node<L>,
    /// Where it is written.
    pub span: Span,
}

impl<L> Node<L> {
    /// The fork that stands here, if it does not end.
    pub fn fork(&self) -> Option<&Fork<L>> {
        match self {
            Self::Fork(fork) => Some(fork),
            Self::Leaf(_) => None,
        }
    }
}

impl<L> Fork<L> {
    /// All turns with their dates, in the order in which they are tried.
    pub fn turns(&self) -> impl Iterator<Item = (Validity, &Turn<L>)> {
        let branches = self.branches.iter().map(|branch| (branch.valid, &branch.turn));
        branches.chain(std::iter::once((Validity::default(), &*self.otherwise)))
    }

    /// The turns in force on a day, in the order in which they are tried; the last one closes the fork.
    pub fn turns_on(&self, date: Date) -> impl Iterator<Item = &Turn<L>> {
        self.turns().filter(move |(valid, _)| in_force(*valid, date)).map(|(_, turn)| turn)
    }

    /// Every fact looked at here, the first one first, each once.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![self.fact];
        for condition in self.branches.iter().flat_map(|branch| &branch.turn.when) {
            if !facts.contains(&condition.fact) {
                facts.push(condition.fact);
            }
        }
        facts
    }
}

/// What a branch or a root rests on and adds.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Rows of the decision tables.
    pub rows: Vec<String>,
    /// Sources.
    pub basis: Vec<Id<Source>>,
    /// Certainty, if given.
    pub certainty: Option<Certainty>,
    /// Steps it adds.
    pub steps: Vec<Id<Step>>,
}

/// A pathway.
#[derive(Clone, Debug)]
pub struct Pathway {
    /// Title.
    pub title: Text,
    /// What it is about.
    pub concerns: Concern,
    /// Whether it goes before all other ways.
    pub leads: bool,
    /// The ways on whose card it stands where both are open, or both closed; the first that somebody has.
    pub joins: Vec<Id<Pathway>>,
    /// Goals that it serves; where none is named, those that it asks for.
    pub serves: Vec<(Id<Question>, ValueSet)>,
    /// All must hold.
    pub when: Vec<Condition>,
    /// None may hold.
    pub unless: Vec<Condition>,
    /// What the root itself rests on.
    pub ground: Ground,
    /// The tree; a leaf is an outcome, or nothing to say.
    pub tree: Node<Option<Id<Outcome>>>,
    /// What is added beside it, in order.
    pub also: Vec<Also>,
    /// Outcomes.
    pub outcomes: Registry<Outcome>,
    /// A shortcut that stands in a box of its own.
    pub shortcut: Option<Shortcut>,
    /// Where it is written.
    pub span: Span,
}

/// What is added beside the norm to outcomes already found. It is read like a table whose rows lead nowhere.
#[derive(Clone, Debug)]
pub struct Also {
    /// The outcomes it is added to.
    pub to: Vec<Id<Outcome>>,
    /// Its turns add something, the one that closes it does not.
    pub node: Node<()>,
}

/// A shortcut that is easily missed.
#[derive(Clone, Debug)]
pub struct Shortcut {
    /// The outcomes for which it is shown.
    pub outcomes: Vec<Id<Outcome>>,
    /// Headline.
    pub title: Text,
    /// How it goes.
    pub lines: Vec<Text>,
    /// What it rests on.
    pub basis: Vec<Id<Source>>,
}

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What is possible and when.
    pub standing: Standing,
    /// Headline.
    pub title: Text,
    /// What is possible, for the opening of the sheet. Only ways have it; older states of the rules have none.
    pub opening: Option<Text>,
    /// What, on what condition, who decides.
    pub says: Text,
    /// Who decides.
    pub decided_by: Id<Decider>,
    /// Who files.
    pub applied_for_by: Option<Id<Decider>>,
    /// Who must agree.
    pub agreed_by: Option<Id<Decider>>,
    /// Who has a say without a right to refuse.
    pub involves: Option<Id<Decider>>,
    /// Who advises.
    pub advised_by: Option<Id<Decider>>,
    /// How binding.
    pub certainty: Certainty,
    /// Rows and basis of the outcome itself, and its steps in order.
    pub ground: Ground,
    /// When in force.
    pub valid: Validity,
    /// Whom to ask.
    pub ask: Vec<OfficeRef>,
    /// German level.
    pub german: Option<German>,
    /// A trap.
    pub watch_out: Option<Text>,
    /// What goes on the employer page.
    pub employer: Option<EmployerPart>,
    /// Where it is written.
    pub span: Span,
}

/// The part of an outcome that goes to the Träger.
#[derive(Clone, Debug)]
pub struct EmployerPart {
    /// The role.
    pub role: Text,
    /// Where the norm names it.
    pub under: Option<Text>,
    /// The sentence that maps facts to the provision.
    pub provision: Text,
    /// Evidence that must be filed.
    pub must: Vec<Id<Paper>>,
    /// Evidence of which one is enough.
    pub one_of: Vec<Id<Paper>>,
    /// Evidence that is recommended.
    pub recommended: Vec<Id<Paper>>,
    /// Whether the anabin fields belong on the page.
    pub anabin: bool,
}

/// What every Träger does before the first day.
#[derive(Clone, Debug)]
pub struct Employer {
    /// Duties.
    pub duties: Registry<Duty>,
    /// Whom to ask in doubt.
    pub ask: Vec<OfficeRef>,
}

/// One duty of a Träger.
#[derive(Clone, Debug)]
pub struct Duty {
    /// What to do.
    pub says: Text,
    /// Must, or only recommended.
    pub must: bool,
    /// If not empty: only where one of these papers belongs in the file of a role.
    pub with: Vec<Id<Paper>>,
    /// Where it is said.
    pub sources: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
}

/// German level of a way.
#[derive(Clone, Debug)]
pub struct German {
    /// CEFR level in lower case.
    pub level: Option<String>,
    /// How it is meant.
    pub kind: GermanKind,
    /// Where that is said.
    pub source: Option<Id<Source>>,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// One sentence, verb first.
    pub title: Text,
    /// How.
    pub says: Paragraph,
    /// Steps that come before it where both are on the sheet, by the order rules.
    pub after: Vec<Id<Step>>,
    /// Those of them that it brings onto the sheet.
    pub brings: Vec<Id<Step>>,
    /// The page with drawings that shows how.
    pub guide: Option<Guide>,
    /// Who.
    pub who: Text,
    /// Whether somebody else than the person does it.
    pub by_others: bool,
    /// Whether it has to wait for something that is not on the sheet.
    pub waits: bool,
    /// Whether it is done the same morning.
    pub at_once: bool,
    /// Whether it can be done at the weekend, too.
    pub any_day: bool,
    /// Answers after which it is no longer needed.
    pub unless: Ruling,
    /// The step that stands in its place then.
    pub otherwise: Option<Id<Step>>,
    /// In one sentence for the morning after.
    pub tomorrow: Paragraph,
    /// Offices.
    pub contact: Vec<OfficeRef>,
    /// Where, if no office.
    pub place: Option<Text>,
    /// Papers.
    pub bring: Vec<Id<Paper>>,
    /// Cost in parts.
    pub cost: Vec<Cost>,
    /// Statements on time.
    pub time: Vec<Time>,
    /// Sources.
    pub sources: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
    /// When in force.
    pub valid: Validity,
    /// Sentences for the telephone.
    pub phone: Paragraph,
    /// An e-mail to copy.
    pub email: Option<Email>,
    /// Where it is written.
    pub span: Span,
}

/// One part of a cost.
#[derive(Clone, Debug)]
pub struct Cost {
    /// What for.
    pub kind: CostKind,
    /// Amount; `None` is "nicht bekannt".
    pub amount: Option<Text>,
    /// Where it is said.
    pub source: Option<Id<Source>>,
    /// The year it is from.
    pub year: Option<u16>,
    /// Who pays it.
    pub for_whom: ForWhom,
}

/// One statement on time.
#[derive(Clone, Debug)]
pub struct Time {
    /// Statutory, observed or our estimate.
    pub kind: TimeKind,
    /// In words.
    pub says: Text,
    /// Where it is said.
    pub source: Option<Id<Source>>,
    /// The year it is from.
    pub year: Option<u16>,
    /// Who waits so long.
    pub for_whom: ForWhom,
}

/// What must come before what.
#[derive(Clone, Debug)]
pub struct OrderRule {
    /// Its id.
    pub id: String,
    /// Comes first.
    pub first: Id<Step>,
    /// Come after.
    pub then: Vec<Id<Step>>,
    /// Whether a later step brings the first one onto the sheet.
    pub brings: bool,
    /// In one sentence.
    pub says: Text,
    /// How binding.
    pub certainty: Certainty,
    /// Where it is said.
    pub source: Option<Id<Source>>,
    /// Rows of the decision tables.
    pub rows: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// A paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Name.
    pub name: Text,
    /// Answers after which nobody can have it, or needs it.
    pub unless: Ruling,
    /// Whether it is our own page for the Träger.
    pub employer_page: bool,
    /// Form as a rule.
    pub form: PaperForm,
    /// Differences in words.
    pub form_says: Paragraph,
    /// Translation.
    pub translation: Translation,
    /// Answers after which it is in German.
    pub in_german: Ruling,
    /// What some offices want instead.
    pub at: IndexMap<Id<Authority>, AtOffice>,
    /// Issuer.
    pub issued_by: Paragraph,
    /// If it cannot be had.
    pub if_missing: Paragraph,
    /// Sources.
    pub sources: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
}

/// What an office wants of a paper, where it is other than usual, or more.
#[derive(Clone, Debug)]
pub struct AtOffice {
    /// Form.
    pub form: Option<PaperForm>,
    /// Translation.
    pub translation: Option<Translation>,
    /// What else it says.
    pub says: Option<Text>,
    /// Where this is said.
    pub sources: Vec<Id<Source>>,
    /// Where it is written.
    pub span: Span,
}

/// An office.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Name.
    pub name: Text,
    /// Department.
    pub unit: Option<Text>,
    /// What it does.
    pub role: Text,
    /// Postal address.
    pub post: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Page.
    pub url: Option<String>,
    /// Remark.
    pub note: Option<Text>,
    /// How to find one's own.
    pub find: Option<Text>,
    /// Whether its advice costs nothing.
    pub free: bool,
    /// Sources.
    pub sources: Vec<Id<Source>>,
    /// How binding.
    pub certainty: Certainty,
}

/// The decider that stands for none.
pub const NOBODY: &str = "nobody";

/// Who decides.
#[derive(Clone, Debug)]
pub struct Decider {
    /// Name with article.
    pub name: Text,
    /// One sentence.
    pub explains: Text,
    /// Which office it is, where that is known for a person.
    pub office: Vec<OfficeRef>,
}

/// A source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Title.
    pub title: Text,
    /// Publisher.
    pub publisher: String,
    /// Address; `None` where it is not known.
    pub url: Option<String>,
    /// State; `None` where the page shows none.
    pub state: Option<Date>,
    /// Kind.
    pub kind: String,
    /// Last looked at.
    pub checked_on: Date,
    /// What was done with it.
    pub read: Option<Reading>,
    /// Remark.
    pub note: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// Outcomes and steps that must never stand on one sheet.
#[derive(Clone, Debug)]
pub struct Exclusive {
    /// Members; each is one outcome, all outcomes of a pathway, or a step.
    pub outcomes: Vec<Member>,
    /// Members that exclude each of those above, which then may hold together; without them, any two exclude each other.
    pub never_with: Vec<Member>,
    /// Why, in one sentence, for editors.
    pub because: String,
    /// Where the law says so.
    pub source: Option<Id<Source>>,
}

/// A member of a group whose members exclude each other.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub what: Excluded,
    /// Where it is written.
    pub span: Span,
}

/// What may exclude something else.
#[derive(Clone, Copy, Debug)]
pub enum Excluded {
    /// An outcome; all of the pathway if none is named.
    Outcome(Id<Pathway>, Option<Id<Outcome>>),
    /// A step among those of the sheet.
    Step(Id<Step>),
}

/// A term of the glossary.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term, always German.
    pub term: String,
    /// What it means.
    pub says: Text,
    /// Its forms in texts, the term itself first.
    pub forms: Vec<String>,
}

/// A Musterfall.
#[derive(Clone, Debug)]
pub struct Case {
    /// About the person.
    pub title: String,
    /// Answers: values per question.
    pub answers: HashMap<Id<Question>, ValueSet>,
    /// The day; today if none.
    pub date: Option<Date>,
    /// Outcomes that must be there.
    pub outcomes: Vec<(Id<Pathway>, Id<Outcome>)>,
    /// Outcomes that must not be there.
    pub not: Vec<(Id<Pathway>, Id<Outcome>)>,
    /// Rows that must fire.
    pub rows: Vec<String>,
    /// Steps on the sheet in this order.
    pub steps: Vec<Id<Step>>,
    /// Offices on the sheet.
    pub offices: Vec<Id<Authority>>,
    /// Where it is written.
    pub span: Span,
}

impl Step {
    /// What it says to people, sentence by sentence.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        let email = self.email.iter().flat_map(|it| &it.text);
        [&self.says, &self.tomorrow, &self.phone].into_iter().flatten().chain(email)
    }

    /// Everything it rests on, for whomever.
    pub fn all_sources(&self) -> impl Iterator<Item = Id<Source>> {
        self.sources.iter().chain(self.sentences().flat_map(|it| &it.sources)).copied()
    }

    /// Everybody whom a part of it is for.
    pub fn for_whom(&self) -> impl Iterator<Item = &ForWhom> {
        let figures = self.cost.iter().map(|it| &it.for_whom).chain(self.time.iter().map(|it| &it.for_whom));
        self.sentences().map(|it| &it.for_whom).chain(figures)
    }

    /// Whether a deadline set by law runs for it.
    pub fn has_deadline(&self) -> bool {
        self.time.iter().any(|time| time.kind == TimeKind::Statutory)
    }
}

impl Paper {
    /// What is said about it, sentence by sentence.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        [&self.form_says, &self.issued_by, &self.if_missing].into_iter().flatten()
    }

    /// Everything it rests on, for whomever.
    pub fn all_sources(&self) -> impl Iterator<Item = Id<Source>> {
        self.sources.iter().chain(self.sentences().flat_map(|it| &it.sources)).copied()
    }

    /// Everybody whom a sentence about it is for.
    pub fn for_whom(&self) -> impl Iterator<Item = &ForWhom> {
        self.sentences().map(|it| &it.for_whom)
    }
}

impl Rulebook {
    /// The last day on which nobody need look at a source again, by the interval of its kind; `None` where its kind has
    /// no interval.
    pub fn look_again_by(&self, source: &Source) -> Option<Date> {
        let days = self.review_days.get(&source.kind)?;
        source.checked_on.checked_add(i64::from(*days).days()).ok()
    }

    /// The step itself, or what stands in its place for somebody of whom this is known; `None` where nothing is needed.
    pub fn step_for(&self, step: Id<Step>, known: impl Fn(Fact) -> ValueSet) -> Option<Id<Step>> {
        if !self.steps[step].unless.holds(&known) {
            return Some(step);
        }
        self.steps[step].otherwise.filter(|other| !self.steps[*other].unless.holds(known))
    }

    /// The question of this id, or the one that once had it.
    pub fn question_called(&self, id: &str) -> Option<Id<Question>> {
        let formerly = || self.questions.iter().find(|(_, _, question)| question.formerly.iter().any(|old| old == id));
        self.questions.id(id).or_else(|| formerly().map(|(at, _, _)| at))
    }

    /// The id of a fact as written in rules.
    pub fn fact_name(&self, fact: Fact) -> &str {
        match fact {
            Fact::Question(id) => self.questions.name(id),
            Fact::Derived(id) => self.facts.name(id),
        }
    }

    /// The short noun of a fact.
    pub fn fact_label(&self, fact: Fact) -> Text {
        match fact {
            Fact::Question(id) => self.questions[id].label,
            Fact::Derived(id) => self.facts[id].label,
        }
    }

    /// How many values a fact can have.
    pub fn value_count(&self, fact: Fact) -> usize {
        match fact {
            Fact::Question(id) => self.questions[id].options.len(),
            Fact::Derived(id) => self.facts[id].values.len(),
        }
    }

    /// The id of a value as written in rules.
    pub fn value_name(&self, fact: Fact, value: usize) -> &str {
        match fact {
            Fact::Question(id) => self.questions[id].options.name(Id::new(value)),
            Fact::Derived(id) => self.facts[id].values.name(Id::new(value)),
        }
    }

    /// The words for a value.
    pub fn value_text(&self, fact: Fact, value: usize) -> Text {
        match fact {
            Fact::Question(id) => self.questions[id].options[Id::new(value)].text,
            Fact::Derived(id) => self.facts[id].values[Id::new(value)],
        }
    }

    /// An interface text by its id; the id itself where it is missing, so that the gap is visible and nothing breaks.
    pub fn word<'a>(&'a self, lang: &Lang, id: &'a str) -> &'a str {
        self.texts.word(id).map_or(id, |text| self.texts.say(lang, text))
    }

    /// How texts are put side by side in a language.
    pub fn joins<'a>(&'a self, lang: &'a Lang) -> Joins<'a> {
        Joins::new(&self.texts, lang)
    }
}

/// Whether something dated is in force on a day.
pub fn in_force(valid: Validity, date: Date) -> bool {
    valid.from.is_none_or(|from| from.0 <= date) && valid.until.is_none_or(|until| date <= until.0)
}
