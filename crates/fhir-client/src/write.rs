//! Writing one resource (smart-launch section 10).
//!
//! A write is sent once. Only a 401, which a server gives before it acts, leads to a second time.

use fhir::{Release, Resource};
use http::header::{CONTENT_LOCATION, CONTENT_TYPE, IF_MATCH, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use outbound::Response;
use url::Url;

use crate::read::version;
use crate::server::Call;
use crate::{FhirError, FhirServer, answer};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const IF_NONE_EXIST: HeaderName = HeaderName::from_static("if-none-exist");

/// A resource that was replaced.
#[derive(Debug, Clone)]
pub struct Updated {
    /// What the server holds now, by its answer or read back where the answer had no resource. `None` where reading it
    /// back failed: the write has happened, but what came of it is not known yet.
    pub resource: Option<Resource>,
    /// The new version, where the server names it.
    pub version: Option<String>,
    /// What the server said beside it, such as a warning.
    pub said: Option<String>,
}

/// A resource that was added.
#[derive(Debug, Clone)]
pub struct Created {
    /// Its id at the server, where the server names it.
    pub id: Option<String>,
    /// As in [`Updated`].
    pub resource: Option<Resource>,
    /// Its version, where the server names it.
    pub version: Option<String>,
    /// True where one that matches `If-None-Exist` was there already and nothing was added.
    pub existed: bool,
    /// What the server said beside it.
    pub said: Option<String>,
}

impl FhirServer {
    /// Replaces a resource by `body`, the whole JSON, if it still has the version `if_match`.
    ///
    /// # Errors
    /// [`FhirError::Stale`] for 409 and 412. Where [`FhirError::is_unclear`] holds, look before sending again.
    pub async fn update(&self, kind: &str, id: &str, body: &str, if_match: Option<&str>) -> Result<Updated, FhirError> {
        let mut headers = HeaderMap::new();
        if let Some(version) = if_match {
            headers.insert(IF_MATCH, value(&format!("W/\"{version}\""))?);
        }
        let response = self.write(Method::PUT, self.url(&[kind, id])?, headers, body).await?;
        let (said, resource) = self.content(&response);
        let resource = resource.filter(|resource| resource.kind() == kind && resource.id() == id);
        let version = version(&response.headers, resource.as_ref()).or_else(|| location(&response)?.version);
        let (resource, version) = self.read_back(kind, id, resource, version).await;
        Ok(Updated { resource, version, said })
    }

    /// Adds a resource, unless one exists that matches the search `if_none_exist`, such as `identifier=system|value`.
    ///
    /// # Errors
    /// [`FhirError::Stale`] where several match. Where [`FhirError::is_unclear`] holds, search before sending again.
    pub async fn create(&self, kind: &str, body: &str, if_none_exist: Option<&str>) -> Result<Created, FhirError> {
        let mut headers = HeaderMap::new();
        if let Some(search) = if_none_exist {
            headers.insert(IF_NONE_EXIST, value(search)?);
        }
        let response = self.write(Method::POST, self.url(&[kind])?, headers, body).await?;
        let (said, resource) = self.content(&response);
        let resource = resource.filter(|resource| resource.kind() == kind);
        let place = location(&response);
        let id = place.as_ref().map(|place| place.id.clone()).or_else(|| Some(resource.as_ref()?.id().to_owned()));
        let version = version(&response.headers, resource.as_ref()).or_else(|| place?.version);
        let (resource, version) = match &id {
            Some(id) => self.read_back(kind, id, resource, version).await,
            None => (resource, version),
        };
        Ok(Created { id, resource, version, existed: response.status == StatusCode::OK, said })
    }

    async fn write(&self, method: Method, url: Url, mut headers: HeaderMap, body: &str) -> Result<Response, FhirError> {
        // A patch names paths of R4; in another release the same path may mean something else (smart-launch F1).
        if let Some(stated) =
            self.known_capability().filter(|stated| !stated.release().is_some_and(Release::is_written))
        {
            return Err(FhirError::OnlyRead { version: stated.fhir_version.clone() });
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/fhir+json"));
        headers.insert(PREFER, HeaderValue::from_static("return=representation"));
        let body = Some(bytes::Bytes::copy_from_slice(body.as_bytes()));
        self.send(Call { method, url, headers, body, limits: self.options().resource }).await
    }

    /// What an answer to a write holds: words, a resource, or neither (Oracle Health sends an empty body).
    fn content(&self, response: &Response) -> (Option<String>, Option<Resource>) {
        match answer::json(response).ok().and_then(answer::outcome_of) {
            Some(outcome) => (answer::words(&outcome), None),
            None => (None, self.resource(response).ok()),
        }
    }

    /// Reads the resource where the answer to a write did not hold it.
    async fn read_back(
        &self,
        kind: &str,
        id: &str,
        resource: Option<Resource>,
        version: Option<String>,
    ) -> (Option<Resource>, Option<String>) {
        if resource.is_some() {
            return (resource, version);
        }
        match self.read(kind, id).await {
            Ok(now) => (Some(now.resource), version.or(now.version)),
            Err(_) => (None, version),
        }
    }
}

struct Place {
    id: String,
    version: Option<String>,
}

/// Reads `Location: [base]/Goal/17/_history/2`, or `Content-Location`, whole or relative.
fn location(response: &Response) -> Option<Place> {
    let text = response.headers.get(LOCATION).or_else(|| response.headers.get(CONTENT_LOCATION))?;
    match fhir::Target::parse(text.to_str().ok()?.trim_start_matches('/')) {
        fhir::Target::Relative { id, version, .. } | fhir::Target::Absolute { id, version, .. } => {
            Some(Place { id, version })
        }
        _ => None,
    }
}

fn value(text: &str) -> Result<HeaderValue, FhirError> {
    HeaderValue::from_str(text).map_err(|_| FhirError::NotAllowed)
}
