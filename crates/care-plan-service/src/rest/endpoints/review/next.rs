//! `PUT /{plan}/review/next`: when a plan is to be reviewed again.

use access::Operation;
use shared_plan::Id;
use shared_plan::commands::set_next_review;
use shared_plan::plan::Plan;

use crate::rest::asked::Write;
use crate::rest::body::NextReviewBody;
use crate::rest::view::PlanAnswer;
use crate::rest::{Answer, Endpoint, Problem, Rest};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::put(
        "/{plan}/review/next",
        "setNextReview",
        "Sets or takes away the day by which the plan is to be reviewed.",
        run,
    )
}

async fn run(rest: Rest, write: Write<(Id<Plan>,), NextReviewBody>) -> Result<Answer<PlanAnswer>, Problem> {
    let Write { caller, path: (plan,), body, asked } = write;
    let saved = rest
        .service
        .change(&caller, Operation::WriteSharedPlan, plan, &asked, |plan, act| set_next_review(plan, body.next, act))
        .await?;
    Ok(PlanAnswer::saved(&rest, &caller, saved))
}
