//! `POST /{plan}/activities/{activity}/complete`: an activity is done.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{Done, complete_activity};
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Write;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post(
        "/{plan}/activities/{activity}/complete",
        "completeActivity",
        "Says that an activity is done, on which day and with what outcome.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>, Id<Activity>), Done>) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan, activity), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::ReportProgress, plan, &asked, |plan, act| {
            complete_activity(plan, activity, body, act)
        })
        .await?;
    ActivityAnswer::saved(&saved, activity)
}
