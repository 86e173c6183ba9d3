//! `POST /{plan}/goals/{goal}/status`: a goal goes from one state to another.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::move_goal;
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Write;
use crate::rest::body::GoalStatusBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/goals/{goal}/status",
        "moveGoal",
        "Moves a goal to another state. To give up, reject, suspend or take back a goal needs a reason.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Goal>), GoalStatusBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan, goal), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| move_goal(plan, goal, body.status, act))
        .await?;
    GoalAnswer::saved(&saved, goal)
}
