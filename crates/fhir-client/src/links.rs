//! Where requests may go: under the base, by whole segments.

use url::Url;

/// Why a link is not followed: it leads away, or nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Foreign;

/// True where `url` is the base or below it: same scheme, host and port, and the base's path segments compared whole.
///
/// A string comparison is not enough: `https://ehr.example/fhir-evil` starts with `https://ehr.example/fhir`. Slashes
/// and backslashes in disguise (`%2f`, `%5c`) are refused, since some servers read them as separators.
pub(crate) fn is_under(base: &Url, url: &Url) -> bool {
    let same_origin = base.scheme() == url.scheme()
        && base.host_str() == url.host_str()
        && base.port_or_known_default() == url.port_or_known_default();
    let bare = url.username().is_empty() && url.password().is_none() && url.host().is_some();
    let path = url.path().to_ascii_lowercase();
    let honest = !path.contains("%2f") && !path.contains("%5c") && !path.contains("%2e%2e");
    let base_segments = base.path().trim_end_matches('/').split('/');
    let mut segments = url.path().split('/');
    same_origin && bare && honest && base_segments.eq(segments.by_ref().take(base_segments_count(base)))
}

/// The address of the next page, which a server may give whole or relative.
///
/// A relative one is relative to the base, as all URLs of FHIR are; one that is only a query belongs to the current page.
pub(crate) fn next_page(base: &Url, current: &Url, link: &str) -> Result<Url, Foreign> {
    let link = link.trim();
    if link.is_empty() {
        return Err(Foreign);
    }
    let origin = if link.starts_with('?') { current.clone() } else { with_slash(base) };
    let mut url = origin.join(link).map_err(|_| Foreign)?;
    url.set_fragment(None);
    if is_under(base, &url) { Ok(url) } else { Err(Foreign) }
}

/// The base with a slash at its end, to which relative URLs can be joined.
pub(crate) fn with_slash(base: &Url) -> Url {
    let mut base = base.clone();
    if !base.path().ends_with('/') {
        let path = format!("{}/", base.path());
        base.set_path(&path);
    }
    base
}

fn base_segments_count(base: &Url) -> usize {
    base.path().trim_end_matches('/').split('/').count()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const BASE: &str = "https://ehr.example/fhir/r4";

    fn next(link: &str) -> Option<String> {
        let base: Url = BASE.parse().unwrap();
        let current = "https://ehr.example/fhir/r4/Goal?patient=1".parse().unwrap();
        next_page(&base, &current, link).ok().map(String::from)
    }

    #[test]
    fn f6_a_next_link_is_followed_verbatim_under_the_base() {
        for link in [
            "https://ehr.example/fhir/r4/Goal?page=2",
            "https://ehr.example/fhir/r4?_getpages=a%20b&_x=%3D",
            "https://ehr.example:443/fhir/r4/Goal?page=2",
        ] {
            assert_eq!(next(link), Some(link.replace(":443", "")), "{link}");
        }
    }

    #[test]
    fn f6_a_relative_next_link_belongs_to_the_base_or_the_page() {
        assert_eq!(next("Goal?page=2").as_deref(), Some("https://ehr.example/fhir/r4/Goal?page=2"));
        assert_eq!(next("?page=2").as_deref(), Some("https://ehr.example/fhir/r4/Goal?page=2"));
        assert_eq!(next("/fhir/r4/Goal?page=2").as_deref(), Some("https://ehr.example/fhir/r4/Goal?page=2"));
    }

    #[test]
    fn f6_a_next_link_that_leads_away_is_foreign() {
        for link in [
            "http://ehr.example/fhir/r4/Goal?page=2",
            "https://ehr.example:8443/fhir/r4/Goal",
            "https://ehr.example.evil.example/fhir/r4/Goal",
            "https://evil.example/fhir/r4/Goal",
            "//evil.example/fhir/r4/Goal",
            "https://ehr.example@evil.example/fhir/r4/Goal",
            "https://user@ehr.example/fhir/r4/Goal",
            "https://ehr.example/fhir/r4-evil/Goal",
            "https://ehr.example/fhir/r4/../../admin",
            "https://ehr.example/fhir/r4/%2e%2e/%2e%2e/admin",
            "https://ehr.example/fhir/r4/..%2f..%2fadmin",
            "https://ehr.example/fhir/r4/..%5cadmin",
            "https://ehr.example/fhir",
            "https://ehr.example/",
            "/admin",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "",
            " ",
            "https://",
        ] {
            assert_eq!(next(link), None, "{link}");
        }
    }

    #[test]
    fn a_base_at_the_root_has_everything_of_its_origin_below_it() {
        let base: Url = "http://127.0.0.1:4001".parse().unwrap();
        assert!(is_under(&base, &"http://127.0.0.1:4001/Goal/1".parse().unwrap()));
        assert!(!is_under(&base, &"http://127.0.0.1:4002/Goal/1".parse().unwrap()));
    }
}
