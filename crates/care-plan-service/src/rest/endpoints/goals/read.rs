//! `GET /{plan}/goals/{goal}`: one goal.

use shared_plan::Id;
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Read;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/goals/{goal}", "readGoal", "Reads one goal of a plan.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>, Id<Goal>)>) -> Result<Answer<GoalAnswer>, Problem> {
    let (plan, goal) = read.path;
    GoalAnswer::of(&rest.service.plan(&read.caller, plan).await?, goal)
}
