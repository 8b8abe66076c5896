//! How pages are shown, which is no answer: in which language, and how within a page of another site. It stands in the link
//! and travels in every address and every form.

use serde::Serialize;

use super::{Origin, Site};
use crate::language::{Lang, marked};

/// The language of the page.
pub const LANG: &str = "lang";
/// `nein` leaves head and foot out, for a page that has its own around ours.
pub const HEAD: &str = "kopf";
/// The word for it.
pub const WITHOUT: &str = "nein";
/// A page of another site to which a link leads back.
pub const BACK: &str = "zurueck";

/// No address of a page needs more.
const LONGEST_BACK: usize = 500;

/// How pages are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    pub lang: Lang,
    /// Whether head and foot are left out.
    pub bare: bool,
    /// Where a link leads back to.
    pub back: Option<WayBack>,
}

/// A page of a site that the operator lists: nothing else is ever linked because an address says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack(String);

/// The way back as pages show it.
#[derive(Serialize)]
pub struct WayBackLink<'m> {
    url: &'m str,
    host: String,
}

impl Manner {
    /// In this language, on a page of its own.
    pub fn plain(lang: Lang) -> Self {
        Self { lang, bare: false, back: None }
    }

    /// What an address says of it, as far as it can be meant.
    pub fn of(site: &Site, query: &str) -> Self {
        let rulebook = site.rulebook();
        let mut manner = Self::plain(rulebook.languages.first().cloned().unwrap_or_else(Lang::german));
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                LANG => {
                    if let Some(lang) = rulebook.languages.iter().find(|lang| lang.code() == value) {
                        manner.lang = lang.clone();
                    }
                }
                HEAD => manner.bare = value == WITHOUT,
                BACK => manner.back = WayBack::to(&value, site.hosts()),
                _ => {}
            }
        }
        manner
    }

    /// The same in another language.
    pub fn in_other(&self, lang: &Lang) -> Self {
        Self { lang: lang.clone(), ..self.clone() }
    }

    /// The same on a page of its own, as for what is kept or opened elsewhere.
    pub fn alone(&self) -> Self {
        Self::plain(self.lang.clone())
    }

    /// What stands in addresses and forms for it. German goes without saying.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let head = self.bare.then_some((HEAD, WITHOUT));
        let back = self.back.as_ref().map(|back| (BACK, back.0.as_str()));
        let lang = (!self.lang.is_german()).then(|| (LANG, self.lang.code()));
        head.into_iter().chain(back).chain(lang)
    }

    /// An address that shows its page in the same manner.
    pub fn on(&self, address: &str) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (key, value) in self.pairs() {
            pairs.append_pair(key, value);
        }
        let pairs = pairs.finish();
        if pairs.is_empty() {
            return address.to_owned();
        }
        let (address, part) = address.split_at(address.find('#').unwrap_or(address.len()));
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}{pairs}{part}")
    }

    /// The way back, as it is shown.
    pub fn way_back(&self) -> Option<WayBackLink<'_>> {
        let url = &self.back.as_ref()?.0;
        let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or(url);
        let host = if self.lang.is_german() { host.to_owned() } else { marked::stays(host).into() };
        Some(WayBackLink { url, host })
    }
}

impl WayBack {
    /// The way back to a page, if it is one of a site on this list.
    pub fn to(address: &str, hosts: &[Origin]) -> Option<Self> {
        let plain = address.len() <= LONGEST_BACK && !address.contains(|c: char| c.is_control() || c.is_whitespace());
        let listed = hosts.iter().any(|host| host.holds(address));
        (plain && listed).then(|| Self(address.to_owned()))
    }
}

/// The part of an address behind the `?` without all this.
pub fn without(query: &str) -> String {
    query.split('&').filter(|pair| !pair.is_empty() && !is_part(pair)).collect::<Vec<_>>().join("&")
}

/// Whether a part of an address says how pages are shown.
pub fn is_part(pair: &str) -> bool {
    pair.split('=').next().is_some_and(|key| [LANG, HEAD, BACK].contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_listed_sites_alone() {
        let hosts = ["https://stadt.example".parse().unwrap(), "http://kreis.example:8080".parse().unwrap()];
        for listed in [
            "https://stadt.example",
            "https://stadt.example/",
            "https://Stadt.example/ankommen?seite=1&b=//x#beruf",
            "https://stadt.example?x",
            "https://stadt.example/für-alle",
            "http://kreis.example:8080/beruf",
        ] {
            assert_eq!(WayBack::to(listed, &hosts), Some(WayBack(listed.to_owned())));
        }
        for other in [
            "",
            "/",
            "//stadt.example",
            "http://stadt.example/",
            "https://stadt.example.evil.example/",
            "https://stadt.example@evil.example/",
            "https://stadt.example:8443/",
            "https://stadt.example\\@evil.example/",
            "https://stadt.example/\n/x",
            "https://stadt.example/ x",
            "https://kreis.example/",
            "http://kreis.example/",
            "javascript:alert(1)//https://stadt.example/",
            "data:text/html,https://stadt.example/",
            " https://stadt.example/",
            "https:stadt.example/",
        ] {
            assert_eq!(WayBack::to(other, &hosts), None, "{other:?}");
        }
        let long = format!("https://stadt.example/{}", "x".repeat(LONGEST_BACK));
        assert_eq!(WayBack::to(&long, &hosts), None);
    }
}
