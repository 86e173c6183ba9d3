//! Where persons are kept.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Link, PatientAt, PersonId};
use crate::consent::ConsentId;
use crate::{LaunchId, StoreError, TenantId, UserKey};

/// Where persons are kept. Everything is of one tenant.
#[async_trait]
pub trait Persons: Send + Sync {
    /// Finds the person whose this Patient is.
    async fn lookup(&self, tenant: &TenantId, at: &PatientAt) -> Result<Option<PersonId>, StoreError>;
    /// Finds the person whose this Patient is, or makes one with this link as its first. Of two who ask at once, both get
    /// the same.
    async fn find_or_create(&self, tenant: &TenantId, link: &Link) -> Result<PersonId, StoreError>;
    /// Links one more Patient to a person. Where it is theirs already by less, a confirmed question takes the place of that
    /// proof, and history keeps both: what a user has looked at is not asked again.
    async fn link(&self, tenant: &TenantId, person: &PersonId, link: &Link) -> Result<Linking, StoreError>;
    /// Joins two persons, by a question that was confirmed. All Patients of `other` become `person`'s; the consents and
    /// standing grants of `other` end, because they were given for who the person was known to be then.
    async fn join(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        other: &PersonId,
        confirmed: &Joining,
    ) -> Result<Option<Joined>, StoreError>;
    /// Takes a Patient away from a person, as it is said at another Patient of theirs: `home`, that of a launch. It becomes a
    /// person of its own, with nothing hanging on it; in the same step consents, standing grants and kept items of the
    /// person at that source end, and all that hangs on the person of the shared plan comes to be in doubt. `None` where
    /// one of the two links is not there (any more): so nobody is left without a Patient by whom they are found, and who was
    /// taken out meanwhile takes nobody else out.
    async fn split(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        at: &PatientAt,
        home: &PatientAt,
        ending: &Ending,
    ) -> Result<Option<Split>, StoreError>;
    /// Lists the links of a person that stand, oldest first.
    async fn links(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Link>, StoreError>;
    /// Lists every link the person ever had, oldest first.
    async fn history(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<HeldLink>, StoreError>;
    /// Lists the links that ended at this time or later, oldest first: screens of other processes follow.
    async fn ended_since(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<EndedLink>, StoreError>;
    /// Says who a person is now. One who was joined into another is whoever has all the Patients that came over by it: after
    /// a split that may be somebody else than the one who was meant then. `None` for nobody, and where several have them.
    async fn standing(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError>;
    /// Lists who was joined and is this person now, on whatever way ([`Persons::standing`]).
    async fn joined_into_it(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<PersonId>, StoreError>;
    /// Lists everybody who was ever joined into another: what hung on them is looked after.
    async fn joined(&self, tenant: &TenantId) -> Result<Vec<PersonId>, StoreError>;
}

/// What came of linking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linking {
    /// The Patient is the person's now.
    Linked,
    /// It was already; the first proof stays, but for a confirmation, which takes its place.
    AlreadyTheirs,
    /// It is another person's. Whether the two are one is a question for a user, never for us.
    AnotherPersons(PersonId),
    /// The proof is not enough (see [`super::Proof::is_enough`]): ask.
    NotProven,
    /// There is no such person, or it was joined into another.
    NoSuchPerson,
}

/// The confirmed question that joins two persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The question, as the audit event of its answer names it.
    pub question: String,
    /// Who confirmed.
    pub who: UserKey,
    /// When.
    pub when: Timestamp,
}

/// What came of joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The Patients that came over.
    pub came: Vec<PatientAt>,
    /// What hung on the person that is no more, and has ended.
    pub hung: Vec<Hung>,
}

/// Who ends a link, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Who; `None` where the source named no user.
    pub who: Option<UserKey>,
    /// When.
    pub when: Timestamp,
    /// Why.
    pub why: WhyEnded,
}

/// Why a link ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyEnded {
    /// It was wrong, in the user's words.
    Wrong {
        /// What the user said.
        reason: String,
    },
    /// The person was joined into another.
    Joined {
        /// The other.
        into: PersonId,
    },
    /// A user confirmed it: the link goes on by that proof.
    Confirmed {
        /// The question, as the audit event of its answer names it.
        question: String,
    },
}

/// A link as history holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLink {
    /// The link.
    pub link: Link,
    /// How it ended; `None` while it stands.
    pub ended: Option<Ending>,
}

/// A link that has ended: whose which Patient was, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EndedLink {
    /// Whose the Patient was.
    pub person: PersonId,
    /// The Patient.
    pub at: PatientAt,
    /// Until when.
    pub when: Timestamp,
}

/// A link that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Whose the Patient is now.
    pub own: PersonId,
    /// What hung on the link.
    pub hung: Vec<Hung>,
}

/// Something that hung on a link or a person. In the store it has ended; what is held elsewhere is for the caller to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hung {
    /// A consent, revoked now.
    Consent(ConsentId),
    /// A standing grant, forgotten now; to be revoked at its source.
    StandingGrant {
        /// The source.
        source: String,
        /// The grant, as it was given to the store.
        content: Zeroizing<Vec<u8>>,
    },
    /// A launch that reads this source for this person: to be told, its room closed and its grant at the source removed.
    Launch {
        /// The launch.
        launch: LaunchId,
        /// The source.
        source: String,
    },
}
