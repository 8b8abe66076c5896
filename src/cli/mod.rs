//! The command line: one file per command. The clock, the disk and the terminal live here and are passed down as values.

mod affected;
mod ask;
mod book;
mod check;
mod diff;
mod employer;
mod explain;
mod explain_code;
mod export;
mod graph;
mod links;
mod log;
mod release;
mod renewal;
mod schema;
mod serve;
mod settings;
mod sheet;
mod translate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::interview::Answers;
use crate::language::Lang;
use crate::report;
use crate::rulebook::{LoadError, Rulebook, read_dir, read_embedded, read_local};
use crate::source::Files;
use crate::web::LowContrast;

/// Wegweiser für Menschen mit ausländischem Abschluss in den sozialen und pädagogischen Berufen in NRW.
#[derive(Parser)]
#[command(name = "lotse", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The wizard on the web; prints its address
    Serve(serve::Args),
    /// The same interview in the terminal
    Ask(ask::Args),
    /// A sheet without a server
    Sheet(sheet::Args),
    /// The page for the employer's file, as JSON
    Employer(employer::Args),
    /// All ways, steps, papers, offices, terms and sources as one HTML file, to read without a network or to print
    Book(book::Args),
    /// The rules as open data: JSON, JSON Logic, CSV
    ///
    /// Tables are CSV in UTF-8 without a mark at the start; their last two columns say of which rules and which day a line is.
    ///
    /// JSON Logic is read so: the data are the answers by question id, one word, or a list of words where the question takes
    /// several (`multi`). Every question that was not answered must be there as "unknown", or ["unknown"]. Work out `facts` first,
    /// in the order in which they stand, and add each result to the data under its id, for later ones look at it. Then each of
    /// `pathways` gives the name of its outcome, or `does-not-apply`, `nothing-to-say`, `not-in-force`. The rules are those of one
    /// day. Words, steps, offices and sources stand in the export of the rulebook, by the same ids.
    Export(export::Args),
    /// Checks the rules: faults, cases, what is proved. Exit code 1 on any error.
    Check(check::Args),
    /// Outcomes with their trace: why, why not.
    Explain(explain::Args),
    /// What a change of the rules does to people
    Diff(diff::Args),
    /// Which of some people (a file of answer sets) a change of the rules concerns, with what and why
    Affected(affected::Args),
    /// Keeps the present rules as an earlier state, so that old sheets stay true
    Release(release::Args),
    /// Brings the catalogues of other languages up to date, or says what they lack
    ///
    /// New texts are added, changed German is marked as fuzzy and its old translation shown nowhere, moved sentences keep their
    /// translation, what is gone is dropped. A second time it changes nothing.
    Translate(translate::Args),
    /// A pathway as a drawing or as an outline
    Graph(graph::Args),
    /// The page of a finding's code: what it finds, why it matters, how it is done better
    ExplainCode(explain_code::Args),
    /// Whether the addresses that the rules name still lead somewhere; asks them
    ///
    /// Run it where there is an internet, once a week or so: a machine is asked by one hand only, with a pause between, first
    /// for the head of a page alone. A proxy in HTTPS_PROXY or HTTP_PROXY is used. Exit code 0: nothing to do; 1: some lead
    /// nowhere; 3: some should be looked at; 2: nobody could be asked.
    Links(links::Args),
    /// JSON Schema of the YAML files and of the JSON outputs
    Schema(schema::Args),
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The rules are faulty; the faults were already shown.
    #[error("the rules have {0} fault(s); run `lotse check` to see them with their lines")]
    Faulty(usize),
    /// An answer on the command line means nothing.
    #[error("{0}")]
    Answers(String),
    /// A code that no finding carries.
    #[error("there is no code `{code}`{} (`lotse explain-code` lists all)", meant.as_ref().map(|code| format!("; did you mean {code}?")).unwrap_or_default())]
    Code {
        /// What was asked for.
        code: String,
        /// What was probably meant.
        meant: Option<String>,
    },
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {cause}; is another program there? try --listen 127.0.0.1:0, which takes any free port"
    )]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A variable of the environment cannot be read.
    #[error("{name} is `{value}`, which cannot be read; `lotse serve --help` says what the flag of that name takes")]
    Variable {
        /// Its name.
        name: String,
        /// What it holds.
        value: String,
    },
    /// A file with settings is faulty; the faults were already shown.
    #[error("{0} cannot be read as settings; see deploy/lotse.yaml for all of them")]
    Settings(String),
    /// Colours that too many people cannot tell apart.
    #[error(transparent)]
    Colours(#[from] LowContrast),
    /// Watching rules that cannot change.
    #[error("--watch needs --rules or --local: the rules built into the program do not change")]
    NothingToWatch,
    /// A site for the world that does not know its own address.
    #[error(
        "{0} can be reached from elsewhere, so paper needs an address that leads here: say --public-address https://lotse.example, or --listen 127.0.0.1:8080 for this machine alone"
    )]
    NoOrigin(std::net::SocketAddr),
    /// A version of the rules to compare could not be read.
    #[error("{place}: {says}")]
    Version {
        /// As named on the command line.
        place: String,
        /// What went wrong.
        says: String,
    },
    /// The rules cannot be released.
    #[error("{0}")]
    Release(String),
    /// A catalogue that cannot be read whole would lose what cannot be read.
    #[error("{path}: {broken} entries cannot be read; `lotse check` says which, and nothing was written")]
    Catalogue {
        /// The file.
        path: String,
        /// How many.
        broken: usize,
    },
    /// A file could not be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Writes to the terminal. A reader that has gone away (`lotse … | head`) is no fault of ours.
