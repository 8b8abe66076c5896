//! JSON Schema of the files, so that editors complete and check what is typed.

use schemars::generate::SchemaGenerator;
use schemars::{JsonSchema, Schema, json_schema};

use super::{
    Authorities, Case, Certificates, Changes, Deciders, DerivedFact, Employer, InsteadOf, Interface, Lint, Local,
    Papers, Pathway, Questions, Register, Rulebook, Sources, Steps, Table, Terms,
};

/// A kind of file.
pub struct FileKind {
    /// Its name, for `lotse schema NAME`.
    pub name: &'static str,
    /// The files of this kind, relative to the rulebook's root.
    pub files: &'static str,
    /// Makes its schema.
    pub schema: fn(SchemaGenerator) -> Schema,
    part: fn(&mut SchemaGenerator) -> Schema,
}

fn kind<T: JsonSchema>(name: &'static str, files: &'static str) -> FileKind {
    FileKind {
        name,
        files,
        schema: SchemaGenerator::into_root_schema_for::<T>,
        part: SchemaGenerator::subschema_for::<T>,
    }
}

/// All kinds of files of a rulebook.
pub fn kinds() -> Vec<FileKind> {
    vec![
        kind::<Rulebook>("rulebook", "rulebook.yaml"),
        kind::<Questions>("questions", "questions/*.yaml"),
        kind::<DerivedFact>("fact", "facts/*.yaml"),
        kind::<Pathway>("pathway", "pathways/**/*.yaml"),
        kind::<Steps>("steps", "steps.yaml"),
        kind::<Papers>("papers", "papers.yaml"),
        kind::<Authorities>("authorities", "authorities.yaml"),
        kind::<Deciders>("deciders", "deciders.yaml"),
        kind::<Local>("local", "local/*.yaml"),
        kind::<Table>("table", "tables/*.yaml"),
        kind::<Certificates>("certificates", "certificates.yaml"),
        kind::<Sources>("sources", "sources.yaml"),
        kind::<Terms>("glossary", "glossary.yaml"),
        kind::<Interface>("interface", "interface.yaml"),
        kind::<InsteadOf>("wording", "wording.yaml"),
        kind::<Employer>("employer", "employer.yaml"),
        kind::<Lint>("lint", "lint.yaml"),
        kind::<Case>("case", "cases/*.yaml"),
        kind::<Changes>("changes", "changes.yaml"),
        kind::<Register>("register", "register.yaml"),
    ]
}

/// One schema that fits any file of a rulebook.
pub fn any_kind(mut generator: SchemaGenerator) -> Schema {
    let parts: Vec<Schema> = kinds().iter().map(|kind| (kind.part)(&mut generator)).collect();
    let definitions = generator.take_definitions(true);
    json_schema!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of a Lotse rulebook",
        "oneOf": parts,
        "definitions": definitions,
    })
}
