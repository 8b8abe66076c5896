//! Records, taken from a rulebook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::entries::{
    CertificateEntry, CertificatesOfCountry, ChangeEntry, FactEntry, LocalEntry, LocalPlace, LookedUp, OfficeEntry,
    OfficesOfPlace, OfficesOfValue, OptionEntry, OutcomeEntry, PaperAtOffice, PaperEntry, PathwayEntry, QuestionEntry,
    Range, ResponsibleOffices, RulebookEntry, SourceEntry, SpokenLanguage, StepEntry, StepFigure, TermEntry,
    WholeRulebook,
};
use super::logic::{facts_of, looked_at, looked_at_by};
use super::places::Possible;
use crate::interview::{Answers, length_at_most};
use crate::language::Lang;
use crate::rulebook::{
    AtOffice, Authority, Certificate, Change, Choice, DerivedFact, Fact, Id, LocalOffice, Outcome, Paper, Paragraph,
    Pathway, Place, Question, Registry, Rulebook, Source, Step, Term, ValueSet,
};
use crate::sheet::{Figure, Mark, Named, Wording};
use crate::terms::Day;

/// Entries are told to nobody in particular.
static NOBODY: LazyLock<Answers> = LazyLock::new(Answers::default);

/// A rulebook on a day, its texts in one language.
pub struct Catalogue<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) date: Date,
    wording: Wording<'r>,
}

impl<'r> Catalogue<'r> {
    /// What this rulebook holds.
    pub fn of(rulebook: &'r Rulebook, date: Date, lang: &'r Lang) -> Self {
        Self { rulebook, date, wording: Wording { rulebook, lang, answers: &NOBODY } }
    }

    /// The rulebook as a whole.
    pub fn rulebook(&self) -> RulebookEntry {
        let rulebook = self.rulebook;
        let language = |lang: &Lang| SpokenLanguage { code: lang.code().to_owned(), direction: lang.direction() };
        RulebookEntry {
            name: rulebook.name.clone(),
            version: rulebook.version.clone(),
            knowledge_date: Day(rulebook.knowledge_date),
            date: Day(self.date),
            languages: rulebook.languages.iter().map(language).collect(),
            earlier_versions: rulebook.released.versions().map(str::to_owned).collect(),
            most_questions: length_at_most(rulebook, 0, &Answers::default(), self.date),
            licence: super::LICENCE,
        }
    }

    /// All questions, in the order in which they are put.
    pub fn questions(&self) -> Vec<QuestionEntry> {
        self.rulebook.questions.ids().map(|id| self.question(id)).collect()
    }

    /// One question.
    pub fn question(&self, id: Id<Question>) -> QuestionEntry {
        let rulebook = self.rulebook;
        let question = &rulebook.questions[id];
        let topic = question.topic.map(|topic| Named {
            id: rulebook.topics.name(topic).to_owned(),
            text: self.wording.owned(rulebook.topics[topic].heading),
        });
        QuestionEntry {
            id: rulebook.questions.name(id).to_owned(),
            topic,
            text: self.wording.owned(question.text),
            help: self.wording.maybe(question.help),
            why: self.wording.owned(question.why),
            find_out: self.wording.owned(question.find_out),
            label: self.wording.owned(question.label),
            multi: question.multi,
            long_list: question.long_list,
            only_at_desk: question.only_at_desk,
            options: question
                .options
                .iter()
                .map(|(at, name, choice)| self.option(question, at, name, choice))
                .collect(),
            formerly: question.formerly.clone(),
        }
    }

    fn option(&self, question: &Question, at: Id<Choice>, name: &str, choice: &Choice) -> OptionEntry {
        let range = |(from, until): (u32, u32)| Range { from, until: Some(until).filter(|until| *until != u32::MAX) };
        let mut formerly: Vec<String> =
            question.former_options.iter().filter(|(_, now)| **now == at).map(|(old, _)| old.clone()).collect();
        formerly.sort();
        OptionEntry {
            id: name.to_owned(),
            text: self.wording.owned(choice.text),
            help: self.wording.maybe(choice.help),
            unknown: at.index() == question.unknown,
            range: choice.range.map(range),
            formerly,
        }
    }

