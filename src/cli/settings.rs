//! The settings of the server: a flag wins over a variable of the environment, the variable over the file.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Failure, RulesArg, complain, log};
use crate::report;
use crate::source::Files;
use crate::web::{Accent, Colour, Colours, Limits, Operator, Origin};
use crate::yaml;

/// Where the program listens if nobody says otherwise.
const HERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Flags. Each may also be a variable of the environment: `--public-address` is LOTSE_PUBLIC_ADDRESS.
#[derive(clap::Args)]
#[command(
    after_help = "Each of these may also be a variable of the environment (--public-address is LOTSE_PUBLIC_ADDRESS) or a line in the file of\n--config. The flag wins over the variable, the variable over the file."
)]
pub struct Args {
    /// File with these settings (listen, public_address, …) and the operator's facts; see deploy/lotse.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory with rules, laid out like rules/; without it the rules built into the program are used
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// File with advice, courses and offices where people live, laid out like those in rules/local/; it overrules them
    #[arg(long, value_name = "FILE")]
    local: Option<PathBuf>,
    /// Address and port; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Address by which the world reaches the wizard, for links and QR codes on paper, as https://lotse.example; needed unless
    /// --listen names this machine alone
    #[arg(long, value_name = "URL")]
    public_address: Option<Origin>,
    /// Sites whose pages may ask the API from a visitor's browser, as https://stadt.example, joined by commas; none otherwise
    #[arg(long, value_name = "URL", value_delimiter = ',')]
    allow_origins: Option<Vec<Origin>>,
    /// Sites whose pages may show the wizard within their own (iframe) and be linked back to, as https://stadt.example, joined by
    /// commas; none otherwise
    #[arg(long, value_name = "URL", value_delimiter = ',')]
    frame_ancestors: Option<Vec<Origin>>,
    /// Colour of buttons and marks, as #0d4a59; it is refused if too many people could not see it
    #[arg(long, value_name = "COLOUR")]
    accent: Option<Colour>,
    /// Colour of the text upon it; black or white if left out
    #[arg(long, value_name = "COLOUR")]
    accent_text: Option<Colour>,
    /// The same colour for devices that show light on dark
    #[arg(long, value_name = "COLOUR")]
    accent_dark: Option<Colour>,
    /// Colour of the text upon that; black or white if left out
    #[arg(long, value_name = "COLOUR")]
    accent_dark_text: Option<Colour>,
    /// File with the facts about who runs this site (Impressum, Datenschutz, Barrierefreiheit): the lines below `operator:` in
    /// deploy/lotse.yaml, not indented
    #[arg(long, value_name = "FILE")]
    operator: Option<PathBuf>,
    /// Read the rules again when a file changes (needs --rules or --local); SIGHUP reads them again in any case
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    watch: Option<bool>,
    /// Connections at once; further ones wait [default: 1000]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    connections: Option<usize>,
    /// How log lines on standard error look [default: text]
    #[arg(long, value_enum, value_name = "FORM")]
    log: Option<log::Form>,
    /// Count outcomes in memory and show the rounded figures under /zahlen; the privacy page then says so
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    count: Option<bool>,
    /// Address for figures about the program itself (Prometheus, /metrics); keep it from the world
    #[arg(long, value_name = "ADDR")]
    metrics: Option<SocketAddr>,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=1_000_000).contains(n)).ok_or_else(|| "expected a number from 1".to_owned())
}

/// The file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    rules: Option<PathBuf>,
    local: Option<PathBuf>,
    listen: Option<SocketAddr>,
    public_address: Option<Origin>,
    allow_origins: Option<Vec<Origin>>,
    frame_ancestors: Option<Vec<Origin>>,
    accent: Option<Colour>,
    accent_text: Option<Colour>,
    accent_dark: Option<Colour>,
    accent_dark_text: Option<Colour>,
    operator: Option<Operator>,
    watch: Option<bool>,
    connections: Option<usize>,
    log: Option<log::Form>,
    count: Option<bool>,
    metrics: Option<SocketAddr>,
}

