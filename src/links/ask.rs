//! The one door to the HTTP client.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::header::LOCATION;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::{Address, Asked, Hop, Manners, State};

/// Whose certificates are trusted.
#[derive(Clone, Debug, Default)]
pub enum Certificates {
    /// Those that browsers trust, as known when the program was built.
    #[default]
    OfTheWeb,
    /// Only these.
    These(Arc<Vec<Certificate<'static>>>),
}

impl Certificates {
    /// Those of a PEM file, such as `/etc/ssl/certs/ca-certificates.crt`; nothing if it holds none.
    pub fn of_pem(pem: &[u8]) -> Option<Self> {
        let certificates = parse_pem(pem).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        let certificates: Vec<_> = certificates.collect();
        (!certificates.is_empty()).then(|| Self::These(Arc::new(certificates)))
    }

    fn roots(&self) -> RootCerts {
        match self {
            Self::OfTheWeb => RootCerts::WebPki,
            Self::These(certificates) => RootCerts::Specific(certificates.clone()),
        }
    }
}

/// Asks addresses.
pub struct Asker<'m> {
    agent: Agent,
    manners: &'m Manners,
}

/// What one request gave: its status, and where it leads on.
type Answer = (u16, Option<String>);

impl<'m> Asker<'m> {
    pub fn new(manners: &'m Manners, certificates: &Certificates) -> Self {
        let tls = TlsConfig::builder().root_certs(certificates.roots()).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .user_agent(manners.name())
            .http_status_as_error(false)
            // Redirects are followed here, so that each can be named.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Machines are asked rarely; a line kept open would only be in their way.
            .max_idle_connections(0)
            .build();
        Self { agent: config.new_agent(), manners }
    }

    /// Asks; once more after a rest, if it may have been a bad moment.
    pub fn ask(&self, address: Address) -> Asked {
        let asked = self.once(address);
        if !asked.may_pass() {
            return asked;
        }
        std::thread::sleep(self.manners.pause);
        self.once(asked.address)
    }

    fn once(&self, address: Address) -> Asked {
        let until = Instant::now() + self.manners.patience;
        let mut hops: Vec<Hop> = Vec::new();
        let mut here = address.url.clone();
        let state = loop {
            match self.answer(&here, until) {
                Ok((status @ 300..400, Some(location))) => {
                    let to = led_to(&here, &location);
                    let been = to == address.url || hops.iter().any(|hop| hop.to == to);
                    hops.push(Hop { status, to: to.clone() });
                    if been || hops.len() > self.manners.redirects {
                        break State::Circle;
                    }
                    if !to.starts_with("http://") && !to.starts_with("https://") {
                        break State::Garbled(format!("leads to {to}"));
                    }
                    here = to;
                }
                Ok((200..300, _)) => break State::Page,
                Ok((status, _)) => break State::Status(status),
                Err(state) => break state,
            }
        };
        Asked { address, hops, state }
    }

    /// First the head alone; the page itself only where a machine is not used to being asked so. The page is not read.
    fn answer(&self, url: &str, until: Instant) -> Result<Answer, State> {
        match self.request(true, url, until) {
            Ok(answer) if answer.0 < 400 => Ok(answer),
            // Its name or its certificate is the same for a page.
            Err(state @ (State::NoHost | State::Certificate(_))) => Err(state),
            _ => self.request(false, url, until),
        }
    }

    fn request(&self, head: bool, url: &str, until: Instant) -> Result<Answer, State> {
        let mut left = until.saturating_duration_since(Instant::now());
        if head {
            // A machine that never answers this way leaves time for the other.
            left /= 2;
        }
        if left < Duration::from_millis(1) {
            return Err(State::Slow);
        }
        let request = if head { self.agent.head(url) } else { self.agent.get(url) };
        let response = request.config().timeout_global(Some(left)).build().call().map_err(|error| state(&error))?;
        let location = response.headers().get(LOCATION).map(|to| plain(to.as_bytes()));
        Ok((response.status().as_u16(), location))
    }
}

/// What an error of the client means.
fn state(error: &ureq::Error) -> State {
    use ureq::Error;
    match error {
        Error::HostNotFound => State::NoHost,
        Error::Timeout(_) => State::Slow,
        Error::Rustls(fault) => State::Certificate(fault.to_string()),
        Error::Tls(fault) => State::Certificate((*fault).to_owned()),
        Error::Io(fault) => match (fault.kind(), fault.to_string()) {
            (ErrorKind::TimedOut, _) => State::Slow,
            // What the encryption finds wrong comes in this form.
            (ErrorKind::InvalidData, says) => State::Certificate(says),
            // The standard library has no kind for a name that is not known, but says so in these words.
            (_, says) if says.starts_with("failed to lookup") && !says.contains("emporary") => State::NoHost,
            (_, says) => State::Unreachable(says),
        },
        Error::ConnectionFailed => State::Unreachable(error.to_string()),
        other => State::Garbled(other.to_string()),
    }
}

/// The name of the machine, with its port if one is named.
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    &rest[..rest.find(['/', '?']).unwrap_or(rest.len())]
}

/// What a machine wrote, as an address is written: others' bytes reach no terminal.
fn plain(bytes: &[u8]) -> String {
    let plain = |byte: &u8| match byte {
        b'!'..=b'~' => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    bytes.iter().map(plain).collect()
}

/// Where a redirect leads from here.
fn led_to(here: &str, location: &str) -> String {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = here.split("://").next().unwrap_or_default();
    let start = scheme.len() + 3 + host(here).len();
    let (origin, path) = here.split_at(start.min(here.len()));
    let file = path.split('?').next().unwrap_or_default();
    let head = location.find(['/', '?']).unwrap_or(location.len());
    if location[..head].contains(':') {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{origin}{location}")
    } else if location.is_empty() || location.starts_with('?') {
        format!("{origin}{file}{location}")
    } else {
        let folder = file.rfind('/').map_or("/", |at| &file[..=at]);
        format!("{origin}{folder}{location}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_where_a_browser_would_go() {
        let here = "https://a.example:8443/p/q?x=1";
        for (location, to) in [
            ("https://b.example/z#part", "https://b.example/z"),
            ("//b.example/z", "https://b.example/z"),
            ("/z?u=/v", "https://a.example:8443/z?u=/v"),
            ("z", "https://a.example:8443/p/z"),
            ("?y=2", "https://a.example:8443/p/q?y=2"),
            ("mailto:x@b.example", "mailto:x@b.example"),
        ] {
            assert_eq!(led_to(here, location), to, "{location}");
        }
        assert_eq!(led_to("https://a.example", "z"), "https://a.example/z");
    }

    #[test]
    fn what_others_write_cannot_steer_a_terminal() {
        assert_eq!(plain("/ü\u{1b}[2J x".as_bytes()), "/%C3%BC%1B[2J%20x");
    }
}
