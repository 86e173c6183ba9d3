//! `GET /{plan}`: a plan with its parts.

use shared_plan::Id;
use shared_plan::plan::Plan;

use crate::rest::asked::Read;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}", "readPlan", "Reads a plan with its goals, activities and team.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>,)>) -> Result<Answer<PlanAnswer>, Problem> {
    let plan = rest.service.plan(&read.caller, read.path.0).await?;
    Ok(PlanAnswer::of(&rest, &read.caller, plan))
}
