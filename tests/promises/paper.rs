//! On paper, printed by a real browser: few pages, the first of which says what to do now, tagged for screen readers, with a QR
//! code that opens the same sheet.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::browser::{Browser, missing, program};
use crate::html::page_kinds;
use crate::support::{RULES, SERVER, cases};

/// The page as PDF, A4 with the margins of its stylesheet, and what poppler says about it.
fn printed(browser: &Browser, file: &Path) -> Option<(String, String)> {
    let (Some(to_text), Some(info)) = (program(&["pdftotext"]), program(&["pdfinfo"])) else {
        return missing("poppler-utils");
    };
    let cm = json!({ "width": 21.0, "height": 29.7 });
    let margin = json!({ "top": 1.5, "bottom": 1.5, "left": 1.5, "right": 1.5 });
    let pdf = browser.act("print", &json!({ "page": cm, "margin": margin, "shrinkToFit": false }));
    std::fs::write(file, base64(pdf.as_str().expect("a PDF"))).unwrap();
    let said = |program: PathBuf, args: &[&str]| {
        let output = Command::new(program).args(args).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let path = file.to_str().unwrap();
    Some((said(to_text, &["-raw", path, "-"]), said(info, &[path])))
}

fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|c| *c != b'=').map(value).collect();
    let group = |four: &[u8]| {
        let bits = four.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - four.len()));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(group).collect()
}

/// What poppler says of a PDF.
fn fact<'i>(info: &'i str, name: &str) -> &'i str {
    info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap_or_default().trim()
}

fn sheet_address() -> String {
    page_kinds().into_iter().find(|(kind, _)| *kind == "sheet").unwrap().1
}

/// The address of the sheet of a Musterfall.
fn case_address(wanted: &str) -> String {
    let (_, answers, date) = cases().find(|(name, _, _)| *name == wanted).expect("a case of this name");
    let pairs: Vec<String> = answers.pairs(&RULES).iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("/blatt?{}&datum={date}&stand={}", pairs.join("&"), RULES.version)
}

#[test]
fn the_first_page_is_tagged_a4_and_holds_all_first_steps() {
    let Some(browser) = Browser::desktop() else { return };
    let dir = tempfile::tempdir().unwrap();
    browser.open(&SERVER, &sheet_address());
    let steps = browser.text(
        "return [...document.querySelectorAll('#now li.step h3 span:last-child')].map(e => e.textContent).join('|')",
    );
    let Some((text, info)) = printed(&browser, &dir.path().join("sheet.pdf")) else { return };
    let first_page: String = text.split('\u{c}').next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(first_page.contains("Meine nächsten Schritte"), "{first_page}");
    for step in steps.split('|') {
        assert!(!step.is_empty() && first_page.contains(step), "`{step}` is not on the first page: {first_page}");
    }
    assert_eq!(fact(&info, "Tagged"), "yes", "a screen reader finds headings and lists: {info}");
    assert!(fact(&info, "Page size").contains("A4"), "{info}");
}

