//! What an EHR sends to `/launch` (checklist L2, L3).

use access::Secret;

/// `iss` and `launch`, and nothing else: no patient, client, server or redirect is ever taken from the address.
#[derive(Clone, PartialEq, Eq)]
pub struct LaunchQuery {
    /// The FHIR base that the EHR says it is, as received: to be looked up, and to be sent back as `aud`.
    pub iss: String,
    /// The opaque handle of what the EHR has opened.
    pub launch: Option<Secret>,
}

/// The opaque handle may be this long; longer ones are refused.
const LONGEST: usize = 8 * 1024;

impl LaunchQuery {
    /// Reads the query of a launch request. A parameter that stands twice is refused, one that we do not know is ignored.
    pub fn parse(query: &str) -> Result<Self, LaunchQueryError> {
        let (mut iss, mut launch) = (None, None);
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            // A replaced character means that the bytes were no UTF-8: the handle could not go back byte by byte.
            if value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(LaunchQueryError::NotText);
            }
            let slot = match name.as_ref() {
                "iss" => &mut iss,
                "launch" => &mut launch,
                _ => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(LaunchQueryError::Twice);
            }
        }
        if launch.as_ref().is_some_and(|text| text.len() > LONGEST) {
            return Err(LaunchQueryError::TooLong);
        }
        let launch = launch.filter(|text| !text.is_empty()).map(Secret::new);
        Ok(Self { iss: iss.ok_or(LaunchQueryError::NoIssuer)?, launch })
    }
}

/// Shows neither: the issuer is still unchecked, the handle is never shown.
impl std::fmt::Debug for LaunchQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LaunchQuery").finish_non_exhaustive()
    }
}

/// Why a launch request cannot be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LaunchQueryError {
    /// `iss` is missing.
    #[error("the launch does not say who issued it")]
    NoIssuer,
    /// A parameter stands twice.
    #[error("a parameter of the launch stands twice")]
    Twice,
    /// `launch` is longer than 8 KiB.
    #[error("the launch handle is too long")]
    TooLong,
    /// A value is no UTF-8.
    #[error("a parameter of the launch is not text")]
    NotText,
}

#[cfg(test)]
mod tests {
    use super::{LaunchQuery, LaunchQueryError};

    #[test]
    fn l2_l3_the_handle_is_kept_as_it_is_and_everything_else_is_ignored() {
        let query =
            LaunchQuery::parse("launch=a%2Bb%20c%2F%3D&patient=7&iss=https%3A%2F%2Fehr.example%2Ffhir&redirect_uri=x")
                .expect("a launch");
        assert_eq!(query.iss, "https://ehr.example/fhir");
        assert_eq!(query.launch.as_ref().map(access::Secret::expose), Some("a+b c/="));
        assert!(!format!("{query:?}").contains("a+b"));
    }

    #[test]
    fn l3_a_launch_that_is_not_clear_is_refused() {
        for (query, error) in [
            ("launch=x", LaunchQueryError::NoIssuer),
            ("iss=a&iss=b&launch=x", LaunchQueryError::Twice),
            ("iss=a&launch=x&launch=y", LaunchQueryError::Twice),
            ("iss=a&launch=%ff", LaunchQueryError::NotText),
        ] {
            assert_eq!(LaunchQuery::parse(query), Err(error), "{query}");
        }
        assert_eq!(LaunchQuery::parse(&format!("iss=a&launch={}", "x".repeat(8193))), Err(LaunchQueryError::TooLong));
        assert!(LaunchQuery::parse(&format!("iss=a&launch={}", "x".repeat(8192))).is_ok());
    }
}
