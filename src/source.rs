//! Where text comes from: files, spans in them, and values that remember their span.
//!
//! Knows bytes and lines; knows nothing of YAML or of rules.

mod content;

pub use content::{Bundle, Content, Packed};

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A file of the rulebook among [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// Its position among the files.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One text file as it was read: its name relative to the rulebook's root, and its content.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below the root, with forward slashes: `pathways/kita/kita-degree.yaml`.
    pub name: String,
    /// The whole content, without a byte order mark.
    pub text: Content,
    /// The first byte that is no UTF-8, if there is one; the text then holds a stand-in for it.
    pub not_text: Option<usize>,
}

/// All files of one rulebook, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<File>);

impl Files {
    /// Takes a file in and gives its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let text: Arc<str> = text.into();
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), Arc::from);
        self.add_file(File { name: name.into(), text: text.into(), not_text: None })
    }

    /// Takes a file in that was read already.
    pub fn add_file(&mut self, file: File) -> FileId {
        self.0.push(file);
        FileId(u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX))
    }

    /// Takes a file in as it lies on the disk, text or not.
    pub fn add_bytes(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> FileId {
        match String::from_utf8(bytes) {
            Ok(text) => self.add(name, text),
            Err(broken) => {
                let at = broken.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(broken.as_bytes()).into();
                self.add_file(File { name: name.into(), text, not_text: Some(at) })
            }
        }
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.0.iter().enumerate().map(|(at, file)| (FileId(at as u32), file))
    }

    /// Line and column of the start of a span, both counted from 1, the column in characters.
    pub fn position(&self, span: Span) -> Position {
        let text = &self[span.file].text;
        let before = &text[..floor_boundary(text, span.start)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

impl FromIterator<File> for Files {
    fn from_iter<I: IntoIterator<Item = File>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

impl std::ops::Index<FileId> for Files {
    type Output = File;

    fn index(&self, id: FileId) -> &File {
        &self.0[id.0 as usize]
    }
}

/// Line and column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A stretch of bytes in one file; `start..end`, `end` not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The very beginning of a file, for faults that concern the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value with the span it was written at. Compares and hashes by the value alone.
#[derive(Clone)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Located<T> {
    /// Another value at the same place.
    pub fn at<U>(&self, value: U) -> Located<U> {
        Located { value, span: self.span }
    }
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Located<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: Hash> Hash for Located<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Borrow<str> for Located<String> {
    fn borrow(&self) -> &str {
        &self.value
    }
}

/// The nearest character boundary at or below `at`, so that a span can never split a character.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_characters_and_lines_from_one() {
        let mut files = Files::default();
        let file = files.add("a.yaml", "ä: 1\nöü: 2\n");
        let span = Span { file, start: "ä: 1\nö".len(), end: 0 };
        assert_eq!(files.position(span), Position { line: 2, column: 2 });
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let mut files = Files::default();
        let file = files.add("a.yaml", "\u{feff}a: 1");
        assert_eq!(&*files[file].text, "a: 1");
    }
}