    /// All facts that follow from answers.
    pub fn facts(&self) -> Vec<FactEntry> {
        self.rulebook.facts.iter().map(|(id, name, fact)| self.fact(id, name, fact)).collect()
    }

    fn fact(&self, id: Id<DerivedFact>, name: &str, fact: &DerivedFact) -> FactEntry {
        let rulebook = self.rulebook;
        let named = |fact, value| Named {
            id: rulebook.value_name(fact, value).to_owned(),
            text: self.wording.owned(rulebook.value_text(fact, value)),
        };
        let value = |value: usize| named(Fact::Derived(id), value);
        let looks_at = looked_at_by(fact);
        let mut table = Vec::new();
        if let Some(Fact::Question(question)) = looks_at.first().filter(|_| fact.lookup) {
            let mut by_value: BTreeMap<usize, Vec<Named>> = BTreeMap::new();
            for option in rulebook.questions[*question].options.ids() {
                let mut here = Possible::with(rulebook, self.date, Some((*question, ValueSet::only(option.index()))));
                let option = named(Fact::Question(*question), option.index());
                here.values(Fact::Derived(id))
                    .iter()
                    .for_each(|value| by_value.entry(value).or_default().push(option.clone()));
            }
            table.extend(by_value.into_iter().map(|(at, options)| LookedUp { value: value(at), options }));
        }
        let offices = fact.offices.as_ref();
        let by_value = offices.into_iter().flat_map(|told| told.offices.iter().enumerate());
        let by_value = by_value.filter(|(_, offices)| !offices.is_empty()).map(|(value, offices)| OfficesOfValue {
            value: rulebook.value_name(Fact::Derived(id), value).to_owned(),
            offices: names(&rulebook.authorities, offices),
        });
        let mut looks_at: Vec<String> = looks_at.into_iter().map(|fact| rulebook.fact_name(fact).to_owned()).collect();
        looks_at.sort();
        looks_at.dedup();
        FactEntry {
            id: name.to_owned(),
            label: self.wording.owned(fact.label),
            values: (0..fact.values.len()).map(value).collect(),
            looks_at,
            table,
            offices: by_value.collect(),
            because: offices.map(|told| self.wording.owned(told.because)),
            not_this: offices.and_then(|told| self.wording.maybe(told.not_this)),
        }
    }

    /// All pathways with their outcomes, in the order of the sheet.
    pub fn pathways(&self) -> Vec<PathwayEntry> {
        let pathway = |(_, name, pathway): (_, &str, &Pathway)| PathwayEntry {
            id: name.to_owned(),
            title: self.wording.owned(pathway.title),
            concerns: pathway.concerns,
            outcomes: pathway.outcomes.iter().map(|(_, id, outcome)| self.outcome(name, id, outcome)).collect(),
        };
        self.rulebook.pathways.iter().map(pathway).collect()
    }

    fn outcome(&self, pathway: &str, id: &str, outcome: &Outcome) -> OutcomeEntry {
        let rulebook = self.rulebook;
        let german = outcome.german.as_ref();
        OutcomeEntry {
            id: format!("{pathway}/{id}"),
            standing: outcome.standing,
            standing_text: self.wording.standing(outcome.standing),
            title: self.wording.owned(outcome.title),
            says: self.wording.owned(outcome.says),
            decided_by: Named {
                id: rulebook.deciders.name(outcome.decided_by).to_owned(),
                text: self.wording.owned(rulebook.deciders[outcome.decided_by].name),
            },
            certainty: outcome.certainty,
            certainty_text: self.wording.certainty(outcome.certainty).text,
            german_level: german.and_then(|german| german.level.clone()),
            german_kind: german.map(|german| german.kind),
            watch_out: self.wording.maybe(outcome.watch_out),
            basis: names(&rulebook.sources, &outcome.ground.basis),
            valid: outcome.valid,
            steps: names(&rulebook.steps, &outcome.ground.steps),
        }
    }

