//! The description of all addresses (OpenAPI 3.1), made from the types that are read and written. Its dialect of JSON Schema
//! is the one the types give anyway; examples are taken from the rules, so they hold for any rulebook.

use std::collections::BTreeMap;

use schemars::generate::{Contract, SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::answered::{Explanations, List, NextQuestion, Record};
use super::problem::{Kind, Problem};
use super::request::{BatchRequest, ExplainRequest, PersonRequest, SheetRequest};
use crate::interview::{Answers, Explanation};
use crate::language::Lang;
use crate::opendata::{
    Catalogue, CertificateEntry, ChangeEntry, OfficeEntry, OfficesOfPlace, PathwayEntry, QuestionEntry, RulebookEntry,
    SourceEntry, StepEntry,
};
use crate::rulebook::{Id, Question, Rulebook};
use crate::sheet::{EmployerFile, Sheet};
use crate::web::manner::LANG;

/// Where the addresses begin.
pub const ROOT: &str = "/api/v1";

/// How an address is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// For what is public.
    Get,
    /// For what speaks of people.
    Post,
}

impl Method {
    /// As it is sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// An address and what it is for.
pub struct Operation {
    /// How it is asked.
    pub method: Method,
    /// The address behind the root.
    pub path: &'static str,
    /// Its name, for generated clients and for texts on the page for developers.
    pub id: &'static str,
    summary: &'static str,
    description: &'static str,
    takes: Option<Of>,
    gives: Of,
    example: fn(&Rulebook) -> Option<Value>,
}

/// The schema of a type.
type Of = fn(&mut SchemaGenerator) -> Schema;

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn anything(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "object", "description": "OpenAPI 3.1." })
}

/// All addresses.
pub fn operations() -> Vec<Operation> {
    let get = |path, id, summary, description, gives| Operation {
        method: Method::Get,
        path,
        id,
        summary,
        description,
        takes: None,
        gives,
        example: |_| None,
    };
    let post = |path, id, summary, description, takes, gives, example| Operation {
        method: Method::Post,
        path,
        id,
        summary,
        description,
        takes: Some(takes),
        gives,
        example,
    };
    vec![
        get(
            "/rulebook",
            "rulebook",
            "The rulebook: version, state of the law, languages, licence",
            "What all other answers rest on. `version` changes when a rule does; show it, with the day, beside what you show.",
            of::<RulebookEntry>,
        ),
        get(
            "/questions",
            "questions",
            "All questions with their options",
            "Ids of questions and options are what answers are made of. Each question has an option that is `unknown`: \
             not to know is an answer, it never closes a way, and it becomes a task on the sheet. Offer it always.",
            of::<List<QuestionEntry>>,
        ),
        post(
            "/next",
            "next",
            "The question to put next",
            "Send what was answered so far, and put the question that comes back; add its answer, and ask again. `question` is \
             null when nothing more needs to be asked: then ask for the sheet. Only questions that can still change something \
             are put, so their order depends on the answers. \"I do not know\" is an answer, too: the option that is `unknown`.",
            of::<PersonRequest>,
            of::<NextQuestion>,
            |rulebook| Some(json!({ "answers": begun(rulebook) })),
        ),
        post(
            "/sheet",
            "sheet",
            "The sheet of next steps",
            "The document that people get, in blocks in the order of the page; leave out blocks that you do not know. Any number \
             of answers gives a sheet: what was left out counts as unknown. With each way, show who decides and how sure it is.",
            of::<SheetRequest>,
            of::<Sheet>,
            |rulebook| Some(json!({ "answers": complete(rulebook) })),
        ),
        post(
            "/explain",
            "explain",
            "What holds, in ids, and why",
            "For programs that look the words up themselves (`/pathways`, `/steps`). `detail` says how much: `outcomes` alone, \
             with `reasons`, or `everything`, which is dearer.",
            of::<ExplainRequest>,
            of::<Explanation>,
            |rulebook| Some(json!({ "answers": complete(rulebook), "detail": "reasons" })),
        ),
        post(
            "/explain/batch",
            "explainBatch",
            "What holds for each of up to a thousand people, in ids",
            "The same as `/explain` with `outcomes`, for each set of answers, in their order. Send no names. If one set means \
             nothing to the rules, none is answered, and the problem names its place.",
            of::<BatchRequest>,
            of::<Explanations>,
            |rulebook| Some(json!({ "people": [complete(rulebook), begun(rulebook)] })),
        ),
        post(
            "/employer",
            "employer",
            "The page for the employer's file",
            "The finding to sign, the provision it rests on, the evidence to file. It holds no answer but those its roles rest \
             on. Where no way goes through an employer's file there is none, and the answer is 404 with a kind of its own.",
            of::<PersonRequest>,
            of::<EmployerFile<'static>>,
            |rulebook| Some(json!({ "answers": complete(rulebook) })),
        ),
        get(
            "/pathways",
            "pathways",
            "All pathways with the words of their outcomes",
            "Outcomes by the ids that explanations and sheets use. How a pathway is decided stands in the rules as JSON Logic \
             (`lotse export json-logic`).",
            of::<List<PathwayEntry>>,
        ),
        get(
            "/steps",
            "steps",
            "All steps",
            "What people can do, with cost, time, papers, and what comes before. Some sentences are for some people alone; a \
             sheet holds those that are for its person.",
            of::<List<StepEntry>>,
        ),
        get(
            "/offices",
            "offices",
            "All offices and advice points",
            "With address and how sure it is. Which of them is responsible depends on answers: ask by country or district, or \
             take it from a sheet.",
            of::<List<OfficeEntry>>,
        ),
        get(
            "/offices/countries/{country}",
            "officesOfCountry",
            "The offices that a country of training leads to",
            "By matter. Where `certain` is false, other answers decide which of the offices it is.",
            of::<Record<OfficesOfPlace>>,
        ),
        get(
            "/offices/districts/{district}",
            "officesOfDistrict",
            "The offices that a district leads to, and those in it",
            "By matter, and beside that the offices, advice and courses at the place itself. Where `certain` is false, other \
             answers decide which of the offices it is.",
            of::<Record<OfficesOfPlace>>,
        ),
        get(
            "/certificates/{country}",
            "certificates",
            "What papers are called in a country",
            "Helps to find the option that fits a paper. It never says that a paper is recognised. An empty list means that \
             no names are known for that country.",
            of::<List<CertificateEntry>>,
        ),
        get(
            "/sources",
            "sources",
            "All sources",
            "Statutes, decrees and pages that the rules rest on, with their state. German in every language.",
            of::<List<SourceEntry>>,
        ),
        get(
            "/changes",
            "changes",
            "What changed in the rules, newest first",
            "With the reason, and what it touches. German in every language.",
            of::<List<ChangeEntry>>,
        ),
        get(
            "/openapi.json",
            "openapi",
            "This description",
            "Made from the types that are read and written, with examples taken from the rules.",
            anything,
        ),
    ]
}

