//! The wizard on the web. Every page is a pure function of rulebook, URL and day: no cookie, no session, no database,
//! nothing stored, no answer in a log.
//!
//! `router` is the table of all addresses; `pages` holds a file for each page; `visit` is what a request works with: `link`
//! reads and writes answers in addresses, `short` in few letters, `earlier` is the old sheet a link may speak of;
//! `edition` is the rules on a day; `view` turns data into HTML; `stored` keeps what nobody's answers change, `blank` the rest
//! of a page; `gzip` compresses. `assets`, `headers`, `failure` and `too_long` do what their names say.

mod assets;
mod blank;
mod earlier;
mod edition;
mod failure;
mod gzip;
mod headers;
mod link;
mod operator;
mod pages;
mod qr;
mod router;
mod short;
mod stored;
mod too_long;
mod view;
mod visit;

use std::future::Future;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use tokio::net::TcpListener;

use crate::rulebook::Rulebook;
use edition::Edition;

pub use operator::Operator;
pub use pages::Claim;
pub use view::render_sheet;

/// What every page needs: the rules on this day, swapped whole when they are read again or the day changes, and who runs
/// the site.
pub struct Site {
    edition: RwLock<Arc<Edition>>,
    today: Box<dyn Fn() -> Date + Send + Sync>,
    public_address: Option<String>,
    operator: Operator,
}

impl Site {
    /// A site with these rules; `today` is asked on each request, so that tests can hold the day still.
    pub fn new(rulebook: Rulebook, today: impl Fn() -> Date + Send + Sync + 'static) -> Self {
        Self {
            edition: RwLock::new(Arc::new(Edition::new(Arc::new(rulebook), today()))),
            today: Box::new(today),
            public_address: None,
            operator: Operator::default(),
        }
    }

    /// The same site under the address by which the world reaches it, for links on paper.
    pub fn at(self, public_address: Option<String>) -> Self {
        Self { public_address, ..self }
    }

    /// The same site run by somebody who is named.
    pub fn run_by(self, operator: Operator) -> Self {
        Self { operator, ..self }
    }

    /// Who runs this site.
    pub fn operator(&self) -> &Operator {
        &self.operator
    }

    /// The address by which the world reaches this site, if the operator named it.
    pub fn public_address(&self) -> Option<&str> {
        self.public_address.as_deref()
    }

    /// Puts other rules in place; requests under way finish with the old ones.
    pub fn replace(&self, rulebook: Rulebook) {
        self.publish(Arc::new(rulebook), (self.today)());
    }

    /// Proves the rules in force, so that the page of the proof need not. Takes a while.
    pub fn prove(&self) {
        self.edition().proved();
    }

    /// The rules in force today.
    fn edition(&self) -> Arc<Edition> {
        let today = (self.today)();
        let edition = self.edition.read().unwrap_or_else(PoisonError::into_inner).clone();
        if edition.day == today { edition } else { self.publish(edition.rulebook.clone(), today) }
    }

    fn publish(&self, rulebook: Arc<Rulebook>, day: Date) -> Arc<Edition> {
        let edition = Arc::new(Edition::new(rulebook, day));
        *self.edition.write().unwrap_or_else(PoisonError::into_inner) = edition.clone();
        edition
    }
}

/// Serves the site on a listener until `shutdown` is done.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(too_long::Listener::new(listener), router::router(site)).with_graceful_shutdown(shutdown).await
}