    /// All steps.
    pub fn steps(&self) -> Vec<StepEntry> {
        let rulebook = self.rulebook;
        let figure = |Figure { kind, says, known, year, source }| {
            let source = source.map(|mark: Mark| rulebook.sources.name(mark.source).to_owned());
            StepFigure { kind, says, known, year, source }
        };
        let step = |(_, name, step): (_, &str, &Step)| StepEntry {
            id: name.to_owned(),
            title: self.wording.owned(step.title),
            says: step.says.iter().map(|sentence| self.wording.owned(sentence.says)).collect(),
            who: self.wording.owned(step.who),
            after: names(&rulebook.steps, &step.after),
            bring: names(&rulebook.papers, &step.bring),
            cost: step.cost.iter().map(|cost| figure(self.wording.cost(cost))).collect(),
            time: step.time.iter().map(|time| figure(self.wording.time(time))).collect(),
            certainty: step.certainty,
            valid: step.valid,
            sources: names(&rulebook.sources, &step.all_sources().collect::<Vec<_>>()),
        };
        rulebook.steps.iter().map(step).collect()
    }

    /// All papers.
    pub fn papers(&self) -> Vec<PaperEntry> {
        let says = |paragraph: &Paragraph| paragraph.iter().map(|sentence| self.wording.owned(sentence.says)).collect();
        let paper = |(_, name, paper): (_, &str, &Paper)| PaperEntry {
            id: name.to_owned(),
            name: self.wording.owned(paper.name),
            form: self.wording.form(paper.form),
            translation: self.wording.translation(paper.translation),
            form_says: says(&paper.form_says),
            at: paper.at.iter().map(|(office, wants)| self.at_office(*office, wants)).collect(),
            issued_by: says(&paper.issued_by),
            if_missing: says(&paper.if_missing),
            certainty: paper.certainty,
            sources: names(&self.rulebook.sources, &paper.all_sources().collect::<Vec<_>>()),
        };
        self.rulebook.papers.iter().map(paper).collect()
    }

    fn at_office(&self, office: Id<Authority>, wants: &AtOffice) -> PaperAtOffice {
        PaperAtOffice {
            office: self.rulebook.authorities.name(office).to_owned(),
            form: wants.form.map(|form| self.wording.form(form)),
            translation: wants.translation.map(|needed| self.wording.translation(needed)),
            says: self.wording.maybe(wants.says),
            sources: names(&self.rulebook.sources, &wants.sources),
        }
    }

    /// All German terms.
    pub fn terms(&self) -> Vec<TermEntry> {
        let term = |(_, name, term): (_, &str, &Term)| TermEntry {
            id: name.to_owned(),
            term: term.term.clone(),
            says: self.wording.owned(term.says),
        };
        self.rulebook.terms.iter().map(term).collect()
    }

    /// Everything in one document.
    pub fn whole(&self) -> WholeRulebook {
        WholeRulebook {
            rulebook: self.rulebook(),
            lang: self.wording.lang.code().to_owned(),
            fallen_back: Vec::new(),
            questions: self.questions(),
            facts: self.facts(),
            pathways: self.pathways(),
            steps: self.steps(),
            papers: self.papers(),
            offices: self.offices(),
            local: self.local_places(),
            certificates: self.all_certificates(),
            terms: self.terms(),
            sources: self.sources(),
            changes: self.changes(),
        }
    }

    /// The pathways that somebody who wants this may be told of: those for it, and those for everybody.
    pub fn serves(&self, pathway: &Pathway) -> Option<ValueSet> {
        let goals = self.rulebook.goals?;
        let asked = pathway.when.iter().filter(|condition| condition.fact == Fact::Question(goals));
        let said = pathway.serves.iter().filter(|(question, _)| *question == goals).map(|(_, values)| *values);
        asked.map(|condition| condition.values).chain(said).reduce(|some, more| some.or(&more))
    }

