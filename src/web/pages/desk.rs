//! The advisor's desk: first the few questions that can still change what comes out, then all others by topic; below, the
//! result, the goals compared, and a second set of answers beside the first.
//!
//! The address holds both sets: `goal=kita&german-level=b1&b.german-level=b2`. The second takes over everything from the
//! first that it does not say itself; if it says what a second qualification is, it takes over nothing that belongs to the
//! first one.
//!
//! An advisor works in German whatever language the client reads. That language is kept for the links to the client's sheet.

use axum::response::Response;
use indexmap::IndexSet;
use serde::Serialize;

use super::both::{LanguageLink, in_two_languages};
use crate::interview::{Answers, Interview, consistent, evaluate, horizon};
use crate::language::Text;
use crate::rulebook::{Choice, Id, Question, Topic, ValueSet};
use crate::sheet::{Composer, OpeningLine, Sheet, Wording, compose_for_person, day};
use crate::web::manner::Manner;
use crate::web::visit::Visit;

/// So many questions are put at once: as many as fit on a screen beside somebody who answers.
const AT_ONCE: usize = 8;

/// The desk as the template sees it.
#[derive(Serialize)]
struct DeskPage {
    /// The day looked at, in words.
    date: String,
    /// What holds so far, in one line for each thing the person wants.
    so_far: Vec<OpeningLine>,
    /// How many open questions can still change it.
    open: usize,
    /// The first of them.
    first: Vec<DeskQuestion>,
    /// All others, by topic.
    groups: Vec<DeskGroup>,
    /// What the second set may say otherwise, by topic.
    second: Vec<DeskGroup>,
    /// Whether it says anything.
    compares: bool,
    /// Whether it begins with another qualification.
    another: bool,
    /// The best way for each thing somebody may want.
    goals: Vec<GoalLine>,
    /// One result, or two to compare; none before anything is chosen.
    results: Vec<DeskResult>,
    /// The client's language, if it is another one.
    client: Option<String>,
    notice: Vec<String>,
}

/// Questions about one thing.
#[derive(Serialize)]
struct DeskGroup {
    heading: String,
    /// What is answered among them: "Fach: Soziale Arbeit".
    said: Vec<String>,
    /// How many of them are open and can still change something.
    open: usize,
    /// Whether each qualification has answers of its own to them.
    own: bool,
    questions: Vec<DeskQuestion>,
}

/// A question as one line of the desk.
#[derive(Serialize)]
struct DeskQuestion {
    id: String,
    label: String,
    text: String,
    multi: bool,
    /// Whether it is not answered and its answer can still change something.
    open: bool,
    options: Vec<DeskOption>,
    /// The field for the day on which the letter came.
    came_on: Option<DeskDay>,
}

/// A field for a day.
#[derive(Serialize)]
struct DeskDay {
    label: String,
    text: String,
    day: Option<String>,
}

/// An option, with where it is chosen.
#[derive(Serialize)]
struct DeskOption {
    id: String,
    text: String,
    first: bool,
    second: bool,
}

/// The best way for something a person may want.
#[derive(Serialize)]
struct GoalLine {
    goal: String,
    wanted: bool,
    best: OpeningLine,
    to_sheet: String,
}

/// What comes out for one set of answers.
#[derive(Serialize)]
struct DeskResult {
    sheet: Sheet,
    /// The day on which the letter came: "Brief bekommen am: 20.11.2026".
    came_on: Option<String>,
    /// What sets the second set apart: "Deutsch: B2".
    differs: Vec<String>,
    /// Questions left out, so unknown.
    left_out: Vec<String>,
    to_sheet: String,
    to_slip: String,
    /// The sheet in the client's language, with German beside it.
    both: Vec<LanguageLink>,
    to_employer: Option<String>,
}

