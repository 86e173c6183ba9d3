//! Where requests may go at all.

use url::{Host, Url};

use crate::address::is_permitted;
use crate::{Origin, OutboundError};

/// Where requests may go. An operator decides; nothing that arrives over the network can widen it.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Origins that may be asked.
    pub origins: Vec<Origin>,
    /// True in a development set-up: `http` and loopback addresses are then allowed too.
    pub development: bool,
}

impl Policy {
    /// Checks an address before anything is sent; names are looked up, and checked, later.
    pub(crate) fn check(&self, url: &Url) -> Result<(), OutboundError> {
        let origin = Origin::of(url).ok_or(OutboundError::NotAllowed { origin: None })?;
        let scheme_allowed = origin.scheme == "https" || self.development;
        let bare = url.username().is_empty() && url.password().is_none();
        if !scheme_allowed || !bare || !self.origins.contains(&origin) {
            return Err(OutboundError::NotAllowed { origin: Some(origin) });
        }
        // The HTTP library asks no resolver for a literal address, so it is checked here.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) | None => None,
        };
        match literal {
            Some(address) if !is_permitted(address, self.development) => Err(OutboundError::PrivateAddress),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(development: bool, registered: &str, asked: &str) -> Result<(), OutboundError> {
        let origins = Origin::parse(registered).into_iter().collect();
        Policy { origins, development }.check(&Url::parse(asked).expect("a URL"))
    }

    #[test]
    fn only_registered_origins_may_be_asked() {
        assert_eq!(check(false, "https://ehr.example", "https://ehr.example/fhir/Patient?x=1"), Ok(()));
        let refused = check(false, "https://ehr.example", "https://ehr.example.evil.test/fhir");
        assert!(matches!(refused, Err(OutboundError::NotAllowed { .. })));
    }

    #[test]
    fn s2_plain_http_is_for_development_only() {
        assert!(check(false, "http://ehr.example", "http://ehr.example/").is_err());
        assert_eq!(check(true, "http://ehr.example", "http://ehr.example/"), Ok(()));
    }

    #[test]
    fn s1_credentials_in_an_address_are_refused() {
        assert!(check(false, "https://ehr.example", "https://user@ehr.example/").is_err());
        assert!(check(false, "https://ehr.example", "https://:word@ehr.example/").is_err());
    }

    #[test]
    fn s2_a_literal_private_address_is_refused_even_when_registered_and_however_it_is_spelled() {
        for text in [
            "https://10.0.0.1",
            "https://0xa.1",
            "https://167772161",
            "https://[::ffff:10.0.0.1]",
            "https://127.0.0.1",
            "https://[::1]",
            "https://169.254.169.254",
        ] {
            assert_eq!(check(false, text, text), Err(OutboundError::PrivateAddress), "{text}");
        }
        assert_eq!(check(true, "http://127.0.0.1:4001", "http://127.0.0.1:4001/fhir"), Ok(()));
        assert_eq!(check(true, "http://10.0.0.1", "http://10.0.0.1"), Err(OutboundError::PrivateAddress));
    }
}