    /// The questions whose answers a pathway rests on, itself or through facts.
    pub fn rests_on(&self, pathway: &Pathway) -> BTreeSet<Id<Question>> {
        let derived = facts_of(self.rulebook, pathway).into_iter();
        let facts = derived.flat_map(|fact| looked_at_by(&self.rulebook.facts[fact])).chain(looked_at(pathway));
        let question = |fact| match fact {
            Fact::Question(id) => Some(id),
            Fact::Derived(_) => None,
        };
        facts.filter_map(question).collect()
    }

    /// All offices and advice points.
    pub fn offices(&self) -> Vec<OfficeEntry> {
        self.rulebook.authorities.ids().map(|id| self.office(id)).collect()
    }

    fn office(&self, id: Id<Authority>) -> OfficeEntry {
        let office = &self.rulebook.authorities[id];
        OfficeEntry {
            id: self.rulebook.authorities.name(id).to_owned(),
            name: self.wording.owned(office.name),
            unit: self.wording.maybe(office.unit),
            role: self.wording.owned(office.role),
            post: office.post.clone(),
            phone: office.phone.clone(),
            email: office.email.clone(),
            url: office.url.clone(),
            note: self.wording.maybe(office.note),
            find: self.wording.maybe(office.find),
            free: office.free,
            certainty: office.certainty,
            sources: names(&self.rulebook.sources, &office.sources),
        }
    }

    /// The question whose options are countries.
    pub fn asks_country(&self) -> Option<Id<Question>> {
        self.rulebook.certificates.as_ref().map(|certificates| certificates.country)
    }

    /// The question whose options are districts.
    pub fn asks_district(&self) -> Option<Id<Question>> {
        self.rulebook.local.places.keys().map(|(question, _)| *question).min()
    }

    /// The offices that an option of a question leads to, whatever else somebody answers. "I do not know" leads nowhere.
    pub fn offices_of(&self, question: Id<Question>, option: Id<Choice>) -> Option<OfficesOfPlace> {
        let rulebook = self.rulebook;
        let place = option.index();
        if place == rulebook.questions[question].unknown {
            return None;
        }
        let mut anywhere = Possible::with(rulebook, self.date, None);
        let mut here = Possible::with(rulebook, self.date, Some((question, ValueSet::only(place))));
        let responsible = rulebook.facts.iter().filter_map(|(id, name, fact)| {
            let told = fact.offices.as_ref()?;
            let (anywhere, here) = (anywhere.values(Fact::Derived(id)), here.values(Fact::Derived(id)));
            let mut offices: Vec<Id<Authority>> = here.iter().flat_map(|value| told.offices[value].clone()).collect();
            offices.sort_unstable();
            offices.dedup();
            (here != anywhere && !offices.is_empty()).then(|| ResponsibleOffices {
                matter: name.to_owned(),
                text: self.wording.owned(fact.label),
                // What is not known is a value, too; it leads to all that may be.
                certain: here.len() == 1 && offices.len() == 1,
                offices: offices.into_iter().map(|office| self.office(office)).collect(),
            })
        });
        let local = rulebook.local.places.get(&(question, place));
        Some(OfficesOfPlace {
            question: rulebook.questions.name(question).to_owned(),
            place: self.place(question, option),
            responsible: responsible.collect(),
            local: local.map(|place| self.offices_at(place)).unwrap_or_default(),
        })
    }

    fn place(&self, question: Id<Question>, option: Id<Choice>) -> Named {
        let options = &self.rulebook.questions[question].options;
        Named { id: options.name(option).to_owned(), text: self.wording.owned(options[option].text) }
    }

    fn offices_at(&self, place: &Place) -> Vec<LocalEntry> {
        let known =
            |(id, entry): (&Id<Authority>, &LocalOffice)| self.local(self.rulebook.authorities.name(*id), entry);
        let mut offices: Vec<_> = place.offices.iter().collect();
        offices.sort_by_key(|(id, _)| **id);
        let others = place.others.iter().map(|(id, entry)| self.local(id, entry));
        offices.into_iter().map(known).chain(others).collect()
    }

