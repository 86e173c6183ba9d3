//! `POST /{plan}/activities/{activity}/status`: an activity goes from one state to another.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::move_activity;
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Write;
use crate::rest::body::ActivityStatusBody;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/activities/{activity}/status",
        "moveActivity",
        "Moves an activity to another state. What is not done as planned needs a reason.",
        run,
    )
}

async fn run(
    rest: Rest,
    write: Write<(Id<Plan>, Id<Activity>), ActivityStatusBody>,
) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan, activity), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            move_activity(plan, activity, body.status, act)
        })
        .await?;
    ActivityAnswer::saved(&saved, activity)
}
