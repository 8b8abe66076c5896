//! Paragraphs of plain text, wrapped for terminals, paper and messages.

use textwrap::{Options, WordSplitter, WrapAlgorithm};

/// A paragraph in lines of at most so many columns, each ended: indented, and further in from the second line on.
///
/// No word is ever broken; one that is too long has a line of its own.
pub fn paragraph(text: &str, width: usize, indent: usize, hang: usize) -> String {
    let (first, rest) = (" ".repeat(indent), " ".repeat(indent + hang));
    let words: Vec<&str> = text.split_whitespace().collect();
    let options = Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::fill(&words.join(" "), options) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide_and_no_word_is_broken() {
        let text = paragraph("Fragen Sie die Bezirksregierung,  bevor Sie\netwas bezahlen.", 24, 2, 2);
        assert_eq!(text, "  Fragen Sie die\n    Bezirksregierung,\n    bevor Sie etwas\n    bezahlen.\n");
        assert_eq!(
            paragraph("Berufsqualifikationsfeststellungsgesetz", 10, 0, 0),
            "Berufsqualifikationsfeststellungsgesetz\n"
        );
    }
}
