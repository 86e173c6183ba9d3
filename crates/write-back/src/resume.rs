//! Open intents of a process that ended, looked at again.

use access::{StoreError, TenantId};
use fhir::GoalFields;
use jiff::SignedDuration;

use crate::intent::{Intent, IntentId};
use crate::outcome::Resumed;
use crate::owner::Owner;
use crate::patch::holds;
use crate::writer::{Writer, read_again, version_of};

/// A write is over by then: several times the longest request. A younger intent may still be under way in another process.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_mins(3);
/// What was not proven by then will not be.
const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);

impl Writer {
    /// Lists the intents of a tenant whose outcome is not known.
    ///
    /// # Errors
    /// Where the store could not be asked.
    pub async fn unfinished(&self, tenant: &TenantId) -> Result<Vec<(IntentId, Intent)>, StoreError> {
        self.intents.unfinished(tenant).await
    }

    /// Looks at the source and closes an intent where that proves what became of it. Never sends it again: what a user
    /// wanted yesterday is not to be written today unseen.
    pub async fn resume(&self, tenant: &TenantId, id: &IntentId, intent: &Intent, owner: &dyn Owner) -> Resumed {
        let age = self.clock.now().duration_since(intent.opened);
        if age < SETTLED_AFTER {
            return Resumed::StillOpen;
        }
        let resumed = match look(intent, owner).await {
            Resumed::StillOpen if age >= GIVEN_UP_AFTER => Resumed::GivenUp,
            resumed => resumed,
        };
        self.close(tenant, id, resumed.closes_as()).await;
        resumed
    }
}

async fn look(intent: &Intent, owner: &dyn Owner) -> Resumed {
    let Ok((owned, goal)) = read_again(owner, intent).await else { return Resumed::StillOpen };
    let edit = &intent.edit;
    if holds(&goal, edit, intent.opened) {
        return Resumed::Saved;
    }
    let version = version_of(&owned, &goal);
    let same_version = edit.seen_version.is_none() || version == edit.seen_version;
    let untouched = same_version && GoalFields::of(&goal, edit.target_index) == edit.base;
    if untouched { Resumed::NotWritten } else { Resumed::StillOpen }
}
