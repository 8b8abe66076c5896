//! Shapes that the rule format writes in more than one way: one id or several, a key that stands alone.

use std::fmt;
use std::hash::Hash;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, SeqAccess, Visitor};

use crate::source::Located;

/// A map in the author's order whose keys know where they were written.
pub type Map<V> = IndexMap<Located<String>, V, foldhash::fast::RandomState>;

impl<T: JsonSchema> JsonSchema for Located<T> {
    // A branch holds branches: a schema that is referred to by name must stay so.
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One id or a list of ids; `basis: persvo-4` and `basis: [persvo-4, kita-en]` are both fine.
#[derive(Clone, Debug, Default)]
pub struct Ids(pub Vec<Located<String>>);

impl Ids {
    /// The ids in the author's order.
    pub fn iter(&self) -> std::slice::Iter<'_, Located<String>> {
        self.0.iter()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

enum OneOrMany {
    One(String),
    Many(Vec<Located<String>>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ein Name oder eine Liste von Namen in [ ]")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(number.to_string()))
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(number.to_string()))
            }
            fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<OneOrMany, E> {
                Err(E::custom(format!("`{value}` wird als ja oder nein gelesen; setzen Sie es in Anführungszeichen")))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOrMany, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany::Many)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Located::<OneOrMany>::deserialize(deserializer)?;
        let span = written.span;
        Ok(Self(match written.value {
            OneOrMany::One(value) => vec![Located { value, span }],
            OneOrMany::Many(ids) => ids,
        }))
    }
}

impl JsonSchema for Ids {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ids".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// `key:` with nothing behind it is something else than no key at all (`else:` opens a node, its absence does not).
#[derive(Clone, Debug)]
pub enum Given<T> {
    /// The key stands alone.
    Bare,
    /// The key has a value.
    With(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Bare, Self::With))
    }
}

/// For fields of type `Option<Given<T>>`, where a bare key must not read as absent.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Given<T>>, D::Error> {
    Given::deserialize(deserializer).map(Some)
}

impl<T: JsonSchema> JsonSchema for Given<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Given_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
}

/// Keys of a written map as plain words, for suggestions.
pub fn keys<V>(map: &Map<V>) -> impl Iterator<Item = &str>
where
    Located<String>: Hash + Eq,
{
    map.keys().map(|key| key.value.as_str())
}
