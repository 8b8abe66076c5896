//! Connections: how many at once, how long each may take, and how they end. Nobody is waited for without an end, and
//! nobody who is being answered is cut off.

use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// How much is allowed to whom.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; further ones wait until one is free.
    pub connections: usize,
    /// From the first to the last byte of a request's head, and between two requests.
    pub head: Duration,
    /// For a reader who takes nothing of the answer.
    pub write: Duration,
    /// How long a connection is used before a new one is wanted.
    pub age: Duration,
    /// What is being answered when the program is told to stop gets this long.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1000,
            head: Duration::from_secs(10),
            write: Duration::from_secs(20),
            age: Duration::from_secs(600),
            farewell: Duration::from_secs(10),
        }
    }
}

/// The most a request's head may hold, address included: what is refused with words is shorter, see `failure`. Beyond it
/// the HTTP library refuses by itself.
const LONGEST_HEAD: usize = 64 * 1024;

/// After the signal to stop, for requests that were on their way already.
const LAST_CALL: Duration = Duration::from_millis(100);

/// Serves until `shutdown` is done, and then until the last answer is out or the time for that is over.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    open: Arc<AtomicI64>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let mut http = http1::Builder::new();
    // Who has said everything and waits for the answer is answered, too.
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(LONGEST_HEAD).half_close(true);
    let service = TowerToHyperService::new(router);
    let places = Arc::new(Semaphore::new(limits.connections));
    let (closing, closed) = watch::channel(false);
    let attend = |stream: TcpStream, place| {
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.write));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service.clone());
        let (mut closed, open) = (closed.clone(), Open::one_more_of(&open));
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                biased;
                _ = connection.as_mut() => return drop((place, open)),
                _ = closed.wait_for(|closed| *closed) => {}
                () = sleep(limits.age) => {}
            }
            Pin::as_mut(&mut connection).graceful_shutdown();
            let _ = timeout(limits.farewell, connection).await;
            drop((place, open));
        });
    };

    let mut shutdown = pin!(shutdown);
    loop {
        if places.available_permits() == 0 {
            tracing::warn!(
                "all {} connections are in use; new ones wait until one is free (--connections)",
                limits.connections
            );
        }
        let place = tokio::select! {
            biased;
            () = &mut shutdown => break,
            place = places.clone().acquire_owned() => place,
        };
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            stream = accept(&listener) => attend(stream, place),
        }
    }

    // Whoever was let in by the system already is still served.
    let mut last_call = pin!(sleep(LAST_CALL));
    while let Ok(place) = places.clone().try_acquire_owned() {
        tokio::select! {
            () = &mut last_call => break,
            stream = accept(&listener) => attend(stream, Ok(place)),
        }
    }
    drop(listener);
    let _ = closing.send(true);
    let everybody = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    if timeout(limits.farewell, places.acquire_many(everybody)).await.is_err() {
        let left = limits.connections - places.available_permits();
        tracing::warn!("{left} connections did not end in time and were cut");
    }
    Ok(())
}

/// Counts a connection for as long as it lives.
struct Open(Arc<AtomicI64>);

impl Open {
    fn one_more_of(open: &Arc<AtomicI64>) -> Self {
        open.fetch_add(1, Ordering::Relaxed);
        Self(open.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The next connection. One that is gone before it was looked at is no matter; a system out of files is told of, and tried
/// again a little later.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
                if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
                    tracing::error!("no connection can be taken: {error}");
                    sleep(Duration::from_millis(500)).await;
                }
            }
        }
    }
}
