//! The words and numbers of a text, and whether a word is among those that a list names.

/// The words of a text, without the signs around them. A place such as `{district}` counts as one word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Whether a word is one of the written ones, in which `*` at the end stands for any ending.
pub fn is_word(word: &str, wanted: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let beginning = wanted.strip_suffix('*').unwrap_or(wanted);
    let begins = beginning.chars().flat_map(char::to_lowercase).all(|letter| letters.next() == Some(letter));
    begins && (wanted.ends_with('*') || letters.next().is_none())
}

/// The numbers of a text, as they are written.
pub fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_ascii_digit()).filter(|number| !number.is_empty())
}
