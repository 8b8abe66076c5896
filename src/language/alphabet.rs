//! The letters of a language, as people look names up: in which order, and which are taken for each other.
//!
//! They are a text of the catalogue, `aäå b c … ß=ss`: letters that stand together are looked up as one. A library for
//! collation would weigh more than all translations (1.2 MB), for a list of countries.

/// The letters of one language.
pub struct Alphabet<'a> {
    /// Letters that stand together, in order.
    letters: Vec<&'a str>,
    /// Letters that people type as several.
    spelt: Vec<(char, &'a str)>,
}

impl<'a> Alphabet<'a> {
    /// Reads the catalogue's text.
    pub fn new(text: &'a str) -> Self {
        let mut alphabet = Self { letters: Vec::new(), spelt: Vec::new() };
        for part in text.split_whitespace() {
            match part.split_once('=') {
                Some((letter, spelt)) => alphabet.spelt.extend(letter.chars().next().map(|letter| (letter, spelt))),
                None => alphabet.letters.push(part),
            }
        }
        alphabet
    }

    /// A text as people look for it: small letters, and of those that stand together the first.
    pub fn folded(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        for letter in text.chars().flat_map(|letter| self.small(letter)) {
            match self.spelt.iter().find(|(known, _)| *known == letter) {
                Some((_, spelt)) => folded.push_str(spelt),
                None => folded.push(self.first(letter)),
            }
        }
        folded
    }

    /// By what names are sorted: the places of their letters; what is no letter of this language stands as it does in Unicode,
    /// behind.
    pub fn order(&self, text: &str) -> Vec<usize> {
        let place = |letter: char| {
            let known = self.letters.iter().position(|letters| letters.starts_with(letter));
            known.map_or_else(|| if letter.is_alphabetic() { 1000 + letter as usize } else { 0 }, |at| at + 1)
        };
        self.folded(text).chars().map(place).collect()
    }

    /// The letter under which a name stands in a list: Ägypten under A.
    pub fn initial(&self, name: &str) -> String {
        let first = name
            .chars()
            .find(|sign| sign.is_alphanumeric())
            .map(|letter| self.first(self.small(letter).next().unwrap_or(letter)));
        first.into_iter().flat_map(|letter| self.great(letter)).collect()
    }

    /// A letter in small. Turkish has two: ı of I and i of İ.
    fn small(&self, letter: char) -> impl Iterator<Item = char> + use<> {
        let letter = match letter {
            'I' if self.has_dotless_i() => 'ı',
            'İ' => 'i',
            letter => letter,
        };
        letter.to_lowercase()
    }

    fn great(&self, letter: char) -> impl Iterator<Item = char> + use<> {
        let letter = if letter == 'i' && self.has_dotless_i() { 'İ' } else { letter };
        letter.to_uppercase()
    }

    fn has_dotless_i(&self) -> bool {
        self.letters.iter().any(|letters| letters.contains('ı'))
    }

    fn first(&self, letter: char) -> char {
        self.letters.iter().find(|letters| letters.contains(letter)).and_then(|it| it.chars().next()).unwrap_or(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::Alphabet;

    #[test]
    fn names_stand_where_people_look_for_them() {
        let german = Alphabet::new("aäå b i oö uü ß=ss");
        assert_eq!(german.initial("Ägypten"), "A");
        assert_eq!(german.folded("ÖSTLICHE STRAẞE, Straße"), "ostliche strasse, strasse");
        let turkish = Alphabet::new("a b c ç ı i j");
        assert_eq!(
            (turkish.initial("Irak"), turkish.initial("izmir"), turkish.initial("İzlanda")),
            ("I".into(), "İ".into(), "İ".into())
        );
        assert!(turkish.order("Irak") < turkish.order("İran"));
        assert_eq!(turkish.folded("IRAK, İran"), "ırak, iran");
        let ukrainian = Alphabet::new("а г ґ д е є з и і ї я");
        let mut names = ["Яблуко", "Єгипет", "Ґана", "Іран", "Азія", "Ефіопія"];
        names.sort_by_key(|name| ukrainian.order(name));
        assert_eq!(names, ["Азія", "Ґана", "Ефіопія", "Єгипет", "Іран", "Яблуко"]);
    }
}
