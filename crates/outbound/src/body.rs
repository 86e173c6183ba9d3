//! A body, decoded while it comes and never longer than allowed.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::GzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use crate::limits::MIB;
use crate::{Limits, OutboundError};

/// How a body is encoded on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Identity,
    Gzip,
}

impl Encoding {
    /// Reads the header; anything but the two that we know was not asked for.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, OutboundError> {
        let mut values = headers.get_all(CONTENT_ENCODING).iter();
        let (first, second) = (values.next(), values.next());
        let Some(value) = first else { return Ok(Self::Identity) };
        let text = value.to_str().map_err(|_| OutboundError::BadEncoding)?.trim().to_ascii_lowercase();
        match (text.as_str(), second) {
            ("" | "identity", None) => Ok(Self::Identity),
            ("gzip" | "x-gzip", None) => Ok(Self::Gzip),
            _ => Err(OutboundError::BadEncoding),
        }
    }
}

/// A body under way.
pub(crate) struct Body {
    decoder: Decoder,
    limits: Limits,
    received: usize,
}

enum Decoder {
    Identity(Capped),
    Gzip(GzDecoder<Capped>),
}

impl Body {
    pub(crate) fn new(encoding: Encoding, limits: Limits) -> Self {
        let capped = Capped { bytes: Vec::new(), room: limits.body_bytes, overflowed: false };
        let decoder = match encoding {
            Encoding::Identity => Decoder::Identity(capped),
            Encoding::Gzip => Decoder::Gzip(GzDecoder::new(capped)),
        };
        Self { decoder, limits, received: 0 }
    }

    /// Takes the next bytes from the wire.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<(), OutboundError> {
        self.received += chunk.len();
        if self.received > self.limits.body_bytes {
            return Err(OutboundError::TooLarge);
        }
        match &mut self.decoder {
            Decoder::Identity(capped) => capped.write_all(chunk).map_err(|_| OutboundError::TooLarge),
            Decoder::Gzip(decoder) => {
                let by_ratio = self.received.saturating_mul(self.limits.ratio).max(MIB);
                decoder.get_mut().room = self.limits.body_bytes.min(by_ratio);
                decoder.write_all(chunk).map_err(|_| refusal(decoder.get_ref()))
            }
        }
    }

    /// The whole body, once the wire has no more.
    pub(crate) fn finish(self) -> Result<Bytes, OutboundError> {
        match self.decoder {
            Decoder::Identity(capped) => Ok(capped.bytes.into()),
            // An answer without a body may still carry the header.
            Decoder::Gzip(_) if self.received == 0 => Ok(Bytes::new()),
            Decoder::Gzip(mut decoder) => match decoder.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut decoder.get_mut().bytes).into()),
                Err(_) if decoder.get_ref().overflowed => Err(OutboundError::TooLarge),
                Err(_) => Err(OutboundError::Truncated),
            },
        }
    }
}

fn refusal(capped: &Capped) -> OutboundError {
    if capped.overflowed { OutboundError::TooLarge } else { OutboundError::BadEncoding }
}

/// Takes bytes until there is no more room.
struct Capped {
    bytes: Vec<u8>,
    room: usize,
    overflowed: bool,
}

impl Write for Capped {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if more.len() > self.room.saturating_sub(self.bytes.len()) {
            self.overflowed = true;
            return Err(io::Error::other("longer than allowed"));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    fn decode(encoding: Encoding, limits: Limits, wire: &[u8], step: usize) -> Result<Bytes, OutboundError> {
        let mut body = Body::new(encoding, limits);
        for chunk in wire.chunks(step) {
            body.push(chunk)?;
        }
        body.finish()
    }

    #[test]
    fn s12_a_bomb_is_refused_by_its_ratio_long_before_the_cap() {
        let limits = Limits { body_bytes: 1 << 40, ..Limits::PAGE };
        let bomb = gzip(&vec![0; 64 * MIB]);
        assert_eq!(decode(Encoding::Gzip, limits, &bomb, 4096), Err(OutboundError::TooLarge));
    }

    #[test]
    fn one_byte_over_the_cap_is_refused_and_the_cap_itself_is_not() {
        let limits = Limits { body_bytes: 1000, ..Limits::PAGE };
        for encoding in [Encoding::Identity, Encoding::Gzip] {
            let wire = |bytes: &[u8]| if encoding == Encoding::Gzip { gzip(bytes) } else { bytes.to_vec() };
            assert!(decode(encoding, limits, &wire(&[7; 1000]), 100).is_ok());
            assert_eq!(decode(encoding, limits, &wire(&[7; 1001]), 100), Err(OutboundError::TooLarge));
        }
    }

    #[test]
    fn a_body_that_is_not_gzip_although_it_says_so_is_refused() {
        let refused = decode(Encoding::Gzip, Limits::PAGE, b"{\"resourceType\":\"Bundle\"}", 100);
        assert_eq!(refused, Err(OutboundError::BadEncoding));
    }

    #[test]
    fn s12_an_unknown_or_double_encoding_is_refused() {
        let header = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(CONTENT_ENCODING, http::HeaderValue::from_static(value));
            }
            Encoding::of(&headers)
        };
        assert_eq!(header(&[]), Ok(Encoding::Identity));
        assert_eq!(header(&["GZIP"]), Ok(Encoding::Gzip));
        assert_eq!(header(&["br"]), Err(OutboundError::BadEncoding));
        assert_eq!(header(&["gzip, gzip"]), Err(OutboundError::BadEncoding));
        assert_eq!(header(&["gzip", "gzip"]), Err(OutboundError::BadEncoding));
    }

    proptest! {
        #[test]
        fn what_was_compressed_comes_back_however_it_was_cut(bytes in prop::collection::vec(any::<u8>(), 0..5000), step in 1usize..700) {
            prop_assert_eq!(decode(Encoding::Gzip, Limits::PAGE, &gzip(&bytes), step), Ok(bytes.clone().into()));
            prop_assert_eq!(decode(Encoding::Identity, Limits::PAGE, &bytes, step), Ok(bytes.into()));
        }

        #[test]
        fn a_gzip_body_cut_short_is_never_taken_for_whole(bytes in prop::collection::vec(any::<u8>(), 0..500), cut in 1usize..1000) {
            let wire = gzip(&bytes);
            let cut = 1 + cut % (wire.len() - 1);
            prop_assert!(decode(Encoding::Gzip, Limits::PAGE, &wire[..cut], 64).is_err());
        }
    }
}
