//! What programs get: texts without the marks that show people where German begins, and where German stands in for another
//! language.

use serde::Serialize;
use serde_json::Value;

use crate::language::{Lang, marked};

/// Where a document says which of its texts fell back to German.
const FALLEN_BACK: &str = "fallen_back";

/// Anything as JSON, its texts in a language. Those that are German because the language lacks them are named at its root.
pub fn in_json(value: &impl Serialize, lang: &Lang) -> Value {
    let mut json = serde_json::to_value(value).unwrap_or_default();
    if lang.is_german() {
        return json;
    }
    let fallen_back = marked::json(&mut json);
    if let Some(fields) = json.as_object_mut().filter(|_| !fallen_back.is_empty()) {
        fields.insert(FALLEN_BACK.to_owned(), fallen_back.into());
    }
    json
}