/// The answers of the person who is shown as an example, as requests hold them.
pub fn complete(rulebook: &Rulebook) -> Value {
    let mut answers = Answers::default();
    if let Some(example) = rulebook.example {
        rulebook.cases[example].answers.iter().for_each(|(question, values)| answers.set(*question, *values));
    }
    written(rulebook, &answers)
}

/// The first of them.
pub fn begun(rulebook: &Rulebook) -> Value {
    let mut complete = complete(rulebook);
    if let Some(answers) = complete.as_object_mut() {
        *answers = std::mem::take(answers).into_iter().take(2).collect();
    }
    complete
}

fn written(rulebook: &Rulebook, answers: &Answers) -> Value {
    let options = |id: Id<Question>| json!(answers.words(rulebook, id));
    answers.iter().map(|(id, _)| (rulebook.questions.name(id).to_owned(), options(id))).collect::<Map<_, _>>().into()
}

/// An option that the parameter of an address can name.
fn place(rulebook: &Rulebook, parameter: &str) -> Option<String> {
    let catalogue_lang = Lang::german();
    let catalogue = Catalogue::of(rulebook, rulebook.knowledge_date, &catalogue_lang);
    let name =
        |question: Id<Question>, option: usize| rulebook.questions[question].options.name(Id::new(option)).to_owned();
    match parameter {
        "country" => {
            let certificates = rulebook.certificates.as_ref()?;
            certificates.by_country.keys().next().map(|option| name(certificates.country, *option))
        }
        "district" => {
            let question = catalogue.asks_district()?;
            let places = rulebook.local.places.keys().filter(|(of, _)| *of == question);
            places.map(|(_, option)| *option).min().map(|option| name(question, option))
        }
        _ => None,
    }
}

