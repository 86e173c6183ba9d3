//! Addresses and canonicals (R4 search.html#uri).

use serde_json::Value;

/// How an address compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// The same; a canonical also without its version.
    Same,
    /// At or below the wanted one (`:below`).
    Below,
    /// At or above the wanted one (`:above`).
    Above,
}

/// True where the element is such an address.
pub(super) fn matches(element: &Value, wanted: &str, how: How) -> bool {
    let Some(address) = element.as_str() else { return false };
    match how {
        How::Same => address == wanted || address.split_once('|').is_some_and(|(address, _)| address == wanted),
        How::Below => address.strip_prefix(wanted).is_some_and(ends_segment),
        How::Above => wanted.strip_prefix(address).is_some_and(ends_segment),
    }
}

fn ends_segment(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn below_stops_at_a_slash_and_a_canonical_matches_without_its_version() {
        let element = json!("http://a.test/plan/one|2");
        assert!(matches(&element, "http://a.test/plan/one", How::Same));
        assert!(!matches(&element, "http://a.test/plan", How::Same));
        assert!(matches(&element, "http://a.test/plan", How::Below));
        assert!(!matches(&element, "http://a.test/pl", How::Below));
        assert!(matches(&json!("http://a.test"), "http://a.test/plan", How::Above));
    }
}
