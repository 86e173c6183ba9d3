//! `POST /{plan}/goals/{goal}/acceptance`: whether the caller supports a goal.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::accept_goal;
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Write;
use crate::rest::body::AcceptanceBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/goals/{goal}/acceptance",
        "acceptGoal",
        "Says whether the caller supports a goal, in the place of what they said before.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Goal>), AcceptanceBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan, goal), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::AnswerGoal, plan, &asked, |plan, act| {
            accept_goal(plan, goal, body.answer, body.priority, act)
        })
        .await?;
    GoalAnswer::saved(&saved, goal)
}
