//! Asking only for what has changed (smart-launch F14).

use http::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue};

use crate::{FhirError, FhirServer, Versioned};

/// What a server called the answer that it gave; handed back, it need not give the same answer again (304).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validators {
    tag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
}

impl Validators {
    /// Those of an answer; `None` where it has neither `ETag` nor `Last-Modified`.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let (tag, modified) = (headers.get(ETAG).cloned(), headers.get(LAST_MODIFIED).cloned());
        (tag.is_some() || modified.is_some()).then_some(Self { tag, modified })
    }

    /// Makes a request conditional. The date alone is used only where there is no tag: it counts in seconds.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        match (&self.tag, &self.modified) {
            (Some(tag), _) => drop(headers.insert(IF_NONE_MATCH, tag.clone())),
            (None, Some(modified)) => drop(headers.insert(IF_MODIFIED_SINCE, modified.clone())),
            (None, None) => {}
        }
    }
}

/// True for 304: the answer is the one that is known.
pub(crate) fn is_unchanged(error: &FhirError) -> bool {
    matches!(error, FhirError::Http { status: 304, .. })
}

impl FhirServer {
    /// Reads a resource, and what to hand in next time; `None` where it is as it was when it had these validators.
    ///
    /// # Errors
    /// As [`FhirServer::read`].
    pub async fn read_unless(
        &self,
        kind: &str,
        id: &str,
        known: Option<&Validators>,
    ) -> Result<Option<(Versioned, Option<Validators>)>, FhirError> {
        let response = match self.get_unless(self.url(&[kind, id])?, self.options().resource, known).await {
            Ok(response) => response,
            Err(error) if known.is_some() && is_unchanged(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let validators = Validators::of(&response.headers);
        Ok(Some((self.versioned(&response, kind, id)?, validators)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn f14_a_tag_goes_before_a_date_and_without_either_nothing_is_conditional() {
        let all = HeaderMap::from_iter([
            (ETAG, HeaderValue::from_static(r#"W/"3""#)),
            (LAST_MODIFIED, HeaderValue::from_static("Mon, 05 Jan 2026 10:00:00 GMT")),
        ]);
        let mut asked = HeaderMap::new();
        Validators::of(&all).unwrap().apply(&mut asked);
        assert_eq!(asked, HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(r#"W/"3""#))]));
        let dated = HeaderMap::from_iter([(LAST_MODIFIED, HeaderValue::from_static("x"))]);
        let mut asked = HeaderMap::new();
        Validators::of(&dated).unwrap().apply(&mut asked);
        assert!(asked.contains_key(IF_MODIFIED_SINCE));
        assert_eq!(Validators::of(&HeaderMap::new()), None);
    }
}
