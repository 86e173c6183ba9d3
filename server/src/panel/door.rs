//! The door to a person: by which way they are opened from the panel.

use access::policy::Way;
use access::{PatientAt, PersonId, Purpose, StandingKey, StoreError, TenantId};
use smart::Grant;

use super::backend;
use crate::state::Server;

/// Where a person is opened: the Patient that the launch is about, and how that is reached.
#[derive(Debug, Clone)]
pub struct Door {
    /// The Patient.
    pub at: PatientAt,
    /// The way.
    pub way: Way,
    /// The standing grants to read by, each with the Patient that it opens; that of the launch first.
    pub shared: Vec<(StandingKey, PatientAt)>,
}

/// Finds the door to a person: what they share with the care team, else a source where the tenant itself is registered
/// and they are known. `None` where there is neither, or no such person.
pub async fn door(server: &Server, tenant: &TenantId, person: &PersonId) -> Result<Option<Door>, StoreError> {
    let links = server.persons.links(tenant, person).await?;
    let mut shared = Vec::new();
    for source in server.config.sources.iter().filter(|source| *source.tenant == *tenant.0) {
        let key = StandingKey { tenant: tenant.clone(), person: person.clone(), source: source.id.clone() };
        if let Some(at) = shared_patient(server, &key).await? {
            // A grant for a Patient who is not (any more) this person's opens nothing.
            if links.iter().any(|link| link.at == at) {
                shared.push((key, at));
            }
        }
    }
    if let Some((_, at)) = shared.first() {
        return Ok(Some(Door { at: at.clone(), way: Way::SharedGrant, shared }));
    }
    let known = backend::sources(server, tenant)
        .find_map(|source| links.iter().find(|link| link.at.source == source.id).map(|link| link.at.clone()));
    Ok(known.map(|at| Door { at, way: Way::Backend, shared }))
}

/// The Patient whose record a standing grant opens to the care team now.
async fn shared_patient(server: &Server, key: &StandingKey) -> Result<Option<PatientAt>, StoreError> {
    let now = server.clock.now();
    let consent = server.consents.in_force(&key.tenant, &key.person, &key.source, Purpose::CareTeam, now).await?;
    if consent.is_none() {
        return Ok(None);
    }
    let Some(standing) = server.standing.lookup(key, now).await? else { return Ok(None) };
    let patient = Grant::from_bytes(&standing.content).ok().and_then(|grant| grant.patient);
    Ok(patient.map(|patient| PatientAt::new(key.source.as_str(), patient)))
}
