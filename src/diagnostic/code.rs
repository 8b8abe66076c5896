use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Severity, nearest};

/// Names, numbers and pages of all kinds of findings. A kind without a page does not compile.
macro_rules! codes {
    ($($(#[$says:meta])* $name:ident = $number:literal,)*) => {
        /// A kind of finding. Its number is stable and stands in reports; its page is Markdown in German, one file for
        /// each, so that whoever writes rules can also mend a page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$says])* $name,)*
        }

        impl Code {
            /// All kinds, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number people read: `E012`.
            pub fn number(self) -> &'static str {
                match self {
                    $(Self::$name => $number,)*
                }
            }

            /// What it means, why it matters, an example, and how it is done better.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("pages/", $number, ".md")),)*
                }
            }
        }
    };
}

codes! {
    /// The text of a file cannot be read as YAML.
    Unreadable = "E001",
    /// A key that the entry does not have.
    UnknownKey = "E002",
    /// A key that stands twice in one entry.
    DuplicateKey = "E003",
    /// A key that every entry of the kind needs.
    MissingKey = "E004",
    /// A word outside a short list of words.
    UnknownWord = "E005",
    /// Anchors, aliases, merge keys.
    Anchor = "E006",
    /// Bytes that are no UTF-8.
    NotUtf8 = "E007",
    /// Nothing but blanks and comments.
    EmptyFile = "E008",
    /// A list where a text belongs, and the like.
    WrongShape = "E009",
    /// A name that nothing bears.
    UnknownId = "E010",
    /// A value that the question or fact does not have.
    UnknownValue = "E011",
    /// An answer without a branch.
    ValuesMissed = "E012",
    /// An answer in two branches.
    ValueTwice = "E013",
    /// A branch below `else`.
    AfterElse = "E014",
    /// `else` with nothing left.
    EmptyElse = "E015",
    /// A branch without condition.
    IfOrElse = "E016",
    /// A node that asks and ends, or does neither.
    AskOrEnd = "E017",
    /// A tree on a question with several answers.
    MultiInTree = "E018",
    /// Facts, questions or steps that wait for each other.
    Circle = "E019",
    /// A source without address.
    SourceWithoutUrl = "E020",
    /// A source without the day of its text.
    SourceWithoutState = "E021",
    /// File and entry with different names.
    NameAndId = "E022",
    /// A name given twice.
    NameTwice = "E023",
    /// A question or pathway that rulebook.yaml does not list.
    NotListed = "E024",
    /// An outcome that no branch leads to.
    OutcomeUnused = "E025",
    /// Something open, and nobody to ask.
    NobodyToAsk = "E026",
    /// A statement without a source.
    NoSource = "E027",
    /// A validity that ends before it begins.
    ValidBackwards = "E028",
    /// A place in a text that stands for nothing.
    UnknownPlace = "E029",
    /// A text with nothing in it.
    EmptyText = "E030",
    /// A step without place.
    NoPlace = "E031",
    /// A step without time.
    NoTime = "E032",
    /// An amount or a time without a source.
    FigureWithoutSource = "E033",
    /// A fact that follows from nothing.
    NotDerived = "E034",
    /// A value that nothing leads to.
    ValueUnused = "E035",
    /// A fact used as an office that is none.
    NoOfficeFact = "E036",
    /// A value without an office.
    OfficeMissing = "E037",
    /// A lookup that finds nothing.
    LookupGap = "E038",
    /// A question without options.
    NoOptions = "E039",
    /// More values than a fact may have.
    TooMany = "E040",
    /// A file that nothing looks for.
    StrayFile = "E041",
    /// A part that must exist.
    MissingPart = "E042",
    /// A condition that names no value.
    EmptyCondition = "E043",
    /// Languages that do not begin with German.
    NotGerman = "E044",
    /// Options whose numbers overlap.
    RangeOverlap = "E045",
    /// An outcome without its pathway.
    OutcomePath = "E046",
    /// An entry nobody uses.
    Unused = "E047",
    /// A tab in the indentation.
    Tab = "E048",
    /// A word or number that needs quotation marks.
    BareWord = "E049",
    /// A file nested too deeply or too large.
    BeyondLimits = "E050",
    /// A second document in one file.
    SecondDocument = "E051",
    /// A value that means nothing, for instance a day that does not exist.
    Refused = "E052",
    /// A kind of source without a review interval.
    NoReviewDays = "E054",
    /// A no-break space where a plain one must stand.
    NoBreakSpace = "E056",
    /// A level of German that is asked for and not named.
    NoLevel = "E057",
    /// Nobody decides, and somebody does.
    NobodyAndSomebody = "E058",
    /// A case that comes out otherwise.
    BrokenCase = "E060",
    /// An outcome that no case reaches.
    OutcomeWithoutCase = "E061",
    /// A table row that no case reaches.
    RowWithoutCase = "E062",
    /// An address that leads to no page.
    NoPage = "E063",
    /// Two rows of a table that nobody can tell apart.
    TwoOfOneName = "E064",
    /// A telephone number that cannot be dialled.
    NoTelephone = "E065",
    /// A day far from the time of the rules.
    FarDay = "E066",
    /// A word of the interface under an id nobody looks up.
    WordNobodyLooksUp = "E067",
    /// An outcome that differs from its line in the register.
    NotAsRegistered = "E068",
    /// An outcome of a way without the sentence its sheet begins with, or such a sentence where nothing begins.
    Opening = "E069",
    /// Words that no text may say.
    Forbidden = "E070",
    /// An allowance for a text that does not exist.
    AllowanceForNoText = "E071",
    /// An allowance nobody needs.
    AllowanceUnused = "E072",
    /// A local entry that does not say what is there or how to get there.
    UnreachableHere = "E073",
    /// A text that only fits together in German.
    OnlyInGerman = "E074",
    /// A word that pages look up, and the interface does not have.
    WordMissing = "E075",
    /// A sheet without a first step or without somebody to ask.
    SheetLacking = "E080",
    /// A place in the rules that nobody reaches.
    Unreachable = "E081",
    /// A question that cannot matter.
    IdleQuestion = "E082",
    /// Steps in the wrong order.
    WrongOrder = "E083",
    /// A statement that nothing supports.
    Unsupported = "E084",
    /// Rules that contradict each other.
    Contradiction = "E085",
    /// Not knowing closes a way.
    UnknownCloses = "E086",
    /// Another number of questions than visitors are told.
    OtherLength = "E087",
    /// What another office wants, costs or takes.
    OtherOffice = "E088",
    /// Rules changed under a released version.
    VersionNotRaised = "E090",
    /// Changes in the wrong order.
    ChangeOrder = "E091",
    /// A released state under another name.
    OtherVersion = "E092",
    /// A released state in a form this program does not know yet.
    NewerFormat = "E093",
    /// A file that a released state names and that is not there.
    KeptFileMissing = "E094",
    /// A released file whose text was changed.
    SealBroken = "E095",
    /// A released file that no state names.
    FileOfNoState = "E096",
    /// A question or option that only old links know.
    LinkLost = "E097",
    /// A former name that something else bears today.
    FormerIdInUse = "E098",
    /// A line of a catalogue that cannot be read.
    BrokenCatalogue = "E100",
    /// A translation with other places, digits, paragraphs or addresses.
    TranslationDiffers = "E101",
    /// A translation that promises something.
    TranslationPromises = "E102",
    /// A change of the German that is declared to be one of spelling and is more.
    MoreThanSpelling = "E103",
    /// A note that somebody has compared a translation, without who or when.
    HalfAReview = "E104",
    /// Sources nobody has looked at for long.
    StaleSource = "W001",
    /// Rules that end, and nothing follows.
    Ends = "W002",
    /// Days by which editors must look again.
    Review = "W003",
    /// The same text twice.
    Repeated = "W004",
    /// A text cut short by `#`.
    CutByComment = "W005",
    /// A long sentence.
    LongSentence = "W010",
    /// An abbreviation nobody explains.
    Abbreviation = "W011",
    /// A passive.
    Passive = "W012",
    /// Several negations in one sentence.
    Negation = "W013",
    /// A text that is longer than its room.
    LongText = "W014",
    /// Who decides, said again in a text.
    DeciderAgain = "W015",
    /// A version of which the change log says nothing.
    Untold = "W020",
    /// Something disappeared since the last released state, and nobody says so.
    Disappeared = "W021",
    /// Something is other than in the last released state, and nobody says so.
    ChangedUntold = "W022",
    /// The change log says something else of a released version than it did.
    Rewritten = "W023",
    /// A translation without the German term.
    TermLost = "W030",
    /// A catalogue that does not know today's texts.
    CatalogueBehind = "W031",
    /// A language that is offered and says too little.
    OfferedTooEarly = "W032",
}

