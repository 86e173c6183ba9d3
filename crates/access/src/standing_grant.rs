//! Standing grants: what a patient allowed beyond a launch (`offline_access`), and what was kept by it.
//!
//! A standing grant rests on a consent. When that ends, by revoking or by its date, the grant is gone from the store; no
//! code has to remember to ask.

use async_trait::async_trait;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::consent::ConsentId;
use crate::person::PersonId;
use crate::{LaunchId, StoreError, TenantId};

/// Whose standing grant at which source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandingKey {
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub person: PersonId,
    /// The source.
    pub source: String,
}

/// A standing grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingGrant {
    /// The consent it rests on.
    pub consent: ConsentId,
    /// The grant as `smart` writes it (`Grant::to_bytes`); sealed by the store.
    pub content: Zeroizing<Vec<u8>>,
}

/// Where standing grants are kept, sealed.
#[async_trait]
pub trait StandingGrants: Send + Sync {
    /// Stores a grant, in the place of one that is there. False, and nothing stored, where its consent is not in force.
    async fn put(&self, key: &StandingKey, grant: &StandingGrant, now: Timestamp) -> Result<bool, StoreError>;
    /// Finds a grant whose consent is in force.
    async fn lookup(&self, key: &StandingKey, now: Timestamp) -> Result<Option<StandingGrant>, StoreError>;
    /// Lists the sources at which a person has a standing grant in force.
    async fn sources_of(&self, tenant: &TenantId, person: &PersonId, now: Timestamp)
    -> Result<Vec<String>, StoreError>;
    /// Stores a refreshed grant in the place of the one that the turn which ends at `until` was taken for. False, and
    /// nothing stored, where that one is not there any more: neither does a revoked grant come back by a late refresh, nor
    /// does a late refresh of an old grant take the place of a newer one.
    async fn replace(&self, key: &StandingKey, until: Timestamp, content: &[u8]) -> Result<bool, StoreError>;
    /// Forgets the grant that the turn which ends at `until` was taken for; false where that one is not there any more.
    async fn forget(&self, key: &StandingKey, until: Timestamp) -> Result<bool, StoreError>;
    /// Notes that a launch of the care team reads by a grant, so that it is known whose screen must be cleared; false where
    /// there is none, and where the consent for the care team is not in force: another purpose lets nobody see it. A launch
    /// that is not there, or is another tenant's, is an error.
    async fn lend(&self, key: &StandingKey, launch: &LaunchId, now: Timestamp) -> Result<bool, StoreError>;
    /// Lists what a launch of this tenant may read by now.
    async fn lent_to(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        now: Timestamp,
    ) -> Result<Vec<StandingKey>, StoreError>;
    /// Takes the turn to refresh a grant until a time; `false` while somebody else has it, in whatever process, and where
    /// there is no grant.
    async fn begin_refresh(&self, key: &StandingKey, now: Timestamp, until: Timestamp) -> Result<bool, StoreError>;
    /// Gives the turn that ends at `until` back. One that ended by itself, and is somebody else's now, stays theirs.
    async fn end_refresh(&self, key: &StandingKey, until: Timestamp) -> Result<(), StoreError>;
}

/// Something of a source that outlasts the launch that read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptItem {
    /// The consent it is kept by.
    pub consent: ConsentId,
    /// When it goes by itself.
    pub until: Timestamp,
    /// What it is; sealed by the store.
    pub content: Zeroizing<Vec<u8>>,
}

/// Where such items are kept, sealed, as long as their consent is in force.
#[async_trait]
pub trait KeptItems: Send + Sync {
    /// Keeps an item under a name, in the place of one that is there. False, and nothing kept, where its consent is not
    /// in force.
    async fn put(&self, key: &StandingKey, name: &str, item: &KeptItem, now: Timestamp) -> Result<bool, StoreError>;
    /// Finds an item.
    async fn lookup(&self, key: &StandingKey, name: &str, now: Timestamp) -> Result<Option<KeptItem>, StoreError>;
}
