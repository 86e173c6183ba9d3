//! The two Patients that are compared, read before anything is stored.

use std::sync::Arc;
use std::time::Duration;

use access::Secret;
use async_trait::async_trait;
use fhir::{Patient, Resource, ResourceKey, SourceId};
use fhir_client::{AccessTokens, FhirError, FhirServer, TokenError};
use smart::Grant;

use crate::rooms::Room;
use crate::state::Server;

/// How long a source may take to say who it is; the user is waiting.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why it is not known whom a record is about.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The source did not give its Patient.
    #[error("the Patient could not be read")]
    Fhir(#[source] FhirError),
    /// The source took too long.
    #[error("the Patient was not read in time")]
    Late,
    /// The source has merged this Patient into another one (smart-launch P12).
    #[error("the Patient was replaced by another")]
    Replaced,
    /// The source, or the grant for it, is not there (any more).
    #[error("the source is not connected")]
    NotConnected,
}

/// Reads the Patient that a source has just granted, with a grant that is stored nowhere yet.
pub async fn granted(server: &Server, source: &str, grant: &Grant) -> Result<Arc<Resource>, Unread> {
    let (Some(config), Some(patient)) = (server.config.source(source), grant.patient.as_deref()) else {
        return Err(Unread::NotConnected);
    };
    let options = server.reach.options(config, &server.outbound, None);
    let fhir = FhirServer::new(options.tokens(Arc::new(Fresh(grant.access_token.clone()))));
    read(&fhir, patient).await
}

/// The Patient of the launch's own source: as it was read, else read now.
pub async fn own(room: &Room) -> Result<Arc<Resource>, Unread> {
    let source = SourceId::new(room.launch.source.as_str());
    let key = ResourceKey { source: source.clone(), kind: "Patient".to_owned(), id: room.launch.patient.clone() };
    if let Some(known) = room.reading.snapshot().resource(&key) {
        return in_use(known.clone());
    }
    let fhir = room.reading.server(&source).ok_or(Unread::NotConnected)?;
    read(&fhir, &room.launch.patient).await
}

async fn read(fhir: &FhirServer, patient: &str) -> Result<Arc<Resource>, Unread> {
    match tokio::time::timeout(PATIENCE, fhir.read("Patient", patient)).await {
        Ok(Ok(found)) => in_use(Arc::new(found.resource)),
        Ok(Err(error)) => Err(Unread::Fhir(error)),
        Err(_) => Err(Unread::Late),
    }
}

/// A Patient that was merged into another is nobody's record any more.
fn in_use(patient: Arc<Resource>) -> Result<Arc<Resource>, Unread> {
    let read: Patient = patient.read();
    let replaced = read.link.iter().any(|link| link.link_type.as_deref() == Some("replaced-by"));
    if replaced { Err(Unread::Replaced) } else { Ok(patient) }
}

/// A token that was given a moment ago, and is used once.
struct Fresh(Secret);

#[async_trait]
impl AccessTokens for Fresh {
    async fn current(&self) -> Result<Secret, TokenError> {
        Ok(self.0.clone())
    }

    async fn after_401(&self, _: &Secret) -> Result<Secret, TokenError> {
        Err(TokenError::SignInExpired)
    }
}
