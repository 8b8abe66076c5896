//! The language a browser prefers, for a proposal that nobody need take.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::language::Lang;
use crate::rulebook::Rulebook;

/// More languages than any browser names.
const MOST: usize = 20;

/// The language to propose to somebody who is about to read German: the offered one that the browser likes best, unless that
/// is German or the browser names none.
pub fn proposed(headers: &HeaderMap, rulebook: &Rulebook) -> Option<Lang> {
    let wanted = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let liked = wanted.split(',').take(MOST).filter_map(|one| {
        let (tag, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
        let primary = tag.trim().split('-').next()?.to_ascii_lowercase();
        let (lang, _) = rulebook.offered.iter().find(|(lang, _)| lang.code() == primary)?;
        (weight > 0.0).then_some((weight, lang))
    });
    // Of two that are liked the same, the one that is named first.
    let best = liked.fold(None, |best: Option<(f32, &Lang)>, (weight, lang)| match best {
        Some((most, _)) if most >= weight => best,
        _ => Some((weight, lang)),
    });
    best.map(|(_, lang)| lang.clone()).filter(|lang| !lang.is_german())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_liked_best_is_proposed_and_german_never() {
        let mut rulebook = Rulebook::embedded().rulebook.expect("the shipped rules are sound");
        rulebook.offered = ["de", "uk", "ar"].map(|code| (Lang::new(code), code.to_owned())).to_vec();
        let proposed = |wanted: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, wanted.parse().expect("a header"))]);
            proposed(&headers, &rulebook).map(|lang| lang.code().to_owned())
        };
        assert_eq!(proposed("uk-UA,uk;q=0.9,en;q=0.8").as_deref(), Some("uk"));
        assert_eq!(proposed("ru;q=0.9, ar;q=0.5, de;q=0.4").as_deref(), Some("ar"));
        assert_eq!(proposed("de-DE,de;q=0.9,ar;q=0.5"), None);
        assert_eq!(proposed("uk;q=0"), None);
        assert_eq!(proposed("uk;q=x, *"), None);
    }
}
