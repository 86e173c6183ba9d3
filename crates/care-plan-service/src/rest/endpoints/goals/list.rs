//! `GET /{plan}/goals`: the goals of a plan.

use shared_plan::Id;
use shared_plan::plan::Plan;

use crate::rest::asked::Read;
use crate::rest::view::GoalList;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/goals", "listGoals", "Lists the goals of a plan, those that are over too.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>,)>) -> Result<Answer<GoalList>, Problem> {
    Ok(GoalList::of(rest.service.plan(&read.caller, read.path.0).await?))
}
