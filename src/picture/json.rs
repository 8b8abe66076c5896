//! The sheet for programs, in its stable form.

use serde_json::Value;

use crate::language::{Lang, marked};
use crate::sheet::Sheet;

/// The sheet as JSON: texts without marks, and a list of those that are German because the language lacks them.
pub fn sheet_in_json(sheet: &Sheet) -> Value {
    let mut json = serde_json::to_value(sheet).unwrap_or_default();
    if !Lang::new(&sheet.lang).is_german() {
        let fallen_back = marked::json(&mut json);
        json["fallen_back"] = fallen_back.into();
    }
    json
}
