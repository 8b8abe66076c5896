use std::path::PathBuf;
use std::process::ExitCode;

use super::release::write;
use super::{Failure, print, sound};
use crate::language::Lang;
use crate::language::catalogue::Catalogue;
use crate::rulebook::{OFFERED, Rulebook, catalogue_name};
use crate::translation::{Coverage, ENOUGH, Sight, coverage, update};

/// Brings the catalogues of all languages up to date with the German of the rules.
#[derive(clap::Args)]
pub struct Args {
    /// Directory with the rules, laid out like rules/
    #[arg(long, value_name = "DIR", default_value = "rules")]
    rules: PathBuf,
    /// Writes nothing; says what each language lacks, what most people see first
    #[arg(long)]
    report: bool,
    /// The report as JSON, with every text that is lacking
    #[arg(long, requires = "report")]
    json: bool,
}

/// So many of the texts that are lacking are named.
const NAMED: usize = 20;

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = sound(Rulebook::from_dir(&self.rules)?)?;
        let sight = Sight::of(&rulebook);
        let languages: Vec<Lang> = rulebook.languages.iter().filter(|lang| !lang.is_german()).cloned().collect();
        if self.report {
            let covered: Vec<Coverage> = languages.iter().map(|lang| coverage(&rulebook, lang, &sight)).collect();
            print(&match self.json {
                true => serde_json::to_string_pretty(&covered).unwrap_or_default() + "\n",
                false => covered.iter().map(said).collect::<Vec<_>>().join("\n"),
            });
            return Ok(ExitCode::SUCCESS);
        }
        let mut written = Vec::new();
        for lang in &languages {
            let path = self.rules.join(catalogue_name(lang));
            let failure = |cause| Failure::File { path: path.display().to_string(), cause };
            let text = if path.exists() { std::fs::read_to_string(&path).map_err(failure)? } else { String::new() };
            let (old, broken) = Catalogue::read(&text);
            if !broken.is_empty() {
                return Err(Failure::Catalogue { path: path.display().to_string(), broken: broken.len() });
            }
            let (new, done) = update(&rulebook, lang, &old, &sight);
            written.push((path, text, new));
            print(&format!(
                "{lang}: {} new, {} changed, {} moved, {} gone\n",
                done.added, done.changed, done.moved, done.dropped
            ));
        }
        for (path, _, new) in &written {
            write(path, &new.write())?;
        }
        // Whether a language may be offered is known only when its catalogue is as it will be read.
        let rulebook = sound(Rulebook::from_dir(&self.rules)?)?;
        for (lang, (path, old, mut new)) in languages.iter().zip(written) {
            let covered = coverage(&rulebook, lang, &sight);
            new.head(OFFERED, if covered.is_enough() { "yes" } else { "no" });
            let text = new.write();
            write(&path, &text)?;
            print(&format!(
                "{lang}: {:.1} % of what people see; {}; {}\n",
                covered.words_seen,
                if covered.is_enough() { "offered" } else { "not offered" },
                if text == old { "nothing to write" } else { "written" },
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A language's coverage in words.
fn said(covered: &Coverage) -> String {
    let mut lines = format!(
        "{}: {:.1} % of all words that people see; {}\n",
        covered.lang,
        covered.words_seen,
        match (covered.is_enough(), covered.needed.len()) {
            (true, _) => "it can be offered".to_owned(),
            (false, 0) => format!("it is offered from {ENOUGH} % on"),
            (false, needed) => format!("{needed} texts are needed before it is offered"),
        }
    );
    for share in &covered.rounds {
        lines += &format!(
            "  {:<13} {:>5} of {:>5} texts, {:>5.1} % of the words seen\n",
            format!("{:?}", share.round).to_lowercase(),
            share.translated,
            share.texts,
            share.words_seen
        );
    }
    lines += &format!(
        "  missing {}, stale {}, unreviewed {}, reviewed {}\n",
        covered.missing, covered.stale, covered.unreviewed, covered.reviewed
    );
    let lacking = covered.needed.iter().map(|text| ("needed", text));
    let lacking = lacking.chain(covered.further.iter().map(|text| ("further", text)));
    for (kind, text) in lacking.take(NAMED) {
        let why = if text.stale { "stale" } else { "missing" };
        lines += &format!("  {kind:<8} {why:<8} {:>4} sheets  {}\n", text.sheets, text.text);
    }
    lines
}
