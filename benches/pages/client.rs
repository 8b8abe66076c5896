//! A client that does as little as possible: one connection, one request after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

/// A connection that is kept.
pub struct Client(BufReader<TcpStream>);

impl Client {
    pub fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self(BufReader::with_capacity(1 << 20, stream))
    }

    /// Sends a request and gives the whole answer, head and body.
    pub fn ask(&mut self, request: &str) -> Vec<u8> {
        self.0.get_mut().write_all(request.as_bytes()).expect("the server reads");
        let mut answer = Vec::new();
        let mut length = 0;
        loop {
            let start = answer.len();
            self.0.read_until(b'\n', &mut answer).expect("the server answers");
            let line = String::from_utf8_lossy(&answer[start..]).to_ascii_lowercase();
            if let Some(said) = line.strip_prefix("content-length:") {
                length = said.trim().parse().expect("a length");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let head = answer.len();
        answer.resize(head + length, 0);
        self.0.read_exact(&mut answer[head..]).expect("the whole answer");
        answer
    }
}