impl Code {
    /// How grave findings of this kind are: `E` stops the rules from loading, `W` never does.
    pub fn severity(self) -> Severity {
        if self.number().starts_with('W') { Severity::Warning } else { Severity::Error }
    }

    /// Its page's first line: number and name in words.
    pub fn title(self) -> &'static str {
        self.page().lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
    }

    /// The kind with a number.
    pub fn of(number: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.number() == number)
    }

    /// The kind that was probably meant: `e12` → `E012`.
    pub fn meant(written: &str) -> Option<Self> {
        let upper = written.trim().to_uppercase();
        let digits = upper.trim_start_matches(|c: char| !c.is_ascii_digit());
        let letter = upper.chars().next().filter(char::is_ascii_alphabetic).unwrap_or('E');
        let padded = format!("{letter}{digits:0>3}");
        let other = format!("{}{digits:0>3}", if letter == 'E' { 'W' } else { 'E' });
        let near = || nearest(&padded, Self::ALL.iter().map(|code| code.number())).and_then(Self::of);
        Self::of(&padded).or_else(|| Self::of(&other)).or_else(near)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.number())
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let numbers: Vec<&str> = Self::ALL.iter().map(|code| code.number()).collect();
        json_schema!({
            "description": "Stable number of a kind of finding; `lotse explain-code` has a page for each.",
            "enum": numbers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_every_page_is_the_one_of_its_number() {
        assert!(Code::ALL.iter().map(|code| code.number()).is_sorted_by(|one, next| one < next));
        for code in Code::ALL {
            let headings: Vec<&str> = code.page().lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert!(code.title().starts_with(&format!("{code} · ")), "{code}: {}", code.title());
            assert_eq!(headings, ["Was gefunden wird", "Warum es zählt", "Beispiel", "Besser"], "{code}");
        }
    }

    #[test]
    fn a_mistyped_number_finds_its_page() {
        assert_eq!(Code::meant("e12"), Some(Code::ValuesMissed));
        assert_eq!(Code::meant("W10"), Some(Code::LongSentence));
        assert_eq!(Code::of("E999"), None);
    }
}
