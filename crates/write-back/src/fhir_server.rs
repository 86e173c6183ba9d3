//! The real owner: a FHIR server over HTTP.

use async_trait::async_trait;
use fhir_client::{FhirError, FhirServer};

use crate::owner::{Owned, Owner, Written};

#[async_trait]
impl Owner for FhirServer {
    fn base(&self) -> Option<String> {
        Some(Self::base(self).to_string())
    }

    async fn read(&self, kind: &str, id: &str) -> Result<Owned, FhirError> {
        let versioned = Self::read(self, kind, id).await?;
        Ok(Owned { raw: versioned.resource.raw().to_owned(), version: versioned.version })
    }

    async fn update(&self, kind: &str, id: &str, body: &str, version: Option<&str>) -> Result<Written, FhirError> {
        Ok(Written { version: Self::update(self, kind, id, body, version).await?.version })
    }
}
