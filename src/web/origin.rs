//! The address by which the world reaches this site. It stands on paper, so it comes from the operator alone: what a
//! visitor's `Host` header says is never printed.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;
use serde::Deserialize;

/// Scheme, host and port, known to be sound: `https://lotse.example`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Origin(String);

/// Why an address cannot be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected https:// or http:// with a host and nothing behind it, as https://lotse.example")]
pub struct NoOrigin;

impl Origin {
    /// Whether it is reached encrypted only.
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether an address is one of this site's pages.
    pub fn holds(&self, address: &str) -> bool {
        let start = address.get(..self.0.len()).is_some_and(|start| start.eq_ignore_ascii_case(&self.0));
        let rest = address.get(self.0.len()..).unwrap_or_default();
        start && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let uri: Uri = text.parse().map_err(|_| NoOrigin)?;
        let scheme = uri.scheme_str().filter(|scheme| ["https", "http"].contains(scheme)).ok_or(NoOrigin)?;
        let authority = uri.authority().ok_or(NoOrigin)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        let bare = uri.path_and_query().is_none_or(|rest| rest == "/") && !text.contains('#');
        let named = !authority.host().is_empty() && authority.as_str().chars().all(plain);
        // Whatever follows the host's colon must have been understood as a port.
        let port = authority.port().is_some() || !authority.as_str().trim_start_matches(authority.host()).contains(':');
        (bare && named && port && text.len() <= 255).then(|| Self(format!("{scheme}://{authority}"))).ok_or(NoOrigin)
    }
}

impl TryFrom<String> for Origin {
    type Error = NoOrigin;

    fn try_from(text: String) -> Result<Self, NoOrigin> {
        text.parse()
    }
}

impl Default for Origin {
    /// This machine, for whoever looks at the wizard here.
    fn default() -> Self {
        Self("http://localhost".to_owned())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_stand_on_paper_is_taken() {
        for (text, printed) in [
            ("https://lotse.example", "https://lotse.example"),
            ("https://lotse.example/", "https://lotse.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), printed);
        }
        for text in [
            "",
            "lotse.example",
            "javascript:alert(1)",
            "ftp://lotse.example",
            "https://",
            "https:///blatt",
            "https://lotse.example/pfad",
            "https://lotse.example/?a=b",
            "https://lotse.example/#a",
            "https://lotse.example#a",
            "https://name:word@lotse.example",
            "https://lotse.example\r\nset-cookie: a=b",
            "https://lotse.example\n",
            "https://lotse.example:hafen",
            "https://lotse .example",
            "https://lötse.example",
            "https://\u{1b}[31mlotse.example",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NoOrigin), "{text:?}");
        }
    }
}
