//! `PUT /{plan}/goals/{goal}`: what a goal says.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::change_goal;
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Write;
use crate::rest::body::GoalBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put(
        "/{plan}/goals/{goal}",
        "changeGoal",
        "Puts new content in the place of what a goal says; a target that is named by its id keeps it.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Goal>), GoalBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan, goal), body, asked } = write;
    let (content, targets) = body.split();
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            change_goal(plan, goal, content, targets, act)
        })
        .await?;
    GoalAnswer::saved(&saved, goal)
}
