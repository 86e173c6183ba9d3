//! `GET /{plan}/versions/{version}`: a plan as it was.

use shared_plan::plan::Plan;
use shared_plan::ports::Kind;
use shared_plan::{Id, Version};

use crate::rest::asked::Read;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/versions/{version}", "readVersion", "Reads a plan as it was in one version.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>, Version)>) -> Result<Answer<PlanAnswer>, Problem> {
    let (plan, version) = read.path;
    let key = rest.service.key(&read.caller.tenant, Kind::Plan, &plan.to_string());
    let document = rest.service.version(&read.caller, &key, version).await?;
    let plan = Plan::from_document(&document).map_err(crate::Failure::Content)?;
    Ok(PlanAnswer::of(&rest, &read.caller, plan))
}
