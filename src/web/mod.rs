//! The wizard on the web. Every page is a pure function of rulebook, URL and day: no cookie, no session, no database,
//! nothing stored, no answer in a log.
//!
//! `router` is the table of all addresses; `pages` holds a file for each page, `api` the same for programs; `visit` is what a request works with: `link`
//! reads and writes answers in addresses, `short` in few letters, `earlier` is the old sheet a link may speak of;
//! `manner` is how pages are shown, `edition` the rules on a day; `view` turns data into HTML; `stored` keeps what nobody's answers change, `blank` the rest
//! of a page; `preferred` is the
//! language a browser likes; `gzip` compresses; `origin` is the address on paper. `connections` lets visitors in, `crowd` lets them wait;
//! `counting` is what people look for, as sums, `metrics` how the program fares; `assets`, `crawlers`, `headers` and
//! `failure` do what their names say.

mod api;
mod assets;
mod blank;
mod colours;
mod connections;
mod counting;
mod crawlers;
mod crowd;
mod earlier;
mod edition;
mod failure;
mod gzip;
mod headers;
mod link;
mod manner;
mod metrics;
mod operator;
mod origin;
mod pages;
mod preferred;
mod programs;
mod qr;
mod router;
mod short;
mod stored;
mod view;
mod visit;

use std::future::Future;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::HeaderValue;
use jiff::civil::{Date, date};
use tokio::net::TcpListener;

use crate::rulebook::Rulebook;
use counting::Counting;
use crowd::Crowd;
use edition::Edition;
use metrics::Metrics;

pub use colours::{Accent, Colour, Colours, LowContrast};
pub use connections::Limits;
pub use operator::Operator;
pub use origin::{NoOrigin, Origin};
pub use pages::{Claim, render_book, render_sheet};
pub use short::write as short_code;

/// What every page needs: the rules on this day, swapped whole when they are read again or the day changes, and who runs
/// the site.
pub struct Site {
    edition: RwLock<Arc<Edition>>,
    today: Box<dyn Fn() -> Date + Send + Sync>,
    origin: Origin,
    allowed: Vec<Origin>,
    hosts: Vec<Origin>,
    content_policy: HeaderValue,
    colours: Option<Colours>,
    operator: Operator,
    crowd: Crowd,
    counting: Option<Counting>,
    metrics: Metrics,
}

impl Site {
    /// A site with these rules; `today` is asked on each request, so that tests can hold the day still.
    pub fn new(rulebook: Rulebook, today: impl Fn() -> Date + Send + Sync + 'static) -> Self {
        Self {
            edition: RwLock::new(Arc::new(Edition::new(Arc::new(rulebook), today().clamp(FIRST_DAY, LAST_DAY)))),
            today: Box::new(today),
            origin: Origin::default(),
            allowed: Vec::new(),
            hosts: Vec::new(),
            content_policy: headers::content_policy(&[]),
            colours: None,
            operator: Operator::default(),
            crowd: Crowd::default(),
            counting: None,
            metrics: Metrics::default(),
        }
    }

    /// The same site under the address by which the world reaches it, for links on paper.
    pub fn at(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// The same site, whose API pages of these sites may ask from a visitor's browser.
    pub fn asked_from(self, allowed: Vec<Origin>) -> Self {
        Self { allowed, ..self }
    }

    /// The same site, which pages of these sites may show within their own, and to which a link may lead back.
    pub fn framed_by(self, hosts: Vec<Origin>) -> Self {
        Self { content_policy: headers::content_policy(&hosts), hosts, ..self }
    }

    /// The same site in colours of its operator.
    pub fn in_colours(self, colours: Option<Colours>) -> Self {
        Self { colours, ..self }
    }

    /// The same site with so many hands to make pages, instead of one for each processor.
    pub fn with_hands(self, hands: usize) -> Self {
        Self { crowd: Crowd::new(hands), ..self }
    }

    /// The same site run by somebody who is named.
    pub fn run_by(self, operator: Operator) -> Self {
        Self { operator, ..self }
    }

    /// The same site, which counts what people look for if the operator wants that.
    pub fn counts(self, wanted: bool) -> Self {
        Self { counting: wanted.then(Counting::default), ..self }
    }

    /// The sums of what people look for, if they are wanted.
    fn counting(&self) -> Option<&Counting> {
        self.counting.as_ref()
    }

    /// The version of the rules in force.
    pub fn rules_version(&self) -> String {
        self.rulebook().version.clone()
    }

    /// How the program fares.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Who runs this site.
    pub fn operator(&self) -> &Operator {
        &self.operator
    }

    /// The address by which the world reaches this site.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The sites whose pages may ask the API.
    pub fn allowed(&self) -> &[Origin] {
        &self.allowed
    }

    /// The sites whose pages may show ours.
    pub fn hosts(&self) -> &[Origin] {
        &self.hosts
    }

    /// The operator's own colours, if there are some.
    fn colours(&self) -> Option<&Colours> {
        self.colours.as_ref()
    }

    /// Puts other rules in place; requests under way finish with the old ones.
    pub fn replace(&self, rulebook: Rulebook) {
        let edition = Arc::new(Edition::new(Arc::new(rulebook), self.today()));
        *self.edition.write().unwrap_or_else(PoisonError::into_inner) = edition;
    }

    /// Works out what pages about the rules in force show and need not wait for then: the proof, and what is translated.
    pub fn prove(&self) {
        let edition = self.edition();
        edition.proved();
        edition.covered();
    }

    /// The rules in force today.
    fn edition(&self) -> Arc<Edition> {
        let today = self.today();
        let edition = self.edition.read().unwrap_or_else(PoisonError::into_inner).clone();
        if edition.day == today {
            return edition;
        }
        // The rules may have been replaced since: it is the newest that live on.
        let mut edition = self.edition.write().unwrap_or_else(PoisonError::into_inner);
        if edition.day != today {
            *edition = Arc::new(Edition::new(edition.rulebook.clone(), today));
        }
        edition.clone()
    }

    /// The newest rules, whatever the day: what is said when a page broke rests on nothing that may break it again.
    fn rulebook(&self) -> Arc<Rulebook> {
        self.edition.read().unwrap_or_else(PoisonError::into_inner).rulebook.clone()
    }

    /// Today, within the days that a link may name: a clock that stands elsewhere is wrong.
    fn today(&self) -> Date {
        (self.today)().clamp(FIRST_DAY, LAST_DAY)
    }
}

/// The days a link may name.
const FIRST_DAY: Date = date(2000, 1, 1);
const LAST_DAY: Date = date(2100, 12, 31);

/// Serves the site on a listener until `shutdown` is done and everybody who was let in is answered.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let open = site.metrics.connections.clone();
    connections::serve(listener, router::router(site), limits, open, shutdown).await
}

/// Serves the figures about a site on a listener of their own until `shutdown` is done; `lost_lines` tells how many lines
/// of the log were lost.
///
/// # Errors
/// If the listener fails.
pub async fn serve_metrics(
    listener: TcpListener,
    site: Arc<Site>,
    lost_lines: fn() -> u64,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let limits = Limits { connections: 16, ..Limits::default() };
    connections::serve(listener, metrics::router(site, lost_lines), limits, Arc::default(), shutdown).await
}
