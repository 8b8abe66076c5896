//! The wizard on the web. Every page is a pure function of rulebook, URL and day: no cookie, no session, no database,
//! nothing stored, no answer in a log.
//!
//! `router` is the table of all addresses; `pages` and `rules` answer them; `link` reads and writes answers in addresses,
//! `short` in few letters; `earlier` is the old sheet a link may speak of; `views`
//! turns data into HTML; `assets`, `headers`, `failure` and `too_long` do what their names say.

mod assets;
mod changes;
mod desk;
mod earlier;
mod failure;
mod headers;
mod info;
mod link;
mod pages;
mod qr;
mod router;
mod rules;
mod short;
mod too_long;
mod views;

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use tokio::net::TcpListener;

use crate::format::Operator;
use crate::proof::{Certificate, certify};
use crate::rulebook::Rulebook;

pub use rules::Claim;
pub use views::render_sheet;

/// What every page needs: the rules, swapped whole when they are read again, and the day.
pub struct Site {
    rulebook: RwLock<Arc<Rulebook>>,
    today: Box<dyn Fn() -> Date + Send + Sync>,
    public_address: Option<String>,
    operator: Operator,
    certified: Mutex<Option<Certified>>,
}

/// What is proved about these rules on this day; worked out once.
struct Certified {
    rulebook: Arc<Rulebook>,
    day: Date,
    certificate: Arc<Certificate>,
}

impl Site {
    /// A site with these rules; `today` is asked on each request, so that tests can hold the day still.
    pub fn new(rulebook: Rulebook, today: impl Fn() -> Date + Send + Sync + 'static) -> Self {
        Self {
            rulebook: RwLock::new(Arc::new(rulebook)),
            today: Box::new(today),
            public_address: None,
            operator: Operator::default(),
            certified: Mutex::new(None),
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

    /// The rules in force for this request.
    pub fn rulebook(&self) -> Arc<Rulebook> {
        self.rulebook.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts other rules in place; requests under way finish with the old ones.
    pub fn replace(&self, rulebook: Rulebook) {
        *self.rulebook.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rulebook);
    }

    /// What is proved about the rules in force. Takes a while the first time on a day; call it where waiting is no harm.
    pub fn certificate(&self) -> Arc<Certificate> {
        let (rulebook, day) = (self.rulebook(), self.today());
        let mut certified = self.certified.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) =
            certified.as_ref().filter(|known| Arc::ptr_eq(&known.rulebook, &rulebook) && known.day == day)
        {
            return known.certificate.clone();
        }
        let certificate = Arc::new(certify(&rulebook, day));
        *certified = Some(Certified { rulebook, day, certificate: certificate.clone() });
        certificate
    }

    /// Today.
    pub fn today(&self) -> Date {
        (self.today)()
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
