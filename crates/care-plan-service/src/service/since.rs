//! Since when a person is told what changed.

use shared_plan::Version;
use shared_plan::plan::{Plan, ReviewState};

use super::{Caller, Failure, Service};

impl Service {
    /// The version since which the person is told what changed: the one that was approved before what stands now, else
    /// the first. Of a plan that was just approved that is not this approval, since which nothing has changed.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn told_since(&self, caller: &Caller, now: &Plan) -> Result<Version, Failure> {
        let before = match (now.review.approved, now.review.state) {
            (Some(approved), ReviewState::Approved) => {
                let former = Version(approved.0.saturating_sub(1)).max(Version::FIRST);
                let document = self.version(caller, &now.key(), former).await?;
                Plan::from_document(&document)?.review.approved
            }
            (approved, _) => approved,
        };
        Ok(before.unwrap_or(Version::FIRST))
    }
}
