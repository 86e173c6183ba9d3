//! `GET /{plan}/activities/{activity}`: one activity.

use shared_plan::Id;
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Read;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/{plan}/activities/{activity}", "readActivity", "Reads one activity of a plan.", run)
}

async fn run(rest: Rest, read: Read<(Id<Plan>, Id<Activity>)>) -> Result<Answer<ActivityAnswer>, Problem> {
    let (plan, activity) = read.path;
    ActivityAnswer::of(&rest.service.plan(&read.caller, plan).await?, activity)
}
