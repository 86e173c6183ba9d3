//! Versions as HTTP says them.

/// A version number as `ETag` and `If-Match` carry it: `W/"3"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64);

impl Version {
    /// The weak entity tag (R4 http.html#versioning).
    pub fn etag(self) -> String {
        format!("W/\"{}\"", self.0)
    }
}

/// Reads `If-Match`: the version it demands, or `None` where the text is no version of ours.
///
/// Clients send `W/"3"`, `"3"` and bare `3`. A tag that cannot be a version of this server is not ignored: the
/// caller answers 412, because the client did say that it wants to change one certain state.
pub fn parse_if_match(text: &str) -> Option<Version> {
    let text = text.trim();
    let text = text.strip_prefix("W/").unwrap_or(text);
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok().map(Version))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_clients_write_it() {
        for text in ["W/\"3\"", "\"3\"", "3", " W/\"3\" "] {
            assert_eq!(parse_if_match(text), Some(Version(3)), "{text}");
        }
        for text in ["", "*", "W/\"a\"", "W/\"3\", W/\"4\"", "+3", "99999999999999999999999"] {
            assert_eq!(parse_if_match(text), None, "{text}");
        }
        assert_eq!(Version(3).etag(), "W/\"3\"");
    }
}
