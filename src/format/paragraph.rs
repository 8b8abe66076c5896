use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::Located;
use crate::yaml::{Ids, Map};

/// A paragraph: one text for everybody, or a list of sentences of which some are for some people only.
#[derive(Clone, Debug, Default)]
pub struct Paragraph(pub Vec<Located<Sentence>>);

impl Paragraph {
    /// Whether a sentence of it names where it is said.
    pub fn cites(&self) -> bool {
        self.0.iter().any(|sentence| matches!(&sentence.value, Sentence::ForSome(some) if !some.sources.is_empty()))
    }
}

/// A sentence or two.
#[derive(Clone, Debug)]
pub enum Sentence {
    /// For everybody.
    Plain(String),
    /// For some people only.
    ForSome(ForSome),
}

/// A sentence for some people only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForSome {
    /// The sentence.
    pub says: Located<String>,
    /// Facts that must all hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub when: Map<Ids>,
    /// Facts of which none may hold.
    #[serde(default)]
    #[schemars(with = "Option<IndexMap<String, Ids>>")]
    pub unless: Map<Ids>,
    /// Where this is said, beyond what the whole rests on; named to those who read the sentence.
    #[serde(default)]
    pub sources: Ids,
}

impl<'de> Deserialize<'de> for Sentence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Sentence;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ein Satz, oder `says:` mit `when:` oder `unless:`")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Sentence, E> {
                Ok(Sentence::Plain(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Sentence, A::Error> {
                ForSome::deserialize(MapAccessDeserializer::new(map)).map(Sentence::ForSome)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

enum OneOrMany {
    One(String),
    Many(Vec<Located<Sentence>>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ein Text oder eine Liste von Sätzen")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany::Many)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Paragraph {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Located::<OneOrMany>::deserialize(deserializer)?;
        let span = written.span;
        Ok(Self(match written.value {
            OneOrMany::One(text) => vec![Located { value: Sentence::Plain(text), span }],
            OneOrMany::Many(sentences) => sentences,
        }))
    }
}

impl JsonSchema for Paragraph {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Paragraph".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let some = generator.subschema_for::<ForSome>();
        json_schema!({
            "description": "A paragraph: one text for everybody, or a list of sentences of which some are for some people only.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "anyOf": [{ "type": "string" }, some] } }]
        })
    }
}
