//! What plans ask for: each command says itself what it is to the policy, and everybody who may do it may do it to every
//! plan that they reach.

use access::Operation;
use shared_plan::commands::{Act, Changed, NewPlan, Refusal, start};
use shared_plan::plan::Plan;
use shared_plan::{ChangedEntry, Id};

use super::owner::owned_by_nobody;
use super::place::{New, There};
use super::{Asked, Saved};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// Makes a plan.
    ///
    /// # Errors
    /// The licence, the policy, what cannot stand, the stores.
    pub async fn start(&self, caller: &Caller, new: NewPlan, asked: &Asked) -> Result<Saved, Failure> {
        let place = New { tenant: new.tenant.clone(), person: new.person.clone() };
        let begin = |_: &(), act: &Act<'_>| start(new, act).map(ChangedEntry::from);
        Ok(self.write(caller, Operation::WriteSharedPlan, place, asked, begin).await?.into())
    }

    /// Changes a plan by a command.
    ///
    /// # Errors
    /// The licence, the policy, not there, a stale version, what the command refuses, the stores.
    pub async fn change(
        &self,
        caller: &Caller,
        operation: Operation,
        id: Id<Plan>,
        asked: &Asked,
        command: impl FnOnce(&Plan, &Act<'_>) -> Result<Changed, Refusal> + Send,
    ) -> Result<Saved, Failure> {
        let place = There { id, owner: owned_by_nobody };
        let change = |plan: &Plan, act: &Act<'_>| command(plan, act).map(ChangedEntry::from);
        Ok(self.write(caller, operation, place, asked, change).await?.into())
    }
}
