//! Consent: what a person allows, for one source and one purpose, until when; and taken back.
//!
//! Purposes are not ranked: each is asked for and revoked alone (GDPR article 7, 42 CFR 2.31). Revoking is not a note
//! beside the data: the grants and kept items of that source go in the same step, so that "revoked" is true when it is
//! said.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ids::random_id;
use crate::person::PersonId;
use crate::{LaunchId, Role, StoreError, TenantId, UserKey};

random_id! {
    /// A consent: 128 random bits as 32 lower-case hex digits.
    ConsentId
}

/// What a source's data may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The care team reads it by the person's standing grant.
    CareTeam,
    /// It is read while the person is not signed in, and what was read may be kept.
    OfflineReading,
    /// Items labelled above normal (`meta.security`) may be carried to another source (DESIGN, invariant 10).
    LabelledItems,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::CareTeam, Self::OfflineReading, Self::LabelledItems];

    /// The word in the store and in audit events.
    pub fn code(self) -> &'static str {
        match self {
            Self::CareTeam => "care-team",
            Self::OfflineReading => "offline-reading",
            Self::LabelledItems => "labelled-items",
        }
    }

    /// Reads the word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// True where something is done by it today. Nobody is asked for a consent that nothing needs; one that was given can
    /// always be taken back.
    pub fn is_used(self) -> bool {
        match self {
            Self::CareTeam => true,
            Self::OfflineReading | Self::LabelledItems => false,
        }
    }

    /// True where a standing grant rests on this purpose, so that revoking it ends the grant.
    pub fn carries_grants(self) -> bool {
        match self {
            Self::CareTeam | Self::OfflineReading => true,
            Self::LabelledItems => false,
        }
    }
}

/// What a person allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Whose record it is about.
    pub person: PersonId,
    /// The source.
    pub source: String,
    /// The purpose.
    pub purpose: Purpose,
    /// Who gave it.
    pub by: UserKey,
    /// As what.
    pub role: Role,
    /// When.
    pub given: Timestamp,
    /// When it ends by itself; `None` where only revoking ends it.
    pub until: Option<Timestamp>,
    /// How it was taken back.
    pub revoked: Option<Revoked>,
}

/// How a consent was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Who; `None` where a wrong link was split and nobody could be named.
    pub by: Option<UserKey>,
    /// When.
    pub when: Timestamp,
}

impl Consent {
    /// True while it may be relied on.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.given <= now && self.until.is_none_or(|until| now < until)
    }
}

/// What went with a consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Whose.
    pub person: PersonId,
    /// From which source.
    pub source: String,
    /// The standing grant that is forgotten now, to be revoked at its source.
    pub grant: Option<Zeroizing<Vec<u8>>>,
    /// Open launches that read by it: their rooms are closed, so that nothing of it stays on a screen.
    pub launches: Vec<LaunchId>,
    /// How many kept items are gone.
    pub items: u64,
}

/// Where consents are kept. Everything is of one tenant.
#[async_trait]
pub trait Consents: Send + Sync {
    /// Records a consent. One that is in force for the same person, source and purpose is replaced: it counts as revoked
    /// by who gives the new one, and what rests on it rests on the new one.
    ///
    /// An error, and nothing recorded, where the person was joined into another meanwhile, or has no record at the source
    /// (any more): whoever gave it is somebody else by now than the one on whom it would hang.
    async fn give(&self, tenant: &TenantId, consent: &Consent) -> Result<(), StoreError>;
    /// Finds a consent, in force or not.
    async fn lookup(&self, tenant: &TenantId, id: &ConsentId) -> Result<Option<Consent>, StoreError>;
    /// Lists every consent of a person, oldest first.
    async fn of_person(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Consent>, StoreError>;
    /// Lists the consents of every person of the tenant that are in force for a purpose, oldest first.
    async fn all_in_force(
        &self,
        tenant: &TenantId,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Vec<Consent>, StoreError>;
    /// Finds the consent that is in force for a purpose.
    async fn in_force(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        source: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<Option<Consent>, StoreError>;
    /// Takes a consent back and erases what came by it, in one step. `None` where it is not in force (any more).
    async fn revoke(&self, tenant: &TenantId, id: &ConsentId, revoked: &Revoked)
    -> Result<Option<Erasure>, StoreError>;
    /// Ends the consents of every tenant whose date has come, as revoking does, and tells what went with each. Until then
    /// nothing is found by them all the same.
    async fn end_due(&self, now: Timestamp) -> Result<Vec<Erasure>, StoreError>;
}
