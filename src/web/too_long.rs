//! Addresses beyond 64 kB never reach the router: the HTTP library answers them itself, with nothing to read. This
//! wrapper around a connection gives that bare answer a sentence, so that nobody is left with an empty window.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

const BARE: &[u8] = b"HTTP/1.1 414";
const SENTENCE: &str =
    "Diese Adresse ist zu lang. Ein Link von Lotse ist viel kürzer.\nBitte beginnen Sie auf der Startseite neu.\n";

/// Accepts connections whose bare refusals speak.
pub struct Listener(TcpListener);

impl Listener {
    pub fn new(listener: TcpListener) -> Self {
        Self(listener)
    }
}

impl axum::serve::Listener for Listener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, peer) = axum::serve::Listener::accept(&mut self.0).await;
        (Connection { stream, refusal: None }, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that watches for the library's bare refusal.
pub struct Connection {
    stream: TcpStream,
    /// The refusal still to be written, and how many bytes of the bare one it stands for.
    refusal: Option<(Vec<u8>, usize)>,
}

fn spoken() -> Vec<u8> {
    format!(
        "HTTP/1.1 414 URI Too Long\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{SENTENCE}",
        SENTENCE.len()
    )
    .into_bytes()
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        // Our own refusals carry a page and are left alone; the library's has no content type.
        let bare = bytes.starts_with(BARE) && !bytes.windows(12).any(|part| part.eq_ignore_ascii_case(b"content-type"));
        if self.refusal.is_none() && bare {
            self.refusal = Some((spoken(), bytes.len()));
        }
        while let Some((rest, stands_for)) = self.refusal.take() {
            match Pin::new(&mut self.stream).poll_write(cx, &rest) {
                Poll::Ready(Ok(written)) if written < rest.len() => {
                    self.refusal = Some((rest[written..].to_vec(), stands_for))
                }
                Poll::Ready(Ok(_)) => return Poll::Ready(Ok(stands_for)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => {
                    self.refusal = Some((rest, stands_for));
                    return Poll::Pending;
                }
            }
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.refusal.is_some() || parts.first().is_some_and(|part| part.starts_with(BARE)) {
            let first = parts.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| part);
            return self.poll_write(cx, first);
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
