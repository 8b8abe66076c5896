//! A page for every code: what it finds, why it matters, an example, and how it is done better.
//!
//! Pages are Markdown under `check/pages/`, one file per code, so that whoever writes rules can also mend a page.

use crate::diagnostic::nearest;

/// The pages as they were built in.
#[derive(rust_embed::RustEmbed)]
#[folder = "src/check/pages/"]
#[include = "*.md"]
struct Pages;

/// All codes that have a page, in order.
pub fn all() -> Vec<String> {
    let mut codes: Vec<String> = Pages::iter().filter_map(|name| name.strip_suffix(".md").map(str::to_owned)).collect();
    codes.sort();
    codes
}

/// The page of a code, in Markdown.
pub fn page(code: &str) -> Option<String> {
    let file = Pages::get(&format!("{code}.md"))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// The first line of a code's page: its name in words.
pub fn title(code: &str) -> Option<String> {
    let page = page(code)?;
    page.lines().next().map(|line| line.trim_start_matches('#').trim().to_owned())
}

/// The code that was probably meant: `e12` → `E012`.
pub fn meant(code: &str) -> Option<String> {
    let upper = code.trim().to_uppercase();
    let digits = upper.trim_start_matches(|c: char| !c.is_ascii_digit());
    let letter = upper.chars().next().filter(char::is_ascii_alphabetic).unwrap_or('E');
    let padded = format!("{letter}{digits:0>3}");
    let codes = all();
    if codes.contains(&padded) {
        return Some(padded);
    }
    nearest(&padded, codes.iter().map(String::as_str)).map(str::to_owned)
}
