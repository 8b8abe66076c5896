//! What is asked for: pages of people nobody thought of, the same people on each run.

use jiff::civil::Date;
use lotse::interview::{Answers, next};
use lotse::rulebook::{Id, Question, Rulebook, ValueSet};
use serde_json::{Map, json};

/// Something to measure.
pub struct Row {
    pub name: &'static str,
    pub requests: Vec<String>,
    pub kind: Kind,
}

/// What it is measured against.
pub enum Kind {
    Twin,
    Itself,
    Ready,
}

/// Different addresses per row.
const PEOPLE: usize = 40;

/// A request for what costs least.
pub fn ready() -> String {
    get("/bereit", "")
}

fn get(address: &str, headers: &str) -> String {
    format!("GET {address} HTTP/1.1\r\nhost: lotse.test\r\n{headers}\r\n")
}

fn post(address: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {address} HTTP/1.1\r\nhost: lotse.test\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// All rows.
pub fn rows() -> Vec<Row> {
    let rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
    let day = lotse::cli::today();
    let mut people = People { rulebook: &rulebook, day, random: fastrand::Rng::with_seed(2026) };
    let short = |id: Id<Question>| !rulebook.questions[id].long_list;
    let questions = people.queries(|people| people.on_the_way(short));
    let countries: Vec<String> = people
        .queries(|people| people.on_the_way(short))
        .iter()
        .map(|query| format!("aendern=country-of-training&{query}"))
        .collect();
    let whole = people.queries(People::at_the_end);
    let since: Vec<String> = whole.iter().map(|query| format!("{query}&datum=2026-11-20&stand=2026.11")).collect();
    let two: Vec<String> = whole.iter().map(|query| format!("{query}&b.german-level=c1")).collect();
    let person = |people: &mut People<'_>| {
        let answers = people.at_the_end();
        let options = |id| json!(answers.words(&rulebook, id));
        answers.iter().map(|(id, _)| (rulebook.questions.name(id).to_owned(), options(id))).collect::<Map<_, _>>()
    };
    let explained: Vec<String> = (0..PEOPLE).map(|_| json!({ "answers": person(&mut people) }).to_string()).collect();
    let thousand: Vec<_> = (0..1_000).map(|_| person(&mut people)).collect();
    let thousand = vec![json!({ "people": thousand }).to_string(); 4];
    let sent = |name, path: &str, bodies: &[String], kind| Row {
        name,
        requests: bodies.iter().map(|body| post(path, body)).collect(),
        kind,
    };
    let nonsense = (0..PEOPLE).map(|nth| (0..400).map(|at| format!("unbekannt-{nth}-{at}=etwas&")).collect());
    let nonsense: Vec<String> = nonsense.map(|query: String| query[..8_000].to_owned()).collect();
    // What is wrong must cost less than a sheet: words of no meaning, too many people, nesting, 1 MB.
    let unknown = |nth| (0..400).map(|at| (format!("unbekannt-{nth}-{at}"), json!(["etwas"]))).collect::<Map<_, _>>();
    let unknown: Vec<String> = (0..PEOPLE).map(|nth| json!({ "answers": unknown(nth) }).to_string()).collect();
    let stranger = |at| json!({ (format!("unbekannt-{at}")): ["etwas"] });
    let strangers = vec![json!({ "people": (0..1_000).map(stranger).collect::<Vec<_>>() }).to_string(); 4];
    let crowd = vec![format!(r#"{{"people":[{}]}}"#, vec!["{}"; 10_000].join(",")); 4];
    let long = vec![format!(r#"{{"people":["{}"]}}"#, "x".repeat(990_000)); 4];
    let deep = vec![format!(r#"{{"people":{}{}}}"#, "[".repeat(5_000), "]".repeat(5_000)); 4];
    let plain = |name, path: &str, queries: &[String]| against_twin(name, path, queries, "");
    let packed = |name, path: &str, queries: &[String]| against_twin(name, path, queries, "accept-encoding: gzip\r\n");
    let known =
        |name, path: &str| Row { name, requests: vec![get(path, "if-none-match: *\r\n"); PEOPLE], kind: Kind::Ready };
    let nobody = vec![String::new(); PEOPLE];
    vec![
        Row { kind: Kind::Itself, ..plain("noise: question against itself", "/fragen", &questions) },
        plain("start", "/", &nobody),
        plain("question", "/fragen", &questions),
        plain("country, 250 options", "/fragen", &countries),
        plain("check of answers", "/pruefen", &whole),
        plain("sheet", "/blatt", &whole),
        plain("sheet since", "/blatt", &since),
        plain("desk with two sets", "/beratung", &two),
        plain("desk without answers", "/beratung", &nobody),
        plain("employer", "/arbeitgeber", &whole),
        plain("sheet as JSON", "/blatt.json", &whole),
        plain("sheet as text", "/blatt.txt", &whole),
        plain("all rules", "/regeln", &nobody),
        packed("question, compressed", "/fragen", &questions),
        packed("country, compressed", "/fragen", &countries),
        packed("sheet, compressed", "/blatt", &whole),
        plain("dearest link: 8 kB of unknown words", "/blatt", &nonsense),
        sent("explain (against /bereit)", "/api/v1/explain", &explained, Kind::Ready),
        sent("explain, 1,000 people", "/api/v1/explain/batch", &thousand, Kind::Twin),
        sent("wrong: 400 unknown questions", "/api/v1/explain", &unknown, Kind::Twin),
        sent("wrong: 1,000 strangers", "/api/v1/explain/batch", &strangers, Kind::Twin),
        sent("wrong: 10,000 people", "/api/v1/explain/batch", &crowd, Kind::Twin),
        sent("wrong: 1 MB of text", "/api/v1/explain/batch", &long, Kind::Twin),
        sent("wrong: nested 5,000 deep", "/api/v1/explain/batch", &deep, Kind::Twin),
        known("start, unchanged (against /bereit)", "/"),
        known("style, unchanged (against /bereit)", "/assets/lotse.css"),
    ]
}

fn against_twin(name: &'static str, path: &str, queries: &[String], headers: &str) -> Row {
    let address = |query: &String| if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let requests = queries.iter().map(|query| get(&address(query), headers)).collect();
    Row { name, requests, kind: Kind::Twin }
}

/// People who answer at random.
pub struct People<'r> {
    pub rulebook: &'r Rulebook,
    pub day: Date,
    pub random: fastrand::Rng,
}

impl People<'_> {
    fn queries(&mut self, one: impl Fn(&mut Self) -> Answers) -> Vec<String> {
        (0..PEOPLE)
            .map(|_| {
                let answers = one(self);
                let pairs = answers.pairs(self.rulebook).into_iter();
                pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
            })
            .collect()
    }

    /// Somebody who has answered everything.
    pub fn at_the_end(&mut self) -> Answers {
        self.until(usize::MAX)
    }

    /// Somebody on the way, before a question of this kind.
    fn on_the_way(&mut self, kind: impl Fn(Id<Question>) -> bool) -> Answers {
        loop {
            let some = self.random.usize(0..12);
            let answers = self.until(some);
            if next(self.rulebook, &answers, self.day).is_some_and(&kind) {
                return answers;
            }
        }
    }

    fn until(&mut self, most: usize) -> Answers {
        let mut answers = Answers::default();
        while let Some(question) = next(self.rulebook, &answers, self.day).filter(|_| answers.len() < most) {
            let options = self.rulebook.questions[question].options.len();
            answers.set(question, ValueSet::only(self.random.usize(0..options)));
        }
        answers
    }
}
