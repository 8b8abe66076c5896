//! What came of asking the addresses of the rules: for editors in German, by file and line, with what to do; and as data.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::links::{Asked, Hop, Place, State, Urgency, Verdict};
use crate::terms::Day;

/// What `lotse links --json` prints. A stable interface: fields may be added, none is renamed or taken away.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Links<'a> {
    /// The version of the rules.
    pub version: &'a str,
    /// The day on which was asked.
    pub day: Day,
    /// How many addresses lead nowhere; with one or more of them the exit code is 1.
    pub mend: usize,
    /// How many a person should look at; with such alone the exit code is 3.
    pub look: usize,
    /// All addresses, those with most to do first.
    pub addresses: Vec<Link<'a>>,
}

/// One address.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Link<'a> {
    /// The address.
    pub url: &'a str,
    /// What came of it.
    pub verdict: Verdict,
    /// What an editor has to do.
    pub urgency: Urgency,
    /// The status of the last answer, if there was one that is no page and no redirect.
    pub status: Option<u16>,
    /// Redirects, in order.
    pub hops: &'a [Hop],
    /// What was found, in German.
    pub says: String,
    /// What to do, in German; nothing where nothing is to be done.
    pub help: Option<&'static str>,
    /// Where the rules name it.
    pub places: &'a [Place],
}

impl<'a> Links<'a> {
    /// What came of a round.
    pub fn of(version: &'a str, day: Day, asked: &'a [Asked]) -> Self {
        let mut addresses: Vec<Link<'_>> = asked.iter().map(link).collect();
        addresses.sort_by_key(|link| (link.urgency, link.verdict));
        let count = |urgency| addresses.iter().filter(|link| link.urgency == urgency).count();
        Self { version, day, mend: count(Urgency::Mend), look: count(Urgency::Look), addresses }
    }
}

fn link(asked: &Asked) -> Link<'_> {
    let verdict = asked.verdict();
    let status = match asked.state {
        State::Status(status) => Some(status),
        _ => None,
    };
    Link {
        url: &asked.address.url,
        verdict,
        urgency: verdict.urgency(),
        status,
        hops: &asked.hops,
        says: says(asked, verdict),
        help: help(verdict),
        places: &asked.address.places,
    }
}

/// One sentence: what was found.
fn says(asked: &Asked, verdict: Verdict) -> String {
    let detail = match &asked.state {
        State::Status(status) => format!(" ({status})"),
        State::Unreachable(says) | State::Certificate(says) | State::Garbled(says) => format!(" ({says})"),
        _ => String::new(),
    };
    let to = asked.hops.last().map(|hop| hop.to.as_str()).unwrap_or_default();
    match verdict {
        Verdict::Fine => "In Ordnung.".to_owned(),
        Verdict::LedOn => format!("In Ordnung; die Adresse leitet zurzeit weiter auf {to}"),
        Verdict::Moved => format!("Die Seite ist umgezogen. Sie steht jetzt unter {to}"),
        Verdict::FirstPage => format!("Die Adresse führt nur noch auf eine Startseite: {to}"),
        Verdict::Gone => format!("Diese Seite gibt es nicht mehr{detail}."),
        Verdict::NoHost => "Einen Rechner dieses Namens gibt es nicht mehr.".to_owned(),
        Verdict::Circle => format!("Die Adresse leitet immer weiter und kommt nie an ({} Mal).", asked.hops.len()),
        Verdict::Certificate => format!("Der Rechner kann nicht zeigen, dass er es ist; Browser warnen davor{detail}."),
        Verdict::Unreachable => format!("Der Rechner ist nicht zu erreichen{detail}."),
        Verdict::Slow => "Die Antwort kam nicht rechtzeitig, auch beim zweiten Mal nicht.".to_owned(),
        Verdict::Trouble => format!("Der Rechner meldet einen eigenen Fehler{detail}."),
        Verdict::Refused => format!("Der Rechner gibt die Seite dem Programm nicht{detail}."),
        Verdict::Garbled => format!("Die Antwort ist nicht zu lesen{detail}."),
        Verdict::NotAsked => "Nicht mehr gefragt: Die Zeit war um.".to_owned(),
    }
}

const REPLACE: &str = "Suchen Sie die Seite bei der Stelle, die sie herausgibt. Tragen Sie die neue Adresse ein, und den Tag bei \
    checked_on. Gibt es die Seite nicht mehr: Ist die Aussage noch belegt? Sonst braucht sie eine andere Quelle.";

/// What to do about it.
fn help(verdict: Verdict) -> Option<&'static str> {
    Some(match verdict {
        Verdict::Fine | Verdict::LedOn => return None,
        Verdict::Gone | Verdict::NoHost => REPLACE,
        Verdict::Circle => {
            "Öffnen Sie die Adresse im Browser. Kommt die Seite dort, ist nichts zu tun. Sonst suchen Sie die neue Adresse."
        }
        Verdict::Certificate => {
            "Öffnen Sie die Adresse im Browser. Warnt er auch, schreiben Sie der Stelle und nehmen Sie bis dahin eine andere \
             Seite. Warnt er nicht, kennt dieses Programm die Zertifikate Ihres Netzes nicht: siehe --certificates."
        }
        Verdict::Moved => {
            "Öffnen Sie die neue Adresse. Steht dort noch, was die Regel sagt? Dann tragen Sie die neue Adresse ein, und den \
             Tag bei checked_on."
        }
        Verdict::FirstPage => REPLACE,
        Verdict::Unreachable | Verdict::Slow | Verdict::Trouble => {
            "Fragen Sie morgen noch einmal. Bleibt es so, suchen Sie die neue Adresse."
        }
        Verdict::Refused => {
            "Öffnen Sie die Adresse im Browser. Kommt die Seite dort, ist nichts zu tun: Manche Rechner antworten Programmen nicht."
        }
        Verdict::Garbled => "Öffnen Sie die Adresse im Browser. Kommt dort keine Seite, suchen Sie die neue Adresse.",
        Verdict::NotAsked => "Fragen Sie noch einmal, mit mehr Zeit: siehe --within.",
    })
}

/// The report in words.
pub fn links(links: &Links<'_>) -> String {
    let fine = links.addresses.len() - links.mend - links.look;
    let mut text = format!(
        "Adressen der Regeln {}, gefragt am {}\n{} Adressen: {fine} in Ordnung, {} bitte ansehen, {} führen ins Leere\n",
        links.version,
        links.day.0,
        links.addresses.len(),
        links.look,
        links.mend
    );
    for (urgency, headline) in
        [(Urgency::Mend, "Führen ins Leere: bitte bald ändern"), (Urgency::Look, "Bitte ansehen")]
    {
        let mut of_this = links.addresses.iter().filter(|link| link.urgency == urgency).peekable();
        if of_this.peek().is_some() {
            let _ = write!(text, "\n{headline}\n{}\n", "─".repeat(headline.chars().count()));
        }
        for link in of_this {
            text.push('\n');
            for place in link.places {
                let id = place.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
                let _ = writeln!(text, "{}:{}{id}", place.file, place.line);
            }
            let _ = writeln!(text, "  {}\n  {}", link.url, link.says);
            if let Some(help) = link.help {
                let wrapped = textwrap::wrap(help, textwrap::Options::new(96).subsequent_indent("    "));
                let _ = writeln!(text, "  → {}", wrapped.join("\n"));
            }
        }
    }
    text
}
