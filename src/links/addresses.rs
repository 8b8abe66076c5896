use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::rulebook::released::is_released;
use crate::source::Files;

/// An address, and everywhere the rules name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Address {
    /// As it stands there, without what follows a `#`: that part is never sent.
    pub url: String,
    /// Where it stands, in the order of files and lines.
    pub places: Vec<Place>,
}

/// A line that names an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// Path below the rulebook's root, with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// The entry it belongs to: the source, the office.
    pub id: Option<String>,
}

/// Every address in the present rules, wherever it stands: sources, offices, remarks. Taken from the text of the files, so
/// that none is forgotten when the rules get a new place for one. Kept states are as they were and are left alone.
pub fn addresses(files: &Files) -> Vec<Address> {
    let mut found: IndexMap<String, Vec<Place>> = IndexMap::new();
    for (_, file) in files.iter().filter(|(_, file)| !is_released(&file.name)) {
        let mut entries = Entries::default();
        for (nth, line) in file.text.lines().enumerate() {
            entries.read(line);
            if line.trim_start().starts_with('#') {
                continue;
            }
            for url in in_line(line) {
                let place = Place { file: file.name.clone(), line: nth + 1, id: entries.current() };
                found.entry(url.to_owned()).or_default().push(place);
            }
        }
    }
    found.into_iter().map(|(url, places)| Address { url, places }).collect()
}

/// The keys around a line, outermost first, each with its indentation.
#[derive(Default)]
struct Entries(Vec<(usize, String)>);

impl Entries {
    fn read(&mut self, line: &str) {
        let rest = line.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            return;
        }
        let indent = line.len() - rest.len();
        while self.0.last().is_some_and(|(around, _)| *around >= indent) {
            self.0.pop();
        }
        if let Some((key, after)) = rest.split_once(':')
            && (after.is_empty() || after.starts_with(' '))
            && !key.contains([' ', '"', '\''])
        {
            self.0.push((indent, key.to_owned()));
        }
    }

    /// The entry a line belongs to: the name one level below the top of its file.
    fn current(&self) -> Option<String> {
        self.0.get(1).map(|(_, key)| key.clone())
    }
}

fn in_line(line: &str) -> impl Iterator<Item = &str> {
    let starts = line.match_indices("http").map(|(at, _)| &line[at..]);
    starts.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://")).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || "\"'<>{}|`".contains(c)).unwrap_or(rest.len());
        let (url, _) = rest[..end].split_once('#').unwrap_or((&rest[..end], ""));
        // What ends the sentence around an address is no part of it.
        let mut url = url.trim_end_matches(['.', ',', ';', ':', '!', '?']);
        if !url.contains('(') {
            url = url.trim_end_matches([')', '.', ',']);
        }
        url.split_once("://").is_some_and(|(_, rest)| !rest.is_empty()).then_some(url)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, usize, Option<String>)> {
        let mut files = Files::default();
        files.add("sources.yaml", text);
        files.add("released/2020.1.yaml", "sources:\n  old:\n    url: https://old.example\n");
        let all = addresses(&files).into_iter();
        all.flat_map(|a| a.places.into_iter().map(move |place| (a.url.clone(), place.line, place.id))).collect()
    }

    #[test]
    fn an_address_is_found_with_its_line_and_its_entry() {
        let text = "# https://remark.example\nsources:\n  first:\n    title: x\n    url: https://a.example/p?q=1#part\n  second:\n    note: \"Siehe https://b.example/x (und https://c.example/y).\"\n";
        assert_eq!(
            of(text),
            [
                ("https://a.example/p?q=1".to_owned(), 5, Some("first".to_owned())),
                ("https://b.example/x".to_owned(), 7, Some("second".to_owned())),
                ("https://c.example/y".to_owned(), 7, Some("second".to_owned())),
            ]
        );
    }

    #[test]
    fn one_address_in_two_places_is_one_address() {
        let mut files = Files::default();
        files.add("a.yaml", "a:\n  x:\n    url: https://a.example\n  y:\n    url: https://a.example#z\n");
        let all = addresses(&files);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].places.iter().map(|place| place.line).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn brackets_that_belong_to_an_address_stay() {
        assert_eq!(of("a:\n  x: https://a.example/p_(q)\n")[0].0, "https://a.example/p_(q)");
    }
}
