//! `POST /{plan}/review`: a plan goes to its reviewers.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::send_to_review;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::RolesBody;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/{plan}/review", "sendToReview", "Asks roles to sign the plan as it stands.", run)
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), RolesBody>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| send_to_review(plan, body.roles, act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