/// The parameters in an address.
fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// The whole description.
pub fn document(rulebook: &Rulebook) -> Value {
    // What is read may leave out what has a default; what is written holds it.
    let settings = || {
        let mut settings = SchemaSettings::draft2020_12();
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        settings
    };
    let mut reads = SchemaGenerator::new(settings().with(|settings| settings.contract = Contract::Deserialize));
    let mut writes = SchemaGenerator::new(settings().with(|settings| settings.contract = Contract::Serialize));
    let problem = of::<Problem>(&mut writes);
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let described = described(&operation, rulebook, &mut reads, &mut writes, &problem);
        let method = operation.method.word().to_lowercase();
        paths.insert(operation.path.to_owned(), json!({ method: described }));
    }
    let mut schemas = reads.take_definitions(true);
    schemas.extend(writes.take_definitions(true));
    schemas.values_mut().for_each(list_words);
    name_variants(&mut schemas);
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": rulebook.name,
            "version": "1",
            "summary": "A signpost for people with foreign qualifications on their way into social and education professions",
            "description": "What the pages of this site show, as data: the same rules, the same day, the same outcomes. It decides nothing and says who does; a comparison of degrees (anabin, ZAB) is never called a recognition. Nothing of what is sent is kept or logged. Fields are only ever added; ids that went are understood as long as their successor is known.",
            "license": { "name": "European Union Public Licence 1.2", "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "servers": [{ "url": ROOT }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Writes words to choose from as a list, with what each means in the description: generators of clients take alternatives for
/// types of their own, and read the first alone.
fn list_words(schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else { return };
    let choices = fields.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let word = |choice: &Value| Some((choice.get("const")?.as_str()?.to_owned(), choice.get("description").cloned()));
    let Some(words) = choices.map(word).collect::<Option<Vec<_>>>().filter(|words| !words.is_empty()) else { return };
    let mut description = fields.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (word, means) in &words {
        let means = means.as_ref().and_then(Value::as_str).unwrap_or_default();
        description += &format!("\n- `{word}`: {means}");
    }
    let words: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
    *schema = json!({ "type": "string", "enum": words, "description": description });
}

/// Gives each part of a union that a field tells apart a name of its own: generators of clients pass over what stands beside a
/// reference, and could not tell one part from another.
fn name_variants(schemas: &mut Map<String, Value>) {
    let mut named = Map::new();
    for (union, schema) in schemas.iter_mut() {
        let Some(variants) = schema.get_mut("oneOf").and_then(Value::as_array_mut) else { continue };
        let told_apart: Option<Vec<(String, String)>> = variants.iter().map(told_apart).collect();
        let Some(told_apart) = told_apart.filter(|words| !words.is_empty()) else { continue };
        let mut mapping = Map::new();
        for (variant, (_, word)) in variants.iter_mut().zip(&told_apart) {
            let name: String = word.split('-').map(capitalised).chain([union.clone()]).collect();
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            mapping.insert(word.clone(), reference["$ref"].clone());
            let Value::Object(mut own) = std::mem::replace(variant, reference) else { continue };
            let (whole, description) = (own.remove("$ref"), own.remove("description"));
            named.insert(name, json!({ "description": description, "allOf": [{ "$ref": whole }, own] }));
        }
        let field = &told_apart[0].0;
        schema["discriminator"] = json!({ "propertyName": field, "mapping": mapping });
    }
    schemas.extend(named);
}

/// The field that tells a part of a union from the others, and the word in it.
fn told_apart(variant: &Value) -> Option<(String, String)> {
    variant.get("$ref")?;
    let (field, schema) = variant.get("properties")?.as_object()?.iter().next()?;
    Some((field.clone(), schema.get("const")?.as_str()?.to_owned()))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn described(
    operation: &Operation,
    rulebook: &Rulebook,
    reads: &mut SchemaGenerator,
    writes: &mut SchemaGenerator,
    problem: &Schema,
) -> Value {
    let mut described = Map::new();
    described.insert("operationId".to_owned(), json!(operation.id));
    described.insert("summary".to_owned(), json!(operation.summary));
    described.insert("description".to_owned(), json!(operation.description));
    let in_address: Vec<&str> = parameters(operation.path).collect();
    let languages: Vec<&str> = rulebook.languages.iter().map(Lang::code).collect();
    let mut said: Vec<Value> = in_address
        .iter()
        .map(|name| {
            json!({
                "name": name,
                "in": "path",
                "required": true,
                "description": "Id of the option.",
                "schema": { "type": "string" },
                "example": place(rulebook, name),
            })
        })
        .collect();
    let mut problems = vec![Kind::TooMuch, Kind::Busy, Kind::Broken];
    match operation.takes {
        Some(takes) => {
            problems.extend([Kind::NotJson, Kind::WrongForm, Kind::WrongAnswer, Kind::WrongParameter]);
            problems.extend([Kind::WrongMediaType, Kind::TooLong, Kind::TooSlow]);
            if operation.id == "employer" {
                problems.push(Kind::NoEmployerPage);
            }
            let example = (operation.example)(rulebook);
            let body = json!({
                "required": true,
                "content": { "application/json": {
                    "schema": takes(reads),
                    "examples": { "example": { "summary": "The person shown as an example on the start page", "value": example } },
                } },
            });
            described.insert("requestBody".to_owned(), body);
        }
        None => {
            problems.push(Kind::WrongParameter);
            said.push(json!({
                "name": LANG,
                "in": "query",
                "description": "Language of the texts; the first of the rulebook if left out.",
                "schema": { "type": "string", "enum": languages },
            }));
        }
    }
    if !in_address.is_empty() {
        problems.push(Kind::NotFound);
    }
    if !said.is_empty() {
        described.insert("parameters".to_owned(), json!(said));
    }
    let mut responses: Map<String, Value> = Map::new();
    let given = json!({ "description": "As asked for.", "content": { "application/json": { "schema": (operation.gives)(writes) } } });
    responses.insert("200".to_owned(), given);
    if operation.takes.is_none() {
        responses.insert("304".to_owned(), json!({ "description": "What you hold is still right (If-None-Match)." }));
    }
    let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for kind in problems {
        by_status.entry(kind.status().as_u16()).or_default().push(kind.title());
    }
    for (status, titles) in by_status {
        let content = json!({ "application/problem+json": { "schema": problem } });
        responses.insert(status.to_string(), json!({ "description": titles.join("; "), "content": content }));
    }
    described.insert("responses".to_owned(), Value::Object(responses));
    Value::Object(described)
}
