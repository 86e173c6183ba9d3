//! `GET /{plan}/versions/{version}`: a plan as it was.

use shared_plan::plan::Plan;
use shared_plan::{Id, Version};

use super::version;
use crate::rest::asked::Read;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/versions/{version}", "readVersion", "Reads a plan as it was in one version.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>, Version)>) -> Result<Answer<PlanAnswer>, Problem> {
    let (plan, number) = read.path;
    let plan = version(&rest, &read.caller, plan, number).await?;
    Ok(PlanAnswer::of(&rest, &read.caller, plan))
}
