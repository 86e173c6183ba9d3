//! `GET /{plan}/team`: who carries a plan.

use shared_plan::Id;
use shared_plan::plan::Plan;

use crate::rest::asked::Read;
use crate::rest::view::TeamAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/team", "readTeam", "Reads the team of a plan, with those who were in it.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>,)>) -> Result<Answer<TeamAnswer>, Problem> {
    Ok(TeamAnswer::of(rest.service.plan(&read.caller, read.path.0).await?))
}