pub async fn desk(visit: Visit) -> Response {
    let (client, visit) = (visit.manner.clone(), visit.in_german_too());
    let (first, second) = (consistent(&visit.rulebook, &visit.link.answers).0, &visit.link.second);
    let open = open(&visit, &first);
    let at_once: Vec<Id<Question>> = open.iter().copied().take(AT_ONCE).collect();
    let mut results = Vec::new();
    if !first.is_empty() {
        results.push(result(&visit, &client, &first, Vec::new()));
        let other = consistent(&visit.rulebook, &over(&visit, &first, second)).0;
        if other != first {
            let differs = second.iter().filter(|(id, values)| first.get(*id) != Some(*values));
            let differs = differs.map(|(id, _)| said(&visit, &other, id)).collect();
            results.push(result(&visit, &client, &other, differs));
        }
    }
    let answered = |id: &Id<Question>| first.get(*id).is_some();
    let page = DeskPage {
        date: day(visit.date),
        so_far: if first.is_empty() { Vec::new() } else { best(&visit, &first) },
        open: open.len(),
        first: at_once.iter().map(|id| question(&visit, *id, true)).collect(),
        groups: groups(&visit, &visit.link.answers, &open, |id| !at_once.contains(id)),
        second: groups(&visit, second, &open, |id| {
            let question = &visit.rulebook.questions[*id];
            !question.multi && (answered(id) || open.contains(id) || of_qualification(&visit, *id))
        }),
        compares: !second.is_empty(),
        another: another(&visit, second),
        goals: goals(&visit, &client, &first),
        results,
        client: (!client.lang.is_german()).then(|| client.lang.code().to_owned()),
        notice: visit.notice().into_iter().chain(visit.left_out()).collect(),
    };
    visit.page("desk.html", &visit.view.word("desk.title"), &page)
}

/// The unanswered questions whose answers can still change what comes out: those that come in any case, those that may come,
/// and those that are only put here; each in the editors' order.
fn open(visit: &Visit, answers: &Answers) -> Vec<Id<Question>> {
    let rulebook = &visit.rulebook;
    let mut open = IndexSet::new();
    // As if the person knew nothing more: whatever is asked then does not wait for an answer to another question.
    let mut interview = Interview::new(rulebook, answers, visit.date);
    while let Some(question) = interview.next() {
        open.insert(question);
        interview.answer(ValueSet::only(rulebook.questions[question].unknown));
    }
    open.extend(horizon(rulebook, answers, visit.date));
    let looked_at = evaluate(rulebook, answers, visit.date).unanswered;
    open.extend(looked_at.into_iter().filter(|id| rulebook.questions[*id].only_at_desk));
    open.into_iter().filter(|id| answers.get(*id).is_none()).collect()
}

/// Whether each qualification has answers of its own to these questions.
fn own(visit: &Visit, topic: Id<Topic>) -> bool {
    visit.rulebook.topics[topic].per_qualification
}

fn of_qualification(visit: &Visit, id: Id<Question>) -> bool {
    visit.rulebook.questions[id].topic.is_some_and(|topic| own(visit, topic))
}

/// Whether the second set begins with another qualification: it says what kind that is.
fn another(visit: &Visit, second: &Answers) -> bool {
    let begins = visit.rulebook.questions.ids().find(|id| of_qualification(visit, *id));
    begins.is_some_and(|question| second.get(question).is_some())
}

/// The first set with the second laid over it. Where the second begins with another qualification, what was said of the
/// first one is not said of it.
fn over(visit: &Visit, first: &Answers, second: &Answers) -> Answers {
    let another = another(visit, second);
    let mut both = first.only(|id| !another || !of_qualification(visit, id));
    for (id, values) in second.iter() {
        both.set(id, values);
    }
    both
}

/// The questions that are wanted and what these answers say, by topic, each topic where its first question stands.
fn groups(
    visit: &Visit,
    answers: &Answers,
    open: &[Id<Question>],
    wanted: impl Fn(&Id<Question>) -> bool,
) -> Vec<DeskGroup> {
    let rulebook = &visit.rulebook;
    let topics: IndexSet<Option<Id<Topic>>> =
        rulebook.questions.iter().map(|(_, _, question)| question.topic).collect();
    let topics = topics.into_iter().map(|topic| {
        let of_topic = |id: &Id<Question>| rulebook.questions[*id].topic == topic;
        let questions: Vec<Id<Question>> = rulebook.questions.ids().filter(of_topic).collect();
        let here: Vec<Id<Question>> = questions.iter().copied().filter(&wanted).collect();
        let answered = questions.iter().filter(|id| answers.get(**id).is_some());
        DeskGroup {
            heading: topic
                .map_or_else(|| visit.view.word("desk.other"), |topic| say(visit, rulebook.topics[topic].heading)),
            said: answered.map(|id| said(visit, answers, *id)).collect(),
            open: here.iter().filter(|id| open.contains(id)).count(),
            own: topic.is_some_and(|topic| own(visit, topic)),
            questions: here.iter().map(|id| question(visit, *id, open.contains(id))).collect(),
        }
    });
    topics.filter(|topic| !topic.questions.is_empty()).collect()
}

fn say(visit: &Visit, text: Text) -> String {
    visit.say(text).to_owned()
}

