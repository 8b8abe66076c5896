//! Colours of the operator: an accent for buttons, borders and marks, and the text upon it, on light ground and on dark.
//! Whether eyes can tell them apart is looked at before anybody sees them: WCAG 2.2 asks for 4.5 to 1 for text (1.4.3) and
//! 3 to 1 for what shows where a button or a field is (1.4.11).

use std::fmt;
use std::str::FromStr;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use serde::Deserialize;

use super::assets;
use super::stored::Stored;

/// The name of the stylesheet.
pub const COLOURS: &str = "colours.css";

/// The least contrast of text.
const OF_TEXT: f64 = 4.5;
/// The least contrast of everything else that must be seen.
const OF_PARTS: f64 = 3.0;
/// How much of the accent is in the ground behind what is chosen.
const SOFT: f64 = 0.1;

const WHITE: Colour = Colour([255; 3]);
const BLACK: Colour = Colour([0; 3]);

/// A colour, as `#0d4a59`: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour([u8; 3]);

/// Why a word is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a colour as #0d4a59")]
pub struct NoColour;

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Self, NoColour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(NoColour)?;
        let digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(digits).ok_or(NoColour)?;
        let all = u32::from_str_radix(digits, 16).map_err(|_| NoColour)?;
        let [_, red, green, blue] = all.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Colour {
    type Error = NoColour;

    fn try_from(text: String) -> Result<Self, NoColour> {
        text.parse()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// How bright it is to the eye.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// From 1, the same, to 21, black on white.
    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// So much of it in another.
    fn within(self, share: f64, other: Self) -> Self {
        let mut mixed = self.0;
        for (part, under) in mixed.iter_mut().zip(other.0) {
            let between = f64::from(*part) * share + f64::from(under) * (1.0 - share);
            // Between two bytes there are only bytes.
            *part = between.round() as u8;
        }
        Self(mixed)
    }
}

/// What the operator wants on one ground.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accent {
    /// The accent; the wizard's own if left out.
    pub colour: Option<Colour>,
    /// The text upon it; if left out, black or white, whatever is easier to read.
    pub text: Option<Colour>,
}

/// Two colours that too many people cannot tell apart.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "the contrast of {setting} {colour} {to} {ground} is {ratio:.2} to 1; at least {least} to 1 is needed (WCAG 2.2): take a {better} colour"
)]
pub struct LowContrast {
    setting: &'static str,
    colour: Colour,
    to: &'static str,
    ground: Colour,
    ratio: f64,
    least: f64,
    better: &'static str,
}

/// The names of the settings for one ground.
struct Settings {
    accent: &'static str,
    text: &'static str,
}

/// What lies below: the colours of the pages themselves.
struct Ground {
    paper: Colour,
    card: Colour,
    lead: Colour,
    is_dark: bool,
}

impl Ground {
    /// As the stylesheet of all pages says it.
    fn of(css: &str, is_dark: bool) -> Option<Self> {
        let colour = |name: &str| -> Option<Colour> {
            let (_, rest) = css.split_once(&format!("--{name}: "))?;
            let word = rest.split(';').next()?;
            // `#fff` is short for `#ffffff`.
            let digits = word.strip_prefix('#').filter(|digits| digits.len() == 3);
            let long = digits.map(|digits| digits.chars().flat_map(|digit| [digit, digit]).collect::<String>());
            long.map_or_else(|| word.parse(), |digits| format!("#{digits}").parse()).ok()
        };
        Some(Self { paper: colour("paper")?, card: colour("card")?, lead: colour("lead")?, is_dark })
    }
}

/// The operator's colours, ready to be sent.
#[derive(Clone)]
pub struct Colours {
    mark: String,
    stored: Stored,
}

impl Colours {
    /// Takes what is wanted on light and on dark ground; nothing if nothing is.
    ///
    /// # Errors
    /// If somebody could not read it.
    pub fn of(light: Accent, dark: Accent) -> Result<Option<Self>, LowContrast> {
        let css = assets::text("lotse.css");
        let (on_light, on_dark) = css.split_once("(prefers-color-scheme: dark)").unwrap_or((&css, ""));
        let mut written = String::new();
        for (accent, css, settings, within) in [
            (light, on_light, Settings { accent: "accent", text: "accent_text" }, ("", "")),
            (
                dark,
                on_dark,
                Settings { accent: "accent_dark", text: "accent_dark_text" },
                ("@media (prefers-color-scheme: dark) {\n", "}\n"),
            ),
        ] {
            let ground = Ground::of(css, !within.0.is_empty());
            let Some(ground) = ground.filter(|_| accent != Accent::default()) else { continue };
            written += &format!("{}{}{}", within.0, accent.rules(&ground, &settings)?, within.1);
        }
        Ok((!written.is_empty()).then(|| {
            let mark = format!("{:08x}", crc32fast::hash(written.as_bytes()));
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))]);
            Self { mark, stored: Stored::new(headers, Bytes::from(written)) }
        }))
    }

    /// The address of the stylesheet, with a mark of what it says.
    pub fn address(&self) -> String {
        format!("/assets/{COLOURS}?{}", self.mark)
    }

    /// The stylesheet as it is sent, and its mark.
    pub fn stored(&self) -> (&Stored, &str) {
        (&self.stored, &self.mark)
    }
}

