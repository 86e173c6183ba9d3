//! Where a write goes. What differs from one write to the next, beside its command, is said here and nowhere else.

use access::{Operation, PersonId, TenantId};
use async_trait::async_trait;
use shared_plan::{Id, Kept, Version};

use crate::service::codes::Codes;
use crate::service::{Caller, Failure, Service};

/// What can be written.
pub(super) trait Written: Kept + Codes + Clone + Send + Sync + 'static {}

impl<K: Kept + Codes + Clone + Send + Sync + 'static> Written for K {}

/// Where a `K` is written: something new ([`New`]), the next version of what is there ([`There`]), or what a person has one
/// of, whether it is there or not ([`super::one::One`]).
#[async_trait]
pub(super) trait Place<K: Written>: Send + Sync {
    /// What is in the hand once the caller has reached it.
    type Reached: Send;
    /// What stands there, for the command to work on.
    type Before: Send + Sync;

    /// Finds out whether a way leads the caller there.
    async fn reach(&self, service: &Service, caller: &Caller) -> Result<Self::Reached, Failure>;

    /// Finds what stands there.
    async fn before(&self, service: &Service, reached: Self::Reached) -> Result<Self::Before, Failure>;

    /// What stands there, if anything does.
    fn standing(before: &Self::Before) -> Option<&K>;

    /// Refuses a write that was made without seeing what stands there.
    fn check_seen(&self, before: &Self::Before, seen: Option<Version>) -> Result<(), Failure>;

    /// What else they must be allowed who change what stands there.
    fn owner(&self, before: &Self::Before) -> Option<Operation>;

    /// Puts right the name of what was made there; most have theirs for good.
    async fn name(&self, _service: &Service, _before: &Self::Before, _made: &mut K) -> Result<(), Failure> {
        Ok(())
    }
}

/// Something new of a person. Nothing stands there, so there is nothing to have seen.
pub(super) struct New {
    pub(super) tenant: TenantId,
    pub(super) person: PersonId,
}

#[async_trait]
impl<K: Written> Place<K> for New {
    type Reached = ();
    type Before = ();

    async fn reach(&self, service: &Service, caller: &Caller) -> Result<(), Failure> {
        service.reach_person(caller, &self.tenant, &self.person).await
    }

    async fn before(&self, _: &Service, (): ()) -> Result<(), Failure> {
        Ok(())
    }

    fn standing((): &()) -> Option<&K> {
        None
    }

    fn check_seen(&self, (): &(), _: Option<Version>) -> Result<(), Failure> {
        Ok(())
    }

    fn owner(&self, (): &()) -> Option<Operation> {
        None
    }
}

/// The next version of what is there, which was seen as it is now.
pub(super) struct There<K> {
    pub(super) id: Id<K>,
    pub(super) owner: fn(&K) -> Option<Operation>,
}

#[async_trait]
impl<K: Written> Place<K> for There<K> {
    type Reached = K;
    type Before = K;

    async fn reach(&self, service: &Service, caller: &Caller) -> Result<K, Failure> {
        let key = service.key(&caller.tenant, K::KIND, &self.id.to_string());
        let found = service.documents.lookup(&key).await?;
        let mine = service.within_reach(caller, found).await?.ok_or(Failure::NotFound)?;
        Ok(K::from_document(&mine)?)
    }

    async fn before(&self, _: &Service, reached: K) -> Result<K, Failure> {
        Ok(reached)
    }

    fn standing(before: &K) -> Option<&K> {
        Some(before)
    }

    fn check_seen(&self, before: &K, seen: Option<Version>) -> Result<(), Failure> {
        let now = before.head().version;
        if seen.ok_or(Failure::VersionMissing)? == now { Ok(()) } else { Err(Failure::Stale { now }) }
    }

    fn owner(&self, before: &K) -> Option<Operation> {
        (self.owner)(before)
    }
}

impl Service {
    /// Refuses whom no way leads to, as nobody is reached.
    pub(super) async fn reach_person(
        &self,
        caller: &Caller,
        tenant: &TenantId,
        person: &PersonId,
    ) -> Result<(), Failure> {
        let reaches = *tenant == caller.tenant && self.reaches(caller, person).await?;
        if reaches { Ok(()) } else { Err(Failure::NotFound) }
    }
}
