//! The versions of a plan.

mod compare;
mod list;
mod read;
mod summary;

use shared_plan::plan::Plan;
use shared_plan::ports::Kind;
use shared_plan::{Id, Version};

use crate::rest::{Endpoint, Problem, Rest};
use crate::{Caller, Failure};

pub(super) fn all() -> Vec<Endpoint> {
    vec![list::endpoint(), read::endpoint(), compare::endpoint(), summary::endpoint()]
}

/// A plan as it was.
async fn version(rest: &Rest, caller: &Caller, plan: Id<Plan>, version: Version) -> Result<Plan, Problem> {
    let key = rest.service.key(&caller.tenant, Kind::Plan, &plan.to_string());
    let document = rest.service.version(caller, &key, version).await?;
    Ok(Plan::from_document(&document).map_err(Failure::Content)?)
}
