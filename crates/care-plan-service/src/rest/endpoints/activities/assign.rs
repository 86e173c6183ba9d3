//! `POST /{plan}/activities/{activity}/assign`: somebody is to do an activity.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::{Problem as Fault, Refusal, Wrong, assign_activity};
use shared_plan::plan::{Activity, Plan};

use crate::rest::asked::Write;
use crate::rest::body::AssignBody;
use crate::rest::view::ActivityAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    let summary = "Gives an activity to a member of the team, or to nobody.";
    Endpoint::post("/{plan}/activities/{activity}/assign", "assignActivity", summary, run)
}

async fn run(
    rest: Rest,
    write: Write<(Id<Plan>, Id<Activity>), AssignBody>,
) -> Result<Answer<ActivityAnswer>, Problem> {
    let Write { caller, path: (plan, activity), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| {
            assign_activity(plan, activity, body.member, act).map_err(of_the_body)
        })
        .await?;
    ActivityAnswer::saved(&saved, activity)
}

/// The member is named by the body and not by the path.
fn of_the_body(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::NoSuchPart { part: "member" } => {
            Refusal::Invalid(vec![Fault { field: "/member".to_owned(), wrong: Wrong::PointsNowhere }])
        }
        other => other,
    }
}