/// What holds in the end.
pub struct Settings {
    pub rules: RulesArg,
    pub listen: SocketAddr,
    pub public_address: Option<Origin>,
    pub allow_origins: Vec<Origin>,
    pub frame_ancestors: Vec<Origin>,
    pub colours: Option<Colours>,
    pub operator: Operator,
    pub watch: bool,
    pub connections: usize,
    pub log: log::Form,
    pub count: bool,
    pub metrics: Option<SocketAddr>,
}

/// A variable of the environment, read as the flag of the same name is.
fn variable<T>(name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Failure> {
    let name = format!("LOTSE_{name}");
    let Some(value) = std::env::var_os(&name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let read = value.to_str().and_then(read);
    read.map(Some).ok_or_else(|| Failure::Variable { name, value: value.to_string_lossy().into_owned() })
}

/// Several of them, joined by commas.
fn list<T: FromStr>(text: &str) -> Option<Vec<T>> {
    text.split(',').map(|one| one.trim().parse().ok()).collect()
}

/// Anything that is written in one way only.
fn plain<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

impl Args {
    /// Brings flags, variables and file together, and refuses what cannot be meant.
    pub fn settle(self) -> Result<Settings, Failure> {
        let config = self.config.or(variable("CONFIG", plain)?);
        let written: Written = config.as_deref().map(read).transpose()?.unwrap_or_default();
        let operator = match self.operator.or(variable("OPERATOR", plain)?) {
            Some(file) => read(&file)?,
            None => written.operator.unwrap_or_default(),
        };
        let connections = self.connections.or(variable("CONNECTIONS", |text| at_least_one(text).ok())?);
        let log = self.log.or(variable("LOG", |text| log::Form::from_str(text, true).ok())?);
        let allow_origins = self.allow_origins.or(variable("ALLOW_ORIGINS", list)?);
        let frame_ancestors = self.frame_ancestors.or(variable("FRAME_ANCESTORS", list)?);
        let light = Accent {
            colour: self.accent.or(variable("ACCENT", plain)?).or(written.accent),
            text: self.accent_text.or(variable("ACCENT_TEXT", plain)?).or(written.accent_text),
        };
        let dark = Accent {
            colour: self.accent_dark.or(variable("ACCENT_DARK", plain)?).or(written.accent_dark),
            text: self.accent_dark_text.or(variable("ACCENT_DARK_TEXT", plain)?).or(written.accent_dark_text),
        };
        let settings = Settings {
            rules: RulesArg {
                rules: self.rules.or(variable("RULES", plain)?).or(written.rules),
                local: self.local.or(variable("LOCAL", plain)?).or(written.local),
            },
            listen: self.listen.or(variable("LISTEN", plain)?).or(written.listen).unwrap_or(HERE),
            public_address: self.public_address.or(variable("PUBLIC_ADDRESS", plain)?).or(written.public_address),
            allow_origins: allow_origins.or(written.allow_origins).unwrap_or_default(),
            frame_ancestors: frame_ancestors.or(written.frame_ancestors).unwrap_or_default(),
            colours: Colours::of(light, dark)?,
            operator,
            watch: self.watch.or(variable("WATCH", plain)?).or(written.watch).unwrap_or_default(),
            connections: connections.or(written.connections).unwrap_or(Limits::default().connections).max(1),
            log: log.or(written.log).unwrap_or_default(),
            count: self.count.or(variable("COUNT", plain)?).or(written.count).unwrap_or_default(),
            metrics: self.metrics.or(variable("METRICS", plain)?).or(written.metrics),
        };
        if settings.public_address.is_none() && !settings.listen.ip().is_loopback() {
            return Err(Failure::NoOrigin(settings.listen));
        }
        if settings.watch && settings.rules.is_built_in() {
            return Err(Failure::NothingToWatch);
        }
        Ok(settings)
    }
}

/// A file of the operator; a fault in it is shown with its line.
fn read<T: DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    let text =
        std::fs::read_to_string(file).map_err(|cause| Failure::File { path: file.display().to_string(), cause })?;
    let mut files = Files::default();
    let id = files.add(file.display().to_string(), text);
    yaml::read(&files, id).map_err(|faults| {
        for found in &faults {
            complain(&report::full(&files, found, false));
        }
        Failure::Settings(file.display().to_string())
    })
}