/// How much of its last page a print fills, from the upper margin to the lower.
fn last_page_filled(file: &Path) -> f64 {
    let output = Command::new(program(&["pdftotext"]).unwrap()).arg("-bbox").arg(file).arg("-").output().unwrap();
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = words.rsplit("<page ").next().unwrap();
    let ends = last.split("yMax=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
    (ends.fold(0.0, f64::max) - UPPER_MARGIN) / (A4_HEIGHT - UPPER_MARGIN - LOWER_MARGIN)
}

/// In points, as paper.css has them in millimetres.
const UPPER_MARGIN: f64 = 34.0;
const LOWER_MARGIN: f64 = 23.0;
const A4_HEIGHT: f64 = 842.0;

/// Whoever has one goal and answered every question.
const COMMON: [&str; 5] = [
    "ukraine-preschool-bachelor",
    "no-certificate",
    "support-nothing-known",
    "social-childminder",
    "vocational-serbia-certificate-lost",
];

/// The longest of all Musterfälle with fewer than three goals: two goals, a letter beside them, many papers.
const LONG: [&str; 4] = [
    "field-five-ukraine-college",
    "social-childhood-educator-dortmund",
    "vocational-letter-measures-erzieher",
    "soviet-kindergarten-diploma",
];

#[test]
fn a_sheet_prints_on_two_pages_with_wide_letters_too_and_none_is_nearly_empty() {
    let Some(browser) = Browser::desktop() else { return };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sheet.pdf");
    for name in COMMON.iter().chain(&LONG) {
        browser.open(&SERVER, &case_address(name));
        // No machine has all fonts: what stands in for them may be wider.
        for font in [None, Some("DejaVu Sans")].into_iter().take(if LONG.contains(name) { 2 } else { 1 }) {
            if let Some(font) = font {
                browser.run(&format!("document.body.style.fontFamily = '{font}'"));
            }
            let Some((_, info)) = printed(&browser, &file) else { return };
            let pages: usize = fact(&info, "Pages").parse().unwrap();
            assert!((1..=2).contains(&pages), "{name} prints on {pages} pages in {font:?}");
            let filled = last_page_filled(&file);
            assert!(filled > 1.0 / 3.0, "{name}: {filled:.2} of its last page in {font:?}");
        }
    }
}

/// Words printed over each other: their boxes share most of their height and more than a hair of their width.
fn over_each_other(file: &Path) -> Vec<String> {
    let output = Command::new(program(&["pdftotext"]).unwrap()).arg("-bbox").arg(file).arg("-").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut faults = Vec::new();
    for page in said.split("<page ").skip(1) {
        let words: Vec<([f64; 4], &str)> = page.split("<word ").skip(1).filter_map(word_box).collect();
        assert!(words.len() > 20, "a page of words: {page}");
        for (at, (first, text)) in words.iter().enumerate() {
            for (second, other) in &words[at + 1..] {
                let shared = |low: usize| first[low + 2].min(second[low + 2]) - first[low].max(second[low]);
                let height = (first[3] - first[1]).min(second[3] - second[1]);
                if shared(0) > 2.0 && shared(1) > 0.8 * height {
                    faults.push(format!("{text} {first:?} and {other} {second:?}"));
                }
            }
        }
    }
    faults
}

/// Where a word stands and what it says: left, top, right, bottom.
fn word_box(word: &str) -> Option<([f64; 4], &str)> {
    let side = |name: &str| word.split(name).nth(1)?.strip_prefix("=\"")?.split('"').next()?.parse::<f64>().ok();
    let text = word.split('>').nth(1)?.split('<').next()?;
    Some(([side("xMin")?, side("yMin")?, side("xMax")?, side("yMax")?], text))
}

/// A psychologist at work: in Arabic and Ukrainian what is looked up begins where a page ends.
const AT_WORK: &str = "/blatt?goal=kita,residential-care&qualification-kind=university-degree&letter-result=none&completed=yes&study-field=psychology&country-of-training=SY&zab-statement=none&anabin-institution=h-plus-minus&anabin-degree=entspricht&anabin-listed-there=yes&anabin-subject-match=yes&stage=already-working&district=05515&german-level=b1&papers=complete";

#[test]
fn in_other_languages_a_sheet_prints_on_two_pages_the_longest_on_three_and_no_word_over_another() {
    let Some(browser) = Browser::desktop() else { return };
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sheet.pdf");
    let (common, long) = (case_address(COMMON[0]), case_address(LONG[0]));
    let not_yet = AT_WORK.replace("already-working", "not-applied");
    let sheets = [
        (common.as_str(), "uk", 2),
        (&common, "ar", 2),
        (AT_WORK, "uk", 2),
        (AT_WORK, "ar", 2),
        (&not_yet, "ar", 2),
        (&long, "uk", 3),
        (&long, "ar", 3),
    ];
    for (sheet, lang, most) in sheets {
        browser.open(&SERVER, &format!("{sheet}&lang={lang}"));
        let Some((_, info)) = printed(&browser, &file) else { return };
        let pages: usize = fact(&info, "Pages").parse().unwrap();
        assert!((1..=most).contains(&pages), "{sheet} in {lang} prints on {pages} pages");
        assert!(last_page_filled(&file) > 1.0 / 3.0, "{sheet} in {lang}: the last page is nearly empty");
        assert_eq!(over_each_other(&file), Vec::<String>::new(), "{sheet} in {lang}");
    }
}

#[test]
fn two_languages_side_by_side_print_on_three_pages_and_the_page_for_the_interpreter_on_one() {
    let Some(browser) = Browser::desktop() else { return };
    let dir = tempfile::tempdir().unwrap();
    for name in COMMON.iter().chain(&LONG) {
        for lang in ["ar", "uk"] {
            browser.open(&SERVER, &format!("{}&lang={lang}&neben=de", case_address(name)));
            let Some((text, info)) = printed(&browser, &dir.path().join("both.pdf")) else { return };
            let pages: usize = fact(&info, "Pages").parse().unwrap();
            assert!((1..=3).contains(&pages), "{name} in {lang} beside German prints on {pages} pages");
            assert!(text.contains("Das machen Sie jetzt"), "{name}: German is missing: {text}");
        }
        browser.open(&SERVER, &format!("{}&lang=ar", case_address(name).replace("/blatt", "/dolmetschen")));
        let Some((_, info)) = printed(&browser, &dir.path().join("interpreter.pdf")) else { return };
        assert_eq!(fact(&info, "Pages"), "1", "{name}: the page for the interpreter");
    }
}

/// How much of the picture of a QR code the code itself takes: all but its white border, four modules on each side.
fn without_border(picture: &str) -> f64 {
    let modules = picture.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<f64>().ok());
    let modules = modules.expect("an SVG with its size");
    (modules - 8.0) / modules
}

