use std::io::{BufRead, IsTerminal as _};
use std::process::ExitCode;

use super::{DateArg, Failure, RulesArg, known_language, print};
use crate::interview::{Answers, evaluate, length_at_most, next};
use crate::language::{Lang, fill, marked};
use crate::picture::sheet_in_text;
use crate::rulebook::{Id, Question, Rulebook, ValueSet};
use crate::sheet::compose;
use crate::since::tell_ahead;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    rules: RulesArg,
    #[command(flatten)]
    date: DateArg,
    /// Language of the interview and the sheet
    #[arg(long, default_value = "de")]
    lang: String,
}

/// The interview in the terminal: the same questions in the same order as on the web.
impl Args {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let rulebook = self.rules.sound()?;
        let date = self.date.day();
        let lang = known_language(&rulebook, &self.lang)?;
        let mut lines = std::io::stdin().lock().lines();
        let mut answers = Answers::default();
        let mut path: Vec<Id<Question>> = Vec::new();
        while let Some(question) = next(&rulebook, &answers, date) {
            let at_most = length_at_most(&rulebook, path.len(), &answers, date);
            print(&marked::plain(page(&rulebook, &lang, question, path.len() + 1, at_most), &lang));
            let Some(Ok(line)) = lines.next() else {
                print("\n");
                break;
            };
            match read(&rulebook.questions[question], line.trim()) {
                Reply::Chosen(values) => {
                    answers.set(question, values);
                    path.push(question);
                }
                Reply::Back => {
                    if let Some(last) = path.pop() {
                        answers = answers.without(last);
                    }
                }
                Reply::Why => {
                    let why = rulebook.texts.say(&lang, rulebook.questions[question].why);
                    let find_out = rulebook.texts.say(&lang, rulebook.questions[question].find_out);
                    print(&marked::plain(format!("\n{why}\n{find_out}\n"), &lang));
                }
                Reply::Unclear => print(&marked::plain(format!("\n{}\n", rulebook.word(&lang, "ask.unclear")), &lang)),
            }
        }
        if !std::io::stdin().is_terminal() {
            print("\n");
        }
        let evaluation = evaluate(&rulebook, &answers, date);
        let mut sheet = compose(&rulebook, &answers, &evaluation, date, &lang);
        tell_ahead(&mut sheet, &rulebook, &answers, &evaluation, &lang);
        print(&sheet_in_text(&rulebook, &sheet, false));
        Ok(ExitCode::SUCCESS)
    }
}

fn page(rulebook: &Rulebook, lang: &Lang, id: Id<Question>, number: usize, at_most: usize) -> String {
    let question = &rulebook.questions[id];
    let say = |text| rulebook.texts.say(lang, text);
    let progress = fill(rulebook.word(lang, "question.progress"), |name| match name {
        "number" => Some(number.to_string().into()),
        "at_most" => Some(at_most.to_string().into()),
        _ => None,
    });
    let mut text = format!("\n{progress}\n{}\n", say(question.text));
    if let Some(help) = question.help {
        text += &format!("{}\n", say(help));
    }
    if question.long_list {
        text += &format!("{}\n", rulebook.word(lang, "ask.long-list"));
    } else {
        for (at, _, choice) in question.options.iter() {
            text += &format!("  {:>2}  {}\n", at.index() + 1, say(choice.text));
        }
    }
    let hint = if question.multi { "ask.choose-several" } else { "ask.choose" };
    text + rulebook.word(lang, hint) + "\n> "
}

enum Reply {
    Chosen(ValueSet),
    Back,
    Why,
    Unclear,
}

fn read(question: &Question, line: &str) -> Reply {
    match line {
        "z" | "<" => return Reply::Back,
        "?" => return Reply::Why,
        "" => return Reply::Chosen(ValueSet::only(question.unknown)),
        _ => {}
    }
    let mut chosen = ValueSet::default();
    for word in line.split([',', ' ']).filter(|word| !word.is_empty()) {
        let by_number =
            word.parse::<usize>().ok().filter(|_| !question.long_list).and_then(|number| number.checked_sub(1));
        let at =
            by_number.filter(|at| *at < question.options.len()).or_else(|| question.options.id(word).map(Id::index));
        match at {
            Some(at) => chosen.insert(at),
            None => return Reply::Unclear,
        }
    }
    if chosen.is_empty() || (chosen.len() > 1 && !question.multi) { Reply::Unclear } else { Reply::Chosen(chosen) }
}
