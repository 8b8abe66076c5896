//! Compression. What never changes is compressed once; what is made for one visit passes an encoder that each thread keeps,
//! since making one costs more than a page.

use std::cell::RefCell;
use std::convert::Infallible;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, VARY};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::{Compress, Compression, FlushCompress};

/// What is shorter fits into one packet as it is.
const SHORTEST: u64 = 1024;
/// Longer than any answer of ours.
const LONGEST: usize = 64 * 1024 * 1024;
/// For one visit: quick. More effort saves a tenth of the bytes and costs several times the work.
const QUICK: u32 = 1;
/// Once for all visits: thorough.
const THOROUGH: u32 = 9;

/// Whether this visitor's browser takes compressed answers.
#[derive(Clone, Copy)]
pub struct Wanted(pub bool);

impl Wanted {
    pub fn of(headers: &HeaderMap) -> Self {
        let (mut gzip, mut any, mut identity) = (None, None, None);
        let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
        for offer in lists.flat_map(|list| list.split(',')) {
            let (name, parameters) = offer.split_once(';').unwrap_or((offer, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            match name.trim().to_ascii_lowercase().as_str() {
                "gzip" | "x-gzip" => gzip = weight,
                "identity" => identity = weight,
                "*" => any = weight,
                _ => {}
            }
        }
        let gzip = gzip.or(any).unwrap_or(0.0);
        Self(gzip > 0.0 && gzip >= identity.unwrap_or(0.0))
    }
}

impl<S: Sync> FromRequestParts<S> for Wanted {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

thread_local! {
    static ENCODER: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::new(QUICK), 15));
}

/// For one visit.
pub fn quickly(plain: &[u8]) -> Vec<u8> {
    ENCODER.with_borrow_mut(|encoder| {
        encoder.reset();
        encode(encoder, plain, FlushCompress::Finish)
    })
}

/// Once for all visits.
pub fn thoroughly(plain: &[u8]) -> Vec<u8> {
    encode(&mut Compress::new_gzip(Compression::new(THOROUGH), 15), plain, FlushCompress::Finish)
}

fn encode(encoder: &mut Compress, plain: &[u8], end: FlushCompress) -> Vec<u8> {
    let mut packed = Vec::with_capacity(plain.len() / 3 + 256);
    loop {
        let read = usize::try_from(encoder.total_in()).unwrap_or(plain.len());
        let result = encoder.compress_vec(&plain[read..], &mut packed, end);
        // There was room to spare, so everything is written. An encoder that is new or reset does not fail.
        if packed.len() < packed.capacity() || result.is_err() {
            return packed;
        }
        packed.reserve(plain.len() / 2 + 256);
    }
}

/// A part of an answer that can be joined with others: a deflated stream that ends on a whole byte and refers to nothing
/// outside itself.
pub fn piece(plain: &[u8]) -> Vec<u8> {
    let mut encoder = Compress::new(Compression::new(THOROUGH), false);
    encode(&mut encoder, plain, FlushCompress::Sync)
}

/// An answer joined from parts that were compressed before and others that are taken in as they are.
pub struct Joined {
    packed: Vec<u8>,
    plain: crc32fast::Hasher,
    length: usize,
}

impl Joined {
    pub fn with_capacity(bytes: usize) -> Self {
        let mut packed = Vec::with_capacity(bytes);
        // The magic number, deflate, no flags, no time, no hint, made by an unknown system.
        packed.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
        Self { packed, plain: crc32fast::Hasher::new(), length: 0 }
    }

    /// A part with its compressed form.
    pub fn push_piece(&mut self, plain: &[u8], packed: &[u8]) {
        self.packed.extend(packed);
        self.plain.update(plain);
        self.length += plain.len();
    }

    /// A part as it is: in blocks that say their length, and its complement.
    pub fn push_plain(&mut self, plain: &[u8]) {
        for block in plain.chunks(usize::from(u16::MAX)) {
            let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
            self.packed.push(0);
            self.packed.extend(length.to_le_bytes());
            self.packed.extend((!length).to_le_bytes());
            self.packed.extend(block);
        }
        self.plain.update(plain);
        self.length += plain.len();
    }

    pub fn finish(mut self) -> Vec<u8> {
        // The last block, empty; then the check sum and the length of the whole.
        self.packed.extend([1, 0, 0, 0xff, 0xff]);
        self.packed.extend(self.plain.finalize().to_le_bytes());
        self.packed.extend((u32::try_from(self.length).unwrap_or_default()).to_le_bytes());
        self.packed
    }
}

/// Compresses answers for browsers that take it, unless that is done already.
pub async fn layer(wanted: Wanted, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    let long = response.body().size_hint().lower() >= SHORTEST;
    if !wanted.0 || !long || response.headers().contains_key(CONTENT_ENCODING) || !shrinks(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    match axum::body::to_bytes(body, LONGEST).await {
        Ok(plain) => {
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Response::from_parts(parts, Body::from(Bytes::from(quickly(&plain))))
        }
        Err(error) => {
            tracing::error!("an answer could not be read to its end: {error}");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Whether it is text of some kind.
fn shrinks(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.starts_with("application/json") || kind.starts_with("image/svg")
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    fn wanted(list: &'static str) -> bool {
        Wanted::of(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(list))])).0
    }

    #[test]
    fn it_is_compressed_for_whoever_says_so() {
        for yes in ["gzip", "br, GZIP;q=0.5", "*", "deflate, *;q=0.1", "identity;q=0.2, gzip;q=0.3", "gzip, *;q=0"] {
            assert!(wanted(yes), "{yes}");
        }
        for no in ["", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "identity, gzip;q=0.5", "gzip;q=nonsense"] {
            assert!(!wanted(no), "{no}");
        }
    }

    proptest! {
        #[test]
        fn it_comes_back_as_it_was(plain in prop::collection::vec(any::<u8>(), 0..100_000), times in 1usize..4) {
            for packed in (0..times).map(|_| quickly(&plain)).chain([thoroughly(&plain)]) {
                let mut back = Vec::new();
                flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut back).unwrap();
                prop_assert_eq!(&back, &plain);
            }
        }
    }
}
