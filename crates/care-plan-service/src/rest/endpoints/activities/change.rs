//! `PUT /{plan}/activities/{activity}`: what an activity says.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::change_activity;
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Write;
use crate::rest::body::ActivityBody;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put(
        "/{plan}/activities/{activity}",
        "changeActivity",
        "Puts new content in the place of what an activity says.",
        run,
    )
}

async fn run(
    rest: Rest,
    write: Write<(Id<Plan>, Id<Activity>), ActivityBody>,
) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan, activity), body, asked } = write;
    let content = body.into();
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            change_activity(plan, activity, content, act)
        })
        .await?;
    ActivityAnswer::saved(&saved, activity)
}
