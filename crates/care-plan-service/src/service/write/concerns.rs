//! What concerns ask for: everybody says what concerns the person; what a professional entered is theirs.

use access::Operation;
use shared_plan::commands::{Act, Refusal};
use shared_plan::concern::{Concern, NewConcern, add};
use shared_plan::{ChangedEntry, Id};

use super::owner::owned_by_team;
use super::place::{New, There};
use super::{Asked, SavedEntry};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// Enters a health concern.
    ///
    /// # Errors
    /// The licence, the policy, what cannot stand, the stores.
    pub async fn add_concern(
        &self,
        caller: &Caller,
        new: NewConcern,
        asked: &Asked,
    ) -> Result<SavedEntry<Concern>, Failure> {
        let place = New { tenant: new.tenant.clone(), person: new.person.clone() };
        self.write(caller, Operation::AddConcern, place, asked, |(), act| add(new, act)).await
    }

    /// Changes a health concern by a command. What the person or their carer said is changed by everybody who may say
    /// what concerns them; what a professional entered is theirs.
    ///
    /// # Errors
    /// The licence, the policy, not there, a stale version, what the command refuses, the stores.
    pub async fn change_concern(
        &self,
        caller: &Caller,
        id: Id<Concern>,
        asked: &Asked,
        command: impl FnOnce(&Concern, &Act<'_>) -> Result<ChangedEntry<Concern>, Refusal> + Send,
    ) -> Result<SavedEntry<Concern>, Failure> {
        let place = There { id, owner: |concern: &Concern| owned_by_team(&concern.entered_by) };
        self.write(caller, Operation::AddConcern, place, asked, command).await
    }
}