fn question(visit: &Visit, id: Id<Question>, open: bool) -> DeskQuestion {
    let question = &visit.rulebook.questions[id];
    let chosen = |answers: &Answers, at: usize| answers.get(id).is_some_and(|values| values.contains(at));
    let option = |(at, name, choice): (Id<_>, &str, &Choice)| DeskOption {
        id: name.to_owned(),
        text: say(visit, choice.text),
        first: chosen(&visit.link.answers, at.index()),
        second: chosen(&visit.link.second, at.index()),
    };
    DeskQuestion {
        id: visit.rulebook.questions.name(id).to_owned(),
        label: say(visit, question.label),
        text: say(visit, question.text),
        multi: question.multi,
        open,
        options: question.options.iter().map(option).collect(),
        came_on: visit.asks_came_on(id, &visit.link.answers).map(|asked| DeskDay {
            label: say(visit, asked.label),
            text: say(visit, asked.text),
            day: visit.link.came_on.map(|day| day.to_string()),
        }),
    }
}

/// What is possible with these answers, one line for each thing the person wants.
fn best(visit: &Visit, answers: &Answers) -> Vec<OpeningLine> {
    let wording = Wording { rulebook: &visit.rulebook, lang: &visit.link.lang, answers };
    let evaluation = evaluate(&visit.rulebook, answers, visit.date);
    Composer::new(wording, &evaluation, visit.date).opening().lines
}

/// Every goal with the best way to it, once anything is known of the person.
fn goals(visit: &Visit, client: &Manner, answers: &Answers) -> Vec<GoalLine> {
    let rulebook = &visit.rulebook;
    let Some(goals) = rulebook.goals.filter(|goals| !answers.without(*goals).is_empty()) else { return Vec::new() };
    let question = &rulebook.questions[goals];
    let line = |(at, _, choice): (Id<Choice>, &str, &Choice)| {
        let mut wants = answers.clone();
        wants.set(goals, ValueSet::only(at.index()));
        // What an office has written goes before every goal, and says nothing of this one.
        let lines = best(visit, &wants);
        let of_goal = lines.iter().position(|line| !line.goals.is_empty()).unwrap_or_default();
        let best = lines.into_iter().nth(of_goal)?;
        Some(GoalLine {
            goal: say(visit, choice.text),
            wanted: answers.get(goals).is_some_and(|wanted| wanted.contains(at.index())),
            best,
            to_sheet: for_client(client, &visit.lasting_address("/blatt", &wants, visit.date)),
        })
    };
    question.options.iter().filter(|(at, _, _)| at.index() != question.unknown).filter_map(line).collect()
}

/// An address of the visit, in the client's language.
fn for_client(client: &Manner, address: &str) -> String {
    match client.lang.is_german() {
        true => address.to_owned(),
        false => Manner::plain(client.lang.clone()).on(address),
    }
}

fn result(visit: &Visit, client: &Manner, answers: &Answers, differs: Vec<String>) -> DeskResult {
    let rulebook = &visit.rulebook;
    let evaluation = evaluate(rulebook, answers, visit.date);
    let sheet = compose_for_person(rulebook, answers, &evaluation, visit.date, &visit.link.lang);
    let left_out = evaluation.unanswered.iter().map(|id| &rulebook.questions[*id]);
    let left_out = left_out.filter(|question| !question.only_at_desk);
    let lasting = |path| visit.lasting_address(path, answers, visit.date);
    DeskResult {
        came_on: came_on(visit, answers),
        differs,
        left_out: left_out.map(|question| say(visit, question.label)).collect(),
        to_sheet: for_client(client, &lasting("/blatt")),
        to_slip: lasting("/telefon"),
        to_employer: sheet.has_employer_page.then(|| lasting("/arbeitgeber")),
        both: in_two_languages(visit, &lasting("/blatt")),
        sheet,
    }
}

/// "Brief bekommen am: 20.11.2026", if it is known.
fn came_on(visit: &Visit, answers: &Answers) -> Option<String> {
    let asked = answers.iter().find_map(|(id, _)| visit.asks_came_on(id, answers))?;
    Some(visit.joins().label(visit.say(asked.label), &day(visit.came_on(answers)?)))
}

/// "Deutsch: B2 – …", the answer in words.
fn said(visit: &Visit, answers: &Answers, id: Id<Question>) -> String {
    let question = &visit.rulebook.questions[id];
    let values = answers.get(id).unwrap_or_default();
    let chosen: Vec<&str> = values.iter().map(|at| visit.say(question.options[Id::new(at)].text)).collect();
    visit.joins().label(visit.say(question.label), &visit.joins().list(chosen))
}
