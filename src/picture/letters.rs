//! How large the letters of a sheet on paper are: as large as two pages hold. The first page says what to do now, the second is
//! looked up; a browser cannot make letters smaller until they fit, so it is reckoned beforehand how much there is to print.

use crate::sheet::{Block, Difference, Figure, OfficeCard, Script, Sheet, StepCard, Way};

/// A size of letters: its class in the style for paper, points of what is said and of what is looked up, and whether what is said
/// on the telephone is printed, too.
struct Size {
    class: &'static str,
    said: f64,
    looked_up: f64,
    script: bool,
}

/// From the largest on. The last is for whatever fills more than two pages all the same.
const SIZES: [Size; 7] = [
    Size { class: "letters-1", said: 10.75, looked_up: 9.75, script: true },
    Size { class: "letters-2", said: 10.25, looked_up: 9.5, script: true },
    Size { class: "letters-3", said: 10., looked_up: 9., script: true },
    Size { class: "letters-4", said: 9.5, looked_up: 9., script: true },
    Size { class: "letters-5", said: 9.5, looked_up: 8.75, script: false },
    Size { class: "letters-6", said: 9.25, looked_up: 8.5, script: false },
    Size { class: "letters-7", said: 9., looked_up: 8.5, script: false },
];

/// What a page holds is measured in pages; a little stays empty, for no browser breaks lines as another does.
const PAGE: f64 = 0.96;
/// A block of its own, with its frame and its last line, takes as much room as so many signs.
const BLOCK: usize = 150;
/// An entry of a list takes as much room beyond its own signs: it is set in, and its last line is mostly empty.
const LINE: usize = 120;

/// The class of the largest letters in which the sheet stands on two pages.
pub fn letters(sheet: &Sheet) -> &'static str {
    let said: usize = sheet.blocks.iter().map(said).sum();
    let looked_up: usize = sheet.blocks.iter().map(looked_up).sum();
    let script: usize = sheet.blocks.iter().map(script).sum();
    // Words of other languages break later.
    let wider = if sheet.lang == "de" { 1. } else { 1.06 };
    // Head and margins, then so many signs to a page; measured over the Musterfälle in three languages, in 9 and in 8.5 points.
    let first = |size: &Size| wider * (0.172 + said as f64 / 8_180.) * (size.said / 9.).powf(1.2);
    let second = |size: &Size| {
        let signs = looked_up + if size.script { script } else { 0 };
        wider * (0.125 + signs as f64 / 10_160.) * (size.looked_up / 8.5).powf(1.15)
    };
    // What the first page does not hold stands on the second; what is looked up stays together.
    let fits = |size: &&Size| (first(size) - PAGE).max(0.) + second(size) <= PAGE;
    SIZES.iter().find(fits).unwrap_or(&SIZES[SIZES.len() - 1]).class
}

/// Signs on the first page.
fn said(block: &Block) -> usize {
    match block {
        Block::Opening(opening) => {
            let lines = opening.lines.iter().map(|line| {
                let decided_by = line.decided_by.iter().map(|who| &who.text);
                BLOCK + 20 + signs(line.goals.iter().chain([&line.says, &line.standing_text]).chain(decided_by))
            });
            BLOCK + signs(opening.brings.iter().chain(&opening.tomorrow)) + lines.sum::<usize>()
        }
        Block::Now(now) => now.steps.iter().enumerate().map(|(at, step)| step_now(step, at == 0)).sum(),
        Block::Ways(ways) => ways.ways.iter().map(way).sum(),
        Block::Shortcut(shortcuts) => {
            BLOCK
                + signs(shortcuts.shortcuts.iter().flat_map(|shortcut| shortcut.lines.iter().chain([&shortcut.title])))
        }
        Block::Papers(papers) => {
            BLOCK + papers.papers.iter().map(|line| 20 + signs([&line.paper.text, &line.form.text])).sum::<usize>()
        }
        _ => 0,
    }
}

fn step_now(step: &StepCard, first: bool) -> usize {
    let offices = step.offices.iter().take(if first { 2 } else { 1 }).map(|office| 16 + signs([&office.text]));
    let bring = step.bring.iter().map(|paper| 2 + signs([&paper.text]));
    let texts = [&step.title, &step.says].into_iter().chain(&step.place).chain(&step.order);
    BLOCK + 30 + signs(texts) + offices.chain(bring).sum::<usize>() + figures(step.cost.iter().chain(&step.time))
}

