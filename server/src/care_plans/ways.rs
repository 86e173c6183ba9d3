//! By which way somebody of the care team reaches a person whom neither a launch nor their token has named.
//!
//! A clinician reaches whom the organisation treats: people with a record at a source at which the identity service says
//! its clinicians work. A coordinator reaches whom the panel opens to them, by the same door. A clinician is care team too,
//! so what somebody shares with the care team is open to them as well.
//!
//! All of it is asked of the stores at every request, so what is taken back opens nothing any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::policy::Way;
use access::{Clock, Consents, PersonId, Persons, Role, StandingGrants, StoreError};
use async_trait::async_trait;
use care_plan_service::Caller;
use care_plan_service::service::Ways;

use crate::config::Config;
use crate::panel::Doorkeeper;

/// The stores that know, and what the configuration says.
pub struct ByStores {
    persons: Arc<dyn Persons>,
    consents: Arc<dyn Consents>,
    standing: Arc<dyn StandingGrants>,
    clock: Arc<dyn Clock>,
    config: Config,
    /// By issuer and tenant: the sources at which its clinicians treat people.
    treats_at: BTreeMap<(String, String), Vec<String>>,
}

impl ByStores {
    /// Asks these stores.
    pub fn new(
        config: &Config,
        persons: Arc<dyn Persons>,
        consents: Arc<dyn Consents>,
        standing: Arc<dyn StandingGrants>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let mut treats_at = BTreeMap::new();
        for issuer in config.issuers() {
            for tenant in issuer.tenants(config) {
                let sources = issuer.treats_at(config, tenant).into_iter().map(str::to_owned).collect();
                treats_at.insert((issuer.issuer.clone(), tenant.to_owned()), sources);
            }
        }
        Self { persons, consents, standing, clock, config: config.clone(), treats_at }
    }

    async fn is_treated(&self, caller: &Caller, person: &PersonId) -> Result<bool, StoreError> {
        let issuer = caller.who.user.as_ref().map(|user| user.issuer.clone()).unwrap_or_default();
        let links = self.persons.links(&caller.tenant, person).await?;
        let sources = self.treats_at.get(&(issuer, caller.tenant.0.to_string()));
        Ok(links.iter().any(|link| sources.is_some_and(|sources| sources.contains(&link.at.source))))
    }

    async fn door(&self, caller: &Caller, person: &PersonId) -> Result<Way, StoreError> {
        let keeper = Doorkeeper {
            config: &self.config,
            persons: self.persons.as_ref(),
            consents: self.consents.as_ref(),
            standing: self.standing.as_ref(),
            now: self.clock.now(),
        };
        Ok(keeper.door(&caller.tenant, person).await?.map_or(Way::None, |door| door.way))
    }
}

#[async_trait]
impl Ways for ByStores {
    async fn way(&self, caller: &Caller, person: &PersonId) -> Result<Way, StoreError> {
        match caller.role {
            Role::Clinician if self.is_treated(caller, person).await? => Ok(Way::Treatment),
            Role::Clinician => match self.door(caller, person).await? {
                Way::SharedGrant => Ok(Way::SharedGrant),
                _ => Ok(Way::None),
            },
            Role::Coordinator => self.door(caller, person).await,
            // Theirs is the person whom their token names.
            Role::Patient | Role::Carer => Ok(Way::None),
        }
    }
}
