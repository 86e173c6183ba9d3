//! Reading one resource, now or as it was.

use fhir::Resource;
use http::HeaderMap;
use http::header::ETAG;
use outbound::Response;

use crate::{FhirError, FhirServer, Found, answer};

/// A resource with the version that a write must name.
#[derive(Debug, Clone)]
pub struct Versioned {
    /// The resource.
    pub resource: Resource,
    /// Its version: from `ETag`, else `meta.versionId`; `None` where the server gives neither.
    pub version: Option<String>,
}

impl FhirServer {
    /// Reads a resource as it is now.
    ///
    /// # Errors
    /// [`FhirError::NotFound`] for 404 and 410, [`FhirError::OtherResource`] where another resource comes than was asked for.
    pub async fn read(&self, kind: &str, id: &str) -> Result<Versioned, FhirError> {
        let response = self.get(self.url(&[kind, id])?, self.options().resource).await?;
        self.versioned(&response, kind, id)
    }

    /// Reads a resource as it was in one version.
    ///
    /// # Errors
    /// As [`FhirServer::read`].
    pub async fn vread(&self, kind: &str, id: &str, version: &str) -> Result<Versioned, FhirError> {
        let response = self.get(self.url(&[kind, id, "_history", version])?, self.options().resource).await?;
        self.versioned(&response, kind, id)
    }

    /// Reads all versions of a resource that the server keeps, as it orders them (newest first by R4).
    pub async fn history(&self, kind: &str, id: &str) -> Found {
        match self.url(&[kind, id, "_history"]) {
            Ok(url) => self.collect(url).await,
            Err(error) => Found::failed(error),
        }
    }

    /// The resource of an answer, if it is the one that was asked for.
    pub(crate) fn versioned(&self, response: &Response, kind: &str, id: &str) -> Result<Versioned, FhirError> {
        let resource = self.resource(response)?;
        if resource.kind() != kind || resource.id() != id {
            return Err(FhirError::OtherResource);
        }
        Ok(Versioned { version: version(&response.headers, Some(&resource)), resource })
    }

    pub(crate) fn resource(&self, response: &Response) -> Result<Resource, FhirError> {
        Resource::parse(self.source(), answer::json(response)?).map_err(|error| answer::not_fhir(error.to_string()))
    }
}

/// The version that an answer names: `ETag: W/"3"`, else `meta.versionId`.
pub(crate) fn version(headers: &HeaderMap, resource: Option<&Resource>) -> Option<String> {
    let tag = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::trim);
    let tag = tag.map(|tag| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"')).filter(|tag| !tag.is_empty());
    tag.or_else(|| resource.and_then(Resource::version)).map(str::to_owned)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_version_comes_from_the_etag_else_from_meta() {
        let source = fhir::SourceId::new("a");
        let goal = Resource::parse(&source, r#"{"resourceType":"Goal","id":"1","meta":{"versionId":"7"}}"#).unwrap();
        let with = |tag: &str| HeaderMap::from_iter([(ETAG, tag.parse().unwrap())]);
        assert_eq!(version(&with(r#"W/"3""#), Some(&goal)).as_deref(), Some("3"));
        assert_eq!(version(&with(r#""3""#), None).as_deref(), Some("3"));
        assert_eq!(version(&with(r#"W/"""#), Some(&goal)).as_deref(), Some("7"));
        assert_eq!(version(&HeaderMap::new(), Some(&goal)).as_deref(), Some("7"));
        assert_eq!(version(&HeaderMap::new(), None), None);
    }
}
