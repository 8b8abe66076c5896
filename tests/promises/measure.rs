//! The sheet is short and begins with the answer. The table of this test is printed for editors: `cargo test measure -- --nocapture`.

use markup5ever_rcdom::{Handle, NodeData};

use crate::browser::Browser;
use crate::html::{attribute, elements, name, parse, text};
use crate::support::{SEEN, Seen, Server, side_by_side};

/// What a sheet asks of its reader.
struct Measured {
    case: &'static str,
    values: [usize; MEASURES.len()],
}

/// Each measure with the most that its median and the largest may be.
const MEASURES: [(&str, usize, usize); 8] = [
    ("words of the text sheet", 1_800, 2_700),
    ("words open on the page", 700, 1_000),
    ("offices", 8, 8),
    ("cards", 7, 7),
    ("tab stops", 40, 40),
    // A deadline comes first.
    ("line of the text sheet on which the best way stands", 12, 15),
    ("“entscheidet”, all unfolded", 8, 8),
    ("“bitte fragen”, all unfolded", 12, 12),
];

fn measured() -> Vec<Measured> {
    let measure = |seen: &Seen| {
        let (page, plain) = (parse(&seen.page), &seen.plain);
        let all = elements(&page.document);
        let main = all.iter().find(|element| name(element) == "main").expect("a main part");
        let classed = |class: &str| {
            let has = |element: &&Handle| {
                attribute(element, "class").is_some_and(|all| all.split(' ').any(|own| own == class))
            };
            elements(main).iter().filter(has).count()
        };
        let whole = text(main).to_lowercase();
        let said = |words: &str| whole.matches(words).count();
        let best = plain.lines().position(|line| line.contains(" — ") || line.ends_with(" —")).unwrap_or(usize::MAX);
        Measured {
            case: seen.case,
            values: [
                plain.split_whitespace().count(),
                open_words(main),
                classed("office"),
                classed("step") + classed("way"),
                tab_stops(&page.document),
                best + 1,
                said("entscheidet"),
                said("bitte fragen"),
            ],
        }
    };
    side_by_side(&SEEN, measure)
}

/// What stands on the screen before anything is opened.
fn seen(node: &Handle, visit: &mut dyn FnMut(&Handle)) {
    visit(node);
    let folded = name(node) == "details" && attribute(node, "open").is_none();
    for child in node.children.borrow().iter().filter(|child| !folded || name(child) == "summary") {
        let class = attribute(child, "class").unwrap_or_default();
        let paper = ["hidden", "paper-only", "corner", "notes", "by-hand", "tick", "tick-heads"];
        if !class.split(' ').any(|class| paper.contains(&class)) {
            seen(child, visit);
        }
    }
}

fn open_words(main: &Handle) -> usize {
    let mut words = 0;
    seen(main, &mut |node| {
        if matches!(node.data, NodeData::Text { .. }) {
            words += text(node).split_whitespace().count();
        }
    });
    words
}

pub fn tab_stops(document: &Handle) -> usize {
    let mut stops = 0;
    seen(document, &mut |node| {
        let link = name(node) == "a" && attribute(node, "href").is_some();
        stops +=
            usize::from(link || ["summary", "button", "input", "select", "textarea"].contains(&name(node).as_str()));
    });
    stops
}

#[test]
fn a_sheet_is_as_short_as_it_promises() {
    let sheets = measured();
    let mut faults = Vec::new();
    println!("{:52} {:>6} {:>6} {:>6} {:>6}", format!("{} sheets", sheets.len()), "least", "median", "9 in 10", "most");
    for (at, (what, median, most)) in MEASURES.iter().enumerate() {
        let mut values: Vec<usize> = sheets.iter().map(|sheet| sheet.values[at]).collect();
        values.sort_unstable();
        let [least, middle, nine_in_ten, largest] =
            [0, 50, 90, 100].map(|part| values[(values.len() - 1) * part / 100]);
        println!("{what:52} {least:>6} {middle:>6} {nine_in_ten:>6} {largest:>6}");
        if middle > *median || largest > *most {
            let worst = sheets.iter().max_by_key(|sheet| sheet.values[at]).map_or("", |sheet| sheet.case);
            faults.push(format!("{what}: median {middle} of {median}, most {largest} of {most} ({worst})"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn on_a_phone_the_answer_stands_on_the_first_screen_and_the_sheet_ends_soon() {
    let Some(browser) = Browser::phone() else { return };
    let server = Server::start();
    let mut screens = Vec::new();
    let mut late = Vec::new();
    for Seen { case, query, .. } in SEEN.iter() {
        browser.open(&server, &format!("/blatt?{query}"));
        let says = browser.text(
            // Where a letter sets a deadline, that comes first, and the best way right after it.
            "const ends = what => (document.querySelector(what)?.getBoundingClientRect().bottom ?? 1e6) / innerHeight;
             return [document.documentElement.scrollHeight / innerHeight, ends('.tomorrow, .best'), ends('.best')].join(' ')",
        );
        let numbers: Vec<f64> = says.split(' ').map(|number| number.parse().expect("a number")).collect();
        let [length, answer, best] = numbers[..] else { panic!("three numbers: {says}") };
        screens.push(length);
        if answer > 1.0 || best > 1.2 {
            late.push(format!("{case}: {answer}"));
        }
    }
    screens.sort_by(f64::total_cmp);
    let at = |part: usize| screens[(screens.len() - 1) * part / 100];
    println!(
        "screens of 360 × 640: least {:.1}, median {:.1}, 9 in 10 {:.1}, most {:.1}",
        at(0),
        at(50),
        at(90),
        at(100)
    );
    assert!(late.is_empty(), "the best way stands below the first screen: {}", late.join(", "));
    assert!(at(90) <= 6.0 && at(100) <= 8.0, "nine in ten have {:.1} screens, the longest {:.1}", at(90), at(100));
}