fn way(way: &Way) -> usize {
    if !way.foremost {
        return 5 + signs([&way.title, &way.standing_text]);
    }
    let texts = [&way.title, &way.says, &way.standing_text, &way.decided_by.text];
    BLOCK + 40 + signs(texts.into_iter().chain(&way.watch_out).chain(&way.german).chain(&way.roles))
}

/// Signs on the second page, without what is said on the telephone.
fn looked_up(block: &Block) -> usize {
    let named =
        |ways: &[Way]| BLOCK + ways.iter().map(|way| 5 + signs([&way.title, &way.standing_text])).sum::<usize>();
    match block {
        Block::Money(money) => BLOCK + 40 + figures(money.lines.iter().map(|line| &line.figure)),
        Block::Time(time) => BLOCK + 40 + figures(time.lines.iter().map(|line| &line.figure)),
        Block::German(german) => BLOCK + signs(german.lines.iter().flat_map(|line| [&line.way, &line.says])),
        Block::Contacts(contacts) => {
            BLOCK + contacts.offices.iter().filter(|office| office.foremost).map(office).sum::<usize>()
        }
        Block::Answers(answers) => {
            let options = answers.lines.iter().flat_map(|line| [&line.question].into_iter().chain(&line.options));
            BLOCK + options.map(|named| 2 + signs([&named.text])).sum::<usize>()
        }
        Block::Later(later) => {
            BLOCK + later.steps.iter().map(|step| BLOCK / 5 + 8 + signs([&step.title])).sum::<usize>()
        }
        Block::Meanwhile(ways) | Block::Stay(ways) | Block::Closed(ways) => named(&ways.ways),
        Block::FindOut(tasks) => BLOCK + tasks.tasks.iter().map(|task| 4 + signs([&task.says])).sum::<usize>(),
        // A line for each difference, with its day, its title and the first of what is different.
        Block::Ahead(ahead) => {
            let lines = ahead.days.iter().flat_map(|day| day.differences.iter().map(|line| (&day.from, line)));
            let line = |(from, line): (_, &Difference)| {
                LINE + signs([from, &line.title].into_iter().chain(line.parts.first().map(|part| &part.says)))
            };
            BLOCK + lines.map(line).sum::<usize>()
        }
        // In smaller letters, and only those that page 1 names.
        Block::Sources(sources) => {
            let named = sources.sources.iter().filter(|source| source.foremost);
            BLOCK + named.map(|source| 6 + signs([&source.title])).sum::<usize>() * 3 / 4
        }
        Block::Introduction(note) | Block::Footer(note) => signs([&note.says]),
        _ => 0,
    }
}

/// What is said in the call that comes first, with what it means.
fn script(block: &Block) -> usize {
    let Block::SayIt(scripts) = block else { return 0 };
    let call = scripts.scripts.iter().filter(|script| script.first_call);
    let sentences = |script: &Script| {
        let all = script.phone.iter().chain(&script.phone_help);
        BLOCK + 30 + signs([&script.step.title]) + all.map(|sentence| BLOCK / 3 + signs([sentence])).sum::<usize>()
    };
    call.map(sentences).sum()
}

fn office(office: &OfficeCard) -> usize {
    let shortest = office.phone.iter().chain(&office.email).chain(&office.url).take(1);
    let post = office.post.iter().map(|post| 8 + signs([post]));
    let letters_to = office.email.iter().filter(|_| office.because.is_some() && office.phone.is_some());
    let find = office.find.iter().filter(|_| office.phone.is_none()).map(|find| 22 + signs([find]));
    let note = office.note.iter().filter(|_| office.limited || office.only_here);
    BLOCK * 2 / 5
        + 10
        + signs([&office.full_name].into_iter().chain(shortest).chain(letters_to).chain(note))
        + post.chain(find).sum::<usize>()
}

fn figures<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> usize {
    figures.into_iter().map(|figure| 14 + signs([&figure.kind.text, &figure.says])).sum()
}

fn signs<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    texts.into_iter().map(|text| text.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::SIZES;

    #[test]
    fn the_style_for_paper_knows_every_size() {
        let style = include_str!("../../templates/assets/paper.css");
        for size in &SIZES {
            let rule = format!(".{} {{ --said: {}pt; --looked-up: {}pt; }}", size.class, size.said, size.looked_up);
            assert!(style.contains(&rule), "{rule} is missing");
            let silent =
                style.lines().any(|line| line.contains(size.class) && line.ends_with("#say-it { display: none; }"));
            assert_eq!(size.script, !silent, "{}", size.class);
        }
    }
}
