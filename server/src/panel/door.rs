//! The door to a person: by which way they are opened from the panel.

use access::policy::Way;
use access::{Consents, PatientAt, PersonId, Persons, Purpose, StandingGrants, StandingKey, StoreError, TenantId};
use jiff::Timestamp;
use smart::Grant;

use crate::config::{Config, Launches, SourceConfig};
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
    let keeper = Doorkeeper {
        config: &server.config,
        persons: server.persons.as_ref(),
        consents: server.consents.as_ref(),
        standing: server.standing.as_ref(),
        now: server.clock.now(),
    };
    keeper.door(tenant, person).await
}

/// Who knows the door to a person: the screens and whoever brings a token ask the same one.
pub struct Doorkeeper<'a> {
    /// Whose sources there are.
    pub config: &'a Config,
    /// Who is who.
    pub persons: &'a dyn Persons,
    /// What persons allowed.
    pub consents: &'a dyn Consents,
    /// What was granted by it.
    pub standing: &'a dyn StandingGrants,
    /// The time.
    pub now: Timestamp,
}

impl Doorkeeper<'_> {
    /// Finds the door, as [`door`] says.
    ///
    /// # Errors
    /// The stores.
    pub async fn door(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<Door>, StoreError> {
        let links = self.persons.links(tenant, person).await?;
        let reachable = self.standing.sources_of(tenant, person, self.now).await?;
        let ours: Vec<&SourceConfig> =
            self.config.sources.iter().filter(|source| *source.tenant == *tenant.0).collect();
        let mut shared = Vec::new();
        for source in &ours {
            if !reachable.contains(&source.id) {
                continue;
            }
            let key = StandingKey { tenant: tenant.clone(), person: person.clone(), source: source.id.clone() };
            if let Some(at) = self.shared_patient(&key).await? {
                // A grant for a Patient who is not (any more) this person's opens nothing.
                if links.iter().any(|link| link.at == at) {
                    shared.push((key, at));
                }
            }
        }
        if let Some((_, at)) = shared.first() {
            return Ok(Some(Door { at: at.clone(), way: Way::SharedGrant, shared }));
        }
        let registered = ours.iter().filter(|source| source.launches.contains(&Launches::Backend));
        let known = registered
            .filter_map(|source| links.iter().find(|link| link.at.source == source.id).map(|link| link.at.clone()))
            .next();
        Ok(known.map(|at| Door { at, way: Way::Backend, shared }))
    }

    /// The Patient whose record a standing grant opens to the care team now.
    async fn shared_patient(&self, key: &StandingKey) -> Result<Option<PatientAt>, StoreError> {
        let (consents, purpose) = (self.consents, Purpose::CareTeam);
        if consents.in_force(&key.tenant, &key.person, &key.source, purpose, self.now).await?.is_none() {
            return Ok(None);
        }
        let Some(standing) = self.standing.lookup(key, self.now).await? else { return Ok(None) };
        let patient = Grant::from_bytes(&standing.content).ok().and_then(|grant| grant.patient);
        Ok(patient.map(|patient| PatientAt::new(key.source.as_str(), patient)))
    }
}
