use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use super::release::write;
use super::{Failure, complain, print, sound};
use crate::check::more_than_spelling;
use crate::language::Lang;
use crate::language::catalogue::Catalogue;
use crate::report;
use crate::rulebook::released::remembered_name;
use crate::rulebook::{OFFERED, Rulebook, catalogue_name};
use crate::source::Span;
use crate::translation::{Coverage, Declared, ENOUGH, Sight, coverage, remember, update};

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
    /// What changed in the German is only spelled better: its translations stay. Refused, with exit code 1, for texts where a
    /// number, a negation, a term or another word that weighs is another
    #[arg(long, conflicts_with = "report")]
    spelling: bool,
}

/// So many of the texts that are lacking are named.
const NAMED: usize = 20;

impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let loaded = Rulebook::from_dir(&self.rules)?;
        let files = loaded.files.clone();
        let rulebook = sound(loaded)?;
        let sight = Sight::of(&rulebook);
        let languages: Vec<Lang> = rulebook.languages.iter().filter(|lang| !lang.is_german()).cloned().collect();
        if self.report {
            let covered: Vec<Coverage> = languages.iter().map(|lang| coverage(&rulebook, lang, &sight)).collect();
            print(&match self.json {
                true => serde_json::to_string_pretty(&covered).unwrap_or_default() + "\n",
                false => covered.iter().map(|covered| said(&rulebook, covered)).collect::<Vec<_>>().join("\n"),
            });
            return Ok(ExitCode::SUCCESS);
        }
        let declared = if self.spelling { Declared::Spelling } else { Declared::Nothing };
        let (mut written, mut spelled, mut refused) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        for lang in &languages {
            let (path, text, old) = self.read(&catalogue_name(lang))?;
            let (memory, remembered, earlier) = self.read(&remembered_name(lang))?;
            let (new, done) = update(&rulebook, lang, &old, &sight, declared);
            print(&format!(
                "{lang}: {} new, {} changed, {} moved, {} gone\n",
                done.added, done.changed, done.moved, done.dropped
            ));
            spelled.extend(done.spelled);
            refused.extend(done.refused.into_iter().map(|(text, before, weighs)| ((text, before), weighs)));
            let kept = remember(&rulebook, lang, &earlier, &old, &new);
            written.push((path, text, new, memory, remembered, kept));
        }
        for (path, _, new, memory, remembered, kept) in &written {
            // Before the catalogue forgets it.
            match kept.entries.is_empty() {
                true if memory.exists() => std::fs::remove_file(memory)
                    .map_err(|cause| Failure::File { path: memory.display().to_string(), cause })?,
                false if kept.write() != *remembered => write(memory, &kept.write())?,
                _ => {}
            }
            write(path, &new.write())?;
        }
        // Whether a language may be offered is known only when its catalogue is as it will be read.
        let rulebook = sound(Rulebook::from_dir(&self.rules)?)?;
        for (lang, (path, old, mut new, ..)) in languages.iter().zip(written) {
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
        for (text, before) in &spelled {
            let (id, now) = (rulebook.texts.id(*text), rulebook.texts.german(*text));
            print(&format!("only spelled better: {id}\n  - {before}\n  + {now}\n"));
        }
        for ((text, before), weighs) in &refused {
            let place = rulebook.places.get(text).copied();
            if let Some(place) = place.or_else(|| files.iter().next().map(|(file, _)| Span::start_of(file))) {
                complain(&report::full(&files, &more_than_spelling(&rulebook, *text, before, weighs, place), false));
            }
        }
        Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// A catalogue below the rules: where it lies, as it lies there, and read; an empty one where there is none.
    fn read(&self, name: &str) -> Result<(PathBuf, String, Catalogue), Failure> {
        let path = self.rules.join(name);
        let shown = || path.display().to_string();
        let failure = |cause| Failure::File { path: shown(), cause };
        let text = if path.exists() { std::fs::read_to_string(&path).map_err(failure)? } else { String::new() };
        let (catalogue, broken) = Catalogue::read(&text);
        if broken.is_empty() {
            return Ok((path, text, catalogue));
        }
        Err(Failure::Catalogue { path: shown(), broken: broken.len() })
    }
}

/// A language's coverage in words.
fn said(rulebook: &Rulebook, covered: &Coverage) -> String {
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
    for pair in covered.mixed_up.iter().filter(|pair| !pair.texts.is_empty()) {
        lines +=
            &format!("  easily mixed up, compare first: {}, {} texts. {}\n", pair.pair, pair.texts.len(), pair.mind);
        for compare in pair.texts.iter().take(NAMED) {
            let german = rulebook.texts.find(&compare.text).map_or("", |text| rulebook.texts.german(text));
            lines += &format!("    {:>4} sheets  {}: {german}\n", compare.sheets, compare.text);
        }
    }
    lines
}