#[test]
fn the_printed_qr_code_opens_the_same_sheet() {
    let Some(browser) = Browser::desktop() else { return };
    let (Some(to_picture), Some(scanner)) = (program(&["pdftoppm"]), program(&["zbarimg"])) else {
        return missing("poppler-utils or zbar-tools").unwrap_or_default();
    };
    let server = &SERVER;
    let dir = tempfile::tempdir().unwrap();
    let address = case_address("ukraine-preschool-bachelor");
    browser.open(server, &address);
    browser.act("goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": "print" } }));
    let millimetres = browser.run(&format!(
        "return document.querySelector('.corner img').getBoundingClientRect().width / 96 * 25.4 * {}",
        without_border(
            &server.get(&browser.text("return new URL(document.querySelector('.corner img').src).pathname")).body
        )
    ));
    assert!(millimetres.as_f64().is_some_and(|wide| wide >= 25.0), "the code itself is {millimetres} mm wide");
    let file = dir.path().join("sheet.pdf");
    let Some((text, _)) = printed(&browser, &file) else { return };
    let picture = dir.path().join("page");
    // As dense as a phone sees it at arm's length.
    let mut made = Command::new(to_picture);
    made.args(["-r", "150", "-f", "1", "-l", "1", "-png", "-singlefile"]).arg(&file).arg(&picture);
    assert!(made.status().unwrap().success());
    let seen = Command::new(scanner).args(["--quiet", "--raw"]).arg(picture.with_extension("png")).output().unwrap();
    let link = String::from_utf8(seen.stdout).unwrap().trim().to_owned();
    let path = link.strip_prefix("http://lotse.test").expect("the code holds the address of this site");
    assert!(text.contains(&link), "the same address stands on paper to be typed: {link}");
    let answer = server.get(path);
    let data = |address: &str| server.get(&address.replace("/blatt?", "/blatt.json?")).body;
    assert_eq!(data(answer.header("location").unwrap()), data(&address), "the same answers give the same sheet");
}
