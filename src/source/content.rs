//! The text of a file: as it was read, or packed within the program until somebody looks at it.
//!
//! A start of the finished program reads today's rules; earlier states and other languages wait until somebody asks for them.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::{BufRead as _, BufReader, Read};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use flate2::read::GzDecoder;

/// A text, whole once it is looked at.
#[derive(Clone, Debug)]
pub enum Content {
    /// As it was read; shared with whoever keeps it beyond the reading.
    Read(Arc<str>),
    /// Packed within the program.
    Packed(Packed),
}

/// A text within a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// The bundle, and the bytes of its text.
    pub bundle: &'static Bundle,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Texts packed together, since what is alike is then said once. Unpacked when the first of them is looked at.
pub struct Bundle {
    packed: &'static [u8],
    text: OnceLock<Box<str>>,
}

impl Bundle {
    /// A bundle as `build.rs` made it.
    pub const fn new(packed: &'static [u8]) -> Self {
        Self { packed, text: OnceLock::new() }
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| self.unpacked().into())
    }

    /// One that cannot be unpacked holds nothing, as if it had never been there.
    fn unpacked(&self) -> String {
        let mut text = String::new();
        GzDecoder::new(self.packed).read_to_string(&mut text).map(|_| text).unwrap_or_default()
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.packed.len())
    }
}

impl Content {
    /// The text for somebody who needs it once only: what is packed stays so for all others.
    pub fn once(&self) -> Cow<'_, str> {
        match self {
            Self::Packed(Packed { bundle, start, end }) if bundle.text.get().is_none() => {
                Cow::Owned(bundle.unpacked().get(*start..*end).unwrap_or_default().to_owned())
            }
            content => Cow::Borrowed(content),
        }
    }

    /// Its lines up to the first empty one.
    pub fn head(&self) -> String {
        let packed;
        let lines: &mut dyn Iterator<Item = String> = match self {
            Self::Packed(Packed { bundle, start: 0, .. }) => {
                packed = BufReader::with_capacity(1024, GzDecoder::new(bundle.packed));
                &mut packed.lines().map_while(Result::ok)
            }
            content => &mut content.lines().map(str::to_owned),
        };
        lines.take_while(|line| !line.is_empty()).flat_map(|line| [line, "\n".to_owned()]).collect()
    }
}

impl Deref for Content {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Read(text) => text,
            Self::Packed(Packed { bundle, start, end }) => bundle.text().get(*start..*end).unwrap_or_default(),
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for Content {
    fn from(text: T) -> Self {
        Self::Read(text.into())
    }
}

/// What is packed cannot change: its place tells it from all else.
impl Hash for Content {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Read(text) => text.hash(state),
            Self::Packed(Packed { bundle, start, end }) => (bundle.packed.len(), start, end).hash(state),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, GzBuilder};

    use super::*;

    fn bundle(text: &str) -> &'static Bundle {
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
        gzip.write_all(text.as_bytes()).unwrap();
        Box::leak(Box::new(Bundle::new(gzip.finish().unwrap().leak())))
    }

    #[test]
    fn a_packed_text_is_the_one_that_was_packed() {
        let bundle = bundle("msgid \"\"\nX: Über\n\nmsgid \"a\"\n");
        let text = Content::Packed(Packed { bundle, start: 0, end: 19 });
        assert_eq!(text.head(), "msgid \"\"\nX: Über\n");
        assert_eq!(text.once(), "msgid \"\"\nX: Über\n\n");
        assert!(bundle.text.get().is_none());
        assert_eq!(&*text, "msgid \"\"\nX: Über\n\n");
    }

    #[test]
    fn what_is_torn_holds_nothing() {
        let bundle = Box::leak(Box::new(Bundle::new(b"torn")));
        assert_eq!(&*Content::Packed(Packed { bundle, start: 0, end: 4 }), "");
    }
}