impl Accent {
    /// The rules of the stylesheet for one ground.
    fn rules(self, ground: &Ground, settings: &Settings) -> Result<String, LowContrast> {
        let colour = self.colour.unwrap_or(ground.lead);
        let easier = if colour.contrast(WHITE) >= colour.contrast(BLACK) { WHITE } else { BLACK };
        let text = self.text.unwrap_or(easier);
        let soft = colour.within(SOFT, ground.card);
        let better = if ground.is_dark { "lighter" } else { "darker" };
        for (below, to) in [(ground.paper, "to the page"), (ground.card, "to a card"), (soft, "to what is chosen")] {
            let low = LowContrast {
                setting: settings.accent,
                colour,
                to,
                ground: below,
                ratio: rounded_down(colour.contrast(below)),
                least: OF_PARTS,
                better,
            };
            if low.ratio < low.least {
                return Err(low);
            }
        }
        let low = LowContrast {
            setting: settings.text,
            colour: text,
            to: "on the accent",
            ground: colour,
            ratio: rounded_down(text.contrast(colour)),
            least: OF_TEXT,
            better: if text.luminance() >= colour.luminance() { "lighter" } else { "darker" },
        };
        if low.ratio < low.least {
            return Err(low);
        }
        // Under the pointer the accent moves away from its text.
        let far = if text.luminance() >= colour.luminance() { BLACK } else { WHITE };
        Ok(format!(":root {{ --lead: {colour}; --lead-ink: {text}; --lead-soft: {soft}; --lead-far: {far}; }}\n"))
    }
}

/// To two places, so that no figure reads as enough that is not.
fn rounded_down(ratio: f64) -> f64 {
    (ratio * 100.0).floor() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    fn accent(accent: &str, text: &str) -> Accent {
        Accent { colour: accent.parse().ok(), text: text.parse().ok() }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        for (one, other, ratio) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.47),
            ("#767676", "#ffffff", 4.54),
            ("#0000ff", "#ffffff", 8.59),
            ("#ff0000", "#ffffff", 3.99),
            ("#0d4a59", "#0d4a59", 1.0),
        ] {
            assert_eq!(rounded_down(colour(one).contrast(colour(other))), ratio, "{one} {other}");
            assert_eq!(rounded_down(colour(other).contrast(colour(one))), ratio, "{other} {one}");
        }
        for no_colour in ["", "#", "red", "#fff", "0d4a59", "#0d4a5", "#0d4a590", "#0d4a5g", "#+d4a59", "#ä4a59"] {
            assert_eq!(no_colour.parse::<Colour>(), Err(NoColour), "{no_colour}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_figure() {
        let refused = |light, dark| match Colours::of(light, dark) {
            Err(low) => low.to_string(),
            Ok(_) => panic!("taken: {light:?} {dark:?}"),
        };
        let none = Accent::default();
        let says = refused(accent("#ffcc00", ""), none);
        assert!(
            says.contains("accent #ffcc00 to the page #f8f5ef is 1.38 to 1; at least 3 to 1")
                && says.contains("darker"),
            "{says}"
        );
        let says = refused(accent("#9a1b1b", "#d08080"), none);
        assert!(says.contains("accent_text #d08080 on the accent #9a1b1b") && says.contains("4.5 to 1"), "{says}");
        let says = refused(none, accent("#0d4a59", ""));
        assert!(says.contains("accent_dark #0d4a59 to the page #10191d") && says.contains("lighter"), "{says}");
        let says = refused(none, accent("", "#c0e0e0"));
        assert!(says.contains("accent_dark_text #c0e0e0 on the accent #86d0de"), "{says}");
    }

    #[test]
    fn nothing_wanted_is_nothing_sent_and_text_is_found_for_every_accent_that_is_taken() {
        assert!(Colours::of(Accent::default(), Accent::default()).unwrap().is_none());
        // Every sixteenth step of each part: black or white can always be read, whatever the accent.
        let steps = || (0..=255u8).step_by(17);
        let all = steps().flat_map(|red| steps().flat_map(move |green| steps().map(move |blue| [red, green, blue])));
        let (mut taken, css) = (0, assets::text("lotse.css"));
        let (on_light, on_dark) = css.split_once("(prefers-color-scheme: dark)").unwrap();
        let grounds = [(on_light, false), (on_dark, true)].map(|(css, is_dark)| Ground::of(css, is_dark).unwrap());
        let settings = Settings { accent: "accent", text: "accent_text" };
        for parts in all {
            let wanted = Accent { colour: Some(Colour(parts)), text: None };
            for ground in &grounds {
                match wanted.rules(ground, &settings) {
                    Ok(_) => taken += 1,
                    Err(low) => assert_eq!(low.least, OF_PARTS, "{low}"),
                }
            }
        }
        assert!(taken > 1_000, "{taken}");
    }

    #[test]
    fn what_stands_on_chosen_ground_can_be_read_whatever_the_accent() {
        let css = assets::text("lotse.css");
        let (on_light, on_dark) = css.split_once("(prefers-color-scheme: dark)").unwrap();
        for css in [on_light, on_dark] {
            let card = Ground::of(css, false).unwrap().card;
            for extreme in [WHITE, BLACK] {
                let soft = extreme.within(SOFT, card);
                for text in ["ink", "quiet", "link"] {
                    let (_, rest) = css.split_once(&format!("--{text}: ")).unwrap();
                    let text: Colour = rest[..7].parse().unwrap();
                    assert!(text.contrast(soft) >= OF_TEXT, "{text} on {soft}: {:.2}", text.contrast(soft));
                }
            }
        }
    }
}
