//! `POST /{plan}/activities`: an activity is added.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::add_activity_for;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::NewActivityBody;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Code, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::add("/{plan}/activities", "addActivity", "Adds an activity that is to be done.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), NewActivityBody>) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let (content, member) = body.split();
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            add_activity_for(plan, content, member, act)
        })
        .await?;
    // Activities are added at the end, and none ever leaves.
    let activity = saved.plan.activities.last().ok_or(Problem::of(Code::Internal))?.id;
    Ok(ActivityAnswer::saved(&saved, activity)?.made(&format!("/{plan}/activities/{activity}")))
}
