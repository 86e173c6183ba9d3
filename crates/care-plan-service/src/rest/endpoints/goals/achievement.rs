//! `POST /{plan}/goals/{goal}/achievement`: how far a goal is reached.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{correct_achievement, judge_goal};
use shared_plan::plan::{Goal, Plan};

use crate::rest::asked::Write;
use crate::rest::body::AchievementBody;
use crate::rest::view::GoalAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/{plan}/goals/{goal}/achievement", "judgeGoal", "Says how far a goal is reached.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Goal>), AchievementBody>) -> Result<Answer<GoalAnswer>, Problem> {
    let Write { caller, path: (plan, goal), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            let judge = if body.correction { correct_achievement } else { judge_goal };
            judge(plan, goal, body.achievement, act)
        })
        .await?;
    GoalAnswer::saved(&saved, goal)
}
