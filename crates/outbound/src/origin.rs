//! Where a request goes: scheme, host and port.

use std::fmt;

use url::Url;

/// Scheme, host and port of an address, parsed; compared whole.
///
/// Text prefixes have leaked credentials elsewhere (`https://ehr.example.evil.test` begins with `https://ehr.example`),
/// so there is no way to compare an origin with a string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// `https`, or `http` in development.
    pub scheme: String,
    /// Host in lower case; an IPv6 address stands in brackets.
    pub host: String,
    /// Port, also where the address leaves it out.
    pub port: u16,
}

impl Origin {
    /// Reads the origin of an address; `None` where it has no host or is neither `http` nor `https`.
    pub fn of(url: &Url) -> Option<Self> {
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        Some(Self {
            scheme: url.scheme().to_owned(),
            host: url.host_str()?.to_owned(),
            port: url.port_or_known_default()?,
        })
    }

    /// Reads the origin of an address given as text, as in a configuration.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(&Url::parse(text).ok()?)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.scheme, self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn spelling_of_the_same_origin_does_not_matter() {
        let origin = Origin::parse("https://EHR.example/fhir");
        assert!(origin.is_some());
        assert_eq!(origin, Origin::parse("HTTPS://ehr.example:443"));
        assert_eq!(origin, Origin::parse("https://user:word@ehr.example/x?y#z"));
    }

    #[test]
    fn s1_look_alikes_are_other_origins() {
        let origin = Origin::parse("https://ehr.example/fhir");
        for other in [
            "http://ehr.example/fhir",
            "https://ehr.example:8443/fhir",
            "https://ehr.example./fhir",
            "https://ehr.example.evil.test/fhir",
            "https://ehr.example@evil.test/fhir",
            "https://evil.test/ehr.example",
            "https://ehr-example/fhir",
            "https://xn--hr-8ia.example/fhir",
        ] {
            assert_ne!(origin, Origin::parse(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_web_address_has_no_origin() {
        for text in ["file:///etc/passwd", "data:text/plain,x", "urn:uuid:1", "ehr.example", "ftp://ehr.example/"] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }
}