fn print(text: &str) {
    use std::io::Write as _;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error. If nobody can be told, that is no fault of ours either.
fn complain(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Somebody: what they answered, under which rules, on which day.
#[derive(clap::Args)]
struct PersonArg {
    /// Answers as question=option; several options of one question joined by commas
    #[arg(value_name = "QUESTION=OPTION")]
    answers: Vec<String>,
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    date: DateArg,
}

/// Where the rules come from.
#[derive(Clone, clap::Args)]
struct RulesArg {
    /// Directory with rules, laid out like rules/; without it the rules built into the program are used
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// File with advice, courses and offices where people live, laid out like those in rules/local/; it overrules them
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
}

impl RulesArg {
    /// The files, the operator's own last.
    fn files(&self) -> Result<Files, LoadError> {
        let mut files = match &self.rules {
            Some(dir) => read_dir(dir)?,
            None => read_embedded(),
        };
        self.local.iter().try_for_each(|file| read_local(&mut files, file))?;
        Ok(files)
    }

    fn load(&self) -> Result<crate::rulebook::Loaded, Failure> {
        Ok(Rulebook::load(self.files()?))
    }

    /// Whether nothing of it can change while the program runs.
    fn is_built_in(&self) -> bool {
        self.rules.is_none() && self.local.is_none()
    }

    /// The rulebook, or every fault on standard error.
    fn sound(&self) -> Result<Rulebook, Failure> {
        sound(self.load()?)
    }
}

/// The rulebook, or every fault on standard error.
fn sound(loaded: crate::rulebook::Loaded) -> Result<Rulebook, Failure> {
    loaded.rulebook.ok_or_else(|| {
        for found in &loaded.diagnostics {
            complain(&report::full(&loaded.files, found, false));
        }
        Failure::Faulty(loaded.diagnostics.len())
    })
}

/// The day to look at.
#[derive(clap::Args)]
struct DateArg {
    /// Day to look at, as 2026-11-22; today if left out
    #[arg(long, value_name = "DAY")]
    date: Option<Date>,
}

impl DateArg {
    fn day(&self) -> Date {
        self.date.unwrap_or_else(today)
    }
}

/// Today in North Rhine-Westphalia, wherever the program runs.
pub fn today() -> Date {
    let now = jiff::Timestamp::now();
    now.in_tz("Europe/Berlin").map_or_else(|_| jiff::Zoned::now().date(), |here| here.date())
}

/// A language that the rulebook speaks.
fn known_language(rulebook: &Rulebook, code: &str) -> Result<Lang, Failure> {
    let lang = Lang::new(code);
    if rulebook.languages.contains(&lang) {
        return Ok(lang);
    }
    let known: Vec<&str> = rulebook.languages.iter().map(Lang::code).collect();
    Err(Failure::Answers(format!("there is no sheet in `{code}`; known: {}", known.join(", "))))
}

/// `key=value …` from the command line as answers; anything without meaning is an error that says what may be meant.
fn read_answers(rulebook: &Rulebook, words: &[String]) -> Result<Answers, Failure> {
    let mut pairs = Vec::new();
    for word in words {
        match word.split_once('=') {
            Some(pair) => pairs.push(pair),
            None => {
                return Err(Failure::Answers(format!(
                    "`{word}` is no answer; write question=option, for instance goal=kita"
                )));
            }
        }
    }
    let (answers, misfits) = Answers::read(rulebook, pairs);
    if misfits.is_empty() {
        return Ok(answers);
    }
    let lines: Vec<String> = misfits.iter().map(|misfit| misfit_line(rulebook, misfit)).collect();
    Err(Failure::Answers(lines.join("\n")))
}

fn misfit_line(rulebook: &Rulebook, misfit: &crate::interview::Misfit) -> String {
    use crate::interview::MisfitKind;
    let hint = misfit.suggestion.as_ref().map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
    match misfit.kind {
        MisfitKind::Question => format!("there is no question `{}`{hint}", misfit.key),
        MisfitKind::Several => format!("`{}` takes one answer only; `{}` is one too many", misfit.key, misfit.value),
        MisfitKind::Option => {
            let options = rulebook.questions.id(&misfit.key).map(|id| &rulebook.questions[id].options);
            let known = options
                .filter(|options| options.len() <= 30)
                .map(|options| options.names().collect::<Vec<_>>().join(", "));
            let known = known.map(|known| format!(" (known: {known})")).unwrap_or_default();
            format!("`{}` has no option `{}`{hint}{known}", misfit.key, misfit.value)
        }
    }
}

/// Parses the command line and runs the command.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(args) => args.run(),
        Command::Ask(args) => args.run(),
        Command::Sheet(args) => args.run(),
        Command::Employer(args) => args.run(),
        Command::Book(args) => args.run(),
        Command::Export(args) => args.run(),
        Command::Check(args) => args.run(),
        Command::Explain(args) => args.run(),
        Command::Diff(args) => args.run(),
        Command::Affected(args) => args.run(),
        Command::Release(args) => args.run(),
        Command::Translate(args) => args.run(),
        Command::Graph(args) => args.run(),
        Command::ExplainCode(args) => args.run(),
        Command::Links(args) => args.run(),
        Command::Schema(args) => args.run(),
    };
    outcome.unwrap_or_else(|failure| {
        complain(&format!("lotse: {failure}"));
        ExitCode::from(2)
    })
}
