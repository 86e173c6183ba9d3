//! `POST /{plan}/goals`: a goal is added.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::add_goal;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::NewGoalBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Code, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/{plan}/goals", "addGoal", "Adds a goal to a plan.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), NewGoalBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let status = body.status;
    let (content, targets) = body.split();
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            add_goal(plan, content, targets, status, act)
        })
        .await?;
    // Goals are added at the end, and none ever leaves.
    let goal = saved.plan.goals.last().ok_or(Problem::of(Code::Internal))?.id;
    Ok(GoalAnswer::saved(&saved, goal)?.made(&format!("/{plan}/goals/{goal}")))
}