    /// What there is at all places, in the order of the page.
    pub fn local_places(&self) -> Vec<LocalPlace> {
        let mut places: Vec<_> = self.rulebook.local.places.iter().collect();
        places.sort_by_key(|(place, _)| **place);
        let place = |((question, option), place): (&(Id<Question>, usize), &Place)| LocalPlace {
            question: self.rulebook.questions.name(*question).to_owned(),
            place: self.place(*question, Id::new(*option)),
            offices: self.offices_at(place),
        };
        places.into_iter().map(place).collect()
    }

    fn local(&self, id: &str, entry: &LocalOffice) -> LocalEntry {
        LocalEntry {
            id: id.to_owned(),
            name: entry.name.clone(),
            role: self.wording.maybe(entry.role),
            hours: self.wording.maybe(entry.hours),
            post: entry.post.clone(),
            phone: entry.phone.clone(),
            email: entry.email.clone(),
            url: entry.url.clone(),
            state: entry.state.map(Day),
            checked_on: Day(entry.checked_on),
            certainty: entry.certainty,
            sources: names(&self.rulebook.sources, &entry.sources),
        }
    }

    /// The papers of a country, by the option that names it; `None` where none are known.
    pub fn certificates(&self, country: Id<Choice>) -> Option<Vec<CertificateEntry>> {
        let all = self.rulebook.certificates.as_ref()?;
        let options = &self.rulebook.questions[all.question].options;
        let subjects = &self.rulebook.questions[all.subject].options;
        let paper = |paper: &Certificate| CertificateEntry {
            id: paper.id.clone(),
            name: paper.name.clone(),
            lang: paper.lang.code().to_owned(),
            direction: paper.lang.direction(),
            latin: paper.latin.clone(),
            gloss: self.wording.owned(paper.gloss),
            option: paper.option.map(|option| options.name(Id::new(option)).to_owned()),
            note: self.wording.owned(paper.note),
            subjects: paper.subjects.iter().map(|subject| subjects.name(Id::new(subject)).to_owned()).collect(),
            search: paper.search,
            anabin: paper.anabin.clone(),
            sources: names(&self.rulebook.sources, &paper.sources),
        };
        Some(all.by_country.get(&country.index())?.iter().map(paper).collect())
    }

    /// The papers of all countries of which some are known.
    pub fn all_certificates(&self) -> Vec<CertificatesOfCountry> {
        let all = self.rulebook.certificates.as_ref();
        let countries = all.into_iter().flat_map(|all| all.by_country.keys().map(|country| (all.country, *country)));
        let papers = |(question, country): (_, usize)| CertificatesOfCountry {
            country: self.place(question, Id::new(country)),
            papers: self.certificates(Id::new(country)).unwrap_or_default(),
        };
        countries.map(papers).collect()
    }

    /// All sources.
    pub fn sources(&self) -> Vec<SourceEntry> {
        let source = |(_, name, source): (_, &str, &Source)| SourceEntry {
            id: name.to_owned(),
            title: self.wording.owned(source.title),
            publisher: source.publisher.clone(),
            kind: source.kind.clone(),
            state: source.state.map(Day),
            checked_on: Day(source.checked_on),
            look_again_by: self.rulebook.look_again_by(source).map(Day),
            read: source.read,
            url: source.url.clone(),
            note: self.wording.maybe(source.note),
        };
        self.rulebook.sources.iter().map(source).collect()
    }

    /// What changed in the rules, newest first.
    pub fn changes(&self) -> Vec<ChangeEntry> {
        let change = |change: &Change| ChangeEntry {
            version: change.version.value.clone(),
            date: Day(change.day),
            says: self.wording.owned(change.says),
            because: self.wording.owned(change.because),
            editorial: change.editorial,
            touches: change.touches.iter().map(|touched| touched.value.clone()).collect(),
            sources: names(&self.rulebook.sources, &change.sources),
        };
        self.rulebook.changes.iter().map(change).collect()
    }
}

fn names<T>(registry: &Registry<T>, ids: &[Id<T>]) -> Vec<String> {
    ids.iter().map(|id| registry.name(*id).to_owned()).collect()
}
