//! The newest versions of a plan, read at once.

use access::Operation;
use shared_plan::Id;
use shared_plan::plan::Plan;
use shared_plan::ports::{Kind, VersionHead};

use super::{Caller, Failure, Service};

impl Service {
    /// The newest versions of a plan, newest first, at most `most`: one event for all of them, because one page shows them.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn history(
        &self,
        caller: &Caller,
        id: Id<Plan>,
        most: usize,
    ) -> Result<Vec<(VersionHead, Plan)>, Failure> {
        self.allowed(caller, Operation::ReadSharedPlan).await?;
        let key = self.key(&caller.tenant, Kind::Plan, &id.to_string());
        let found = self.documents.lookup(&key).await?;
        self.told(caller, found).await?;
        let mut history = Vec::new();
        for head in self.documents.versions(&key, None, most).await? {
            let document = self.documents.version(&key, head.version).await?.ok_or(Failure::NotFound)?;
            history.push((head, Plan::from_document(&document)?));
        }
        Ok(history)
    }
}
