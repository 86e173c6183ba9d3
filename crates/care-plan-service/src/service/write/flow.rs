//! The one way of a write, step by step.

use access::Operation;
use shared_plan::ChangedEntry;
use shared_plan::commands::{Act, Refusal};

use super::owner::written_as;
use super::place::{Place, Written};
use super::{Asked, SavedEntry};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// Writes by a command, in the order of [`super`]: `operation` is what it is to the policy, `place` where it goes.
    pub(super) async fn write<K: Written, P: Place<K>>(
        &self,
        caller: &Caller,
        operation: Operation,
        place: P,
        asked: &Asked,
        command: impl FnOnce(&P::Before, &Act<'_>) -> Result<ChangedEntry<K>, Refusal> + Send,
    ) -> Result<SavedEntry<K>, Failure> {
        self.licensed(caller)?;
        self.allowed(caller, operation).await?;
        let reached = place.reach(self, caller).await?;
        if let Some(saved) = self.asked_before(caller, asked).await? {
            return Ok(saved);
        }
        let before = place.before(self, reached).await?;
        place.check_seen(&before, asked.seen)?;
        let more = place.owner(&before);
        if let Some(more) = more {
            self.allowed(caller, more).await?;
        }
        match (command(&before, &self.act(caller, asked)), P::standing(&before)) {
            (Ok(mut changed), standing) => {
                place.name(self, &before, &mut changed.entry).await?;
                self.check_pointed(standing, &changed.entry).await?;
                self.check_codes(standing, &mut changed.entry).await?;
                self.keep(caller, written_as(operation, more), changed, asked).await
            }
            (Err(Refusal::Unchanged), Some(standing)) => self.leave(caller, standing).await,
            (Err(refusal), _) => Err(refusal.into()),
        }
    }

    /// Who acts, when and why, as commands need it.
    fn act<'a>(&'a self, caller: &'a Caller, asked: &'a Asked) -> Act<'a> {
        Act {
            by: &caller.who,
            at: self.clock.now(),
            today: self.today(&caller.tenant),
            reason: asked.reason.as_deref(),
            random: self.random.as_ref(),
        }
    }

    /// Nothing is done, and what stands there is told: that is a read.
    async fn leave<K: Written>(&self, caller: &Caller, standing: &K) -> Result<SavedEntry<K>, Failure> {
        let head = standing.head();
        self.note_of(caller, Operation::ReadSharedPlan, head.person, &standing.key()).await?;
        Ok(SavedEntry { entry: standing.clone(), repeated: false })
    }
}
